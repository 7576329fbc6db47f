use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::store::KeySettings;
use super::*;

fn settings(dir: &Path) -> KeySettings {
    KeySettings { dir: dir.join("keys"), ..KeySettings::default() }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn the_first_run_makes_private_files_and_the_second_reads_the_same_keys() {
    let dir = tempfile::tempdir().unwrap();
    let first = Keyring::open(&settings(dir.path())).unwrap();
    let keys = dir.path().join("keys");
    assert_eq!(mode(&keys), 0o700);
    for name in
        ["token.pem", "certificate.pem", "cursor.key", "nik-encryption.key", "nik-index.key", "audit.key"]
    {
        assert_eq!(mode(&keys.join(name)), 0o600, "{name}");
    }
    assert_eq!(fs::read_dir(&keys).unwrap().count(), 8, "six secrets, two public copies, nothing left aside");
    let second = Keyring::open(&settings(dir.path())).unwrap();
    for purpose in Purpose::ALL {
        assert_eq!(first.signer(purpose).kid(), second.signer(purpose).kid());
    }
    assert_eq!(first.cursor().bytes(), second.cursor().bytes());
    assert_eq!(first.nik_index().bytes(), second.nik_index().bytes());
}

#[test]
fn two_installations_have_different_keys() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let one = Keyring::open(&settings(one.path())).unwrap();
    let two = Keyring::open(&settings(two.path())).unwrap();
    assert_ne!(one.signer(Purpose::Token).kid(), two.signer(Purpose::Token).kid());
    assert_ne!(one.cursor().bytes(), two.cursor().bytes());
}

#[test]
fn starts_at_the_same_moment_end_with_the_same_keys() {
    for _ in 0..8 {
        let dir = tempfile::tempdir().unwrap();
        let gate = std::sync::Barrier::new(8);
        let rings: Vec<Keyring> = std::thread::scope(|scope| {
            let starts: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        gate.wait();
                        Keyring::open(&settings(dir.path())).unwrap()
                    })
                })
                .collect();
            starts.into_iter().map(|start| start.join().unwrap()).collect()
        });
        for ring in &rings {
            assert_eq!(ring.signer(Purpose::Token).kid(), rings[0].signer(Purpose::Token).kid());
            assert_eq!(ring.signer(Purpose::Certificate).kid(), rings[0].signer(Purpose::Certificate).kid());
            assert_eq!(ring.nik_encryption()[0].bytes(), rings[0].nik_encryption()[0].bytes());
        }
    }
}

#[test]
fn a_file_or_folder_that_others_may_read_is_refused_with_its_cure() {
    let dir = tempfile::tempdir().unwrap();
    Keyring::open(&settings(dir.path())).unwrap();
    let key = dir.path().join("keys/certificate.pem");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).unwrap();
    let error = Keyring::open(&settings(dir.path())).unwrap_err().to_string();
    assert!(
        error.contains("certificate.pem") && error.contains("0640") && error.contains("chmod 0600"),
        "{error}"
    );
    fs::set_permissions(&key, fs::Permissions::from_mode(0o400)).unwrap();
    Keyring::open(&settings(dir.path())).unwrap();
    fs::set_permissions(dir.path().join("keys"), fs::Permissions::from_mode(0o755)).unwrap();
    let error = Keyring::open(&settings(dir.path())).unwrap_err().to_string();
    assert!(error.contains("chmod 0700"), "{error}");
}

#[test]
fn a_broken_key_file_is_named_and_never_replaced() {
    let dir = tempfile::tempdir().unwrap();
    Keyring::open(&settings(dir.path())).unwrap();
    for (name, wants) in [("token.pem", "openssl pkcs8"), ("nik-index.key", "43 letters")] {
        let path = dir.path().join("keys").join(name);
        let good = fs::read(&path).unwrap();
        fs::write(&path, "").unwrap();
        let error = Keyring::open(&settings(dir.path())).unwrap_err().to_string();
        assert!(error.contains(name) && error.contains(wants), "{error}");
        assert_eq!(fs::read(&path).unwrap(), b"", "a broken file is evidence, not free space");
        fs::write(&path, good).unwrap();
    }
}

#[test]
fn after_a_change_of_key_the_old_one_still_verifies_and_is_published() {
    let dir = tempfile::tempdir().unwrap();
    let before = Keyring::open(&settings(dir.path())).unwrap();
    let old = before.signer(Purpose::Certificate);
    let signature = old.sign(b"message");
    fs::remove_file(dir.path().join("keys/certificate.pem")).unwrap();
    let after = Keyring::open(&settings(dir.path())).unwrap();
    assert_ne!(after.signer(Purpose::Certificate).kid(), old.kid());
    assert!(after.public(Purpose::Certificate, old.kid()).unwrap().verifies(b"message", &signature));
    assert!(after.public(Purpose::Token, old.kid()).is_none(), "a certificate key proves no token");
    let published = after.jwks().to_string();
    assert!(published.contains(old.kid()) && published.contains(after.signer(Purpose::Certificate).kid()));
}

