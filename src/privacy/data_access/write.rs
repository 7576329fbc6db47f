//! Writing down who saw what, before the answer leaves.

use std::sync::Arc;

use entity::data_access::{Column, Entity, Model};
use sea_orm::{
    EntityTrait, ExprTrait, IntoActiveModel,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::rule::{self, Line};
use crate::{
    access::{actor::Actor, context::Ctx},
    foundation::{
        error::{Error, Result},
        transaction::Tx,
    },
    identity::protocol,
};

/// The most lines of one statement.
const ROWS: usize = 500;

/// Who looks, as each line says it.
struct Reader {
    name: String,
    client: String,
    account: Option<Uuid>,
    roles: String,
    request_id: String,
}

impl Reader {
    fn of(ctx: &Ctx) -> Self {
        let Actor { subject, grants, via } = &*ctx.actor;
        Self {
            name: subject.clone(),
            client: via.as_ref().map(|via| via.client.to_string()).unwrap_or_default(),
            account: via.as_ref().and_then(|via| via.account),
            roles: rule::joined(grants.iter().map(|grant| grant.role.name())),
            request_id: ctx.request_id.to_string(),
        }
    }
}

/// Writes down what `ctx` was shown of others since it was last asked: one transaction, durable before the answer
/// leaves; no statement where there is nothing to write.
///
/// # Errors
/// `unavailable` when it cannot be written: then what was read must not be shown.
pub async fn record(ctx: &Ctx) -> Result<()> {
    let own: Vec<Uuid> = ctx.actor.grants.iter().filter_map(|grant| grant.person).collect();
    let lines = rule::lines(ctx.looks.take(), &own);
    if lines.is_empty() {
        return Ok(());
    }
    let services = ctx.services.clone();
    let (reader, lines) = (Arc::new(Reader::of(ctx)), Arc::new(lines));
    let (name, request_id) = (reader.name.clone(), reader.request_id.clone());
    let written = protocol::write(&ctx.services, "data_access.record", &name, &request_id, move |tx| {
        let (services, reader, lines) = (services.clone(), reader.clone(), lines.clone());
        Box::pin(async move {
            let day = services.issuer_day(tx.now());
            for part in lines.chunks(ROWS) {
                add(tx, day, &reader, part).await?;
            }
            Ok(())
        })
    });
    written.await.map_err(|error| {
        metrics::counter!("sanggar_looks_unwritten_total").increment(1);
        tracing::error!(request_id = %ctx.request_id, %error, "who saw what could not be written down");
        Error::Unavailable("what is shown of others could not be written down".into())
    })
}

/// Adds lines to those of the day. They come in the order of persons, so that two nodes that write at once never wait for
/// each other in a ring.
async fn add(tx: &Tx, day: chrono::NaiveDate, reader: &Reader, lines: &[Line]) -> Result<()> {
    let rows = lines.iter().map(|(person, purpose, fields)| {
        let row = Model {
            id: tx.new_id(),
            person_id: *person,
            day,
            reader: reader.name.clone(),
            client: reader.client.clone(),
            account_id: reader.account,
            roles: reader.roles.clone(),
            purpose: purpose.as_str().to_owned(),
            fields: fields.clone(),
            times: 1,
            first_at: tx.now(),
            last_at: tx.now(),
            request_id: reader.request_id.clone(),
        };
        row.into_active_model()
    });
    let again = OnConflict::columns([
        Column::PersonId,
        Column::Day,
        Column::Reader,
        Column::Client,
        Column::Purpose,
        Column::Fields,
    ])
    .value(Column::Times, Expr::col((Entity, Column::Times)).add(1))
    .update_columns([Column::AccountId, Column::Roles, Column::LastAt, Column::RequestId])
    .to_owned();
    Entity::insert_many(rows).on_conflict(again).exec_without_returning(tx.db()).await?;
    Ok(())
}
