//! The states of an instrument: draft → published → retired; a draft may be retired too.

use crate::{
    domain_enum,
    foundation::error::{Error, Fault, Result},
};

domain_enum! {
    /// Where an observation instrument stands.
    pub enum InstrumentStatus {
        /// Being written. Only those who may write it see it.
        Draft = "draft",
        /// Agreed on: what it says is fixed, and observations are planned with it.
        Published = "published",
        /// No longer planned with; what was observed with it stays. Final.
        Retired = "retired",
    }
}

impl InstrumentStatus {
    /// That it may still change.
    ///
    /// # Errors
    /// `instrument_not_draft` with `status`.
    pub fn require_draft(self) -> Result<()> {
        if self == Self::Draft {
            return Ok(());
        }
        Err(Error::conflict_with(Fault::new("", "instrument_not_draft").with("status", self)))
    }

    /// draft → published.
    ///
    /// # Errors
    /// `instrument_not_draft` with `status`.
    pub fn publish(self) -> Result<Self> {
        self.require_draft().map(|()| Self::Published)
    }

    /// draft or published → retired.
    ///
    /// # Errors
    /// `instrument_retired`.
    pub fn retire(self) -> Result<Self> {
        if self == Self::Retired { Err(Error::conflict("instrument_retired")) } else { Ok(Self::Retired) }
    }
}

#[cfg(test)]
mod tests {
    use super::{InstrumentStatus::*, *};
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn states_are_told_alike_everywhere() {
        assert_enum_travels(InstrumentStatus::ALL, InstrumentStatus::as_str);
    }

    #[test]
    fn what_was_published_is_never_a_draft_again() {
        assert_eq!(Draft.publish().unwrap(), Published);
        assert!(Draft.retire().is_ok() && Published.retire().is_ok());
        for status in [Published, Retired] {
            assert_eq!(status.publish().unwrap_err().code(), "instrument_not_draft");
            assert_eq!(status.require_draft().unwrap_err().code(), "instrument_not_draft");
        }
        assert_eq!(Retired.retire().unwrap_err().code(), "instrument_retired");
    }
}
