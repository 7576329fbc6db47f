//! Setting a password: by a link that was sent, or by whoever knows the old one. A new password ends every session of the
//! account and everything that apps hold for it.

use std::sync::Arc;

use entity::account;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{
    device, enter,
    enter::Visitor,
    hash,
    link::{self, LinkKind},
    session::{self, Begun, Stage},
    throttle::{self, Budget},
};
use crate::{
    access::context::Services,
    foundation::{
        error::{Faults, Result},
        event::Event,
        transaction::Tx,
    },
    identity::{
        mail::{self, Letter},
        oauth::code,
        protocol,
    },
};

/// What came of setting a password.
#[derive(Debug)]
pub enum PasswordSet {
    /// It is set. The cookie of this browser's new session where it had one, and of the browser itself.
    Done {
        /// The session's cookie; none where somebody still has to sign in.
        session: Option<String>,
        /// What makes the browser known; none where a second factor is still to be proved.
        device: Option<String>,
    },
    /// The link is unknown, used, too old, or its account is blocked.
    DeadLink,
    /// The old password was wrong.
    Wrong,
    /// The new one cannot be one; every fault.
    Refused(Faults),
    /// Too many attempts; seconds until the next.
    Wait(u64),
}

/// Words that belong to an account.
fn own_words(account: &account::Model) -> Vec<String> {
    [Some(&account.login), Some(&account.name), account.email.as_ref()]
        .into_iter()
        .flatten()
        .cloned()
        .collect()
}

/// Sets a password by a link.
///
/// # Errors
/// `unavailable` when too many sign in at once.
pub async fn by_link(
    services: &Arc<Services>,
    kind: LinkKind,
    secret: &str,
    password: &str,
    visitor: &Visitor,
) -> Result<PasswordSet> {
    let Some(account) = link::look(services, kind, secret).await? else { return Ok(PasswordSet::DeadLink) };
    let hash = match hash::make(password, own_words(&account), services.ids.random()).await? {
        Ok(hash) => hash,
        Err(faults) => return Ok(PasswordSet::Refused(faults)),
    };
    let (id, secret) = (account.id, secret.to_owned());
    let subject = id.to_string();
    let login = account.login.clone();
    let set = protocol::write(services, "account.set_password", &subject, &visitor.request_id, move |tx| {
        let (hash, secret, login) = (hash.clone(), secret.clone(), login.clone());
        Box::pin(async move {
            let account = enter::lock(tx, id).await?;
            if account.status == "blocked" || !link::take(tx, kind, &secret).await? {
                return Ok(None);
            }
            throttle::forgive(tx, &[Budget::login(&login), Budget::reset(&login)]).await?;
            set(tx, account, hash).await.map(Some)
        })
    })
    .await?;
    let Some(at) = set else { return Ok(PasswordSet::DeadLink) };
    let account = account::Model { password_changed_at: Some(at), ..account };
    // Who reads somebody's mail has not proved the second factor: fresh guesses of it do not come with a link.
    let proved = account.totp_confirmed_at.is_none();
    Ok(PasswordSet::Done { session: None, device: proved.then(|| device::make(services, &account)) })
}

/// Sets another password for whoever is signed in and knows the old one; this browser stays signed in.
///
/// # Errors
/// `unavailable` when too many sign in at once.
pub async fn change(
    services: &Arc<Services>,
    begun: &Begun,
    old: &str,
    new: &str,
    visitor: &Visitor,
) -> Result<PasswordSet> {
    let account = &begun.account;
    let known = device::known(services, account, visitor.device.as_deref());
    let budgets = vec![Budget::factor(account.id, known.as_deref())];
    let subject = account.id.to_string();
    if let Some(wait) = enter::charge(services, &budgets, &subject, &visitor.request_id).await? {
        return Ok(PasswordSet::Wait(wait));
    }
    if !hash::verify(old, account.password_hash.clone()).await? {
        return Ok(PasswordSet::Wrong);
    }
    let hash = match hash::make(new, own_words(account), services.ids.random()).await? {
        Ok(hash) => hash,
        Err(faults) => return Ok(PasswordSet::Refused(faults)),
    };
    let (id, second_factor) = (account.id, begun.session.second_factor);
    let old_hash = account.password_hash.clone();
    let set = protocol::write(services, "account.set_password", &subject, &visitor.request_id, move |tx| {
        let (hash, budgets, old_hash) = (hash.clone(), budgets.clone(), old_hash.clone());
        Box::pin(async move {
            let account = enter::lock(tx, id).await?;
            if account.status != "active" || account.password_hash != old_hash {
                return Ok(None);
            }
            throttle::forgive(tx, &budgets).await?;
            // Sessions end first; the one that begins here stays.
            session::end_all(tx, id).await?;
            let cookie = session::begin(tx, id, Stage::Open, second_factor).await?;
            let at = stored(tx, account, hash).await?;
            Ok(Some(Changed { cookie, at }))
        })
    })
    .await?;
    let Some(set) = set else { return Ok(PasswordSet::Wrong) };
    let account = account::Model { password_changed_at: Some(set.at), ..account.clone() };
    Ok(PasswordSet::Done { session: Some(set.cookie), device: Some(device::make(services, &account)) })
}

