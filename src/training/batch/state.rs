//! The states of a batch: draft → open → closed → running → finished; any before
//! finished → cancelled(reason); closed → open again (extend).

use super::rule::{BatchKind, Schedule};
use crate::domain_enum;
use crate::foundation::error::{Error, Fault, Result};
use crate::foundation::text::Reason;
use crate::training::program::rule::{Jp, MinutesPerJp, ProgramStatus};
use chrono::{DateTime, SecondsFormat, Utc};

domain_enum! {
    /// Where a batch stands.
    pub enum BatchStatus {
        /// Being planned: may be changed, is not shown, takes no applications.
        Draft = "draft",
        /// Takes applications while its registration window lasts.
        Open = "open",
        /// Takes no more applications; may be extended.
        Closed = "closed",
        /// Being taught: attendance and scores are recorded.
        Running = "running",
        /// Taught: attendance may be corrected, completions decided, certificates issued.
        Finished = "finished",
        /// Will not take place, or broke off, for a stated reason. Final.
        Cancelled = "cancelled",
    }
}

/// What is known about a batch when it shall be opened.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    /// Where its program stands.
    pub program: ProgramStatus,
    /// Its dates.
    pub schedule: &'a Schedule,
    /// How many sessions it has.
    pub sessions: u64,
    /// Now.
    pub now: DateTime<Utc>,
}

impl Opening<'_> {
    /// Everything that keeps the batch from opening, so that a provider learns all of it at once:
    /// `program_not_published`, `batch_without_session`, inconsistent dates as of
    /// [`Schedule::faults`], `registration_over` when nobody could apply any more.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.program != ProgramStatus::Published {
            faults.push(Fault::new("/programId", "program_not_published").with("status", self.program));
        }
        if self.sessions == 0 {
            faults.push(Fault::new("", "batch_without_session"));
        }
        faults.extend(self.schedule.faults());
        if self.now >= self.schedule.registration_closes_at {
            let closed = self.schedule.registration_closes_at.to_rfc3339();
            faults.push(Fault::new("/registrationClosesAt", "registration_over").with("closed", closed));
        }
        faults
    }
}

/// What is known about a batch when it shall be finished.
#[derive(Debug, Clone, Copy)]
pub struct Ending {
    /// Whether it was taught first hand.
    pub kind: BatchKind,
    /// How many sessions have not ended.
    pub to_come: usize,
    /// When the first of them starts and the last ends; none when all were held.
    pub to_come_between: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// How many sessions nobody with verified competence taught.
    pub untaught_sessions: usize,
}

/// The warning that the sessions of a batch add up to fewer minutes than its program's JP
/// (the rest may be self-study, so it is no refusal): `sessions_shorter_than_jp`.
pub fn hours_warning(planned_minutes: i64, jp: Jp, minutes_per_jp: MinutesPerJp) -> Option<Fault> {
    let due = i64::from(jp.get()) * i64::from(minutes_per_jp.get());
    (planned_minutes < due)
        .then(|| Fault::new("", "sessions_shorter_than_jp").with("planned", planned_minutes).with("due", due))
}

impl BatchStatus {
    /// draft → open, when nothing stands against it.
    ///
    /// # Errors
    /// `batch_not_draft`, else all of [`Opening::faults`].
    pub fn open(self, opening: &Opening<'_>) -> Result<Self> {
        self.require(&[Self::Draft], "batch_not_draft")?;
        Error::conflicts(opening.faults()).map(|()| Self::Open)
    }

    /// open → closed: no more applications.
    ///
    /// # Errors
    /// `batch_not_open`.
    pub fn close(self) -> Result<Self> {
        self.require(&[Self::Open], "batch_not_open").map(|()| Self::Closed)
    }

