//! What shows that one learned, and how one sees oneself.

use entity::{
    activity_attendance, artefact_author, certificate,
    learning_evidence::{Column, Entity, Model},
    learning_goal, self_assessment,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait,
    PaginatorTrait, QueryFilter,
};
use uuid::Uuid;

use super::{happened, lock_plan, place};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
        scope,
    },
    community::{article::rule::https, identity},
    foundation::error::{Error, Faults, Result},
    learning::{
        input::{AddLearningEvidenceInput, RecordSelfAssessmentInput},
        read::{shown_assessment, shown_evidence},
        rule::{self, ASSESSMENTS, EVIDENCE, TEXT, require_room},
        view::{
            LearningEvidence, LearningEvidenceId, LearningPlanId, RemovedLearningEvidence, SelfAssessment,
        },
    },
};

/// Adds what shows that one learned.
pub struct AddLearningEvidence {
    /// To which plan.
    pub plan: LearningPlanId,
    /// What.
    pub input: AddLearningEvidenceInput,
}

impl Command for AddLearningEvidence {
    type Output = LearningEvidence;
    const ACTION: Action = Action::LearningEvidenceAdd;

    async fn run(&self, work: &Work<'_>) -> Result<LearningEvidence> {
        let plan = lock_plan(work, self.plan).await?;
        let permit = work.permit(Self::ACTION, &place(plan.person_id))?;
        let (input, mut faults) = (&self.input, Faults::new());
        rule::one_thing(input, &mut faults);
        let url = faults.take("/url", input.url.as_deref().map(https).transpose());
        let text = faults.take("/text", identity::several_lines(&input.text, TEXT));
        self.check(work, plan.id, plan.person_id, &mut faults).await?;
        faults.done()?;
        let (Some(url), Some(text)) = (url, text) else { return Err(Error::invalid("", "invalid")) };
        require_room(Entity::find().filter(Column::PlanId.eq(plan.id)).count(work.db()).await?, EVIDENCE)?;
        let row = Model {
            id: work.new_id(),
            plan_id: plan.id,
            person_id: plan.person_id,
            goal_id: input.goal_id.map(Into::into),
            certificate_id: input.certificate_id.map(Into::into),
            activity_id: input.activity_id.map(Into::into),
            artefact_id: input.artefact_id.map(Into::into),
            url,
            text,
            created_at: work.now(),
        };
        insert(work, &permit, &row).await?;
        work.emit(happened("learning_evidence.added", "learning_evidence", row.id, 1, plan.id)).await?;
        Ok(shown_evidence(row))
    }
}

impl AddLearningEvidence {
    /// That what it names is the person's own. What is somebody else's is as unknown as what is not there.
    async fn check(&self, work: &Work<'_>, plan: Uuid, person: Uuid, faults: &mut Faults) -> Result<()> {
        let (input, db) = (&self.input, work.db());
        if let Some(id) = input.goal_id {
            let found =
                learning_goal::Entity::find_by_id(id.uuid()).filter(learning_goal::Column::PlanId.eq(plan));
            faults.require(found.count(db).await? > 0, "/goalId", "evidence_not_yours");
        }
        if let Some(id) = input.certificate_id {
            let found =
                certificate::Entity::find_by_id(id.uuid()).filter(certificate::Column::PersonId.eq(person));
            faults.require(found.count(db).await? > 0, "/certificateId", "evidence_not_yours");
        }
        if let Some(id) = input.activity_id {
            let found = activity_attendance::Entity::find_by_id((id.uuid(), person));
            faults.require(found.count(db).await? > 0, "/activityId", "evidence_not_yours");
        }
        if let Some(id) = input.artefact_id {
            let found = artefact_author::Entity::find()
                .filter(artefact_author::Column::ArtefactId.eq(id.uuid()))
                .filter(artefact_author::Column::PersonId.eq(person));
            faults.require(found.count(db).await? > 0, "/artefactId", "evidence_not_yours");
        }
        Ok(())
    }
}

