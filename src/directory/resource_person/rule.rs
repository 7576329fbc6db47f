//! Competence evidence: claimed → verified | refused; verified → withdrawn;
//! refused → claimed again, with new evidence. And the gate before a session.

use crate::access::{
    action::Action,
    actor::{Actor, Place},
};
use crate::domain_enum;
use crate::foundation::error::{Error, Fault, Result};
use crate::foundation::text::Reason;
use chrono::{DateTime, Utc};
use uuid::Uuid;

domain_enum! {
    /// Where the evidence of a resource person's competence for a program stands.
    pub enum CompetenceStatus {
        /// Evidence was given; nobody has looked at it yet. May not teach the program.
        Claimed = "claimed",
        /// Somebody verified the evidence. May teach the program.
        Verified = "verified",
        /// The evidence was not enough; new evidence may be given. May not teach the program.
        Refused = "refused",
        /// What had been verified no longer holds. May not teach the program.
        Withdrawn = "withdrawn",
    }
}

/// A decision on evidence: what became of it, by whom, when, and why where the state asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The state after the decision.
    pub status: CompetenceStatus,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why it was refused or withdrawn; none when verified.
    pub reason: Option<Reason>,
}

/// Whether `actor` is shown the evidence of somebody who belongs to `at`, and what was decided on it:
/// whoever may verify it, and whom it is about. Others have no purpose for it.
pub fn evidence_shown(actor: &Actor, at: &Place) -> bool {
    let held = actor.grants_for(Action::ResourcePersonRead);
    let own = at.person.is_some() && held.iter().any(|grant| grant.person == at.person);
    own || actor.permit(Action::CompetenceVerify, at).is_ok()
}

/// Evidence of competence: what shows it, 1 to 1,000 characters.
///
/// # Errors
/// As [`crate::foundation::text::line`].
pub fn evidence(raw: &str) -> std::result::Result<String, Fault> {
    crate::foundation::text::line(raw, 1_000)
}

impl CompetenceStatus {
    /// claimed → verified: `by` has looked at the evidence.
    ///
    /// # Errors
    /// `competence_not_claimed`.
    pub fn verify(self, by: impl Into<String>, at: DateTime<Utc>) -> Result<Decision> {
        self.require(Self::Claimed, "competence_not_claimed")?;
        Ok(Decision { status: Self::Verified, by: by.into(), at, reason: None })
    }

    /// claimed → refused.
    ///
    /// # Errors
    /// `competence_not_claimed`.
    pub fn refuse(self, by: impl Into<String>, at: DateTime<Utc>, reason: Reason) -> Result<Decision> {
        self.require(Self::Claimed, "competence_not_claimed")?;
        Ok(Decision { status: Self::Refused, by: by.into(), at, reason: Some(reason) })
    }

    /// verified → withdrawn: it no longer holds.
    ///
    /// # Errors
    /// `competence_not_verified`.
    pub fn withdraw(self, by: impl Into<String>, at: DateTime<Utc>, reason: Reason) -> Result<Decision> {
        self.require(Self::Verified, "competence_not_verified")?;
        Ok(Decision { status: Self::Withdrawn, by: by.into(), at, reason: Some(reason) })
    }

    /// refused → claimed, with evidence other than what was refused.
    ///
    /// # Errors
    /// `competence_not_refused`; `competence_evidence_unchanged`.
    pub fn claim_again(self, refused_evidence: &str, new_evidence: &str) -> Result<Self> {
        self.require(Self::Refused, "competence_not_refused")?;
        if refused_evidence == new_evidence {
            return Err(Error::conflict("competence_evidence_unchanged"));
        }
        Ok(Self::Claimed)
    }

    fn require(self, expected: Self, code: &'static str) -> Result<()> {
        if self == expected {
            return Ok(());
        }
        Err(Error::conflict_with(Fault::new("", code).with("status", self)))
    }
}

