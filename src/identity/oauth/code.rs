//! Authorization codes (RFC 6749, section 4.1.2): 256 random bits of which only the hash is stored, good for a minute,
//! once. A code that comes a second time was stolen by one of the two: what came of it ends.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{app_authorization, authorization_code, token_family};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{authorize::Request, consent, refresh, stored};
use crate::foundation::{
    error::Result,
    event::Event,
    transaction::{Tx, hex},
};

/// How long a code is good for.
pub const LIFETIME: TimeDelta = TimeDelta::seconds(60);

/// What is shown for a code.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The code.
    pub code: String,
    /// Who shows it.
    pub client: Uuid,
    /// Where the client says that it was sent, if it does: OAuth 2.1 no longer asks for it, PKCE took its part. What is
    /// said must be right (RFC 6749, section 4.1.3).
    pub redirect_uri: Option<String>,
    /// PKCE (RFC 7636, section 4.5).
    pub verifier: String,
    /// The key that the client proved to have.
    pub jkt: Option<String>,
    /// Whether refresh tokens are bound to that key: those of clients that keep no secret (RFC 9449, section 5).
    pub binds: bool,
    /// Whether the client may refresh.
    pub refreshes: bool,
    /// How long an access token lives.
    pub access: TimeDelta,
}

/// What came of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Redeemed {
    /// The first of a new family.
    Family(Box<Family>),
    /// No such code for this client, or no longer.
    Unknown,
    /// It was used before; what came of it is revoked now.
    Reused,
    /// The code is right, but not what came with it.
    Mismatch,
}

/// A family of refresh tokens, as a token is made from it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Family {
    /// Its id.
    pub id: Uuid,
    /// The generation that the client is given.
    pub generation: i64,
    /// What its tokens may be used for, as stored.
    pub scopes: serde_json::Value,
    /// `sub` of its tokens.
    pub subject: String,
}

/// The hash under which a code is known.
fn hash(code: &str) -> String {
    hex(&Sha256::digest(code.as_bytes()))
}

/// A code for what was agreed to.
///
/// # Errors
/// When it cannot be stored.
pub async fn issue(
    tx: &Tx,
    client: Uuid,
    authorization: Uuid,
    request: &Request,
    second_factor: bool,
) -> Result<String> {
    let code = BASE64.encode(tx.random::<32>());
    let row = authorization_code::ActiveModel {
        hash: Set(hash(&code)),
        client_id: Set(client),
        authorization_id: Set(authorization),
        redirect_uri: Set(request.redirect_uri.clone()),
        scopes: Set(stored(&request.scopes)),
        code_challenge: Set(request.code_challenge.clone()),
        dpop_jkt: Set(request.dpop_jkt.clone()),
        second_factor: Set(second_factor),
        family_id: Set(None),
        used_at: Set(None),
        expires_at: Set(tx.now() + LIFETIME),
        created_at: Set(tx.now()),
    };
    authorization_code::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(code)
}

/// Takes a code. Whatever is refused leaves its trace only where it must: a code that comes again ends its family.
///
/// # Errors
/// When the database cannot.
pub async fn redeem(tx: &Tx, shown: &Shown) -> Result<Redeemed> {
    let select = authorization_code::Entity::find_by_id(hash(&shown.code));
    let row = select.clone().one(tx.db()).await?.filter(|row| row.client_id == shown.client);
    let Some(row) = row else { return Ok(Redeemed::Unknown) };
    // Whoever withdraws the consent or closes the account waits, or is waited for: a family that begins here is ended by
    // them, or never begins.
    let holder = consent::locked(tx, row.authorization_id).await?;
    let Some(row) = select.lock_exclusive().one(tx.db()).await? else { return Ok(Redeemed::Unknown) };
    if row.used_at.is_some() {
        // A code that was made void, and never came before.
        let Some(family) = row.family_id else { return Ok(Redeemed::Unknown) };
        // RFC 6749, section 4.1.2.
        end(tx, family, row.client_id, "code_reused").await?;
        return Ok(Redeemed::Reused);
    }
    if tx.now() >= row.expires_at {
        return Ok(Redeemed::Unknown);
    }
    if !fits(&row, shown) {
        return Ok(Redeemed::Mismatch);
    }
    let Some(holder) = holder else { return Ok(Redeemed::Unknown) };
    let family = found(tx, &row, shown).await?;
    let used = authorization_code::Entity::update_many()
        .col_expr(authorization_code::Column::UsedAt, Expr::value(tx.now()))
        .col_expr(authorization_code::Column::FamilyId, Expr::value(family))
        .filter(authorization_code::Column::Hash.eq(&row.hash))
        .filter(authorization_code::Column::UsedAt.is_null());
    used.exec(tx.db()).await?;
    consent::used(tx, row.authorization_id).await?;
    let subject = holder.subject();
    Ok(Redeemed::Family(Box::new(Family { id: family, generation: 1, scopes: row.scopes, subject })))
}

/// Whether everything that came with the code is what it was made for.
fn fits(row: &authorization_code::Model, shown: &Shown) -> bool {
    let redirect = shown.redirect_uri.as_ref().is_none_or(|uri| *uri == row.redirect_uri);
    let bound = row.dpop_jkt.is_none() || row.dpop_jkt == shown.jkt;
    redirect && bound && verifies(&row.code_challenge, &shown.verifier)
}

