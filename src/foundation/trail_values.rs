//! What the audit trail says of personal values, apart from the chain, so that it can go and the chain still holds: the
//! chain has of each only a hash over a salt and the text, and both go together.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    account,
    audit_value::{Column, Entity, Model},
    person,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    change::{Change, Field},
    error::Result,
    transaction::hex,
};

mod inspect;
pub use inspect::inspect;

/// How long values stay: ten years, and three days for the leap years among them.
pub const KEPT: TimeDelta = TimeDelta::days(3_653);

/// What a hash begins with.
const HASH: &str = "sha256:";

/// What stands in the chain for a text: SHA-256 over the salt's hexadecimal digits and the text.
pub(super) fn sealed(salt: &str, text: &str) -> String {
    let hash = Sha256::new().chain_update(salt).chain_update(text).finalize();
    format!("{HASH}{}", hex(&hash))
}

/// Whether a value is the one that the chain knows at this place: whose it is, and both its texts.
pub fn holds(change: &Change, field: &Field, value: &Model) -> bool {
    let same = |told: Option<&str>, kept: Option<&str>| match (told, kept) {
        (Some(told), Some(kept)) => told == sealed(&value.salt, kept),
        (told, None) => !told.is_some_and(is_hash),
        (None, Some(_)) => false,
    };
    (value.person_id, value.account_id) == (change.person, change.account)
        && same(field.before.as_deref(), value.before.as_deref())
        && same(field.after.as_deref(), value.after.as_deref())
}

/// Whether a text of a field whose values stand apart is the hash of one.
pub fn is_hash(text: &str) -> bool {
    text.starts_with(HASH)
}

/// Whether the time of the values of an entry is over.
pub fn is_over(entry_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    entry_at < now - KEPT
}

/// Forgets every value of `person` that the trail holds, of their accounts and of whoever was merged into them; answers
/// how many there were. Their accounts must still say whose they are.
///
/// # Errors
/// Whatever the database answers.
pub async fn forget(db: &impl ConnectionTrait, person: Uuid) -> Result<u64> {
    let mut persons = BTreeSet::from([person]);
    let mut last = vec![person];
    while !last.is_empty() {
        let merged: Vec<Uuid> = person::Entity::find()
            .select_only()
            .column(person::Column::Id)
            .filter(person::Column::MergedInto.is_in(last))
            .into_tuple()
            .all(db)
            .await?;
        last = merged.into_iter().filter(|id| persons.insert(*id)).collect();
    }
    let accounts: Vec<Uuid> = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::PersonId.is_in(persons.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let of_accounts = Condition::all().add(Column::PersonId.is_null()).add(Column::AccountId.is_in(accounts));
    let theirs = Condition::any().add(Column::PersonId.is_in(persons)).add(of_accounts);
    Ok(Entity::delete_many().filter(theirs).exec(db).await?.rows_affected)
}