/// The competence gate: whether `resource_person` may teach sessions of a program, given
/// where the evidence for that program stands (none when none was given).
///
/// # Errors
/// `competence_not_verified`, with `resource_person` and `status` (`none` without evidence).
pub fn may_teach(resource_person: Uuid, competence: Option<CompetenceStatus>) -> Result<()> {
    if competence == Some(CompetenceStatus::Verified) {
        return Ok(());
    }
    let status = competence.map_or("none", CompetenceStatus::as_str);
    Err(Error::conflict_with(
        Fault::new("", "competence_not_verified")
            .with("status", status)
            .with("resource_person", resource_person),
    ))
}

#[cfg(test)]
mod tests {
    use super::CompetenceStatus::*;
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use proptest::prelude::*;

    fn at() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    fn why() -> Reason {
        Reason::parse("bukti tidak terbaca").unwrap()
    }

    type Step = (&'static str, fn(CompetenceStatus) -> Result<CompetenceStatus>);
    const STEPS: [Step; 4] = [
        ("verify", |s| s.verify("pengawas", at()).map(|d| d.status)),
        ("refuse", |s| s.refuse("pengawas", at(), why()).map(|d| d.status)),
        ("withdraw", |s| s.withdraw("pengawas", at(), why()).map(|d| d.status)),
        ("claim_again", |s| s.claim_again("ijazah", "portofolio")),
    ];
    const ALLOWED: [(&str, CompetenceStatus, CompetenceStatus); 4] = [
        ("verify", Claimed, Verified),
        ("refuse", Claimed, Refused),
        ("withdraw", Verified, Withdrawn),
        ("claim_again", Refused, Claimed),
    ];

    #[test]
    fn states_are_told_alike_everywhere() {
        assert_enum_travels(CompetenceStatus::ALL, CompetenceStatus::as_str);
    }

    #[test]
    fn exactly_the_listed_steps_are_allowed() {
        for (name, step) in STEPS {
            for from in CompetenceStatus::ALL {
                let listed = ALLOWED.iter().find(|(n, f, _)| *n == name && f == from).map(|(_, _, to)| *to);
                match step(*from) {
                    Ok(to) => assert_eq!(Some(to), listed, "{name} from {from}"),
                    Err(refused) => {
                        assert_eq!(listed, None, "{name} from {from}");
                        assert!(refused.code().starts_with("competence_not_"));
                    }
                }
            }
        }
    }

    #[test]
    fn a_decision_names_who_and_when_and_why() {
        let verified = Claimed.verify("dinas-jabar", at()).unwrap();
        assert_eq!((verified.by.as_str(), verified.at, verified.reason), ("dinas-jabar", at(), None));
        assert_eq!(Verified.withdraw("x", at(), why()).unwrap().reason, Some(why()));
    }

    #[test]
    fn the_same_evidence_is_no_new_claim() {
        let refused = Refused.claim_again("ijazah", "ijazah").unwrap_err();
        assert_eq!(refused.code(), "competence_evidence_unchanged");
    }

    #[test]
    fn only_verified_competence_opens_the_gate() {
        assert!(may_teach(Uuid::nil(), Some(Verified)).is_ok());
        for closed in [None, Some(Claimed), Some(Refused), Some(Withdrawn)] {
            assert_eq!(may_teach(Uuid::nil(), closed).unwrap_err().code(), "competence_not_verified");
        }
    }

    proptest! {
        #[test]
        fn nobody_teaches_without_a_verification_since_the_last_claim(
            steps in proptest::collection::vec(0usize..4, 0..20),
        ) {
            let (mut status, mut verified) = (Claimed, false);
            for step in steps {
                if let Ok(next) = STEPS[step].1(status) {
                    verified = STEPS[step].0 == "verify";
                    status = next;
                }
                prop_assert_eq!(may_teach(Uuid::nil(), Some(status)).is_ok(), verified);
            }
        }
    }
}
