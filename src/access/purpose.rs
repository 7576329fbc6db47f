//! What personal data is shown for: each class of a person's record belongs to one action, hence to one OAuth scope, and
//! every other personal column is shown with its noun or not at all. No purpose, no field.

use entity::personal::{self, Class};

use super::{action::Action, oauth_scope::OAuthScope};

/// The action under which fields of this class are shown of a person; none: they are shown to nobody, or such fields are
/// no part of a person's record.
pub const fn action(class: Class) -> Option<Action> {
    match class {
        Class::Identity | Class::Employment => Some(Action::PersonRead),
        Class::Identifier => Some(Action::PersonIdentifiers),
        Class::Demographic => Some(Action::PersonDemographics),
        Class::Contact => Some(Action::PersonContacts),
        _ => None,
    }
}

/// The purpose for which fields of this class are shown of a person: what an app must be allowed. None as for [`action`].
pub fn of(class: Class) -> Option<OAuthScope> {
    action(class).map(Action::scope)
}

/// What a table's personal columns are shown with, beside a person's record. A name on a roster or a certificate, and the
/// address of an account, are shown for what the roster, the certificate and the account are for.
#[rustfmt::skip] // One a line.
const SHOWN_WITH: &[(&str, Action)] = &[
    ("account", Action::AccountRead),
    ("app_authorization", Action::AppAuthorizationRead),
    ("appeal", Action::AppealRead),
    ("artefact_review", Action::ArtefactRead),
    ("certificate", Action::CertificateRead),
    ("certificate_payload", Action::CertificateRead),
    ("chapter_note", Action::ChapterNoteRead),
    ("coaching", Action::CoachingRecord),
    ("comment", Action::CommentRead),
    ("credit_claim", Action::CreditRead),
    ("learning_evidence", Action::LearningPlanRead),
    ("learning_goal", Action::LearningGoalRead),
    ("learning_reflection", Action::LearningReflectionRead),
    ("membership", Action::MembershipRead),
    ("oauth_client", Action::OAuthClientRead),
    ("observation", Action::ObservationRead),
    ("proposal", Action::ProposalUnseal),
    ("report", Action::ReportRead),
    ("resource_person", Action::ResourcePersonRead),
    ("self_assessment", Action::SelfAssessmentRead),
];

/// The purpose for which a personal column is shown; none: to no app, whoever it acts for.
pub fn of_column(table: &str, column: &str) -> Option<OAuthScope> {
    match (personal::class(table, column)?, table) {
        (Class::Secret, _) => None,
        (class, "person") => of(class),
        _ => SHOWN_WITH.iter().find(|row| row.0 == table).map(|row| row.1.scope()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// What is on no face: what opens something, what is worked with, and pages of signing in for whom it is about.
    const NOWHERE: &[&str] = &[
        "account_identity",
        "browser_session",
        "calendar_feed",
        "idempotency_key",
        "outgoing_mail",
        "recovery_code",
        "sign_in_attempt",
    ];

    #[test]
    fn each_class_of_a_persons_record_has_one_purpose_and_a_secret_none() {
        assert_eq!(of(Class::Identity), Some(OAuthScope::DirectoryRead));
        assert_eq!(of(Class::Employment), Some(OAuthScope::DirectoryRead));
        assert_eq!(of(Class::Identifier), Some(OAuthScope::IdentifiersRead));
        assert_eq!(of(Class::Demographic), Some(OAuthScope::DemographicsRead));
        assert_eq!(of(Class::Contact), Some(OAuthScope::ContactsRead));
        assert_eq!(of(Class::Secret), None);
        assert_eq!(of_column("person", "nik_index"), None);
        assert_eq!(of_column("person", "phone"), Some(OAuthScope::ContactsRead));
        assert_eq!(of_column("person", "kind"), None);
    }

    #[test]
    fn every_personal_column_is_shown_with_something_or_nowhere() {
        let decided = |table: &str| {
            table == "person" || NOWHERE.contains(&table) || SHOWN_WITH.iter().any(|row| row.0 == table)
        };
        let open: BTreeSet<_> =
            personal::CLASSES.iter().map(|row| row.0).filter(|one| !decided(one)).collect();
        assert!(open.is_empty(), "for nothing: {open:?}");
        for row in personal::CLASSES.iter().filter(|row| row.2 == Class::Secret) {
            assert_eq!(of_column(row.0, row.1), None, "{} {}", row.0, row.1);
        }
    }
}
