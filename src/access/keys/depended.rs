//! Which keys a database depends on.
//!
//! Whoever first serves a database leaves the public names of its keys there (a kid, a
//! truncated hash; never a secret). From then on a service without them refuses to start:
//! it would call true certificates tampered with, sign with a key that no other node
//! knows, and take the same NIK a second time.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use entity::key_fingerprint::{ActiveModel, Column, Entity};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QueryOrder};

use super::{KeyError, Keyring};
use crate::foundation::{
    error::Result,
    transaction::{Origin, Writes},
};

/// Keys that can be given up: what they signed loses its worth, and nothing that is stored does.
const EXPENDABLE: &[&str] = &["token", "cursor"];

/// The keys of one purpose, by their public names.
pub(super) struct Held {
    pub(super) purpose: &'static str,
    /// The one in use.
    pub(super) current: String,
    /// All that are here, the one in use among them.
    pub(super) known: Vec<String>,
}

/// Every key that a database depends on, by purpose, the oldest first.
#[derive(Debug, Default)]
pub struct Depended(BTreeMap<String, Vec<String>>);

impl Depended {
    /// What the database at `db` depends on; nothing when nobody has served it yet.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn read(db: &impl ConnectionTrait) -> Result<Self> {
        let mut found = Self::default();
        for row in Entity::find().order_by_asc(Column::Generation).all(db).await? {
            found.0.entry(row.purpose).or_default().push(row.fingerprint);
        }
        Ok(found)
    }

    fn of(&self, purpose: &str) -> &[String] {
        self.0.get(purpose).map_or(&[], Vec::as_slice)
    }

    /// That `known` has every key of `purpose`, but for those that were given up in the folder `dir`.
    pub(super) fn require(
        &self,
        dir: &Path,
        purpose: &str,
        known: &[String],
    ) -> std::result::Result<(), KeyError> {
        let given_up = |key: &str| EXPENDABLE.contains(&purpose) && gone(dir, purpose, key).exists();
        match self.of(purpose).iter().find(|key| !known.contains(key) && !given_up(key)) {
            Some(key) => Err(missing(dir, purpose, key)),
            None => Ok(()),
        }
    }

    /// That every key the database depends on is in `ring`, whose files are in `dir`.
    ///
    /// # Errors
    /// [`KeyError`] naming the key, where it should come from, and what to do.
    pub fn check(&self, dir: &Path, ring: &Keyring) -> std::result::Result<(), KeyError> {
        ring.held().iter().try_for_each(|held| self.require(dir, held.purpose, &held.known))
    }

    /// Writes down the keys of `ring` that the database does not know yet: all of them at
    /// first, later the one that followed another.
    ///
    /// # Errors
    /// `already_exists` when another node wrote its own meanwhile: read and check again.
    pub async fn add(&self, writes: &Writes, ring: &Keyring) -> Result<()> {
        let fresh: Vec<(&'static str, i32, String)> = ring
            .held()
            .into_iter()
            .filter(|held| !self.of(held.purpose).contains(&held.current))
            .map(|held| {
                let generation = i32::try_from(self.of(held.purpose).len()).unwrap_or(i32::MAX - 1) + 1;
                (held.purpose, generation, held.current)
            })
            .collect();
        if fresh.is_empty() {
            return Ok(());
        }
        let origin = Origin {
            actor: "startup".to_owned(),
            caller: "startup".to_owned(),
            request_id: "internal".to_owned(),
            ..Origin::default()
        };
        writes
            .run("keys.add", origin, move |tx| {
                let rows = fresh.iter().map(|(purpose, generation, fingerprint)| ActiveModel {
                    purpose: Set((*purpose).to_owned()),
                    generation: Set(*generation),
                    fingerprint: Set(fingerprint.clone()),
                    created_at: Set(tx.now()),
                });
                let rows: Vec<_> = rows.collect();
                Box::pin(async move {
                    Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
                    Ok(())
                })
            })
            .await
    }
}

/// The file that says a key is gone on purpose.
fn gone(dir: &Path, purpose: &str, key: &str) -> PathBuf {
    dir.join(format!("{purpose}-{key}.retired"))
}

fn missing(dir: &Path, purpose: &str, key: &str) -> KeyError {
    let signs = super::Purpose::ALL.iter().any(|p| p.name() == purpose);
    let (current, older, setting) = if signs {
        (format!("{purpose}.pem"), format!("{purpose}-{key}.pub.pem"), format!("{purpose}_pem"))
    } else {
        (
            format!("{purpose}.key"),
            format!("{purpose}-<any>.key"),
            format!("{}_secret", purpose.replace('-', "_")),
        )
    };
    let mut cure = format!(
        "Copy {current}, or {older} when another key has followed it, from the keys folder of a node \
         that serves this database or from its backup, or set SANGGAR_{}; then start again",
        setting.to_uppercase()
    );
    if EXPENDABLE.contains(&purpose) {
        cure += &format!(
            ". If it was given up for good (stolen or lost), say so with an empty file {}",
            gone(dir, purpose, key).display()
        );
    }
    KeyError::new(
        dir.join(current).display(),
        format!("the database depends on the {purpose} key {key}, which is not here"),
        cure,
    )
}
