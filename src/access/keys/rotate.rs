//! A new key for tokens. The public half of the old one stays beside it, so the tokens that it signed keep verifying until
//! they end; nothing that signs with it is left. A node signs with the new key once it was started anew. Where there are
//! several nodes, the new key is prepared first, so that each of them knows it before any of them signs with it.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use super::{
    KeyError, Purpose, SigningKey,
    store::{KeySettings, create_private, exists, fault, make, random_bytes, random_signing_key, read},
};

/// What was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotated {
    /// `kid` of the key that signed until now.
    pub old: String,
    /// `kid` of the key that signs from the next start on.
    pub new: String,
    /// The file with the public half of the old one.
    pub kept: PathBuf,
}

/// Makes the key that [`token`] will put in place, and answers its `kid`. Nothing signs with it until then; every node that
/// was started anew knows it. Where one is prepared already, that one stays.
///
/// # Errors
/// As [`token`].
pub fn prepare(settings: &KeySettings) -> Result<String, KeyError> {
    let (_, old) = current(settings)?;
    if let Some(prepared) = prepared(settings, &old)? {
        return Ok(prepared.kid().to_owned());
    }
    let new = random_signing_key()?;
    publish(settings, &new)?;
    make(&next(settings), &new.to_pem()?, 0o600)?;
    Ok(new.kid().to_owned())
}

/// Puts a new token key in the place of the one that is there: the one that was prepared, where there is one.
///
/// # Errors
/// [`KeyError`] when the key is given by a setting, when there is none yet, or when a file cannot be read or written; the
/// old key is then still in its place.
pub fn token(settings: &KeySettings) -> Result<Rotated, KeyError> {
    let (path, old) = current(settings)?;
    let kept = publish(settings, &old)?;
    let new = match prepared(settings, &old)? {
        Some(prepared) => prepared,
        None => random_signing_key()?,
    };
    // Its public half is there before anything can be signed with it.
    publish(settings, &new)?;
    replace(&path, &new.to_pem()?)?;
    let next = next(settings);
    if exists(&next)? {
        fs::remove_file(&next).map_err(|e| fault(&next, "cannot be removed", &e))?;
    }
    Ok(Rotated { old: old.kid().to_owned(), new: new.kid().to_owned(), kept })
}

/// Where a key waits that was prepared. Like every private key of the folder it verifies from the next start on.
fn next(settings: &KeySettings) -> PathBuf {
    settings.dir.join(format!("{}-next.pem", Purpose::Token.name()))
}

/// The key that waits, unless it is the one that signs: who was interrupted may have left it.
fn prepared(settings: &KeySettings, old: &SigningKey) -> Result<Option<SigningKey>, KeyError> {
    let path = next(settings);
    if !exists(&path)? {
        return Ok(None);
    }
    let key = SigningKey::from_pem(path.display(), &read(&path, true)?)?;
    if key.kid() != old.kid() {
        return Ok(Some(key));
    }
    fs::remove_file(&path).map_err(|e| fault(&path, "cannot be removed", &e))?;
    Ok(None)
}

/// Puts the public half of a key beside it, where it is not yet.
fn publish(settings: &KeySettings, key: &SigningKey) -> Result<PathBuf, KeyError> {
    let path = settings.dir.join(format!("{}-{}.pub.pem", Purpose::Token.name(), key.kid()));
    if !exists(&path)? {
        make(&path, &key.public().to_pem()?, 0o644)?;
    }
    Ok(path)
}

/// The file of the key that signs, and the key.
fn current(settings: &KeySettings) -> Result<(PathBuf, SigningKey), KeyError> {
    if settings.token_pem.is_some() {
        let cure = "Put a new key there, and the old one into token_older_pem";
        return Err(KeyError::new(
            "setting token_pem",
            "gives the key, so no file decides which it is",
            cure,
        ));
    }
    let path = settings.dir.join(format!("{}.pem", Purpose::Token.name()));
    if !exists(&path)? {
        return Err(KeyError::new(path.display(), "is not there", "Start the service once, and it is made"));
    }
    let old = SigningKey::from_pem(path.display(), &read(&path, true)?)?;
    Ok((path, old))
}

/// Writes `text` to a file of its own and puts that in the place of `path` in one step.
fn replace(path: &Path, text: &str) -> Result<(), KeyError> {
    let tag = random_bytes()?.iter().take(8).map(|byte| format!("{byte:02x}")).collect::<String>();
    let aside = path.with_extension(format!("{tag}.new"));
    let written = (|| {
        let mut file = create_private(&aside, 0o600)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&aside, path)?;
        path.parent().map_or(Ok(()), |dir| fs::File::open(dir)?.sync_all())
    })();
    written.map_err(|e| fault(path, "cannot be replaced", &e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::keys::Keyring;

    #[test]
    fn the_old_key_still_verifies_and_the_new_one_signs() {
        let home = tempfile::tempdir().unwrap();
        let settings = KeySettings { dir: home.path().join("keys"), ..KeySettings::default() };
        assert!(token(&settings).unwrap_err().fault.contains("not there"));
        let before = Keyring::open(&settings).unwrap();
        let signature = before.signer(Purpose::Token).sign(b"said");
        let rotated = token(&settings).unwrap();
        let after = Keyring::open(&settings).unwrap();
        assert_eq!(before.signer(Purpose::Token).kid(), rotated.old);
        assert_eq!(after.signer(Purpose::Token).kid(), rotated.new);
        let old = after.public(Purpose::Token, &rotated.old).unwrap();
        assert!(rotated.kept.exists() && old.verifies(b"said", &signature));
        let kids = after.jwks()["keys"].to_string();
        assert!(kids.contains(&rotated.old) && kids.contains(&rotated.new), "{kids}");
        let twice = token(&settings).unwrap();
        let last = Keyring::open(&settings).unwrap();
        assert!(last.public(Purpose::Token, &rotated.old).is_some() && twice.old == rotated.new);
    }

    #[test]
    fn a_node_that_knows_a_prepared_key_takes_what_another_signs_with_it() {
        let home = tempfile::tempdir().unwrap();
        let settings = KeySettings { dir: home.path().join("keys"), ..KeySettings::default() };
        assert!(prepare(&settings).unwrap_err().fault.contains("not there"));
        let first = Keyring::open(&settings).unwrap();
        let prepared = prepare(&settings).unwrap();
        assert_eq!(prepare(&settings).unwrap(), prepared, "one waits already");
        let slow = Keyring::open(&settings).unwrap();
        assert_eq!(
            slow.signer(Purpose::Token).kid(),
            first.signer(Purpose::Token).kid(),
            "it signs nothing yet"
        );
        assert!(slow.jwks().to_string().contains(&prepared));
        let rotated = token(&settings).unwrap();
        assert_eq!((rotated.new, next(&settings).exists()), (prepared.clone(), false));
        let quick = Keyring::open(&settings).unwrap();
        let signature = quick.signer(Purpose::Token).sign(b"said");
        assert!(slow.public(Purpose::Token, &prepared).unwrap().verifies(b"said", &signature));
        assert!(first.public(Purpose::Token, &prepared).is_none());
        assert_ne!(token(&settings).unwrap().new, prepared);
    }
}
