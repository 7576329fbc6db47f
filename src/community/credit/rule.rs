//! How the activities of one cycle add up for one person. Whole numbers only; every activity that was looked
//! at is told with the reason when it does not count. The order in which activities come does not matter, and
//! one more good activity never lowers the sum.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use super::scheme::rule::{CreditComponent, total_jp};
use crate::{
    community::activity::rule::{ActivityKind, MeetingMode},
    domain_enum,
};

mod choice;
#[cfg(test)]
mod tests;

domain_enum! {
    /// Why an activity does not count towards a person's credit.
    pub enum CreditReason {
        /// It counted towards an earlier certificate of the person.
        AlreadyUsed = "already_used",
        /// It does not lie wholly inside the cycle.
        OutsideCycle = "outside_cycle",
        /// The scheme asks for no activity of this kind, held in this way.
        NotInScheme = "not_in_scheme",
        /// Its report is not in.
        NotReported = "not_reported",
        /// The person was not there.
        NotAttended = "not_attended",
        /// The person was there for too few of its planned minutes.
        AttendedTooLittle = "attended_too_little",
        /// It is shorter than one JP, or than the scheme asks for.
        TooShort = "too_short",
        /// The person attended a training at the same time: no hour counts twice.
        OverlapsTraining = "overlaps_training",
        /// The JP of its month are used up.
        BeyondMonthlyCap = "beyond_monthly_cap",
        /// As many as the component asks for count already.
        NotNeeded = "not_needed",
    }
}

/// A month of the calendar: months since year 0.
pub type Month = i32;

/// The month of a day.
pub fn month_of(day: NaiveDate) -> Month {
    day.year() * 12 + i32::try_from(day.month0()).unwrap_or_default()
}

/// A month as it is kept: `2026-03`.
pub fn month_text(month: Month) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

/// The month of such a text; none for another text.
pub fn parse_month(text: &str) -> Option<Month> {
    let (year, month) = text.split_once('-')?;
    let (year, month): (i32, i32) = (year.parse().ok()?, month.parse().ok()?);
    ((0..=9999).contains(&year) && (1..=12).contains(&month)).then(|| year * 12 + month - 1)
}

/// The rules of one edition of a scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// What must be done; no activity fits two of them.
    pub components: Vec<CreditComponent>,
    /// The most JP of one month.
    pub monthly_cap: Option<i32>,
    /// Minutes of one JP.
    pub minutes_per_jp: i32,
    /// Least minutes of an activity, where that is more.
    pub least_minutes: Option<i32>,
}

/// One cycle: from its first instant to the first after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cycle {
    /// First instant.
    pub from: DateTime<Utc>,
    /// First instant after it.
    pub until: DateTime<Utc>,
}

/// The last day of a cycle of `days` days; none past the end of the calendar.
pub fn last_day(starts_on: NaiveDate, days: i32) -> Option<NaiveDate> {
    starts_on.checked_add_signed(TimeDelta::days(i64::from(days) - 1))
}

/// An activity of the community, as far as credit asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Its id.
    pub id: Uuid,
    /// Its kind.
    pub kind: ActivityKind,
    /// How people came together.
    pub mode: MeetingMode,
    /// First instant.
    pub starts_at: DateTime<Utc>,
    /// First instant after it.
    pub ends_at: DateTime<Utc>,
    /// The month it was held in, by the clocks on the spot.
    pub month: Month,
    /// Planned minutes.
    pub minutes: i32,
    /// Whether its report is in.
    pub reported: bool,
    /// Minutes the person was there; none when they were not.
    pub attended: Option<i32>,
    /// Whether it counted towards an earlier certificate of the person.
    pub used: bool,
}

/// A stretch of time in which the person attended a training.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Training {
    /// First instant.
    pub starts_at: DateTime<Utc>,
    /// First instant after it.
    pub ends_at: DateTime<Utc>,
}

/// What became of one activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// Which.
    pub id: Uuid,
    /// Place of the component it fits, if any.
    pub component: Option<usize>,
    /// JP it counts for.
    pub jp: i32,
    /// Why it does not count; none when it does.
    pub reason: Option<CreditReason>,
}

/// How one component stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// How many activities count.
    pub actual: i32,
    /// JP for them.
    pub jp: i32,
    /// Whether it is all that was asked for.
    pub met: bool,
}

/// How a cycle stands for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Each component, in the order of the rules.
    pub components: Vec<Standing>,
    /// Each activity, by start.
    pub activities: Vec<Judged>,
    /// JP so far.
    pub jp: i32,
}

impl Account {
    /// Whether all that was asked for is there.
    pub fn is_complete(&self) -> bool {
        self.components.iter().all(|component| component.met)
    }
}

