//! Who somebody is here whom a provider has proven: by the link between the two accounts; the first time by what the
//! provider says of them, and then the two are linked. Nobody gets an account by it.

use std::sync::Arc;

use entity::{account, account_identity, person};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, Select, sea_query::Expr,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Refusal, Step, rule, rule::Wanted};
use crate::{
    access::{context::Services, provider::Provider},
    directory::person::merged,
    foundation::{
        error::{Error, Result},
        event::Event,
        transaction::Tx,
    },
    identity::{
        protocol,
        sign_in::{
            codes, enter, link as links,
            session::{self, Stage},
        },
    },
};

/// Whom a provider has proven.
#[derive(Clone)]
struct Came {
    provider: String,
    issuer: String,
    subject: String,
    /// By what they are looked for the first time, or why they cannot be.
    wanted: std::result::Result<Wanted, Refusal>,
}

/// Signs the account in that belongs to whom `provider` has proven: the session's cookie, and how far signing in is.
///
/// # Errors
/// `unavailable` when too many writes wait, `internal`.
pub(super) async fn signed_in(
    services: &Arc<Services>,
    provider: &Provider,
    subject: String,
    claims: Value,
    request_id: &str,
) -> Step<(String, Stage)> {
    // Who has left the organisation does not come in by an old link either.
    if let Err(refusal) = rule::check_domain(provider, &claims) {
        return Ok(Err(refusal));
    }
    let wanted = rule::wanted(provider, &claims);
    let came = Came { provider: provider.name.clone(), issuer: provider.issuer.clone(), subject, wanted };
    let actor = format!("provider:{}", provider.name);
    protocol::write(services, "account.sign_in_with_provider", &actor, request_id, move |tx| {
        let came = came.clone();
        Box::pin(async move {
            match arrive(tx, &came).await? {
                Ok(account) => {
                    let stage = stage(tx, &account).await?;
                    if stage == Stage::Open {
                        enter::signed_in(tx, account.clone()).await?;
                    }
                    Ok(Ok((session::begin(tx, account.id, stage, false).await?, stage)))
                }
                Err(refusal) => Ok(Err(refusal)),
            }
        })
    })
    .await
}

async fn arrive(tx: &Tx, came: &Came) -> Step<account::Model> {
    if let Some(link) = linked(tx, came).await? {
        let account = enter::lock(tx, link.account_id).await?;
        if account.status == "blocked" {
            return Ok(Err(Refusal::Blocked));
        }
        return again(tx, &link, account).await.map(Ok);
    }
    let wanted = match &came.wanted {
        Ok(wanted) => wanted,
        Err(refusal) => return Ok(Err(*refusal)),
    };
    // Whether one account or several might be meant: of several, none is.
    let found: Vec<Uuid> = candidates(tx, wanted).await?.limit(2).into_tuple().all(tx.db()).await?;
    let [found] = found.as_slice() else { return Ok(Err(Refusal::NoAccount)) };
    let account = enter::lock(tx, *found).await?;
    if account.status == "blocked" {
        return Ok(Err(Refusal::Blocked));
    }
    let other = account_identity::Entity::find()
        .filter(account_identity::Column::AccountId.eq(account.id))
        .filter(account_identity::Column::Provider.eq(&came.provider))
        .one(tx.db())
        .await?;
    match other {
        None => link(tx, came, account).await.map(Ok),
        // Of two first sign-ins at once the other one has made the link meanwhile.
        Some(made) if made.issuer == came.issuer && made.subject == came.subject => {
            again(tx, &made, account).await.map(Ok)
        }
        Some(_) => Ok(Err(Refusal::LinkedOtherwise)),
    }
}

/// Comes in by a link that is there. Whoever never had a password is invited anew when a block is taken back.
async fn again(tx: &Tx, link: &account_identity::Model, account: account::Model) -> Result<account::Model> {
    account_identity::Entity::update_many()
        .col_expr(account_identity::Column::UsedAt, Expr::value(tx.now()))
        .filter(account_identity::Column::Id.eq(link.id))
        .exec(tx.db())
        .await?;
    if account.status != "invited" {
        return Ok(account);
    }
    let account = accepted(tx, account).await?;
    announce(tx, "account.accepted_with_provider", &account, &link.provider).await?;
    Ok(account)
}

