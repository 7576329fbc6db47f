//! The states of an enrolment:
//! applied → accepted | waitlisted | rejected(reason) | withdrawn;
//! waitlisted → accepted | rejected | withdrawn;
//! accepted → withdrawn(reason) | completed | not_completed(reason);
//! and the ways back: accepted → rejected(reason) while there is no attendance,
//! withdrawn → applied while the window is open, completed or not_completed → accepted,
//! for a reason, while no certificate of it is valid.

use super::completion::Assessment;
use crate::directory::person::rule::PersonKind;
use crate::domain_enum;
use crate::foundation::error::{Error, Fault, Result};
use crate::foundation::text::Reason;
use crate::training::batch::rule::{Schedule, SelectionRule};
use crate::training::batch::state::BatchStatus;
use chrono::{DateTime, Utc};
use uuid::Uuid;

domain_enum! {
    /// Where an enrolment stands.
    pub enum EnrolmentStatus {
        /// Asked for; nobody has decided yet.
        Applied = "applied",
        /// Has a seat.
        Accepted = "accepted",
        /// Waits for a seat; the first of the waiting list gets the next one.
        Waitlisted = "waitlisted",
        /// Was turned down, for a reason.
        Rejected = "rejected",
        /// Was given up by the participant. May apply again while registration lasts.
        Withdrawn = "withdrawn",
        /// Met every requirement; a certificate may be issued.
        Completed = "completed",
        /// Had a seat but did not complete, for a reason.
        NotCompleted = "not_completed",
    }
}

/// What applying for a batch means for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Application {
    /// A new enrolment.
    New,
    /// The withdrawn enrolment of this id is taken up again.
    Again(Uuid),
}

/// Decides what applying means, given the person's enrolments in the batch so far:
/// one live enrolment per person and batch.
///
/// # Errors
/// `enrolment_already_live` with `status`.
pub fn application(earlier: &[(Uuid, EnrolmentStatus)]) -> Result<Application> {
    if let Some((_, status)) = earlier.iter().find(|(_, status)| status.is_live()) {
        let fault = Fault::new("", "enrolment_already_live").with("status", status);
        return Err(Error::conflict_with(fault));
    }
    let withdrawn = earlier.iter().rev().find(|(_, status)| *status == EnrolmentStatus::Withdrawn);
    Ok(withdrawn.map_or(Application::New, |(id, _)| Application::Again(*id)))
}

/// Whether the provider turned the person down in this batch before: a new application then waits
/// for a decision, whatever the rule, or a rejection would be undone by asking again.
pub fn was_turned_down(earlier: &[(Uuid, EnrolmentStatus)]) -> bool {
    earlier.iter().any(|(_, status)| *status == EnrolmentStatus::Rejected)
}

/// The warning that a program is meant for others than persons of `kind`; an empty audience means
/// everyone. No refusal, for nobody is to be left out: applicant and provider are told, and the
/// provider decides. `not_in_audience` with `kind` and `audience`.
pub fn audience_warning(audience: &[PersonKind], kind: PersonKind) -> Option<Fault> {
    if audience.is_empty() || audience.contains(&kind) {
        return None;
    }
    let meant: Vec<&str> = audience.iter().map(|kind| kind.as_str()).collect();
    Some(Fault::new("", "not_in_audience").with("kind", kind).with("audience", meant.join(", ")))
}

impl EnrolmentStatus {
    /// What an application becomes at once: under first come a seat when one could be taken, else a
    /// place on the waiting list; under least trained first, or after a rejection
    /// ([`was_turned_down`]), it waits for a decision.
    pub const fn on_application(rule: SelectionRule, turned_down: bool, seat_taken: bool) -> Self {
        match (rule, turned_down, seat_taken) {
            (SelectionRule::LeastTrainedFirst, _, _) | (SelectionRule::FirstCome, true, _) => Self::Applied,
            (SelectionRule::FirstCome, false, true) => Self::Accepted,
            (SelectionRule::FirstCome, false, false) => Self::Waitlisted,
        }
    }

    /// Whether it stands in the way of another enrolment of the same person in the same batch.
    pub const fn is_live(self) -> bool {
        !matches!(self, Self::Rejected | Self::Withdrawn)
    }

    /// Whether it holds one of the batch's seats.
    pub const fn holds_seat(self) -> bool {
        matches!(self, Self::Accepted | Self::Completed | Self::NotCompleted)
    }

    /// Whether stepping to `next` gives a seat back, so that the waiting list moves up.
    pub const fn frees_seat(self, next: Self) -> bool {
        self.holds_seat() && !next.holds_seat()
    }