/// How a cycle stands for a person. `spent`: JP that earlier certificates of theirs already took of a month.
/// Of several activities the earliest count; where a month is capped, those with which the sum is greatest.
pub fn account(
    rules: &Rules,
    cycle: Cycle,
    activities: &[Done],
    trainings: &[Training],
    spent: &BTreeMap<Month, i32>,
) -> Account {
    let mut activities: Vec<&Done> = activities.iter().collect();
    // Month by month, as they are weighed: two zones may begin a month at different instants.
    activities.sort_by_key(|done| (done.month, done.starts_at, done.id));
    activities.dedup_by_key(|done| done.id);
    let judge = |done: &&Done| (component_of(rules, done), judge(rules, cycle, done, trainings));
    let judged: Vec<_> = activities.iter().map(judge).collect();
    let eligible: Vec<(usize, Month, Uuid)> = activities
        .iter()
        .zip(&judged)
        .filter_map(|(done, (component, refused))| {
            let component = component.filter(|_| refused.is_none())?;
            Some((component, done.month, done.id))
        })
        .collect();
    let chosen = choice::choose(&rules.components, rules.monthly_cap, spent, &eligible);
    let mut taken = vec![0; rules.components.len()];
    let mut told = Vec::with_capacity(activities.len());
    for (done, (component, refused)) in activities.iter().zip(judged) {
        let counts = chosen.contains(&done.id);
        let jp = component.filter(|_| counts).map_or(0, |at| one_more(&rules.components, &mut taken, at));
        told.push((done.id, component, jp, refused, counts));
    }
    let full = |at: usize| {
        let required = rules.components.get(at).map(|component| component.required);
        taken.get(at).copied() >= required
    };
    let reason = |component: Option<usize>, refused: Option<CreditReason>, counts: bool| match refused {
        Some(refused) => Some(refused),
        None if counts => None,
        None if component.is_some_and(full) => Some(CreditReason::NotNeeded),
        None => Some(CreditReason::BeyondMonthlyCap),
    };
    let activities = told
        .into_iter()
        .map(|(id, component, jp, refused, counts)| Judged {
            id,
            component,
            jp,
            reason: reason(component, refused, counts),
        })
        .collect();
    let components: Vec<Standing> = rules
        .components
        .iter()
        .zip(&taken)
        .map(|(component, actual)| Standing {
            actual: *actual,
            jp: component.worth(*actual),
            met: *actual >= component.required,
        })
        .collect();
    Account { jp: components.iter().map(|one| one.jp).sum(), components, activities }
}

/// JP that one more activity of the component at `at` adds.
fn one_more(components: &[CreditComponent], taken: &mut [i32], at: usize) -> i32 {
    let (Some(component), Some(taken)) = (components.get(at), taken.get_mut(at)) else { return 0 };
    *taken += 1;
    component.worth(*taken) - component.worth(*taken - 1)
}

fn component_of(rules: &Rules, done: &Done) -> Option<usize> {
    rules.components.iter().position(|component| component.takes(done.kind, done.mode))
}

/// Why an activity by itself cannot count.
fn judge(rules: &Rules, cycle: Cycle, done: &Done, trainings: &[Training]) -> Option<CreditReason> {
    if done.used {
        return Some(CreditReason::AlreadyUsed);
    }
    if done.starts_at < cycle.from || done.ends_at > cycle.until {
        return Some(CreditReason::OutsideCycle);
    }
    let component = component_of(rules, done).and_then(|at| rules.components.get(at));
    let Some(component) = component else { return Some(CreditReason::NotInScheme) };
    if !done.reported {
        return Some(CreditReason::NotReported);
    }
    let Some(attended) = done.attended.filter(|minutes| *minutes > 0) else {
        return Some(CreditReason::NotAttended);
    };
    let needed = i64::from(done.minutes) * i64::from(component.min_minutes_percent);
    if i64::from(attended) * 100 < needed {
        return Some(CreditReason::AttendedTooLittle);
    }
    if done.minutes < rules.least_minutes.unwrap_or_default().max(rules.minutes_per_jp) {
        return Some(CreditReason::TooShort);
    }
    let meanwhile = |one: &Training| done.starts_at < one.ends_at && one.starts_at < done.ends_at;
    trainings.iter().any(meanwhile).then_some(CreditReason::OverlapsTraining)
}

/// The months that `activities` were held in, each once.
pub fn months(activities: &[Done]) -> BTreeSet<Month> {
    activities.iter().map(|done| done.month).collect()
}

/// JP of a whole cycle by these rules.
pub fn whole(rules: &Rules) -> i32 {
    total_jp(&rules.components)
}
