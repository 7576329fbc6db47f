//! Sessions of browsers. The cookie holds 256 random bits; the table only their hash. A session that is not used for
//! eight hours, or is a day old, is over; so is each whose account set a new password or was blocked.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{account, browser_session};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait,
    IntoActiveModel, QueryFilter, QuerySelect, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::secret;
use crate::{
    access::context::Services,
    foundation::{
        error::{Error, Result},
        transaction::Tx,
    },
    identity::protocol,
};

/// How long a session lasts that nobody uses.
pub const IDLE: TimeDelta = TimeDelta::hours(8);
/// How long one lasts at most.
pub const LONGEST: TimeDelta = TimeDelta::hours(24);
/// How long somebody may take over the second factor.
const PENDING: TimeDelta = TimeDelta::minutes(15);
/// How old `seen_at` may grow before a use writes it anew.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(5);

/// How far signing in has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Signed in.
    Open,
    /// The password was right; the second factor is still to be proved.
    SecondFactor,
    /// The password was right; a role asks for a second factor, and there is none yet.
    Enrol,
}

impl Stage {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::SecondFactor => "second_factor",
            Self::Enrol => "enrol",
        }
    }

    fn parse(text: &str) -> Result<Self> {
        [Self::Open, Self::SecondFactor, Self::Enrol]
            .into_iter()
            .find(|stage| stage.as_str() == text)
            .ok_or_else(|| Error::internal("browser_session.stage", "unknown"))
    }
}

/// Who is signed in in a browser.
#[derive(Debug, Clone)]
pub struct Session {
    /// Their account.
    pub account: Uuid,
    /// Who that is in the directory, where they are in it.
    pub person: Option<Uuid>,
    /// What they are called.
    pub name: String,
    /// Whether they proved a second factor.
    pub second_factor: bool,
    /// What every form of this session sends back.
    pub csrf: String,
}

/// A session at whatever stage, with its account.
#[derive(Debug, Clone)]
pub struct Begun {
    /// Under what it is kept.
    pub hash: String,
    /// How far it is.
    pub stage: Stage,
    /// The secret of a second factor that it was shown to set up, sealed.
    pub totp_sealed: Option<String>,
    /// Whose.
    pub account: account::Model,
    /// Who, as a signed-in session says it.
    pub session: Session,
}

/// The live session of an active account that this cookie stands for, once signing in is complete.
///
/// # Errors
/// `unavailable` when the database does not answer.
pub async fn find(services: &Services, cookie: Option<&str>) -> Result<Option<Session>> {
    let begun = begun(services, cookie).await?;
    Ok(begun.filter(|begun| begun.stage == Stage::Open).map(|begun| begun.session))
}

/// As [`find`], also where signing in is not complete.
///
/// # Errors
/// As [`find`].
pub async fn begun(services: &Services, cookie: Option<&str>) -> Result<Option<Begun>> {
    let Some(cookie) = cookie.filter(|cookie| secret::is_one(cookie)) else { return Ok(None) };
    let (hash, now) = (secret::hash(cookie), services.clock.now());
    let found = looked_up(services, &hash, now);
    let found = tokio::time::timeout(services.settings.read_deadline, found)
        .await
        .map_err(|_| Error::Unavailable("the database took too long".into()))??;
    let Some((row, account)) = found else { return Ok(None) };
    if row.seen_at < now - SEEN_EVERY {
        seen(services, hash.clone()).await;
    }
    let session = Session {
        account: account.id,
        person: account.person_id,
        name: account.name.clone(),
        second_factor: row.second_factor,
        csrf: row.csrf,
    };
    let (stage, totp_sealed) = (Stage::parse(&row.stage)?, row.totp_sealed);
    Ok(Some(Begun { hash, stage, totp_sealed, account, session }))
}

