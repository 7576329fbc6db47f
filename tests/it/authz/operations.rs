//! Every operation of both faces: what it does to which thing, and how it is called.

use sanggar::access::action::Action;
use serde_json::{Value, json};

use super::{
    land::Side,
    oracle::{Place, Table, Thing, Verdict, may, seen, verdict},
};
use crate::support::{Face, face::dummy_args};
use sanggar::access::grant::Grant;

/// An operation on one thing: its name, the action it needs (none: seeing is enough) and the thing.
pub type Operation = (&'static str, Option<Action>, Thing);

/// A list: its name, the things in it, the action with which they are listed, and whether it is of one thing.
pub type Listing = (&'static str, Thing, Option<Action>, Option<Thing>);

use Action as A;
use Thing as T;

/// Reads of one thing.
pub const READS: &[Operation] = &[
    ("get_organisation", None, T::Organisation),
    ("get_school", None, T::School),
    ("get_person", None, T::Person),
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
    ("get_import", None, T::Import),
    ("get_import_report", None, T::Import),
];

/// Commands. What ends a relation that others are measured by comes last.
pub const COMMANDS: &[Operation] = &[
    ("start_import", Some(A::ImportStart), T::Nothing),
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
    ("cancel_batch", Some(A::BatchCancel), T::Batch),
    ("archive_program", Some(A::ProgramArchive), T::Program),
    ("revoke_certificate", Some(A::CertificateRevoke), T::Certificate),
    ("unassign_session_teacher", Some(A::SessionUnassign), T::Session),
];

/// Lists, each with what of it is counted.
pub const LISTS: &[Listing] = &[
    ("list_organisations", T::Organisation, None, None),
    ("list_schools", T::School, None, None),
    ("list_persons", T::Person, None, None),
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
    ("list_imports", T::Import, None, None),
];

/// Operations with nothing to refuse, each with its reason.
pub const SPARED: &[(&str, &str)] = &[
    ("get_jwks", "public keys"),
    ("get_me", "about the caller alone"),
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
        "create_organisation" | "start_import" => new(Place { region, ..Place::default() }),
        // Who can apply for nobody is told so before a person is looked for.
        "apply_enrolment" if !table.iter().any(|row| (row.0, Some(row.1)) == (grant.role, action)) => {
            Verdict::Forbidden
        }
        _ => verdict(table, grant, action, thing, side),
    }
}

/// Whether a list shows the thing of this side.
pub fn listed(table: Table<'_>, grant: &Grant, listing: &Listing, side: &Side) -> Verdict {
    let (_, thing, action, _) = *listing;
    match action {
        None => seen(table, grant, thing, side),
        // A list of its own action shows what that action reaches.
        Some(action) => match may(table, grant, action, &side.place(thing)) {
            Verdict::Forbidden if table.iter().any(|row| (row.0, row.1) == (grant.role, action)) => {
                Verdict::NotFound
            }
            other => other,
        },
    }
}

/// Arguments that name what is there. Versions are stale, so that a permitted change changes nothing.
pub fn args(operation: &Operation, side: &Side, face: Face, nth: usize) -> Value {
    let (name, _, thing) = *operation;
    let id = side.id(thing);
    let input = match name {
        "start_import" => return dummy_args(name, face).unwrap(),
        "create_organisation" => {
            json!({ "code": format!("BARU-{nth}"), "kind": "company", "name": "Baru", "regionCode": side.region })
        }
        "create_person" => {
            json!({ "kind": "teacher", "name": "Baru", "employment": "pns", "schoolId": side.school })
        }
        "create_resource_person" => json!({ "personId": side.trainer, "organisationId": side.organisation }),
        "create_program" => json!({
            "providerId": side.organisation, "code": format!("BARU-{nth}"), "title": "Baru", "form": "in_service",
            "hoursJp": 8, "attendancePercent": 80
        }),
        "create_batch" => json!({
            "programId": id, "name": format!("Baru {nth}"), "regionCode": side.region, "place": "Aula",
            "startsOn": "2026-04-01", "endsOn": "2026-04-02", "registrationOpensAt": "2026-03-03T00:00:00Z",
            "registrationClosesAt": "2026-03-20T00:00:00Z", "capacity": 10
        }),
        "create_session" => json!({
            "title": "Baru", "startsAt": "2026-03-05T01:00:00Z", "endsAt": "2026-03-05T02:00:00Z",
            "timezone": "Asia/Jakarta"
        }),
        "update_organisation" | "update_person" => json!({ "name": "Lain" }),
        "update_batch" => json!({ "place": "Lain" }),
        "update_program" | "update_session" => json!({ "title": "Lain" }),
        "update_school" => json!({ "phone": "+62224203520" }),
        "merge_person" => json!({ "intoId": id, "reason": "Terdaftar dua kali." }),
        "claim_competence" => json!({ "programId": side.program, "evidence": "Bukti baru" }),
        "assign_session_teacher" | "unassign_session_teacher" => json!({ "resourcePersonId": side.speaker }),
        "apply_enrolment" => return json!({ "id": side.batch, "input": { "personId": side.person } }),
        "record_attendance" => json!({ "entries": [{ "enrolmentId": side.enrolment, "minutes": 10 }] }),
        "score_enrolment" => json!({ "score": 80 }),
        "extend_batch" => {
            json!({ "registrationClosesAt": "2026-03-15T00:00:00Z", "reason": "Kursi masih ada." })
        }
        "issue_certificate" => return json!({ "input": { "enrolmentId": id } }),
        "refuse_competence"
        | "withdraw_competence"
        | "withdraw_enrolment"
        | "reject_enrolment"
        | "reopen_enrolment"
        | "unpublish_program"
        | "cancel_batch"
        | "revoke_certificate" => json!({ "reason": "Alasan yang cukup panjang." }),
        _ => return json!({ "id": id }),
    };
    json!({ "id": id, "input": input, "version": 999 })
}
