//! The states of a community: forming → active ⇄ dormant → closed; one that never came to be may be closed too.

use crate::{
    domain_enum,
    foundation::error::{Error, Fault, Result},
};

domain_enum! {
    /// Where a community stands.
    pub enum CommunityStatus {
        /// Coming together: gathers members, plans, has not begun.
        Forming = "forming",
        /// At work.
        Active = "active",
        /// Without an activity for longer than its charter allows; wakes with the next one.
        Dormant = "dormant",
        /// Ended, for a stated reason. Final.
        Closed = "closed",
    }
}

impl CommunityStatus {
    /// That members come and go, and activities are planned.
    ///
    /// # Errors
    /// `community_closed`.
    pub fn require_alive(self) -> Result<()> {
        if self == Self::Closed { Err(Error::conflict("community_closed")) } else { Ok(()) }
    }

    /// That it is more than a plan: what only forms earns nothing.
    ///
    /// # Errors
    /// `community_not_active` with `status`.
    pub fn require_begun(self) -> Result<()> {
        if self == Self::Forming {
            return Err(Error::conflict_with(Fault::new("", "community_not_active").with("status", self)));
        }
        Ok(())
    }

    /// forming or dormant → active.
    ///
    /// # Errors
    /// `community_not_forming` with `status`.
    pub fn activate(self) -> Result<Self> {
        match self {
            Self::Forming | Self::Dormant => Ok(Self::Active),
            _ => Err(Error::conflict_with(Fault::new("", "community_not_forming").with("status", self))),
        }
    }

    /// active → dormant.
    ///
    /// # Errors
    /// `community_not_active` with `status`.
    pub fn rest(self) -> Result<Self> {
        match self {
            Self::Active => Ok(Self::Dormant),
            _ => Err(Error::conflict_with(Fault::new("", "community_not_active").with("status", self))),
        }
    }

    /// Any → closed.
    ///
    /// # Errors
    /// `community_closed`.
    pub fn close(self) -> Result<Self> {
        self.require_alive().map(|()| Self::Closed)
    }
}

#[cfg(test)]
mod tests {
    use super::{CommunityStatus::*, *};
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn states_are_told_alike_everywhere() {
        assert_enum_travels(CommunityStatus::ALL, CommunityStatus::as_str);
    }

    #[test]
    fn a_community_forms_works_rests_works_again_and_ends_for_good() {
        let next = |step: fn(CommunityStatus) -> Result<CommunityStatus>| {
            CommunityStatus::ALL.iter().map(|from| step(*from).map_err(|e| e.code())).collect::<Vec<_>>()
        };
        let not_forming = Err("community_not_forming");
        assert_eq!(next(CommunityStatus::activate), [Ok(Active), not_forming, Ok(Active), not_forming]);
        let not_active = Err("community_not_active");
        assert_eq!(next(CommunityStatus::rest), [not_active, Ok(Dormant), not_active, not_active]);
        assert_eq!(
            next(CommunityStatus::close),
            [Ok(Closed), Ok(Closed), Ok(Closed), Err("community_closed")]
        );
    }
}
