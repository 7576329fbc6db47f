//! Every role calls every operation of both faces on what is its own, on what is next door and on what is
//! far away. What comes back must be what the permission table says, and nothing else.

use std::{collections::BTreeSet, time::Instant};

use futures_util::future::join_all;
use sanggar::{
    access::{
        action::Action,
        grant::{Grant, Role},
        policy::{POLICY, Reach},
    },
    foundation::id::global,
};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::{
    arguments::args,
    expected::{expected, listed},
    land::Land,
    operations::{COMMANDS, LISTS, Listing, Operation, READS, SPARED},
    oracle::{Table, Thing, Verdict, found_by, seen},
};
use crate::{
    both_engines,
    support::{Face, Outcome, TestApp, face::rest_operations},
};

/// What was called.
#[derive(Clone, Copy)]
enum Call {
    One(&'static Operation),
    List(&'static Listing),
    Node(Thing),
}

/// One call and what it came to.
struct Cell {
    call: Call,
    face: Face,
    role: Role,
    side: usize,
    found: Verdict,
}

/// The noun of `node(id)`.
const NODES: &[(Thing, &str)] = &[
    (Thing::Organisation, "Organisation"),
    (Thing::Account, "Account"),
    (Thing::School, "School"),
    (Thing::Person, "Person"),
    (Thing::Correction, "Correction"),
    (Thing::Speaker, "ResourcePerson"),
    (Thing::Competence, "Competence"),
    (Thing::Program, "Program"),
    (Thing::DraftProgram, "Program"),
    (Thing::Batch, "Batch"),
    (Thing::DraftBatch, "Batch"),
    (Thing::Session, "Session"),
    (Thing::Enrolment, "Enrolment"),
    (Thing::Certificate, "Certificate"),
    (Thing::CreditScheme, "CreditScheme"),
    (Thing::DraftCreditScheme, "CreditScheme"),
    (Thing::Import, "Import"),
    (Thing::Artefact, "Artefact"),
    (Thing::DraftArtefact, "Artefact"),
    (Thing::Activity, "Activity"),
    (Thing::ActivityCost, "ActivityCost"),
    (Thing::MeetingSeries, "MeetingSeries"),
    (Thing::CalendarFeed, "CalendarFeed"),
    (Thing::Community, "Community"),
    (Thing::Membership, "Membership"),
    (Thing::Office, "CommunityOffice"),
    (Thing::Partner, "Partner"),
    (Thing::ObservationInstrument, "ObservationInstrument"),
    (Thing::Observation, "Observation"),
    (Thing::LearningPlan, "LearningPlan"),
    (Thing::LearningGoal, "LearningGoal"),
    (Thing::SelfAssessment, "SelfAssessment"),
    (Thing::LearningReflection, "LearningReflection"),
    (Thing::Article, "Article"),
    (Thing::BookReading, "BookReading"),
    (Thing::Improvement, "Improvement"),
    (Thing::ChapterNote, "ChapterNote"),
    (Thing::Comment, "Comment"),
    (Thing::Proposal, "Proposal"),
    (Thing::RecognitionScheme, "RecognitionScheme"),
    (Thing::ProgressNote, "ProgressNote"),
    (Thing::AwardRound, "AwardRound"),
    (Thing::DraftAwardRound, "AwardRound"),
    (Thing::AwardEntry, "AwardEntry"),
    (Thing::AwardObjection, "AwardObjection"),
    (Thing::Appeal, "Appeal"),
    (Thing::Report, "Report"),
    (Thing::RoleGrant, "RoleGrant"),
    (Thing::Erasure, "Erasure"),
    (Thing::ClientDocument, "ClientDocument"),
    (Thing::Breach, "Breach"),
    (Thing::SharingConsent, "SharingConsent"),
];

fn found(outcome: &Outcome, face: Face) -> Verdict {
    match outcome.code.as_deref() {
        Some("forbidden") => Verdict::Forbidden,
        Some("not_found") => Verdict::NotFound,
        // What a body names and the caller does not reach is as unknown as what is not there.
        Some("invalid") if outcome.faults.iter().any(|fault| fault.1 == "reference_unknown") => {
            Verdict::NotFound
        }
        None if face == Face::Graphql && outcome.data.is_null() => Verdict::NotFound,
        _ => Verdict::Allowed,
    }
}

/// One role's way through everything there is.
struct Caller<'a> {
    app: &'a TestApp,
    land: &'a Land,
    role: Role,
    token: String,
}

impl Caller<'_> {
    async fn reads(&self) -> Vec<Cell> {
        let mut cells = Vec::new();
        for operation in READS {
            cells.extend(self.everywhere(operation, 0).await);
        }
        for listing in LISTS {
            for face in Face::BOTH {
                cells.extend(self.list(listing, face).await);
            }
        }
        for &(thing, kind) in NODES {
            for (side, its) in self.land.sides.iter().enumerate() {
                let query = "query($id: ID!) { node(id: $id) { id } }";
                let id = json!({ "id": global(kind, &its.id(thing).to_string()) });
                let answer = self.app.graphql(Some(&self.token), query, id).await;
                assert!(answer["errors"].is_null(), "{} node {kind}: {answer}", self.role);
                let found =
                    if answer["data"]["node"].is_null() { Verdict::NotFound } else { Verdict::Allowed };
                cells.push(Cell {
                    call: Call::Node(thing),
                    face: Face::Graphql,
                    role: self.role,
                    side,
                    found,
                });
            }
        }
        cells
    }

