//! Who a token stands for. A token that an operator made says itself which roles it carries. One that came through
//! OAuth carries none: account, app, consent and roles are looked up, in one statement, each time it is used, so that
//! what was withdrawn, blocked or revoked is gone with the next request.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use entity::{account, app_authorization, oauth_client, revoked_token, role_grant, token_family};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, JoinType, QueryFilter,
    QuerySelect, RelationTrait, Select,
    sea_query::{Expr, Query},
};
use uuid::Uuid;

use crate::{
    access::{
        actor::{Actor, Via},
        context::Services,
        grant::{Grant, Role},
        oauth_scope,
        policy::needs_second_factor,
        token::{self, Claims},
    },
    directory::person::merged,
    foundation::error::{Error, Result},
    identity::oauth::refresh,
};

/// Who calls, and until when the token is good.
pub struct Caller {
    /// Who.
    pub actor: Actor,
    /// Seconds since 1970 from which on the token is no longer good.
    pub until: i64,
}

/// Who a proven token stands for now.
///
/// # Errors
/// `token_revoked` when the token, the consent, the account or the app is no longer good.
pub async fn of(services: &Arc<Services>, claims: Claims) -> Result<Caller> {
    let until = claims.exp.saturating_add(token::LEEWAY_SECONDS);
    let mut actor = match claims.client_id {
        None => Actor::new(claims.sub, claims.grants),
        Some(client) => looked_up(services, client, &claims).await?,
    };
    // A grant from before a merge names the retired record; the human is the same.
    let followed = merged::follow(services.store.reader(), &mut actor.grants);
    tokio::time::timeout(services.settings.read_deadline, followed)
        .await
        .map_err(|_| Error::Unavailable("the database took too long".into()))??;
    Ok(Caller { actor, until })
}

/// One role of whoever a token stands for, beside what is the same in every row.
#[derive(FromQueryResult)]
struct Held {
    account_id: Option<Uuid>,
    account_person_id: Option<Uuid>,
    second_factor: Option<bool>,
    confirmed: Option<i64>,
    persisted_only: bool,
    role: Option<String>,
    region_code: Option<String>,
    organisation_id: Option<Uuid>,
    school_id: Option<Uuid>,
    person_id: Option<Uuid>,
}

async fn looked_up(services: &Arc<Services>, client: Uuid, claims: &Claims) -> Result<Actor> {
    let revoked = Error::Unauthenticated("token_revoked");
    let scopes = claims.scope.as_deref().map(oauth_scope::parse).transpose();
    let scopes = scopes.ok().flatten().ok_or(Error::Unauthenticated("token_malformed"))?;
    let now = services.clock.now();
    let rows = tokio::time::timeout(
        services.settings.read_deadline,
        held(services.store.reader(), client, claims, now),
    )
    .await
    .map_err(|_| Error::Unavailable("the database took too long".into()))??;
    let Some(first) = rows.first() else { return Err(revoked) };
    if let (Some(family), Some(generation), Some(confirmed)) =
        (claims.sid, claims.generation, first.confirmed)
        && generation > confirmed
    {
        refresh::confirm(services, client, family, generation);
    }
    // A system that acts for itself proves itself by its key or secret at every token: that is its second factor.
    let second_factor = first.second_factor.unwrap_or(claims.sid.is_none());
    let via = Via {
        client,
        account: first.account_id,
        scopes,
        second_factor,
        persisted_only: first.persisted_only,
    };
    let own = first.account_person_id.map(Grant::teacher);
    let given =
        rows.iter().filter_map(grant).filter(|grant| second_factor || !needs_second_factor(grant.role));
    let mut actor = Actor::new(claims.sub.clone(), own.into_iter().chain(given).collect());
    actor.via = Some(via);
    Ok(actor)
}

fn grant(row: &Held) -> Option<Grant> {
    let role = Role::parse(row.role.as_deref()?)?;
    let grant = Grant {
        role,
        region: row.region_code.clone(),
        organisation: row.organisation_id,
        school: row.school_id,
        person: row.person_id,
    };
    // What was written before a role changed its place gives nothing.
    grant.check().is_ok().then_some(grant)
}

/// The live roles of whoever the token stands for, one row each, and one without a role where there is none; no row at
/// all where the token is no longer good.
async fn held(
    db: &impl ConnectionTrait,
    client: Uuid,
    claims: &Claims,
    now: DateTime<Utc>,
) -> Result<Vec<Held>> {
    let revoked = Query::select()
        .expr(Expr::value(1))
        .from(revoked_token::Entity)
        .and_where(revoked_token::Column::Jti.eq(claims.jti))
        .to_owned();
    let select = match claims.sid {
        Some(family) => for_account(family, now),
        None => for_itself(now),
    };
    let select = select
        .filter(oauth_client::Column::Id.eq(client))
        .filter(oauth_client::Column::Status.eq("approved"))
        .filter(Expr::exists(revoked).not());
    Ok(select.into_model::<Held>().all(db).await?)
}

/// An app that acts for an account.
fn for_account(family: Uuid, now: DateTime<Utc>) -> Select<oauth_client::Entity> {
    let holder = Expr::col((role_grant::Entity, role_grant::Column::AccountId))
        .equals((account::Entity, account::Column::Id));
    let mut select = with_roles_columns()
        .column_as(account::Column::Id, "account_id")
        .column_as(account::Column::PersonId, "account_person_id")
        .column_as(token_family::Column::SecondFactor, "second_factor")
        .column_as(token_family::Column::Confirmed, "confirmed")
        .join(JoinType::InnerJoin, token_family::Relation::OauthClient.def().rev())
        .join(JoinType::InnerJoin, token_family::Relation::AppAuthorization.def())
        .join(JoinType::InnerJoin, app_authorization::Relation::Account.def());
    QuerySelect::query(&mut select).left_join(role_grant::Entity, live(now).add(holder));
    select
        .filter(token_family::Column::Id.eq(family))
        .filter(token_family::Column::RevokedAt.is_null())
        .filter(token_family::Column::ExpiresAt.gt(now))
        .filter(app_authorization::Column::WithdrawnAt.is_null())
        .filter(account::Column::Status.eq("active"))
}

/// A system that acts for itself.
fn for_itself(now: DateTime<Utc>) -> Select<oauth_client::Entity> {
    let holder = Expr::col((role_grant::Entity, role_grant::Column::ClientId))
        .equals((oauth_client::Entity, oauth_client::Column::Id));
    let mut select = with_roles_columns()
        .expr_as(Expr::value(None::<Uuid>), "account_id")
        .expr_as(Expr::value(None::<Uuid>), "account_person_id")
        .expr_as(Expr::value(None::<bool>), "second_factor")
        .expr_as(Expr::value(None::<i64>), "confirmed");
    QuerySelect::query(&mut select).left_join(role_grant::Entity, live(now).add(holder));
    select
}

fn live(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(role_grant::Column::WithdrawnAt.is_null())
        .add(role_grant::Column::ExpiresAt.is_null().or(role_grant::Column::ExpiresAt.gt(now)))
}

fn with_roles_columns() -> Select<oauth_client::Entity> {
    use role_grant::Column::{OrganisationId, PersonId, RegionCode, Role, SchoolId};
    oauth_client::Entity::find().select_only().column(oauth_client::Column::PersistedOnly).columns([
        Role,
        RegionCode,
        OrganisationId,
        SchoolId,
        PersonId,
    ])
}
