//! The register itself. Erasure goes through it from the top: what hangs on a row stands above it.

use super::{
    Copied::{self, In, No, Without},
    Empty::{List, Null, Text},
    Entry,
    Leads::{
        self, About, Account, Audience, Author, Caller, OpenThrough, Person, Reporter, Subject, Through,
        ThroughAccount, Voter,
    },
    Table,
    Treatment::{self, Apart, Blank, Delete, Keep},
    table::Of,
};

const fn entry(
    table: &'static dyn Table,
    column: &'static str,
    leads: Leads,
    copy: Copied,
    erasure: Treatment,
) -> Entry {
    Entry { table, column, leads, copy, erasure }
}

/// The table of an entity, by its name.
macro_rules! of {
    ($table:ident) => {
        &Of::<entity::$table::Entity>::TABLE
    };
}

const PROVES: &str = "it is what certificates and the registry's numbers rest on";
const OFFICE: &str = "who bore which part of a group's work is the group's own history";
const GROUPS: &str = "what a group made is the group's; who had a part in it stays as an id";
const THEIRS: &str = "it was said to a colleague, and is that colleague's too";
const MARKED: &str = "it leads to nobody but with the service's keys; a change would tell whose it was";
const SEALED: &str = "the audit trail is one chain; its personal values go apart from it";
const LOOKED: &str = "whoever looked answers for it for five years; under the id alone";
const SECRET: &str = "a secret, or only what a secret is checked by";

const EVIDENCE: Treatment = Blank(&[("evidence", Text("")), ("evidence_url", Null), ("reason", Null)]);
const WORDS: Treatment = Blank(&[("words", Text(""))]);
const LAPSED: Treatment = Blank(&[("words", Text("")), ("status", Text("lapsed"))]);
const SETTLED: Treatment = Blank(&[("status", Text("settled"))]);
const COMMENT: Treatment = Blank(&[
    ("body", Text("")),
    ("status", Text("withdrawn")),
    ("hidden_code", Null),
    ("hidden_reason", Null),
]);
const OBSERVED: Treatment = Blank(&[
    ("focus", Text("")),
    ("status_reason", Null),
    ("evidence", Null),
    ("ratings", List),
    ("feedback", Null),
    ("reflection", Null),
]);

