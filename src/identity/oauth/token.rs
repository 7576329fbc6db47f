//! The token endpoint (RFC 6749, section 3.2): codes, refresh tokens and client credentials become access tokens
//! (RFC 9068), which live for ten minutes.

use std::sync::Arc;

use chrono::TimeDelta;
use entity::{oauth_client, token_family};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};
use serde::{Deserialize, Serialize};

use super::{
    code::{self, Family, Redeemed},
    consent,
    dpop::{self, Proof},
    form::Form,
    is_confidential, may_use,
    refresh::{self, Named, State, Verdict},
    scopes,
};
use crate::{
    access::{
        context::Services,
        oauth_scope::{self, Scopes},
        token::{self, Claims, Confirmation},
    },
    foundation::{
        error::{Error, Result},
        transaction::Tx,
    },
    identity::protocol::{self, OAuthError, Refused},
};

/// How long an access token lives.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// What the endpoint answers with (RFC 6749, section 5.1).
#[derive(Debug, Serialize)]
pub struct Granted {
    /// The access token.
    pub access_token: String,
    /// `Bearer`, or `DPoP` when it is bound to a key (RFC 9449, section 5).
    pub token_type: &'static str,
    /// Seconds it lives.
    pub expires_in: i64,
    /// What it may be used for.
    pub scope: String,
    /// For the next access token; none where the client may not refresh.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
}

/// Who asks, proven, and how.
pub struct Asking<'a> {
    /// The service's own things.
    pub services: &'a Arc<Services>,
    /// The client.
    pub client: &'a oauth_client::Model,
    /// The key that it proved to have.
    pub proof: Option<&'a Proof>,
    /// The request's id.
    pub request_id: &'a str,
}

/// Answers a token request.
///
/// # Errors
/// As RFC 6749, section 5.2 and RFC 9449, section 5 word it.
pub async fn grant(asking: &Asking<'_>, form: &Form) -> std::result::Result<Granted, Refused> {
    form.each_once(&["resource"])?;
    let issuer = &asking.services.settings.public_url;
    // RFC 8707, section 2.
    if form.all("resource").any(|resource| resource.trim_end_matches('/') != issuer) {
        return Err(OAuthError::new("invalid_target", "The only resource is the service itself.").into());
    }
    if asking.client.dpop_required && asking.proof.is_none() {
        return Err(OAuthError::new("invalid_dpop_proof", "This client must send a DPoP proof.").into());
    }
    let grant_type = form.one("grant_type")?;
    let grant_type = grant_type.ok_or(OAuthError::new("invalid_request", "grant_type is missing."))?;
    if !["authorization_code", "refresh_token", "client_credentials"].contains(&grant_type) {
        let why = "grant_type must be authorization_code, refresh_token or client_credentials.";
        return Err(OAuthError::new("unsupported_grant_type", why).into());
    }
    if !may_use(asking.client, grant_type) {
        return Err(OAuthError::new("unauthorized_client", "This client may not use this grant_type.").into());
    }
    match grant_type {
        "authorization_code" => of_code(asking, form).await,
        "refresh_token" => of_refresh(asking, form).await,
        _ => of_itself(asking, form).await,
    }
}

fn replayed() -> Refused {
    OAuthError::new("invalid_dpop_proof", "The DPoP proof was used before.").into()
}

fn no_grant(why: &'static str) -> Refused {
    OAuthError::new("invalid_grant", why).into()
}

/// RFC 6749, section 4.1.3.
async fn of_code(asking: &Asking<'_>, form: &Form) -> std::result::Result<Granted, Refused> {
    let missing = |why| OAuthError::new("invalid_request", why);
    let verifier =
        form.one("code_verifier")?.ok_or(missing("code_verifier is missing: PKCE is required."))?;
    let shown = code::Shown {
        code: form.one("code")?.ok_or(missing("code is missing."))?.to_owned(),
        client: asking.client.id,
        redirect_uri: form.one("redirect_uri")?.map(str::to_owned),
        verifier: verifier.to_owned(),
        jkt: asking.proof.map(|proof| proof.jkt.clone()),
        binds: !is_confidential(asking.client),
        refreshes: may_use(asking.client, "refresh_token"),
        access: LIFETIME,
    };
    let refreshes = shown.refreshes;
    let redeemed = asking
        .step("authorization_code.redeem", move |tx| {
            let shown = shown.clone();
            Box::pin(async move { code::redeem(tx, &shown).await })
        })
        .await?;
    match redeemed.ok_or_else(replayed)? {
        Redeemed::Family(family) => {
            let scopes = scopes(&family.scopes);
            asking.for_family(&family, &scopes, refreshes)
        }
        Redeemed::Unknown => {
            Err(no_grant("The code is unknown, too old, of another client, or was withdrawn."))
        }
        Redeemed::Reused => {
            Err(no_grant("The code was used before; the tokens that came of it are revoked."))
        }
        Redeemed::Mismatch => {
            Err(no_grant("redirect_uri, code_verifier or DPoP key is not that of the code."))
        }
    }
}

