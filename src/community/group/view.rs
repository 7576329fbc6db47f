//! A community as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    quiet::{Dormancy, Known},
    rule::{CommunityAnchor, CommunityKind, Openness},
    state::CommunityStatus,
};
use crate::{
    directory::{
        region::view::Region,
        school::{
            rule::SchoolLevel,
            teaching::TeachingDay,
            view::{School, SchoolId},
        },
    },
    foundation::{
        error::{Error, Fault, Result},
        id::{Id, Kind},
    },
};

/// The id of a community.
pub type CommunityId = Id<Community>;

impl Kind for Community {
    const NAME: &'static str = "Community";
}

/// A work group of teachers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Community {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: CommunityId,
    /// What kind of group it is.
    pub kind: CommunityKind,
    /// What people call it.
    #[schema(example = "KKG Gugus Cengkeh", max_length = 150)]
    pub name: String,
    /// What it belongs to.
    pub anchor: CommunityAnchor,
    /// The region it belongs to; that of its school, where it has one.
    #[schema(example = "33.23", max_length = 8)]
    pub region_code: String,
    /// Its school; of a cluster, the core school (sekolah inti). Null where it has none.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub school_id: Option<SchoolId>,
    /// The schools of its cluster, in the order of their ids; empty where it belongs to no cluster.
    #[schema(value_type = Vec<String>, max_items = 60)]
    pub school_ids: Vec<SchoolId>,
    /// The subject its members teach; null = any.
    #[schema(example = "Matematika", max_length = 60)]
    pub subject: Option<String>,
    /// The level of the schools its members teach at; null = any.
    pub level: Option<SchoolLevel>,
    /// How one becomes a member.
    pub openness: Openness,
    /// Charter: what it is for.
    #[schema(example = "Setiap guru kelas mampu menyusun asesmen diagnostik.", max_length = 2000)]
    pub goals: String,
    /// Charter: what its members agreed on; null where they wrote nothing.
    #[schema(max_length = 2000)]
    pub agreements: Option<String>,
    /// Charter: what its members expect of one another; null where they wrote nothing.
    #[schema(max_length = 2000)]
    pub expectations: Option<String>,
    /// Charter: how many days apart it means to meet.
    #[schema(example = 14, minimum = 1, maximum = 180)]
    pub cadence_days: i32,
    /// The one day of the week on which its members are excused from lessons; null = none.
    pub learning_day: Option<TeachingDay>,
    /// IANA zone of its clocks.
    #[schema(example = "Asia/Jakarta", max_length = 40)]
    pub timezone: String,
    /// Where it stands.
    pub status: CommunityStatus,
    /// Why it was closed; null otherwise.
    #[schema(max_length = 500)]
    pub status_reason: Option<String>,
    /// Since when it stands there.
    pub status_since: DateTime<Utc>,
    /// End of its latest activity that was held; null before the first.
    pub last_held_at: Option<DateTime<Utc>>,
    /// How quiet it has been; null unless it is at work.
    pub dormancy: Option<Dormancy>,
    /// How many members it has.
    #[schema(example = 18, minimum = 0)]
    pub member_count: i64,
    /// When its next planned activity starts; null when nothing is planned.
    pub next_meeting_at: Option<DateTime<Utc>>,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Its school, where the read was planned to bring it along.
    #[serde(skip)]
    #[graphql(skip)]
    pub joined_school: Option<Box<School>>,
    /// Its region, where the read was planned to bring it along.
    #[serde(skip)]
    #[graphql(skip)]
    pub joined_region: Option<Box<Region>>,
}

/// What a community's view shows beside its own columns.
pub struct Surroundings {
    /// How many members it has.
    pub member_count: i64,
    /// When its next planned activity starts.
    pub next_meeting_at: Option<DateTime<Utc>>,
}

impl Community {
    /// What a row shows at `now`, without the schools of its cluster.
    ///
    /// # Errors
    /// `internal` when the row holds what no rule knows.
    pub fn of(row: entity::community::Model, around: Surroundings, now: DateTime<Utc>) -> Result<Self> {
        let odd = |column: &'static str| move |f: Fault| Error::internal(column, f.code);
        let level = row.level.as_deref().map(SchoolLevel::parse).transpose();
        let learning_day = row.learning_day.as_deref().map(TeachingDay::parse).transpose();
        let status = CommunityStatus::parse(&row.status).map_err(odd("community.status"))?;
        let known = Known {
            status,
            status_since: row.status_since,
            last_held_at: row.last_held_at,
            cadence_days: row.cadence_days,
        };
        Ok(Self {
            id: row.id.into(),
            kind: CommunityKind::parse(&row.kind).map_err(odd("community.kind"))?,
            name: row.name,
            anchor: CommunityAnchor::parse(&row.anchor).map_err(odd("community.anchor"))?,
            region_code: row.region_code,
            school_id: row.school_id.map(Into::into),
            school_ids: Vec::new(),
            subject: row.subject,
            level: level.map_err(odd("community.level"))?,
            openness: Openness::parse(&row.openness).map_err(odd("community.openness"))?,
            goals: row.goals,
            agreements: row.agreements,
            expectations: row.expectations,
            cadence_days: row.cadence_days,
            learning_day: learning_day.map_err(odd("community.learning_day"))?,
            timezone: row.timezone,
            status,
            status_reason: row.status_reason,
            status_since: row.status_since,
            last_held_at: row.last_held_at,
            dormancy: Dormancy::of(known, now),
            member_count: around.member_count,
            next_meeting_at: around.next_meeting_at,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            joined_school: None,
            joined_region: None,
        })
    }
}
