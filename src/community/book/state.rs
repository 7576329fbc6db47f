//! The states of a reading: planned → reading → finished; planned or reading → stopped(reason).

use crate::{
    domain_enum,
    foundation::error::{Error, Fault, Result},
};

domain_enum! {
    /// Where a reading stands.
    pub enum ReadingStatus {
        /// The book and its schedule are agreed on.
        Planned = "planned",
        /// Being read.
        Reading = "reading",
        /// Read to the end. Final.
        Finished = "finished",
        /// Put down, for a stated reason. Final.
        Stopped = "stopped",
    }
}

impl ReadingStatus {
    fn refused(self, code: &'static str) -> Error {
        Error::conflict_with(Fault::new("", code).with("status", self))
    }

    /// planned → reading.
    ///
    /// # Errors
    /// `reading_not_planned` with `status`.
    pub fn start(self) -> Result<Self> {
        if self == Self::Planned { Ok(Self::Reading) } else { Err(self.refused("reading_not_planned")) }
    }

    /// reading → finished.
    ///
    /// # Errors
    /// `reading_not_reading` with `status`.
    pub fn finish(self) -> Result<Self> {
        if self == Self::Reading { Ok(Self::Finished) } else { Err(self.refused("reading_not_reading")) }
    }

    /// planned or reading → stopped.
    ///
    /// # Errors
    /// `reading_over` with `status`.
    pub fn stop(self) -> Result<Self> {
        self.require_going_on().map(|()| Self::Stopped)
    }

    /// That its schedule may still change.
    ///
    /// # Errors
    /// `reading_over` with `status`.
    pub fn require_going_on(self) -> Result<()> {
        match self {
            Self::Planned | Self::Reading => Ok(()),
            Self::Finished | Self::Stopped => Err(self.refused("reading_over")),
        }
    }

    /// That members may write and mark: until it is put down, and after it was read to the end.
    ///
    /// # Errors
    /// `reading_over` with `status`.
    pub fn require_shelf_open(self) -> Result<()> {
        if self == Self::Stopped { Err(self.refused("reading_over")) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::{ReadingStatus::*, *};
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn states_are_told_alike_everywhere() {
        assert_enum_travels(ReadingStatus::ALL, ReadingStatus::as_str);
    }

    #[test]
    fn each_step_starts_where_the_domain_says_and_nowhere_else() {
        type Step = fn(ReadingStatus) -> Result<ReadingStatus>;
        let steps: [(Step, &[ReadingStatus], ReadingStatus); 3] = [
            (ReadingStatus::start, &[Planned], Reading),
            (ReadingStatus::finish, &[Reading], Finished),
            (ReadingStatus::stop, &[Planned, Reading], Stopped),
        ];
        for (step, from, to) in steps {
            for status in ReadingStatus::ALL {
                assert_eq!(step(*status).ok(), from.contains(status).then_some(to), "{status}");
            }
        }
        assert!(Finished.require_shelf_open().is_ok() && Stopped.require_shelf_open().is_err());
    }
}