/// What came of a refresh token.
#[derive(Debug, Serialize, Deserialize)]
enum Refreshed {
    /// The newest of its family.
    Family(Box<Family>),
    /// No longer good.
    Ended,
    /// Somebody else used it: the family is revoked.
    Reused,
}

/// RFC 6749, section 6.
async fn of_refresh(asking: &Asking<'_>, form: &Form) -> std::result::Result<Granted, Refused> {
    let token = form.one("refresh_token")?;
    let token = token.ok_or(OAuthError::new("invalid_request", "refresh_token is missing."))?;
    let ended =
        || no_grant("The refresh token is unknown, too old, of another client or key, or was revoked.");
    let named = Named::read(&asking.services.keyring, token).ok_or_else(ended)?;
    let wanted = form.one("scope")?.map(oauth_scope::parse).transpose();
    let wanted = wanted.map_err(|_| OAuthError::new("invalid_scope", "scope names what is no scope."))?;
    let (client, jkt) = (asking.client.id, asking.proof.map(|proof| proof.jkt.clone()));
    let limit = wanted.clone();
    let refreshed = asking
        .step("token_family.refresh", move |tx| {
            let (jkt, limit) = (jkt.clone(), limit.clone());
            Box::pin(async move { next(tx, named, client, jkt.as_deref(), limit.as_ref()).await })
        })
        .await?;
    let Some(Some(refreshed)) = refreshed else {
        return Err(if refreshed.is_none() {
            replayed()
        } else {
            OAuthError::new("invalid_scope", "scope must be within what was agreed to.").into()
        });
    };
    match refreshed {
        Refreshed::Family(family) => {
            let agreed = scopes(&family.scopes);
            asking.for_family(&family, wanted.as_ref().unwrap_or(&agreed), true)
        }
        Refreshed::Ended => Err(ended()),
        Refreshed::Reused => {
            Err(no_grant("The refresh token was used before; all of its family are revoked."))
        }
    }
}

/// The next of a family; `None` when more is asked for than was agreed to, which uses nothing up.
async fn next(
    tx: &Tx,
    named: Named,
    client: uuid::Uuid,
    jkt: Option<&str>,
    wanted: Option<&Scopes>,
) -> Result<Option<Refreshed>> {
    let found = token_family::Entity::find_by_id(named.family);
    let row = found.clone().one(tx.db()).await?.filter(|row| row.client_id == client);
    let Some(row) = row else { return Ok(Some(Refreshed::Ended)) };
    // Account and consent come first, as wherever they are locked: whoever ends them waits, or is waited for.
    let holder = consent::locked(tx, row.authorization_id).await?;
    let Some(row) = found.lock_exclusive().one(tx.db()).await? else { return Ok(Some(Refreshed::Ended)) };
    // RFC 9449, section 5: whoever lacks the key learns nothing and ends nothing.
    if row.dpop_jkt.is_some() && row.dpop_jkt.as_deref() != jkt {
        return Ok(Some(Refreshed::Ended));
    }
    let generation = match refresh::judge(&state(&row), named.generation, tx.now()) {
        Verdict::Ended => return Ok(Some(Refreshed::Ended)),
        Verdict::Reused => {
            code::end(tx, row.id, row.client_id, "reused").await?;
            tracing::warn!(family = %row.id, client = %client, "an old refresh token was used again");
            return Ok(Some(Refreshed::Reused));
        }
        Verdict::Next(next) => next,
        Verdict::Again(same) => same,
    };
    let Some(holder) = holder else { return Ok(Some(Refreshed::Ended)) };
    if wanted.is_some_and(|wanted| wanted.is_empty() || !wanted.is_subset(&scopes(&row.scopes))) {
        return Ok(None);
    }
    if generation > row.generation {
        advance(tx, &row, generation).await?;
        consent::used(tx, row.authorization_id).await?;
    }
    let (id, subject) = (row.id, holder.subject());
    Ok(Some(Refreshed::Family(Box::new(Family { id, generation, scopes: row.scopes, subject }))))
}

