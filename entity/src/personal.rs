//! The class of every personal column, as the docstring of the column says it (`[personal: CLASS; purpose: WHY]`), so
//! that the program can read it too. A test holds the two to each other.

/// What sort of personal data a column holds (UU PDP 27/2022).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// What was done in the registry.
    Activity,
    /// Whatever a command answered, or another column held.
    AsTheAnswer,
    /// Where somebody is reached.
    Contact,
    /// What somebody wrote to others.
    Correspondence,
    /// Sex and date of birth.
    Demographic,
    /// Employment, school, subject.
    Employment,
    /// A number by which the state knows somebody, or what they sign in with.
    Identifier,
    /// Who somebody is.
    Identity,
    /// What somebody thinks.
    Opinion,
    /// What is for its author alone.
    Private,
    /// How somebody works.
    Professional,
    /// What somebody says about themselves to everybody.
    Profile,
    /// Who stands behind something anonymous.
    SealedIdentity,
    /// What opens something, or a number that is never shown.
    Secret,
    /// What was used when.
    Usage,
}

use Class::{
    Activity, AsTheAnswer, Contact, Correspondence, Demographic, Employment, Identifier, Identity, Opinion,
    Private, Professional, Profile, SealedIdentity, Secret, Usage,
};

impl Class {
    /// The class as docstrings write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Activity => "activity",
            AsTheAnswer => "as the answer",
            Contact => "contact",
            Correspondence => "correspondence",
            Demographic => "demographic",
            Employment => "employment",
            Identifier => "identifier",
            Identity => "identity",
            Opinion => "opinion",
            Private => "private",
            Professional => "professional",
            Profile => "profile",
            SealedIdentity => "sealed identity",
            Secret => "secret",
            Usage => "usage",
        }
    }
}

/// Every personal column: its table, its name and its class.
pub const CLASSES: &[(&str, &str, Class)] = &[
    ("account", "person_id", Identity),
    ("account", "login", Identifier),
    ("account", "name", Identity),
    ("account", "email", Contact),
    ("account", "password_hash", Secret),
    ("account", "totp_sealed", Secret),
    ("account", "signed_in_at", Usage),
    ("account_identity", "account_id", Identity),
    ("account_identity", "subject", Identifier),
    ("account_identity", "used_at", Usage),
    ("app_authorization", "account_id", Usage),
    ("appeal", "words", Correspondence),
    ("artefact_review", "comment", Correspondence),
    ("audit_value", "before", AsTheAnswer),
    ("audit_value", "after", AsTheAnswer),
    ("browser_session", "seen_at", Usage),
    ("browser_session", "totp_sealed", Secret),
    ("calendar_feed", "token_hash", Secret),
    ("certificate", "holder_name", Identity),
    ("certificate_payload", "payload", Identity),
    ("chapter_note", "text", Correspondence),
    ("coaching", "focus", Opinion),
    ("coaching", "next_steps", Opinion),
    ("comment", "body", Correspondence),
    ("competence", "evidence", Professional),
    ("competence", "evidence_url", Professional),
    ("competence", "reason", Correspondence),
    ("correction", "changes_sealed", Secret),
    ("correction", "words", Correspondence),
    ("correction", "reason", Correspondence),
    ("correction", "decision_reason", Correspondence),
    ("credit_claim", "statement", Activity),
    ("data_access", "person_id", Usage),
    ("data_access", "reader", Usage),
    ("data_access", "account_id", Usage),
    ("erasure", "reason", Correspondence),
    ("erasure", "decision_reason", Correspondence),
    ("enrolment", "reason", Correspondence),
    ("idempotency_key", "response", AsTheAnswer),
    ("learning_evidence", "text", Professional),
    ("learning_goal", "text", Opinion),
    ("learning_reflection", "text", Opinion),
    ("membership", "message", Correspondence),
    ("membership", "reason", Correspondence),
    ("oauth_client", "contact", Contact),
    ("observation", "focus", Professional),
    ("observation", "status_reason", Correspondence),
    ("observation", "evidence", Professional),
    ("observation", "ratings", Professional),
    ("observation", "feedback", Professional),
    ("observation", "reflection", Private),
    ("outgoing_mail", "sealed", Contact),
    ("person", "name", Identity),
    ("person", "nuptk", Identifier),
    ("person", "nip", Identifier),
    ("person", "nik_sealed", Secret),
    ("person", "nik_index", Secret),
    ("person", "sex", Demographic),
    ("person", "birth_date", Demographic),
    ("person", "employment", Employment),
    ("person", "subject", Employment),
    ("person", "school_id", Employment),
    ("person", "region_code", Employment),
    ("person", "phone", Contact),
    ("person", "email", Contact),
    ("proposal", "author_sealed", SealedIdentity),
    ("recovery_code", "hash", Secret),
    ("report", "words", Correspondence),
    ("resource_person", "biography", Profile),
    ("self_assessment", "level", Opinion),
    ("sharing_consent", "person_id", Usage),
    ("sign_in_attempt", "key", Usage),
];

/// The class of a column; none where it is not personal.
pub fn class(table: &str, column: &str) -> Option<Class> {
    CLASSES.iter().find(|row| row.0 == table && row.1 == column).map(|row| row.2)
}
