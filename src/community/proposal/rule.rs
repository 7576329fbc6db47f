//! How votes are counted, and what bounds a vote.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    domain_enum,
    foundation::error::{Fault, Faults},
};

/// The most characters of a proposal.
pub const BODY: usize = 10_000;
/// The most characters of its title.
pub const TITLE: usize = 200;
/// How long a vote may stay open.
pub const PERIOD: std::ops::RangeInclusive<TimeDelta> = TimeDelta::hours(1)..=TimeDelta::days(60);
/// How many of a hundred members may have to vote.
pub const QUORUM: std::ops::RangeInclusive<i32> = 1..=100;

domain_enum! {
    /// Which majority is needed.
    pub enum VotingRule {
        /// More in favour than against.
        SimpleMajority = "simple_majority",
        /// At least two thirds of those in favour and against are in favour.
        TwoThirds = "two_thirds",
    }
}

domain_enum! {
    /// A vote.
    pub enum VoteChoice {
        /// In favour.
        Yes = "yes",
        /// Against.
        No = "no",
        /// Neither; it counts towards the quorum alone.
        Abstain = "abstain",
    }
}

domain_enum! {
    /// What a vote must reach.
    pub enum VotingRequirement {
        /// So many must vote.
        Quorum = "quorum",
        /// So many must be in favour.
        Majority = "majority",
    }
}

domain_enum! {
    /// What a vote came to.
    pub enum VotingOutcome {
        /// Enough voted, and enough of them in favour.
        Accepted = "accepted",
        /// Enough voted, and too few of them in favour.
        Declined = "declined",
        /// Too few voted: it is declined, or voted on again.
        NoQuorum = "no_quorum",
    }
}

/// Votes by choice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// In favour.
    pub yes: u32,
    /// Against.
    pub no: u32,
    /// Neither.
    pub abstain: u32,
}

impl Tally {
    /// How many voted.
    pub const fn turnout(self) -> u32 {
        self.yes.saturating_add(self.no).saturating_add(self.abstain)
    }
}

/// One requirement, and whether it was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checked {
    /// Which.
    pub requirement: VotingRequirement,
    /// How many votes it takes.
    pub required: u32,
    /// How many there were.
    pub actual: u32,
}

impl Checked {
    /// Whether it was met.
    pub const fn met(self) -> bool {
        self.actual >= self.required
    }
}

/// The least number of voters: the quorum's share of those who were members when voting was opened, rounded
/// up, and never nobody.
pub fn quorum(eligible: u32, percent: u32) -> u32 {
    let share = (u64::from(eligible) * u64::from(percent)).div_ceil(100);
    u32::try_from(share).unwrap_or(u32::MAX).max(1)
}

/// The least number in favour, of those who took a side.
pub fn majority(rule: VotingRule, tally: Tally) -> u32 {
    let sides = u64::from(tally.yes) + u64::from(tally.no);
    let least = match rule {
        VotingRule::SimpleMajority => sides / 2 + 1,
        VotingRule::TwoThirds => (sides * 2).div_ceil(3).max(1),
    };
    u32::try_from(least).unwrap_or(u32::MAX)
}

/// Counts a vote: both requirements, the quorum first, and what it came to.
pub fn count(rule: VotingRule, percent: u32, eligible: u32, tally: Tally) -> ([Checked; 2], VotingOutcome) {
    let enough = Checked {
        requirement: VotingRequirement::Quorum,
        required: quorum(eligible, percent),
        actual: tally.turnout(),
    };
    let favour = Checked {
        requirement: VotingRequirement::Majority,
        required: majority(rule, tally),
        actual: tally.yes,
    };
    let outcome = match (enough.met(), favour.met()) {
        (false, _) => VotingOutcome::NoQuorum,
        (true, true) => VotingOutcome::Accepted,
        (true, false) => VotingOutcome::Declined,
    };
    ([enough, favour], outcome)
}