    /// Calls `operation` on every side through both faces.
    async fn everywhere(&self, operation: &'static Operation, nth: usize) -> Vec<Cell> {
        let mut cells = Vec::new();
        for (side, its) in self.land.sides.iter().enumerate() {
            for face in Face::BOTH {
                let args = args(operation, its, face, nth * 10 + side * 2 + usize::from(face == Face::Rest));
                let outcome = self.app.call(face, Some(&self.token), operation.0, args).await;
                let found = found(&outcome, face);
                cells.push(Cell { call: Call::One(operation), face, role: self.role, side, found });
            }
        }
        cells
    }

    async fn list(&self, listing: &'static Listing, face: Face) -> Vec<Cell> {
        let mut cells = Vec::new();
        for (side, its) in self.land.sides.iter().enumerate() {
            // A hundred of some nouns with every field cost more than a document may.
            let mut args = json!({ "first": 50 });
            if listing.0 == "list_community_feed" {
                // What lies ahead is in it only for those who ask for the plan too.
                args["until"] = json!("2027-01-01T00:00:00Z");
                args["first"] = json!(20);
            }
            if let Some(of) = listing.3 {
                args["id"] = json!(its.id(of));
            }
            let outcome = self.app.call(face, Some(&self.token), listing.0, args).await;
            let found = match found(&outcome, face) {
                Verdict::Allowed if !shows(&outcome.data, &its.id(listing.1).to_string()) => {
                    Verdict::NotFound
                }
                other => other,
            };
            cells.push(Cell { call: Call::List(listing), face, role: self.role, side, found });
        }
        cells
    }
}

/// Whether a list's answer has the thing, by its own id or that of what the line is about.
fn shows(list: &Value, id: &str) -> bool {
    let items = list["items"].as_array().unwrap();
    let named = ["id", "enrolmentId", "activityId", "personId"];
    let about =
        |item: &Value| named.iter().any(|name| item[*name] == id) || item["subjects"][0]["subjectId"] == id;
    items.iter().any(about)
}

fn must_be(table: Table<'_>, grant: &Grant, cell: &Cell, land: &Land) -> Verdict {
    let side = &land.sides[cell.side];
    match cell.call {
        Call::One(operation) => expected(table, grant, operation, side),
        Call::List(listing) => listed(table, grant, listing, side),
        // `node` does not tell what is forbidden from what is not there.
        Call::Node(thing) => match seen(table, grant, thing, side) {
            Verdict::Forbidden => Verdict::NotFound,
            other => other,
        },
    }
}

