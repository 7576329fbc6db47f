//! Proving a second factor, and setting one up. No code is taken twice: the step of the last one stands in the account's
//! row, which is locked while a code is looked at.

use std::sync::Arc;

use entity::account;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

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
        /// The browser's cookie, where it is new.
        device: Option<String>,
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
pub async fn prove(services: &Arc<Services>, begun: &Begun, code: &str, visitor: &Visitor) -> Result<Proved> {
    attempt(services, begun, code, visitor, false).await
}

/// Confirms that the app shows the right codes for the secret that this session was shown: from then on signing in asks
/// for one.
///
/// # Errors
/// As [`protocol::write`].
pub async fn confirm(
    services: &Arc<Services>,
    begun: &Begun,
    code: &str,
    visitor: &Visitor,
) -> Result<Proved> {
    attempt(services, begun, code, visitor, true).await
}

async fn attempt(
    services: &Arc<Services>,
    begun: &Begun,
    code: &str,
    visitor: &Visitor,
    setting_up: bool,
) -> Result<Proved> {
    let known = device::known(services, &begun.account, visitor.device.as_deref());
    let device = known.is_none().then(|| device::make(services, &begun.account));
    let budgets = vec![Budget::factor(begun.account.id, known.as_deref())];
    let subject = begun.account.id.to_string();
    if let Some(wait) = enter::charge(services, &budgets, &subject, &visitor.request_id).await? {
        return Ok(Proved::Wait(wait));
    }
    let tried = Tried {
        account: begun.account.id,
        session: begun.hash.clone(),
        code: code.to_owned(),
        setting_up,
        budgets,
        device,
    };
    let (tried, hands) = (Arc::new(tried), services.clone());
    let action = if setting_up { "account.add_second_factor" } else { "sign_in.prove" };
    protocol::write(services, action, &subject, &visitor.request_id, move |tx| {
        let (services, tried) = (hands.clone(), tried.clone());
        Box::pin(async move { tried.look(&services, tx).await })
    })
    .await
}

/// A code that somebody sent, and what it is sent for.
struct Tried {
    account: Uuid,
    session: String,
    code: String,
    setting_up: bool,
    budgets: Vec<Budget>,
    /// What the browser is given if the code is right.
    device: Option<String>,
}

impl Tried {
    async fn look(&self, services: &Services, tx: &Tx) -> Result<Proved> {
        let Self { code, setting_up, .. } = self;
        let seen = enter::lock(tx, self.account).await?;
        if seen.status != "active" || seen.totp_confirmed_at.is_some() == *setting_up {
            return Ok(Proved::Wrong);
        }
        // Of two codes at once in one session the second finds it ended.
        let Some(session) = session::lock(tx, &self.session, self.account).await? else {
            return Ok(Proved::Wrong);
        };
        let mut account = seen.clone();
        if *setting_up {
            account.totp_sealed.clone_from(&session.totp_sealed);
        }
        let step = codes::step(services, &account, code, tx.now())?;
        let by_paper =
            step.is_none() && !setting_up && codes::take_paper(services, tx, self.account, code).await?;
        if step.is_none() && !by_paper {
            return Ok(Proved::Wrong);
        }
        throttle::forgive(tx, &self.budgets).await?;
        session::end_locked(tx, session).await?;
        let paper =
            if *setting_up { codes::new_paper(services, tx, self.account).await? } else { Vec::new() };
        let cookie = session::begin(tx, self.account, Stage::Open, true).await?;
        taken(tx, &seen, account.totp_sealed, step, *setting_up).await?;
        Ok(Proved::Right { cookie, paper, device: self.device.clone() })
    }
}

/// Notes the step of a code that was taken, and the secret that it confirmed.
async fn taken(
    tx: &Tx,
    seen: &account::Model,
    sealed: Option<String>,
    step: Option<i64>,
    setting_up: bool,
) -> Result<()> {
    let mut change = seen.clone().into_active_model();
    change.signed_in_at = Set(Some(tx.now()));
    if step.is_some() {
        change.totp_last_step = Set(step);
    }
    if setting_up {
        change.totp_sealed = Set(sealed);
        change.totp_confirmed_at = Set(Some(tx.now()));
        change.version = Set(seen.version + 1);
        change.updated_at = Set(tx.now());
    }
    let row = change.update(tx.db()).await?;
    if setting_up {
        tx.changed(seen, &row);
        tx.emit(Event::new("account.second_factor_added", "account", row.id, row.version).with(json!({})))
            .await?;
    }
    Ok(())
}

