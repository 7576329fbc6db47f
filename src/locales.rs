//! The catalogues of words, bundled into the program: `locales/<language>/<area>.ftl`.

/// Bahasa Indonesia.
pub const INDONESIAN: &[&str] = &[
    include_str!("../locales/id/directory.ftl"),
    include_str!("../locales/id/enrolment.ftl"),
    include_str!("../locales/id/foundation.ftl"),
    include_str!("../locales/id/import.ftl"),
    include_str!("../locales/id/records.ftl"),
    include_str!("../locales/id/training.ftl"),
    include_str!("../locales/id/access.ftl"),
    include_str!("../locales/id/certification.ftl"),
    include_str!("../locales/id/graphql.ftl"),
    include_str!("../locales/id/landing.ftl"),
    include_str!("../locales/id/words.ftl"),
];

/// English.
pub const ENGLISH: &[&str] = &[
    include_str!("../locales/en/directory.ftl"),
    include_str!("../locales/en/enrolment.ftl"),
    include_str!("../locales/en/foundation.ftl"),
    include_str!("../locales/en/import.ftl"),
    include_str!("../locales/en/records.ftl"),
    include_str!("../locales/en/training.ftl"),
    include_str!("../locales/en/access.ftl"),
    include_str!("../locales/en/certification.ftl"),
    include_str!("../locales/en/graphql.ftl"),
    include_str!("../locales/en/landing.ftl"),
    include_str!("../locales/en/words.ftl"),
];
