//! Proving a second factor, and setting one up. No code is taken twice: the step of the last one stands in the account's
//! row, which is locked while a code is looked at.

use std::sync::Arc;

use entity::account;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    codes::{self, Offer},
    device, enter,
    enter::Visitor,
    hash, session,
    session::{Begun, Stage},
    throttle::{self, Budget},
};
use crate::{
    access::context::Services,
    foundation::{error::Result, event::Event, transaction::Tx},
    identity::{oauth::code, protocol},
};

/// What came of a code.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Proved {
    /// It was right: the value of the new session's cookie, and codes on paper where a factor was set up.
    Right {
        /// The session's cookie.
        cookie: String,
        /// Shown this once.
        paper: Vec<String>,
    },
    /// It was not, or was taken before.
    Wrong,
    /// Too many attempts; seconds until the next.
    Wait(u64),
}

fn budget(services: &Services, begun: &Begun, visitor: &Visitor) -> Vec<Budget> {
    let known = device::known(services, &begun.account, visitor.device.as_deref());
    vec![Budget::factor(begun.account.id, known.as_deref())]
}

/// Proves the second factor of a session that waits for it, by a code of the app or one on paper.
///
/// # Errors
/// As [`protocol::write`].
pub async fn prove(
    services: &Arc<Services>,
    begun: &Begun,
    cookie: &str,
    code: &str,
    visitor: &Visitor,
) -> Result<Proved> {
    attempt(services, begun, cookie, code, visitor, false).await
}

/// Confirms that the app shows the right codes: from then on signing in asks for one.
///
/// # Errors
/// As [`protocol::write`].
pub async fn confirm(
    services: &Arc<Services>,
    begun: &Begun,
    cookie: &str,
    code: &str,
    visitor: &Visitor,
) -> Result<Proved> {
    attempt(services, begun, cookie, code, visitor, true).await
}

async fn attempt(
    services: &Arc<Services>,
    begun: &Begun,
    cookie: &str,
    code: &str,
    visitor: &Visitor,
    setting_up: bool,
) -> Result<Proved> {
    let budgets = budget(services, begun, visitor);
    let subject = begun.account.id.to_string();
    if let Some(wait) = enter::charge(services, &budgets, &subject, &visitor.request_id).await? {
        return Ok(Proved::Wait(wait));
    }
    let (id, cookie, code) = (begun.account.id, cookie.to_owned(), code.to_owned());
    let hands = services.clone();
    let action = if setting_up { "account.add_second_factor" } else { "sign_in.prove" };
    protocol::write(services, action, &subject, &visitor.request_id, move |tx| {
        let (services, cookie, code, budgets) =
            (hands.clone(), cookie.clone(), code.clone(), budgets.clone());
        Box::pin(async move {
            let account = enter::lock(tx, id).await?;
            if account.status != "active" || account.totp_confirmed_at.is_some() == setting_up {
                return Ok(Proved::Wrong);
            }
            let step = codes::step(&services, &account, &code, tx.now())?;
            let by_paper =
                step.is_none() && !setting_up && codes::take_paper(&services, tx, id, &code).await?;
            if step.is_none() && !by_paper {
                return Ok(Proved::Wrong);
            }
            throttle::forgive(tx, &budgets).await?;
            session::end(tx, &cookie).await?;
            let paper = if setting_up { codes::new_paper(&services, tx, id).await? } else { Vec::new() };
            let cookie = session::begin(tx, id, Stage::Open, true).await?;
            taken(tx, account, step, setting_up).await?;
            Ok(Proved::Right { cookie, paper })
        })
    })
    .await
}