/// One generation on, if it still is where it was read.
async fn advance(tx: &Tx, row: &token_family::Model, generation: i64) -> Result<()> {
    let moved = token_family::Entity::update_many()
        .col_expr(token_family::Column::Generation, Expr::value(generation))
        .col_expr(token_family::Column::RefreshedAt, Expr::value(tx.now()))
        .filter(token_family::Column::Id.eq(row.id))
        .filter(token_family::Column::Generation.eq(row.generation))
        .filter(token_family::Column::RevokedAt.is_null())
        .exec(tx.db())
        .await?;
    // The row was locked, so nobody moved it; if the engine ever lets somebody, nothing is handed out.
    if moved.rows_affected == 1 { Ok(()) } else { Err(Error::Unavailable("the token is in use".into())) }
}

/// How a stored family stands.
pub fn state(row: &token_family::Model) -> State {
    State {
        generation: row.generation,
        confirmed: row.confirmed,
        revoked: row.revoked_at.is_some(),
        refreshed_at: row.refreshed_at,
        expires_at: row.expires_at,
    }
}

/// A system for itself (RFC 6749, section 4.4): only one that keeps a secret, and only what it was registered for.
async fn of_itself(asking: &Asking<'_>, form: &Form) -> std::result::Result<Granted, Refused> {
    if !is_confidential(asking.client) {
        let why = "Only confidential clients act for themselves.";
        return Err(OAuthError::new("unauthorized_client", why).into());
    }
    let registered = scopes(&asking.client.scopes);
    let outside =
        OAuthError::new("invalid_scope", "scope must be within what the client was registered for.");
    let wanted = match form.one("scope")? {
        Some(text) => oauth_scope::parse(text).map_err(|_| outside.clone())?,
        None => registered.clone(),
    };
    if wanted.is_empty() || !wanted.is_subset(&registered) {
        return Err(outside.into());
    }
    // Nothing is stored for the token itself; a proof is.
    if asking.proof.is_some() {
        let used = asking.step("used_proof.add", |_| Box::pin(async { Ok(()) })).await?;
        used.ok_or_else(replayed)?;
    }
    // RFC 9068, section 2.2: where no person takes part, `sub` is the client.
    let subject = asking.client.id.to_string();
    let made = asking.access(subject, None, &wanted)?;
    Ok(Granted { refresh_token: None, ..made })
}

impl Asking<'_> {
    /// One transaction of the protocol that also uses up the proof; `None` when that was used before.
    async fn step<T, F>(&self, action: &'static str, work: F) -> Result<Option<T>>
    where
        T: Serialize + serde::de::DeserializeOwned + Send + Sync + 'static,
        F: for<'a> Fn(&'a Tx) -> futures_util::future::BoxFuture<'a, Result<T>> + Send + Sync + 'static,
    {
        let proof = self.proof.cloned();
        let subject = format!("client:{}", self.client.id);
        let work = Arc::new(work);
        protocol::write(self.services, action, &subject, self.request_id, move |tx| {
            let (proof, work) = (proof.clone(), work.clone());
            Box::pin(async move {
                if let Some(proof) = proof
                    && !dpop::use_once(tx, &proof).await?
                {
                    return Ok(None);
                }
                work(tx).await.map(Some)
            })
        })
        .await
    }

    fn for_family(
        &self,
        family: &Family,
        wanted: &Scopes,
        refreshes: bool,
    ) -> std::result::Result<Granted, Refused> {
        // What the app was registered for may have become less since it was agreed to.
        let wanted: Scopes = wanted.intersection(&scopes(&self.client.scopes)).copied().collect();
        if wanted.is_empty() {
            return Err(OAuthError::new("invalid_scope", "Nothing is left of what was agreed to.").into());
        }
        let made = self.access(family.subject.clone(), Some(family), &wanted)?;
        let named = Named { family: family.id, generation: family.generation };
        let refresh_token = refreshes.then(|| named.token(&self.services.keyring));
        Ok(Granted { refresh_token, ..made })
    }

    /// An access token (RFC 9068, section 2).
    fn access(&self, subject: String, family: Option<&Family>, wanted: &Scopes) -> Result<Granted> {
        let services = self.services;
        let (now, url) = (services.clock.now(), &services.settings.public_url);
        let scope = oauth_scope::line(wanted);
        let mut claims = Claims::new(url, url, subject, Vec::new(), services.ids.next(now), now, LIFETIME);
        claims.client_id = Some(self.client.id);
        claims.scope = Some(scope.clone());
        claims.sid = family.map(|family| family.id);
        claims.generation = family.map(|family| family.generation);
        claims.cnf = self.proof.map(|proof| Confirmation { jkt: proof.jkt.clone() });
        Ok(Granted {
            access_token: token::issue(&services.keyring, &claims, now)?,
            token_type: if claims.cnf.is_some() { "DPoP" } else { "Bearer" },
            expires_in: LIFETIME.num_seconds(),
            scope,
            refresh_token: None,
        })
    }
}
