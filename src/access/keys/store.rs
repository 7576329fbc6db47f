//! Where keys are kept: a folder of mode 0700 with one file of mode 0600 per key.
//!
//! | file | what |
//! |---|---|
//! | `token.pem`, `certificate.pem` | the signing keys (PKCS#8) |
//! | `token-next.pem` | the token key that `sanggar keys rotate --prepare` made |
//! | `token-<kid>.pub.pem`, … | every public key that ever signed; keep those of certificates |
//! | `cursor.key`, `nik-encryption.key`, `nik-index.key`, `audit.key` | 32 random bytes each, base64url |
//! | `nik-encryption-<any>.key` | older secrets that still open sealed NIKs |
//! | `token-<kid>.retired`, `cursor-<fingerprint>.retired` | empty: this key was given up on purpose |
//!
//! What is missing is made, unless the database depends on it. A new file is written aside, synced and then linked into
//! place, which fails if the name is taken: of two processes that start at once the
//! first wins, and both read the winner's key.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use rand::TryRng;
use rand::rngs::SysRng;
use serde::Deserialize;

use super::depended::Depended;
use super::{KeyError, Keyring, PublicKey, Purpose, Secret, Signers, SigningKey};

/// Where the keys come from. What is not given here is read from `dir`, or made there.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KeySettings {
    /// The folder of the key files, usually `<data_dir>/keys`.
    pub dir: PathBuf,
    /// The token signing key, PKCS#8 PEM.
    pub token_pem: Option<String>,
    /// Older token keys (public or private PEM, one after the other) that still verify.
    pub token_older_pem: Option<String>,
    /// The certificate signing key, PKCS#8 PEM.
    pub certificate_pem: Option<String>,
    /// Older certificate keys (public or private PEM, one after the other) that still verify.
    pub certificate_older_pem: Option<String>,
    /// Secret of page cursors, base64url of 32 bytes.
    pub cursor_secret: Option<String>,
    /// Secret that seals NIKs, base64url of 32 bytes.
    pub nik_encryption_secret: Option<String>,
    /// Secret of the NIK's blind index, base64url of 32 bytes.
    pub nik_index_secret: Option<String>,
    /// Secret that seals the audit trail, base64url of 32 bytes.
    pub audit_secret: Option<String>,
}

impl std::fmt::Debug for KeySettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeySettings").field("dir", &self.dir).finish_non_exhaustive()
    }
}

impl KeySettings {
    /// The files that [`Keyring::open`] would make, because they are neither given nor there.
    pub fn missing(&self) -> Vec<PathBuf> {
        let files = [
            ("token.pem", &self.token_pem),
            ("certificate.pem", &self.certificate_pem),
            ("cursor.key", &self.cursor_secret),
            ("nik-encryption.key", &self.nik_encryption_secret),
            ("nik-index.key", &self.nik_index_secret),
            ("audit.key", &self.audit_secret),
        ];
        let absent = files.into_iter().filter(|(_, given)| given.is_none());
        absent.map(|(name, _)| self.dir.join(name)).filter(|path| !path.exists()).collect()
    }
}

impl Keyring {
    /// Reads every key, making those that are missing, for a database that depends on none yet.
    ///
    /// # Errors
    /// As [`open_for`](Self::open_for).
    pub fn open(settings: &KeySettings) -> Result<Self, KeyError> {
        Self::open_for(settings, &Depended::default())
    }

    /// Reads every key, making those that are missing and that the database does not depend on.
    ///
    /// # Errors
    /// [`KeyError`] with the file or setting, the fault and its cure: a file that others
    /// may read, that cannot be read or is not a key; one key given for two purposes; a key
    /// that the database depends on and that is not here.
    pub fn open_for(settings: &KeySettings, depended: &Depended) -> Result<Self, KeyError> {
        let s = Source { settings, depended };
        let given = settings;
        let ring = Self {
            // The one that nothing can replace comes first, so that it is named first.
            certificate: s.signers(
                Purpose::Certificate,
                given.certificate_pem.as_deref(),
                given.certificate_older_pem.as_deref(),
            )?,
            token: s.signers(Purpose::Token, given.token_pem.as_deref(), given.token_older_pem.as_deref())?,
            cursor: s.secret("cursor", given.cursor_secret.as_deref(), &[])?,
            nik_encryption: s.nik_encryption()?,
            nik_index: s.secret("nik-index", given.nik_index_secret.as_deref(), &[])?,
            audit: s.secret("audit", given.audit_secret.as_deref(), &[])?,
        };
        kept_apart(&ring)?;
        depended.check(&settings.dir, &ring)?;
        Ok(ring)
    }