/// Whether some call of a role tells that the table is another one for it. Rows of other roles say nothing of it.
fn tells(table: Table<'_>, role: Role, cells: &[Cell], land: &Land) -> bool {
    let table: Vec<_> = table.iter().copied().filter(|row| row.0 == role).collect();
    let grant = land.grant(role);
    cells
        .iter()
        .filter(|cell| cell.role == role)
        .any(|cell| must_be(&table, &grant, cell, land) != cell.found)
}

/// Every cell that is not what `table` says, in words.
fn differences(table: Table<'_>, cells: &[Cell], land: &Land) -> Vec<String> {
    let mut told = Vec::new();
    for cell in cells {
        let must = must_be(table, &land.grant(cell.role), cell, land);
        if must != cell.found {
            let (name, thing) = match cell.call {
                Call::One(operation) => (operation.0, operation.2),
                Call::List(listing) => (listing.0, listing.1),
                Call::Node(thing) => ("node", thing),
            };
            let side = ["own", "next door", "far away"][cell.side];
            told.push(format!(
                "{} {name} through {:?}: {thing:?} {side}: must be {must:?}, was {:?}",
                cell.role, cell.face, cell.found
            ));
        }
    }
    told
}

/// Actions without an operation of their own (a part of a view, a part of a command, names that are public anyway):
/// a row of theirs more or less shows nowhere in the matrix.
const ELSEWHERE: &[Action] = &[
    // For oneself alone, or gone for good: tests of learning refuse the others.
    Action::LearningPlanCreate,
    Action::LearningEvidenceRemove,
    Action::LearningSuggestionsRead,
    Action::SchoolContacts,
    // Parts of a person's record: tests of what is shown of persons.
    Action::PersonIdentifiers,
    Action::PersonDemographics,
    Action::PersonContacts,
    Action::BurdenOverride,
    Action::OrganisationRead,
    Action::ProgramRead,
    Action::BatchRead,
    // What was published for everyone everyone reads; what was not, nobody by the table alone.
    Action::ArtefactRead,
    // Bytes over REST alone.
    Action::ArtefactAttach,
    // Of a file that was brought so; tests of limits refuse whoever did not bring it.
    Action::ArtefactDetach,
    // Of the account that signed in: tests of OAuth refuse the others.
    Action::AppAuthorizationRead,
    Action::AppAuthorizationWithdraw,
    // A rule of its own narrows who gives which role: tests of roles refuse the others.
    Action::RoleGrantGive,
];

/// Holes in the table and rows missing from it: each must be seen in what was found.
fn every_hole_is_seen(cells: &[Cell], land: &Land) {
    let mut unseen = Vec::new();
    for action in Action::ALL.iter().copied().filter(|action| !ELSEWHERE.contains(action)) {
        for role in Role::ALL {
            let listed = POLICY.iter().any(|row| (row.0, row.1) == (role, action) && row.2 != Reach::Account);
            if !listed && finds_nothing_for(role, action) {
                continue;
            }
            let table: Vec<_> = if listed {
                POLICY.iter().copied().filter(|row| (row.0, row.1) != (role, action)).collect()
            } else {
                POLICY.iter().copied().chain([(role, action, Reach::Everywhere)]).collect()
            };
            if !tells(&table, role, cells, land) {
                unseen.push(format!("{role} {}: whether the table has it is seen in no call", action.name()));
            }
        }
    }
    // And reach: everywhere instead of what is the caller's own.
    for row in POLICY.iter().filter(|row| row.2 != Reach::Everywhere && !ELSEWHERE.contains(&row.1)) {
        let table: Vec<_> = POLICY
            .iter()
            .map(|other| if other == row { (row.0, row.1, Reach::Everywhere) } else { *other })
            .collect();
        if !tells(&table, row.0, cells, land) && !hidden(row) {
            unseen.push(format!("{row:?} could reach everywhere and no call would tell"));
        }
    }
    assert!(unseen.is_empty(), "\n{}", unseen.join("\n"));
}