async fn insert(work: &Work<'_>, _: &Permit, row: &Model) -> Result<()> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    Ok(())
}

/// Takes a piece of evidence away.
pub struct RemoveLearningEvidence(pub LearningEvidenceId);

impl Command for RemoveLearningEvidence {
    type Output = RemovedLearningEvidence;
    const ACTION: Action = Action::LearningEvidenceRemove;

    async fn run(&self, work: &Work<'_>) -> Result<RemovedLearningEvidence> {
        let own = scope::learning_evidence(work.actor)?.filter(Column::Id.eq(self.0.uuid()));
        let row = own.one(work.db()).await?.ok_or(Error::NotFound("learning_evidence"))?;
        let permit = work.permit(Self::ACTION, &place(row.person_id))?;
        let (id, plan) = (row.id, row.plan_id);
        delete(work, &permit, row).await?;
        work.emit(happened("learning_evidence.removed", "learning_evidence", id, 2, plan)).await?;
        Ok(RemovedLearningEvidence { evidence_id: id.into() })
    }
}

async fn delete(work: &Work<'_>, _: &Permit, row: Model) -> Result<()> {
    row.delete(work.db()).await?;
    Ok(())
}

/// Writes down how one sees oneself, for oneself.
pub struct RecordSelfAssessment {
    /// In which plan.
    pub plan: LearningPlanId,
    /// How.
    pub input: RecordSelfAssessmentInput,
}

impl Command for RecordSelfAssessment {
    type Output = SelfAssessment;
    const ACTION: Action = Action::SelfAssessmentRecord;

    async fn run(&self, work: &Work<'_>) -> Result<SelfAssessment> {
        use self_assessment::{Column, Entity};
        let plan = lock_plan(work, self.plan).await?;
        let permit = work.permit(Self::ACTION, &place(plan.person_id))?;
        let mut faults = Faults::new();
        let competency = faults.take("/competency", rule::competency(&self.input.competency));
        let level = faults.take("/level", rule::level(self.input.level));
        let corrected = match self.input.corrects_id {
            None => None,
            Some(id) => {
                Entity::find_by_id(id.uuid()).filter(Column::PlanId.eq(plan.id)).one(work.db()).await?
            }
        };
        let known = self.input.corrects_id.is_none() || corrected.is_some();
        faults.require(known, "/correctsId", "assessment_unknown");
        let stands = corrected.as_ref().is_none_or(|row| row.corrected_at.is_none());
        faults.require(stands, "/correctsId", "assessment_corrected");
        let same =
            corrected.as_ref().zip(competency.as_ref()).is_none_or(|(row, code)| row.competency == *code);
        faults.require(same, "/correctsId", "assessment_of_other_competency");
        faults.done()?;
        let (Some(competency), Some(level)) = (competency, level) else {
            return Err(Error::invalid("", "invalid"));
        };
        require_room(Entity::find().filter(Column::PlanId.eq(plan.id)).count(work.db()).await?, ASSESSMENTS)?;
        let row = self_assessment::Model {
            id: work.new_id(),
            plan_id: plan.id,
            person_id: plan.person_id,
            competency,
            level,
            corrects_id: corrected.as_ref().map(|row| row.id),
            corrected_at: None,
            created_at: work.now(),
        };
        add(work, &permit, &row, corrected).await?;
        work.emit(happened("self_assessment.recorded", "self_assessment", row.id, 1, plan.id)).await?;
        Ok(shown_assessment(row))
    }
}

async fn add(
    work: &Work<'_>,
    _: &Permit,
    row: &self_assessment::Model,
    corrected: Option<self_assessment::Model>,
) -> Result<()> {
    self_assessment::Entity::insert(row.clone().into_active_model())
        .exec_without_returning(work.db())
        .await?;
    if let Some(old) = corrected {
        let mut change = old.into_active_model();
        change.corrected_at = Set(Some(work.now()));
        change.update(work.db()).await?;
    }
    Ok(())
}
