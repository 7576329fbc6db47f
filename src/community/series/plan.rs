//! What becomes of the meetings in the plan when a series is looked at again. Pure: what there should be, what
//! there is, and what to do about the difference. Done twice it does nothing the second time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;

use super::{
    pause::{self, MeetingPause},
    rule::{Rhythm, written},
};

/// A meeting of the series that stands in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its original start, as written.
    pub occurrence: String,
    /// How it stands.
    pub condition: Condition,
}

/// How a meeting stands, as far as its series is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Planned, still to come, and as the series made it.
    AsMade,
    /// Taken back by the series itself.
    Withdrawn,
    /// Moved, renamed, cancelled, held: somebody's own, or past.
    Settled,
}

/// Why the series takes a meeting back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It falls into a pause, for this reason.
    Paused(String),
    /// The rule no longer has it.
    RuleChanged,
}

/// What is to be done; indices are places in the list of what stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Meetings to make, by their local starts.
    pub create: Vec<NaiveDateTime>,
    /// Meetings to take back.
    pub withdraw: Vec<(usize, Why)>,
    /// Meetings to bring back.
    pub revive: Vec<(usize, NaiveDateTime)>,
    /// Meetings that stay, and follow what the series now says.
    pub keep: Vec<(usize, NaiveDateTime)>,
}

/// What to do so that the meetings from `from`, inclusive, until before `until` are those of `rhythm` without
/// its pauses. What stands outside may be in the list; it is left alone when it is settled.
pub fn decide(
    rhythm: &Rhythm,
    pauses: &[MeetingPause],
    (from, until): (NaiveDateTime, NaiveDateTime),
    standing: &[Standing],
) -> Plan {
    let wanted: BTreeMap<String, NaiveDateTime> =
        rhythm.within(from, until).into_iter().map(|at| (written(at), at)).collect();
    let known: BTreeSet<&str> = standing.iter().map(|one| one.occurrence.as_str()).collect();
    let paused = |at: &NaiveDateTime| pause::covering(pauses, at.date());
    let mut plan = Plan {
        create: wanted
            .iter()
            .filter(|(key, at)| !known.contains(key.as_str()) && paused(at).is_none())
            .map(|(_, at)| *at)
            .collect(),
        ..Plan::default()
    };
    for (place, one) in standing.iter().enumerate() {
        let its = wanted.get(&one.occurrence);
        match (one.condition, its, its.and_then(paused)) {
            (Condition::Settled, ..)
            | (Condition::Withdrawn, None, _)
            | (Condition::Withdrawn, _, Some(_)) => {}
            (Condition::AsMade, Some(at), None) => plan.keep.push((place, *at)),
            (Condition::AsMade, Some(_), Some(pause)) => {
                plan.withdraw.push((place, Why::Paused(pause.reason.clone())));
            }
            (Condition::AsMade, None, _) => plan.withdraw.push((place, Why::RuleChanged)),
            (Condition::Withdrawn, Some(at), None) => plan.revive.push((place, *at)),
        }
    }
    plan
}

/// The meetings that will stand in the plan: those of the rule that fall into no pause and were neither
/// cancelled nor moved by hand.
pub fn upcoming(
    rhythm: &Rhythm,
    pauses: &[MeetingPause],
    (from, until): (NaiveDateTime, NaiveDateTime),
    most: usize,
) -> Vec<NaiveDateTime> {
    let of_rule = rhythm.occurrences().take_while(|at| *at < until).filter(|at| *at >= from);
    of_rule.filter(|at| pause::covering(pauses, at.date()).is_none()).take(most).collect()
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate};
    use proptest::prelude::*;

    use super::*;
    use crate::{community::series::rule::Rule, training::session::rule::SessionZone};

    fn rhythm(rule: &str, starts: &str) -> Rhythm {
        let zone = SessionZone::parse("Asia/Jakarta").unwrap();
        Rhythm::new(Rule::parse(rule).unwrap(), starts.parse().unwrap(), zone).unwrap()
    }

    fn pause(from: NaiveDate, days: u64) -> MeetingPause {
        MeetingPause { from, until: from + Days::new(days), reason: "Libur".to_owned() }
    }

    /// What the table holds after a plan was carried out.
    fn done(plan: &Plan, standing: &[Standing]) -> Vec<Standing> {
        let mut after = standing.to_vec();
        for (place, _) in &plan.withdraw {
            after[*place].condition = Condition::Withdrawn;
        }
        for (place, _) in &plan.revive {
            after[*place].condition = Condition::AsMade;
        }
        let made =
            plan.create.iter().map(|at| Standing { occurrence: written(*at), condition: Condition::AsMade });
        after.extend(made);
        after
    }

    #[test]
    fn a_pause_takes_meetings_back_and_its_end_brings_them_back_but_what_somebody_settled_stays() {
        let weekly = rhythm("FREQ=WEEKLY;BYDAY=SA", "2026-07-04T09:00:00");
        let window = ("2026-07-01T00:00:00".parse().unwrap(), "2026-08-01T00:00:00".parse().unwrap());
        let mut standing = done(&decide(&weekly, &[], window, &[]), &[]);
        assert_eq!(standing.len(), 4);
        standing[1].condition = Condition::Settled;
        let holidays = [pause("2026-07-10".parse().unwrap(), 10)];
        let paused = decide(&weekly, &holidays, window, &standing);
        assert_eq!(paused.withdraw, [(2, Why::Paused("Libur".to_owned()))], "not the settled one");
        let standing = done(&paused, &standing);
        let back = decide(&weekly, &[], window, &standing);
        assert_eq!(back.revive.iter().map(|one| one.0).collect::<Vec<_>>(), [2]);
        assert!(back.create.is_empty() && back.withdraw.is_empty());
    }

    proptest! {
        #[test]
        fn done_twice_is_done_once(
            interval in 1u8..4, day in 0usize..7, offset in 0u64..20, holidays in 0u64..40, settled in 0usize..6, other in 0u8..4,
        ) {
            let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
            let start = NaiveDate::from_ymd_opt(2026, 7, 6).unwrap() + Days::new(day as u64);
            let starts = format!("{start}T09:00:00");
            let old = rhythm(&format!("FREQ=WEEKLY;INTERVAL={interval};BYDAY={}", days[day]), &starts);
            let new = rhythm(&format!("FREQ=WEEKLY;INTERVAL={};BYDAY={}", other + 1, days[day]), &starts);
            let window = (start.and_time(chrono::NaiveTime::MIN), (start + Days::new(180)).and_time(chrono::NaiveTime::MIN));
            let mut standing = done(&decide(&old, &[], window, &[]), &[]);
            for one in standing.iter_mut().take(settled) {
                one.condition = Condition::Settled;
            }
            let pauses = [pause(start + Days::new(offset), holidays)];
            let first = decide(&new, &pauses, window, &standing);
            let after = done(&first, &standing);
            let second = decide(&new, &pauses, window, &after);
            prop_assert!(second.create.is_empty() && second.withdraw.is_empty() && second.revive.is_empty());
            let keys: std::collections::BTreeSet<_> = after.iter().map(|one| &one.occurrence).collect();
            prop_assert_eq!(keys.len(), after.len(), "no meeting twice");
            let live: Vec<&str> = after.iter().filter(|one| one.condition == Condition::AsMade).map(|one| one.occurrence.as_str()).collect();
            let wanted: Vec<String> = upcoming(&new, &pauses, window, usize::MAX).into_iter().map(written).collect();
            prop_assert!(live.iter().all(|key| wanted.iter().any(|wanted| wanted == key)));
        }
    }
}
