//! The OAuth scopes (RFC 6749, section 3.3): what an app may do for whoever agreed to it. Each stands for one
//! purpose, in words that a teacher understands; every action belongs to exactly one. A scope never gives a right
//! that the person or system does not hold: it only narrows.

use std::collections::BTreeSet;

use super::action::Action;
use crate::domain_enum;
use crate::foundation::{
    error::Fault,
    language::{self, Language},
};

domain_enum! {
    /// What an app may do, by purpose (an OAuth scope).
    pub enum OAuthScope {
        /// See the directory: your own entry, and those that you may see.
        DirectoryRead = "directory_read",
        /// Change entries of the directory that you may change.
        DirectoryWrite = "directory_write",
        /// See how those whom you may see can be reached: telephone number and e-mail address.
        ContactsRead = "contacts_read",
        /// See the teacher and civil servant numbers of those whom you may see.
        IdentifiersRead = "identifiers_read",
        /// See sex and date of birth of those whom you may see.
        DemographicsRead = "demographics_read",
        /// See your trainings, applications and attendance, and those that you may see.
        TrainingsRead = "trainings_read",
        /// Apply for trainings for you, and withdraw.
        TrainingsApply = "trainings_apply",
        /// Run trainings: programs, batches, sessions, selection, attendance.
        TrainingsManage = "trainings_manage",
        /// See your certificates, and those that you may see.
        CertificatesRead = "certificates_read",
        /// Issue and revoke certificates.
        CertificatesIssue = "certificates_issue",
        /// See your communities and what they do.
        CommunitiesRead = "communities_read",
        /// Take part in your communities: join, meet, make, say, vote.
        CommunitiesTakePart = "communities_take_part",
        /// Set the rules for communities: credit, instruments, recognition and its rounds.
        CommunitiesManage = "communities_manage",
        /// See your peer observations and coachings, which only the two of you see.
        ObservationsRead = "observations_read",
        /// Plan, write and share your peer observations and coachings.
        ObservationsWrite = "observations_write",
        /// See your own learning: plans, goals, reflections, self-assessments.
        LearningRead = "learning_read",
        /// Write your own learning.
        LearningWrite = "learning_write",
        /// Moderate what is said in communities.
        Moderation = "moderation",
        /// Bring files into the directory, and read what came of it.
        Imports = "imports",
        /// See accounts, roles, apps and the audit trail that you may see.
        AccessRead = "access_read",
        /// Invite and block accounts, give and withdraw roles, decide about apps.
        AccessManage = "access_manage",
        /// See what is held on you, who looked at it, and what you agreed to.
        PersonalDataRead = "personal_data_read",
        /// Ask for corrections, restriction and erasure, agree to sharing and take it back.
        PersonalDataManage = "personal_data_manage",
        /// Decide about corrections and erasures, keep the register of breaches, see what is due to go.
        PrivacyManage = "privacy_manage",
    }
}

use OAuthScope::{
    AccessManage, AccessRead, CertificatesIssue, CertificatesRead, CommunitiesManage, CommunitiesRead,
    CommunitiesTakePart, ContactsRead, DemographicsRead, DirectoryRead, DirectoryWrite, IdentifiersRead,
    Imports, LearningRead, LearningWrite, Moderation, ObservationsRead, ObservationsWrite,
    PersonalDataManage, PersonalDataRead, PrivacyManage, TrainingsApply, TrainingsManage, TrainingsRead,
};

/// Each noun with what reading it and changing it belong to.
const NOUNS: &[(&str, OAuthScope, OAuthScope)] = &[
    ("school", DirectoryRead, DirectoryWrite),
    ("organisation", DirectoryRead, DirectoryWrite),
    ("person", DirectoryRead, DirectoryWrite),
    ("burden", DirectoryRead, TrainingsManage),
    ("resource_person", DirectoryRead, DirectoryWrite),
    ("competence", DirectoryRead, DirectoryWrite),
    ("program", TrainingsRead, TrainingsManage),
    ("batch", TrainingsRead, TrainingsManage),
    ("session", TrainingsRead, TrainingsManage),
    ("attendance", TrainingsRead, TrainingsManage),
    ("enrolment", TrainingsRead, TrainingsManage),
    ("certificate", CertificatesRead, CertificatesIssue),
    ("comment", CommunitiesRead, CommunitiesTakePart),
    ("proposal", CommunitiesRead, CommunitiesTakePart),
    ("appeal", Moderation, Moderation),
    ("report", Moderation, Moderation),
    ("community", CommunitiesRead, CommunitiesTakePart),
    ("membership", CommunitiesRead, CommunitiesTakePart),
    ("office", CommunitiesRead, CommunitiesTakePart),
    ("partner", CommunitiesRead, CommunitiesTakePart),
    ("activity", CommunitiesRead, CommunitiesTakePart),
    ("activity_attendance", CommunitiesRead, CommunitiesTakePart),
    ("activity_cost", CommunitiesRead, CommunitiesTakePart),
    ("article", CommunitiesRead, CommunitiesTakePart),
    ("meeting_series", CommunitiesRead, CommunitiesTakePart),
    ("artefact", CommunitiesRead, CommunitiesTakePart),
    ("calendar_feed", CommunitiesRead, CommunitiesTakePart),
    ("book_reading", CommunitiesRead, CommunitiesTakePart),
    ("chapter_note", CommunitiesRead, CommunitiesTakePart),
    ("chapter", CommunitiesRead, CommunitiesTakePart),
    ("improvement", CommunitiesRead, CommunitiesTakePart),
    ("credit", CommunitiesRead, CommunitiesTakePart),
    ("credit_scheme", CommunitiesRead, CommunitiesManage),
    ("observation_instrument", CommunitiesRead, CommunitiesManage),
    ("recognition_scheme", CommunitiesRead, CommunitiesManage),
    ("progress_note", CommunitiesRead, CommunitiesManage),
    ("award_round", CommunitiesRead, CommunitiesManage),
    ("award_entry", CommunitiesRead, CommunitiesManage),
    ("award_objection", CommunitiesRead, CommunitiesManage),
    ("observation", ObservationsRead, ObservationsWrite),
    ("coaching", ObservationsRead, ObservationsWrite),
    ("learning_plan", LearningRead, LearningWrite),
    ("learning_goal", LearningRead, LearningWrite),
    ("learning_evidence", LearningRead, LearningWrite),
    ("learning_reflection", LearningRead, LearningWrite),
    ("learning_suggestions", LearningRead, LearningWrite),
    ("self_assessment", LearningRead, LearningWrite),
    ("client_document", AccessRead, AccessManage),
    ("import", Imports, Imports),
    ("role_grant", AccessRead, AccessManage),
    ("account", AccessRead, AccessManage),
    ("app_authorization", AccessRead, AccessManage),
    ("oauth_client", AccessRead, AccessManage),
    ("oauth_client_secret", AccessRead, AccessManage),
    ("audit_entry", AccessRead, AccessManage),
    ("data_access", PersonalDataRead, PersonalDataManage),
    ("personal_data", PersonalDataRead, PersonalDataManage),
    ("correction", PersonalDataRead, PersonalDataManage),
    ("sharing_consent", PersonalDataRead, PersonalDataManage),
    ("restriction", PersonalDataRead, PersonalDataManage),
    ("erasure", PersonalDataRead, PersonalDataManage),
    ("retention_rule", PrivacyManage, PrivacyManage),
    ("breach", PrivacyManage, PrivacyManage),
];

