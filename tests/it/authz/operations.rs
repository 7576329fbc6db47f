//! Every operation of both faces: what it does to which thing, and how it is called.

use sanggar::access::action::Action;

use super::{
    land::Side,
    oracle::{Place, Table, Thing, Verdict, may, seen, verdict},
};
use sanggar::access::grant::{Grant, Role};

/// An operation on one thing: its name, the action it needs (none: seeing is enough) and the thing.
pub type Operation = (&'static str, Option<Action>, Thing);

/// A list: its name, the things in it, the action with which they are listed, and whether it is of one thing.
pub type Listing = (&'static str, Thing, Option<Action>, Option<Thing>);

use Action as A;
use Thing as T;

/// Reads of one thing.
pub const READS: &[Operation] = &[
    ("get_organisation", None, T::Organisation),
    ("get_account", None, T::Account),
    ("get_school", None, T::School),
    ("get_person", None, T::Person),
    ("get_correction", None, T::Correction),
    ("get_trainer_burden", None, T::Trainer),
    ("get_resource_person", None, T::Speaker),
    ("get_competence", None, T::Competence),
    ("get_program", None, T::Program),
    ("get_program", None, T::DraftProgram),
    ("get_batch", None, T::Batch),
    ("get_batch", None, T::DraftBatch),
    ("get_batch_clashes", Some(A::SessionClashes), T::Batch),
    ("list_batch_ranking", Some(A::BatchRank), T::Batch),
    ("get_session", None, T::Session),
    ("get_session_clashes", Some(A::SessionClashes), T::Session),
    ("get_enrolment", None, T::Enrolment),
    ("get_enrolment", None, T::Learning),
    ("get_enrolment_completion", None, T::Enrolment),
    ("get_certificate", None, T::Certificate),
    ("get_artefact", None, T::Artefact),
    ("get_artefact", None, T::DraftArtefact),
    ("get_artefact_version", None, T::Artefact),
    ("get_artefact_version", None, T::DraftArtefact),
    ("get_artefact_credits", None, T::Artefact),
    ("get_artefact_credits", None, T::DraftArtefact),
    ("get_credit_scheme", None, T::CreditScheme),
    ("get_credit_scheme", None, T::DraftCreditScheme),
    ("get_credit_statement", Some(A::CreditRead), T::Community),
    ("get_import", None, T::Import),
    ("get_import_report", None, T::Import),
    ("get_activity", None, T::Activity),
    ("get_activity_detail", None, T::Activity),
    ("get_article", None, T::Article),
    ("get_learning_plan", None, T::LearningPlan),
    ("get_learning_goal", None, T::LearningGoal),
    ("get_learning_reflection", None, T::LearningReflection),
    ("get_activity_check_in_code", Some(A::ActivityCheckInCode), T::Activity),
    ("get_community_savings", Some(A::ActivityRead), T::Community),
    ("get_meeting_series", None, T::MeetingSeries),
    ("get_activity_clashes", Some(A::ActivityClashes), T::Activity),
    ("preview_meeting_series", Some(A::MeetingSeriesCreate), T::Community),
    ("get_community", None, T::Community),
    ("get_membership", None, T::Membership),
    ("get_observation_instrument", None, T::ObservationInstrument),
    ("get_observation", None, T::Observation),
    ("get_book_reading", None, T::BookReading),
    ("get_improvement", None, T::Improvement),
    ("get_improvement_chain", None, T::Improvement),
    ("get_recognition_scheme", None, T::RecognitionScheme),
    ("get_progress_note", None, T::ProgressNote),
    ("get_award_round", None, T::AwardRound),
    ("get_award_round", None, T::DraftAwardRound),
    ("get_award_entry", None, T::AwardEntry),
    ("get_award_entry_reproduction", None, T::AwardEntry),
    ("get_award_objection", None, T::AwardObjection),
    ("get_comment", None, T::Comment),
    ("get_proposal", None, T::Proposal),
    ("list_comment_moderation", Some(A::CommentHistory), T::Comment),
    ("list_proposal_moderation", Some(A::ProposalHistory), T::Proposal),
    ("get_appeal", None, T::Appeal),
    ("get_report", None, T::Report),
    ("get_oauth_client", None, T::OAuthClient),
    ("list_oauth_client_secrets", None, T::OAuthClient),
    ("list_oauth_client_uses", None, T::OAuthClient),
    ("get_office", None, T::Office),
    ("get_partner", None, T::Partner),
    ("get_role_grant", None, T::RoleGrant),
    ("get_erasure", None, T::Erasure),
    ("get_erasure_preview", Some(A::ErasurePreview), T::Erasure),
    ("get_client_document", None, T::ClientDocument),
    ("get_audit_entry", None, T::AuditEntry),
    ("get_breach", None, T::Breach),
    ("get_breach_notice", None, T::Breach),
    // Of no thing: a school stands for it, which everybody sees.
    ("get_retention_rules", Some(A::RetentionRuleRead), T::School),
    ("list_data_accesses", Some(A::DataAccessRead), T::DataSubject),
    ("get_restriction", Some(A::RestrictionRead), T::Person),
];

/// Commands. What ends a relation that others are measured by comes last.
pub const COMMANDS: &[Operation] = &[
    ("start_import", Some(A::ImportStart), T::Nothing),
    ("invite_account", Some(A::AccountInvite), T::Nothing),
    ("send_account_reset", Some(A::AccountSendReset), T::Account),
    ("remove_account_second_factor", Some(A::AccountRemoveSecondFactor), T::Account),
    ("block_account", Some(A::AccountBlock), T::Account),
    ("unblock_account", Some(A::AccountUnblock), T::Account),
    ("register_client_document", Some(A::ClientDocumentRegister), T::PinnedApp),
    ("create_organisation", Some(A::OrganisationCreate), T::Nothing),
    ("update_organisation", Some(A::OrganisationUpdate), T::Organisation),
    ("update_school", Some(A::SchoolUpdate), T::School),
    ("create_person", Some(A::PersonCreate), T::Nothing),
    ("update_person", Some(A::PersonUpdate), T::Person),
    ("merge_person", Some(A::PersonMerge), T::Person),
    ("create_resource_person", Some(A::ResourcePersonCreate), T::Nothing),
    ("claim_competence", Some(A::CompetenceClaim), T::Speaker),
    ("verify_competence", Some(A::CompetenceVerify), T::Competence),
    ("refuse_competence", Some(A::CompetenceRefuse), T::Competence),
    ("withdraw_competence", Some(A::CompetenceWithdraw), T::Competence),
    ("create_program", Some(A::ProgramCreate), T::Nothing),
    ("update_program", Some(A::ProgramUpdate), T::Program),
    ("update_program", Some(A::ProgramUpdate), T::DraftProgram),
    ("publish_program", Some(A::ProgramPublish), T::Program),
    ("unpublish_program", Some(A::ProgramUnpublish), T::Program),
    ("create_batch", Some(A::BatchCreate), T::Program),
    ("update_batch", Some(A::BatchUpdate), T::Batch),
    ("update_batch", Some(A::BatchUpdate), T::DraftBatch),
    ("create_session", Some(A::SessionCreate), T::Batch),
    ("update_session", Some(A::SessionUpdate), T::Session),
    ("delete_session", Some(A::SessionDelete), T::Session),
    ("assign_session_teacher", Some(A::SessionAssign), T::Session),
    ("open_batch", Some(A::BatchOpen), T::Batch),
    ("apply_enrolment", Some(A::EnrolmentApply), T::Person),
    ("waitlist_enrolment", Some(A::EnrolmentWaitlist), T::Enrolment),
    ("accept_enrolment", Some(A::EnrolmentAccept), T::Enrolment),
    ("withdraw_enrolment", Some(A::EnrolmentWithdraw), T::Enrolment),
    ("withdraw_enrolment", Some(A::EnrolmentWithdraw), T::Learning),
    ("reapply_enrolment", Some(A::EnrolmentReapply), T::Enrolment),
    ("reapply_enrolment", Some(A::EnrolmentReapply), T::Learning),
    ("select_batch", Some(A::BatchSelect), T::Batch),
    ("record_attendance", Some(A::AttendanceRecord), T::Session),
    ("score_enrolment", Some(A::EnrolmentScore), T::Enrolment),
    ("complete_enrolment", Some(A::EnrolmentComplete), T::Enrolment),
    ("reopen_enrolment", Some(A::EnrolmentReopen), T::Enrolment),
    ("reject_enrolment", Some(A::EnrolmentReject), T::Enrolment),
    ("close_batch", Some(A::BatchClose), T::Batch),
    ("extend_batch", Some(A::BatchExtend), T::Batch),
    ("start_batch", Some(A::BatchStart), T::Batch),
    ("finish_batch", Some(A::BatchFinish), T::Batch),
    ("complete_batch", Some(A::BatchComplete), T::Batch),
    ("issue_certificate", Some(A::CertificateIssue), T::Enrolment),
    ("issue_batch_certificates", Some(A::CertificateIssue), T::Batch),
    ("create_credit_scheme", Some(A::CreditSchemeCreate), T::Program),
    ("update_credit_scheme", Some(A::CreditSchemeUpdate), T::CreditScheme),
    ("update_credit_scheme", Some(A::CreditSchemeUpdate), T::DraftCreditScheme),
    ("publish_credit_scheme", Some(A::CreditSchemePublish), T::CreditScheme),
    ("claim_credit", Some(A::CreditClaim), T::Community),
    ("retire_credit_scheme", Some(A::CreditSchemeRetire), T::CreditScheme),
    ("cancel_batch", Some(A::BatchCancel), T::Batch),
    ("archive_program", Some(A::ProgramArchive), T::Program),
    ("revoke_certificate", Some(A::CertificateRevoke), T::Certificate),
    ("unassign_session_teacher", Some(A::SessionUnassign), T::Session),
    ("create_artefact", Some(A::ArtefactCreate), T::Community),
    ("update_artefact", Some(A::ArtefactUpdate), T::Artefact),
    ("update_artefact", Some(A::ArtefactUpdate), T::DraftArtefact),
    ("revise_artefact", Some(A::ArtefactRevise), T::DraftArtefact),
    ("review_artefact", Some(A::ArtefactReview), T::DraftArtefact),
    ("publish_artefact", Some(A::ArtefactPublish), T::Artefact),
    ("publish_artefact", Some(A::ArtefactPublish), T::DraftArtefact),
    ("withdraw_artefact", Some(A::ArtefactWithdraw), T::Artefact),
    ("fork_artefact", Some(A::ArtefactFork), T::Community),
    ("create_activity", Some(A::ActivityCreate), T::Community),
    ("update_activity", Some(A::ActivityUpdate), T::Activity),
    ("describe_activity", Some(A::ActivityDescribe), T::Activity),
    ("record_coaching", Some(A::CoachingRecord), T::Activity),
    ("share_coaching", Some(A::CoachingShare), T::Activity),
    ("unshare_coaching", Some(A::CoachingUnshare), T::Activity),
    ("create_learning_goal", Some(A::LearningGoalCreate), T::LearningPlan),
    ("update_learning_goal", Some(A::LearningGoalUpdate), T::LearningGoal),
    ("settle_learning_goal", Some(A::LearningGoalSettle), T::LearningGoal),
    ("share_learning_goal", Some(A::LearningGoalShare), T::LearningGoal),
    ("unshare_learning_goal", Some(A::LearningGoalUnshare), T::LearningGoal),
    ("add_learning_evidence", Some(A::LearningEvidenceAdd), T::LearningPlan),
    ("record_self_assessment", Some(A::SelfAssessmentRecord), T::LearningPlan),
    ("write_learning_reflection", Some(A::LearningReflectionWrite), T::LearningPlan),
    ("update_learning_reflection", Some(A::LearningReflectionUpdate), T::LearningReflection),
    ("share_learning_reflection", Some(A::LearningReflectionShare), T::LearningReflection),
    ("unshare_learning_reflection", Some(A::LearningReflectionUnshare), T::LearningReflection),
    ("share_article", Some(A::ArticleShare), T::Activity),
    ("mark_article", Some(A::ArticleMark), T::Article),
    ("pin_article", Some(A::ArticlePin), T::Article),
    ("unpin_article", Some(A::ArticleUnpin), T::Article),
    ("remove_article", Some(A::ArticleRemove), T::Article),
    ("record_activity_attendance", Some(A::ActivityAttendanceRecord), T::Activity),
    ("check_in_activity", Some(A::ActivityCheckIn), T::Activity),
    ("confirm_activity", Some(A::ActivityConfirm), T::Activity),
    ("create_activity_cost", Some(A::ActivityCostCreate), T::Activity),
    ("delete_activity_cost", Some(A::ActivityCostDelete), T::ActivityCost),
    ("hold_activity", Some(A::ActivityHold), T::Activity),
    ("report_activity", Some(A::ActivityReport), T::Activity),
    ("reopen_activity", Some(A::ActivityReopen), T::Activity),
    ("cancel_activity", Some(A::ActivityCancel), T::Activity),
    ("create_meeting_series", Some(A::MeetingSeriesCreate), T::Community),
    ("update_meeting_series", Some(A::MeetingSeriesUpdate), T::MeetingSeries),
    ("end_meeting_series", Some(A::MeetingSeriesEnd), T::MeetingSeries),
    ("create_calendar_feed", Some(A::CalendarFeedCreate), T::Nothing),
    ("revoke_calendar_feed", Some(A::CalendarFeedRevoke), T::CalendarFeed),
    ("create_community", Some(A::CommunityCreate), T::Nothing),
    ("update_community", Some(A::CommunityUpdate), T::Community),
    ("activate_community", Some(A::CommunityActivate), T::Community),
    ("rest_community", Some(A::CommunityRest), T::Community),
    ("request_membership", Some(A::MembershipRequest), T::Community),
    ("invite_membership", Some(A::MembershipInvite), T::Community),
    ("admit_membership", Some(A::MembershipAdmit), T::Membership),
    ("refuse_membership", Some(A::MembershipRefuse), T::Membership),
    ("accept_membership", Some(A::MembershipAccept), T::Membership),
    ("decline_membership", Some(A::MembershipDecline), T::Membership),
    ("appoint_office", Some(A::OfficeAppoint), T::Community),
    ("end_office", Some(A::OfficeEnd), T::Office),
    ("create_partner", Some(A::PartnerCreate), T::Community),
    ("update_partner", Some(A::PartnerUpdate), T::Partner),
    ("delete_partner", Some(A::PartnerDelete), T::Partner),
    ("leave_membership", Some(A::MembershipLeave), T::Membership),
    ("remove_membership", Some(A::MembershipRemove), T::Membership),
    ("close_community", Some(A::CommunityClose), T::Community),
    ("create_observation_instrument", Some(A::ObservationInstrumentCreate), T::Community),
    ("update_observation_instrument", Some(A::ObservationInstrumentUpdate), T::ObservationInstrument),
    ("publish_observation_instrument", Some(A::ObservationInstrumentPublish), T::ObservationInstrument),
    ("retire_observation_instrument", Some(A::ObservationInstrumentRetire), T::ObservationInstrument),
    ("plan_observation", Some(A::ObservationPlan), T::Community),
    ("accept_observation", Some(A::ObservationAccept), T::Observation),
    ("update_observation", Some(A::ObservationUpdate), T::Observation),
    ("record_observation", Some(A::ObservationRecord), T::Observation),
    ("give_observation_feedback", Some(A::ObservationGiveFeedback), T::Observation),
    ("reflect_observation", Some(A::ObservationReflect), T::Observation),
    ("close_observation", Some(A::ObservationClose), T::Observation),
    ("share_observation", Some(A::ObservationShare), T::Observation),
    ("unshare_observation", Some(A::ObservationUnshare), T::Observation),
    ("cancel_observation", Some(A::ObservationCancel), T::Observation),
    ("create_recognition_scheme", Some(A::RecognitionSchemeCreate), T::Nothing),
    ("update_recognition_scheme", Some(A::RecognitionSchemeUpdate), T::RecognitionScheme),
    ("publish_recognition_scheme", Some(A::RecognitionSchemePublish), T::RecognitionScheme),
    ("retire_recognition_scheme", Some(A::RecognitionSchemeRetire), T::RecognitionScheme),
    ("make_progress_note", Some(A::ProgressNoteMake), T::Community),
    ("compute_award_round", Some(A::AwardRoundCompute), T::Nothing),
    ("recompute_award_round", Some(A::AwardRoundRecompute), T::AwardRound),
    ("announce_award_round", Some(A::AwardRoundAnnounce), T::AwardRound),
    ("retract_award_round", Some(A::AwardRoundRetract), T::AwardRound),
    ("finalise_award_round", Some(A::AwardRoundFinalise), T::AwardRound),
    ("raise_award_objection", Some(A::AwardObjectionRaise), T::AwardEntry),
    ("decide_award_objection", Some(A::AwardObjectionDecide), T::AwardObjection),
    ("create_improvement", Some(A::ImprovementCreate), T::Community),
    ("update_improvement", Some(A::ImprovementUpdate), T::Improvement),
    ("agree_improvement", Some(A::ImprovementAgree), T::Improvement),
    ("start_improvement", Some(A::ImprovementStart), T::Improvement),
    ("note_improvement", Some(A::ImprovementNote), T::Improvement),
    ("link_improvement", Some(A::ImprovementLink), T::Improvement),
    ("unlink_improvement", Some(A::ImprovementUnlink), T::Improvement),
    ("review_improvement", Some(A::ImprovementReview), T::Improvement),
    ("close_improvement", Some(A::ImprovementClose), T::Improvement),
    ("reopen_improvement", Some(A::ImprovementReopen), T::Improvement),
    ("drop_improvement", Some(A::ImprovementDrop), T::Improvement),
    ("create_book_reading", Some(A::BookReadingCreate), T::Community),
    ("update_book_reading", Some(A::BookReadingUpdate), T::BookReading),
    ("write_chapter_note", Some(A::ChapterNoteWrite), T::BookReading),
    ("mark_chapter", Some(A::ChapterMark), T::BookReading),
    ("create_comment", Some(A::CommentCreate), T::Community),
    ("update_comment", Some(A::CommentUpdate), T::Comment),
    ("react_comment", Some(A::CommentReact), T::Comment),
    ("hide_comment", Some(A::CommentHide), T::Comment),
    ("restore_comment", Some(A::CommentRestore), T::Comment),
    ("appeal_comment", Some(A::CommentAppeal), T::Comment),
    ("report_comment", Some(A::CommentReport), T::Comment),
    ("withdraw_comment", Some(A::CommentWithdraw), T::Comment),
    ("create_proposal", Some(A::ProposalCreate), T::Community),
    ("open_proposal_voting", Some(A::ProposalOpenVoting), T::Proposal),
    ("vote_proposal", Some(A::ProposalVote), T::Proposal),
    ("decide_proposal", Some(A::ProposalDecide), T::Proposal),
    ("reopen_proposal", Some(A::ProposalReopen), T::Proposal),
    ("withdraw_proposal", Some(A::ProposalWithdraw), T::Proposal),
    ("unseal_proposal", Some(A::ProposalUnseal), T::Proposal),
    ("report_proposal", Some(A::ProposalReport), T::Proposal),
    ("appeal_proposal", Some(A::ProposalAppeal), T::Proposal),
    ("decide_appeal", Some(A::AppealDecide), T::Appeal),
    ("dismiss_report", Some(A::ReportDismiss), T::Report),
    ("remove_proposal", Some(A::ProposalRemove), T::Proposal),
    ("register_oauth_client", Some(A::OAuthClientRegister), T::Nothing),
    ("update_oauth_client", Some(A::OAuthClientUpdate), T::OAuthClient),
    ("approve_oauth_client", Some(A::OAuthClientApprove), T::OAuthClient),
    ("refuse_oauth_client", Some(A::OAuthClientRefuse), T::OAuthClient),
    ("create_oauth_client_secret", Some(A::OAuthClientSecretCreate), T::OAuthClient),
    ("withdraw_oauth_client_secret", Some(A::OAuthClientSecretWithdraw), T::OAuthClientSecret),
    ("suspend_oauth_client", Some(A::OAuthClientSuspend), T::OAuthClient),
    ("resume_oauth_client", Some(A::OAuthClientResume), T::OAuthClient),
    ("start_book_reading", Some(A::BookReadingStart), T::BookReading),
    ("finish_book_reading", Some(A::BookReadingFinish), T::BookReading),
    ("stop_book_reading", Some(A::BookReadingStop), T::BookReading),
    ("request_correction", Some(A::CorrectionRequest), T::Person),
    ("accept_correction", Some(A::CorrectionAccept), T::Correction),
    ("reject_correction", Some(A::CorrectionReject), T::Correction),
    ("withdraw_correction", Some(A::CorrectionWithdraw), T::Correction),
    ("give_role_grant", Some(A::RoleGrantGive), T::Organisation),
    ("withdraw_role_grant", Some(A::RoleGrantWithdraw), T::RoleGrant),
    ("request_erasure", Some(A::ErasureRequest), T::Person),
    ("approve_erasure", Some(A::ErasureApprove), T::Erasure),
    ("reject_erasure", Some(A::ErasureReject), T::Erasure),
    ("withdraw_erasure", Some(A::ErasureWithdraw), T::Erasure),
    ("record_breach", Some(A::BreachRecord), T::Nothing),
    ("update_breach", Some(A::BreachUpdate), T::Breach),
    ("contain_breach", Some(A::BreachContain), T::Breach),
    ("notify_breach_authority", Some(A::BreachNotifyAuthority), T::Breach),
    ("notify_breach_persons", Some(A::BreachNotifyPersons), T::Breach),
    ("close_breach", Some(A::BreachClose), T::Breach),
    ("reopen_breach", Some(A::BreachReopen), T::Breach),
    ("delete_client_document", Some(A::ClientDocumentDelete), T::ClientDocument),
    ("give_sharing_consent", Some(A::SharingConsentGive), T::Person),
    ("withdraw_sharing_consent", Some(A::SharingConsentWithdraw), T::SharingConsent),
    ("set_restriction", Some(A::RestrictionSet), T::Person),
    ("lift_restriction", Some(A::RestrictionLift), T::Person),
];

/// Lists, each with what of it is counted.
pub const LISTS: &[Listing] = &[
    ("list_organisations", T::Organisation, None, None),
    ("list_accounts", T::Account, None, None),
    ("list_schools", T::School, None, None),
    ("list_persons", T::Person, None, None),
    ("list_corrections", T::Correction, None, None),
    ("list_resource_persons", T::Speaker, None, None),
    ("list_programs", T::Program, None, None),
    ("list_programs", T::DraftProgram, None, None),
    ("list_batches", T::Batch, None, None),
    ("list_batches", T::DraftBatch, None, None),
    ("list_sessions", T::Session, None, Some(T::Batch)),
    ("list_batch_enrolments", T::Enrolment, None, Some(T::Batch)),
    ("list_attendance", T::Enrolment, Some(A::AttendanceRead), Some(T::Session)),
    ("list_enrolments", T::Enrolment, None, None),
    ("list_certificates", T::Certificate, None, None),
    ("list_artefacts", T::Artefact, None, None),
    ("list_artefacts", T::DraftArtefact, None, None),
    ("list_credit_schemes", T::CreditScheme, None, None),
    ("list_credit_schemes", T::DraftCreditScheme, None, None),
    ("list_imports", T::Import, None, None),
    ("list_activities", T::Activity, None, Some(T::Community)),
    ("list_community_feed", T::Activity, None, Some(T::Community)),
    ("list_activity_attendance", T::Presence, None, Some(T::Activity)),
    ("list_activity_costs", T::ActivityCost, None, Some(T::Activity)),
    ("list_community_meeting_series", T::MeetingSeries, None, Some(T::Community)),
    ("list_calendar_feeds", T::CalendarFeed, None, None),
    ("list_communities", T::Community, None, None),
    ("list_memberships", T::Membership, None, Some(T::Community)),
    ("list_person_memberships", T::Membership, None, Some(T::Person)),
    ("list_offices", T::Office, None, Some(T::Community)),
    ("list_partners", T::Partner, None, Some(T::Community)),
    ("list_observation_instruments", T::ObservationInstrument, None, None),
    ("list_observations", T::Observation, None, None),
    ("list_learning_plans", T::LearningPlan, None, None),
    ("list_self_assessments", T::SelfAssessment, None, Some(T::LearningPlan)),
    ("list_learning_reflections", T::LearningReflection, None, Some(T::LearningPlan)),
    ("list_articles", T::Article, None, Some(T::Community)),
    ("list_improvements", T::Improvement, None, Some(T::Community)),
    ("list_recognition_schemes", T::RecognitionScheme, None, None),
    ("list_progress_notes", T::ProgressNote, None, Some(T::Community)),
    ("list_award_rounds", T::AwardRound, None, None),
    ("list_award_rounds", T::DraftAwardRound, None, None),
    ("list_award_entries", T::AwardEntry, None, Some(T::AwardRound)),
    ("list_community_awards", T::AwardEntry, None, Some(T::Community)),
    ("list_award_objections", T::AwardObjection, None, Some(T::AwardRound)),
    ("list_book_readings", T::BookReading, None, Some(T::Community)),
    ("list_comments", T::Comment, Some(A::CommentRead), Some(T::Community)),
    ("list_proposals", T::Proposal, None, Some(T::Community)),
    ("list_appeals", T::Appeal, None, None),
    ("list_reports", T::Report, None, None),
    ("list_oauth_clients", T::OAuthClient, None, None),
    ("list_audit_entries", T::AuditEntry, None, None),
    ("list_breaches", T::Breach, None, None),
    ("list_chapter_notes", T::ChapterNote, Some(A::ChapterNoteRead), Some(T::BookReading)),
    ("list_role_grants", T::RoleGrant, None, None),
    ("list_erasures", T::Erasure, None, None),
    ("list_client_documents", T::ClientDocument, None, Some(T::PinnedApp)),
    ("list_sharing_consents", T::SharingConsent, None, None),
];

/// Operations with nothing to refuse, each with its reason.
pub const SPARED: &[(&str, &str)] = &[
    ("get_jwks", "public keys"),
    ("detach_artefact", "by whoever brought the file or is an author; tests of limits refuse the others"),
    ("get_competency_model", "public words"),
    ("get_consent_texts", "public words"),
    ("create_learning_plan", "for oneself alone; tests of learning refuse the others"),
    ("remove_learning_evidence", "gone for good; tests of learning refuse the others"),
    (
        "list_shared_learning_goals",
        "what others share with the caller; tests of learning show each their own",
    ),
    (
        "list_shared_learning_reflections",
        "what others share with the caller; tests of learning show each their own",
    ),
    ("get_learning_suggestions", "about the caller alone; tests of learning refuse the others"),
    ("get_personal_data", "the caller's own alone; tests of personal data refuse the others"),
    ("attach_artefact", "bytes over REST alone; tests of artefacts refuse whoever is not of the community"),
    (
        "get_attachment_content",
        "bytes over REST alone; tests of artefacts refuse whoever may not read the version",
    ),
    (
        "list_artefact_reviews",
        "for the community alone whatever the table says; tests of artefacts refuse the others",
    ),
    ("list_artefact_versions", "as the artefact itself; tests of artefacts show each caller their own"),
    ("list_app_authorizations", "of the account that signed in; tests of OAuth refuse the others"),
    ("get_app_authorization", "of the account that signed in; tests of OAuth refuse the others"),
    ("withdraw_app_authorization", "of the account that signed in; tests of OAuth refuse the others"),
    ("get_calendar", "whoever holds the secret address holds the calendar"),
    ("get_me", "about the caller alone"),
    ("list_mentions", "what speaks to the caller alone; tests of discussion show each their own"),
    ("get_verification", "whoever holds the random id holds the certificate"),
    ("get_region", "regions are public"),
    ("list_regions", "regions are public"),
    ("get_school_by_npsn", "schools are public"),
    ("livez", "a probe"),
    ("readyz", "a probe"),
];

/// What an operation must come to.
pub fn expected(table: Table<'_>, grant: &Grant, operation: &Operation, side: &Side) -> Verdict {
    let (name, action, thing) = *operation;
    let (region, organisation) = (Some(side.region), Some(side.organisation));
    let school = Some(side.school);
    let new = |place: Place| action.map_or(Verdict::Allowed, |action| may(table, grant, action, &place));
    match name {
        "create_person" => new(Place { region, school, ..Place::default() }),
        "create_resource_person" => {
            let somebody = side.place(T::Trainer);
            match new(somebody) {
                // An organisation registers only whom it comes to see.
                Verdict::Allowed if may(table, grant, A::PersonRead, &somebody) != Verdict::Allowed => {
                    Verdict::NotFound
                }
                other => other,
            }
        }
        "create_program" => new(Place { organisation, ..Place::default() }),
        // An officer gives no staff, who issue certificates: the rule of giving narrows the table.
        "give_role_grant" if grant.role == Role::RegionalOfficer => Verdict::Forbidden,
        // The account is staff, who reach as far as their organisation does: nobody's but the ministry's.
        "send_account_reset" | "block_account" | "unblock_account" if grant.role == Role::RegionalOfficer => {
            match verdict(table, grant, action, thing, side) {
                Verdict::Allowed => Verdict::Forbidden,
                other => other,
            }
        }
        "give_role_grant" => new(Place { region, organisation, ..Place::default() }),
        "create_calendar_feed" => new(Place { person: grant.person, ..Place::default() }),
        "create_organisation" | "start_import" | "compute_award_round" => {
            new(Place { region, ..Place::default() })
        }
        // About a person: whoever is out of reach of the action is not found.
        "get_credit_statement"
        | "claim_credit"
        | "invite_account"
        | "get_restriction"
        | "set_restriction"
        | "lift_restriction"
        | "give_sharing_consent" => match new(side.place(T::Person)) {
            Verdict::Forbidden if table.iter().any(|row| (row.0, Some(row.1)) == (grant.role, action)) => {
                Verdict::NotFound
        // About a person: whose credit is out of reach is not found.
        "get_credit_statement" | "claim_credit" | "invite_account" | "request_erasure" => {
            match new(side.place(T::Person)) {
                Verdict::Forbidden
                    if table.iter().any(|row| (row.0, Some(row.1)) == (grant.role, action)) =>
                {
                    Verdict::NotFound
                }
                other => other,
            }
        }
        "create_community" => new(Place { region, school, person: Some(side.person), ..Place::default() }),
        // For oneself, wherever there is a community.
        "request_membership" => new(Place { person: grant.person, ..Place::default() }),
        // Who can apply for nobody is told so before a person is looked for.
        "apply_enrolment" if !table.iter().any(|row| (row.0, Some(row.1)) == (grant.role, action)) => {
            Verdict::Forbidden
        }
        _ => verdict(table, grant, action, thing, side),
    }
}

/// Whether a list shows the thing of this side.
pub fn listed(table: Table<'_>, grant: &Grant, listing: &Listing, side: &Side) -> Verdict {
    let (name, thing, action, of) = *listing;
    let alone = match action {
        None => seen(table, grant, thing, side),
        // A list of its own action shows what that action reaches.
        Some(action) => match may(table, grant, action, &side.place(thing)) {
            Verdict::Forbidden if table.iter().any(|row| (row.0, row.1) == (grant.role, action)) => {
                Verdict::NotFound
            }
            other => other,
        },
    };
    // Of a person whom the caller comes to see.
    match of.map(|of| seen(table, grant, of, side)) {
        Some(Verdict::NotFound) if name == "list_person_memberships" && alone == Verdict::Allowed => {
            Verdict::NotFound
        }
        _ => alone,
    }
}
