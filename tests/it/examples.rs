//! The contract's examples work on the demo as it stands, and the demo is the same every time.

use sanggar::{
    access::{action::Action, grant::Role, policy::POLICY},
    demo,
    foundation::store::Store,
    rest::{
        examples::{IDS, VERSIONS},
        openapi,
    },
};
use serde_json::Value;

use crate::support::{TestApp, database};

async fn filled() -> (TestApp, demo::Shown) {
    let (url, leftover) = database::sqlite().await;
    let store = Store::open(&url, database::SIZES).await.unwrap();
    let (services, shown) = demo::fill(store, "http://sanggar.test", leftover.data_dir()).await.unwrap();
    (TestApp::over(services, leftover), shown)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_read_of_the_contract_answers_its_example_on_the_demo() {
    let (app, shown) = filled().await;
    let printed: Vec<_> = IDS.iter().map(|(noun, id)| ((*noun).to_owned(), (*id).to_owned())).collect();
    let real: Vec<_> = shown.examples.iter().map(|(noun, id)| ((*noun).to_owned(), id.clone())).collect();
    let lines: String = real.iter().map(|(noun, id)| format!("    (\"{noun}\", \"{id}\"),\n")).collect();
    assert_eq!(printed, real, "the demo changed; put these into src/rest/examples/shown.rs:\n{lines}");
    let ministry = &shown.tokens[0].2;
    let mut asked = 0;
    for (path, item) in openapi::DOCUMENT["paths"].as_object().unwrap() {
        let operation = &item["get"];
        if operation.is_null() {
            continue;
        }
        let Some(path) = filled_in(path, operation) else { continue };
        let (status, body) = app.get(&path, Some(ministry)).await;
        let id = operation["operationId"].as_str().unwrap();
        if let Some(other) = NOT_THE_MINISTRYS.iter().find(|(name, ..)| *name == id) {
            assert_eq!(status, other.1, "{path}: {body}");
            continue;
        }
        assert_eq!(status, 200, "{path}: {body}");
        asked += 1;
        if id.starts_with("list_") {
            let expected = EMPTY.iter().any(|(name, _)| *name == id);
            assert_eq!(body["items"].as_array().unwrap().is_empty(), expected, "{id} {path}");
        }
    }
    assert!(asked > 20, "only {asked} reads were asked");
    let mut versions = Vec::new();
    for (noun, said) in VERSIONS {
        let id = IDS.iter().find(|(name, _)| name == noun).unwrap().1;
        let (status, row) = app.get(&format!("/v1/{}/{id}", folder(noun)), Some(ministry)).await;
        // What the ministry does not read one by one is not compared.
        let real = if status == 200 { row["version"].as_i64().unwrap() } else { *said };
        versions.push((*noun, real));
    }
    assert_eq!(VERSIONS, versions, "the demo changed; put these into src/rest/examples/shown.rs");
}

/// The part of an address that holds things of this noun.
fn folder(noun: &str) -> String {
    match noun {
        "batch" => "batches".to_owned(),
        "community" => "communities".to_owned(),
        "activity" => "activities".to_owned(),
        "meeting_series" => "meeting-series".to_owned(),
        "book_reading" => "readings".to_owned(),
        "breach" => "breaches".to_owned(),
        other => format!("{}s", other.replace('_', "-")),
    }
}

/// Whether the policy never gives this command to the ministry: what only members or the person may do.
fn is_not_the_ministrys(id: &str) -> bool {
    let named = |action: &Action| {
        let (noun, verb) = action.name().split_once('.').unwrap();
        id == format!("{verb}_{noun}")
            || (id, action) == ("give_observation_feedback", &Action::ObservationGiveFeedback)
            || (id, action) == ("open_proposal_voting", &Action::ProposalOpenVoting)
    };
    let listed = |action: &Action| POLICY.iter().any(|row| (row.0, row.1) == (Role::Ministry, *action));
    Action::ALL.iter().any(|action| named(action) && !listed(action))
}

/// The address with every example that an explorer fills in.
fn filled_in(path: &str, operation: &Value) -> Option<String> {
    let mut path = path.to_owned();
    let mut query = Vec::new();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str()?;
        match (parameter["in"].as_str()?, parameter["example"].as_str()) {
            ("path", example) => path = path.replace(&format!("{{{name}}}"), example?),
            ("query", Some(example)) => query.push(format!("{name}={example}")),
            _ => {}
        }
    }
    Some(if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) })
}