/// Every fault of how a vote is to be held.
pub fn check_voting(faults: &mut Faults, now: DateTime<Utc>, closes_at: DateTime<Utc>, quorum: i32) {
    let period = closes_at.signed_duration_since(now);
    if !PERIOD.contains(&period) {
        let (hours, days) = (PERIOD.start().num_hours(), PERIOD.end().num_days());
        let fault = Fault::new("/closesAt", "voting_period_out_of_range");
        faults.push(fault.with("hours", hours).with("days", days));
    }
    if !QUORUM.contains(&quorum) {
        let fault = Fault::new("/quorumPercent", "quorum_out_of_range");
        faults.push(fault.with("min", QUORUM.start()).with("max", QUORUM.end()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use proptest::prelude::*;

    #[test]
    fn lists_are_told_alike_everywhere() {
        assert_enum_travels(VotingRule::ALL, VotingRule::as_str);
        assert_enum_travels(VoteChoice::ALL, VoteChoice::as_str);
        assert_enum_travels(VotingRequirement::ALL, VotingRequirement::as_str);
        assert_enum_travels(VotingOutcome::ALL, VotingOutcome::as_str);
    }

    fn came_to(rule: VotingRule, percent: u32, eligible: u32, votes: [u32; 3]) -> VotingOutcome {
        let [yes, no, abstain] = votes;
        count(rule, percent, eligible, Tally { yes, no, abstain }).1
    }

    #[test]
    fn examples_come_to_what_a_chair_would_say() {
        use VotingOutcome::{Accepted, Declined, NoQuorum};
        use VotingRule::{SimpleMajority, TwoThirds};
        assert_eq!(came_to(SimpleMajority, 50, 10, [3, 2, 0]), Accepted);
        assert_eq!(came_to(SimpleMajority, 50, 10, [2, 2, 1]), Declined, "a tie is no majority");
        assert_eq!(came_to(SimpleMajority, 50, 11, [3, 2, 0]), NoQuorum, "half of eleven is six");
        assert_eq!(came_to(SimpleMajority, 50, 10, [0, 0, 9]), Declined, "nobody is in favour");
        assert_eq!(came_to(TwoThirds, 10, 10, [4, 2, 4]), Accepted);
        assert_eq!(came_to(TwoThirds, 10, 10, [5, 3, 0]), Declined);
        assert_eq!(came_to(TwoThirds, 1, 0, [0, 0, 0]), NoQuorum, "nobody voted");
    }

    #[test]
    fn a_vote_lasts_an_hour_at_least_and_sixty_days_at_most() {
        let now = DateTime::UNIX_EPOCH;
        let faults = |period: TimeDelta, quorum: i32| {
            let mut faults = Faults::new();
            check_voting(&mut faults, now, now + period, quorum);
            match faults.done() {
                Err(crate::foundation::error::Error::Invalid(found)) => found.len(),
                _ => 0,
            }
        };
        assert_eq!(faults(TimeDelta::hours(1), 1), 0);
        assert_eq!(faults(TimeDelta::days(60), 100), 0);
        assert_eq!(faults(TimeDelta::minutes(59), 0), 2);
        assert_eq!(faults(TimeDelta::days(61), 101), 2);
        assert_eq!(faults(-TimeDelta::days(1), 50), 1);
    }

    fn any_rule() -> impl Strategy<Value = VotingRule> {
        proptest::sample::select(VotingRule::ALL)
    }

    proptest! {
        #[test]
        fn one_more_in_favour_never_turns_an_acceptance_around(
            rule in any_rule(), percent in 1_u32..=100, eligible in 0_u32..500, votes in proptest::array::uniform3(0_u32..200),
        ) {
            let [yes, no, abstain] = votes;
            if came_to(rule, percent, eligible, votes) == VotingOutcome::Accepted {
                prop_assert_eq!(came_to(rule, percent, eligible, [yes + 1, no, abstain]), VotingOutcome::Accepted);
                prop_assert!(yes > no, "whatever the rule, more were in favour than against");
            }
        }

        #[test]
        fn what_is_told_explains_the_outcome(
            rule in any_rule(), percent in 1_u32..=100, eligible in 0_u32..500, votes in proptest::array::uniform3(any::<u32>()),
        ) {
            let [yes, no, abstain] = votes;
            let (told, outcome) = count(rule, percent, eligible, Tally { yes, no, abstain });
            let met = told.map(Checked::met);
            prop_assert_eq!(outcome == VotingOutcome::Accepted, met == [true, true]);
            prop_assert_eq!(outcome == VotingOutcome::NoQuorum, !met[0]);
            prop_assert!(told.iter().all(|one| one.required >= 1));
        }

        #[test]
        fn two_thirds_are_never_less_than_a_simple_majority(votes in proptest::array::uniform2(0_u32..1_000)) {
            let tally = Tally { yes: votes[0], no: votes[1], abstain: 0 };
            prop_assert!(majority(VotingRule::TwoThirds, tally) >= majority(VotingRule::SimpleMajority, tally)
                || tally.turnout() < 3);
        }
    }
}
