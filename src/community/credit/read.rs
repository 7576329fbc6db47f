//! Gathering what a person did in a community in one cycle, and how it adds up. The same for whoever reads
//! it and for the claim.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use entity::{
    activity, activity_attendance, attendance, community, credit_scheme, credit_use, enrolment, person,
    program, session,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    RelationTrait,
};
use uuid::Uuid;

use super::{
    rule::{self, Account, Cycle, Done, Month, Rules, Training},
    scheme::{
        read::{editions, of_day},
        view::{CreditSchemeId, community_kinds, components},
    },
    view::{ConsideredActivity, CreditLine, CreditStatement},
};
use crate::{
    access::{action::Action, actor::Actor, context::Ctx, oauth_scope::OAuthScope, scope},
    community::{
        activity::{
            rule::{ActivityKind, MeetingMode},
            state::ActivityStatus,
        },
        group::{lock::is_member, rule::CommunityKind, view::CommunityId},
    },
    directory::person::{merged, view::PersonId},
    foundation::{
        dates,
        error::{Error, Fault, Faults, Result},
    },
};

/// The most activities of one cycle that are looked at.
const MOST_ACTIVITIES: u64 = 1000;

/// Whose credit is asked for, by which scheme, in which cycle.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// Who; none = the caller.
    pub person: Option<PersonId>,
    /// Any edition of the scheme; the one in force when the cycle began counts.
    pub scheme: CreditSchemeId,
    /// First day of the cycle; none = the latest cycle, which ends today.
    pub starts_on: Option<NaiveDate>,
}

/// How a cycle stands for a person. As many statements, however many activities there are.
///
/// # Errors
/// `not_found` naming the community, the person or the scheme; `credit_scheme_not_in_force`;
/// `credit_scheme_for_others`;
/// `credit_cycle_too_full`; faults of `/personId` and `/startsOn`.
pub async fn statement(ctx: &Ctx, id: CommunityId, asked: Asked) -> Result<CreditStatement> {
    let (actor, db) = (ctx.actor.as_ref(), ctx.db());
    actor.require_role_for(Action::CreditRead)?;
    let person = who(actor, asked.person).map_err(of_parameters)?;
    // What the person did moved along when the record was merged into another.
    let person = if asked.person.is_some() { merged::resolve(db, person).await? } else { person };
    let today = ctx.issuer_today();
    let starts_on = first_day(asked.starts_on, today).map_err(of_parameters)?;
    let community = scope::communities(actor)?.filter(community::Column::Id.eq(id.uuid())).one(db).await?;
    let community = community.ok_or(Error::NotFound("community"))?;
    let seen = scope::credited(actor, Action::CreditRead)?.filter(person::Column::Id.eq(person));
    seen.one(db).await?.ok_or(Error::NotFound("person"))?;
    let named = named_scheme(db, actor, asked.scheme).await?.ok_or(Error::NotFound("credit_scheme"))?;
    let sheet = Sheet::gather(db, &community, person, named, starts_on, today).await?;
    let shown = sheet.view()?;
    ctx.looks.note(person, OAuthScope::CommunitiesRead, ["activities", "jp"]);
    Ok(shown)
}

/// What is wrong with what a question names, rather than with what a change says.
fn of_parameters(error: Error) -> Error {
    match error {
        Error::Invalid(faults) => Error::Unreadable(faults),
        other => other,
    }
}

/// The edition of a scheme that the caller named.
pub(super) async fn named_scheme(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: CreditSchemeId,
) -> Result<Option<credit_scheme::Model>> {
    let seen = scope::credit_schemes(actor)?.filter(credit_scheme::Column::Id.eq(id.uuid()));
    Ok(seen.one(db).await?)
}

/// Whose credit is meant: the person who was named, else the caller.
///
/// # Errors
/// `field_missing` under `/personId` for a caller that is no person.
pub(super) fn who(actor: &Actor, named: Option<PersonId>) -> Result<Uuid> {
    let person = named.map(PersonId::uuid).or(actor.person());
    person.ok_or_else(|| Error::invalid("/personId", "field_missing"))
}

