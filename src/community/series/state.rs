//! The states of a series of meetings: active → ended.

use crate::{
    domain_enum,
    foundation::error::{Error, Result},
};

domain_enum! {
    /// Where a series of meetings stands.
    pub enum MeetingSeriesStatus {
        /// Puts its meetings into the plan.
        Active = "active",
        /// Makes no more meetings; those that were held stay.
        Ended = "ended",
    }
}

impl MeetingSeriesStatus {
    /// That the series still puts meetings into the plan.
    ///
    /// # Errors
    /// `meeting_series_ended`.
    pub fn require_active(self) -> Result<()> {
        if self == Self::Ended { Err(Error::conflict("meeting_series_ended")) } else { Ok(()) }
    }
}