#[test]
fn keys_given_by_settings_need_no_folder() {
    let ring = Keyring::ephemeral(7);
    let other = Keyring::ephemeral(8);
    let older = [&ring, &other].map(|r| r.signer(Purpose::Certificate).public().to_pem().unwrap()).concat();
    let given = KeySettings {
        token_pem: Some(ring.signer(Purpose::Token).to_pem().unwrap()),
        certificate_pem: Some(ring.signer(Purpose::Certificate).to_pem().unwrap()),
        certificate_older_pem: Some(older),
        cursor_secret: Some(ring.cursor().encode()),
        nik_encryption_secret: Some(ring.nik_encryption()[0].encode()),
        nik_index_secret: Some(ring.nik_index().encode()),
        audit_secret: Some(ring.audit().encode()),
        ..KeySettings::default()
    };
    let opened = Keyring::open(&given).unwrap();
    assert_eq!(opened.signer(Purpose::Token).kid(), ring.signer(Purpose::Token).kid());
    assert!(opened.public(Purpose::Certificate, other.signer(Purpose::Certificate).kid()).is_some());
    assert!(!format!("{given:?}").contains("PRIVATE"));

    let twice = KeySettings { certificate_pem: given.token_pem.clone(), ..given.clone() };
    assert!(Keyring::open(&twice).unwrap_err().to_string().contains("also a token key"));
    let same = KeySettings { nik_index_secret: given.cursor_secret.clone(), ..given.clone() };
    assert!(Keyring::open(&same).unwrap_err().to_string().contains("not all different"));
    let wrong = KeySettings { token_pem: Some("-----BEGIN EC PRIVATE KEY-----".into()), ..given };
    assert!(Keyring::open(&wrong).unwrap_err().to_string().contains("setting token_pem"));
}

#[test]
fn a_seed_gives_the_same_keys_every_time_and_another_seed_others() {
    let kids = |seed| Purpose::ALL.map(|p| Keyring::ephemeral(seed).signer(p).kid().to_owned());
    assert_eq!(kids(1), kids(1));
    assert_ne!(kids(1), kids(2));
    assert_ne!(kids(1)[0], kids(1)[1]);
}

#[test]
fn the_thumbprint_is_that_of_rfc_7638_and_the_jwk_holds_nothing_private() {
    // jsonwebtoken computes the thumbprint by code of its own.
    let ring = Keyring::ephemeral(1);
    let set = ring.jwks();
    let keys = set["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 2);
    for key in keys {
        let jwk: jsonwebtoken::jwk::Jwk = serde_json::from_value(key.clone()).unwrap();
        assert_eq!(
            jwk.thumbprint(jsonwebtoken::jwk::ThumbprintHash::SHA256).unwrap(),
            key["kid"].as_str().unwrap()
        );
        assert_eq!(key["use"], "sig");
        assert_eq!(key["alg"], "ES256");
        assert!(key.get("d").is_none());
    }
}

#[test]
fn another_implementation_agrees_on_signatures() {
    let ring = Keyring::ephemeral(1);
    let key = ring.signer(Purpose::Token);
    let jwk = serde_json::from_value(key.public().jwk()).unwrap();
    let theirs = jsonwebtoken::DecodingKey::from_jwk(&jwk).unwrap();
    let ours = crate::access::jws::sign(key, "at+jwt", b"{}");
    let (message, signature) = ours.rsplit_once('.').unwrap();
    let es256 = jsonwebtoken::Algorithm::ES256;
    assert!(jsonwebtoken::crypto::verify(signature, message.as_bytes(), &theirs, es256).unwrap());
    let pem = jsonwebtoken::EncodingKey::from_ec_pem(key.to_pem().unwrap().as_bytes()).unwrap();
    let signature = jsonwebtoken::crypto::sign(b"message", &pem, es256).unwrap();
    let bytes = base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, signature).unwrap();
    assert!(key.public().verifies(b"message", &bytes));
    assert!(!key.public().verifies(b"another", &bytes));
}

#[test]
fn nothing_secret_is_ever_printed() {
    let ring = Keyring::ephemeral(1);
    let secret = ring.cursor().encode();
    let printed = format!("{ring:?} {:?} {:?}", ring.cursor(), ring.signer(Purpose::Token));
    assert!(!printed.contains(&secret) && !printed.contains("PRIVATE"), "{printed}");
}
