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
    include_str!("../locales/id/artefact.ftl"),
    include_str!("../locales/id/certification.ftl"),
    include_str!("../locales/id/graphql.ftl"),
    include_str!("../locales/id/landing.ftl"),
    include_str!("../locales/id/words.ftl"),
    include_str!("../locales/id/activity.ftl"),
    include_str!("../locales/id/credit.ftl"),
    include_str!("../locales/id/rhythm.ftl"),
    include_str!("../locales/id/community.ftl"),
    include_str!("../locales/id/observation.ftl"),
    include_str!("../locales/id/book.ftl"),
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
    include_str!("../locales/en/artefact.ftl"),
    include_str!("../locales/en/certification.ftl"),
    include_str!("../locales/en/graphql.ftl"),
    include_str!("../locales/en/landing.ftl"),
    include_str!("../locales/en/words.ftl"),
    include_str!("../locales/en/activity.ftl"),
    include_str!("../locales/en/credit.ftl"),
    include_str!("../locales/en/rhythm.ftl"),
    include_str!("../locales/en/community.ftl"),
    include_str!("../locales/en/observation.ftl"),
    include_str!("../locales/en/book.ftl"),
];
