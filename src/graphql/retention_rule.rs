//! How long what is held stays.

use async_graphql::{Context, Object};

use super::node::call;
use crate::{
    foundation::error::Result,
    privacy::retention::{read, view::RetentionRule},
};

/// Reads.
#[derive(Default)]
pub struct RetentionRuleQuery;

#[Object]
impl RetentionRuleQuery {
    /// Every rule by which data goes or stays, what goes soonest first; and how many rows are due now, of which moment the
    /// oldest is. A dry run: looking changes nothing. For the ministry alone.
    async fn retention_rules(&self, ctx: &Context<'_>) -> Result<Vec<RetentionRule>> {
        read::list(call(ctx)?).await
    }
}
