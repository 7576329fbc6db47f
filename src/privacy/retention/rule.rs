//! The schedule itself.

use chrono::TimeDelta;

use crate::{
    community::artefact::forget,
    domain_enum,
    foundation::{trail_values, transaction::ANSWERS_KEPT},
    identity::{
        client, mail,
        oauth::tidy,
        sign_in::{leftover, throttle},
    },
    privacy::data_access,
};

domain_enum! {
    /// What becomes of something once its time is over.
    pub enum RetentionOutcome {
        /// The row goes.
        Delete = "delete",
        /// The row stays, without what these columns held.
        Blank = "blank",
        /// It stays.
        Keep = "keep",
    }
}

domain_enum! {
    /// What a rule is about.
    pub enum RetentionCode {
        /// Answers that are kept for requests that are sent again.
        IdempotencyAnswers = "idempotency_answers",
        /// What mails say, and to whom they go.
        MailTexts = "mail_texts",
        /// That a mail was sent.
        Mails = "mails",
        /// Counts of attempts to sign in that failed.
        SignInAttempts = "sign_in_attempts",
        /// Sign-ins that are under way at another provider.
        UpstreamSignIns = "upstream_sign_ins",
        /// Browsers in which somebody signed in.
        BrowserSessions = "browser_sessions",
        /// Links of invitations and of new passwords.
        AccountLinks = "account_links",
        /// Codes on their way from consent to token.
        AuthorizationCodes = "authorization_codes",
        /// Tokens that were revoked.
        RevokedTokens = "revoked_tokens",
        /// Signed proofs that were used.
        UsedProofs = "used_proofs",
        /// Refresh tokens that follow from one consent.
        TokenFamilies = "token_families",
        /// How far each caller's minute is used up.
        RateWindows = "rate_windows",
        /// Apps that registered themselves and came to nothing.
        UnusedClients = "unused_clients",
        /// How often apps called, day by day.
        ClientUses = "client_uses",
        /// Files that were uploaded for an import.
        ImportFiles = "import_files",
        /// What an import says of single rows of a file.
        ImportFindings = "import_findings",
        /// Files that nothing refers to any more.
        ReleasedFiles = "released_files",
        /// What somebody wrote who reported something.
        ReportWords = "report_words",
        /// What somebody wrote against a step of moderation.
        AppealWords = "appeal_words",
        /// Why an erasure was asked for, or turned down.
        ErasureReasons = "erasure_reasons",
        /// Why a correction was decided so.
        CorrectionReasons = "correction_reasons",
        /// What was said with a request to join or an invitation.
        MembershipMessages = "membership_messages",
        /// Why an enrolment was turned down or given up.
        EnrolmentReasons = "enrolment_reasons",
        /// Who saw whose personal data.
        DataAccesses = "data_accesses",
        /// Breaches of personal data that are closed.
        Breaches = "breaches",
        /// What the audit trail shows of personal values.
        AuditValues = "audit_values",
        /// The audit trail itself.
        AuditEntries = "audit_entries",
        /// What happened, as events.
        Events = "events",
        /// Certificates and what was signed.
        Certificates = "certificates",
        /// Persons.
        Persons = "persons",
    }
}

/// Who does what a rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// The thing's own job.
    Own,
    /// The job of this schedule.
    Retention,
    /// Nobody: it stays.
    Nobody,
}

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What it is about.
    pub code: RetentionCode,
    /// The table.
    pub table: &'static str,
    /// The columns that it is about; none where it is the whole row.
    pub columns: &'static [&'static str],
    /// How long it stays after the moment that the rule's words name; none where it stays.
    pub period: Option<TimeDelta>,
    /// What happens then.
    pub outcome: RetentionOutcome,
    /// Who does it.
    pub job: Job,
}

use RetentionCode as C;
use RetentionOutcome::{Blank, Delete, Keep};

/// Until the moment itself.
const AT_ONCE: TimeDelta = TimeDelta::zero();
/// How long findings stay: whoever sent the file has mended it by then.
pub const FINDINGS: TimeDelta = TimeDelta::days(90);
/// How long words stay that were said about something that is decided.
pub const WORDS: TimeDelta = TimeDelta::days(365);
/// How long the reason of an enrolment that came to nothing stays.
pub const REASONS: TimeDelta = TimeDelta::days(2 * 365);
/// How long the counts of an app's calls stay.
pub const COUNTS: TimeDelta = TimeDelta::days(2 * 365);
/// How long a breach stays after it was closed: long enough for whoever asks how such things were dealt with.
pub const BREACHES: TimeDelta = TimeDelta::days(5 * 365 + 1);

const fn gone(code: RetentionCode, table: &'static str, period: TimeDelta, job: Job) -> Rule {
    Rule { code, table, columns: &[], period: Some(period), outcome: Delete, job }
}

const fn blank(
    code: RetentionCode,
    table: &'static str,
    columns: &'static [&'static str],
    period: TimeDelta,
    job: Job,
) -> Rule {
    Rule { code, table, columns, period: Some(period), outcome: Blank, job }
}

const fn kept(code: RetentionCode, table: &'static str) -> Rule {
    Rule { code, table, columns: &[], period: None, outcome: Keep, job: Job::Nobody }
}

