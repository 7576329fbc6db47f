use proptest::prelude::*;

use super::*;
use crate::{
    community::credit::scheme::rule::{CreditMode, tests::national},
    foundation::domain_enum::tests::assert_enum_travels,
};

fn at(day: i64) -> DateTime<Utc> {
    "2026-01-05T02:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::days(day)
}

fn rules(monthly_cap: Option<i32>) -> Rules {
    Rules { components: national(), monthly_cap, minutes_per_jp: 45, least_minutes: None }
}

fn cycle() -> Cycle {
    Cycle { from: at(0) - TimeDelta::hours(2), until: at(180) }
}

fn done(id: u128, kind: ActivityKind, day: i64) -> Done {
    Done {
        id: Uuid::from_u128(id),
        kind,
        mode: MeetingMode::FaceToFace,
        starts_at: at(day),
        ends_at: at(day) + TimeDelta::hours(3),
        month: month_of(at(day).date_naive()),
        minutes: 180,
        reported: true,
        attended: Some(180),
        used: false,
    }
}

/// Five meetings and three tasks, one a fortnight.
fn whole_cycle() -> Vec<Done> {
    let meetings = (0..5).map(|n| done(n, ActivityKind::Meeting, 14 * n as i64));
    let tasks = (5..8).map(|n| done(n, ActivityKind::PeerObservation, 14 * n as i64));
    meetings.chain(tasks).collect()
}

fn plain(activities: &[Done]) -> Account {
    account(&rules(None), cycle(), activities, &[], &BTreeMap::new())
}

fn reason_of(account: &Account, id: u128) -> Option<CreditReason> {
    account.activities.iter().find(|one| one.id == Uuid::from_u128(id)).unwrap().reason
}

#[test]
fn the_national_cycle_adds_up_to_82_jp() {
    let account = plain(&whole_cycle());
    assert!(account.is_complete());
    assert_eq!((account.jp, whole(&rules(None))), (82, 82));
    let told: Vec<_> = account.components.iter().map(|one| (one.actual, one.jp, one.met)).collect();
    assert_eq!(told, [(5, 50, true), (3, 32, true)]);
    let each: Vec<i32> = account.activities.iter().map(|one| one.jp).collect();
    assert_eq!(
        each,
        [10, 10, 10, 10, 10, 10, 11, 11],
        "what does not divide evenly comes with the later ones"
    );
    assert_enum_travels(CreditReason::ALL, CreditReason::as_str);
}

#[test]
fn four_meetings_are_not_five() {
    let account = plain(&whole_cycle()[1..]);
    assert!(!account.is_complete());
    assert_eq!((account.jp, account.components[0].actual, account.components[0].met), (72, 4, false));
}

#[test]
fn each_reason_is_told_for_what_it_is() {
    type Change = (CreditReason, fn(&mut Done));
    let change: [Change; 8] = [
        (CreditReason::AlreadyUsed, |one| one.used = true),
        (CreditReason::OutsideCycle, |one| one.starts_at = at(-1)),
        (CreditReason::NotInScheme, |one| one.mode = MeetingMode::Online),
        (CreditReason::NotReported, |one| one.reported = false),
        (CreditReason::NotAttended, |one| one.attended = None),
        (CreditReason::NotAttended, |one| one.attended = Some(0)),
        (CreditReason::AttendedTooLittle, |one| one.attended = Some(134)),
        (CreditReason::TooShort, |one| {
            (one.minutes, one.attended) = (44, Some(44));
        }),
    ];
    for (expected, change) in change {
        let mut activities = whole_cycle();
        change(&mut activities[0]);
        let account = plain(&activities);
        assert_eq!(reason_of(&account, 0), Some(expected));
        assert_eq!(account.components[0].actual, 4, "{expected}");
    }
    let mut activities = whole_cycle();
    activities[0].attended = Some(135);
    assert_eq!(reason_of(&plain(&activities), 0), None, "75 % of 180 minutes are 135");
    activities.push(done(9, ActivityKind::Meeting, 100));
    assert_eq!(reason_of(&plain(&activities), 9), Some(CreditReason::NotNeeded));
}

