//! Resource persons and their competences as both faces show them.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rule::{self, CompetenceStatus};
use crate::{
    access::actor::{Actor, Place},
    directory::{organisation::view::OrganisationId, person::view::PersonId},
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
};

/// The id of a resource person.
pub type ResourcePersonId = Id<ResourcePerson>;
/// The id of one competence.
pub type CompetenceId = Id<Competence>;

impl Kind for ResourcePerson {
    const NAME: &'static str = "ResourcePerson";
}

impl Kind for Competence {
    const NAME: &'static str = "Competence";
}

/// A program as the directory knows it: by its id. What a program is belongs to training.
pub struct TaughtProgram;

impl Kind for TaughtProgram {
    const NAME: &'static str = "Program";
}

/// Who teaches (narasumber). Every signed-in caller may know them: participants learn who teaches them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct ResourcePerson {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ResourcePersonId,
    /// The person it is.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// The person's full name.
    #[schema(example = "Dewi Lestari, M.Pd.", max_length = 150)]
    pub name: String,
    /// On whose behalf they teach, where so.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub organisation_id: Option<OrganisationId>,
    /// What they are known for.
    #[schema(max_length = 1000)]
    pub biography: Option<String>,
    /// What shows that they can teach which program, oldest first.
    #[graphql(skip)]
    pub competences: Vec<Competence>,
    /// Grows with every change of the record, of its competences or of the person.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// Evidence that a resource person can teach a program, and what was decided on it. Everyone who signed
/// in sees where it stands; the evidence and the decision are for whom they are about and for those who
/// verify, and null for others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Competence {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: CompetenceId,
    /// Whose it is.
    #[schema(value_type = String, format = "uuid")]
    pub resource_person_id: ResourcePersonId,
    /// The program it is for.
    #[schema(value_type = String, format = "uuid")]
    pub program_id: Id<TaughtProgram>,
    /// What shows it: a certificate, a portfolio, years of practice. Null unless you may verify it or it
    /// is your own, as with `evidenceUrl`, `reason` and `decidedBy`.
    #[schema(example = "Sertifikat pelatih nasional Numerasi 2025", max_length = 1000)]
    pub evidence: Option<String>,
    /// Where it can be seen.
    #[schema(example = "https://contoh.id/portofolio", format = "uri", max_length = 500)]
    pub evidence_url: Option<String>,
    /// Where it stands; only `verified` may teach.
    pub status: CompetenceStatus,
    /// Why it was refused or withdrawn.
    #[schema(max_length = 500)]
    pub reason: Option<String>,
    /// Who decided, as the audit trail names them.
    pub decided_by: Option<String>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// Grows by one with every change.
    pub version: i64,
    /// When the record came to be.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl From<(entity::resource_person::Model, entity::person::Model)> for ResourcePerson {
    /// Without competences; the read brings them where they are wanted.
    fn from((row, person): (entity::resource_person::Model, entity::person::Model)) -> Self {
        Self {
            id: row.id.into(),
            person_id: row.person_id.into(),
            name: person.name,
            organisation_id: row.organisation_id.map(Into::into),
            biography: row.biography,
            competences: Vec::new(),
            // Both only grow, so their sum changes whenever what is shown does.
            version: row.version + person.version - 1,
            created_at: row.created_at,
            updated_at: row.updated_at.max(person.updated_at),
        }
    }
}

impl Competence {
    /// What `actor` sees of `row`, which belongs to `at`.
    ///
    /// # Errors
    /// `internal` when the column holds a status that no rule knows.
    pub fn seen_by(actor: &Actor, row: entity::competence::Model, at: &Place) -> Result<Self> {
        let shown = rule::evidence_shown(actor, at);
        Ok(Self {
            id: row.id.into(),
            resource_person_id: row.resource_person_id.into(),
            program_id: row.program_id.into(),
            evidence: Some(row.evidence).filter(|_| shown),
            evidence_url: row.evidence_url.filter(|_| shown),
            status: CompetenceStatus::parse(&row.status)
                .map_err(|f| Error::internal("competence.status", f.code))?,
            reason: row.reason.filter(|_| shown),
            decided_by: row.decided_by.filter(|_| shown),
            decided_at: row.decided_at,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
