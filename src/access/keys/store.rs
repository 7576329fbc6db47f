//! Where keys are kept: a folder of mode 0700 with one file of mode 0600 per key.
//!
//! | file | what |
//! |---|---|
//! | `token.pem`, `certificate.pem` | the signing keys (PKCS#8) |
//! | `token-<kid>.pub.pem`, … | every public key that ever signed; keep them |
//! | `cursor.key`, `nik-encryption.key`, `nik-index.key` | 32 random bytes each, base64url |
//! | `nik-encryption-<any>.key` | older secrets that still open sealed NIKs |
//!
//! What is missing is made. A new file is written aside, synced and then linked into
//! place, which fails if the name is taken: of two processes that start at once the
//! first wins, and both read the winner's key.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use rand::TryRng;
use rand::rngs::SysRng;
use serde::Deserialize;

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
}

impl std::fmt::Debug for KeySettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeySettings").field("dir", &self.dir).finish_non_exhaustive()
    }
}

impl Keyring {
    /// Reads every key, making those that are missing.
    ///
    /// # Errors
    /// [`KeyError`] with the file or setting, the fault and its cure: a file that others
    /// may read, that cannot be read or is not a key; one key given for two purposes.
    pub fn open(settings: &KeySettings) -> Result<Self, KeyError> {
        let s = settings;
        let ring = Self {
            token: signers(s, Purpose::Token, s.token_pem.as_deref(), s.token_older_pem.as_deref())?,
            certificate: signers(
                s,
                Purpose::Certificate,
                s.certificate_pem.as_deref(),
                s.certificate_older_pem.as_deref(),
            )?,
            cursor: secret(s, "cursor", s.cursor_secret.as_deref())?,
            nik_encryption: nik_encryption(s)?,
            nik_index: secret(s, "nik-index", s.nik_index_secret.as_deref())?,
        };
        kept_apart(&ring)?;
        Ok(ring)
    }
}

/// One key must not serve two purposes, or what one signs the other would prove.
fn kept_apart(ring: &Keyring) -> Result<(), KeyError> {
    let cure = "Give each purpose a key of its own";
    if ring.certificate.known.iter().any(|key| ring.public(Purpose::Token, key.kid()).is_some()) {
        return Err(KeyError::new("certificate key", "is also a token key", cure));
    }
    let mut secrets = vec![ring.cursor.bytes(), ring.nik_index.bytes()];
    secrets.extend(ring.nik_encryption.iter().map(Secret::bytes));
    secrets.sort();
    secrets.dedup();
    if secrets.len() < ring.nik_encryption.len() + 2 {
        return Err(KeyError::new(
            "cursor, nik-encryption and nik-index secrets",
            "are not all different",
            cure,
        ));
    }
    Ok(())
}

fn signers(
    settings: &KeySettings,
    purpose: Purpose,
    given: Option<&str>,
    older: Option<&str>,
) -> Result<Signers, KeyError> {
    let name = purpose.name();
    let mut known = older_keys(name, older.unwrap_or_default())?;
    let current = match given {
        Some(pem) => SigningKey::from_pem(format!("setting {name}_pem"), pem)?,
        None => {
            let path = settings.dir.join(format!("{name}.pem"));
            let pem = read_or_make(&path, || random_signing_key()?.to_pem())?;
            let key = SigningKey::from_pem(path.display(), &pem)?;
            let copy = settings.dir.join(format!("{name}-{}.pub.pem", key.kid()));
            if !copy.exists() {
                make(&copy, &key.public().to_pem()?, 0o644)?;
            }
            key
        }
    };
    for path in siblings(&settings.dir, &format!("{name}-"), ".pem")? {
        let private = !path.to_string_lossy().ends_with(".pub.pem");
        known.push(PublicKey::from_pem(path.display(), &read(&path, private)?)?);
    }
    Ok(Signers::new(current, known))
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

fn secret(settings: &KeySettings, name: &str, given: Option<&str>) -> Result<Secret, KeyError> {
    if let Some(text) = given {
        return Secret::parse(format!("setting {}_secret", name.replace('-', "_")), text);
    }
    let path = settings.dir.join(format!("{name}.key"));
    let text = read_or_make(&path, || Ok(Secret::from_bytes(random_bytes()?).encode()))?;
    Secret::parse(path.display(), &text)
}

fn nik_encryption(settings: &KeySettings) -> Result<Vec<Secret>, KeyError> {
    let mut secrets = vec![secret(settings, "nik-encryption", settings.nik_encryption_secret.as_deref())?];
    for path in siblings(&settings.dir, "nik-encryption-", ".key")? {
        let older = Secret::parse(path.display(), &read(&path, true)?)?;
        if secrets.iter().all(|known| known.bytes() != older.bytes()) {
            secrets.push(older);
        }
    }
    Ok(secrets)
}

fn random_bytes() -> Result<[u8; 32], KeyError> {
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

fn random_signing_key() -> Result<SigningKey, KeyError> {
    loop {
        if let Some(key) = SigningKey::from_bytes(&random_bytes()?) {
            return Ok(key);
        }
    }
}

fn fault(path: &Path, what: &str, e: &std::io::Error) -> KeyError {
    let cure = "Check that the service's user owns the file and its folder and that the disk has room";
    KeyError::new(path.display(), format!("{what}: {e}"), cure)
}

fn read_or_make(path: &Path, new: impl FnOnce() -> Result<String, KeyError>) -> Result<String, KeyError> {
    if let Some(dir) = path.parent() {
        folder(dir)?;
    }
    if !path.try_exists().map_err(|e| fault(path, "cannot be looked up", &e))? {
        make(path, &new()?, 0o600)?;
    }
    read(path, true)
}

fn read(path: &Path, private: bool) -> Result<String, KeyError> {
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
fn make(path: &Path, text: &str, mode: u32) -> Result<(), KeyError> {
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
fn create_private(path: &Path, mode: u32) -> std::io::Result<fs::File> {
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
fn create_private(path: &Path, _: u32) -> std::io::Result<fs::File> {
    fs::OpenOptions::new().write(true).create_new(true).open(path)
}
