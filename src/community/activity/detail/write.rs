//! Saying what is particular to an activity.

use entity::{
    activity::Model,
    activity_role::{Column, Entity},
    artefact,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{
    input::DescribeActivityInput,
    read,
    rule::{Part, Said, said},
    view::DescribedActivity,
};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
        scope,
    },
    community::{
        activity::{
            lock::lock,
            rule::ActivityKind,
            view::ActivityId,
            write::{happened, update},
        },
        colleague,
    },
    foundation::error::{Error, Faults, Result},
};

/// Says what is particular to an activity, until its report is complete; in place of what was said before.
pub struct DescribeActivity {
    /// Which activity.
    pub id: ActivityId,
    /// What.
    pub input: DescribeActivityInput,
}

impl Command for DescribeActivity {
    type Output = DescribedActivity;
    const ACTION: Action = Action::ActivityDescribe;

    async fn run(&self, work: &Work<'_>) -> Result<DescribedActivity> {
        let held = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &held.community.place)?;
        work.expect(held.row.version)?;
        held.status.require_detail_open()?;
        let kind =
            ActivityKind::parse(&held.row.kind).map_err(|f| Error::internal("activity.kind", f.code))?;
        let mut faults = Faults::new();
        let told = said(kind, &self.input, &mut faults);
        if let Some(told) = &told {
            check(work, held.row.community_id, told, &mut faults).await?;
        }
        faults.done()?;
        let told = told.ok_or_else(|| Error::invalid("", "detail_missing"))?;
        let words = serde_json::to_value(&told.words).map_err(|e| Error::internal("write the detail", e))?;
        let persons: Vec<(Uuid, Part)> = told.persons.iter().map(|(_, id, part)| (*id, *part)).collect();
        if held.row.detail.as_ref() == Some(&words) && named(work, held.row.id).await? == persons {
            return shown(work, held.row).await;
        }
        put(work, &permit, held.row.id, &persons).await?;
        let mut change = held.row.clone().into_active_model();
        change.detail = Set(Some(words));
        let row = update(work, &permit, &held.row, change).await?;
        let event = happened("activity.described", &row, json!({}));
        let shown = shown(work, row).await?;
        work.emit(event).await?;
        Ok(shown)
    }
}

/// That whom and what it names belongs to the community.
async fn check(work: &Work<'_>, community: Uuid, told: &Said, faults: &mut Faults) -> Result<()> {
    let of = told.persons.iter().map(|(_, id, _)| *id).collect();
    let members = colleague::active(work.db(), community, of).await?;
    for (pointer, id, _) in &told.persons {
        faults.require(members.contains(id), pointer, "colleague_not_a_member");
    }
    if let Some(id) = told.artefact {
        let known = scope::artefacts(work.actor)?
            .filter(artefact::Column::Id.eq(id))
            .filter(artefact::Column::CommunityId.eq(community))
            .count(work.db())
            .await?;
        faults.require(known > 0, "/bestPractice/artefactId", "reference_unknown");
    }
    Ok(())
}

/// Who is named now, in order.
async fn named(work: &Work<'_>, activity: Uuid) -> Result<Vec<(Uuid, Part)>> {
    let mut rows = Entity::find().filter(Column::ActivityId.eq(activity)).all(work.db()).await?;
    rows.sort_by_key(|row| row.position);
    let part =
        |role: &str| if role == Part::Supervisor.as_str() { Part::Supervisor } else { Part::Presenter };
    Ok(rows.iter().map(|row| (row.person_id, part(&row.role))).collect())
}

async fn put(work: &Work<'_>, _: &Permit, activity: Uuid, persons: &[(Uuid, Part)]) -> Result<()> {
    Entity::delete_many().filter(Column::ActivityId.eq(activity)).exec(work.db()).await?;
    let rows = persons.iter().zip(0..).map(|((person_id, part), position)| entity::activity_role::Model {
        activity_id: activity,
        person_id: *person_id,
        role: part.as_str().to_owned(),
        position,
    });
    let rows: Vec<_> = rows.map(IntoActiveModel::into_active_model).collect();
    if !rows.is_empty() {
        Entity::insert_many(rows).exec_without_returning(work.db()).await?;
    }
    Ok(())
}

async fn shown(work: &Work<'_>, row: Model) -> Result<DescribedActivity> {
    read::shown(work.db(), work.actor, &[row]).await?.pop().ok_or(Error::NotFound("activity"))
}
