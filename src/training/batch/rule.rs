//! What a batch is made of: its kind and lineage, seats, cost and schedule.
//! Its states are in [`super::state`], the order of its applicants in [`super::ranking`].

use super::state::BatchStatus;
use crate::foundation::error::{Error, Fault, Result};
use crate::{bounded_number, domain_enum};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

domain_enum! {
    /// Whether a batch is taught first hand or passed on.
    pub enum BatchKind {
        /// A verified resource person teaches the participants. Its hours count for coverage.
        Direct = "direct",
        /// Participants of an earlier batch pass it on. Its hours are shown beside the direct ones, never added.
        Cascade = "cascade",
    }
}

domain_enum! {
    /// Who gets the seats of a batch.
    pub enum SelectionRule {
        /// Whoever applied first: a seat, or a place on the waiting list, is given at once.
        FirstCome = "first_come",
        /// Whoever had the fewest direct JP in the last three years; ties by application time.
        /// Applications wait until the provider selects.
        LeastTrainedFirst = "least_trained_first",
    }
}

bounded_number! {
    /// Seats of a batch: 1 to 10,000.
    pub struct Capacity(i32) in 1..=10_000, "capacity_out_of_range"
}

bounded_number! {
    /// What a participant pays, in whole rupiah: 0 (free) to 2,000,000,000.
    pub struct CostRupiah(i64) in 0..=2_000_000_000, "cost_out_of_range"
}

impl Capacity {
    /// Refuses fewer seats than are taken already.
    ///
    /// # Errors
    /// `capacity_below_taken` with `taken`.
    pub fn require_room_for(self, taken: i32) -> Result<()> {
        if taken <= self.get() {
            return Ok(());
        }
        Err(Error::conflict_with(
            Fault::new("/capacity", "capacity_below_taken").with("taken", taken).with("capacity", self.get()),
        ))
    }
}

/// What a cascade needs to know about the batch it passes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceBatch {
    /// Which batch.
    pub id: Uuid,
    /// The program it runs.
    pub program_id: Uuid,
    /// Where it stands.
    pub status: BatchStatus,
    /// 0 for a direct batch, 1 for a cascade of it, and so on.
    pub generation: i32,
}

/// How a batch came to be: taught first hand, or passed on how many times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lineage {
    /// First hand; generation 0.
    Direct,
    /// Passed on from `source`.
    Cascade {
        /// The batch that is passed on.
        source: Uuid,
        /// 1 when the source is direct, else one more than the source's.
        generation: i32,
    },
}

impl Lineage {
    /// Deepest generation; farther from the source nothing can be said to be the same training.
    pub const MAX_GENERATION: i32 = 20;

    /// The lineage of a batch of `program_id`.
    ///
    /// # Errors
    /// `direct_batch_with_source`; `cascade_without_source`; `cascade_of_other_program`;
    /// `cascade_source_not_running` unless the source runs or has finished; `cascade_too_deep`.
    pub fn of(kind: BatchKind, program_id: Uuid, source: Option<&SourceBatch>) -> Result<Self> {
        match (kind, source) {
            (BatchKind::Direct, None) => Ok(Self::Direct),
            (BatchKind::Direct, Some(_)) => Err(refuse_source("direct_batch_with_source")),
            (BatchKind::Cascade, None) => Err(refuse_source("cascade_without_source")),
            (BatchKind::Cascade, Some(source)) => Self::cascade(program_id, source),
        }
    }

    fn cascade(program_id: Uuid, source: &SourceBatch) -> Result<Self> {
        if source.program_id != program_id {
            return Err(refuse_source("cascade_of_other_program"));
        }
        if !matches!(source.status, BatchStatus::Running | BatchStatus::Finished) {
            return Err(refuse_source("cascade_source_not_running"));
        }
        if source.generation >= Self::MAX_GENERATION {
            return Err(refuse_source("cascade_too_deep"));
        }
        Ok(Self::Cascade { source: source.id, generation: source.generation.max(0) + 1 })
    }

    /// Direct or cascade.
    pub const fn kind(self) -> BatchKind {
        match self {
            Self::Direct => BatchKind::Direct,
            Self::Cascade { .. } => BatchKind::Cascade,
        }
    }

    /// How often it was passed on; 0 for direct.
    pub const fn generation(self) -> i32 {
        match self {
            Self::Direct => 0,
            Self::Cascade { generation, .. } => generation,
        }
    }

    /// The batch it passes on; none for direct.
    pub const fn source(self) -> Option<Uuid> {
        match self {
            Self::Direct => None,
            Self::Cascade { source, .. } => Some(source),
        }
    }
}

fn refuse_source(code: &'static str) -> Error {
    Error::conflict_with(Fault::new("/sourceBatchId", code))
}

/// When one may apply and when it takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// First instant at which one may apply.
    pub registration_opens_at: DateTime<Utc>,
    /// First instant at which one may no longer apply.
    pub registration_closes_at: DateTime<Utc>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
}

