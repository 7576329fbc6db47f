//! Accounts and roles of somebody who is erased: which there are, and what is told of their end. That the rows go is the
//! register's (`privacy::register`). What was issued to them ends with the next request, for every token is looked up by
//! its account.

use entity::{account, role_grant};
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use crate::{
    access::context::Work,
    foundation::{error::Result, event::Event},
};

/// The accounts of these persons, held until the transaction ends.
///
/// # Errors
/// Whatever the database answers.
pub async fn of(work: &Work<'_>, persons: &[Uuid]) -> Result<Vec<account::Model>> {
    let theirs = account::Entity::find()
        .filter(account::Column::PersonId.is_in(persons.iter().copied()))
        .order_by_asc(account::Column::Id)
        .lock_exclusive();
    Ok(theirs.all(work.db()).await?)
}

/// What is to be told once the accounts and roles of these persons are gone: of each role that counts now that it was
/// withdrawn, and of each account that it is no more. `region`: where whoever is told of an account stands. To be asked
/// before the rows go.
///
/// # Errors
/// Whatever the database answers.
pub async fn told(
    work: &Work<'_>,
    persons: &[Uuid],
    accounts: &[account::Model],
    region: Option<&str>,
) -> Result<Vec<Event>> {
    use role_grant::Column as C;
    let theirs = Condition::any()
        .add(C::AccountId.is_in(accounts.iter().map(|row| row.id)))
        .add(C::PersonId.is_in(persons.iter().copied()));
    let live = role_grant::Entity::find()
        .filter(theirs)
        .filter(C::WithdrawnAt.is_null())
        .filter(C::ExpiresAt.is_null().or(C::ExpiresAt.gt(work.now())))
        .order_by_asc(C::Id)
        .lock_exclusive()
        .all(work.db())
        .await?;
    let roles = live.into_iter().map(|row| {
        Event::new("role_grant.withdrawn", "role_grant", row.id, row.version + 1)
            .in_region(row.region_code.clone())
            .with(json!({ "role": row.role, "accountId": row.account_id, "clientId": row.client_id }))
    });
    let accounts = accounts.iter().map(|row| {
        Event::new("account.erased", "account", row.id, row.version + 1)
            .in_region(region.map(str::to_owned))
            .with(json!({ "personId": row.person_id }))
    });
    Ok(roles.chain(accounts).collect())
}
