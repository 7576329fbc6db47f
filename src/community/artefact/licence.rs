//! What others may do with an artefact, by the licences that teachers use, and which licence what is made
//! of it may have (Creative Commons, "Adapter's licence" of each 4.0 legal code, section 2 and 3(b)).

use crate::{
    domain_enum,
    foundation::error::{Error, Fault, Result},
};

domain_enum! {
    /// What others may do with an artefact.
    pub enum Licence {
        /// Anything (CC0 1.0).
        PublicDomain = "public_domain",
        /// Anything, naming the authors (CC BY 4.0).
        CcBy = "cc_by",
        /// As `cc_by`, passing on under the same licence (CC BY-SA 4.0).
        CcBySa = "cc_by_sa",
        /// As `cc_by`, but not for money (CC BY-NC 4.0).
        CcByNc = "cc_by_nc",
        /// As `cc_by_nc`, passing on under the same licence (CC BY-NC-SA 4.0).
        CcByNcSa = "cc_by_nc_sa",
    }
}

impl Licence {
    /// Whether what is made of it may go out under `other`.
    pub const fn allows(self, other: Self) -> bool {
        match self {
            Self::PublicDomain => true,
            Self::CcBy => !matches!(other, Self::PublicDomain),
            Self::CcBySa => matches!(other, Self::CcBySa),
            Self::CcByNc => matches!(other, Self::CcByNc | Self::CcByNcSa),
            Self::CcByNcSa => matches!(other, Self::CcByNcSa),
        }
    }

    /// That what is made of it goes out under `other`.
    ///
    /// # Errors
    /// `licence_not_allowed_by_source` with `source` and `wanted`.
    pub fn require(self, other: Self) -> Result<()> {
        if self.allows(other) {
            return Ok(());
        }
        let fault = Fault::new("/licence", "licence_not_allowed_by_source");
        Err(Error::conflict_with(fault.with("source", self).with("wanted", other)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_is_never_made_wider_by_carrying_on() {
        for source in Licence::ALL {
            assert!(source.allows(*source), "{source}");
            for step in Licence::ALL.iter().filter(|step| source.allows(**step)) {
                for end in Licence::ALL.iter().filter(|end| step.allows(**end)) {
                    assert!(source.allows(*end), "{source} → {step} → {end}");
                }
            }
        }
        assert!(!Licence::CcBy.allows(Licence::PublicDomain), "the authors stay named");
        assert!(!Licence::CcByNc.allows(Licence::CcBy), "not for money stays so");
        assert!(!Licence::CcBySa.allows(Licence::CcBy), "share alike stays so");
    }
}