#[test]
fn no_hour_counts_as_community_work_and_as_training() {
    let (start, end) = (at(0) + TimeDelta::hours(1), at(0) + TimeDelta::hours(2));
    let told = |training: Training| {
        let account = account(&rules(None), cycle(), &whole_cycle(), &[training], &BTreeMap::new());
        reason_of(&account, 0)
    };
    let overlaps = Some(CreditReason::OverlapsTraining);
    assert_eq!(told(Training { starts_at: start, ends_at: end }), overlaps);
    assert_eq!(told(Training { starts_at: at(-1), ends_at: at(5) }), overlaps);
    assert_eq!(told(Training { starts_at: at(-1), ends_at: at(0) }), None, "one ends as the other begins");
    assert_eq!(told(Training { starts_at: at(0) + TimeDelta::hours(3), ends_at: at(1) }), None);
}

#[test]
fn a_month_that_is_full_leaves_the_others_alone() {
    // Two meetings in January, of which the cap of 10 lets one count.
    let activities = [
        done(1, ActivityKind::Meeting, 0),
        done(2, ActivityKind::Meeting, 7),
        done(3, ActivityKind::Meeting, 40),
    ];
    let told = account(&rules(Some(11)), cycle(), &activities, &[], &BTreeMap::new());
    assert_eq!((told.jp, reason_of(&told, 2)), (20, Some(CreditReason::BeyondMonthlyCap)));
    let spent = BTreeMap::from([(month_of(at(0).date_naive()), 5)]);
    let told = account(&rules(Some(11)), cycle(), &activities, &[], &spent);
    assert_eq!((told.jp, reason_of(&told, 1)), (10, Some(CreditReason::BeyondMonthlyCap)));
}

#[test]
fn an_earlier_activity_never_costs_what_a_later_one_was_worth() {
    let component = |code: &str, kind, jp| CreditComponent {
        code: code.to_owned(),
        kinds: vec![kind],
        required: 1,
        jp_each: Some(jp),
        jp_total: None,
        ..national()[0].clone()
    };
    let rules = Rules {
        components: vec![
            component("A", ActivityKind::Meeting, 6),
            component("B", ActivityKind::Coaching, 10),
        ],
        monthly_cap: Some(10),
        minutes_per_jp: 45,
        least_minutes: None,
    };
    let both = [done(1, ActivityKind::Meeting, 0), done(2, ActivityKind::Coaching, 7)];
    let told = account(&rules, cycle(), &both, &[], &BTreeMap::new());
    assert_eq!((told.jp, reason_of(&told, 1)), (10, Some(CreditReason::BeyondMonthlyCap)));
}

#[test]
fn months_are_written_as_they_are_read() {
    let march = month_of("2026-03-31".parse().unwrap());
    assert_eq!((month_text(march).as_str(), parse_month("2026-03")), ("2026-03", Some(march)));
    for odd in ["", "2026", "2026-13", "2026-00", "x-1", "99999-01"] {
        assert_eq!(parse_month(odd), None, "{odd}");
    }
    assert_eq!(last_day("2026-01-01".parse().unwrap(), 31), "2026-01-31".parse().ok());
    assert_eq!(last_day(NaiveDate::MAX, 7), None);
}

fn any_component(kind: ActivityKind) -> impl Strategy<Value = CreditComponent> {
    (1..=4, 1..=20, any::<bool>(), 1..=100).prop_map(move |(required, jp, each, percent)| CreditComponent {
        code: kind.as_str().to_owned(),
        kinds: vec![kind],
        mode: CreditMode::Any,
        required,
        jp_each: each.then_some(jp),
        jp_total: (!each).then_some(jp),
        min_minutes_percent: percent,
        ..national()[0].clone()
    })
}

fn any_rules() -> impl Strategy<Value = Rules> {
    let components = (any_component(ActivityKind::Meeting), any_component(ActivityKind::Coaching));
    (components, proptest::option::of(1..=30)).prop_map(|((one, other), monthly_cap)| Rules {
        components: vec![one, other],
        monthly_cap,
        minutes_per_jp: 45,
        least_minutes: None,
    })
}

fn any_done() -> impl Strategy<Value = Done> {
    let kind = prop_oneof![
        4 => Just(ActivityKind::Meeting),
        4 => Just(ActivityKind::Coaching),
        1 => Just(ActivityKind::ArticleSharing),
    ];
    let attended = prop_oneof![1 => Just(None), 5 => (0..=200).prop_map(Some)];
    (
        any::<u128>(),
        kind,
        -5i64..190,
        30..=200,
        attended,
        prop::bool::weighted(0.9),
        prop::bool::weighted(0.1),
    )
        .prop_map(|(id, kind, day, minutes, attended, reported, used)| Done {
            minutes,
            attended,
            reported,
            used,
            ..done(id, kind, day)
        })
}

