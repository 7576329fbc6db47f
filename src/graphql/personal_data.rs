//! A person's own copy of what is held on them.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, Utc};

use super::node::call;
use crate::{
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Result},
        page::{MAX_LIMIT, PageRequest},
    },
    privacy::{
        personal_data::read::{self, Held},
        register::Section,
    },
};

/// Reads.
#[derive(Default)]
pub struct PersonalDataQuery;

#[Object]
impl PersonalDataQuery {
    /// Everything that is held on you, as it is stored, section by section. It is yours alone: nobody else gets it,
    /// whatever their role. REST gives all of it in one file.
    async fn personal_data(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Your own id.")] id: PersonId,
    ) -> Result<PersonalData> {
        let call = call(ctx)?;
        Ok(PersonalData { held: read::open(call, id).await?, read_at: call.now() })
    }
}

/// Everything that is held on a person.
pub struct PersonalData {
    held: Held,
    read_at: DateTime<Utc>,
}

/// Everything that is held on a person.
#[Object]
impl PersonalData {
    /// Whose it is.
    async fn person_id(&self) -> PersonId {
        self.held.person
    }

    /// When reading began.
    async fn read_at(&self) -> DateTime<Utc> {
        self.read_at
    }

    /// What this is and what is not in it, in your language.
    async fn note(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(read::note(call(ctx)?.language))
    }

    /// Every section, those without rows too.
    async fn sections(
        &self,
        #[graphql(desc = "Only those of these names.")] names: Option<Vec<String>>,
    ) -> Result<Vec<PersonalDataSection>> {
        let sections = read::sections_named(names.as_deref())?;
        let with = |section| PersonalDataSection { held: self.held.clone(), section: Arc::new(section) };
        Ok(sections.into_iter().map(with).collect())
    }
}

/// One kind of thing that is held on a person.
pub struct PersonalDataSection {
    held: Held,
    section: Arc<Section>,
}

/// One kind of thing that is held on a person.
#[Object]
impl PersonalDataSection {
    /// Its name; the same in every language.
    async fn name(&self) -> &str {
        self.section.name
    }

    /// What it is, in your language.
    async fn explanation(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(read::explanation(&self.section, call(ctx)?.language))
    }

    /// Its rows, by their keys.
    async fn rows(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many; 1 to 100, 20 unless said.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor: the `next` of the page before.")] after: Option<String>,
    ) -> Result<PersonalDataRows> {
        let request = PageRequest::relay(first, after, None, None, MAX_LIMIT)?;
        let (rows, next) = read::page(call(ctx)?, &self.held, &self.section, &request).await?;
        let written = rows.iter().map(serde_json::to_string).collect::<std::result::Result<_, _>>();
        Ok(PersonalDataRows { rows: written.map_err(|e| Error::internal("write a person's copy", e))?, next })
    }
}

/// Some rows of a section.
#[derive(SimpleObject)]
pub struct PersonalDataRows {
    /// The rows as they are stored, each a JSON object: every column but secrets by its name.
    rows: Vec<String>,
    /// Pass it as `after` to get the next page; null at the end.
    next: Option<String>,
}
