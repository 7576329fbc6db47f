//! Changing one's own learning. Each command locks the plan, or what it is about, within what the caller sees; asks for a
//! permit, which only the owner gets; and tells of it last, with ids and nothing else.

mod evidence;
mod goal;
mod plan;
mod reflection;
mod share;

pub use evidence::{AddLearningEvidence, RecordSelfAssessment, RemoveLearningEvidence};
pub use goal::{CreateLearningGoal, SettleLearningGoal, UpdateLearningGoal};
pub use plan::CreateLearningPlan;
pub use reflection::{UpdateLearningReflection, WriteLearningReflection};
pub use share::{ShareLearningGoal, ShareLearningReflection, UnshareLearningGoal, UnshareLearningReflection};

use entity::learning_plan::{Column, Model};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::view::LearningPlanId;
use crate::{
    access::{actor::Place, context::Work, scope},
    foundation::{
        error::{Error, Result},
        event::Event,
    },
};

/// Where something of this person belongs: to them, and to no region, school or office.
fn place(person: Uuid) -> Place {
    Place { person: Some(person), ..Place::default() }
}

/// A plan of the caller, locked.
async fn lock_plan(work: &Work<'_>, id: LearningPlanId) -> Result<Model> {
    let own = scope::learning_plans(work.actor)?.filter(Column::Id.eq(id.uuid()));
    own.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("learning_plan"))
}

/// That something happened: whose it is, what it says and how anybody sees themselves is in no event.
fn happened(kind: &'static str, noun: &'static str, id: Uuid, version: i64, plan: Uuid) -> Event {
    Event::new(kind, noun, id, version).with(json!({ "planId": plan }))
}