/// A new secret for an app, shown in this session alone: what somebody saw before, here or elsewhere, is never confirmed
/// by whoever comes after. None where a factor is in force, or the session ended.
///
/// # Errors
/// As [`protocol::write`].
pub async fn offer(services: &Arc<Services>, begun: &Begun, request_id: &str) -> Result<Option<Offer>> {
    let (id, session, hands) = (begun.account.id, begun.hash.clone(), services.clone());
    let subject = id.to_string();
    let sealed = protocol::write(services, "sign_in.offer", &subject, request_id, move |tx| {
        let (services, session) = (hands.clone(), session.clone());
        Box::pin(async move {
            let account = enter::lock(tx, id).await?;
            if account.status != "active" || account.totp_confirmed_at.is_some() {
                return Ok(None);
            }
            let Some(row) = session::lock(tx, &session, id).await? else { return Ok(None) };
            let sealed = Some(codes::new_secret(&services, tx, id)?);
            let mut change = row.into_active_model();
            change.totp_sealed = Set(sealed.clone());
            change.update(tx.db()).await?;
            Ok(sealed)
        })
    })
    .await?;
    codes::offer(services, &account::Model { totp_sealed: sealed, ..begun.account.clone() })
}

/// The secret that this session was shown already, once more: after a code that was wrong.
///
/// # Errors
/// `internal` when the row was changed behind the service's back.
pub fn offered(services: &Services, begun: &Begun) -> Result<Option<Offer>> {
    if begun.account.totp_confirmed_at.is_some() {
        return Ok(None);
    }
    let totp_sealed = begun.totp_sealed.clone();
    codes::offer(services, &account::Model { totp_sealed, ..begun.account.clone() })
}

/// What came of asking for a secret with the password.
pub enum Offered {
    /// It is shown.
    Shown(Offer),
    /// The password was wrong.
    Wrong,
    /// A factor is in force already, or the session ended.
    Over,
    /// Too many attempts; seconds until the next.
    Wait(u64),
}

/// As [`offer`], for whoever is signed in: a browser left open is not enough to bind an account to another phone.
///
/// # Errors
/// As [`offer`].
pub async fn offer_for_password(
    services: &Arc<Services>,
    begun: &Begun,
    password: &str,
    visitor: &Visitor,
) -> Result<Offered> {
    let budgets = budget(services, begun, visitor);
    let subject = begun.account.id.to_string();
    if let Some(wait) = enter::charge(services, &budgets, &subject, &visitor.request_id).await? {
        return Ok(Offered::Wait(wait));
    }
    if !hash::verify(password, begun.account.password_hash.clone()).await? {
        return Ok(Offered::Wrong);
    }
    // The attempts stay counted until a code is right.
    Ok(offer(services, begun, &visitor.request_id).await?.map_or(Offered::Over, Offered::Shown))
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
    let seen = Arc::new(begun.account.clone());
    protocol::write(services, "account.remove_second_factor", &subject, &visitor.request_id, move |tx| {
        let (budgets, seen) = (budgets.clone(), seen.clone());
        Box::pin(async move {
            let account = enter::lock(tx, seen.id).await?;
            let same = account.status == "active"
                && account.password_hash == seen.password_hash
                && account.totp_sealed == seen.totp_sealed
                && account.totp_confirmed_at == seen.totp_confirmed_at;
            if !same || account.totp_confirmed_at.is_none() {
                return Ok(GivenUp::Wrong);
            }
            throttle::forgive(tx, &budgets).await?;
            if codes::needed(tx.db(), account.id, tx.now()).await? {
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
    let mut change = account.clone().into_active_model();
    change.totp_sealed = Set(None);
    change.totp_confirmed_at = Set(None);
    change.totp_last_step = Set(None);
    change.version = Set(account.version + 1);
    change.updated_at = Set(tx.now());
    let row = change.update(tx.db()).await?;
    tx.changed(&account, &row);
    let event = Event::new("account.second_factor_removed", "account", row.id, row.version);
    tx.emit(event.with(json!({}))).await?;
    Ok(row)
}
