//! Signing in with a password. Whoever is wrong is told the same, in the same time, whether the login is unknown, the
//! password another, the account blocked or never opened.

use std::{net::IpAddr, sync::Arc};

use entity::account;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::{
    codes, device, hash,
    session::{self, Stage},
    throttle::{self, Budget},
};
use crate::{
    access::context::Services,
    foundation::{
        error::{Error, Result},
        transaction::Tx,
    },
    identity::protocol,
};

/// From where somebody asks.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    /// The address, as far as it is known.
    pub address: Option<IpAddr>,
    /// The cookie of a browser in which somebody signed in before.
    pub device: Option<String>,
    /// The cookie of the session that the browser has, at whatever stage.
    pub session: Option<String>,
    /// The request.
    pub request_id: String,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Entered {
    /// A session at this stage: the value of its cookie, and of the one that makes the browser known.
    Begun {
        /// The session's cookie.
        cookie: String,
        /// What is still to do.
        stage: Stage,
        /// The browser's cookie, where it is new and nothing is left to do.
        device: Option<String>,
    },
    /// Login and password do not belong together.
    Wrong,
    /// Too many attempts; seconds until the next.
    Wait(u64),
}

/// A login as it is kept: lower case, composed, without space around.
pub fn login(raw: &str) -> String {
    raw.trim().nfc().collect::<String>().to_lowercase().chars().take(200).collect()
}

/// The account of a login.
///
/// # Errors
/// When the database does not answer.
pub async fn account_of(services: &Services, login: &str) -> Result<Option<account::Model>> {
    let found = account::Entity::find().filter(account::Column::Login.eq(login));
    Ok(found.one(services.store.reader()).await?)
}

/// Signs in with login and password.
///
/// # Errors
/// `unavailable` when too many sign in at once.
pub async fn with_password(
    services: &Arc<Services>,
    given: &str,
    password: &str,
    visitor: &Visitor,
) -> Result<Entered> {
    let login = login(given);
    let found = account_of(services, &login).await?;
    let known = found.as_ref().and_then(|row| device::known(services, row, visitor.device.as_deref()));
    let budgets = match &known {
        Some(device) => vec![Budget::device(device)],
        None => vec![Budget::login(&login), Budget::address(visitor.address)],
    };
    let subject = "sign-in";
    if let Some(wait) = charge(services, &budgets, subject, &visitor.request_id).await? {
        return Ok(Entered::Wait(wait));
    }
    let usable = found.filter(|row| row.status == "active");
    let right = hash::verify(password, usable.as_ref().and_then(|row| row.password_hash.clone())).await?;
    let Some(account) = usable.filter(|_| right) else { return Ok(Entered::Wrong) };
    let device = known.is_none().then(|| device::make(services, &account));
    let earlier = visitor.session.clone();
    protocol::write(services, "sign_in.enter", &account.id.to_string(), &visitor.request_id, move |tx| {
        let (account, budgets, device) = (account.clone(), budgets.clone(), device.clone());
        let earlier = earlier.clone();
        Box::pin(async move {
            // The account first, as wherever both are locked.
            let Some(account) = still(tx, &account).await? else { return Ok(Entered::Wrong) };
            throttle::forgive(tx, &budgets).await?;
            let stage = if account.totp_confirmed_at.is_some() {
                Stage::SecondFactor
            } else if codes::needed(tx.db(), account.id, tx.now()).await? {
                Stage::Enrol
            } else {
                signed_in(tx, account.clone()).await?;
                Stage::Open
            };
            // The browser forgets its cookie now; nobody could end that session any more.
            if let Some(earlier) = earlier {
                session::end(tx, &earlier).await?;
            }
            let cookie = session::begin(tx, account.id, stage, false).await?;
            // Whoever has still to prove a factor would buy fresh guesses of it with each password.
            let device = device.filter(|_| stage == Stage::Open);
            Ok(Entered::Begun { cookie, stage, device })
        })
    })
    .await
}

/// Counts an attempt; seconds to wait where there were too many.
///
/// # Errors
/// As [`throttle::charge`].
pub async fn charge(
    services: &Arc<Services>,
    budgets: &[Budget],
    subject: &str,
    request_id: &str,
) -> Result<Option<u64>> {
    let budgets = budgets.to_vec();
    protocol::write(services, "sign_in.attempt", subject, request_id, move |tx| {
        let budgets = budgets.clone();
        Box::pin(async move { throttle::charge(tx, &budgets).await })
    })
    .await
}

/// The account, locked, as long as it is active and its password is the one that was right.
async fn still(tx: &Tx, seen: &account::Model) -> Result<Option<account::Model>> {
    let now = lock(tx, seen.id).await?;
    Ok((now.status == "active" && now.password_hash == seen.password_hash).then_some(now))
}

/// The account's row, locked until the transaction ends.
///
/// # Errors
/// `not_found`.
pub async fn lock(tx: &Tx, id: Uuid) -> Result<account::Model> {
    let found = account::Entity::find_by_id(id).lock_exclusive().one(tx.db()).await?;
    found.ok_or(Error::NotFound("account"))
}

/// Notes that somebody signed in. That is no change of the account: its version stays.
///
/// # Errors
/// When the database does not answer.
pub async fn signed_in(tx: &Tx, account: account::Model) -> Result<()> {
    let mut change = account.into_active_model();
    change.signed_in_at = Set(Some(tx.now()));
    change.update(tx.db()).await?;
    Ok(())
}
