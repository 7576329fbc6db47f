//! Who saw what is held on a person.

use async_graphql::{Context, Object};

use super::{
    list::{self, List},
    node::call,
};
use crate::{
    directory::person::view::PersonId,
    foundation::error::Result,
    privacy::data_access::{
        read::{self, DataAccessFilter},
        view::DataAccess,
    },
};

/// Reads.
#[derive(Default)]
pub struct DataAccessQuery;

#[Object]
impl DataAccessQuery {
    /// Who saw which fields of you, on which day, for which purpose, through which app, and how often; the newest day
    /// first. Your own with your own id; the ministry reads everybody's, and stands in the list when it does. What you
    /// look at yourself is not in it.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn data_accesses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person's id.")] id: PersonId,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<DataAccessFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<DataAccess>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, id, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, id, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }
}
