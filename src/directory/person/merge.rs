//! Two records of one human become one. Everything that hangs on the retired record moves to
//! the surviving one, and the retired id leads there for ever.

mod accounts;
mod artefacts;
mod calendar;
mod community;
mod correction;
mod credit;
mod detail;
mod erasure;
mod learning;
mod looks;
mod peers;
mod sharing;
mod voice;

use std::collections::HashMap;

use async_graphql::InputObject;
use entity::{
    batch, certificate, enrolment,
    person::{Column, Model},
    session_teacher,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select, sea_query::Expr,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    change::differing,
    merged, rule, shown,
    view::{Person, PersonId},
    write::{announce, place},
};
use crate::{
    access::{
        action::Action,
        actor::Permit,
        context::{Command, Ctx, Work},
        scope,
    },
    directory::{resource_person, restriction},
    foundation::{
        error::{Error, Fault, Faults, Result},
        event::Event,
        text::Reason,
    },
};

/// Into which record, and why.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MergePersonInput {
    /// The record that survives; where it was merged itself, the record it leads to.
    #[schema(value_type = String, format = "uuid")]
    pub into_id: PersonId,
    /// How it was found that both are one human; at most 500 characters.
    #[schema(example = "NIK dan ijazah sama; data lama dari sekolah sebelumnya.", max_length = 500)]
    pub reason: String,
}

/// Merges one record into another.
pub struct MergePerson {
    /// The record that retires.
    pub id: PersonId,
    /// Into which, and why.
    pub input: MergePersonInput,
}

impl Command for MergePerson {
    type Output = Person;
    const ACTION: Action = Action::PersonMerge;

    fn shows(&self, answer: &Person, ctx: &Ctx) {
        shown::note(ctx, answer);
    }

    fn why(&self) -> Option<&str> {
        Some(&self.input.reason)
    }

    async fn run(&self, work: &Work<'_>) -> Result<Person> {
        let (from, into) = (self.id.uuid(), self.input.into_id.uuid());
        let mut rows = lock(work, &[from, into]).await?;
        let retired = rows.get(&from).cloned().ok_or(Error::NotFound("person"))?;
        let permit = work.permit(Self::ACTION, &place(&retired))?;
        work.expect(retired.version)?;
        let mut faults = Faults::new();
        faults.require(rows.contains_key(&into), "/intoId", "reference_unknown");
        let reason = faults.take("/reason", Reason::parse(&self.input.reason));
        faults.done()?;
        let Some(reason) = reason else { return Err(Error::invalid("/reason", "reason_missing")) };
        let end = survivor(work, from, into).await?;
        if end != into {
            rows.extend(lock(work, &[end]).await?);
        }
        let survivor = rows.get(&end).cloned().ok_or(Error::NotFound("person"))?;
        work.permit(Self::ACTION, &place(&survivor))?;
        if survivor.merged_into.is_some() {
            // It was retired between the look at the chain and the lock: look again.
            return Err(Error::Internal { what: "the survivor moved on".to_owned(), transient: true });
        }
        rule::require_held(retired.erased_at)?;
        rule::require_held(survivor.erased_at)?;
        restriction::require_use(work.actor, &retired)?;
        restriction::require_use(work.actor, &survivor)?;
        require_different_people_apart(&retired, &survivor)?;
        require_no_shared_batch(work, from, end).await?;
        merge(work, &permit, retired, survivor, &reason).await
    }
}