/// Lists of which the demo has no row, each with its reason.
const EMPTY: &[(&str, &str)] = &[
    ("list_imports", "the demo grew through commands"),
    ("list_attendance", "the session of the open batch is still to come"),
    ("list_activity_attendance", "the meeting that is shown is still to come"),
    ("list_activity_costs", "the meeting that is shown is still to come"),
    ("list_oauth_client_uses", "nobody called through an app yet"),
    ("list_community_awards", "the group that is shown is younger than a year"),
];

/// Commands that the demo's rows are in no state for, once those before them in the document were run.
const REFUSED_BY_STATE: &[(&str, &str)] = &[
    ("complete_batch", "batch_not_running"),
    ("apply_enrolment", "batch_not_open"),
    ("finish_batch", "batch_not_running"),
    ("open_batch", "batch_not_draft"),
    ("start_batch", "batch_not_closed"),
    ("issue_certificate", "enrolment_not_completed"),
    ("refuse_competence", "competence_not_claimed"),
    ("verify_competence", "competence_not_claimed"),
    ("accept_enrolment", "enrolment_not_awaiting_seat"),
    ("complete_enrolment", "batch_not_running"),
    ("reapply_enrolment", "enrolment_not_withdrawn"),
    ("reopen_enrolment", "batch_not_running"),
    ("score_enrolment", "batch_not_running"),
    ("waitlist_enrolment", "enrolment_not_applied"),
    ("withdraw_enrolment", "enrolment_not_withdrawable"),
    ("publish_program", "program_not_draft"),
    ("unpublish_program", "program_has_batches"),
    ("assign_session_teacher", "competence_not_verified"),
    ("record_attendance", "batch_not_running"),
    ("unassign_session_teacher", "teacher_not_assigned"),
    ("activate_community", "community_not_forming"),
    ("rest_community", "community_not_quiet"),
    ("refuse_membership", "membership_not_requested"),
    ("hold_activity", "activity_not_planned"),
    ("describe_activity", "activity_detail_closed"),
    ("record_activity_attendance", "activity_not_begun"),
    ("delete_activity_cost", "activity_credited"),
    ("claim_credit", "credit_component_unmet"),
    ("report_activity", "activity_not_held"),
    ("reopen_activity", "activity_not_reported"),
    ("close_community", "community_reports_due"),
    ("publish_credit_scheme", "credit_scheme_not_draft"),
    ("update_credit_scheme", "credit_scheme_not_draft"),
    ("publish_observation_instrument", "instrument_not_draft"),
    ("update_observation_instrument", "instrument_not_draft"),
    ("publish_recognition_scheme", "recognition_scheme_not_draft"),
    ("update_recognition_scheme", "recognition_scheme_not_draft"),
    ("recompute_award_round", "award_round_not_computed"),
    ("announce_award_round", "award_round_not_computed"),
    ("retract_award_round", "award_round_not_announced"),
    ("finalise_award_round", "award_round_not_announced"),
    ("decide_award_objection", "award_objection_decided"),
    ("reject_correction", "correction_not_requested"),
    ("unblock_account", "account_not_blocked"),
    ("remove_account_second_factor", "account_without_second_factor"),
    ("withdraw_app_authorization", "forbidden"),
    ("approve_oauth_client", "oauth_client_not_pending"),
    ("refuse_oauth_client", "oauth_client_not_pending"),
    ("resume_oauth_client", "oauth_client_not_suspended"),
    // The one that is shown was an exercise, and is over.
    ("update_breach", "breach_closed"),
    ("contain_breach", "breach_closed"),
    ("notify_breach_authority", "breach_closed"),
    ("notify_breach_persons", "breach_closed"),
    ("close_breach", "breach_closed"),
    ("register_client_document", "not_found"),
    ("delete_client_document", "not_found"),
];

