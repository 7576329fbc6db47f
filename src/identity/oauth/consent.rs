//! What a person agreed that an app may do for them: looked up, given, and ended.

use entity::{
    account,
    app_authorization::{Column, Entity, Model},
    oauth_client,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use serde_json::json;
use std::sync::Arc;
use uuid::Uuid;

use super::{authorize::Request, code, scopes, stored};
use crate::{
    access::{context::Services, oauth_scope::Scopes},
    foundation::{
        error::{Error, Result},
        event::Event,
        transaction::Tx,
    },
    identity::protocol,
};

/// The version of the words on the page on which people agree. Whoever changes what the words promise counts it up:
/// everybody is then asked again.
pub const TEXT_VERSION: i32 = 1;

/// Whom a consent is of, while it is in force and its account is active.
#[derive(Debug, Clone)]
pub struct Holder {
    /// The account.
    pub account: Uuid,
    /// Who that is in the directory.
    pub person: Option<Uuid>,
}

impl Holder {
    /// `sub` of the tokens: the person, or the account where it is nobody of the directory (RFC 9068, section 2.2).
    pub fn subject(&self) -> String {
        self.person.map_or_else(|| format!("account:{}", self.account), |person| person.to_string())
    }
}

/// Whose consent that is; `None` once it is withdrawn or the account may no longer be used.
///
/// # Errors
/// When the database cannot.
pub async fn holder(db: &impl ConnectionTrait, authorization: Uuid) -> Result<Option<Holder>> {
    let found = Entity::find_by_id(authorization)
        .filter(Column::WithdrawnAt.is_null())
        .find_also_related(account::Entity)
        .one(db)
        .await?;
    let account = found.and_then(|(_, account)| account).filter(|account| account.status == "active");
    Ok(account.map(|account| Holder { account: account.id, person: account.person_id }))
}

/// The same, with the account and the consent locked until the transaction ends, in this order wherever both are. Whoever
/// withdraws the one or closes the other comes before, or after all that follows here.
///
/// # Errors
/// When the database cannot.
pub async fn locked(tx: &Tx, authorization: Uuid) -> Result<Option<Holder>> {
    let Some(row) = Entity::find_by_id(authorization).one(tx.db()).await? else { return Ok(None) };
    let account = active(tx, row.account_id).await?;
    let live = Entity::find_by_id(authorization).filter(Column::WithdrawnAt.is_null());
    let live = live.lock_exclusive().one(tx.db()).await?;
    Ok(account.filter(|_| live.is_some()).map(|row| Holder { account: row.id, person: row.person_id }))
}

/// The account, as long as it may be used; nobody changes that until the transaction ends.
async fn active(tx: &Tx, id: Uuid) -> Result<Option<account::Model>> {
    let found = account::Entity::find_by_id(id).lock_shared().one(tx.db()).await?;
    Ok(found.filter(|row| row.status == "active"))
}

/// The client of this id.
///
/// # Errors
/// When the database cannot.
pub async fn client(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<oauth_client::Model>> {
    Ok(oauth_client::Entity::find_by_id(id).one(db).await?)
}

/// Notes that tokens were made from a consent.
///
/// # Errors
/// When the database cannot; `unavailable` when it was withdrawn meanwhile, which undoes all.
pub async fn used(tx: &Tx, authorization: Uuid) -> Result<()> {
    let noted = Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(authorization))
        .filter(Column::WithdrawnAt.is_null())
        .exec(tx.db())
        .await?;
    // The row was locked, so it is in force; if the engine ever lets somebody end it, nothing is handed out.
    if noted.rows_affected == 1 { Ok(()) } else { Err(Error::Unavailable("the consent is in use".into())) }
}

/// What the account agreed to so far, in today's words; nothing when it did not, or withdrew it.
///
/// # Errors
/// When the database cannot.
pub async fn agreed(db: &impl ConnectionTrait, account: Uuid, client: Uuid) -> Result<Scopes> {
    let row = of(account, client).filter(Column::WithdrawnAt.is_null()).one(db).await?;
    Ok(row.as_ref().map(in_force).unwrap_or_default())
}

/// What a row allows in today's words.
fn in_force(row: &Model) -> Scopes {
    if row.withdrawn_at.is_none() && row.text_version == TEXT_VERSION {
        scopes(&row.scopes)
    } else {
        Scopes::new()
    }
}

fn of(account: Uuid, client: Uuid) -> sea_orm::Select<Entity> {
    Entity::find().filter(Column::AccountId.eq(account)).filter(Column::ClientId.eq(client))
}

/// Who agrees.
#[derive(Debug, Clone)]
pub struct Agreeing {
    /// The account that is signed in.
    pub account: Uuid,
    /// Whether it proved a second factor.
    pub second_factor: bool,
    /// Whether it was asked, and agreed. Where it was not, what it agreed to before must be enough.
    pub asked: bool,
}

/// Takes down that they agree, and answers the code for the app; `None` where they must be asked first.
///
/// # Errors
/// `unauthenticated` when the account was blocked meanwhile.
pub async fn give(
    services: &Arc<Services>,
    who: &Agreeing,
    client: Uuid,
    request: &Request,
    request_id: &str,
) -> Result<Option<String>> {
    let subject = format!("account:{}", who.account);
    let (who, request) = (who.clone(), request.clone());
    protocol::write(services, "app_authorization.give", &subject, request_id, move |tx| {
        let (who, request) = (who.clone(), request.clone());
        Box::pin(async move {
            let account = active(tx, who.account).await?.ok_or(Error::Unauthenticated("unauthenticated"))?;
            let Some((row, changed)) = agree(tx, &who, client, &request.scopes).await? else {
                return Ok(None);
            };
            let second_factor = who.second_factor && account.totp_confirmed_at.is_some();
            let code = code::issue(tx, client, row.id, &request, second_factor).await?;
            if changed {
                tx.emit(happened("app_authorization.given", &row)).await?;
            }
            Ok(Some(code))
        })
    })
    .await
}

/// The row of this consent, and whether it says something new now; `None` where nobody was asked and it does not say
/// enough, or was withdrawn since somebody looked.
async fn agree(tx: &Tx, who: &Agreeing, client: Uuid, wanted: &Scopes) -> Result<Option<(Model, bool)>> {
    let found = of(who.account, client).lock_exclusive().one(tx.db()).await?;
    if !who.asked {
        let enough = found.filter(|row| wanted.is_subset(&in_force(row)));
        return Ok(enough.map(|row| (row, false)));
    }
    let Some(mut row) = found else {
        let row = fresh(tx, who.account, client, wanted);
        Entity::insert(row.clone().into_active_model()).exec_without_returning(tx.db()).await?;
        return Ok(Some((row, true)));
    };
    let live = row.withdrawn_at.is_none();
    // Another device may hold tokens for what was agreed to before; a withdrawn consent starts anew.
    let before = if live { scopes(&row.scopes) } else { Scopes::new() };
    let now: Scopes = before.union(wanted).copied().collect();
    if live && now == before && row.text_version == TEXT_VERSION {
        return Ok(Some((row, false)));
    }
    row.scopes = stored(&now);
    row.text_version = TEXT_VERSION;
    row.given_at = tx.now();
    row.withdrawn_at = None;
    row.version += 1;
    row.updated_at = tx.now();
    row.clone().into_active_model().reset_all().update(tx.db()).await?;
    Ok(Some((row, true)))
}

fn fresh(tx: &Tx, account: Uuid, client: Uuid, wanted: &Scopes) -> Model {
    Model {
        id: tx.new_id(),
        account_id: account,
        client_id: client,
        scopes: stored(wanted),
        text_version: TEXT_VERSION,
        given_at: tx.now(),
        withdrawn_at: None,
        used_at: None,
        version: 1,
        created_at: tx.now(),
        updated_at: tx.now(),
    }
}

/// Ends a consent that is in force, and every token that came of it.
///
/// # Errors
/// When the database cannot.
pub async fn end(tx: &Tx, mut row: Model) -> Result<Model> {
    row.withdrawn_at = Some(tx.now());
    row.version += 1;
    row.updated_at = tx.now();
    row.clone().into_active_model().reset_all().update(tx.db()).await?;
    code::end_all(tx, row.id, "withdrawn").await?;
    tx.emit(happened("app_authorization.withdrawn", &row)).await?;
    Ok(row)
}

/// The consents of an account with their apps, those in force, the latest first. At most a hundred: a page for people.
///
/// # Errors
/// When the database cannot.
pub async fn of_account(
    db: &impl ConnectionTrait,
    account: Uuid,
) -> Result<Vec<(Model, oauth_client::Model)>> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(account))
        .filter(Column::WithdrawnAt.is_null())
        .order_by_desc(Column::GivenAt)
        .order_by_desc(Column::Id)
        .limit(100)
        .find_also_related(oauth_client::Entity)
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(|(row, client)| Some((row, client?))).collect())
}

/// Withdraws a consent for the account that signed in on a page; nothing happens where it is not in force.
///
/// # Errors
/// When the database cannot.
pub async fn withdraw(services: &Arc<Services>, account: Uuid, id: Uuid, request_id: &str) -> Result<()> {
    let subject = format!("account:{account}");
    protocol::write(services, "app_authorization.withdraw", &subject, request_id, move |tx| {
        Box::pin(async move {
            let row = Entity::find_by_id(id)
                .filter(Column::AccountId.eq(account))
                .filter(Column::WithdrawnAt.is_null())
                .lock_exclusive()
                .one(tx.db())
                .await?;
            if let Some(row) = row {
                end(tx, row).await?;
            }
            Ok(())
        })
    })
    .await
}

/// What is told of a consent: which app, and what it may do; the account stands in who did it.
fn happened(kind: &'static str, row: &Model) -> Event {
    let told = json!({ "clientId": row.client_id, "scopes": row.scopes, "textVersion": row.text_version });
    Event::new(kind, "app_authorization", row.id, row.version).with(told)
}
