//! Mail to whoever an account belongs to. A mail is written, sealed, in the transaction of the change that it tells of;
//! the worker delivers it afterwards, to a mail server or into a folder. Nothing of it reaches a log.

mod post;

use chrono::TimeDelta;
use entity::{account, outgoing_mail};
use futures_util::{StreamExt, stream};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
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
    identity::{protocol, sign_in::password},
};

use post::Post;
pub use post::{check_sender, check_url};

/// How long a mail is a node's that takes it: then another may try.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// The longest pause between two tries.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);
/// Mails delivered at once: a slow server holds up none but its own.
const AT_ONCE: usize = 4;
/// Mails delivered in one run.
const BATCH: u64 = 100;
/// How long a mail stays in the folder, where no server is set: longer than any link in one is good.
const IN_FOLDER: TimeDelta = TimeDelta::days(7);
/// How long the row of a mail stays, without what it said, after it ended.
pub const KEPT: TimeDelta = TimeDelta::days(30);

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

/// What a row of the table holds, sealed: a letter, or that somebody asked for one.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Content {
    Letter(Letter),
    /// The login for which a link was asked, whether it is anybody's or not.
    Asked {
        reset: String,
    },
}

/// Writes a letter down to be delivered once the transaction is durable, within `good_for`.
///
/// # Errors
/// When the database does not answer.
pub async fn send(services: &Services, tx: &Tx, letter: &Letter, good_for: TimeDelta) -> Result<()> {
    put(services, tx, &Content::Letter(letter.clone()), good_for).await
}

/// Notes that a link was asked for `login`, without looking whose that is: the worker does.
///
/// # Errors
/// When the database does not answer.
pub async fn ask(services: &Services, tx: &Tx, login: &str, good_for: TimeDelta) -> Result<()> {
    put(services, tx, &Content::Asked { reset: login.to_owned() }, good_for).await
}

async fn put(services: &Services, tx: &Tx, content: &Content, good_for: TimeDelta) -> Result<()> {
    let id = tx.new_id();
    let text = serde_json::to_vec(content).map_err(|e| Error::internal("write a mail", e))?;
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

/// Delivers what is due; answers how many letters. Each row is taken for a while before it is tried: nobody else tries
/// it meanwhile, and somebody does when this node dies over it. One that was delivered just then comes twice, with one
/// id.
///
/// # Errors
/// When the database does not answer. A mail server that does not is tried again later.
pub async fn deliver_due(services: &Arc<Services>) -> Result<u64> {
    let (mut delivered, mut seen) = (0, 0);
    let mut post = None;
    while seen < BATCH {
        let due = due(services, BATCH - seen).await?;
        if due.is_empty() {
            break;
        }
        seen += due.len() as u64;
        let post = post.get_or_insert_with(|| Arc::new(Post::of(&services.settings))).clone();
        let tries = due.into_iter().map(|row| tried(services.clone(), post.clone(), row));
        let mut tries = stream::iter(tries).buffer_unordered(AT_ONCE);
        while let Some(sent) = tries.next().await {
            delivered += u64::from(sent?);
        }
    }
    Ok(delivered)
}

/// Makes the letters that were asked for, and delivers none; answers how many rows were looked at.
///
/// # Errors
/// As [`deliver_due`].
pub async fn answer_asked(services: &Arc<Services>) -> Result<u64> {
    let mut answered = 0;
    for row in due(services, BATCH).await? {
        if let Some(Content::Asked { reset }) = opened(services, &row)? {
            answered += u64::from(answer(services, row.id, reset).await?);
        }
    }
    Ok(answered)
}

/// What is due, whatever is good for the shortest time first.
async fn due(services: &Services, most: u64) -> Result<Vec<outgoing_mail::Model>> {
    use outgoing_mail::{Column, Entity};
    let now = services.clock.now();
    let due = Entity::find()
        .filter(Column::SentAt.is_null())
        .filter(Column::DueAt.lte(now))
        .filter(Column::ExpiresAt.gt(now))
        .filter(Column::Sealed.is_not_null())
        .order_by_asc(Column::ExpiresAt)
        .order_by_asc(Column::Id)
        .limit(most);
    Ok(due.all(services.store.reader()).await?)
}

fn opened(services: &Services, row: &outgoing_mail::Model) -> Result<Option<Content>> {
    let seal = Seal::new(&services.keyring, SealedFor::Mail);
    let text = seal.open(row.id, row.sealed.as_deref().unwrap_or_default())?;
    // Sealed with a key that is gone: nobody can read it any more.
    Ok(text.and_then(|text| serde_json::from_slice(&text).ok()))
}

/// Tries one row; whether a letter left the house.
async fn tried(services: Arc<Services>, post: Arc<Post>, row: outgoing_mail::Model) -> Result<bool> {
    let (id, attempts) = (row.id, row.attempts + 1);
    // A row that somebody changed by hand must not hold up those behind it.
    let content = opened(&services, &row).unwrap_or_else(|error| {
        tracing::warn!(mail = %id, %error, "a mail cannot be read and is dropped");
        None
    });
    if let Some(Content::Asked { reset }) = content {
        answer(&services, id, reset).await?;
        return Ok(false);
    }
    if take(&services, id, row.attempts).await? == Take::Lost {
        return Ok(false);
    }
    let Some(Content::Letter(letter)) = content else {
        done(&services, id).await?;
        return Ok(false);
    };
    match post.deliver(id, &letter).await {
        Ok(()) => {
            done(&services, id).await?;
            Ok(true)
        }
        Err(why) => {
            tracing::warn!(mail = %id, why, attempts, "a mail was not delivered");
            Ok(false)
        }
    }
}

/// Whether this node is the one that tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Take {
    Taken,
    Lost,
}

async fn take(services: &Arc<Services>, id: Uuid, attempts: i64) -> Result<Take> {
    use outgoing_mail::{Column, Entity};
    protocol::write(services, "mail.take", "worker", "worker", move |tx| {
        Box::pin(async move {
            let pause = TimeDelta::minutes(1 << attempts.clamp(0, 6)).max(LEASE).min(LONGEST_PAUSE);
            let taken = Entity::update_many()
                .col_expr(Column::Attempts, Expr::value(attempts + 1))
                .col_expr(Column::DueAt, Expr::value(tx.now() + pause))
                .filter(Column::Id.eq(id))
                .filter(Column::Attempts.eq(attempts))
                .filter(Column::SentAt.is_null())
                .exec(tx.db())
                .await?;
            Ok(if taken.rows_affected == 1 { Take::Taken } else { Take::Lost })
        })
    })
    .await
}

/// Puts the letter that was asked for in the place of the question; whether this node was the one that did.
async fn answer(services: &Arc<Services>, id: Uuid, login: String) -> Result<bool> {
    let hands = services.clone();
    protocol::write(services, "account.answer_reset", "worker", "worker", move |tx| {
        let (services, login) = (hands.clone(), login.clone());
        Box::pin(async move {
            let gone = outgoing_mail::Entity::delete_by_id(id).exec(tx.db()).await?;
            if gone.rows_affected == 0 {
                return Ok(false);
            }
            password::answer(&services, tx, &login).await?;
            Ok(true)
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
    .await?;
    post::tidy(&services.settings, services.clock.now()).await;
    Ok(())
}

/// Says once, at the start, that a service for the public has no mail server.
pub fn warn_without_server(services: &Services) {
    let settings = &services.settings;
    if settings.smtp_url.is_none() && settings.public_url.starts_with("https://") {
        tracing::warn!("smtp_url is not set: mail is only written to the folder mail of the data directory");
    }
}
