//! Persons.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    certificate,
    list::{self, List},
    loader::{self, MergedFrom, RegionKey, Shared},
    node::{call, with_key},
};
use crate::{
    certification::certificate::view::Certificate,
    directory::{
        person::{
            merge::{MergePerson, MergePersonInput},
            read::{self, PersonFilter, PersonPlan},
            view::{Person, PersonId},
            write::{CreatePerson, CreatePersonInput, UpdatePerson, UpdatePersonInput},
        },
        region::view::Region,
        school::view::School,
    },
    foundation::error::{Error, Result},
};

#[ComplexObject]
impl Person {
    /// The home school.
    async fn school(&self, ctx: &Context<'_>) -> std::result::Result<Option<School>, Shared> {
        match &self.joined_school {
            Some(school) => Ok(Some((**school).clone())),
            None => loader::edge(ctx, self.school_id).await,
        }
    }

    /// Region of the home school, or of residence for those without one.
    async fn region(&self, ctx: &Context<'_>) -> std::result::Result<Option<Region>, Shared> {
        match &self.joined_region {
            Some(region) => Ok(Some((**region).clone())),
            None => loader::edge(ctx, self.region_code.clone().map(RegionKey)).await,
        }
    }

    /// The retired records that became part of this one, directly or through others.
    async fn merged_from(&self, ctx: &Context<'_>) -> std::result::Result<Vec<PersonId>, Shared> {
        Ok(loader::opt(ctx, MergedFrom(self.id)).await?.unwrap_or_default())
    }

    /// The person's certificates, newest first.
    async fn certificates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> std::result::Result<List<Certificate>, Shared> {
        certificate::of_person(ctx, self.id, list::request(ctx, first, after, last, before)).await
    }
}

/// What the selection under a person wants along with it.
pub fn plan(wants: impl Fn(&str) -> bool) -> PersonPlan {
    PersonPlan { school: wants("school"), region: wants("region") }
}

/// Reads.
#[derive(Default)]
pub struct PersonQuery;

#[Object]
impl PersonQuery {
    /// The persons within your reach, by name. Records that became part of another, and those that were erased, are
    /// left out. Fields that you have no purpose for are null, and nobody is found by them.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn persons(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<PersonFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Person>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let plan = plan(|field| list::wants(ctx, field));
        let page = read::list(call, &filter, plan, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// One person by id. For the id of a record that became part of another this is the surviving
    /// record, whose `id` then differs from the one asked for and whose `mergedFrom` holds it.
    async fn person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person's id.")] id: PersonId,
    ) -> Result<Person> {
        let plan = plan(|field| ctx.look_ahead().field(field).exists());
        read::survivor_opt(call(ctx)?, id, plan).await?.ok_or(Error::NotFound("person"))
    }
}

/// Commands.
#[derive(Default)]
pub struct PersonMutation;

#[Object]
impl PersonMutation {
    /// Adds a person to the directory. The identity number (NIK) is kept encrypted and is in no answer.
    async fn create_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who it is.")] input: CreatePersonInput,
    ) -> Result<Person> {
        with_key(ctx)?.write(CreatePerson(input)).await
    }

    /// Changes a person; what is left out stays, null clears. A school brings its region along.
    async fn update_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person's id.")] id: PersonId,
        #[graphql(desc = "The version you read.")] version: Option<i64>,
        #[graphql(desc = "The changes; what is left out stays.")] input: UpdatePersonInput,
    ) -> Result<Person> {
        with_key(ctx)?.write(UpdatePerson { id, version, input }).await
    }

    /// Makes two records of one human one: enrolments, certificates and teaching move to the surviving
    /// record, to which the retired id leads from then on. Answers with the surviving record.
    async fn merge_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The record that retires.")] id: PersonId,
        #[graphql(desc = "Into which record, and why.")] input: MergePersonInput,
    ) -> Result<Person> {
        with_key(ctx)?.write(MergePerson { id, input }).await
    }
}