impl Schedule {
    /// Everything that is inconsistent about the dates, with pointers:
    /// `registration_window_reversed`, `batch_dates_reversed`,
    /// `registration_closes_after_end` (after the last day is over anywhere on Earth).
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.registration_opens_at >= self.registration_closes_at {
            faults.push(Fault::new("/registrationClosesAt", "registration_window_reversed"));
        }
        if self.starts_on > self.ends_on {
            faults.push(Fault::new("/endsOn", "batch_dates_reversed"));
        }
        // A batch has no zone of its own (its sessions have), so the last day lasts until noon UTC of the next.
        let over = self
            .ends_on
            .succ_opt()
            .map(|d| d.and_time(NaiveTime::MIN).and_utc() + chrono::TimeDelta::hours(12));
        if over.is_none_or(|over| self.registration_closes_at > over) {
            faults.push(Fault::new("/registrationClosesAt", "registration_closes_after_end"));
        }
        faults
    }

    /// Whether one may apply at `now`, as far as dates go.
    ///
    /// # Errors
    /// `registration_not_yet_open` with `opens`; `registration_over` with `closed`.
    pub fn require_window(&self, now: DateTime<Utc>) -> Result<()> {
        if now < self.registration_opens_at {
            let fault = Fault::new("", "registration_not_yet_open");
            return Err(Error::conflict_with(fault.with("opens", rfc3339(self.registration_opens_at))));
        }
        if now >= self.registration_closes_at {
            let fault = Fault::new("", "registration_over");
            return Err(Error::conflict_with(fault.with("closed", rfc3339(self.registration_closes_at))));
        }
        Ok(())
    }
}

fn rfc3339(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use chrono::TimeDelta;
    use proptest::prelude::*;

    const PROGRAM: Uuid = Uuid::from_u128(1);

    fn source(status: BatchStatus, generation: i32) -> SourceBatch {
        SourceBatch { id: Uuid::from_u128(7), program_id: PROGRAM, status, generation }
    }

    #[test]
    fn the_lists_are_told_alike_everywhere() {
        assert_enum_travels(BatchKind::ALL, BatchKind::as_str);
        assert_enum_travels(SelectionRule::ALL, SelectionRule::as_str);
    }

    #[test]
    fn a_cascade_is_one_generation_deeper_than_its_source() {
        for generation in 0..Lineage::MAX_GENERATION {
            let made =
                Lineage::of(BatchKind::Cascade, PROGRAM, Some(&source(BatchStatus::Finished, generation)));
            let made = made.unwrap();
            assert_eq!((made.generation(), made.kind()), (generation + 1, BatchKind::Cascade));
            assert_eq!(made.source(), Some(Uuid::from_u128(7)));
        }
        assert_eq!(Lineage::of(BatchKind::Direct, PROGRAM, None).unwrap(), Lineage::Direct);
        assert_eq!((Lineage::Direct.generation(), Lineage::Direct.source()), (0, None));
    }

    #[test]
    fn a_lineage_that_cannot_be_is_refused_by_its_rule() {
        use BatchStatus::*;
        let code = |kind, program, source: Option<&SourceBatch>| {
            Lineage::of(kind, program, source).unwrap_err().code()
        };
        let running = source(Running, 0);
        assert_eq!(code(BatchKind::Direct, PROGRAM, Some(&running)), "direct_batch_with_source");
        assert_eq!(code(BatchKind::Cascade, PROGRAM, None), "cascade_without_source");
        assert_eq!(code(BatchKind::Cascade, Uuid::nil(), Some(&running)), "cascade_of_other_program");
        for early in [Draft, Open, Closed, Cancelled] {
            let early = source(early, 0);
            assert_eq!(code(BatchKind::Cascade, PROGRAM, Some(&early)), "cascade_source_not_running");
        }
        let deepest = source(Finished, Lineage::MAX_GENERATION);
        assert_eq!(code(BatchKind::Cascade, PROGRAM, Some(&deepest)), "cascade_too_deep");
    }

    #[test]
    fn seats_and_cost_have_limits() {
        assert_eq!(Capacity::parse(0).unwrap_err().code, "capacity_out_of_range");
        assert_eq!(CostRupiah::parse(-1).unwrap_err().code, "cost_out_of_range");
        let thirty = Capacity::parse(30).unwrap();
        assert!(thirty.require_room_for(30).is_ok());
        assert_eq!(thirty.require_room_for(31).unwrap_err().code(), "capacity_below_taken");
    }

    fn schedule(opens: i64, length: i64, start: u32, end: u32) -> Schedule {
        let opens = DateTime::from_timestamp(1_798_000_000 + opens, 0).unwrap();
        let day = |d| NaiveDate::from_ymd_opt(2027, 1, d).unwrap();
        Schedule {
            registration_opens_at: opens,
            registration_closes_at: opens + TimeDelta::seconds(length),
            starts_on: day(start),
            ends_on: day(end),
        }
    }

    #[test]
    fn every_inconsistent_date_is_told_at_once() {
        let mut wrong = schedule(0, 0, 9, 8);
        wrong.registration_closes_at += TimeDelta::days(60);
        wrong.registration_opens_at = wrong.registration_closes_at;
        let codes: Vec<_> = wrong.faults().iter().map(|f| f.code).collect();
        assert_eq!(
            codes,
            ["registration_window_reversed", "batch_dates_reversed", "registration_closes_after_end"]
        );
        assert!(schedule(0, 3600, 8, 8).faults().is_empty());
    }

    proptest! {
        #[test]
        fn the_window_has_its_first_instant_and_not_its_last(length in 1i64..100_000, at in -10i64..100_010) {
            let window = schedule(0, length, 20, 21);
            let now = window.registration_opens_at + TimeDelta::seconds(at);
            let told = window.require_window(now).map_err(|e| e.code());
            let expected = match at {
                at if at < 0 => Err("registration_not_yet_open"),
                at if at >= length => Err("registration_over"),
                _ => Ok(()),
            };
            prop_assert_eq!(told, expected);
        }
    }
}