    /// What is wrong with the keys that are given as settings, without touching a file: the setting's
    /// name and its fault.
    pub fn faults(settings: &KeySettings) -> Vec<(&'static str, KeyError)> {
        let s = settings;
        let key = |pem: &str| SigningKey::from_pem("setting", pem).map(drop);
        let older = |pems: &str| older_keys("setting", pems).map(drop);
        let secret = |text: &str| Secret::parse("setting", text).map(drop);
        type Check<'a> = (&'static str, &'a Option<String>, &'a dyn Fn(&str) -> Result<(), KeyError>);
        let checks: [Check<'_>; 8] = [
            ("token_pem", &s.token_pem, &key),
            ("token_older_pem", &s.token_older_pem, &older),
            ("certificate_pem", &s.certificate_pem, &key),
            ("certificate_older_pem", &s.certificate_older_pem, &older),
            ("cursor_secret", &s.cursor_secret, &secret),
            ("nik_encryption_secret", &s.nik_encryption_secret, &secret),
            ("nik_index_secret", &s.nik_index_secret, &secret),
            ("audit_secret", &s.audit_secret, &secret),
        ];
        checks
            .into_iter()
            .filter_map(|(name, given, check)| Some((name, check(given.as_deref()?).err()?)))
            .collect()
    }
}

/// One key must not serve two purposes, or what one signs the other would prove.
fn kept_apart(ring: &Keyring) -> Result<(), KeyError> {
    let cure = "Give each purpose a key of its own";
    if ring.certificate.known.iter().any(|key| ring.public(Purpose::Token, key.kid()).is_some()) {
        return Err(KeyError::new("certificate key", "is also a token key", cure));
    }
    let mut secrets = vec![ring.cursor.bytes(), ring.nik_index.bytes(), ring.audit.bytes()];
    secrets.extend(ring.nik_encryption.iter().map(Secret::bytes));
    secrets.sort();
    secrets.dedup();
    if secrets.len() < ring.nik_encryption.len() + 3 {
        return Err(KeyError::new(
            "cursor, nik-encryption, nik-index and audit secrets",
            "are not all different",
            cure,
        ));
    }
    Ok(())
}

/// Where keys are read from, and which of them must not be made anew.
struct Source<'a> {
    settings: &'a KeySettings,
    depended: &'a Depended,
}

impl Source<'_> {
    fn signers(
        &self,
        purpose: Purpose,
        given: Option<&str>,
        older: Option<&str>,
    ) -> Result<Signers, KeyError> {
        let name = purpose.name();
        let dir = &self.settings.dir;
        let mut known = older_keys(name, older.unwrap_or_default())?;
        for path in siblings(dir, &format!("{name}-"), ".pem")? {
            let private = !path.to_string_lossy().ends_with(".pub.pem");
            known.push(PublicKey::from_pem(path.display(), &read(&path, private)?)?);
        }
        if let Some(pem) = given {
            return Ok(Signers::new(SigningKey::from_pem(format!("setting {name}_pem"), pem)?, known));
        }
        let path = dir.join(format!("{name}.pem"));
        if !exists(&path)? {
            let kids: Vec<_> = known.iter().map(|key| key.kid().to_owned()).collect();
            self.depended.require(dir, name, &kids)?;
        }
        let pem = read_or_make(&path, || random_signing_key()?.to_pem())?;
        let key = SigningKey::from_pem(path.display(), &pem)?;
        let copy = dir.join(format!("{name}-{}.pub.pem", key.kid()));
        if !copy.exists() {
            make(&copy, &key.public().to_pem()?, 0o644)?;
        }
        Ok(Signers::new(key, known))
    }

    fn secret(&self, name: &str, given: Option<&str>, older: &[Secret]) -> Result<Secret, KeyError> {
        if let Some(text) = given {
            return Secret::parse(format!("setting {}_secret", name.replace('-', "_")), text);
        }
        let path = self.settings.dir.join(format!("{name}.key"));
        if !exists(&path)? {
            let known: Vec<_> = older.iter().map(Secret::fingerprint).collect();
            self.depended.require(&self.settings.dir, name, &known)?;
        }
        let text = read_or_make(&path, || Ok(Secret::from_bytes(random_bytes()?).encode()))?;
        Secret::parse(path.display(), &text)
    }

    fn nik_encryption(&self) -> Result<Vec<Secret>, KeyError> {
        let mut older = Vec::new();
        for path in siblings(&self.settings.dir, "nik-encryption-", ".key")? {
            older.push(Secret::parse(path.display(), &read(&path, true)?)?);
        }
        let given = self.settings.nik_encryption_secret.as_deref();
        let mut secrets = vec![self.secret("nik-encryption", given, &older)?];
        for secret in older {
            if secrets.iter().all(|known| known.bytes() != secret.bytes()) {
                secrets.push(secret);
            }
        }
        Ok(secrets)
    }
}

/// Several PEM blocks that follow each other in one setting.
fn older_keys(name: &str, text: &str) -> Result<Vec<PublicKey>, KeyError> {
    let mut blocks = text.split("-----BEGIN");
    let setting = format!("setting {name}_older_pem");
    if blocks.next().is_some_and(|before| !before.trim().is_empty()) {
        return Err(KeyError::new(setting, "does not start with -----BEGIN", "Give whole PEM blocks"));
    }
    blocks.map(|block| PublicKey::from_pem(&setting, &format!("-----BEGIN{block}"))).collect()
}

