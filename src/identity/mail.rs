//! Mail to whoever an account belongs to. A mail is written, sealed, in the transaction of the change that it tells of;
//! the worker delivers it afterwards, to a mail server or into a folder. Nothing of it reaches a log.

mod post;

use chrono::TimeDelta;
use entity::{account, outgoing_mail};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

use crate::{
    access::{
        context::Services,
        seal::{NONCE, Seal, SealedFor},
    },
    foundation::{
        error::{Error, Result},
        language::{self, Language},
        transaction::Tx,
    },
    identity::protocol,
};

pub use post::{check_sender, check_url};

/// How long a mail is a node's that takes it: then another may try.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// The longest pause between two tries.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);
/// Mails delivered in one run.
const BATCH: u64 = 100;
/// How long the row of a mail stays, without what it said, after it ended.
const KEPT: TimeDelta = TimeDelta::days(30);

/// A mail: to whom, about what, and what it says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Letter {
    /// The address.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text, plain.
    pub text: String,
}

impl Letter {
    /// A letter to the address of an account, in its language: texts `mail-<kind>-subject` and `mail-<kind>-text`.
    pub fn to(account: &account::Model, kind: &str, args: &[(&'static str, String)]) -> Option<Self> {
        let language = if account.language == "en" { Language::English } else { Language::Indonesian };
        let mut args = args.to_vec();
        args.push(("name", account.name.clone()));
        Some(Self {
            to: account.email.clone()?,
            subject: language::of_code(language, &format!("mail-{kind}-subject"), &args),
            text: language::of_code(language, &format!("mail-{kind}-text"), &args),
        })
    }
}

/// Writes a letter down to be delivered once the transaction is durable, within `good_for`.
///
/// # Errors
/// When the database does not answer.
pub async fn send(services: &Services, tx: &Tx, letter: &Letter, good_for: TimeDelta) -> Result<()> {
    let id = tx.new_id();
    let text = serde_json::to_vec(letter).map_err(|e| Error::internal("write a mail", e))?;
    let seal = Seal::new(&services.keyring, SealedFor::Mail);
    let row = outgoing_mail::ActiveModel {
        id: Set(id),
        sealed: Set(Some(seal.seal(id, &text, tx.random::<NONCE>())?)),
        attempts: Set(0),
        due_at: Set(tx.now()),
        expires_at: Set(tx.now() + good_for),
        sent_at: Set(None),
        created_at: Set(tx.now()),
    };
    outgoing_mail::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// A mail that this node took.
#[derive(Serialize, Deserialize)]
struct Taken {
    id: Uuid,
    sealed: String,
    attempts: i64,
}

/// Delivers what is due; answers how many. Each mail is taken for a while before it is tried: nobody else tries it
/// meanwhile, and somebody does when this node dies over it. One that was delivered just then comes twice, with one id.
///
/// # Errors
/// When the database does not answer. A mail server that does not is tried again later.
pub async fn deliver_due(services: &Arc<Services>) -> Result<u64> {
    let mut delivered = 0;
    for _ in 0..BATCH {
        let Some(mail) = take(services).await? else { break };
        let seal = Seal::new(&services.keyring, SealedFor::Mail);
        let letter = seal.open(mail.id, &mail.sealed)?;
        let letter = letter.and_then(|text| serde_json::from_slice::<Letter>(&text).ok());
        let sent = match &letter {
            Some(letter) => post::deliver(services, mail.id, letter).await,
            // Sealed with a key that is gone: nobody can read it any more.
            None => Ok(()),
        };
        match sent {
            Ok(()) => {
                done(services, mail.id).await?;
                delivered += 1;
            }
            Err(why) => {
                tracing::warn!(mail = %mail.id, why, attempts = mail.attempts, "a mail was not delivered");
            }
        }
    }
    Ok(delivered)
}

async fn take(services: &Arc<Services>) -> Result<Option<Taken>> {
    use outgoing_mail::{Column, Entity};
    let now = services.clock.now();
    let due = Entity::find()
        .filter(Column::SentAt.is_null())
        .filter(Column::DueAt.lte(now))
        .filter(Column::ExpiresAt.gt(now))
        .filter(Column::Sealed.is_not_null())
        .order_by(Column::DueAt, Order::Asc)
        .limit(1)
        .one(services.store.reader())
        .await?;
    let Some(due) = due else { return Ok(None) };
    protocol::write(services, "mail.take", "worker", "worker", move |tx| {
        let due = due.clone();
        Box::pin(async move {
            let pause = TimeDelta::minutes(1 << due.attempts.clamp(0, 6)).max(LEASE).min(LONGEST_PAUSE);
            let taken = Entity::update_many()
                .col_expr(Column::Attempts, Expr::value(due.attempts + 1))
                .col_expr(Column::DueAt, Expr::value(tx.now() + pause))
                .filter(Column::Id.eq(due.id))
                .filter(Column::Attempts.eq(due.attempts))
                .filter(Column::SentAt.is_null())
                .exec(tx.db())
                .await?;
            let sealed = due.sealed.unwrap_or_default();
            // Another node was first where nothing changed; the next round finds the next mail.
            Ok((taken.rows_affected == 1).then_some(Taken { id: due.id, sealed, attempts: due.attempts + 1 }))
        })
    })
    .await
}

async fn done(services: &Arc<Services>, id: Uuid) -> Result<()> {
    use outgoing_mail::{Column, Entity};
    protocol::write(services, "mail.done", "worker", "worker", move |tx| {
        Box::pin(async move {
            Entity::update_many()
                .col_expr(Column::SentAt, Expr::value(tx.now()))
                .col_expr(Column::Sealed, Expr::value(None::<String>))
                .filter(Column::Id.eq(id))
                .exec(tx.db())
                .await?;
            Ok(())
        })
    })
    .await
}

/// Empties what ended without being delivered, and lets old rows go.
///
/// # Errors
/// When the database does not answer.
pub async fn tidy(services: &Arc<Services>) -> Result<()> {
    use outgoing_mail::{Column, Entity};
    protocol::write(services, "mail.tidy", "worker", "worker", move |tx| {
        Box::pin(async move {
            Entity::update_many()
                .col_expr(Column::Sealed, Expr::value(None::<String>))
                .filter(Column::ExpiresAt.lte(tx.now()).and(Column::Sealed.is_not_null()))
                .exec(tx.db())
                .await?;
            let old = Column::CreatedAt.lt(tx.now() - KEPT).and(Column::Sealed.is_null());
            Entity::delete_many().filter(old).exec(tx.db()).await?;
            Ok(())
        })
    })
    .await
}
