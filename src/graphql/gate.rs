//! The gate of one caller: an app that pinned itself sends registered documents only, and everybody has a budget.

use std::net::IpAddr;

use actix_web::{HttpRequest, web::Data};

use super::{
    http::{Gate, Incoming, Known, Persisted},
    persisted::hash_of,
};
use crate::{
    access::context::Ctx,
    foundation::{
        error::{Error, Result},
        transaction::hex,
    },
    identity::{
        document,
        limit::{Limiter, Standing},
    },
    privacy::data_access::write::record,
    rest::limit::limiter,
};

/// The quotas of this node, and the address that the caller counts under.
#[derive(Clone)]
pub struct Quotas(Option<(Data<Limiter>, IpAddr)>);

impl Quotas {
    /// Of the application that serves `http`, for whoever sent it.
    pub fn of(http: &HttpRequest) -> Self {
        Self(limiter(http))
    }
}

/// Lets through what the caller of a request may send and has budget for.
pub struct CallerGate {
    ctx: Ctx,
    quotas: Quotas,
}

impl CallerGate {
    /// For the caller of `ctx`.
    pub fn new(ctx: &Ctx, quotas: &Quotas) -> Self {
        Self { ctx: ctx.clone(), quotas: quotas.clone() }
    }

    /// Counts a request that did not come over HTTP of its own.
    ///
    /// # Errors
    /// `too_many_requests`.
    pub async fn request(&self) -> Result<()> {
        let Some((limiter, address)) = &self.quotas.0 else { return Ok(()) };
        granted(limiter.request(&self.ctx.actor, *address).await).map(|_| ())
    }
}

impl Gate for CallerGate {
    async fn admit(&self, incoming: Incoming, known: Known<'_>) -> Result<Incoming> {
        let Some(via) = self.ctx.actor.via.as_ref().filter(|via| via.persisted_only) else {
            return Ok(incoming);
        };
        let hash = match (&incoming.query, incoming.persisted) {
            // That text and hash belong together is looked at where the document is read.
            (_, Persisted::Hash(hash)) => Some(hash),
            (Some(text), _) => Some(hash_of(text)),
            (None, _) => None,
        };
        let Some(hash) = hash else { return Ok(incoming) };
        let refused = || Error::malformed("/query", "persisted_query_only");
        let name = hex(&hash);
        // The text, which may be long, is read only where nobody sent it and this node has forgotten it.
        if incoming.query.is_some() || known(&hash) {
            let registered = document::read::is_registered(&self.ctx, via.client, &name).await?;
            return if registered { Ok(incoming) } else { Err(refused()) };
        }
        let text = document::read::text(&self.ctx, via.client, &name).await?;
        Ok(Incoming { query: Some(text.ok_or_else(refused)?), ..incoming })
    }

    async fn charge(&self, cost: u64) -> Result<Option<Standing>> {
        let Some((limiter, address)) = &self.quotas.0 else { return Ok(None) };
        granted(limiter.cost(&self.ctx.actor, *address, cost).await).map(Some)
    }

    async fn shown(&self) -> Result<()> {
        record(&self.ctx).await
    }
}

fn granted(standing: Standing) -> Result<Standing> {
    match standing.wait {
        None => Ok(standing),
        Some(seconds) => {
            metrics::counter!("sanggar_limited_total", "limit" => "graphql").increment(1);
            Err(Error::TooMany(seconds))
        }
    }
}