fn any_training() -> impl Strategy<Value = Training> {
    (0i64..190).prop_map(|day| Training { starts_at: at(day), ends_at: at(day) + TimeDelta::hours(1) })
}

/// The greatest sum of all ways to let activities count, by trying each.
fn by_trying(rules: &Rules, eligible: &[(usize, Month)], spent: &BTreeMap<Month, i32>) -> i32 {
    let mut best = 0;
    for set in 0u32..1 << eligible.len() {
        let (mut taken, mut months, mut sound) = (vec![0; rules.components.len()], BTreeMap::new(), true);
        for (n, (component, month)) in eligible.iter().enumerate() {
            if set & (1 << n) == 0 {
                continue;
            }
            sound &= taken[*component] < rules.components[*component].required;
            *months.entry(*month).or_insert(0) += one_more(&rules.components, &mut taken, *component);
        }
        let room =
            |month| rules.monthly_cap.map_or(i32::MAX, |cap| (cap - spent.get(month).unwrap_or(&0)).max(0));
        sound &= months.iter().all(|(month, jp)| *jp <= room(month));
        if sound {
            best = best.max(months.values().sum());
        }
    }
    best
}

proptest! {
    #[test]
    fn the_sum_does_not_depend_on_the_order_and_never_passes_its_bounds(
        rules in any_rules(),
        activities in proptest::collection::vec(any_done(), 0..10),
        trainings in proptest::collection::vec(any_training(), 0..3),
        turn in 0usize..10, taken in 0..=30,
    ) {
        let spent = BTreeMap::from([(month_of(at(10).date_naive()), taken)]);
        let told = account(&rules, cycle(), &activities, &trainings, &spent);
        let mut other = activities.clone();
        other.reverse();
        let len = other.len().max(1);
        other.rotate_left(turn % len);
        prop_assert_eq!(&account(&rules, cycle(), &other, &trainings, &spent), &told);
        prop_assert!(told.jp <= whole(&rules));
        prop_assert_eq!(told.jp, told.components.iter().map(|one| one.jp).sum::<i32>());
        prop_assert_eq!(told.jp, told.activities.iter().map(|one| one.jp).sum::<i32>());
        prop_assert_eq!(told.activities.len(), activities.len());
        prop_assert!(told.activities.iter().all(|one| one.reason.is_none() || one.jp == 0));
        prop_assert_eq!(told.is_complete(), told.jp == whole(&rules), "complete is the greatest sum there is");
        for month in months(&activities) {
            let of_month = |one: &&Judged| activities.iter().any(|done| done.id == one.id && done.month == month);
            let jp: i32 = told.activities.iter().filter(of_month).map(|one| one.jp).sum();
            let before = spent.get(&month).copied().unwrap_or(0);
            prop_assert!(rules.monthly_cap.is_none_or(|cap| jp <= (cap - before).max(0)));
        }
        let eligible: Vec<_> = told.activities.iter().filter_map(|one| {
            let fits = !matches!(one.reason, Some(reason) if reason < CreditReason::BeyondMonthlyCap);
            let month = activities.iter().find(|done| done.id == one.id).unwrap().month;
            one.component.filter(|_| fits).map(|component| (component, month))
        }).collect();
        prop_assert_eq!(told.jp, by_trying(&rules, &eligible, &spent), "no way gives more");
    }

    #[test]
    fn one_more_activity_never_lowers_the_sum_nor_undoes_completeness(
        rules in any_rules(),
        activities in proptest::collection::vec(any_done(), 0..14),
        more in any_done(),
        trainings in proptest::collection::vec(any_training(), 0..3),
    ) {
        let before = account(&rules, cycle(), &activities, &trainings, &BTreeMap::new());
        let mut all = activities;
        all.push(more);
        let after = account(&rules, cycle(), &all, &trainings, &BTreeMap::new());
        prop_assert!(after.jp >= before.jp);
        prop_assert!(after.is_complete() || !before.is_complete());
    }

    #[test]
    fn one_more_training_never_adds_credit(
        rules in any_rules(),
        activities in proptest::collection::vec(any_done(), 0..14),
        training in any_training(),
    ) {
        let without = account(&rules, cycle(), &activities, &[], &BTreeMap::new());
        let with = account(&rules, cycle(), &activities, &[training], &BTreeMap::new());
        prop_assert!(with.jp <= without.jp);
    }
}