/// Notes the step of a code that was taken.
async fn taken(tx: &Tx, account: account::Model, step: Option<i64>, setting_up: bool) -> Result<()> {
    let version = account.version + i64::from(setting_up);
    let mut change = account.into_active_model();
    change.signed_in_at = Set(Some(tx.now()));
    if step.is_some() {
        change.totp_last_step = Set(step);
    }
    if setting_up {
        change.totp_confirmed_at = Set(Some(tx.now()));
        change.version = Set(version);
        change.updated_at = Set(tx.now());
    }
    let row = change.update(tx.db()).await?;
    if setting_up {
        tx.emit(Event::new("account.second_factor_added", "account", row.id, row.version).with(json!({})))
            .await?;
    }
    Ok(())
}

/// What somebody needs to set up an app: the secret that waits for it, made where there is none.
///
/// # Errors
/// As [`protocol::write`].
pub async fn offer(services: &Arc<Services>, begun: &Begun, request_id: &str) -> Result<Option<Offer>> {
    if begun.account.totp_confirmed_at.is_some() {
        return Ok(None);
    }
    if begun.account.totp_sealed.is_some() {
        return codes::offer(services, &begun.account);
    }
    let (id, hands) = (begun.account.id, services.clone());
    let subject = id.to_string();
    let sealed = protocol::write(services, "sign_in.offer", &subject, request_id, move |tx| {
        let services = hands.clone();
        Box::pin(async move {
            let account = enter::lock(tx, id).await?;
            if account.totp_sealed.is_some() {
                return Ok(account.totp_sealed);
            }
            let sealed = Some(codes::new_secret(&services, tx, id)?);
            let mut change = account.into_active_model();
            change.totp_sealed = Set(sealed.clone());
            change.update(tx.db()).await?;
            Ok(sealed)
        })
    })
    .await?;
    codes::offer(services, &account::Model { totp_sealed: sealed, ..begun.account.clone() })
}

/// What came of giving the second factor up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum GivenUp {
    /// It is gone.
    Done,
    /// The password was wrong.
    Wrong,
    /// A role asks for it.
    Needed,
    /// Too many attempts; seconds until the next.
    Wait(u64),
}

/// Gives one's own second factor up, which takes the password.
///
/// # Errors
/// As [`protocol::write`].
pub async fn give_up(
    services: &Arc<Services>,
    begun: &Begun,
    password: &str,
    visitor: &Visitor,
) -> Result<GivenUp> {
    let budgets = budget(services, begun, visitor);
    let subject = begun.account.id.to_string();
    if let Some(wait) = enter::charge(services, &budgets, &subject, &visitor.request_id).await? {
        return Ok(GivenUp::Wait(wait));
    }
    if !hash::verify(password, begun.account.password_hash.clone()).await? {
        return Ok(GivenUp::Wrong);
    }
    let id = begun.account.id;
    protocol::write(services, "account.remove_second_factor", &subject, &visitor.request_id, move |tx| {
        let budgets = budgets.clone();
        Box::pin(async move {
            let account = enter::lock(tx, id).await?;
            throttle::forgive(tx, &budgets).await?;
            if codes::needed(tx.db(), id, tx.now()).await? {
                return Ok(GivenUp::Needed);
            }
            remove(tx, account).await?;
            Ok(GivenUp::Done)
        })
    })
    .await
}

/// Takes the second factor of a locked account away.
///
/// # Errors
/// When the database does not answer.
pub async fn remove(tx: &Tx, account: account::Model) -> Result<account::Model> {
    codes::burn_paper(tx, account.id).await?;
    // Who proved it before proves it no longer: what is open goes on, and may do no more than without it.
    session::forget_second_factor(tx, account.id).await?;
    code::forget_second_factor(tx, account.id).await?;
    let version = account.version + 1;
    let mut change = account.into_active_model();
    change.totp_sealed = Set(None);
    change.totp_confirmed_at = Set(None);
    change.totp_last_step = Set(None);
    change.version = Set(version);
    change.updated_at = Set(tx.now());
    let row = change.update(tx.db()).await?;
    let event = Event::new("account.second_factor_removed", "account", row.id, row.version);
    tx.emit(event.with(json!({}))).await?;
    Ok(row)
}
