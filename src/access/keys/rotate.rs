//! A new key for tokens. The public half of the old one stays beside it, so the tokens that it signed keep verifying until
//! they end; nothing that signs with it is left. A node signs with the new key once it was started anew.

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

/// Makes a new token key in the place of the one that is there.
///
/// # Errors
/// [`KeyError`] when the key is given by a setting, when there is none yet, or when a file cannot be read or written; the
/// old key is then still in its place.
pub fn token(settings: &KeySettings) -> Result<Rotated, KeyError> {
    let name = Purpose::Token.name();
    if settings.token_pem.is_some() {
        let cure = "Put a new key there, and the old one into token_older_pem";
        return Err(KeyError::new(
            "setting token_pem",
            "gives the key, so no file decides which it is",
            cure,
        ));
    }
    let dir = &settings.dir;
    let path = dir.join(format!("{name}.pem"));
    if !exists(&path)? {
        return Err(KeyError::new(path.display(), "is not there", "Start the service once, and it is made"));
    }
    let old = SigningKey::from_pem(path.display(), &read(&path, true)?)?;
    let public = |key: &SigningKey| dir.join(format!("{name}-{}.pub.pem", key.kid()));
    let kept = public(&old);
    if !exists(&kept)? {
        make(&kept, &old.public().to_pem()?, 0o644)?;
    }
    let new = random_signing_key()?;
    // Its public half is there before anything can be signed with it.
    make(&public(&new), &new.public().to_pem()?, 0o644)?;
    replace(&path, &new.to_pem()?)?;
    Ok(Rotated { old: old.kid().to_owned(), new: new.kid().to_owned(), kept })
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
}