/// Every rule, in the order in which they are shown: what goes soonest first.
#[rustfmt::skip] // One a line: it is read as a table.
pub const RULES: &[Rule] = &[
    gone(C::RateWindows, "rate_window", AT_ONCE, Job::Own),
    gone(C::UpstreamSignIns, "upstream_sign_in", AT_ONCE, Job::Retention),
    blank(C::MailTexts, "outgoing_mail", &["sealed"], AT_ONCE, Job::Own),
    gone(C::ImportFiles, "import_job", AT_ONCE, Job::Own),
    gone(C::UsedProofs, "used_proof", tidy::APART, Job::Own),
    gone(C::RevokedTokens, "revoked_token", tidy::APART, Job::Own),
    gone(C::ReleasedFiles, "released_file", forget::STAYS, Job::Own),
    gone(C::AuthorizationCodes, "authorization_code", tidy::CODES, Job::Own),
    gone(C::SignInAttempts, "sign_in_attempt", throttle::KEPT, Job::Own),
    gone(C::IdempotencyAnswers, "idempotency_key", ANSWERS_KEPT, Job::Retention),
    gone(C::Mails, "outgoing_mail", mail::KEPT, Job::Own),
    gone(C::BrowserSessions, "browser_session", leftover::KEPT, Job::Own),
    gone(C::AccountLinks, "account_token", leftover::KEPT, Job::Own),
    gone(C::TokenFamilies, "token_family", tidy::FAMILIES, Job::Own),
    gone(C::UnusedClients, "oauth_client", client::leftover::KEPT, Job::Own),
    gone(C::ImportFindings, "import_finding", FINDINGS, Job::Retention),
    blank(C::ReportWords, "report", &["words"], WORDS, Job::Retention),
    blank(C::AppealWords, "appeal", &["words"], WORDS, Job::Retention),
    blank(C::ErasureReasons, "erasure", &["reason", "decision_reason"], WORDS, Job::Retention),
    blank(C::CorrectionReasons, "correction", &["decision_reason"], WORDS, Job::Retention),
    blank(C::MembershipMessages, "membership", &["message"], WORDS, Job::Retention),
    blank(C::EnrolmentReasons, "enrolment", &["reason"], REASONS, Job::Retention),
    gone(C::ClientUses, "client_use", COUNTS, Job::Retention),
    gone(C::DataAccesses, "data_access", data_access::KEPT, Job::Retention),
    gone(C::Breaches, "breach", BREACHES, Job::Retention),
    gone(C::AuditValues, "audit_value", trail_values::KEPT, Job::Retention),
    kept(C::AuditEntries, "audit_entry"),
    kept(C::Events, "event"),
    kept(C::Certificates, "certificate"),
    kept(C::Persons, "person"),
];

impl Rule {
    /// The classes of what it is about, as the columns declare them, each once.
    pub fn classes(&self) -> Vec<&'static str> {
        let about = |column: &str| self.columns.is_empty() || self.columns.contains(&column);
        let rows = entity::personal::CLASSES.iter().filter(|row| row.0 == self.table && about(row.1));
        let mut classes: Vec<_> = rows.map(|row| row.2.as_str()).collect();
        classes.sort_unstable();
        classes.dedup();
        classes
    }

    /// How long, as ISO 8601 writes it: days where they are whole, else minutes.
    pub fn duration(&self) -> Option<String> {
        let period = self.period?;
        let (days, minutes) = (period.num_days(), period.num_minutes());
        Some(if TimeDelta::days(days) == period { format!("P{days}D") } else { format!("PT{minutes}M") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::language::{self, Language};

    #[test]
    fn every_code_has_one_rule_and_words_in_both_languages() {
        for code in RetentionCode::ALL {
            assert_eq!(RULES.iter().filter(|rule| rule.code == *code).count(), 1, "{code}");
            for language in [Language::Indonesian, Language::English] {
                for part in ["", "_since", "_why"] {
                    let key = format!("retention_{code}{part}");
                    let words = language::of_code(language, &key, &[]);
                    assert!(words.len() > 4 && words != key, "{key} has no words: {words}");
                }
            }
        }
    }

    #[test]
    fn what_a_job_keeps_is_what_the_schedule_says() {
        let of = |code| RULES.iter().find(|rule| rule.code == code).and_then(|rule| rule.period).unwrap();
        for (code, period) in [
            (C::IdempotencyAnswers, ANSWERS_KEPT),
            (C::Mails, mail::KEPT),
            (C::SignInAttempts, throttle::KEPT),
            (C::BrowserSessions, leftover::KEPT),
            (C::AccountLinks, leftover::KEPT),
            (C::UnusedClients, client::leftover::KEPT),
            (C::UsedProofs, tidy::APART),
            (C::RevokedTokens, tidy::APART),
            (C::AuthorizationCodes, tidy::CODES),
            (C::TokenFamilies, tidy::FAMILIES),
            (C::ReleasedFiles, forget::STAYS),
            (C::DataAccesses, data_access::KEPT),
            (C::Breaches, BREACHES),
            (C::AuditValues, trail_values::KEPT),
        ] {
            assert_eq!(of(code), period, "{code}");
        }
    }

    #[test]
    fn what_stays_has_no_period_and_what_goes_has_one_and_somebody_who_does_it() {
        for rule in RULES {
            let stays = rule.outcome == Keep;
            assert_eq!((rule.period.is_none(), rule.job == Job::Nobody), (stays, stays), "{}", rule.code);
            assert_eq!(rule.columns.is_empty(), rule.outcome != Blank, "{}", rule.code);
        }
    }

    #[test]
    fn periods_and_classes_are_told() {
        let of = |code| RULES.iter().find(|rule| rule.code == code).unwrap();
        assert_eq!(of(C::RateWindows).duration().unwrap(), "P0D");
        assert_eq!(of(C::UsedProofs).duration().unwrap(), "PT5M");
        assert_eq!(of(C::Mails).duration().unwrap(), "P30D");
        assert_eq!(of(C::Persons).duration(), None);
        assert_eq!(of(C::ReportWords).classes(), ["correspondence"]);
        assert_eq!(of(C::RateWindows).classes(), Vec::<&str>::new());
    }
}
