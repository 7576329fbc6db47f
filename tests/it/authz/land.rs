//! What the matrix is asked about: three sides with one of everything each. The callers belong to the
//! first; the second is next door, in the same regency; the third is in another province.

use chrono::TimeDelta;
use entity::{
    attendance, batch, certificate, certificate_payload, competence, enrolment, import_job, organisation,
    person, program, region, resource_person, school, session_teacher,
};
use sanggar::access::grant::{Grant, Role};
use serde_json::json;
use uuid::Uuid;

use super::oracle::{Place, Thing};
use crate::support::{
    TestApp,
    app::start,
    directory::put,
    rows::{
        batch_row, certificate_row, enrolment_row, organisation_row, person_row, program_row, school_row,
        session_row,
    },
};

/// One of everything, belonging together.
pub struct Side {
    pub region: &'static str,
    pub organisation: Uuid,
    pub school: Uuid,
    /// A teacher of the school, enrolled.
    pub person: Uuid,
    /// Who teaches the session, as a person and as a resource person.
    pub trainer: Uuid,
    pub speaker: Uuid,
    pub competence: Uuid,
    pub program: Uuid,
    pub draft_program: Uuid,
    pub batch: Uuid,
    pub draft_batch: Uuid,
    pub session: Uuid,
    pub enrolment: Uuid,
    /// The trainer's own, as one who learns: in the batch that is a draft.
    pub learning: Uuid,
    pub certificate: Uuid,
    pub import: Uuid,
}

/// Own, next door, far away.
pub struct Land {
    pub sides: Vec<Side>,
    /// The principal of the first side's school.
    pub head: Uuid,
}

impl Side {
    fn new(region: &'static str) -> Self {
        let id = Uuid::now_v7;
        Self {
            region,
            organisation: id(),
            school: id(),
            person: id(),
            trainer: id(),
            speaker: id(),
            competence: id(),
            program: id(),
            draft_program: id(),
            batch: id(),
            draft_batch: id(),
            session: id(),
            enrolment: id(),
            learning: id(),
            certificate: id(),
            import: id(),
        }
    }

    /// The id of one of its things.
    pub fn id(&self, thing: Thing) -> Uuid {
        match thing {
            Thing::Organisation => self.organisation,
            Thing::School => self.school,
            Thing::Person => self.person,
            Thing::Trainer => self.trainer,
            Thing::Speaker => self.speaker,
            Thing::Competence => self.competence,
            Thing::Program => self.program,
            Thing::DraftProgram => self.draft_program,
            Thing::Batch => self.batch,
            Thing::DraftBatch => self.draft_batch,
            Thing::Session => self.session,
            Thing::Enrolment => self.enrolment,
            Thing::Learning => self.learning,
            Thing::Certificate => self.certificate,
            Thing::Import | Thing::Nothing => self.import,
        }
    }

    /// Where one of its things belongs.
    pub fn place(&self, thing: Thing) -> Place {
        let nowhere = Place::default();
        let region = Some(self.region);
        let organisation = Some(self.organisation);
        let school = Some(self.school);
        let (person, taught_by) = (Some(self.person), Some(self.trainer));
        match thing {
            Thing::Organisation | Thing::Program | Thing::DraftProgram => Place { organisation, ..nowhere },
            Thing::School => Place { region, school, ..nowhere },
            Thing::Trainer | Thing::Learning => {
                Place { region, organisation, school, person: taught_by, ..nowhere }
            }
            Thing::Speaker | Thing::Competence => {
                Place { region, organisation, person: taught_by, ..nowhere }
            }
            Thing::Batch | Thing::DraftBatch => Place { region, organisation, ..nowhere },
            Thing::Session => Place { region, organisation, taught_by, ..nowhere },
            Thing::Person | Thing::Enrolment | Thing::Certificate => {
                Place { region, organisation, school, person, taught_by }
            }
            Thing::Import | Thing::Nothing => nowhere,
        }
    }
}

impl Land {
    /// Puts everything in.
    pub async fn new(app: &TestApp) -> Self {
        for code in ["32", "32.73", "35", "35.78"] {
            put(app, region_row(code)).await;
        }
        let sides = ["32.73", "32.73", "35.78"].map(Side::new);
        for (at, side) in sides.iter().enumerate() {
            fill(app, side, at).await;
        }
        let head = Uuid::now_v7();
        let row = person_row(head, "Kepala", Some(sides[0].school), sides[0].region);
        put(app, person::Model { kind: "principal".to_owned(), ..row }).await;
        Self { sides: sides.into(), head }
    }

