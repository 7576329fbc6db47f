//! Restriction of the use of a person's record.

use async_graphql::{Context, Object};

use super::node::{call, with_key};
use crate::{
    directory::{
        person::view::PersonId,
        restriction::{
            read,
            view::Restriction,
            write::{LiftRestriction, RestrictionInput, SetRestriction},
        },
    },
    foundation::error::Result,
};

/// Reads.
#[derive(Default)]
pub struct RestrictionQuery;

#[Object]
impl RestrictionQuery {
    /// Whether the use of a person's record is restricted, since when, and who had it restricted, which decides who may
    /// lift it.
    async fn restriction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person's id.")] id: PersonId,
    ) -> Result<Restriction> {
        read::find(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct RestrictionMutation;

#[Object]
impl RestrictionMutation {
    /// Restricts the use of a record, at once: nobody else begins anything new with it, and nothing is shared beyond
    /// what must be; what the person began goes on. For yourself without a reason; an officer for somebody of their
    /// region, and the ministry in a dispute, with one.
    async fn set_restriction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person's id.")] id: PersonId,
        #[graphql(desc = "Why.")] input: RestrictionInput,
    ) -> Result<Restriction> {
        with_key(ctx)?.write(SetRestriction { person: id, input }).await
    }

    /// Lets a record be used as before. What the person set, they alone lift; what the ministry set, the ministry
    /// alone; what an officer set for the person, the person, an officer of their region, or the ministry.
    async fn lift_restriction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person's id.")] id: PersonId,
        #[graphql(desc = "Why.")] input: RestrictionInput,
    ) -> Result<Restriction> {
        with_key(ctx)?.write(LiftRestriction { person: id, input }).await
    }
}