/// What a noun's verbs do when they only look.
const READS: &[&str] = &[
    "read",
    "contacts",
    "identifiers",
    "demographics",
    "clashes",
    "history",
    "check_in_code",
    "preview",
    "rank",
];

impl Action {
    /// The scope that an app needs for this action.
    pub fn scope(self) -> OAuthScope {
        match self {
            Self::EnrolmentApply | Self::EnrolmentReapply | Self::EnrolmentWithdraw => TrainingsApply,
            Self::CommentHide | Self::CommentRestore | Self::ProposalRemove | Self::ProposalUnseal => {
                Moderation
            }
            Self::AwardObjectionRaise => CommunitiesTakePart,
            Self::PersonIdentifiers => IdentifiersRead,
            Self::PersonDemographics => DemographicsRead,
            Self::PersonContacts => ContactsRead,
            Self::CorrectionAccept | Self::CorrectionReject => PrivacyManage,
            Self::ErasureApprove | Self::ErasureReject => PrivacyManage,
            _ => self.by_noun(),
        }
    }

    fn by_noun(self) -> OAuthScope {
        let (noun, verb) = self.name().split_once('.').unwrap_or((self.name(), ""));
        // A noun that nobody listed is the narrowest there is; a test keeps the list whole.
        let (read, write) =
            NOUNS.iter().find(|row| row.0 == noun).map_or((AccessManage, AccessManage), |row| (row.1, row.2));
        if READS.contains(&verb) { read } else { write }
    }
}

impl OAuthScope {
    /// What it lets an app do, as whoever is asked to agree to it reads it.
    pub fn words(self, language: Language) -> String {
        language::of_code(language, &format!("scope_{}", self.as_str()), &[])
    }
}

/// Several scopes, each once, in the order in which they are listed.
pub type Scopes = BTreeSet<OAuthScope>;

/// The scopes of a parameter `scope` (RFC 6749, section 3.3): names with one space between them.
///
/// # Errors
/// `unknown_value` of the first name that is none of ours.
pub fn parse(text: &str) -> Result<Scopes, Fault> {
    text.split(' ').filter(|name| !name.is_empty()).map(OAuthScope::parse).collect()
}

/// The scopes as a parameter `scope` says them.
pub fn line(scopes: &Scopes) -> String {
    scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_noun_has_its_scopes() {
        for action in Action::ALL {
            let noun = action.name().split_once('.').unwrap().0;
            assert!(NOUNS.iter().any(|row| row.0 == noun), "{noun} stands in no row");
        }
    }

    #[test]
    fn looking_and_changing_need_different_scopes() {
        assert_eq!(Action::CertificateRead.scope(), CertificatesRead);
        assert_eq!(Action::CertificateRevoke.scope(), CertificatesIssue);
        assert_eq!(Action::EnrolmentApply.scope(), TrainingsApply);
        assert_eq!(Action::EnrolmentAccept.scope(), TrainingsManage);
        assert_eq!(Action::ProposalUnseal.scope(), Moderation);
        assert_eq!(Action::SchoolContacts.scope(), DirectoryRead);
        assert_eq!(Action::PersonContacts.scope(), ContactsRead);
    }

    #[test]
    fn every_scope_has_words_for_whoever_is_asked_to_agree() {
        for language in [Language::Indonesian, Language::English] {
            for scope in OAuthScope::ALL {
                let words = scope.words(language);
                assert!(words.len() > 20 && !words.starts_with("scope-"), "{scope}: {words}");
            }
        }
    }

    #[test]
    fn a_line_of_scopes_is_read_as_it_is_written() {
        let scopes = parse("certificates_read directory_read certificates_read").unwrap();
        assert_eq!(line(&scopes), "directory_read certificates_read");
        assert_eq!(parse("").unwrap(), Scopes::new());
        assert_eq!(parse("certificates_read everything").unwrap_err().code, "unknown_value");
    }
}
