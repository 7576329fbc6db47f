//! Claiming the certificate of a cycle that is complete.

use std::collections::HashMap;

use async_graphql::InputObject;
use chrono::NaiveDate;
use entity::{activity, certificate, credit_claim, credit_scheme, credit_use, person, program};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait,
    sea_query::{Expr, LockType},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    read::{Sheet, first_day, local_day, named_scheme, who},
    rule,
    scheme::view::CreditSchemeId,
};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        scope,
    },
    certification::certificate::{
        payload::{Community, CompletionLine, Component},
        view::Certificate,
        write::{CommunityWork, issue_community_certificate},
    },
    community::{
        activity::state::ActivityStatus,
        group::{lock, view::CommunityId},
    },
    directory::person::{merged, rule::require_held, view::PersonId},
    foundation::{
        error::{Error, Fault, Result},
        event::Event,
    },
};

/// For whom, by which scheme and for which cycle a certificate is claimed.
#[derive(Debug, Clone, Deserialize, InputObject, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClaimCreditInput {
    /// For whom; leave out for yourself.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub person_id: Option<PersonId>,
    /// Any edition of the scheme; the one in force when the cycle began counts.
    #[schema(value_type = String, format = "uuid")]
    pub scheme_id: CreditSchemeId,
    /// First day of the cycle, as the statement tells it.
    #[schema(example = "2026-01-05")]
    pub starts_on: NaiveDate,
}

/// Claims the certificate of a complete cycle: its activities count for this person once and for ever.
pub struct ClaimCredit {
    /// In which community it was earned.
    pub id: CommunityId,
    /// For whom and for what.
    pub input: ClaimCreditInput,
}

impl Command for ClaimCredit {
    type Output = Certificate;
    const ACTION: Action = Action::CreditClaim;

    async fn run(&self, work: &Work<'_>) -> Result<Certificate> {
        // The person before the community, as everywhere.
        let person = who(work.actor, self.input.person_id)?;
        let person = hold_person(work, person).await?;
        let held = lock::lock(work, self.id).await?;
        let place = Place {
            person: Some(person.id),
            region: person.region_code.clone(),
            school: person.school_id,
            ..Place::default()
        };
        let permit = work.permit(Self::ACTION, &place)?;
        held.status.require_begun()?;
        require_held(person.erased_at)?;
        merged::require_current(work.db(), person.id).await?;
        let today = work.services.issuer_day(work.now());
        let starts_on = first_day(Some(self.input.starts_on), today)?;
        let named = named_scheme(work.db(), work.actor, self.input.scheme_id).await?;
        let named = named.ok_or_else(|| Error::invalid("/schemeId", "reference_unknown"))?;
        let sheet = Sheet::gather(work.db(), &held.row, person.id, named, starts_on, today).await?;
        require_unclaimed(work, &sheet).await?;
        require_complete(&sheet)?;
        let row = claim(work, &permit, &held.row, person, &sheet).await?;
        Certificate::of(row, today)
    }
}

/// The person, within reach, held so that two claims of one person wait for each other: a month's cap holds
/// over all communities together.
async fn hold_person(work: &Work<'_>, id: Uuid) -> Result<person::Model> {
    let seen = scope::credited(work.actor, Action::CreditClaim)?.filter(person::Column::Id.eq(id));
    seen.lock(LockType::NoKeyUpdate).one(work.db()).await?.ok_or(Error::NotFound("person"))
}

/// That this cycle, by any edition of the scheme, was not claimed before.
async fn require_unclaimed(work: &Work<'_>, sheet: &Sheet) -> Result<()> {
    let earlier: Option<(Uuid, String)> = certificate::Entity::find()
        .select_only()
        .columns([certificate::Column::Id, certificate::Column::Number])
        .join(JoinType::InnerJoin, certificate::Relation::CreditClaim.def())
        .join(JoinType::InnerJoin, credit_claim::Relation::CreditScheme.def())
        .filter(credit_claim::Column::PersonId.eq(sheet.person))
        .filter(credit_claim::Column::CommunityId.eq(sheet.community))
        .filter(credit_claim::Column::StartsOn.eq(sheet.starts_on))
        .filter(credit_scheme::Column::ProgramId.eq(sheet.scheme.program_id))
        .filter(credit_scheme::Column::Code.eq(sheet.scheme.code.as_str()))
        .order_by_desc(certificate::Column::IssuedAt)
        .into_tuple()
        .one(work.db())
        .await?;
    let Some((id, number)) = earlier else { return Ok(()) };
    let fault = Fault::new("", "credit_already_claimed").with("id", id);
    Err(Error::conflict_with(fault.with("number", number)))
}

/// That every component is met; else each that is not is told.
fn require_complete(sheet: &Sheet) -> Result<()> {
    let all = sheet.rules.components.iter().zip(&sheet.account.components);
    let unmet = all.filter(|(_, standing)| !standing.met).map(|(component, standing)| {
        Fault::new("", "credit_component_unmet")
            .with("title", &component.title)
            .with("required", component.required)
            .with("actual", standing.actual)
    });
    Error::conflicts(unmet.collect())
}