/// The first day of the cycle, where one was named.
///
/// # Errors
/// Faults of `/startsOn`: `date_out_of_range`; `credit_cycle_to_come` with `today`.
pub(super) fn first_day(named: Option<NaiveDate>, today: NaiveDate) -> Result<Option<NaiveDate>> {
    let Some(day) = named else { return Ok(None) };
    let mut faults = Faults::new();
    faults.take("/startsOn", dates::day(day));
    if day > today {
        faults.push(Fault::new("/startsOn", "credit_cycle_to_come").with("today", today));
    }
    faults.done().map(|()| Some(day))
}

/// Everything that a statement is made of.
pub(super) struct Sheet {
    pub community: Uuid,
    pub person: Uuid,
    pub scheme: credit_scheme::Model,
    pub program: program::Model,
    pub rules: Rules,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    /// The activities, by start.
    pub rows: Vec<activity::Model>,
    attended: HashMap<Uuid, i32>,
    pub account: Account,
}

impl Sheet {
    /// What `person` did in `community` in the cycle that begins on `starts_on`, and how it adds up by the
    /// edition of the `named` scheme that was in force then.
    pub async fn gather(
        db: &impl ConnectionTrait,
        community: &community::Model,
        person: Uuid,
        named: credit_scheme::Model,
        starts_on: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Result<Self> {
        let starts_on = starts_on.unwrap_or_else(|| latest(&named, today));
        let code = named.code.clone();
        let scheme = of_day(editions(db, &named).await?, starts_on)?.ok_or_else(|| {
            let fault = Fault::new("", "credit_scheme_not_in_force").with("code", code);
            Error::conflict_with(fault.with("day", starts_on))
        })?;
        require_kind(&scheme, community)?;
        let program = program::Entity::find_by_id(scheme.program_id).one(db).await?;
        let program =
            program.ok_or_else(|| Error::internal("the program of a credit scheme", "is missing"))?;
        let ends_on = rule::last_day(starts_on, scheme.cycle_days)
            .ok_or_else(|| Error::internal("a credit cycle", "ends with the calendar"))?;
        let cycle = cycle(starts_on, ends_on, zone(&community.timezone)?);
        let rows = activities(db, community.id, person, cycle).await?;
        let attended = attended(db, person, &rows).await?;
        let trainings = trainings(db, person, cycle).await?;
        let (used, spent) = uses(db, person, cycle).await?;
        let rules = Rules {
            components: components(&scheme)?,
            monthly_cap: scheme.monthly_cap_jp,
            minutes_per_jp: scheme.minutes_per_jp,
            least_minutes: scheme.least_minutes,
        };
        let done = rows
            .iter()
            .map(|row| done(row, attended.get(&row.id).copied(), used.contains(&row.id)))
            .collect::<Result<Vec<_>>>()?;
        let account = rule::account(&rules, cycle, &done, &trainings, &spent);
        Ok(Self {
            community: community.id,
            person,
            scheme,
            program,
            rules,
            starts_on,
            ends_on,
            rows,
            attended,
            account,
        })
    }

    /// The statement, as both faces show it.
    ///
    /// # Errors
    /// `internal` when a column holds what no rule knows.
    pub fn view(&self) -> Result<CreditStatement> {
        let lines = self.rules.components.iter().zip(&self.account.components);
        let line =
            |(component, standing): (&super::scheme::rule::CreditComponent, &rule::Standing)| CreditLine {
                code: component.code.clone(),
                title: component.title.clone(),
                required: component.required,
                actual: standing.actual,
                met: standing.met,
                jp: standing.jp,
                jp_total: component.total(),
            };
        let rows: HashMap<Uuid, &activity::Model> = self.rows.iter().map(|row| (row.id, row)).collect();
        let considered = |judged: &rule::Judged| {
            let row = rows.get(&judged.id).ok_or_else(|| Error::internal("a statement", "lost a row"))?;
            let component = judged.component.and_then(|at| self.rules.components.get(at));
            Ok(ConsideredActivity {
                activity_id: row.id.into(),
                title: row.title.clone(),
                kind: kind(row)?,
                mode: mode(row)?,
                starts_at: row.starts_at,
                minutes: row.minutes,
                attended_minutes: self.attended.get(&row.id).copied(),
                component: component.map(|component| component.code.clone()),
                counts: judged.reason.is_none(),
                jp: judged.jp,
                reason: judged.reason,
            })
        };
        Ok(CreditStatement {
            community_id: self.community.into(),
            person_id: self.person.into(),
            scheme_id: self.scheme.id.into(),
            code: self.scheme.code.clone(),
            edition: self.scheme.edition,
            title: self.program.title.clone(),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            complete: self.account.is_complete(),
            jp: self.account.jp,
            jp_total: rule::whole(&self.rules),
            monthly_cap_jp: self.rules.monthly_cap,
            components: lines.map(line).collect(),
            activities: self.account.activities.iter().map(considered).collect::<Result<_>>()?,
        })
    }
}

/// That the scheme is for communities of this kind.
fn require_kind(scheme: &credit_scheme::Model, community: &community::Model) -> Result<()> {
    let kind =
        CommunityKind::parse(&community.kind).map_err(|f| Error::internal("community.kind", f.code))?;
    let kinds = community_kinds(scheme)?;
    if kinds.is_empty() || kinds.contains(&kind) {
        return Ok(());
    }
    let fault = Fault::new("", "credit_scheme_for_others").with("code", &scheme.code);
    Err(Error::conflict_with(fault.with("kind", kind)))
}

/// The first day of the cycle that ends today, but none before the scheme began.
fn latest(scheme: &credit_scheme::Model, today: NaiveDate) -> NaiveDate {
    let back = TimeDelta::days(i64::from(scheme.cycle_days) - 1);
    let first = today.checked_sub_signed(back).unwrap_or(today);
    Ord::min(Ord::max(first, scheme.effective_from), today)
}

fn zone(name: &str) -> Result<Tz> {
    name.parse().map_err(|e| Error::internal("a time zone", e))
}

/// From midnight to midnight by the clocks of `zone`.
fn cycle(starts_on: NaiveDate, ends_on: NaiveDate, zone: Tz) -> Cycle {
    let midnight = |day: NaiveDate| {
        let local = day.and_time(NaiveTime::MIN);
        // Where clocks leap over midnight the day begins as it would without the leap.
        let at = zone.from_local_datetime(&local).earliest();
        at.map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
    };
    Cycle { from: midnight(starts_on), until: midnight(ends_on.succ_opt().unwrap_or(ends_on)) }
}

/// What the community did in the cycle; for somebody who is no member, what they attended of it.
async fn activities(
    db: &impl ConnectionTrait,
    community: Uuid,
    person: Uuid,
    cycle: Cycle,
) -> Result<Vec<activity::Model>> {
    let mut found = activity::Entity::find()
        .filter(activity::Column::CommunityId.eq(community))
        .filter(activity::Column::Status.ne(ActivityStatus::Cancelled))
        .filter(activity::Column::StartsAt.lt(cycle.until))
        .filter(activity::Column::EndsAt.gt(cycle.from));
    if !is_member(db, community, person).await? {
        let theirs = activity_attendance::Entity::find()
            .select_only()
            .column(activity_attendance::Column::ActivityId)
            .filter(activity_attendance::Column::PersonId.eq(person));
        found = found.filter(activity::Column::Id.in_subquery(theirs.into_query()));
    }
    let found = found.order_by_asc(activity::Column::StartsAt).order_by_asc(activity::Column::Id);
    let rows = found.limit(MOST_ACTIVITIES + 1).all(db).await?;
    if rows.len() as u64 > MOST_ACTIVITIES {
        let fault = Fault::new("", "credit_cycle_too_full").with("max", MOST_ACTIVITIES);
        return Err(Error::conflict_with(fault));
    }
    Ok(rows)
}

async fn attended(
    db: &impl ConnectionTrait,
    person: Uuid,
    rows: &[activity::Model],
) -> Result<HashMap<Uuid, i32>> {
    let found = activity_attendance::Entity::find()
        .filter(activity_attendance::Column::PersonId.eq(person))
        .filter(activity_attendance::Column::ActivityId.is_in(rows.iter().map(|row| row.id)));
    Ok(found.all(db).await?.into_iter().map(|row| (row.activity_id, row.minutes)).collect())
}

/// When the person attended trainings in the cycle.
async fn trainings(db: &impl ConnectionTrait, person: Uuid, cycle: Cycle) -> Result<Vec<Training>> {
    let found: Vec<(DateTime<Utc>, DateTime<Utc>)> = session::Entity::find()
        .select_only()
        .columns([session::Column::StartsAt, session::Column::EndsAt])
        .join_rev(JoinType::InnerJoin, attendance::Relation::Session.def())
        .join(JoinType::InnerJoin, attendance::Relation::Enrolment.def())
        .filter(enrolment::Column::PersonId.eq(person))
        .filter(attendance::Column::Minutes.gt(0))
        .filter(session::Column::StartsAt.lt(cycle.until))
        .filter(session::Column::EndsAt.gt(cycle.from))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().map(|(starts_at, ends_at)| Training { starts_at, ends_at }).collect())
}

