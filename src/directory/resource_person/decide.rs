//! Deciding on evidence of competence: verify, refuse, withdraw.

use async_graphql::InputObject;
use entity::{
    competence::{Column, Model},
    person, resource_person,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, IntoActiveModel, QueryFilter};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    rule::{CompetenceStatus, Decision},
    view::{Competence, CompetenceId},
    write::{announce, lock, place, touch},
};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
        scope,
    },
    foundation::{
        error::{Error, Faults, Result},
        text::Reason,
    },
};

/// Why evidence is refused or competence withdrawn.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompetenceReasonInput {
    /// The reason, in words the resource person can act on; at most 500 characters.
    #[schema(example = "Sertifikat yang dilampirkan sudah tidak berlaku.", max_length = 500)]
    pub reason: String,
}

/// Verifies evidence: the resource person may teach the program from now on.
pub struct VerifyCompetence(pub CompetenceId);

impl Command for VerifyCompetence {
    type Output = Competence;
    const ACTION: Action = Action::CompetenceVerify;

    async fn run(&self, work: &Work<'_>) -> Result<Competence> {
        let (case, permit) = Case::open(work, self.0, Self::ACTION).await?;
        case.require_other(work)?;
        let decision = case.status()?.verify(work.actor.subject.as_str(), work.now())?;
        case.close(work, &permit, "competence.verified", decision).await
    }
}

/// Refuses evidence; other evidence may be given.
pub struct RefuseCompetence {
    /// Which.
    pub id: CompetenceId,
    /// Why.
    pub input: CompetenceReasonInput,
}

impl Command for RefuseCompetence {
    type Output = Competence;
    const ACTION: Action = Action::CompetenceRefuse;

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<Competence> {
        let (case, permit) = Case::open(work, self.id, Self::ACTION).await?;
        case.require_other(work)?;
        let reason = reason(&self.input)?;
        let decision = case.status()?.refuse(work.actor.subject.as_str(), work.now(), reason)?;
        case.close(work, &permit, "competence.refused", decision).await
    }
}

/// Withdraws verified competence: the resource person may no longer teach the program.
pub struct WithdrawCompetence {
    /// Which.
    pub id: CompetenceId,
    /// Why.
    pub input: CompetenceReasonInput,
}

impl Command for WithdrawCompetence {
    type Output = Competence;
    const ACTION: Action = Action::CompetenceWithdraw;

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<Competence> {
        let (case, permit) = Case::open(work, self.id, Self::ACTION).await?;
        let reason = reason(&self.input)?;
        let decision = case.status()?.withdraw(work.actor.subject.as_str(), work.now(), reason)?;
        case.close(work, &permit, "competence.withdrawn", decision).await
    }
}

fn reason(input: &CompetenceReasonInput) -> Result<Reason> {
    let mut faults = Faults::new();
    let reason = faults.take("/reason", Reason::parse(&input.reason));
    faults.done()?;
    reason.ok_or_else(|| Error::invalid("/reason", "reason_missing"))
}

/// One piece of evidence with whose it is; the resource person is locked, and so is all that is theirs.
struct Case {
    row: Model,
    teacher: resource_person::Model,
    person: person::Model,
}

impl Case {
    async fn open(work: &Work<'_>, id: CompetenceId, action: Action) -> Result<(Self, Permit)> {
        let find = || async {
            let one = scope::competences(work.actor)?.filter(Column::Id.eq(id.uuid()));
            one.one(work.db()).await?.ok_or(Error::NotFound("competence"))
        };
        let (teacher, person) = lock(work, find().await?.resource_person_id.into()).await?;
        // Read again behind the lock: whoever held it may have decided.
        let row = find().await?;
        let permit = work.permit(action, &place(&person, Some(&teacher)))?;
        work.expect(row.version)?;
        Ok((Self { row, teacher, person }, permit))
    }

    fn status(&self) -> Result<CompetenceStatus> {
        CompetenceStatus::parse(&self.row.status).map_err(|f| Error::internal("competence.status", f.code))
    }

    /// Nobody vouches for themselves.
    fn require_other(&self, work: &Work<'_>) -> Result<()> {
        if work.actor.grants.iter().any(|grant| grant.person == Some(self.person.id)) {
            return Err(Error::conflict("own_competence"));
        }
        Ok(())
    }

    async fn close(
        self,
        work: &Work<'_>,
        _: &Permit,
        event: &'static str,
        decision: Decision,
    ) -> Result<Competence> {
        let row = Model {
            status: decision.status.as_str().to_owned(),
            reason: decision.reason.map(|reason| reason.as_str().to_owned()),
            decided_by: Some(decision.by),
            decided_at: Some(decision.at),
            version: self.row.version + 1,
            updated_at: work.now(),
            ..self.row.clone()
        };
        row.clone().into_active_model().reset_all().update(work.db()).await?;
        work.changed(&self.row, &row);
        touch(work, &self.teacher).await?;
        announce(work, event, &row, &self.person).await?;
        Competence::seen_by(work.actor, row, &place(&self.person, Some(&self.teacher)))
    }
}
