//! Changing schools. They come from imports; what a school knows best about itself is kept here.

use async_graphql::{InputObject, MaybeUndefined};
use entity::school::{ActiveModel, Column, Model};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, IntoActiveModel, QueryFilter, QuerySelect};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    teaching::TeachingWindow,
    view::{School, SchoolId},
};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        scope,
    },
    directory::person::contact::{Email, Phone},
    foundation::{
        error::{Error, Faults, Result},
        event::Event,
        patch, version,
    },
};

/// What may be changed about a school; what is left out stays, null clears (JSON merge patch, RFC 7396).
#[derive(Debug, Clone, Default, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateSchoolInput {
    /// Telephone; `0812-3456-7890` and `+62 812 3456 7890` are the same.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "+62224203520", max_length = 30)]
    pub phone: MaybeUndefined<String>,
    /// E-mail address.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "email", example = "surat@smpn2bandung.sch.id", max_length = 254)]
    pub email: MaybeUndefined<String>,
    /// When it gives lessons; always given whole, and never null.
    #[serde(default)]
    #[schema(value_type = Option<TeachingWindow>)]
    pub teaching_window: MaybeUndefined<TeachingWindow>,
}

/// Changes a school's contacts or teaching hours.
pub struct UpdateSchool {
    /// Which one.
    pub id: SchoolId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdateSchoolInput,
}

impl Command for UpdateSchool {
    type Output = School;
    const ACTION: Action = Action::SchoolUpdate;

    async fn run(&self, work: &Work<'_>) -> Result<School> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        version::check(self.version, found.version)?;
        let mut faults = Faults::new();
        let phone = patch::optional(&mut faults, "/phone", &self.input.phone, |raw| Phone::parse(raw));
        let email = patch::optional(&mut faults, "/email", &self.input.email, |raw| Email::parse(raw));
        let window =
            patch::required(&mut faults, "/teachingWindow", &self.input.teaching_window, |w| Ok(w.clone()))
                .and_then(|window| window.columns("/teachingWindow", &mut faults));
        faults.done()?;
        let mut change = found.clone().into_active_model();
        if let Some(phone) = phone {
            change.phone.set_if_not_equals(phone.map(|p| p.as_str().to_owned()));
        }
        if let Some(email) = email {
            change.email.set_if_not_equals(email.map(|e| e.as_str().to_owned()));
        }
        if let Some(window) = window {
            change.timezone.set_if_not_equals(window.timezone);
            change.teaching_days.set_if_not_equals(window.days);
            change.teaching_from.set_if_not_equals(window.from);
            change.teaching_until.set_if_not_equals(window.until);
        }
        if !change.is_changed() {
            return School::seen_by(work.actor, found);
        }
        update(work, &permit, &found, change).await
    }
}

/// Where a school belongs.
fn place(row: &Model) -> Place {
    Place { region: Some(row.region_code.clone()), school: Some(row.id), ..Place::default() }
}

/// The row, locked until the transaction ends (SQLite has one writer anyway).
async fn lock(work: &Work<'_>, id: SchoolId) -> Result<Model> {
    scope::schools()
        .filter(Column::Id.eq(id.uuid()))
        .lock_exclusive()
        .one(work.db())
        .await?
        .ok_or(Error::NotFound("school"))
}

async fn update(work: &Work<'_>, _: &Permit, found: &Model, mut change: ActiveModel) -> Result<School> {
    change.version = Set(found.version + 1);
    change.updated_at = Set(work.now());
    let row = work.save(found, change).await?;
    let event = Event::new("school.updated", "school", row.id, row.version)
        .in_region(Some(row.region_code.clone()))
        .with(json!({ "npsn": row.npsn, "name": row.name, "level": row.level }));
    work.emit(event).await?;
    School::seen_by(work.actor, row)
}
