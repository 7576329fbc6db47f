//! Making notes of progress.

use async_graphql::InputObject;
use chrono::NaiveDate;
use entity::{
    community,
    progress_note::{Column, Entity, Model},
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{rule, view::ProgressNote};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Work},
    },
    community::{
        group::{lock as community_lock, view::CommunityId},
        recognition::{
            facts::Span,
            gather::{self, Counted},
            record::{self, NoteRecord, SCHEMA_VERSION, Sealed},
        },
    },
    foundation::{
        error::{Error, Faults, Result},
        event::Event,
    },
};

/// Which month.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MakeProgressNoteInput {
    /// A day of the month. The month must have ended a week ago.
    #[schema(example = "2026-10-01")]
    pub month: NaiveDate,
}

/// Notes how a community went on in a month. The service does so by itself a week after each month; doing it again
/// changes nothing.
pub struct MakeProgressNote {
    /// Of which community.
    pub community: CommunityId,
    /// Which month.
    pub input: MakeProgressNoteInput,
}

impl Command for MakeProgressNote {
    type Output = ProgressNote;
    const ACTION: Action = Action::ProgressNoteMake;

    async fn run(&self, work: &Work<'_>) -> Result<ProgressNote> {
        let held = community_lock::lock(work, self.community).await?;
        let permit = work.permit(Self::ACTION, &held.place)?;
        let span = sound(work, &held.row, self.input.month)?;
        let noted = Entity::find()
            .filter(Column::CommunityId.eq(held.row.id))
            .filter(Column::Month.eq(span.from))
            .one(work.db())
            .await?;
        if let Some(noted) = noted {
            return noted.try_into();
        }
        let sealed = counted(work, &held.row, span).await?;
        insert(work, &permit, &held.row, span, sealed).await
    }
}

/// The month, where it can be noted of this community.
fn sound(work: &Work<'_>, row: &community::Model, month: NaiveDate) -> Result<Span> {
    let mut faults = Faults::new();
    let today = work.services.issuer_day(work.now());
    let span = faults.take("/month", rule::month(month, today));
    rule::check_there(founded_on(row)?, span, &mut faults);
    faults.done()?;
    span.ok_or_else(|| Error::invalid("/month", "date_out_of_range"))
}

/// The day on which a community was founded, by its clocks.
fn founded_on(row: &community::Model) -> Result<NaiveDate> {
    Ok(row.created_at.with_timezone(&community_lock::clock(row)?).date_naive())
}

async fn counted(work: &Work<'_>, row: &community::Model, span: Span) -> Result<Sealed> {
    let before = Span::month_before(span.from).map_err(|f| Error::internal("the month before", f.code))?;
    let rows = std::slice::from_ref(row);
    let counted = gather::counted(work.db(), rows, span, before).await?.pop();
    let Counted { facts, before } = counted.ok_or(Error::NotFound("community"))?;
    record::seal(&NoteRecord { schema_version: SCHEMA_VERSION, community_id: row.id, facts, before })
}

async fn insert(
    work: &Work<'_>,
    _: &Permit,
    community: &community::Model,
    span: Span,
    sealed: Sealed,
) -> Result<ProgressNote> {
    let row = Model {
        id: work.new_id(),
        community_id: community.id,
        month: span.from,
        record: sealed.text,
        sha256: sealed.sha256,
        created_at: work.now(),
    };
    // The community is held: nobody else makes the same note meanwhile.
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    let event = Event::new("progress_note.made", "progress_note", row.id, 1)
        .in_region(Some(community.region_code.clone()))
        .with(json!({ "communityId": row.community_id, "month": row.month, "sha256": row.sha256 }));
    work.emit(event).await?;
    row.try_into()
}
