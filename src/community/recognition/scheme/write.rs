//! Writing criteria: draft, publish, retire. What was published never changes; other rules are another edition.

use chrono::Datelike;
use entity::recognition_scheme::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, sea_query::OnConflict,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    input::{CreateRecognitionSchemeInput, UpdateRecognitionSchemeInput},
    state::{RecognitionSchemeStatus, require_forward},
    view::{RecognitionScheme, RecognitionSchemeId, status},
};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        scope,
    },
    foundation::{
        error::{Error, Faults, Result},
        event::Event,
        version,
    },
};

/// Drafts the next edition of the criteria.
pub struct CreateRecognitionScheme(pub CreateRecognitionSchemeInput);

impl Command for CreateRecognitionScheme {
    type Output = RecognitionScheme;
    const ACTION: Action = Action::RecognitionSchemeCreate;

    async fn run(&self, work: &Work<'_>) -> Result<RecognitionScheme> {
        let permit = work.permit(Self::ACTION, &Place::default())?;
        let latest = Entity::find().order_by_desc(Column::Edition).one(work.db()).await?;
        let id = work.new_id();
        let mut row = ActiveModel {
            id: Set(id),
            edition: Set(latest.as_ref().map_or(1, |latest| latest.edition + 1)),
            status: Set(RecognitionSchemeStatus::Draft.as_str().to_owned()),
            retired_year: Set(None),
            version: Set(1),
            created_at: Set(work.now()),
            updated_at: Set(work.now()),
            ..Default::default()
        };
        let mut faults = Faults::new();
        UpdateRecognitionSchemeInput::from(self.0.clone()).apply(&mut row, &mut faults);
        faults.done()?;
        if let Some(latest) = latest
            && status(&latest)? == RecognitionSchemeStatus::Draft
        {
            return Err(Error::conflict("recognition_scheme_draft_exists"));
        }
        insert(work, &permit, id, row).await
    }
}

/// Changes a draft.
pub struct UpdateRecognitionScheme {
    /// Which one.
    pub id: RecognitionSchemeId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdateRecognitionSchemeInput,
}

impl Command for UpdateRecognitionScheme {
    type Output = RecognitionScheme;
    const ACTION: Action = Action::RecognitionSchemeUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<RecognitionScheme> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &Place::default())?;
        version::check(self.version, found.version)?;
        status(&found)?.require_draft()?;
        let mut faults = Faults::new();
        let mut change = found.clone().into_active_model();
        self.input.apply(&mut change, &mut faults);
        faults.done()?;
        if !change.is_changed() {
            return found.try_into();
        }
        update(work, &permit, &found, change, "recognition_scheme.updated").await
    }
}

/// Puts a draft in force. What it says never changes again.
pub struct PublishRecognitionScheme(pub RecognitionSchemeId);

impl Command for PublishRecognitionScheme {
    type Output = RecognitionScheme;
    const ACTION: Action = Action::RecognitionSchemePublish;

    async fn run(&self, work: &Work<'_>) -> Result<RecognitionScheme> {
        let found = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &Place::default())?;
        work.expect(found.version)?;
        let next = status(&found)?.publish()?;
        require_forward(found.edition, found.from_year, work.services.issuer_day(work.now()).year())?;
        let mut change = found.clone().into_active_model();
        change.status = Set(next.as_str().to_owned());
        update(work, &permit, &found, change, "recognition_scheme.published").await
    }
}

/// Ends an edition: no year that begins later is looked at by it. Rounds that were computed by it keep it.
pub struct RetireRecognitionScheme(pub RecognitionSchemeId);

impl Command for RetireRecognitionScheme {
    type Output = RecognitionScheme;
    const ACTION: Action = Action::RecognitionSchemeRetire;

    async fn run(&self, work: &Work<'_>) -> Result<RecognitionScheme> {
        let found = lock(work, self.0).await?;
        let permit = work.permit(Self::ACTION, &Place::default())?;
        work.expect(found.version)?;
        let next = status(&found)?.retire()?;
        let mut change = found.clone().into_active_model();
        change.retired_year = Set(Some(work.services.issuer_day(work.now()).year()));
        change.status = Set(next.as_str().to_owned());
        update(work, &permit, &found, change, "recognition_scheme.retired").await
    }
}

async fn lock(work: &Work<'_>, id: RecognitionSchemeId) -> Result<Model> {
    let seen = scope::recognition_schemes(work.actor)?.filter(Column::Id.eq(id.uuid()));
    seen.lock_exclusive().one(work.db()).await?.ok_or(Error::NotFound("recognition_scheme"))
}

/// Two drafts that are begun at once would be the same edition: the second is told that there is one.
async fn insert(work: &Work<'_>, _: &Permit, id: Uuid, row: ActiveModel) -> Result<RecognitionScheme> {
    let once = OnConflict::column(Column::Edition).do_nothing().to_owned();
    let made = Entity::insert(row).on_conflict(once).exec_without_returning(work.db()).await?;
    if made == 0 {
        return Err(Error::conflict("recognition_scheme_draft_exists"));
    }
    let row = Entity::find_by_id(id).one(work.db()).await?;
    let row = row.ok_or(Error::NotFound("recognition_scheme"))?;
    announce(work, "recognition_scheme.created", &row).await?;
    row.try_into()
}

async fn update(
    work: &Work<'_>,
    _: &Permit,
    found: &Model,
    mut change: ActiveModel,
    event: &'static str,
) -> Result<RecognitionScheme> {
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    let row = work.save(found, change).await?;
    announce(work, event, &row).await?;
    row.try_into()
}

async fn announce(work: &Work<'_>, kind: &'static str, row: &Model) -> Result<()> {
    let event = Event::new(kind, "recognition_scheme", row.id, row.version).with(json!({
        "edition": row.edition,
        "fromYear": row.from_year,
        "status": row.status,
    }));
    work.emit(event).await?;
    Ok(())
}