/// Every column that leads to a person.
#[rustfmt::skip] // One a line: it is a table.
pub const REGISTER: &[Entry] = &[
    // The directory.
    entry(of!(person), "id", Person, In("person"), Apart),
    entry(of!(competence), "resource_person_id", Through("resource_person", "id", "person_id"), In("competences"), EVIDENCE),
    entry(of!(resource_person), "person_id", Person, In("resource_person"), Blank(&[("biography", Null)])),
    // Trainings and certificates.
    entry(of!(session_teacher), "person_id", Person, In("teaching"), Keep(PROVES)),
    entry(of!(enrolment), "person_id", Person, In("enrolments"), Blank(&[("reason", Null)])),
    entry(of!(attendance), "enrolment_id", Through("enrolment", "id", "person_id"), In("attendance"), Keep(PROVES)),
    entry(of!(certificate), "person_id", Person, In("certificates"), Apart),
    entry(of!(certificate_payload), "certificate_id", Through("certificate", "id", "person_id"), In("certificate_proofs"), Apart),
    entry(of!(credit_claim), "person_id", Person, In("credit_claims"), Keep(PROVES)),
    entry(of!(credit_use), "person_id", Person, In("credit_uses"), Keep(PROVES)),
    // Communities and what they do.
    entry(of!(membership), "person_id", Person, In("memberships"), Blank(&[("message", Null), ("reason", Null)])),
    entry(of!(community_office), "person_id", Person, In("offices"), Keep(OFFICE)),
    entry(of!(activity_role), "person_id", Person, In("activity_roles"), Keep(OFFICE)),
    entry(of!(activity_attendance), "person_id", Person, In("activity_attendance"), Keep(PROVES)),
    entry(of!(activity_removal), "person_id", Person, In("activity_removals"), Keep(PROVES)),
    entry(of!(article), "shared_by_id", Person, In("articles"), Blank(&[("why", Text(""))])),
    entry(of!(article_read), "person_id", Person, In("articles_read"), Delete),
    entry(of!(chapter_mark), "person_id", Person, In("chapters_read"), Delete),
    entry(of!(chapter_note), "person_id", Person, In("chapter_notes"), Blank(&[("text", Text(""))])),
    entry(of!(reading_chapter), "leader_id", Person, In("chapters_led"), Keep(OFFICE)),
    entry(of!(improvement), "owner_id", Person, In("improvements"), Keep(OFFICE)),
    entry(of!(artefact_author), "person_id", Person, In("artefact_authorships"), Keep(GROUPS)),
    entry(of!(artefact_version), "written_by", Person, In("artefact_versions"), Keep(GROUPS)),
    entry(of!(artefact_attachment), "uploaded_by", Person, In("attachments"), Keep(GROUPS)),
    entry(of!(artefact_review), "reviewer_id", Person, In("artefact_reviews"), Blank(&[("comment", Null)])),
    // What was said, proposed and decided.
    entry(of!(appeal), "subject_id", OpenThrough("comment", "id", "author_id"), No("they stand in `appeals`"), LAPSED),
    entry(of!(report), "subject_id", OpenThrough("comment", "id", "author_id"), No("what others report is anonymous"), SETTLED),
    entry(of!(appeal), "subject_id", Through("comment", "id", "author_id"), In("appeals"), WORDS),
    entry(of!(appeal), "subject_id", Through("proposal", "id", "author_id"), In("appeals"), WORDS),
    entry(of!(comment_moderation), "comment_id", Through("comment", "id", "author_id"), In("comment_moderation"), Keep("a moderator's deed, which others may have to answer for")),
    entry(of!(comment_mention), "comment_id", Through("comment", "id", "author_id"), No("whom they name stands in the comment"), Delete),
    entry(of!(comment_reaction), "comment_id", Through("comment", "id", "author_id"), No("a reaction is of whoever reacts"), Delete),
    entry(of!(comment_mention), "person_id", Person, In("mentions"), Delete),
    entry(of!(comment_reaction), "person_id", Person, In("reactions"), Delete),
    entry(of!(comment), "author_id", Person, In("comments"), COMMENT),
    entry(of!(proposal), "author_id", Person, In("proposals"), Keep("the group decided on it; its author stays as an id")),
    entry(of!(proposal), "author_mark", Author, In("anonymous_proposals"), Keep(MARKED)),
    entry(of!(proposal_vote), "voter_mark", Voter, In("votes"), Keep(MARKED)),
    entry(of!(report), "reporter_mark", Reporter, In("reports"), Keep(MARKED)),
    // What two colleagues do with one another.
    entry(of!(observation), "observed_id", Person, In("observations_of_me"), OBSERVED),
    entry(of!(observation), "observer_id", Person, Without("observations_by_me", &["reflection"]), Keep(THEIRS)),
    entry(of!(observation), "proposed_by_id", Person, No("always one of the two"), Keep(THEIRS)),
    entry(of!(coaching), "coachee_id", Person, In("coachings_of_me"), Blank(&[("focus", Text("")), ("next_steps", Null)])),
    entry(of!(coaching), "coach_id", Person, In("coachings_by_me"), Keep(THEIRS)),
    // Their own learning.
    entry(of!(learning_evidence), "person_id", Person, In("learning_evidence"), Delete),
    entry(of!(self_assessment), "person_id", Person, In("self_assessments"), Delete),
    entry(of!(learning_reflection), "person_id", Person, In("learning_reflections"), Delete),
    entry(of!(learning_share), "owner_id", Person, In("learning_shares"), Delete),
    entry(of!(learning_share), "audience_id", Audience, No("what a colleague shares with them is the colleague's"), Delete),
    entry(of!(learning_goal), "person_id", Person, In("learning_goals"), Delete),
    entry(of!(learning_plan), "person_id", Person, In("learning_plans"), Delete),
    entry(of!(calendar_feed), "person_id", Person, In("calendar_feeds"), Delete),
    // How they sign in, and what they may do.
    entry(of!(role_grant), "person_id", Person, In("roles"), Delete),
    entry(of!(role_grant), "account_id", Account, In("roles"), Delete),
    entry(of!(authorization_code), "authorization_id", ThroughAccount("app_authorization", "id", "account_id"), No(SECRET), Delete),
    entry(of!(token_family), "authorization_id", ThroughAccount("app_authorization", "id", "account_id"), In("app_tokens"), Delete),
    entry(of!(app_authorization), "account_id", Account, In("app_consents"), Delete),
    entry(of!(account_identity), "account_id", Account, In("linked_sign_ins"), Delete),
    entry(of!(browser_session), "account_id", Account, In("browser_sessions"), Delete),
    entry(of!(account_token), "account_id", Account, No(SECRET), Delete),
    entry(of!(recovery_code), "account_id", Account, No(SECRET), Delete),
    entry(of!(account), "id", Account, In("accounts"), Delete),
    entry(of!(account), "person_id", Person, In("accounts"), Delete),
    entry(of!(idempotency_key), "caller", Caller, No("answers kept for 30 days to be repeated; what they say stands where it is held"), Delete),
    entry(of!(oauth_client), "registered_by", Subject, In("apps"), Keep("whoever runs an app answers for it; they change its contact")),
    // What they asked for.
    entry(of!(correction), "person_id", Person, In("corrections"), Delete),
    entry(of!(sharing_consent), "person_id", Person, In("sharing_consents"), Delete),
    entry(of!(erasure), "person_id", Person, In("erasures"), Blank(&[("reason", Null), ("decision_reason", Null)])),
    // Who saw it.
    entry(of!(data_access), "person_id", Person, In("data_access"), Keep(LOOKED)),
    // What they did, and what was done to their record.
    entry(of!(audit_entry), "actor", Subject, In("deeds"), Keep(SEALED)),
    entry(of!(audit_entry), "subjects", About, In("record_history"), Keep(SEALED)),
    entry(of!(audit_value), "person_id", Person, In("trail_values"), Apart),
    entry(of!(audit_value), "account_id", Account, In("trail_values"), Apart),
];

