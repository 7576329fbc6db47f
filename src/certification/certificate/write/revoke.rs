//! Taking a certificate back, for ever.

use async_graphql::InputObject;
use entity::certificate::{Column, Model};
use sea_orm::{ActiveValue::Set, ColumnTrait, IntoActiveModel, QueryFilter, QuerySelect};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        scope,
    },
    certification::certificate::{
        state::{Change, State},
        view::{Certificate, CertificateId},
    },
    foundation::{
        error::{Error, Faults, Result},
        event::Event,
        text::Reason,
    },
};

/// Why a certificate is taken back.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RevokeCertificateInput {
    /// Why, in your words; 1 to 500 characters. Holder and issuer see it, the public does not.
    #[schema(example = "Issued to the wrong person", min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Revokes a certificate. The payload stays as it was signed.
pub struct RevokeCertificate {
    /// Which one.
    pub id: CertificateId,
    /// Why.
    pub input: RevokeCertificateInput,
}

impl Command for RevokeCertificate {
    type Output = Certificate;
    const ACTION: Action = Action::CertificateRevoke;

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<Certificate> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        work.expect(found.version)?;
        let state = State::of(&found.status)?.after(Change::Revoke)?;
        let mut faults = Faults::new();
        let reason = faults.take("/reason", Reason::parse(&self.input.reason));
        faults.done()?;
        let Some(reason) = reason else { return Err(Error::invalid("/reason", "reason_missing")) };
        let row = revoke(work, &permit, found, state, &reason).await?;
        Certificate::of(row, work.services.issuer_day(work.now()))
    }
}

/// The row, locked until the transaction ends (SQLite has one writer anyway).
async fn lock(work: &Work<'_>, id: CertificateId) -> Result<Model> {
    scope::certificates(work.actor)?
        .filter(Column::Id.eq(id.uuid()))
        .lock_exclusive()
        .one(work.db())
        .await?
        .ok_or(Error::NotFound("certificate"))
}

fn place(row: &Model) -> Place {
    Place {
        region: row.region_code.clone(),
        organisation: Some(row.provider_id),
        school: row.school_id,
        person: Some(row.person_id),
        ..Place::default()
    }
}

async fn revoke(work: &Work<'_>, _: &Permit, found: Model, state: State, reason: &Reason) -> Result<Model> {
    let version = found.version + 1;
    let revoked = Event::new("certificate.revoked", "certificate", found.id, version)
        .in_region(found.region_code.clone())
        .with(json!({ "number": found.number, "reason": reason }));
    let stamp = work.emit(revoked).await?;
    let mut change = found.clone().into_active_model();
    change.status = Set(state.as_str().to_owned());
    change.status_reason = Set(Some(reason.as_str().to_owned()));
    change.changed_at = Set(stamp.at);
    change.changed_pos = Set(stamp.pos);
    change.version = Set(version);
    work.save(&found, change).await
}