async fn looked_up(
    services: &Services,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<(browser_session::Model, account::Model)>> {
    let found = browser_session::Entity::find()
        .find_also_related(account::Entity)
        .filter(browser_session::Column::Hash.eq(hash))
        .filter(browser_session::Column::EndedAt.is_null())
        .filter(browser_session::Column::ExpiresAt.gt(now))
        .filter(browser_session::Column::SeenAt.gt(now - IDLE))
        .filter(account::Column::Status.eq("active"))
        .one(services.store.reader())
        .await?;
    Ok(found.and_then(|(row, account)| Some((row, account?))))
}

/// Notes that a session is used. Failing to is no reason to refuse the page: the session then ends sooner.
async fn seen(services: &Services, hash: String) {
    let origin = crate::foundation::transaction::Origin {
        actor: "session".to_owned(),
        caller: "session".to_owned(),
        request_id: "session".to_owned(),
        ..Default::default()
    };
    let noted = services.writes.run("session.see", origin, move |tx| {
        let hash = hash.clone();
        Box::pin(async move {
            browser_session::Entity::update_many()
                .col_expr(browser_session::Column::SeenAt, Expr::value(tx.now()))
                .filter(browser_session::Column::Hash.eq(hash))
                .exec(tx.db())
                .await?;
            Ok(())
        })
    });
    if let Err(error) = noted.await {
        tracing::debug!(%error, "the use of a session was not noted");
    }
}

/// Signs `account` in: the value of the cookie, which is told this once. For whoever proved to be them.
///
/// # Errors
/// `unavailable` when too many writes wait; `not_found` when the account is not active.
pub async fn start(
    services: &Arc<Services>,
    account: Uuid,
    second_factor: bool,
    request_id: &str,
) -> Result<String> {
    protocol::write(services, "session.start", &account.to_string(), request_id, move |tx| {
        Box::pin(async move {
            // Whoever blocks the account waits for this row, and then ends the session that stands here.
            let active = account::Entity::update_many()
                .col_expr(account::Column::SignedInAt, Expr::value(tx.now()))
                .filter(account::Column::Id.eq(account))
                .filter(account::Column::Status.eq("active"))
                .exec(tx.db())
                .await?;
            if active.rows_affected == 0 {
                return Err(Error::NotFound("account"));
            }
            begin(tx, account, Stage::Open, second_factor).await
        })
    })
    .await
}

/// Begins a session at `stage` within a transaction; answers the value of the cookie.
///
/// # Errors
/// When the database does not answer.
pub async fn begin(tx: &Tx, account: Uuid, stage: Stage, second_factor: bool) -> Result<String> {
    let (cookie, csrf) = (secret::make(tx), secret::make(tx));
    let lasts = if stage == Stage::Open { LONGEST } else { PENDING };
    let row = browser_session::ActiveModel {
        hash: Set(secret::hash(&cookie)),
        account_id: Set(account),
        stage: Set(stage.as_str().to_owned()),
        csrf: Set(csrf),
        second_factor: Set(second_factor),
        totp_sealed: Set(None),
        created_at: Set(tx.now()),
        seen_at: Set(tx.now()),
        expires_at: Set(tx.now() + lasts),
        ended_at: Set(None),
    };
    browser_session::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(cookie)
}

/// Ends the session of this cookie, at whatever stage.
///
/// # Errors
/// When the database does not answer.
pub async fn end(tx: &Tx, cookie: &str) -> Result<()> {
    let one = browser_session::Column::Hash.eq(secret::hash(cookie));
    ended(tx.db(), tx.now(), one).await
}

/// The session of this account that `hash` names, locked, as long as it lasts.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(tx: &Tx, hash: &str, account: Uuid) -> Result<Option<browser_session::Model>> {
    use browser_session::Column;
    let found = browser_session::Entity::find_by_id(hash.to_owned())
        .filter(Column::AccountId.eq(account))
        .filter(Column::EndedAt.is_null())
        .filter(Column::ExpiresAt.gt(tx.now()))
        .lock_exclusive();
    Ok(found.one(tx.db()).await?)
}

/// Ends a session that is locked; its secret of a second factor goes with it.
///
/// # Errors
/// When the database does not answer.
pub async fn end_locked(tx: &Tx, row: browser_session::Model) -> Result<()> {
    let mut change = row.into_active_model();
    change.ended_at = Set(Some(tx.now()));
    change.totp_sealed = Set(None);
    change.update(tx.db()).await?;
    Ok(())
}

/// Ends every session of an account.
///
/// # Errors
/// When the database does not answer.
pub async fn end_all(tx: &Tx, account: Uuid) -> Result<()> {
    ended(tx.db(), tx.now(), browser_session::Column::AccountId.eq(account)).await
}

/// Every session of an account goes on without a second factor: the account, which is locked, has none any more.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_second_factor(tx: &Tx, account: Uuid) -> Result<()> {
    browser_session::Entity::update_many()
        .col_expr(browser_session::Column::SecondFactor, Expr::value(false))
        .filter(browser_session::Column::AccountId.eq(account))
        .filter(browser_session::Column::SecondFactor.eq(true))
        .exec(tx.db())
        .await?;
    Ok(())
}

async fn ended(db: &impl ConnectionTrait, now: DateTime<Utc>, which: Expr) -> Result<()> {
    browser_session::Entity::update_many()
        .col_expr(browser_session::Column::EndedAt, Expr::value(now))
        .col_expr(browser_session::Column::TotpSealed, Expr::value(None::<String>))
        .filter(which.and(browser_session::Column::EndedAt.is_null()))
        .exec(db)
        .await?;
    Ok(())
}