/// Columns that say who did something to something else: a duty, and no fact about whoever did it. The person's copy has
/// all of it under `deeds`; erasure leaves the id.
pub const DEEDS: &[(&str, &str)] = &[
    ("activity", "reported_by"),
    ("activity_attendance", "recorded_by"),
    ("activity_cost", "recorded_by"),
    ("activity_removal", "removed_by"),
    ("appeal", "step_by"),
    ("appeal", "decided_by"),
    ("attendance", "recorded_by"),
    ("audit_entry", "account"),
    ("award_objection", "announced_by"),
    ("award_round", "announced_by"),
    ("comment_moderation", "done_by"),
    ("competence", "decided_by"),
    ("correction", "decided_by"),
    ("credit_claim", "claimed_by"),
    ("data_access", "account_id"),
    ("data_access", "reader"),
    ("erasure", "requested_by"),
    ("erasure", "decided_by"),
    ("import_job", "started_by"),
    ("oauth_client", "decided_by"),
    ("proposal_moderation", "done_by"),
    ("proposal_unsealing", "unsealed_by"),
    ("report", "closed_by"),
    ("role_grant", "given_by"),
    ("role_grant", "withdrawn_by"),
    ("session_teacher", "override_by"),
];

/// Personal columns of rows that lead to nobody, each with the reason.
pub const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("outgoing_mail", "sealed", "sealed whole, and gone once the mail is delivered or too late"),
    ("sign_in_attempt", "key", "a hash or an address, and gone by itself soon after"),
];