async fn claim(
    work: &Work<'_>,
    permit: &Permit,
    community: &entity::community::Model,
    person: person::Model,
    sheet: &Sheet,
) -> Result<certificate::Model> {
    // The program before its scheme, as by every command on a scheme.
    let program = held_program(work, sheet.program.id).await?;
    let row = credit_claim::Model {
        id: work.new_id(),
        person_id: person.id,
        community_id: community.id,
        scheme_id: sheet.scheme.id,
        starts_on: sheet.starts_on,
        ends_on: sheet.ends_on,
        jp: sheet.account.jp,
        statement: serde_json::to_value(sheet.view()?)
            .map_err(|e| Error::internal("freeze a statement", e))?,
        claimed_by: work.actor.subject.clone(),
        created_at: work.now(),
    };
    let counted = counted(sheet)?;
    let reported = ActivityStatus::Reported.as_str();
    let sealed: Vec<&activity::Model> =
        counted.iter().map(|one| one.row).filter(|row| row.status == reported).collect();
    keep(work, permit, &row, &counted).await?;
    seal(work, permit, &sealed).await?;
    let earned = earned(community, (person, program), sheet, &row, &counted)?;
    let made = issue_community_certificate(work, permit, earned).await?;
    for activity in sealed {
        work.emit(credited(activity)).await?;
    }
    work.emit(claimed(&row, &made, sheet, &counted)).await?;
    Ok(made)
}

/// An activity that counts, and for how much.
struct Counted<'a> {
    row: &'a activity::Model,
    day: NaiveDate,
    jp: i32,
}

/// The activities that count, by start.
fn counted(sheet: &Sheet) -> Result<Vec<Counted<'_>>> {
    let jp: HashMap<Uuid, i32> = sheet
        .account
        .activities
        .iter()
        .filter(|judged| judged.reason.is_none())
        .map(|judged| (judged.id, judged.jp))
        .collect();
    let rows = sheet.rows.iter().filter_map(|row| Some((row, *jp.get(&row.id)?)));
    rows.map(|(row, jp)| Ok(Counted { row, day: local_day(row)?, jp })).collect()
}

/// Keeps what was claimed, and that its activities are used up for this person.
async fn keep(work: &Work<'_>, _: &Permit, row: &credit_claim::Model, counted: &[Counted<'_>]) -> Result<()> {
    credit_claim::Entity::insert(row.clone().into_active_model()).exec_without_returning(work.db()).await?;
    let uses = counted.iter().map(|one| credit_use::Model {
        person_id: row.person_id,
        activity_id: one.row.id,
        claim_id: row.id,
        month: rule::month_text(rule::month_of(one.day)),
        jp: one.jp,
    });
    let uses = uses.map(IntoActiveModel::into_active_model);
    credit_use::Entity::insert_many(uses).exec_without_returning(work.db()).await?;
    Ok(())
}

/// Seals the activities that count for somebody for the first time: what was reported of them stays.
async fn seal(work: &Work<'_>, _: &Permit, rows: &[&activity::Model]) -> Result<()> {
    activity::Entity::update_many()
        .col_expr(activity::Column::Status, Expr::value(ActivityStatus::Credited.as_str()))
        .col_expr(activity::Column::Version, Expr::col(activity::Column::Version).add(1))
        .col_expr(activity::Column::UpdatedAt, Expr::value(work.now()))
        .filter(activity::Column::Id.is_in(rows.iter().map(|row| row.id)))
        .exec(work.db())
        .await?;
    Ok(())
}

/// The program, held still, as a reference to it will hold it.
async fn held_program(work: &Work<'_>, id: Uuid) -> Result<program::Model> {
    let program = program::Entity::find_by_id(id).lock(LockType::KeyShare).one(work.db()).await?;
    program.ok_or_else(|| Error::internal("the program of a credit scheme", "is missing"))
}

/// What the certificate will say.
fn earned(
    community: &entity::community::Model,
    (person, program): (person::Model, program::Model),
    sheet: &Sheet,
    row: &credit_claim::Model,
    counted: &[Counted<'_>],
) -> Result<CommunityWork> {
    let whole = |number: i32| u32::try_from(number).map_err(|e| Error::internal("a claim", e));
    let (mut components, mut completion) = (Vec::new(), Vec::new());
    for (component, standing) in sheet.rules.components.iter().zip(&sheet.account.components) {
        let (required, actual) = (whole(component.required)?, whole(standing.actual)?);
        let (code, jp) = (component.code.clone(), whole(standing.jp)?);
        components.push(Component { code, title: component.title.clone(), activities: actual, jp });
        let (requirement, met) = (component.code.clone(), standing.met);
        completion.push(CompletionLine { requirement, required, actual: Some(actual), met });
    }
    let days = || counted.iter().map(|one| one.day);
    Ok(CommunityWork {
        community: Community {
            id: community.id,
            name: community.name.clone(),
            kind: community.kind.clone(),
            claim_id: row.id,
            scheme_code: sheet.scheme.code.clone(),
            scheme_edition: whole(sheet.scheme.edition)?,
            components,
        },
        person,
        program,
        jp: row.jp,
        starts_on: days().min().unwrap_or(sheet.starts_on),
        ends_on: days().max().unwrap_or(sheet.ends_on),
        completion,
    })
}

fn credited(row: &activity::Model) -> Event {
    Event::new("activity.credited", "activity", row.id, row.version + 1)
        .in_region(Some(row.region_code.clone()))
        .with(json!({ "communityId": row.community_id }))
}

fn claimed(
    row: &credit_claim::Model,
    made: &certificate::Model,
    sheet: &Sheet,
    counted: &[Counted<'_>],
) -> Event {
    Event::new("credit.claimed", "credit_claim", row.id, 1).in_region(made.region_code.clone()).with(json!({
        "personId": row.person_id,
        "communityId": row.community_id,
        "schemeId": row.scheme_id,
        "code": sheet.scheme.code,
        "edition": sheet.scheme.edition,
        "startsOn": row.starts_on,
        "endsOn": row.ends_on,
        "jp": row.jp,
        "certificateId": made.id,
        "activityIds": counted.iter().map(|one| one.row.id).collect::<Vec<_>>(),
    }))
}
