//! Scoring, completing, and opening again what was completed.

use async_graphql::InputObject;
use entity::{batch, certificate};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Marks, REOPENED, happened, lock, name, place, reason, step, update};
use crate::{
    access::{
        action::Action,
        context::{Command, Work},
    },
    foundation::{
        error::{Error, Result},
        text::Reason,
    },
    training::{
        batch::lock as batch_lock,
        enrolment::{
            completion::{self, Assessment, RequirementUnit},
            record::{self, Minutes},
            rule::EnrolmentStatus,
            view::{Enrolment, EnrolmentId},
        },
        program::rule::Score,
        session::read as session_read,
    },
};

/// A score.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScoreEnrolmentInput {
    /// 0 to 100; replaces an earlier one.
    #[schema(example = 85, minimum = 0, maximum = 100)]
    pub score: i32,
}

/// Gives a participant a score, in place of an earlier one.
pub struct ScoreEnrolment {
    /// Which enrolment.
    pub id: EnrolmentId,
    /// The score.
    pub input: ScoreEnrolmentInput,
}

impl Command for ScoreEnrolment {
    type Output = Enrolment;
    const ACTION: Action = Action::EnrolmentScore;

    async fn run(&self, work: &Work<'_>) -> Result<Enrolment> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(work, Self::ACTION, &locked).await?)?;
        work.expect(locked.row.version)?;
        let score = Score::parse(self.input.score).map_err(|mut fault| {
            fault.pointer = "/score".to_owned();
            Error::Invalid(vec![fault])
        })?;
        batch_lock::status(&locked.batch)?.require_assessment()?;
        locked.status.require_accepted()?;
        let name = name(work, locked.row.person_id).await?;
        if locked.row.score == Some(score.get()) {
            return Enrolment::of(locked.row, name);
        }
        let mut change = locked.row.clone().into_active_model();
        change.score = Set(Some(score.get()));
        let row = update(work, &permit, &locked.row, change).await?;
        work.emit(happened("enrolment.scored", &row)).await?;
        Enrolment::of(row, name)
    }
}

/// Decides whether a participant completed, by the program's pass rule.
pub struct CompleteEnrolment(pub EnrolmentId);

impl Command for CompleteEnrolment {
    type Output = Enrolment;
    const ACTION: Action = Action::EnrolmentComplete;

    async fn run(&self, work: &Work<'_>) -> Result<Enrolment> {
        let locked = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &place(work, Self::ACTION, &locked).await?)?;
        work.expect(locked.row.version)?;
        require_taught(work, &locked.batch).await?;
        let program = record::program_of(work.db(), locked.batch.id).await?;
        let recorded = Minutes::of_one(work.db(), &locked.row).await?.recorded(&locked.row)?;
        let assessment = completion::assess(&record::pass_rule(&program)?, &recorded);
        let jp = record::earned(&program, &recorded)?;
        let Outcome { next, reason, event } = Outcome::of(locked.status, &assessment)?;
        let jp_earned = (next == EnrolmentStatus::Completed).then_some(jp);
        step(work, &permit, locked, next, Marks { reason, jp_earned }, event).await
    }
}

/// That completions of a batch may be decided now.
///
/// # Errors
/// As [`completion::require_taught`].
pub(super) async fn require_taught(work: &Work<'_>, batch: &batch::Model) -> Result<()> {
    let to_come = session_read::sessions_to_come(work.db(), batch.id, work.now()).await?;
    completion::require_taught(batch_lock::status(batch)?, &to_come)
}

/// What an assessment makes of an enrolment.
pub(super) struct Outcome {
    pub next: EnrolmentStatus,
    pub reason: Option<String>,
    pub event: &'static str,
}

impl Outcome {
    /// Completed, or not with what is missing as the reason.
    pub(super) fn of(status: EnrolmentStatus, assessment: &Assessment) -> Result<Self> {
        if assessment.completed() {
            let next = status.complete(assessment)?;
            return Ok(Self { next, reason: None, event: "enrolment.completed" });
        }
        let reason = missing(assessment)?;
        let next = status.not_complete(&reason)?;
        Ok(Self { next, reason: Some(reason.as_str().to_owned()), event: "enrolment.not_completed" })
    }
}