/// RFC 7636, section 4.6.
fn verifies(challenge: &str, verifier: &str) -> bool {
    let formed = (43..=128).contains(&verifier.len())
        && verifier.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~'));
    formed && BASE64.encode(Sha256::digest(verifier.as_bytes())) == challenge
}

async fn found(tx: &Tx, row: &authorization_code::Model, shown: &Shown) -> Result<Uuid> {
    let id = tx.new_id();
    let lifetime = if shown.refreshes { refresh::LONGEST } else { shown.access };
    let family = token_family::ActiveModel {
        id: Set(id),
        client_id: Set(row.client_id),
        authorization_id: Set(row.authorization_id),
        scopes: Set(row.scopes.clone()),
        generation: Set(1),
        confirmed: Set(0),
        dpop_jkt: Set(shown.jkt.clone().filter(|_| shown.binds)),
        second_factor: Set(row.second_factor),
        refreshed_at: Set(tx.now()),
        expires_at: Set(tx.now() + lifetime),
        revoked_at: Set(None),
        revoked_reason: Set(None),
        created_at: Set(tx.now()),
    };
    token_family::Entity::insert(family).exec_without_returning(tx.db()).await?;
    Ok(id)
}

/// Ends a family of `client`, unless it ended before.
///
/// # Errors
/// When the database cannot.
pub async fn end(tx: &Tx, family: Uuid, client: Uuid, reason: &'static str) -> Result<()> {
    let done = ended(tx.now(), reason).filter(token_family::Column::Id.eq(family)).exec(tx.db()).await?;
    if done.rows_affected > 0 {
        let told = json!({ "clientId": client, "reason": reason });
        tx.emit(Event::new("token_family.revoked", "token_family", family, 1).with(told)).await?;
    }
    Ok(())
}

/// Ends every family of a consent, and every code that was not shown yet.
///
/// # Errors
/// When the database cannot.
pub async fn end_all(tx: &Tx, authorization: Uuid, reason: &'static str) -> Result<()> {
    void(tx.now())
        .filter(authorization_code::Column::AuthorizationId.eq(authorization))
        .exec(tx.db())
        .await?;
    let of = token_family::Column::AuthorizationId.eq(authorization);
    ended(tx.now(), reason).filter(of).exec(tx.db()).await?;
    Ok(())
}

/// Ends whatever apps hold for an account: families, and codes that were not shown yet. The account is locked.
///
/// # Errors
/// When the database cannot.
pub async fn end_account(tx: &Tx, account: Uuid) -> Result<()> {
    let codes = authorization_code::Column::AuthorizationId.in_subquery(consents_of(account));
    void(tx.now()).filter(codes).exec(tx.db()).await?;
    let families = token_family::Column::AuthorizationId.in_subquery(consents_of(account));
    ended(tx.now(), "account").filter(families).exec(tx.db()).await?;
    Ok(())
}

/// What apps hold for an account goes on without a second factor: the account, which is locked, has none any more.
///
/// # Errors
/// When the database cannot.
pub async fn forget_second_factor(tx: &Tx, account: Uuid) -> Result<()> {
    authorization_code::Entity::update_many()
        .col_expr(authorization_code::Column::SecondFactor, Expr::value(false))
        .filter(authorization_code::Column::AuthorizationId.in_subquery(consents_of(account)))
        .filter(authorization_code::Column::SecondFactor.eq(true))
        .exec(tx.db())
        .await?;
    token_family::Entity::update_many()
        .col_expr(token_family::Column::SecondFactor, Expr::value(false))
        .filter(token_family::Column::AuthorizationId.in_subquery(consents_of(account)))
        .filter(token_family::Column::SecondFactor.eq(true))
        .exec(tx.db())
        .await?;
    Ok(())
}

fn consents_of(account: Uuid) -> SelectStatement {
    app_authorization::Entity::find()
        .select_only()
        .column(app_authorization::Column::Id)
        .filter(app_authorization::Column::AccountId.eq(account))
        .into_query()
}

fn void(now: DateTime<Utc>) -> sea_orm::UpdateMany<authorization_code::Entity> {
    authorization_code::Entity::update_many()
        .col_expr(authorization_code::Column::UsedAt, Expr::value(now))
        .filter(authorization_code::Column::UsedAt.is_null())
}

fn ended(now: DateTime<Utc>, reason: &'static str) -> sea_orm::UpdateMany<token_family::Entity> {
    token_family::Entity::update_many()
        .col_expr(token_family::Column::RevokedAt, Expr::value(now))
        .col_expr(token_family::Column::RevokedReason, Expr::value(reason))
        .filter(token_family::Column::RevokedAt.is_null())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verifier_of_the_standard_fits_its_challenge_and_nothing_else_does() {
        // RFC 7636, appendix B.
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert!(verifies(challenge, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        for wrong in ["", challenge, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK", &"a".repeat(129)] {
            assert!(!verifies(challenge, wrong), "{wrong}");
        }
    }
}
