//! The audit trail.

use async_graphql::{Context, Object};

use super::{
    list::{self, List},
    node::call,
};
use crate::{
    foundation::error::Result,
    identity::audit_entry::{
        read::{self, AuditEntryFilter},
        view::AuditEntry,
    },
};

/// Reads.
#[derive(Default)]
pub struct AuditEntryQuery;

#[Object]
impl AuditEntryQuery {
    /// Who did what to which things, when, why, through which app, and what it changed; the newest first. The ministry
    /// reads all of them; a regional officer those of which every subject lies in their region.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn audit_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<AuditEntryFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<AuditEntry>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One entry of the audit trail by its number. Entries never change.
    async fn audit_entry(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The entry's number.")] seq: i64,
    ) -> Result<AuditEntry> {
        read::find(call(ctx)?, seq).await
    }
}
