//! The states of a proposal: open → voting → accepted or declined; voting → open, to vote again; open →
//! withdrawn by its author; any but removed → removed by the moderator, and back to it by an appeal that is upheld.

use crate::{
    domain_enum,
    foundation::error::{Error, Fault, Result},
};

domain_enum! {
    /// Where a proposal stands.
    pub enum ProposalStatus {
        /// Talked about.
        Open = "open",
        /// Voted on, until the vote closes and an officer records what it came to.
        Voting = "voting",
        /// Accepted by the vote. Final.
        Accepted = "accepted",
        /// Declined by the vote. Final.
        Declined = "declined",
        /// Taken back by its author. Final.
        Withdrawn = "withdrawn",
        /// Taken away by the moderator, for a stated reason: its text is gone from view. Only an appeal that is upheld
        /// gives it back.
        Removed = "removed",
    }
}

impl ProposalStatus {
    fn refused(self, code: &'static str) -> Error {
        Error::conflict_with(Fault::new("", code).with("status", self))
    }

    /// That it is open: for its author to take back, for officers to put to the vote.
    ///
    /// # Errors
    /// `proposal_not_open` with `status`.
    pub fn require_open(self) -> Result<()> {
        if self == Self::Open { Ok(()) } else { Err(self.refused("proposal_not_open")) }
    }

    /// That it is voted on.
    ///
    /// # Errors
    /// `proposal_not_voting` with `status`.
    pub fn require_voting(self) -> Result<()> {
        if self == Self::Voting { Ok(()) } else { Err(self.refused("proposal_not_voting")) }
    }

    /// any but removed → removed.
    ///
    /// # Errors
    /// `proposal_removed` with `status`.
    pub fn remove(self) -> Result<Self> {
        self.require_shown().map(|()| Self::Removed)
    }

    /// That it was not taken away.
    ///
    /// # Errors
    /// `proposal_removed` with `status`.
    pub fn require_shown(self) -> Result<()> {
        if self == Self::Removed { Err(self.refused("proposal_removed")) } else { Ok(()) }
    }

    /// That it was taken away.
    ///
    /// # Errors
    /// `proposal_not_removed` with `status`.
    pub fn require_removed(self) -> Result<()> {
        if self == Self::Removed { Ok(()) } else { Err(self.refused("proposal_not_removed")) }
    }

    /// removed → where it stood before.
    ///
    /// # Errors
    /// `proposal_not_removed` with `status`.
    pub fn give_back(self, before: Self) -> Result<Self> {
        self.require_removed().map(|()| before)
    }
}

#[cfg(test)]
mod tests {
    use super::{ProposalStatus::*, *};
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn states_are_told_alike_everywhere() {
        assert_enum_travels(ProposalStatus::ALL, ProposalStatus::as_str);
    }

    #[test]
    fn each_step_starts_where_the_domain_says_and_nowhere_else() {
        for status in ProposalStatus::ALL.iter().copied() {
            assert_eq!(status.require_open().is_ok(), status == Open, "{status}");
            assert_eq!(status.require_voting().is_ok(), status == Voting, "{status}");
            assert_eq!(status.remove().ok(), (status != Removed).then_some(Removed), "{status}");
            assert_eq!(status.give_back(Voting).ok(), (status == Removed).then_some(Voting), "{status}");
        }
    }
}
