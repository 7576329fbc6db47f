//! A program as both faces show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use super::rule::{PdForm, ProgramStatus};
use crate::{
    directory::{
        organisation::view::{Organisation, OrganisationId},
        person::rule::PersonKind,
    },
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of a program.
pub type ProgramId = Id<Program>;

impl Kind for Program {
    const NAME: &'static str = "Program";
}

/// A curriculum (program pelatihan): its form, hours, audience and pass rule. It is run in batches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Program {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ProgramId,
    /// Who offers it.
    #[schema(value_type = String, format = "uuid")]
    pub provider_id: OrganisationId,
    /// Short code, part of certificate numbers; unique with its provider.
    #[schema(example = "GB-INKLUSIF", max_length = 20)]
    pub code: String,
    /// Title as certificates print it.
    #[schema(example = "Guru Belajar: Seri Pendidikan Inklusif", max_length = 200)]
    pub title: String,
    /// What participants learn, in plain words; may have several paragraphs, may be empty.
    #[schema(max_length = 5000)]
    pub description: String,
    /// The form of professional development it has.
    pub form: PdForm,
    /// Credit hours (JP) of the whole program.
    #[schema(example = 32, minimum = 1, maximum = 1000)]
    pub hours_jp: i32,
    /// Minutes of one JP.
    #[schema(example = 45, minimum = 30, maximum = 60)]
    pub minutes_per_jp: i32,
    /// Whether JP are granted in proportion to attendance; else all or none.
    pub pro_rata: bool,
    /// Least attendance to complete, percent of the planned minutes.
    #[schema(example = 80, minimum = 0, maximum = 100)]
    pub attendance_percent: i32,
    /// Least score to complete; null when nothing is scored.
    #[schema(example = 70, minimum = 0, maximum = 100)]
    pub minimum_score: Option<i32>,
    /// The kinds of person it is meant for; empty = everyone.
    pub audience: Vec<PersonKind>,
    /// Codes of the competency model it serves.
    #[schema(example = json!(["K1", "K3"]), max_items = 20)]
    pub competencies: Vec<String>,
    /// Where it stands.
    pub status: ProgramStatus,
    /// Grows by one with every change; what `If-Match` and `version` refer to.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Its provider, where the read was planned to bring it along.
    #[serde(skip)]
    #[graphql(skip)]
    pub joined_provider: Option<Box<Organisation>>,
}

impl TryFrom<entity::program::Model> for Program {
    type Error = Error;

    fn try_from(row: entity::program::Model) -> Result<Self> {
        Ok(Self {
            id: row.id.into(),
            provider_id: row.provider_id.into(),
            code: row.code,
            title: row.title,
            description: row.description,
            form: PdForm::parse(&row.form).map_err(|f| Error::internal("program.form", f.code))?,
            hours_jp: row.hours_jp,
            minutes_per_jp: row.minutes_per_jp,
            pro_rata: row.pro_rata,
            attendance_percent: row.attendance_percent,
            minimum_score: row.minimum_score,
            audience: list("program.audience", row.audience)?,
            competencies: list("program.competencies", row.competencies)?,
            status: ProgramStatus::parse(&row.status)
                .map_err(|f| Error::internal("program.status", f.code))?,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            joined_provider: None,
        })
    }
}

fn list<T: DeserializeOwned>(column: &str, json: serde_json::Value) -> Result<Vec<T>> {
    serde_json::from_value(json).map_err(|e| Error::internal(column, e))
}