/// What is missing, as the reason on the row. In figures and the codes of the requirements,
/// for a row has no language: `attendance 300/384 minutes; score -/70 points`.
fn missing(assessment: &Assessment) -> Result<Reason> {
    let told: Vec<String> = assessment
        .lines
        .iter()
        .filter(|line| !line.met)
        .map(|line| {
            let actual = line.actual.map_or_else(|| "-".to_owned(), |n| n.to_string());
            let unit: RequirementUnit = line.unit;
            format!("{} {actual}/{} {unit}", line.requirement, line.required)
        })
        .collect();
    Reason::parse(&told.join("; ")).map_err(|fault| Error::internal("say what is missing", fault.code))
}

/// Why a decision is taken back.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReopenEnrolmentInput {
    /// The reason, shown on the enrolment until it is decided anew; 1 to 500 characters.
    #[schema(example = "Presensi sesi 2 keliru dicatat", min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Opens a decided enrolment again, so that what was recorded can be put right; only while the batch
/// runs or after it finished, and while no certificate of it is valid.
pub struct ReopenEnrolment {
    /// Which enrolment.
    pub id: EnrolmentId,
    /// Why.
    pub input: ReopenEnrolmentInput,
}

impl Command for ReopenEnrolment {
    type Output = Enrolment;
    const ACTION: Action = Action::EnrolmentReopen;

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<Enrolment> {
        let locked = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(work, Self::ACTION, &locked).await?)?;
        work.expect(locked.row.version)?;
        let reason = reason(&self.input.reason)?;
        // In a cancelled batch nothing could be put right any more: the person would be left with an
        // open enrolment that nobody can close.
        batch_lock::status(&locked.batch)?.require_assessment()?;
        // A suspended certificate may be reinstated, so it keeps its enrolment closed too.
        let live = certificate::Entity::find()
            .filter(certificate::Column::EnrolmentId.eq(locked.row.id))
            .filter(certificate::Column::Status.is_in(["valid", "suspended"]))
            .count(work.db())
            .await?;
        let next = locked.status.reopen(&reason, live > 0)?;
        let marks = Marks { reason: Some(reason.as_str().to_owned()), ..Marks::default() };
        step(work, &permit, locked, next, marks, REOPENED).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::{enrolment::completion::Recorded, program::rule::PassRule};

    fn outcome(attended_minutes: i64, score: Option<i32>) -> Outcome {
        let score = score.map(|s| Score::parse(s).unwrap());
        let recorded = Recorded { planned_minutes: 480, attended_minutes, score };
        let rule = PassRule::parse(80, Some(70)).unwrap();
        Outcome::of(EnrolmentStatus::Accepted, &completion::assess(&rule, &recorded)).unwrap()
    }

    #[test]
    fn a_reason_names_only_what_is_missing() {
        let told = |attended, score| outcome(attended, score).reason;
        assert_eq!(told(384, Some(70)), None);
        assert_eq!(told(300, Some(70)).as_deref(), Some("attendance 300/384 minutes"));
        assert_eq!(told(300, None).as_deref(), Some("attendance 300/384 minutes; score -/70 points"));
    }

    #[test]
    fn the_event_says_how_it_came_out() {
        let told = |attended| (outcome(attended, Some(90)).next, outcome(attended, Some(90)).event);
        assert_eq!(told(480), (EnrolmentStatus::Completed, "enrolment.completed"));
        assert_eq!(told(0), (EnrolmentStatus::NotCompleted, "enrolment.not_completed"));
    }

    #[test]
    fn only_an_accepted_enrolment_is_decided() {
        let recorded = Recorded { planned_minutes: 10, attended_minutes: 10, score: None };
        let told = completion::assess(&PassRule::parse(80, None).unwrap(), &recorded);
        let refused = Outcome::of(EnrolmentStatus::Withdrawn, &told).err().map(|e| e.code());
        assert_eq!(refused, Some("enrolment_not_accepted"));
    }
}