async fn linked(tx: &Tx, came: &Came) -> Result<Option<account_identity::Model>> {
    let found = account_identity::Entity::find()
        .filter(account_identity::Column::Provider.eq(&came.provider))
        .filter(account_identity::Column::Issuer.eq(&came.issuer))
        .filter(account_identity::Column::Subject.eq(&came.subject));
    Ok(found.one(tx.db()).await?)
}

/// The ids of the accounts that might be meant.
async fn candidates(tx: &Tx, wanted: &Wanted) -> Result<Select<account::Entity>> {
    let select = account::Entity::find().select_only().column(account::Column::Id);
    Ok(match wanted {
        // Addresses are kept in small letters.
        Wanted::Email(email) => select.filter(account::Column::Email.eq(email.as_str())),
        Wanted::Login(login) => select.filter(account::Column::Login.eq(login.as_str())),
        Wanted::Nuptk(number) => select.filter(account::Column::PersonId.is_in(persons(tx, number).await?)),
    })
}

/// Every record of the person with this teacher number: an account may name one that became part of another.
async fn persons(tx: &Tx, number: &str) -> Result<Vec<Uuid>> {
    let found: Option<Uuid> = person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(person::Column::Nuptk.eq(number))
        .into_tuple()
        .one(tx.db())
        .await?;
    let Some(found) = found else { return Ok(Vec::new()) };
    let current = merged::resolve(tx.db(), found).await?;
    let mut all = merged::sources(tx.db(), &[current]).await?.remove(&current).unwrap_or_default();
    all.push(current);
    Ok(all)
}

async fn link(tx: &Tx, came: &Came, account: account::Model) -> Result<account::Model> {
    let row = account_identity::ActiveModel {
        id: Set(tx.new_id()),
        account_id: Set(account.id),
        provider: Set(came.provider.clone()),
        issuer: Set(came.issuer.clone()),
        subject: Set(came.subject.clone()),
        linked_at: Set(tx.now()),
        used_at: Set(tx.now()),
    };
    account_identity::Entity::insert(row).exec_without_returning(tx.db()).await?;
    let account = accepted(tx, account).await?;
    announce(tx, "account.linked_to_provider", &account, &came.provider).await?;
    Ok(account)
}

/// The account, changed and active: who was invited and proved to be meant has accepted, and the invitation's own link is
/// good no more.
async fn accepted(tx: &Tx, account: account::Model) -> Result<account::Model> {
    if account.status == "invited" {
        links::retire(tx, account.id).await?;
    }
    account::Entity::update_many()
        .col_expr(account::Column::Status, Expr::value("active"))
        .col_expr(account::Column::Version, Expr::col(account::Column::Version).add(1))
        .col_expr(account::Column::UpdatedAt, Expr::value(tx.now()))
        .filter(account::Column::Id.eq(account.id))
        .exec_with_returning(tx.db())
        .await?
        .into_iter()
        .next()
        .ok_or_else(|| Error::internal("sign in with a provider", "the account is gone"))
}

async fn announce(tx: &Tx, kind: &'static str, account: &account::Model, provider: &str) -> Result<()> {
    let event = Event::new(kind, "account", account.id, account.version);
    tx.emit(event.with(json!({ "provider": provider }))).await?;
    Ok(())
}

/// How far signing in is: what a provider says of a second factor of its own does not count for ours (ADR 34).
async fn stage(tx: &Tx, account: &account::Model) -> Result<Stage> {
    if account.totp_confirmed_at.is_some() {
        return Ok(Stage::SecondFactor);
    }
    let asked_for = codes::needed(tx.db(), account.id, tx.now()).await?;
    Ok(if asked_for { Stage::Enrol } else { Stage::Open })
}