#[derive(Serialize, Deserialize)]
struct Changed {
    cookie: String,
    at: chrono::DateTime<chrono::Utc>,
}

/// Sets the password of a locked account and ends what was open.
///
/// # Errors
/// When the database does not answer.
pub async fn set(tx: &Tx, account: account::Model, hash: String) -> Result<chrono::DateTime<chrono::Utc>> {
    session::end_all(tx, account.id).await?;
    stored(tx, account, hash).await
}

async fn stored(tx: &Tx, account: account::Model, hash: String) -> Result<chrono::DateTime<chrono::Utc>> {
    link::retire(tx, account.id).await?;
    revoke_apps(tx, account.id).await?;
    let mut change = account.clone().into_active_model();
    change.password_hash = Set(Some(hash));
    change.password_changed_at = Set(Some(tx.now()));
    change.status = Set("active".to_owned());
    change.version = Set(account.version + 1);
    change.updated_at = Set(tx.now());
    let row = change.update(tx.db()).await?;
    tx.changed(&account, &row);
    let event = Event::new("account.password_set", "account", row.id, row.version);
    tx.emit(event.with(json!({ "status": row.status }))).await?;
    Ok(tx.now())
}

/// What apps hold for an account is good no more; what its owner agreed to stays.
///
/// # Errors
/// When the database does not answer.
pub async fn revoke_apps(tx: &Tx, account: Uuid) -> Result<()> {
    code::end_account(tx, account).await
}

/// Asks for a link by mail. What comes of it is told to nobody but the address of the account: the answer is the same,
/// after the same time, whether there is one or not, for the login is only noted here and looked up by the worker.
/// Seconds to wait where one address asks too often.
///
/// # Errors
/// As [`protocol::write`].
pub async fn ask_for_reset(services: &Arc<Services>, given: &str, visitor: &Visitor) -> Result<Option<u64>> {
    let login = enter::login(given);
    let (hands, address) = (services.clone(), visitor.address);
    protocol::write(services, "account.ask_reset", "sign-in", &visitor.request_id, move |tx| {
        let (services, login) = (hands.clone(), login.clone());
        Box::pin(async move {
            if let Some(wait) = throttle::charge(tx, &[Budget::address(address)]).await? {
                return Ok(Some(wait));
            }
            // One account gets only so many mails; whoever asks for more is told the same.
            if throttle::charge(tx, &[Budget::reset(&login)]).await?.is_none() {
                mail::ask(&services, tx, &login, LinkKind::Reset.good_for()).await?;
            }
            Ok(None)
        })
    })
    .await
}

/// Answers who asked for a link, where the login is somebody's who may sign in; whether it is.
///
/// # Errors
/// When the database does not answer.
pub async fn answer(services: &Services, tx: &Tx, login: &str) -> Result<bool> {
    let found = account::Entity::find().filter(account::Column::Login.eq(login)).lock_exclusive();
    let found = found.one(tx.db()).await?.filter(|row| row.status == "active");
    match found {
        Some(account) => deliver(services, tx, &account, LinkKind::Reset).await,
        None => Ok(false),
    }
}

/// Makes a link and sends it to the account's address, where there is one; whether there is.
///
/// # Errors
/// When the database does not answer.
pub async fn deliver(services: &Services, tx: &Tx, account: &account::Model, kind: LinkKind) -> Result<bool> {
    if account.email.is_none() {
        return Ok(false);
    }
    let secret = link::make(tx, account.id, kind).await?;
    let args = [("link", kind.address(services, &secret)), ("login", account.login.clone())];
    let Some(letter) = Letter::to(account, kind.as_str(), &args) else { return Ok(false) };
    mail::send(services, tx, &letter, kind.good_for()).await?;
    Ok(true)
}
