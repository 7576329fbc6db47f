//! What can be imported, and how far an import is.

use crate::domain_enum;
use crate::foundation::{error::Fault, text};

domain_enum! {
    /// What an imported file is about.
    pub enum ImportKind {
        /// Provinces, regencies, districts, their changes, and other systems' codes for them.
        Regions = "regions",
        /// Schools.
        Schools = "schools",
        /// Teachers and other staff.
        Persons = "persons",
    }
}

domain_enum! {
    /// How far an import is.
    pub enum ImportStatus {
        /// Waits for its turn, or the file is being checked as a whole.
        Queued = "queued",
        /// Rows are being loaded.
        Running = "running",
        /// Every row was decided on.
        Finished = "finished",
        /// The file was refused as a whole, or loading stopped; what was loaded before is whole rows.
        Failed = "failed",
    }
}

/// Most characters of a file's name.
const NAME_CHARS: usize = 200;

/// A file's name as the caller gives it, without folders.
///
/// # Errors
/// As [`text::line`].
pub fn filename(raw: &str) -> Result<String, Fault> {
    text::line(raw.rsplit(['/', '\\']).next().unwrap_or_default(), NAME_CHARS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn lists_are_told_alike_everywhere() {
        assert_enum_travels(ImportKind::ALL, ImportKind::as_str);
        assert_enum_travels(ImportStatus::ALL, ImportStatus::as_str);
    }

    #[test]
    fn a_name_carries_no_folder() {
        assert_eq!(filename("../../etc/schools.csv").unwrap(), "schools.csv");
        assert_eq!(filename("C:\\data\\guru.csv").unwrap(), "guru.csv");
        assert!(filename("a/").is_err());
    }
}