/// Which activities earlier certificates of the person used, and the JP they took of each month.
async fn uses(
    db: &impl ConnectionTrait,
    person: Uuid,
    cycle: Cycle,
) -> Result<(Vec<Uuid>, BTreeMap<Month, i32>)> {
    // A month more at either end: the clocks on the spot may be those of another zone.
    let first = rule::month_of(cycle.from.date_naive()) - 1;
    let last = rule::month_of(cycle.until.date_naive()) + 1;
    let found = credit_use::Entity::find()
        .filter(credit_use::Column::PersonId.eq(person))
        .filter(credit_use::Column::Month.gte(rule::month_text(first)))
        .filter(credit_use::Column::Month.lte(rule::month_text(last)));
    let (mut used, mut spent) = (Vec::new(), BTreeMap::new());
    for row in found.all(db).await? {
        used.push(row.activity_id);
        let month = rule::parse_month(&row.month)
            .ok_or_else(|| Error::internal("credit_use.month", "is no month"))?;
        *spent.entry(month).or_insert(0) += row.jp;
    }
    Ok((used, spent))
}

fn done(row: &activity::Model, attended: Option<i32>, used: bool) -> Result<Done> {
    let status =
        ActivityStatus::parse(&row.status).map_err(|f| Error::internal("activity.status", f.code))?;
    Ok(Done {
        id: row.id,
        kind: kind(row)?,
        mode: mode(row)?,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        month: rule::month_of(local_day(row)?),
        minutes: row.minutes,
        reported: matches!(status, ActivityStatus::Reported | ActivityStatus::Credited),
        attended,
        used,
    })
}

/// The day an activity began, by the clocks on the spot.
pub(super) fn local_day(row: &activity::Model) -> Result<NaiveDate> {
    Ok(row.starts_at.with_timezone(&zone(&row.timezone)?).date_naive())
}

fn kind(row: &activity::Model) -> Result<ActivityKind> {
    ActivityKind::parse(&row.kind).map_err(|f| Error::internal("activity.kind", f.code))
}

fn mode(row: &activity::Model) -> Result<MeetingMode> {
    MeetingMode::parse(&row.mode).map_err(|f| Error::internal("activity.mode", f.code))
}