/// The rows with these ids within reach, locked in one order, so that two merges cannot wait for each other.
async fn lock(work: &Work<'_>, ids: &[Uuid]) -> Result<HashMap<Uuid, Model>> {
    let rows = scope::persons(work.actor)?
        .filter(Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(work.db())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

async fn survivor(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<Uuid> {
    let mut links = merged::links(work.db(), into).await?;
    links.extend(merged::links(work.db(), from).await?);
    rule::merge(from, into, |id| links.get(id).copied())
}

/// Two identity numbers are two humans. Where one of them is a slip, it is corrected first.
fn require_different_people_apart(retired: &Model, survivor: &Model) -> Result<()> {
    match (&retired.nik_index, &survivor.nik_index) {
        (Some(one), Some(other)) if one != other => Err(Error::conflict("person_merge_nik_differs")),
        _ => Ok(()),
    }
}

/// The batches in which this person's enrolment is live (as `ux_enrolment_live` counts it).
fn batches_of(person: Uuid) -> Select<enrolment::Entity> {
    enrolment::Entity::find()
        .select_only()
        .column(enrolment::Column::BatchId)
        .filter(enrolment::Column::PersonId.eq(person))
        .filter(enrolment::Column::Status.is_not_in(["withdrawn", "rejected"]))
}

async fn require_no_shared_batch(work: &Work<'_>, retired: Uuid, survivor: Uuid) -> Result<()> {
    let shared = batch::Entity::find()
        .filter(batch::Column::Id.in_subquery(batches_of(retired).into_query()))
        .filter(batch::Column::Id.in_subquery(batches_of(survivor).into_query()))
        .order_by_asc(batch::Column::Id)
        .all(work.db())
        .await?;
    if shared.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = shared.iter().map(|batch| format!("{} ({})", batch.name, batch.id)).collect();
    let fault = Fault::new("/intoId", "person_merge_enrolled_twice").with("batches", named.join(", "));
    Err(Error::conflict_with(fault))
}

async fn merge(
    work: &Work<'_>,
    _: &Permit,
    retired: Model,
    survivor: Model,
    reason: &Reason,
) -> Result<Person> {
    let (from, into) = (retired.id, survivor.id);
    let enrolments = enrolments_to_move(work, from).await?;
    let certificates = certificates_to_move(work, from).await?;
    move_enrolments(work, from, into).await?;
    credit::follow(work, from, into).await?;
    // The resource person first: whoever is being put down for a session holds that row.
    let teaching = resource_person::merge::follow(work, &retired, &survivor).await?;
    session_teacher::Entity::update_many()
        .col_expr(session_teacher::Column::PersonId, Expr::value(into))
        .filter(session_teacher::Column::PersonId.eq(from))
        .exec(work.db())
        .await?;
    calendar::carry(work, from, into).await?;
    let accounts = accounts::carry(work, &retired, &survivor).await?;
    let followed = community::follow(work, from, into).await?;
    let observations = peers::follow(work, from, into).await?;
    voice::follow(work, from, into).await?;
    artefacts::follow(work, from, into).await?;
    detail::follow(work, from, into).await?;
    correction::follow(work, from, into).await?;
    erasure::follow(work, from, into).await?;
    learning::follow(work, from, into).await?;
    looks::follow(work, from, into).await?;
    sharing::carry(work, from, into).await?;
    let (gone, kept) = melt(work, retired.clone(), &survivor);
    // The retired row gives its unique numbers up before the survivor takes them.
    gone.clone().into_active_model().reset_all().update(work.db()).await?;
    kept.clone().into_active_model().reset_all().update(work.db()).await?;
    work.changed(&retired, &gone);
    work.changed(&survivor, &kept);
    for event in teaching.into_iter().chain(enrolments.iter().map(|row| moved_enrolment(row, from, into))) {
        work.emit(event).await?;
    }
    for event in followed.told.into_iter().chain(observations).chain(accounts) {
        work.emit(event).await?;
    }
    for row in &certificates {
        move_certificate(work, row, from, into).await?;
    }
    let event = Event::new("person.merged", "person", gone.id, gone.version)
        .in_region(gone.region_code.clone())
        .with(json!({
            "from": from,
            "into": into,
            "reason": reason.as_str(),
            "enrolments": enrolments.len(),
            "certificates": certificates.len(),
            "memberships": followed.memberships,
            "offices": followed.offices,
            "activities": followed.attendances,
        }));
    work.emit(event).await?;
    announce(work, "person.updated", &kept, &differing(&survivor, &kept)).await?;
    shown::answer(work, kept).await
}

/// Both rows after the merge: the survivor takes what it lacked; the retired one keeps where it
/// belonged, its name and numbers of its own (an import may still bring them), and no more.
fn melt(work: &Work<'_>, retired: Model, survivor: &Model) -> (Model, Model) {
    let mut kept = survivor.clone();
    let (takes_nuptk, takes_nip) = (kept.nuptk.is_none(), kept.nip.is_none());
    if kept.school_id.is_none() && (retired.school_id.is_some() || kept.region_code.is_none()) {
        kept.school_id = retired.school_id;
        kept.region_code = retired.region_code.clone();
    }
    if kept.nik_index.is_none() {
        kept.nik_index = retired.nik_index.clone();
        kept.nik_sealed = retired.nik_sealed.clone();
    }
    kept.nuptk = kept.nuptk.or_else(|| retired.nuptk.clone());
    kept.nip = kept.nip.or_else(|| retired.nip.clone());
    kept.sex = kept.sex.or_else(|| retired.sex.clone());
    kept.birth_date = kept.birth_date.or(retired.birth_date);
    kept.subject = kept.subject.or_else(|| retired.subject.clone());
    kept.phone = kept.phone.or_else(|| retired.phone.clone());
    kept.email = kept.email.or_else(|| retired.email.clone());
    kept.version += 1;
    kept.updated_at = work.now();
    let gone = Model {
        nuptk: retired.nuptk.filter(|_| !takes_nuptk),
        nip: retired.nip.filter(|_| !takes_nip),
        nik_sealed: None,
        nik_index: None,
        sex: None,
        birth_date: None,
        subject: None,
        phone: None,
        email: None,
        merged_into: Some(kept.id),
        version: retired.version + 1,
        updated_at: work.now(),
        ..retired
    };
    (gone, kept)
}

async fn enrolments_to_move(work: &Work<'_>, from: Uuid) -> Result<Vec<enrolment::Model>> {
    let theirs = enrolment::Entity::find()
        .filter(enrolment::Column::PersonId.eq(from))
        .order_by_asc(enrolment::Column::Id)
        .lock_exclusive();
    Ok(theirs.all(work.db()).await?)
}

async fn move_enrolments(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    enrolment::Entity::update_many()
        .col_expr(enrolment::Column::PersonId, Expr::value(into))
        .col_expr(enrolment::Column::Version, Expr::col(enrolment::Column::Version).add(1))
        .col_expr(enrolment::Column::UpdatedAt, Expr::value(work.now()))
        .filter(enrolment::Column::PersonId.eq(from))
        .exec(work.db())
        .await?;
    Ok(())
}

fn moved_enrolment(row: &enrolment::Model, from: Uuid, into: Uuid) -> Event {
    Event::new("enrolment.moved", "enrolment", row.id, row.version + 1)
        .in_region(row.region_code.clone())
        .with(json!({ "batchId": row.batch_id, "from": from, "into": into }))
}

async fn certificates_to_move(work: &Work<'_>, from: Uuid) -> Result<Vec<certificate::Model>> {
    let theirs = certificate::Entity::find()
        .filter(certificate::Column::PersonId.eq(from))
        .order_by_asc(certificate::Column::Id)
        .lock_exclusive();
    Ok(theirs.all(work.db()).await?)
}

/// The certificate's row follows its holder, with its own place in the order of changes, so that
/// whoever pulls changes learns of it. Its signed payload stays as it was issued.
async fn move_certificate(work: &Work<'_>, row: &certificate::Model, from: Uuid, into: Uuid) -> Result<()> {
    let event = Event::new("certificate.moved", "certificate", row.id, row.version + 1)
        .in_region(row.region_code.clone())
        .with(json!({ "from": from, "into": into }));
    let stamp = work.emit(event).await?;
    certificate::Entity::update_many()
        .col_expr(certificate::Column::PersonId, Expr::value(into))
        .col_expr(certificate::Column::Version, Expr::value(row.version + 1))
        .col_expr(certificate::Column::ChangedAt, Expr::value(stamp.at))
        .col_expr(certificate::Column::ChangedPos, Expr::value(stamp.pos))
        .filter(certificate::Column::Id.eq(row.id))
        .exec(work.db())
        .await?;
    Ok(())
}
