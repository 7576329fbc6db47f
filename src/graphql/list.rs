//! Relay connections over the domain's pages.

use async_graphql::{
    Context, Lookahead, OutputType, SimpleObject,
    connection::{Connection, ConnectionNameType, CursorType, Edge, EdgeNameType, EmptyFields},
};

use super::loader::Shared;
use crate::foundation::{
    error::Result,
    page::{Direction, MAX_LIMIT, Page, PageRequest},
};

/// What a connection has besides its edges.
#[derive(SimpleObject)]
pub struct Totals {
    /// How many there are in all. Counted only when asked for: it costs a scan of all that match.
    total_count: Option<i64>,
}

/// A Relay connection of `T` (GraphQL Cursor Connections Specification).
pub type List<T> = Connection<String, T, Totals, EmptyFields>;

/// Which page the arguments `first`, `after`, `last` and `before` want.
pub fn request(
    ctx: &Context<'_>,
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
) -> Result<PageRequest> {
    request_up_to(MAX_LIMIT, ctx, first, after, last, before)
}

/// As [`request`], for a list whose pages have at most `max` rows.
pub fn request_up_to(
    max: u64,
    ctx: &Context<'_>,
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
) -> Result<PageRequest> {
    let page = PageRequest::relay(first, after, last, before, max)?;
    let far = match page.direction {
        Direction::Forward => "hasPreviousPage",
        Direction::Backward => "hasNextPage",
    };
    Ok(PageRequest { exact: ctx.look_ahead().field("pageInfo").field(far).exists(), ..page })
}

/// How many rows of a nested edge without cursors are wanted.
///
/// # Errors
/// `invalid` for a number out of bounds.
pub fn size(first: Option<i32>) -> std::result::Result<u64, Shared> {
    PageRequest::relay(first, None, None, None, MAX_LIMIT).map(|page| page.limit).map_err(Shared::new)
}

/// Whether the caller asked for `totalCount`.
pub fn wants_total(ctx: &Context<'_>) -> bool {
    ctx.look_ahead().field("totalCount").exists()
}

/// The two ways a connection's rows are asked for: `edges { node }` and `nodes`.
pub fn rows<'a>(ctx: &'a Context<'a>) -> [Lookahead<'a>; 2] {
    [ctx.look_ahead().field("edges").field("node"), ctx.look_ahead().field("nodes")]
}

/// Whether `field` is asked for on the connection's rows, either way.
pub fn wants(ctx: &Context<'_>, field: &str) -> bool {
    rows(ctx).iter().any(|row| row.field(field).exists())
}

/// The connection of a page.
pub fn connection<T: OutputType>(page: Page<T>, total: Option<u64>) -> List<T>
where
    async_graphql::connection::DefaultConnectionName: ConnectionNameType,
    async_graphql::connection::DefaultEdgeName: EdgeNameType,
    String: CursorType,
{
    let total_count = total.map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    let mut list =
        Connection::with_additional_fields(page.has_previous, page.has_next, Totals { total_count });
    list.edges.extend(page.rows.into_iter().map(|(cursor, row)| Edge::new(cursor, row)));
    list
}