    /// Whether stepping to `next` needs a seat to be taken first.
    pub const fn takes_seat(self, next: Self) -> bool {
        !self.holds_seat() && next.holds_seat()
    }

    /// applied | waitlisted → accepted. The caller takes a seat in the same transaction.
    ///
    /// # Errors
    /// `enrolment_not_awaiting_seat`.
    pub fn accept(self) -> Result<Self> {
        self.require(&[Self::Applied, Self::Waitlisted], "enrolment_not_awaiting_seat")?;
        Ok(Self::Accepted)
    }

    /// applied → waitlisted.
    ///
    /// # Errors
    /// `enrolment_not_applied`.
    pub fn waitlist(self) -> Result<Self> {
        self.require(&[Self::Applied], "enrolment_not_applied").map(|()| Self::Waitlisted)
    }

    /// applied | waitlisted → rejected, for a reason; accepted → rejected only while no
    /// attendance was recorded (of any length, in any session).
    ///
    /// # Errors
    /// `enrolment_not_rejectable`; `enrolment_has_attendance`.
    pub fn reject(self, _reason: &Reason, has_attendance: bool) -> Result<Self> {
        let may = [Self::Applied, Self::Waitlisted, Self::Accepted];
        self.require(&may, "enrolment_not_rejectable")?;
        if self == Self::Accepted && has_attendance {
            return Err(Error::conflict("enrolment_has_attendance"));
        }
        Ok(Self::Rejected)
    }

    /// applied | waitlisted → withdrawn; accepted → withdrawn with a reason, for a seat is given up.
    ///
    /// # Errors
    /// `enrolment_not_withdrawable`; `withdrawal_reason_missing`.
    pub fn withdraw(self, reason: Option<&Reason>) -> Result<Self> {
        self.require(&[Self::Applied, Self::Waitlisted, Self::Accepted], "enrolment_not_withdrawable")?;
        if self == Self::Accepted && reason.is_none() {
            return Err(Error::conflict_with(Fault::new("/reason", "withdrawal_reason_missing")));
        }
        Ok(Self::Withdrawn)
    }

    /// accepted → completed, when every requirement is met.
    ///
    /// # Errors
    /// `enrolment_not_accepted`; `requirements_not_met`, naming those in `unmet`.
    pub fn complete(self, assessment: &Assessment) -> Result<Self> {
        self.require(&[Self::Accepted], "enrolment_not_accepted")?;
        if assessment.completed() {
            return Ok(Self::Completed);
        }
        let unmet: Vec<&str> =
            assessment.lines.iter().filter(|l| !l.met).map(|l| l.requirement.as_str()).collect();
        Err(Error::conflict_with(Fault::new("", "requirements_not_met").with("unmet", unmet.join(", "))))
    }

    /// accepted → not_completed, for a reason.
    ///
    /// # Errors
    /// `enrolment_not_accepted`.
    pub fn not_complete(self, _reason: &Reason) -> Result<Self> {
        self.require(&[Self::Accepted], "enrolment_not_accepted").map(|()| Self::NotCompleted)
    }

    /// withdrawn → applied: the same batch, while it is open and its window lasts.
    ///
    /// # Errors
    /// `enrolment_not_withdrawn`, or as [`BatchStatus::require_applications`].
    pub fn apply_again(self, batch: BatchStatus, schedule: &Schedule, now: DateTime<Utc>) -> Result<Self> {
        self.require(&[Self::Withdrawn], "enrolment_not_withdrawn")?;
        batch.require_applications(schedule, now)?;
        Ok(Self::Applied)
    }

    /// completed or not_completed → accepted, for a reason, to correct what was recorded; only while no
    /// certificate of it is valid (a suspended one counts as valid: it may be reinstated).
    ///
    /// # Errors
    /// `enrolment_not_decided`; `enrolment_has_certificate`.
    pub fn reopen(self, _reason: &Reason, has_valid_certificate: bool) -> Result<Self> {
        self.require(&[Self::Completed, Self::NotCompleted], "enrolment_not_decided")?;
        if has_valid_certificate {
            return Err(Error::conflict("enrolment_has_certificate"));
        }
        Ok(Self::Accepted)
    }

    /// Whether a score may be given or changed: from the seat until the decision.
    ///
    /// # Errors
    /// `enrolment_not_accepted`.
    pub fn require_accepted(self) -> Result<()> {
        self.require(&[Self::Accepted], "enrolment_not_accepted")
    }

    fn require(self, allowed: &[Self], code: &'static str) -> Result<()> {
        if allowed.contains(&self) {
            return Ok(());
        }
        Err(Error::conflict_with(Fault::new("", code).with("status", self)))
    }
}

#[cfg(test)]
mod tests;