pub(super) fn random_bytes() -> Result<[u8; 32], KeyError> {
    let mut bytes = [0; 32];
    SysRng.try_fill_bytes(&mut bytes).map_err(|e| {
        KeyError::new(
            "new key",
            format!("the system gave no random bytes: {e}"),
            "Check the host, start again",
        )
    })?;
    Ok(bytes)
}

pub(super) fn random_signing_key() -> Result<SigningKey, KeyError> {
    loop {
        if let Some(key) = SigningKey::from_bytes(&random_bytes()?) {
            return Ok(key);
        }
    }
}

pub(super) fn fault(path: &Path, what: &str, e: &std::io::Error) -> KeyError {
    let cure = "Check that the service's user owns the file and its folder and that the disk has room";
    KeyError::new(path.display(), format!("{what}: {e}"), cure)
}

pub(super) fn exists(path: &Path) -> Result<bool, KeyError> {
    path.try_exists().map_err(|e| fault(path, "cannot be looked up", &e))
}

fn read_or_make(path: &Path, new: impl FnOnce() -> Result<String, KeyError>) -> Result<String, KeyError> {
    if let Some(dir) = path.parent() {
        folder(dir)?;
    }
    if !exists(path)? {
        make(path, &new()?, 0o600)?;
    }
    read(path, true)
}

pub(super) fn read(path: &Path, private: bool) -> Result<String, KeyError> {
    let file = fs::metadata(path).map_err(|e| fault(path, "cannot be looked up", &e))?;
    if private {
        refuse_if_open(path, mode(&file), "0600")?;
    }
    fs::read_to_string(path).map_err(|e| fault(path, "cannot be read", &e))
}

fn folder(dir: &Path) -> Result<(), KeyError> {
    if let Some(parent) = dir.parent() {
        fs::create_dir_all(parent).map_err(|e| fault(parent, "cannot be made", &e))?;
    }
    match make_private_folder(dir) {
        Err(e) if e.kind() != ErrorKind::AlreadyExists => return Err(fault(dir, "cannot be made", &e)),
        _ => {}
    }
    let found = fs::metadata(dir).map_err(|e| fault(dir, "cannot be looked up", &e))?;
    refuse_if_open(dir, mode(&found), "0700")
}

fn refuse_if_open(path: &Path, mode: u32, wanted: &str) -> Result<(), KeyError> {
    if mode & 0o077 == 0 {
        return Ok(());
    }
    Err(KeyError::new(
        path.display(),
        format!("has mode {:04o}, so others on this machine may get at the keys", mode & 0o7777),
        format!(
            "Make it private with `chmod {wanted} '{}'`; if others used the machine, change the keys",
            path.display()
        ),
    ))
}

/// Writes `text` to a file of its own and links it to `path`, unless `path` came to be meanwhile.
pub(super) fn make(path: &Path, text: &str, mode: u32) -> Result<(), KeyError> {
    let tag = random_bytes()?.iter().take(8).map(|byte| format!("{byte:02x}")).collect::<String>();
    let aside = path.with_extension(format!("{tag}.new"));
    let written = (|| {
        let mut file = create_private(&aside, mode)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        match fs::hard_link(&aside, path) {
            Err(e) if e.kind() != ErrorKind::AlreadyExists => Err(e),
            _ => path.parent().map_or(Ok(()), |dir| fs::File::open(dir)?.sync_all()),
        }
    })();
    let removed = fs::remove_file(&aside);
    written.and(removed).map_err(|e| fault(path, "cannot be made", &e))
}

/// Files of `dir` whose name starts and ends so, sorted by name.
fn siblings(dir: &Path, start: &str, end: &str) -> Result<Vec<PathBuf>, KeyError> {
    let entries = match fs::read_dir(dir) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        found => found.map_err(|e| fault(dir, "cannot be listed", &e))?,
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|e| fault(dir, "cannot be listed", &e))?.path();
        if path.file_name().and_then(|n| n.to_str()).is_some_and(|n| n.starts_with(start) && n.ends_with(end))
        {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

#[cfg(unix)]
fn mode(file: &fs::Metadata) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&file.permissions())
}

#[cfg(unix)]
fn make_private_folder(dir: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(dir)
}

#[cfg(unix)]
pub(super) fn create_private(path: &Path, mode: u32) -> std::io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    fs::OpenOptions::new().write(true).create_new(true).mode(mode).open(path)
}

// Elsewhere a file has no mode; the folder's own access rules are the operator's.
#[cfg(not(unix))]
fn mode(_: &fs::Metadata) -> u32 {
    0
}

#[cfg(not(unix))]
fn make_private_folder(dir: &Path) -> std::io::Result<()> {
    fs::create_dir(dir)
}

#[cfg(not(unix))]
pub(super) fn create_private(path: &Path, _: u32) -> std::io::Result<fs::File> {
    fs::OpenOptions::new().write(true).create_new(true).open(path)
}
