//! What was recorded of enrolments, and how it stands against the program's pass rule.

use std::collections::HashMap;

use entity::{
    attendance, batch,
    enrolment::{Column, Model},
    program, session,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait, Select,
};
use uuid::Uuid;

use super::{
    completion::{self, Recorded},
    view::{Completion, EnrolmentId, status},
};
use crate::{
    access::{context::Ctx, scope},
    foundation::error::{Error, Result},
    training::program::rule::{Jp, PassRule, Score},
};

/// Whether an enrolment meets its program's pass rule, and why.
///
/// # Errors
/// `not_found`.
pub async fn find_completion(ctx: &Ctx, id: EnrolmentId) -> Result<Completion> {
    let row = scope::enrolments(&ctx.actor)?.filter(Column::Id.eq(id.uuid())).one(ctx.db()).await?;
    let row = row.ok_or(Error::NotFound("enrolment"))?;
    let program = program_of(ctx.db(), row.batch_id).await?;
    let minutes = Minutes::of_one(ctx.db(), &row).await?;
    let recorded = minutes.recorded(&row)?;
    let assessment = completion::assess(&pass_rule(&program)?, &recorded);
    let met = assessment.completed();
    Ok(Completion {
        enrolment_id: id,
        status: status(&row)?,
        met,
        planned_minutes: recorded.planned_minutes,
        attended_minutes: recorded.attended_minutes,
        jp: match (row.jp_earned, met) {
            (Some(jp), _) => Some(jp),
            (None, true) => Some(earned(&program, &recorded)?),
            (None, false) => None,
        },
        lines: assessment.lines,
    })
}

/// The program that a batch runs.
///
/// # Errors
/// `internal` when it is missing: the batch refers to it.
pub(super) async fn program_of(db: &impl ConnectionTrait, batch: Uuid) -> Result<program::Model> {
    program::Entity::find()
        .join_rev(JoinType::InnerJoin, batch::Relation::Program.def())
        .filter(batch::Column::Id.eq(batch))
        .one(db)
        .await?
        .ok_or_else(|| Error::internal("the program of a batch", "is missing"))
}

/// What a program asks for.
///
/// # Errors
/// `internal` when the row holds what no rule allows.
pub fn pass_rule(program: &program::Model) -> Result<PassRule> {
    PassRule::parse(program.attendance_percent, program.minimum_score)
        .map_err(|_| Error::internal("the pass rule of a program", program.id))
}

/// JP that a completion with this record earns.
///
/// # Errors
/// `internal` when the row holds what no rule allows.
pub(super) fn earned(program: &program::Model, recorded: &Recorded) -> Result<i32> {
    let jp =
        Jp::parse(program.hours_jp).map_err(|_| Error::internal("the hours of a program", program.id))?;
    Ok(completion::earned_jp(jp, program.pro_rata, recorded).get())
}

/// Minutes planned and attended in a batch.
pub struct Minutes {
    planned: i64,
    attended: HashMap<Uuid, i64>,
}

impl Minutes {
    /// Of all enrolments of a batch: two statements.
    pub async fn of_batch(db: &impl ConnectionTrait, batch: Uuid) -> Result<Self> {
        let attended = attendance::Entity::find()
            .join(JoinType::InnerJoin, attendance::Relation::Session.def())
            .filter(session::Column::BatchId.eq(batch));
        Self::load(db, batch, attended).await
    }

    /// Of one enrolment: two statements.
    pub async fn of_one(db: &impl ConnectionTrait, row: &Model) -> Result<Self> {
        let attended = attendance::Entity::find().filter(attendance::Column::EnrolmentId.eq(row.id));
        Self::load(db, row.batch_id, attended).await
    }

    async fn load(
        db: &impl ConnectionTrait,
        batch: Uuid,
        attended: Select<attendance::Entity>,
    ) -> Result<Self> {
        let planned: Option<Option<i64>> = session::Entity::find()
            .select_only()
            .column_as(session::Column::Minutes.sum(), "planned")
            .filter(session::Column::BatchId.eq(batch))
            .into_tuple()
            .one(db)
            .await?;
        let attended: Vec<(Uuid, i64)> = attended
            .select_only()
            .column(attendance::Column::EnrolmentId)
            .column_as(attendance::Column::Minutes.sum(), "attended")
            .group_by(attendance::Column::EnrolmentId)
            .into_tuple()
            .all(db)
            .await?;
        Ok(Self { planned: planned.flatten().unwrap_or_default(), attended: attended.into_iter().collect() })
    }

    /// What was recorded of an enrolment.
    ///
    /// # Errors
    /// `internal` when the row holds a score no rule allows.
    pub fn recorded(&self, row: &Model) -> Result<Recorded> {
        let score = row.score.map(Score::parse).transpose();
        Ok(Recorded {
            planned_minutes: self.planned,
            attended_minutes: self.attended.get(&row.id).copied().unwrap_or_default(),
            score: score.map_err(|_| Error::internal("the score of an enrolment", row.id))?,
        })
    }
}
