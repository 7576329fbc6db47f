//! Letting a community or a person read a goal or a reflection, and taking that back.

use entity::{
    learning_share::{Column, Entity, Model},
    membership, person,
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use super::{goal, happened, place, reflection};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    foundation::error::{Error, Fault, Faults, Result},
    learning::{
        input::ShareLearningInput,
        rule::{SHARES, require_room},
        view::{LearningGoal, LearningGoalId, LearningReflection, LearningReflectionId},
    },
};

/// What is shared.
struct Subject {
    id: Uuid,
    owner: Uuid,
    version: i64,
    plan: Uuid,
    noun: &'static str,
}

/// With whom, as it is stored.
struct Audience {
    id: Uuid,
    kind: &'static str,
}

fn audience(input: &ShareLearningInput, faults: &mut Faults) -> Option<Audience> {
    match (input.community_id, input.person_id) {
        (Some(id), None) => Some(Audience { id: id.into(), kind: "community" }),
        (None, Some(id)) => Some(Audience { id: id.into(), kind: "person" }),
        _ => {
            faults.push(Fault::new("", "audience_names_one"));
            None
        }
    }
}

/// That the community is one of the owner's, or the person is there and somebody else.
async fn check(work: &Work<'_>, owner: Uuid, with: &Audience, faults: &mut Faults) -> Result<()> {
    if with.kind == "community" {
        let ours = membership::Entity::find()
            .filter(membership::Column::PersonId.eq(owner))
            .filter(membership::Column::CommunityId.eq(with.id))
            .filter(membership::Column::Status.eq("active"));
        faults.require(ours.count(work.db()).await? > 0, "/communityId", "community_not_yours");
        return Ok(());
    }
    faults.require(with.id != owner, "/personId", "shared_with_oneself");
    let there = person::Entity::find_by_id(with.id).filter(person::Column::MergedInto.is_null());
    faults.require(there.count(work.db()).await? > 0, "/personId", "person_unknown");
    Ok(())
}

/// Shares it, or shares it no longer; whether anything changed. Saying what stands there already changes nothing.
async fn set(
    work: &Work<'_>,
    permit: &Permit,
    subject: &Subject,
    input: &ShareLearningInput,
    shares: bool,
) -> Result<bool> {
    let mut faults = Faults::new();
    let with = audience(input, &mut faults);
    if let Some(with) = with.as_ref().filter(|_| shares) {
        check(work, subject.owner, with, &mut faults).await?;
    }
    faults.done()?;
    let with = with.ok_or_else(|| Error::invalid("", "audience_names_one"))?;
    let key = (subject.id, with.id);
    let is_shared = Entity::find_by_id(key).count(work.db()).await? > 0;
    if is_shared == shares {
        return Ok(false);
    }
    if shares {
        let there = Entity::find().filter(Column::SubjectId.eq(subject.id)).count(work.db()).await?;
        require_room(there, SHARES)?;
    }
    put(work, permit, subject, &with, shares).await?;
    Ok(true)
}

async fn put(work: &Work<'_>, _: &Permit, subject: &Subject, with: &Audience, shares: bool) -> Result<()> {
    if shares {
        let row = Model {
            subject_id: subject.id,
            audience_id: with.id,
            audience: with.kind.to_owned(),
            owner_id: subject.owner,
            created_at: work.now(),
        };
        Entity::insert(row.into_active_model()).exec_without_returning(work.db()).await?;
    } else {
        Entity::delete_by_id((subject.id, with.id)).exec(work.db()).await?;
    }
    Ok(())
}

macro_rules! sharing {
    ($($(#[$doc:meta])+ $Command:ident, $noun:ident, $Id:ident, $View:ident, $action:expr, $event:literal, $shares:literal;)+) => {$(
        $(#[$doc])+
        pub struct $Command {
            /// Which one.
            pub id: $Id,
            /// With whom.
            pub input: ShareLearningInput,
        }

        impl Command for $Command {
            type Output = $View;
            const ACTION: Action = $action;

            async fn run(&self, work: &Work<'_>) -> Result<$View> {
                let row = $noun::lock(work, self.id).await?;
                let permit = work.permit(Self::ACTION, &place(row.person_id))?;
                work.expect(row.version)?;
                let subject = Subject {
                    id: row.id,
                    owner: row.person_id,
                    version: row.version,
                    plan: row.plan_id,
                    noun: concat!("learning_", stringify!($noun)),
                };
                let is_changed = set(work, &permit, &subject, &self.input, $shares).await?;
                let shown = $noun::shown(work, row).await?;
                if is_changed {
                    work.emit(happened($event, subject.noun, subject.id, subject.version, subject.plan)).await?;
                }
                Ok(shown)
            }
        }
    )+};
}

sharing! {
    /// Lets a community or a person read a goal.
    ShareLearningGoal, goal, LearningGoalId, LearningGoal, Action::LearningGoalShare, "learning_goal.shared", true;
    /// Takes that back.
    UnshareLearningGoal, goal, LearningGoalId, LearningGoal, Action::LearningGoalUnshare, "learning_goal.unshared", false;
    /// Lets a community or a person read a reflection.
    ShareLearningReflection, reflection, LearningReflectionId, LearningReflection, Action::LearningReflectionShare, "learning_reflection.shared", true;
    /// Takes that back.
    UnshareLearningReflection, reflection, LearningReflectionId, LearningReflection, Action::LearningReflectionUnshare, "learning_reflection.unshared", false;
}
