//! Which of the activities that could count do count.
//!
//! Without a cap: the earliest of each component, as many as it asks for. Where a month is capped, the
//! earliest may be the wrong ones: they can fill a month that another activity needs. All ways are weighed,
//! month by month, and of those with the greatest sum the one that takes most early is chosen. Because more
//! activities only add ways, one more never lowers the sum.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::Month;
use crate::community::credit::scheme::rule::CreditComponent;

/// How many activities of each component.
type Counts = Vec<i32>;

/// The ids that count among `eligible`: component, month and id of each, by start.
pub(super) fn choose(
    components: &[CreditComponent],
    cap: Option<i32>,
    spent: &BTreeMap<Month, i32>,
    eligible: &[(usize, Month, Uuid)],
) -> BTreeSet<Uuid> {
    let Some(cap) = cap else { return earliest(components, eligible) };
    let mut months: BTreeMap<Month, Counts> = BTreeMap::new();
    for (component, month, _) in eligible {
        let there = months.entry(*month).or_insert_with(|| vec![0; components.len()]);
        if let Some(count) = there.get_mut(*component) {
            *count += 1;
        }
    }
    let best = weigh(components, &months, |month| cap - spent.get(&month).copied().unwrap_or(0));
    let mut left: BTreeMap<(Month, usize), i32> = BTreeMap::new();
    for (month, counts) in months.keys().zip(best) {
        left.extend(counts.into_iter().enumerate().map(|(component, count)| ((*month, component), count)));
    }
    let mut take = |component: usize, month: Month| match left.get_mut(&(month, component)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    };
    let taken = eligible.iter().filter(|(component, month, _)| take(*component, *month));
    taken.map(|(_, _, id)| *id).collect()
}

fn earliest(components: &[CreditComponent], eligible: &[(usize, Month, Uuid)]) -> BTreeSet<Uuid> {
    let mut left: Counts = components.iter().map(|component| component.required).collect();
    let mut take = |component: usize| match left.get_mut(component) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    };
    eligible.iter().filter(|(component, ..)| take(*component)).map(|(_, _, id)| *id).collect()
}

/// The best counts of each month, month by month. Keeps, for every way to have the components in part, the
/// path to it that takes most early; there are as many ways as the rules allow, at most a thousand.
fn weigh(
    components: &[CreditComponent],
    months: &BTreeMap<Month, Counts>,
    room: impl Fn(Month) -> i32,
) -> Vec<Counts> {
    let mut ways: BTreeMap<Counts, Vec<Counts>> = BTreeMap::from([(vec![0; components.len()], vec![])]);
    for (month, there) in months {
        let mut next: BTreeMap<Counts, Vec<Counts>> = BTreeMap::new();
        for (done, path) in &ways {
            let limits: Counts = components
                .iter()
                .zip(done)
                .zip(there)
                .map(|((component, done), there)| Ord::min(*there, component.required - done))
                .collect();
            for more in all_up_to(&limits) {
                let sum: Counts = done.iter().zip(&more).map(|(done, more)| done + more).collect();
                if jp(components, &sum) - jp(components, done) > Ord::max(room(*month), 0) {
                    continue;
                }
                let mut path = path.clone();
                path.push(more);
                let known = next.entry(sum).or_default();
                if *known < path {
                    *known = path;
                }
            }
        }
        ways = next;
    }
    let best = ways.into_iter().max_by(|(one, early), (other, late)| {
        jp(components, one).cmp(&jp(components, other)).then_with(|| early.cmp(late))
    });
    best.map(|(_, path)| path).unwrap_or_default()
}

fn jp(components: &[CreditComponent], counts: &[i32]) -> i32 {
    components.iter().zip(counts).map(|(component, count)| component.worth(*count)).sum()
}

/// Every way to take at most so many of each.
fn all_up_to(limits: &[i32]) -> Vec<Counts> {
    let longer = |counts: Counts, limit: i32| {
        (0..=limit).map(move |count| counts.iter().copied().chain([count]).collect::<Counts>())
    };
    limits
        .iter()
        .fold(vec![vec![]], |all, limit| all.into_iter().flat_map(|counts| longer(counts, *limit)).collect())
}
