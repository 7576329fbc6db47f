//! A breach as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use entity::breach::Model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    clock::{Clock, Told},
    rule::{BreachCause, BreachChannel, BreachDataClass},
    state::BreachStatus,
};
use crate::{
    foundation::{
        error::{Error, Fault, Result},
        id::{Id, Kind},
    },
    identity::account::rule::AccountLanguage,
};

/// The id of a breach.
pub type BreachId = Id<Breach>;

impl Kind for Breach {
    const NAME: &'static str = "Breach";
}

/// That the authority was told of a breach, or why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BreachAuthorityNotice {
    /// When it was told; null where it need not be.
    pub notified_at: Option<DateTime<Utc>>,
    /// How.
    pub channel: Option<BreachChannel>,
    /// Under which number it has it.
    #[schema(example = "PDP/2026/0117", max_length = 100)]
    pub reference: Option<String>,
    /// Why it need not be told; null where it was.
    #[schema(max_length = 500)]
    pub not_needed_because: Option<String>,
    /// Whether it was told after the 72 hours.
    pub late: bool,
}

/// That the persons whom a breach touches were told, or why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BreachPersonsNotice {
    /// When the last of them was told; null where they need not be.
    pub notified_at: Option<DateTime<Utc>>,
    /// How.
    pub channel: Option<BreachChannel>,
    /// How many.
    #[schema(example = 120, minimum = 0)]
    pub persons: Option<i32>,
    /// Why they need not be told; null where they were.
    #[schema(max_length = 500)]
    pub not_needed_because: Option<String>,
    /// Whether they were told after the 72 hours.
    pub late: bool,
}

/// A breach of personal data (kebocoran data pribadi), with its clock. It names no person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Breach {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: BreachId,
    /// What it is called.
    #[schema(example = "Laptop dinas hilang", max_length = 200)]
    pub title: String,
    /// What happened.
    #[schema(max_length = 4000)]
    pub what_happened: String,
    /// When it was found out; the 72 hours run from here.
    pub discovered_at: DateTime<Utc>,
    /// When they are over (UU 27/2022, article 46).
    pub due_at: DateTime<Utc>,
    /// Whole hours left, below zero once they are over; null once everybody was told, or need not be.
    #[schema(example = 71)]
    pub hours_left: Option<i64>,
    /// Whether they are over and somebody is still to be told.
    pub overdue: bool,
    /// Whether somebody was told after them.
    pub notified_late: bool,
    /// Since when data lay open; null where it is not known.
    pub occurred_from: Option<DateTime<Utc>>,
    /// Until when; null where it is not known.
    pub occurred_until: Option<DateTime<Utc>>,
    /// Classes of data that came out.
    #[schema(max_items = 30)]
    pub data_classes: Vec<BreachDataClass>,
    /// How it came to be.
    pub cause: BreachCause,
    /// How many persons it touches, as far as is known.
    #[schema(example = 120, minimum = 0)]
    pub persons_estimated: i32,
    /// Regions where they are; empty where it is the whole country or not known.
    #[schema(example = json!(["32.73"]), max_items = 50)]
    pub region_codes: Vec<String>,
    /// What may come of it for them; null where nothing was said.
    #[schema(max_length = 4000)]
    pub consequences: Option<String>,
    /// What is done about it; null where nothing was said.
    #[schema(max_length = 4000)]
    pub measures: Option<String>,
    /// Whom to ask; null where nothing was said.
    #[schema(example = "Pejabat PDP, pdp@contoh.go.id", max_length = 200)]
    pub contact: Option<String>,
    /// When it was stopped; null while it goes on.
    pub contained_at: Option<DateTime<Utc>>,
    /// That the authority was told, or why not; null while neither is said.
    pub authority_notice: Option<BreachAuthorityNotice>,
    /// That the persons were told, or why not; null while neither is said.
    pub persons_notice: Option<BreachPersonsNotice>,
    /// What was learnt; null until it was closed once.
    #[schema(max_length = 4000)]
    pub lessons: Option<String>,
    /// Where it stands.
    pub status: BreachStatus,
    /// Why it went a step back; null otherwise.
    #[schema(max_length = 500)]
    pub status_reason: Option<String>,
    /// Since when it stands there.
    pub status_since: DateTime<Utc>,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// The notice to the persons whom a breach touches, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BreachLetter {
    /// In which language.
    pub language: AccountLanguage,
    /// What it is about, in one line.
    #[schema(example = "Pemberitahuan kebocoran data pribadi: Laptop dinas hilang")]
    pub subject: String,
    /// Its text: which data, when and how it came out, what is done, whom to ask.
    pub text: String,
}

