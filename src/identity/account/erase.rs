//! What is left of somebody's accounts once they were erased: nothing with which they signed in, and the roles that
//! they held, taken back, as roles of nobody. What was issued to them ends with the next request, for every token is
//! looked up by its account.

use chrono::{DateTime, Utc};
use entity::{
    account, account_identity, account_token, app_authorization, authorization_code, browser_session,
    recovery_code, role_grant, token_family,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    access::{actor::Permit, context::Work},
    foundation::{error::Result, event::Event},
};

/// What went, and what is to be told of it once everything slow is done.
#[derive(Default)]
pub struct Erased {
    /// Tables, and how many rows of each.
    pub rows: Vec<(&'static str, u64)>,
    /// What happened.
    pub told: Vec<Event>,
}

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

/// Takes back every role of `accounts` and of `persons`, and lets go of the accounts with all that belongs to signing
/// in. `region`: where whoever is told of it stands.
///
/// # Errors
/// Whatever the database answers.
pub async fn erase(
    work: &Work<'_>,
    permit: &Permit,
    persons: &[Uuid],
    accounts: &[account::Model],
    region: Option<&str>,
) -> Result<Erased> {
    let ids: Vec<Uuid> = accounts.iter().map(|row| row.id).collect();
    let mut erased = Erased::default();
    roles(work, permit, persons, &ids, &mut erased).await?;
    let agreed = || {
        app_authorization::Entity::find()
            .select_only()
            .column(app_authorization::Column::Id)
            .filter(app_authorization::Column::AccountId.is_in(ids.clone()))
            .into_query()
    };
    let db = work.db();
    let rows = &mut erased.rows;
    rows.push((
        "token_family",
        gone::<token_family::Entity>(db, by(token_family::Column::AuthorizationId, agreed())).await?,
    ));
    let codes = by(authorization_code::Column::AuthorizationId, agreed());
    rows.push(("authorization_code", gone::<authorization_code::Entity>(db, codes).await?));
    let apps = app_authorization::Column::AccountId.is_in(ids.clone());
    rows.push(("app_authorization", gone::<app_authorization::Entity>(db, apps).await?));
    let sessions = browser_session::Column::AccountId.is_in(ids.clone());
    rows.push(("browser_session", gone::<browser_session::Entity>(db, sessions).await?));
    let links = account_token::Column::AccountId.is_in(ids.clone());
    rows.push(("account_token", gone::<account_token::Entity>(db, links).await?));
    let codes = recovery_code::Column::AccountId.is_in(ids.clone());
    rows.push(("recovery_code", gone::<recovery_code::Entity>(db, codes).await?));
    let linked = account_identity::Column::AccountId.is_in(ids.clone());
    rows.push(("account_identity", gone::<account_identity::Entity>(db, linked).await?));
    rows.push(("account", gone::<account::Entity>(db, account::Column::Id.is_in(ids)).await?));
    erased.told.extend(accounts.iter().map(|row| {
        Event::new("account.erased", "account", row.id, row.version + 1)
            .in_region(region.map(str::to_owned))
            .with(json!({ "personId": row.person_id }))
    }));
    Ok(erased)
}

fn by(column: impl ColumnTrait, of: SelectStatement) -> Expr {
    column.in_subquery(of)
}

async fn gone<E: EntityTrait>(db: &sea_orm::DatabaseTransaction, which: Expr) -> Result<u64> {
    Ok(E::delete_many().filter(which).exec(db).await?.rows_affected)
}

/// The rows stay, for each says who gave which role; whose it was and why, they no longer say.
async fn roles(
    work: &Work<'_>,
    _: &Permit,
    persons: &[Uuid],
    accounts: &[Uuid],
    erased: &mut Erased,
) -> Result<()> {
    use role_grant::Column as C;
    let theirs = Condition::any()
        .add(C::AccountId.is_in(accounts.iter().copied()))
        .add(C::PersonId.is_in(persons.iter().copied()));
    let found =
        role_grant::Entity::find().filter(theirs).order_by_asc(C::Id).lock_exclusive().all(work.db()).await?;
    let now = work.now();
    let (live, over): (Vec<_>, Vec<_>) = found.iter().partition(|row| counts(row, now));
    let ids = |rows: &[&role_grant::Model]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
    role_grant::Entity::update_many()
        .col_expr(C::WithdrawnAt, Expr::value(now))
        .col_expr(C::WithdrawnBy, Expr::value(work.actor.subject.clone()))
        .filter(C::Id.is_in(ids(&live)))
        .exec(work.db())
        .await?;
    let all = ids(&live).into_iter().chain(ids(&over));
    let blank = role_grant::Entity::update_many()
        .col_expr(C::AccountId, Expr::value(None::<Uuid>))
        .col_expr(C::PersonId, Expr::value(None::<Uuid>))
        .col_expr(C::Reason, Expr::value(""))
        .col_expr(C::WithdrawnReason, Expr::value(None::<String>))
        .col_expr(C::Version, Expr::col(C::Version).add(1))
        .col_expr(C::UpdatedAt, Expr::value(now))
        .filter(C::Id.is_in(all))
        .exec(work.db())
        .await?;
    erased.rows.push(("role_grant", blank.rows_affected));
    erased.told.extend(live.into_iter().map(|row| {
        Event::new("role_grant.withdrawn", "role_grant", row.id, row.version + 1)
            .in_region(row.region_code.clone())
            .with(json!({ "role": row.role, "accountId": row.account_id, "clientId": row.client_id }))
    }));
    Ok(())
}

fn counts(row: &role_grant::Model, now: DateTime<Utc>) -> bool {
    row.withdrawn_at.is_none() && row.expires_at.is_none_or(|end| end > now)
}
