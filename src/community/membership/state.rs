//! The states of a membership: requested → active | refused(reason) | withdrawn; invited → active | declined |
//! removed(reason); active → left | removed(reason).

use crate::{
    community::group::rule::Openness,
    domain_enum,
    foundation::error::{Error, Fault, Result},
};

domain_enum! {
    /// Where a membership stands.
    pub enum MembershipStatus {
        /// The person asked; an officer has not answered.
        Requested = "requested",
        /// An officer asked; the person has not answered.
        Invited = "invited",
        /// The person is a member.
        Active = "active",
        /// An officer said no, for a stated reason, or the community ended before anybody answered.
        Refused = "refused",
        /// The person took the request back.
        Withdrawn = "withdrawn",
        /// The person said no.
        Declined = "declined",
        /// The person went.
        Left = "left",
        /// An officer ended the membership or took the invitation back, for a stated reason.
        Removed = "removed",
    }
}

use MembershipStatus::{Active, Declined, Invited, Left, Refused, Removed, Requested, Withdrawn};

impl MembershipStatus {
    /// Whether it still leads somewhere: a person has one of these in a community at most.
    pub const fn is_live(self) -> bool {
        matches!(self, Requested | Invited | Active)
    }

    /// What asking comes to.
    ///
    /// # Errors
    /// `community_by_invitation`.
    pub fn on_request(openness: Openness) -> Result<Self> {
        match openness {
            Openness::Open => Ok(Active),
            Openness::Request => Ok(Requested),
            Openness::Invitation => Err(Error::conflict("community_by_invitation")),
        }
    }

    fn only(self, from: &[Self], next: Self, code: &'static str) -> Result<Self> {
        if from.contains(&self) {
            return Ok(next);
        }
        Err(Error::conflict_with(Fault::new("", code).with("status", self)))
    }

    /// requested → active.
    ///
    /// # Errors
    /// `membership_not_requested` with `status`.
    pub fn admit(self) -> Result<Self> {
        self.only(&[Requested], Active, "membership_not_requested")
    }

    /// requested → refused.
    ///
    /// # Errors
    /// `membership_not_requested` with `status`.
    pub fn refuse(self) -> Result<Self> {
        self.only(&[Requested], Refused, "membership_not_requested")
    }

    /// invited → active.
    ///
    /// # Errors
    /// `membership_not_invited` with `status`.
    pub fn accept(self) -> Result<Self> {
        self.only(&[Invited], Active, "membership_not_invited")
    }

    /// invited → declined.
    ///
    /// # Errors
    /// `membership_not_invited` with `status`.
    pub fn decline(self) -> Result<Self> {
        self.only(&[Invited], Declined, "membership_not_invited")
    }

    /// active → left; requested → withdrawn.
    ///
    /// # Errors
    /// `membership_not_active` with `status`.
    pub fn leave(self) -> Result<Self> {
        let next = if self == Requested { Withdrawn } else { Left };
        self.only(&[Active, Requested], next, "membership_not_active")
    }

    /// active or invited → removed.
    ///
    /// # Errors
    /// `membership_not_active` with `status`.
    pub fn remove(self) -> Result<Self> {
        self.only(&[Active, Invited], Removed, "membership_not_active")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use proptest::prelude::*;

    #[test]
    fn states_are_told_alike_everywhere() {
        assert_enum_travels(MembershipStatus::ALL, MembershipStatus::as_str);
    }

    #[test]
    fn how_open_a_community_is_decides_what_asking_comes_to() {
        assert_eq!(MembershipStatus::on_request(Openness::Open).unwrap(), Active);
        assert_eq!(MembershipStatus::on_request(Openness::Request).unwrap(), Requested);
        let refused = MembershipStatus::on_request(Openness::Invitation).unwrap_err();
        assert_eq!(refused.code(), "community_by_invitation");
    }

    #[test]
    fn each_step_starts_where_it_may_and_nowhere_else() {
        type Step = fn(MembershipStatus) -> Result<MembershipStatus>;
        let steps: [(Step, &[(MembershipStatus, MembershipStatus)]); 6] = [
            (MembershipStatus::admit, &[(Requested, Active)]),
            (MembershipStatus::refuse, &[(Requested, Refused)]),
            (MembershipStatus::accept, &[(Invited, Active)]),
            (MembershipStatus::decline, &[(Invited, Declined)]),
            (MembershipStatus::leave, &[(Active, Left), (Requested, Withdrawn)]),
            (MembershipStatus::remove, &[(Active, Removed), (Invited, Removed)]),
        ];
        for (nth, (step, allowed)) in steps.into_iter().enumerate() {
            for from in MembershipStatus::ALL {
                let next = allowed.iter().find(|pair| pair.0 == *from).map(|pair| pair.1);
                assert_eq!(step(*from).ok(), next, "step {nth} from {from}");
            }
        }
    }

    proptest! {
        #[test]
        fn what_ended_stays_ended(steps in proptest::collection::vec(0usize..6, 1..12)) {
            let all = [
                MembershipStatus::admit, MembershipStatus::refuse, MembershipStatus::accept,
                MembershipStatus::decline, MembershipStatus::leave, MembershipStatus::remove,
            ];
            let mut at = Requested;
            for step in steps {
                let next = all[step](at);
                prop_assert!(next.is_err() || at.is_live());
                at = next.unwrap_or(at);
            }
        }
    }
}