/// The clock of a row.
pub fn clock(row: &Model) -> Clock {
    Clock {
        discovered_at: row.discovered_at,
        authority: Told::of(row.authority_notified_at, row.authority_not_needed.as_deref()),
        persons: Told::of(row.persons_notified_at, row.persons_not_needed.as_deref()),
    }
}

/// Where a row stands.
///
/// # Errors
/// `internal` when a column holds what no rule knows.
pub fn status(row: &Model) -> Result<BreachStatus> {
    BreachStatus::parse(&row.status).map_err(odd("breach.status"))
}

fn odd(column: &'static str) -> impl Fn(Fault) -> Error {
    move |fault| Error::internal(column, fault.code)
}

fn channel(text: Option<&str>) -> Result<Option<BreachChannel>> {
    text.map(BreachChannel::parse).transpose().map_err(odd("breach.channel"))
}

fn listed<T: serde::de::DeserializeOwned>(column: &'static str, value: &serde_json::Value) -> Result<Vec<T>> {
    Vec::deserialize(value).map_err(|error| Error::internal(column, error))
}

fn authority_notice(row: &Model, clock: &Clock) -> Result<Option<BreachAuthorityNotice>> {
    if !clock.authority.is_settled() {
        return Ok(None);
    }
    Ok(Some(BreachAuthorityNotice {
        notified_at: row.authority_notified_at,
        channel: channel(row.authority_channel.as_deref())?,
        reference: row.authority_reference.clone(),
        not_needed_because: row.authority_not_needed.clone(),
        late: clock.is_late(clock.authority),
    }))
}

fn persons_notice(row: &Model, clock: &Clock) -> Result<Option<BreachPersonsNotice>> {
    if !clock.persons.is_settled() {
        return Ok(None);
    }
    Ok(Some(BreachPersonsNotice {
        notified_at: row.persons_notified_at,
        channel: channel(row.persons_channel.as_deref())?,
        persons: row.persons_notified,
        not_needed_because: row.persons_not_needed.clone(),
        late: clock.is_late(clock.persons),
    }))
}

impl Breach {
    /// The view of a row at `now`.
    ///
    /// # Errors
    /// `internal` when a column holds what no rule knows.
    pub fn at(row: Model, now: DateTime<Utc>) -> Result<Self> {
        let clock = clock(&row);
        Ok(Self {
            authority_notice: authority_notice(&row, &clock)?,
            persons_notice: persons_notice(&row, &clock)?,
            status: status(&row)?,
            data_classes: listed("breach.data_classes", &row.data_classes)?,
            cause: BreachCause::parse(&row.cause).map_err(odd("breach.cause"))?,
            region_codes: listed("breach.region_codes", &row.region_codes)?,
            due_at: clock.due_at(),
            hours_left: clock.hours_left(now),
            overdue: clock.is_overdue(now),
            notified_late: clock.notified_late(),
            id: row.id.into(),
            title: row.title,
            what_happened: row.what_happened,
            discovered_at: row.discovered_at,
            occurred_from: row.occurred_from,
            occurred_until: row.occurred_until,
            persons_estimated: row.persons_estimated,
            consequences: row.consequences,
            measures: row.measures,
            contact: row.contact,
            contained_at: row.contained_at,
            lessons: row.lessons,
            status_reason: row.status_reason,
            status_since: row.status_since,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