    /// closed → open again, with dates under which one can still apply, for a reason.
    ///
    /// # Errors
    /// `batch_not_closed`; all of [`Schedule::faults`]; `registration_over`.
    pub fn extend(self, extended: &Schedule, _reason: &Reason, now: DateTime<Utc>) -> Result<Self> {
        self.require(&[Self::Closed], "batch_not_closed")?;
        Error::conflicts(extended.faults())?;
        if now >= extended.registration_closes_at {
            let closed = extended.registration_closes_at.to_rfc3339();
            let fault = Fault::new("/registrationClosesAt", "registration_over");
            return Err(Error::conflict_with(fault.with("closed", closed)));
        }
        Ok(Self::Open)
    }

    /// closed → running. A direct batch must have a resource person in every session, for its
    /// hours will count as direct (`untaught_sessions` counts those that have none).
    ///
    /// # Errors
    /// `batch_not_closed`; `session_without_resource_person`.
    pub fn start(self, kind: BatchKind, untaught_sessions: usize) -> Result<Self> {
        self.require(&[Self::Closed], "batch_not_closed")?;
        if kind == BatchKind::Direct && untaught_sessions > 0 {
            let fault = Fault::new("", "session_without_resource_person");
            return Err(Error::conflict_with(fault.with("sessions", untaught_sessions)));
        }
        Ok(Self::Running)
    }

    /// running → finished, once every session was held, and in a direct batch by somebody competent.
    ///
    /// # Errors
    /// `batch_not_running`; `sessions_to_come`; `session_without_resource_person`.
    pub fn finish(self, ending: &Ending) -> Result<Self> {
        self.require(&[Self::Running], "batch_not_running")?;
        if let Some((next, until)) = ending.to_come_between {
            let told = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
            let fault = Fault::new("", "sessions_to_come").with("sessions", ending.to_come);
            return Err(Error::conflict_with(fault.with("next", told(next)).with("until", told(until))));
        }
        if ending.kind == BatchKind::Direct && ending.untaught_sessions > 0 {
            let fault = Fault::new("", "session_without_resource_person");
            return Err(Error::conflict_with(fault.with("sessions", ending.untaught_sessions)));
        }
        Ok(Self::Finished)
    }

    /// Any state before finished → cancelled, for a reason.
    ///
    /// # Errors
    /// `batch_already_cancelled`; `batch_finished`.
    pub fn cancel(self, _reason: &Reason) -> Result<Self> {
        match self {
            Self::Cancelled => Err(Error::conflict("batch_already_cancelled")),
            Self::Finished => Err(Error::conflict("batch_finished")),
            Self::Draft | Self::Open | Self::Closed | Self::Running => Ok(Self::Cancelled),
        }
    }

    /// Whether one may apply now: the batch is open and the window lasts.
    ///
    /// # Errors
    /// `batch_not_open`, or as [`Schedule::require_window`].
    pub fn require_applications(self, schedule: &Schedule, now: DateTime<Utc>) -> Result<()> {
        self.require(&[Self::Open], "batch_not_open")?;
        schedule.require_window(now)
    }

    /// Whether seats may be given and taken back: from open until it has finished.
    ///
    /// # Errors
    /// `batch_takes_no_decisions`.
    pub fn require_decisions(self) -> Result<()> {
        self.require(&[Self::Open, Self::Closed, Self::Running], "batch_takes_no_decisions")
    }

    /// Whether attendance, scores and completions may be recorded or corrected.
    ///
    /// # Errors
    /// `batch_not_running`.
    pub fn require_assessment(self) -> Result<()> {
        self.require(&[Self::Running, Self::Finished], "batch_not_running")
    }

    /// Whether what people applied for (kind, source, selection rule, cost) may be changed.
    ///
    /// # Errors
    /// `batch_not_draft`.
    pub fn require_draft(self) -> Result<()> {
        self.require(&[Self::Draft], "batch_not_draft")
    }

    /// Whether sessions, dates and place may be changed: until it has finished.
    ///
    /// # Errors
    /// `batch_finished`; `batch_already_cancelled`.
    pub fn require_planning(self) -> Result<()> {
        match self {
            Self::Finished => Err(Error::conflict("batch_finished")),
            Self::Cancelled => Err(Error::conflict("batch_already_cancelled")),
            _ => Ok(()),
        }
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
