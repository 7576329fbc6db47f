//! Links with which somebody sets a password: an invitation, or a reset. Each is good once and for a while; a newer one
//! takes the place of the older ones.

use chrono::TimeDelta;
use entity::{account, account_token};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::secret;
use crate::{
    access::context::Services,
    foundation::{error::Result, transaction::Tx},
};

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// The first password of a new account.
    Invitation,
    /// A new password in place of a lost one.
    Reset,
}

impl LinkKind {
    /// Its name in the table and the first part of its address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
        }
    }

    /// How long it is good.
    pub const fn good_for(self) -> TimeDelta {
        match self {
            Self::Invitation => TimeDelta::days(7),
            Self::Reset => TimeDelta::hours(1),
        }
    }

    /// The address that is sent.
    pub fn address(self, services: &Services, secret: &str) -> String {
        format!("{}/{}?token={secret}", services.settings.public_url, self.as_str())
    }
}

/// A new link for `account`; the older ones are good no more. Answers its secret.
///
/// # Errors
/// When the database does not answer.
pub async fn make(tx: &Tx, account: Uuid, kind: LinkKind) -> Result<String> {
    retire(tx, account).await?;
    let secret = secret::make(tx);
    let row = account_token::ActiveModel {
        hash: Set(secret::hash(&secret)),
        account_id: Set(account),
        kind: Set(kind.as_str().to_owned()),
        expires_at: Set(tx.now() + kind.good_for()),
        used_at: Set(None),
        created_at: Set(tx.now()),
    };
    account_token::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(secret)
}

/// No link of `account` is good any more.
///
/// # Errors
/// When the database does not answer.
pub async fn retire(tx: &Tx, account: Uuid) -> Result<()> {
    use account_token::Column;
    account_token::Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(tx.now()))
        .filter(Column::AccountId.eq(account).and(Column::UsedAt.is_null()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Whose a link is, as long as it is good; looking uses nothing up.
///
/// # Errors
/// When the database does not answer.
pub async fn look(services: &Services, kind: LinkKind, secret: &str) -> Result<Option<account::Model>> {
    use account_token::Column;
    if !secret::is_one(secret) {
        return Ok(None);
    }
    let found = account_token::Entity::find()
        .find_also_related(account::Entity)
        .filter(Column::Hash.eq(secret::hash(secret)))
        .filter(Column::Kind.eq(kind.as_str()))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(services.clock.now()))
        .filter(account::Column::Status.ne("blocked"))
        .one(services.store.reader())
        .await?;
    Ok(found.and_then(|(_, account)| account))
}

/// Uses a link up; whether it still was good. Of many at once one is.
///
/// # Errors
/// When the database does not answer.
pub async fn take(tx: &Tx, kind: LinkKind, secret: &str) -> Result<bool> {
    use account_token::Column;
    let used = account_token::Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(tx.now()))
        .filter(Column::Hash.eq(secret::hash(secret)))
        .filter(Column::Kind.eq(kind.as_str()))
        .filter(Column::UsedAt.is_null().and(Column::ExpiresAt.gt(tx.now())))
        .exec(tx.db())
        .await?;
    Ok(used.rows_affected == 1)
}