/// Reads that the ministry's token does not open, each with its status and reason.
const NOT_THE_MINISTRYS: &[(&str, u16, &str)] = &[
    ("list_calendar_feeds", 403, "a person's own"),
    ("list_app_authorizations", 403, "of the account that signed in"),
    ("get_app_authorization", 403, "of the account that signed in"),
    ("get_calendar", 404, "the secret of an address is known to its owner alone"),
    ("get_credit_statement", 400, "whoever is nobody in particular names the person"),
    ("get_activity_check_in_code", 403, "shown in the room by those who lead the meeting"),
    ("list_observations", 403, "of the two whom they are about"),
    ("get_observation", 403, "of the two whom it is about"),
    ("list_chapter_notes", 403, "of the members"),
    ("list_learning_plans", 403, "a person's own"),
    ("get_learning_plan", 403, "a person's own"),
    ("list_self_assessments", 403, "a person's own"),
    ("list_learning_reflections", 403, "a person's own"),
    ("get_learning_goal", 403, "of the person and whom they share it with"),
    ("get_learning_reflection", 403, "of the person and whom they share it with"),
    ("list_shared_learning_goals", 403, "of whom they are shared with"),
    ("list_shared_learning_reflections", 403, "of whom they are shared with"),
    ("get_learning_suggestions", 403, "a person's own"),
    ("get_personal_data", 403, "a person's own"),
    ("list_comments", 403, "of the members"),
    ("get_comment", 403, "of the members"),
    ("list_mentions", 403, "of the members"),
    ("list_comment_moderation", 403, "of the author and who moderates"),
    ("list_proposal_moderation", 403, "of the author and the moderator"),
    ("list_appeals", 403, "of the moderator"),
    ("get_appeal", 403, "of the moderator"),
    ("list_reports", 403, "of who moderates"),
    ("get_report", 403, "of who moderates"),
    ("list_artefact_reviews", 404, "of the members"),
    ("list_client_documents", 404, "the demo has no pinned app"),
    ("get_client_document", 404, "the demo has no pinned app"),
];