    /// What a caller of this role on the first side holds.
    pub fn grant(&self, role: Role) -> Grant {
        let own = &self.sides[0];
        match role {
            Role::Ministry => Grant::ministry(),
            Role::MinistrySystem => Grant::ministry_system(),
            Role::RegionalOfficer => Grant::regional_officer(own.region),
            Role::ProviderStaff => Grant::provider_staff(own.organisation),
            Role::Principal => Grant::principal(own.school, Some(self.head)),
            Role::ResourcePerson => Grant::resource_person(own.trainer),
            Role::Teacher => Grant::teacher(own.person),
        }
    }
}

fn region_row(code: &str) -> region::Model {
    region::Model {
        code: code.to_owned(),
        level: if code.len() == 2 { "province" } else { "regency" }.to_owned(),
        name: format!("Wilayah {code}"),
        parent_code: code.rsplit_once('.').map(|(parent, _)| parent.to_owned()),
        valid_from: None,
        valid_until: None,
        successor_code: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

async fn fill(app: &TestApp, side: &Side, at: usize) {
    let region = Some(side.region.to_owned());
    let organisation = organisation_row(side.organisation, &format!("LEMBAGA-{at}"));
    put(app, organisation::Model { region_code: region, ..organisation }).await;
    let school = school_row(side.school, &format!("2021918{at}"));
    put(app, school::Model { region_code: side.region.to_owned(), ..school }).await;
    for (id, name) in [(side.person, "Guru"), (side.trainer, "Pelatih")] {
        put(app, person_row(id, name, Some(side.school), side.region)).await;
    }
    put(app, program_row(side.program, side.organisation)).await;
    let draft = program_row(side.draft_program, side.organisation);
    put(app, program::Model { code: "DRAF".to_owned(), status: "draft".to_owned(), ..draft }).await;
    for (id, status) in [(side.batch, "open"), (side.draft_batch, "draft")] {
        let row = batch_row(id, side.program, side.organisation);
        let opened_at = (status != "draft").then(start);
        let (status, region_code) = (status.to_owned(), side.region.to_owned());
        put(app, batch::Model { status, region_code, opened_at, ..row }).await;
    }
    fill_session(app, side).await;
    let row = certificate_row(side.certificate, side.person, side.program, side.organisation);
    let region_code = Some(side.region.to_owned());
    put(app, certificate::Model { school_id: Some(side.school), region_code, ..row }).await;
    put(
        app,
        certificate_payload::Model {
            certificate_id: side.certificate,
            payload: "{}".to_owned(),
            hash: "0".repeat(64),
            jws: "a.b.c".to_owned(),
            kid: "kid".to_owned(),
        },
    )
    .await;
    put(app, import_row(side.import)).await;
}

async fn fill_session(app: &TestApp, side: &Side) {
    put(
        app,
        resource_person::Model {
            id: side.speaker,
            person_id: side.trainer,
            organisation_id: Some(side.organisation),
            biography: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        },
    )
    .await;
    put(
        app,
        competence::Model {
            id: side.competence,
            resource_person_id: side.speaker,
            program_id: side.program,
            evidence: "Sertifikat pelatih".to_owned(),
            evidence_url: None,
            status: "claimed".to_owned(),
            reason: None,
            decided_by: None,
            decided_at: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        },
    )
    .await;
    let row = session_row(side.session, side.batch, start() + TimeDelta::days(1));
    let minutes = row.minutes;
    put(app, row).await;
    put(
        app,
        session_teacher::Model {
            session_id: side.session,
            resource_person_id: side.speaker,
            person_id: side.trainer,
            term: "2026-1".to_owned(),
            minutes,
            override_by: None,
            override_reason: None,
            created_at: start(),
        },
    )
    .await;
    for row in [
        enrolment_row(side.enrolment, side.batch, side.person, "applied", start()),
        enrolment_row(side.learning, side.draft_batch, side.trainer, "waitlisted", start()),
    ] {
        let region_code = Some(side.region.to_owned());
        put(app, enrolment::Model { school_id: Some(side.school), region_code, ..row }).await;
    }
    put(
        app,
        attendance::Model {
            session_id: side.session,
            enrolment_id: side.enrolment,
            minutes,
            recorded_by: "test".to_owned(),
            recorded_at: start(),
        },
    )
    .await;
}

fn import_row(id: Uuid) -> import_job::Model {
    import_job::Model {
        id,
        kind: "regions".to_owned(),
        filename: "wilayah.csv".to_owned(),
        dry_run: false,
        status: "finished".to_owned(),
        failure_code: None,
        failure_detail: None,
        bytes_total: 1,
        bytes_read: 1,
        rows_read: 0,
        rows_new: 0,
        rows_updated: 0,
        rows_unchanged: 0,
        rows_warned: 0,
        rows_refused: 0,
        by_code: json!({}),
        started_by: "test".to_owned(),
        created_at: start(),
        finished_at: Some(start()),
        version: 1,
    }
}
