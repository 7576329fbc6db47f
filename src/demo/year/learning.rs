//! What two members of the first community plan to learn.

use super::{as_member, missing, person};
use crate::{
    community::group::view::CommunityId,
    demo::{World, communities::Founded},
    directory::person::view::PersonId,
    foundation::error::Result,
    learning::{
        input::{
            AddLearningEvidenceInput, CreateLearningGoalInput, CreateLearningPlanInput,
            RecordSelfAssessmentInput, ShareLearningInput, WriteLearningReflectionInput,
        },
        view::{LearningEvidenceId, LearningGoalId, LearningPlanId, LearningReflectionId},
        write::{
            AddLearningEvidence, CreateLearningGoal, CreateLearningPlan, RecordSelfAssessment,
            ShareLearningGoal, ShareLearningReflection, WriteLearningReflection,
        },
    },
};

/// One id of each.
#[derive(Clone, Copy)]
pub struct Planned {
    /// A plan.
    pub plan: LearningPlanId,
    /// A goal of it.
    pub goal: LearningGoalId,
    /// What shows something was learned.
    pub evidence: LearningEvidenceId,
    /// What its owner makes of it.
    pub reflection: LearningReflectionId,
}

/// Two plans: one shares its goal with the community, the other a reflection with the first.
pub(super) async fn planned(world: &World<'_>, group: &Founded) -> Result<Planned> {
    world.at(-5, 19);
    let mut plans = Vec::new();
    for (nth, goal) in
        [(1, "Setiap murid saya bertanya sekali seminggu."), (2, "Umpan balik saya memandu langkah berikut.")]
    {
        plans.push(plan(world, group, nth, goal).await?);
    }
    let first = *plans.first().ok_or_else(|| missing("a plan"))?;
    let second = *plans.last().ok_or_else(|| missing("a plan"))?;
    let input = with(Some(group.id), None);
    as_member(world, group, 1)?.write(ShareLearningGoal { id: first.goal, input }).await?;
    let input = with(None, Some(person(group, 1)?));
    as_member(world, group, 2)?.write(ShareLearningReflection { id: second.reflection, input }).await?;
    Ok(first)
}

fn with(community_id: Option<CommunityId>, person_id: Option<PersonId>) -> ShareLearningInput {
    ShareLearningInput { community_id, person_id }
}

async fn plan(world: &World<'_>, group: &Founded, nth: usize, goal: &str) -> Result<Planned> {
    let member = as_member(world, group, nth)?;
    let input = CreateLearningPlanInput { period: "2027".to_owned() };
    let plan = member.write(CreateLearningPlan { input }).await?.id;
    let input =
        CreateLearningGoalInput { competency: Some("K1".to_owned()), text: goal.to_owned(), due_on: None };
    let goal = member.write(CreateLearningGoal { plan, input }).await?.id;
    for (competency, level) in [("K1", 2), ("K3", 4)] {
        let input = RecordSelfAssessmentInput { competency: competency.to_owned(), level, corrects_id: None };
        member.write(RecordSelfAssessment { plan, input }).await?;
    }
    let input = AddLearningEvidenceInput {
        goal_id: Some(goal),
        certificate_id: None,
        activity_id: None,
        artefact_id: None,
        url: Some("https://contoh.id/portofolio".to_owned()),
        text: "Rekaman kuis yang disusun murid bersama saya.".to_owned(),
    };
    let evidence = member.write(AddLearningEvidence { plan, input }).await?.evidence_id;
    let input = WriteLearningReflectionInput { text: "Saya belajar menunggu sebelum menjawab.".to_owned() };
    let reflection = member.write(WriteLearningReflection { plan, input }).await?.id;
    Ok(Planned { plan, goal, evidence, reflection })
}