/// What ends a thing that other commands are shown with.
const LAST: &[&str] = &[
    "withdraw_competence",
    "delete_session",
    "cancel_batch",
    "archive_program",
    "delete_partner",
    "close_community",
    "merge_person",
    "block_account",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_command_of_the_contract_takes_its_example_on_the_demo() {
    let (app, shown) = filled().await;
    let ministry = &shown.tokens[0].2;
    let mut commands = Vec::new();
    for (path, item) in openapi::DOCUMENT["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap().iter().filter(|(method, _)| *method != "get") {
            commands.push((operation["operationId"].as_str().unwrap(), method, path, operation));
        }
    }
    commands.sort_by_key(|(id, ..)| LAST.iter().position(|last| last == id).map_or(0, |at| at + 1));
    assert!(commands.len() > 40, "only {} commands were found", commands.len());
    let (mut wrong, mut stepped) = (Vec::new(), 0);
    for (id, method, path, operation) in commands {
        let Some(path) = filled_in(path, operation) else { panic!("{id} has no example") };
        let method = method.to_uppercase().parse().unwrap();
        let mut request = app.request(method, &path, Some(ministry));
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            if let ("header", Some(example)) =
                (parameter["in"].as_str().unwrap(), parameter["example"].as_str())
            {
                if parameter["required"] == false {
                    continue;
                }
                // The examples before this one have changed it: here only its form counts.
                let example = if parameter["name"] == "If-Match" { "*" } else { example };
                request = request.header(parameter["name"].as_str().unwrap(), example);
            }
        }
        let content = operation["requestBody"]["content"].as_object();
        if let Some((media, body)) =
            content.and_then(|all| all.iter().find(|(_, body)| !body["example"].is_null()))
        {
            let text = body["example"].as_str().map_or_else(|| body["example"].to_string(), str::to_owned);
            request = request.header("content-type", media).body(text);
        }
        let steps = operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .any(|p| p["name"] == "If-Match" && p["required"] == false);
        let known = REFUSED_BY_STATE.iter().find(|(name, _)| *name == id).map_or("done", |(_, code)| *code);
        let known = if is_not_the_ministrys(id) { "forbidden" } else { known };
        if steps && known != "forbidden" {
            stepped += 1;
            let stale = request.try_clone().unwrap().header("if-match", "\"v999999\"").send().await.unwrap();
            assert_eq!(stale.status(), 412, "{id} went on over a stale version");
        }
        let answer = request.send().await.unwrap();
        let (status, body) = (answer.status().as_u16(), answer.json::<Value>().await.unwrap_or_default());
        let code = body["code"].as_str().filter(|_| status >= 300).unwrap_or("done");
        if code != known {
            wrong.push(format!("{id}: {status} {code}, not {known}: {}", body["errors"]));
        }
    }
    assert!(stepped > 15, "only {stepped} commands take a condition");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_shows_every_state_and_about_what_it_promises() {
    let (app, shown) = filled().await;
    let of = |what: &str| shown.counts.iter().find(|(name, _)| *name == what).unwrap().1;
    assert!((450..=550).contains(&of("people")), "{:?}", shown.counts);
    assert!((270..=330).contains(&of("certificates")), "{:?}", shown.counts);
    assert!(of("of them revoked") >= 3);
    let ministry = Some(shown.tokens[0].2.as_str());
    for status in ["draft", "open", "closed", "running", "finished", "cancelled"] {
        let (_, page) = app.get(&format!("/v1/batches?status={status}"), ministry).await;
        assert!(!page["items"].as_array().unwrap().is_empty(), "no batch is {status}");
    }
    for status in ["applied", "waitlisted", "accepted", "rejected", "withdrawn", "completed", "not_completed"]
    {
        let (_, page) = app.get(&format!("/v1/enrolments?status={status}&limit=1"), ministry).await;
        assert!(!page["items"].as_array().unwrap().is_empty(), "no enrolment is {status}");
    }
    for status in ["draft", "published", "archived"] {
        let (_, page) = app.get(&format!("/v1/programs?status={status}"), ministry).await;
        assert!(!page["items"].as_array().unwrap().is_empty(), "no program is {status}");
    }
    for status in ["forming", "active", "closed"] {
        let (_, page) = app.get(&format!("/v1/communities?status={status}"), ministry).await;
        assert!(!page["items"].as_array().unwrap().is_empty(), "no community is {status}");
    }
    let (_, page) = app.get("/v1/communities?limit=100", ministry).await;
    let groups = page["items"].as_array().unwrap();
    assert_eq!(groups.len(), 20, "{:?}", shown.counts);
    for kind in ["kkg", "mgmp", "mgbk", "kkks", "mkks", "plc", "book_club"] {
        assert!(groups.iter().any(|group| group["kind"] == kind), "no {kind}");
    }
    let quiet: Vec<_> = groups.iter().filter(|group| group["dormancy"]["isQuiet"] == true).collect();
    assert_eq!(quiet.len(), 1, "{quiet:?}");
    let (code, provinces) = app.get("/v1/regions?level=province&limit=100", None).await;
    assert_eq!((code, provinces["items"].as_array().unwrap().len()), (200, 38));
    for province in provinces["items"].as_array().unwrap() {
        let code = province["code"].as_str().unwrap();
        for (noun, kind) in [("schools", ""), ("persons", "&kind=teacher"), ("persons", "&kind=principal")] {
            let (_, page) = app.get(&format!("/v1/{noun}?regionCode={code}{kind}&limit=1"), ministry).await;
            assert!(!page["items"].as_array().unwrap().is_empty(), "{noun}{kind}: none in {code}");
        }
    }
    // Whoever is said to teach the running batch does.
    let teaching = shown.tokens.iter().find(|(role, ..)| role.name() == "resource_person").unwrap();
    let (_, running) = app.get("/v1/batches?status=running", ministry).await;
    let batch = running["items"][0]["id"].as_str().unwrap();
    let (status, roster) = app.get(&format!("/v1/batches/{batch}/enrolments"), Some(&teaching.2)).await;
    assert_eq!(status, 200);
    assert!(
        !roster["items"].as_array().unwrap().is_empty(),
        "the resource person sees nobody of the running batch"
    );
    // Participants come from around.
    let (_, page) = app.get("/v1/batches?regionCode=32.73&status=finished", ministry).await;
    let batch = page["items"][0]["id"].as_str().unwrap();
    let (_, page) = app.get(&format!("/v1/enrolments?batchId={batch}&limit=100"), ministry).await;
    let items = page["items"].as_array().unwrap();
    let near =
        items.iter().filter(|e| e["regionCode"].as_str().is_some_and(|code| code.starts_with("32"))).count();
    assert!(
        items.len() > 30 && near * 10 > items.len() * 7,
        "{near} of {} come from the batch's province",
        items.len()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_is_the_same_every_time() {
    let (one, other) = tokio::join!(filled(), filled());
    assert_eq!(one.1.examples, other.1.examples);
    assert_eq!(one.1.counts, other.1.counts);
    assert_eq!(one.1.links, other.1.links);
    for path in ["persons", "certificates", "enrolments", "schools"] {
        let path = format!("/v1/{path}?limit=100");
        let of = |filled: &(TestApp, demo::Shown)| filled.1.tokens[0].2.clone();
        let (first, second) = (of(&one), of(&other));
        let (_, here) = one.0.get(&path, Some(&first)).await;
        let (_, there) = other.0.get(&path, Some(&second)).await;
        assert_eq!(here["items"], there["items"], "{path}");
    }
}
