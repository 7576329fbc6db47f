//! Passwords as they are kept: Argon2id with the parameters that OWASP names (19 MiB, two rounds, one lane). Each hash
//! takes a core for a while, so only a few are made at once, off the threads that serve.

use std::{sync::OnceLock, time::Duration};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use super::rule;
use crate::foundation::error::{Error, Faults, Result};

/// Memory, KiB.
const MEMORY: u32 = 19 * 1024;
/// Rounds.
const ROUNDS: u32 = 2;
/// How many hashes are made at once: each takes its memory.
const AT_ONCE: usize = 4;
/// How long one waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);

/// What a password is compared with where there is no account, or none with a password: it takes the same time.
static NOBODYS: OnceLock<String> = OnceLock::new();

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY, ROUNDS, 1, None).map_err(|e| Error::internal("argon2", e))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The same password, however a keyboard composes its letters.
fn normal(password: &str) -> String {
    password.nfc().collect()
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let turn = tokio::time::timeout(PATIENCE, TURNS.acquire()).await;
    let turn = turn
        .map_err(|_| Error::Unavailable("too many sign in at once".into()))?
        .map_err(|_| Error::Unavailable("shutting down".into()))?;
    // The turn ends with the work: whoever no longer waits for the answer does not free its memory.
    let work = move || {
        let _turn = turn;
        work()
    };
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::internal("hash a password", e))?
}

/// `password` in PHC form, with this salt, where it may be one; else why not.
///
/// # Errors
/// `unavailable` when too many wait.
pub async fn make(
    password: &str,
    own: Vec<String>,
    salt: [u8; 16],
) -> Result<std::result::Result<String, Faults>> {
    let password = normal(password);
    in_turn(move || {
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        let faults = rule::password(&password, &own);
        if faults.is_empty() { hashed(&password, salt).map(Ok) } else { Ok(Err(faults)) }
    })
    .await
}

fn hashed(password: &str, salt: [u8; 16]) -> Result<String> {
    let hash: PasswordHash = argon2()?
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|e| Error::internal("hash a password", e))?;
    Ok(hash.to_string())
}

/// Whether `password` is the one of `hash`; without a hash it takes as long to say no.
///
/// # Errors
/// `unavailable` when too many wait.
pub async fn verify(password: &str, hash: Option<String>) -> Result<bool> {
    // Nobody has a longer one, and a long one costs.
    let sound = password.len() <= rule::LONGEST_BYTES * 2;
    let password = if sound { normal(password) } else { String::new() };
    in_turn(move || {
        let known = hash.is_some();
        let hash = match hash {
            Some(hash) => hash,
            None => nobodys()?,
        };
        let parsed = PasswordHash::new(&hash).map_err(|e| Error::internal("account.password_hash", e))?;
        let right = argon2()?.verify_password(password.as_bytes(), &parsed).is_ok();
        Ok(right && known && sound)
    })
    .await
}

fn nobodys() -> Result<String> {
    if let Some(hash) = NOBODYS.get() {
        return Ok(hash.clone());
    }
    let hash = hashed("nobody has this one", [7; 16])?;
    Ok(NOBODYS.get_or_init(|| hash).clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_recognised_however_its_letters_are_composed() {
        let hash = make("kopi café tubruk sembilan", Vec::new(), [1; 16]).await.unwrap().unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify("kopi cafe\u{301} tubruk sembilan", Some(hash.clone())).await.unwrap());
        assert!(!verify("kopi cafe tubruk sembilan", Some(hash)).await.unwrap());
        assert!(!verify("nobody has this one", None).await.unwrap());
    }
}
