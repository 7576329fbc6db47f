//! Agreeing, and taking it back: by the person alone, the one as easily as the other.

use async_graphql::InputObject;
use entity::{
    person,
    sharing_consent::{Column, Entity, Model},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    rule::{self, ConsentEnding, ConsentLanguage, SharingPurpose},
    texts,
    view::{SharingConsent, SharingConsentId},
};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        scope,
    },
    directory::person::{merged, rule::require_held, view::PersonId},
    foundation::{
        error::{Error, Result},
        event::Event,
    },
};

/// To what somebody agrees, in which words.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GiveSharingConsentInput {
    /// What shall be shared.
    pub purpose: SharingPurpose,
    /// The edition of the words that the person has read; it must be that of today.
    #[schema(example = 1, minimum = 1, maximum = 1000)]
    pub edition: i32,
    /// The language in which they read them.
    pub language: ConsentLanguage,
}

/// Agrees to share something.
pub struct GiveSharingConsent {
    /// Who agrees: the caller.
    pub person: PersonId,
    /// To what.
    pub input: GiveSharingConsentInput,
}

impl Command for GiveSharingConsent {
    type Output = SharingConsent;
    const ACTION: Action = Action::SharingConsentGive;

    async fn run(&self, work: &Work<'_>) -> Result<SharingConsent> {
        let GiveSharingConsentInput { purpose, edition, language } = self.input;
        // Two at once wait for each other here.
        let person = scope::concerned(work.actor, Self::ACTION)?
            .filter(person::Column::Id.eq(self.person.uuid()))
            .lock_exclusive()
            .one(work.db())
            .await?
            .ok_or(Error::NotFound("person"))?;
        let permit = work.permit(Self::ACTION, &place(&person))?;
        require_held(person.erased_at)?;
        merged::require_current(work.db(), person.id).await?;
        let text = texts::current(purpose, language);
        rule::require_current(edition, text.edition)?;
        match live(work, &person, purpose).await? {
            Some(row) if row.edition == text.edition => {
                return Err(Error::conflict("sharing_consent_in_force"));
            }
            Some(row) => {
                end(work, &permit, row, ConsentEnding::Replaced).await?;
            }
            None => {}
        }
        let row = Model {
            id: work.new_id(),
            person_id: person.id,
            purpose: purpose.as_str().to_owned(),
            edition,
            language: language.as_str().to_owned(),
            text_hash: text.hash,
            given_at: work.now(),
            ended_at: None,
            ending: None,
            version: 1,
            created_at: work.now(),
            updated_at: work.now(),
        };
        insert(work, &permit, row, &person).await
    }
}

/// Takes it back. Whatever was shared by it is not from the next read on.
pub struct WithdrawSharingConsent {
    /// Which consent.
    pub id: SharingConsentId,
}

impl Command for WithdrawSharingConsent {
    type Output = SharingConsent;
    const ACTION: Action = Action::SharingConsentWithdraw;

    async fn run(&self, work: &Work<'_>) -> Result<SharingConsent> {
        let row = scope::sharing_consents(work.actor)?
            .filter(Column::Id.eq(self.id.uuid()))
            .lock_exclusive()
            .one(work.db())
            .await?
            .ok_or(Error::NotFound("sharing-consent"))?;
        let person = person::Entity::find_by_id(row.person_id).one(work.db()).await?;
        let person = person.ok_or_else(|| Error::internal("sharing_consent.person_id", "leads nowhere"))?;
        let permit = work.permit(Self::ACTION, &place(&person))?;
        work.expect(row.version)?;
        if row.ended_at.is_some() {
            return Err(Error::conflict("sharing_consent_ended"));
        }
        let row = end(work, &permit, row, ConsentEnding::Withdrawn).await?;
        tell(work, "sharing_consent.withdrawn", &row, &person).await?;
        SharingConsent::of(row, person.restricted_at.is_some())
    }
}

fn place(person: &person::Model) -> Place {
    Place { person: Some(person.id), ..Place::default() }
}

/// The one consent of this purpose that did not end.
async fn live(work: &Work<'_>, person: &person::Model, purpose: SharingPurpose) -> Result<Option<Model>> {
    let found = Entity::find()
        .filter(Column::PersonId.eq(person.id))
        .filter(Column::Purpose.eq(purpose.as_str()))
        .filter(Column::EndedAt.is_null())
        .lock_exclusive();
    Ok(found.one(work.db()).await?)
}

async fn insert(work: &Work<'_>, _: &Permit, row: Model, person: &person::Model) -> Result<SharingConsent> {
    Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    tell(work, "sharing_consent.given", &row, person).await?;
    SharingConsent::of(row, person.restricted_at.is_some())
}

async fn end(work: &Work<'_>, _: &Permit, row: Model, ending: ConsentEnding) -> Result<Model> {
    let mut change = row.clone().into_active_model();
    change.ended_at = Set(Some(work.now()));
    change.ending = Set(Some(ending.as_str().to_owned()));
    change.version = Set(row.version + 1);
    change.updated_at = Set(work.now());
    work.save(&row, change).await
}

async fn tell(work: &Work<'_>, kind: &'static str, row: &Model, person: &person::Model) -> Result<()> {
    let event = Event::new(kind, "sharing_consent", row.id, row.version)
        .in_region(person.region_code.clone())
        .with(json!({ "personId": row.person_id, "purpose": row.purpose, "edition": row.edition }));
    work.emit(event).await?;
    Ok(())
}