/// Whether a role never comes to see what an action is done to: who may not read it is told so first, whether
/// or not the table has the action too.
fn finds_nothing_for(role: Role, action: Action) -> bool {
    let reads =
        |read: Action| POLICY.iter().any(|row| (row.0, row.1) == (role, read) && row.2 != Reach::Account);
    // Seeing an artefact has a rule of its own; who reads none at all is refused before.
    let found_by = |thing| match thing {
        Thing::Artefact | Thing::DraftArtefact => Some(Action::ArtefactRead),
        other => found_by(other),
    };
    let mut done_to = READS.iter().chain(COMMANDS).filter(|one| one.1 == Some(action)).peekable();
    done_to.peek().is_some() && done_to.all(|one| found_by(one.2).is_some_and(|read| !reads(read)))
}

/// Commands whose things are never seen beyond the reach of the reading they start from.
fn hidden(row: &(Role, Action, Reach)) -> bool {
    let reads =
        |action| POLICY.iter().filter(|r| (r.0, r.1) == (row.0, action)).map(|r| r.2).collect::<Vec<_>>();
    let by_reading = [
        Action::PersonRead,
        Action::EnrolmentRead,
        Action::AccountRead,
        Action::CertificateRead,
        Action::ActivityRead,
        Action::MembershipRead,
        Action::ObservationRead,
        Action::BookReadingRead,
        Action::ImprovementRead,
        Action::CommentRead,
        Action::ProposalRead,
        Action::ProgressNoteRead,
        Action::AwardRoundRead,
        Action::AwardEntryRead,
        Action::AwardObjectionRead,
        Action::AppealRead,
        Action::ReportRead,
        Action::RoleGrantRead,
        Action::CorrectionRead,
        Action::SharingConsentRead,
        Action::ErasureRead,
    ];
    by_reading.into_iter().any(|read| row.1 != read && reads(read).contains(&row.2))
}

#[test]
fn the_matrix_has_every_operation() {
    let asked: BTreeSet<String> = READS
        .iter()
        .chain(COMMANDS)
        .map(|operation| operation.0)
        .chain(LISTS.iter().map(|listing| listing.0))
        .chain(SPARED.iter().map(|spared| spared.0))
        .map(str::to_owned)
        .collect();
    let all: BTreeSet<String> = rest_operations().into_iter().collect();
    let left_out: Vec<_> = all.difference(&asked).collect();
    assert!(left_out.is_empty(), "not asked: {left_out:?}");
}

both_engines! {
    async fn every_role_gets_what_the_table_says_and_nothing_else(app: TestApp) {
        let land = Land::new(&app).await;
        let started = Instant::now();
        let callers: Vec<_> = Role::ALL
            .into_iter()
            .map(|role| {
                let token = app.token_of(role.name(), vec![land.grant(role)]);
                Caller { app: &app, land: &land, role, token }
            })
            .collect();
        let mut cells: Vec<Cell> = join_all(callers.iter().map(Caller::reads)).await.into_iter().flatten().collect();
        for operation in COMMANDS {
            let calls = callers.iter().enumerate().map(|(nth, caller)| caller.everywhere(operation, nth));
            cells.extend(join_all(calls).await.into_iter().flatten());
        }
        println!("{} calls in {:.1} s", cells.len(), started.elapsed().as_secs_f64());
        let wrong = differences(POLICY, &cells, &land);
        assert!(wrong.is_empty(), "{} of {} calls:\n{}", wrong.len(), cells.len(), wrong.join("\n"));
        assert!(cells.iter().filter(|cell| cell.found == Verdict::Allowed).count() > 400, "hardly anything was allowed");
        every_hole_is_seen(&cells, &land);
        println!("and every hole in {:.1} s in all", started.elapsed().as_secs_f64());
        let audit = entity::audit_entry::Entity::find().all(app.services.store.reader()).await.unwrap();
        assert!(audit.len() > 20, "hardly anything was done");
        // Who votes or takes a proposal back is named nowhere; tests of proposals look after that.
        for entry in audit.into_iter().filter(|entry| entry.actor != "withheld") {
            let role = Role::parse(&entry.actor).unwrap_or_else(|| panic!("{} did {}", entry.actor, entry.action));
            let listed = POLICY.iter().any(|row| row.0 == role && row.1.name() == entry.action);
            assert!(listed, "{role} did {}", entry.action);
        }
    }
}
