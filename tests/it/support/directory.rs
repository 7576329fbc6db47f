//! A small country for the tests of the directory: two provinces, a school in each, a provider
//! with a program. Rows that only imports make are put in directly.

use chrono::NaiveDate;
use entity::{
    certificate, enrolment, organisation, person, program, region, school, session, session_teacher,
};
use sanggar::access::grant::Grant;
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Face, TestApp, app::start};

/// What the tests of the directory start from.
pub struct Country {
    /// A school in 32.73.01 (Bandung).
    pub bandung: Uuid,
    /// A school in 35.78 (Surabaya).
    pub surabaya: Uuid,
    /// A provider in 32.
    pub provider: Uuid,
    /// Its published program.
    pub program: Uuid,
}

/// Puts a row in.
pub async fn put<M, A>(app: &TestApp, row: M)
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait + ActiveModelBehavior + Send,
{
    let writer = app.services.store.writer();
    <A as ActiveModelTrait>::Entity::insert(row.into_active_model())
        .exec_without_returning(writer)
        .await
        .unwrap();
}

impl Country {
    /// Regions, schools, provider and program.
    pub async fn new(app: &TestApp) -> Self {
        let this = Self {
            bandung: Uuid::now_v7(),
            surabaya: Uuid::now_v7(),
            provider: Uuid::now_v7(),
            program: Uuid::now_v7(),
        };
        for (code, level, name) in [
            ("32", "province", "Jawa Barat"),
            ("32.73", "regency", "Kota Bandung"),
            ("32.73.01", "district", "Sukasari"),
            ("35", "province", "Jawa Timur"),
            ("35.78", "regency", "Kota Surabaya"),
        ] {
            put(app, region_row(code, level, name)).await;
        }
        let former = region::Model {
            valid_until: NaiveDate::from_ymd_opt(2019, 12, 31),
            successor_code: Some("32.73".to_owned()),
            ..region_row("32.90", "regency", "Kotamadya Bandung")
        };
        put(app, former).await;
        put(app, school_row(this.bandung, "20219180", "SMP Negeri 2 Bandung", "smp", "32.73.01")).await;
        put(app, school_row(this.surabaya, "20532570", "SD Kristen Surabaya", "sd", "35.78")).await;
        put(app, organisation_row(this.provider)).await;
        put(app, program_row(this.program, this.provider)).await;
        this
    }

    /// Registers a teacher of `school` through a face; answers the id.
    pub async fn teacher(&self, app: &TestApp, name: &str, school: Uuid) -> Uuid {
        let input = json!({ "kind": "teacher", "name": name, "employment": "honorary", "schoolId": school });
        let ministry = app.ministry();
        let made =
            app.call(Face::Rest, Some(&ministry), "create_person", json!({ "input": input })).await.ok();
        id_of(&made)
    }

    /// Registers a person as one who teaches; answers the id.
    pub async fn resource_person(&self, app: &TestApp, person: Uuid) -> Uuid {
        let input = json!({ "personId": person, "organisationId": self.provider });
        let args = json!({ "input": input });
        id_of(&app.call(Face::Rest, Some(&app.ministry()), "create_resource_person", args).await.ok())
    }

    /// Claims competence for the program; answers its id.
    pub async fn claim(&self, app: &TestApp, teacher: Uuid) -> Uuid {
        let input = json!({ "programId": self.program, "evidence": "Sertifikat pelatih nasional" });
        let args = json!({ "id": teacher, "input": input });
        id_of(&app.call(Face::Rest, Some(&app.ministry()), "claim_competence", args).await.ok())
    }

    /// A batch of the program with one session.
    pub async fn batch(&self, app: &TestApp, name: &str) -> (Uuid, Uuid) {
        let (batch, session) = (Uuid::now_v7(), Uuid::now_v7());
        put(app, batch_row(batch, self.program, self.provider, name)).await;
        put(
            app,
            session::Model {
                id: session,
                batch_id: batch,
                title: "Pembukaan".to_owned(),
                starts_at: start(),
                ends_at: start() + chrono::TimeDelta::minutes(90),
                timezone: "Asia/Jakarta".to_owned(),
                minutes: 90,
                place: None,
                version: 1,
                created_at: start(),
                updated_at: start(),
            },
        )
        .await;
        (batch, session)
    }

    /// An enrolment of `person` in `batch`.
    pub async fn enrolment(&self, app: &TestApp, batch: Uuid, person: Uuid, status: &str) -> Uuid {
        let id = Uuid::now_v7();
        put(
            app,
            enrolment::Model {
                id,
                batch_id: batch,
                person_id: person,
                school_id: Some(self.bandung),
                region_code: Some("32.73.01".to_owned()),
                status: status.to_owned(),
                reason: None,
                applied_at: start(),
                decided_at: None,
                score: None,
                jp_earned: None,
                version: 1,
                created_at: start(),
                updated_at: start(),
            },
        )
        .await;
        id
    }

    /// A certificate of `person`, changed at `pos`.
    pub async fn certificate(&self, app: &TestApp, person: Uuid, pos: i64) -> Uuid {
        let id = Uuid::now_v7();
        put(
            app,
            certificate::Model {
                id,
                number: format!("N-{id}"),
                verification_id: format!("v-{id}"),
                source: "training".to_owned(),
                enrolment_id: None,
                person_id: person,
                program_id: self.program,
                batch_id: None,
                provider_id: self.provider,
                school_id: None,
                region_code: Some("32.73.01".to_owned()),
                holder_name: "Siti".to_owned(),
                title: "Pelatihan".to_owned(),
                hours_jp: 32,
                kind: "direct".to_owned(),
                generation: 0,
                starts_on: start().date_naive(),
                ends_on: start().date_naive(),
                status: "valid".to_owned(),
                status_reason: None,
                issued_at: start(),
                valid_until: None,
                superseded_by: None,
                changed_at: start(),
                changed_pos: pos,
                version: 1,
            },
        )
        .await;
        id
    }

    /// Notes that `teacher` (the resource person of `person`) teaches `session`.
    pub async fn teaches(&self, app: &TestApp, session: Uuid, teacher: Uuid, person: Uuid) {
        put(
            app,
            session_teacher::Model {
                session_id: session,
                resource_person_id: teacher,
                person_id: person,
                term: "2026-1".to_owned(),
                minutes: 90,
                override_by: None,
                override_reason: None,
                created_at: start(),
            },
        )
        .await;
    }

    /// An officer of the province of the Bandung school.
    pub fn officer(&self, app: &TestApp) -> String {
        app.token(Grant::regional_officer("32"))
    }

    /// An officer of the other province.
    pub fn stranger(&self, app: &TestApp) -> String {
        app.token(Grant::regional_officer("35"))
    }
}

/// The id in an answer.
pub fn id_of(answer: &Value) -> Uuid {
    answer["id"].as_str().unwrap().parse().unwrap()
}

/// The record of a person as the table has it.
pub async fn person_of(app: &TestApp, id: Uuid) -> person::Model {
    person::Entity::find_by_id(id).one(app.services.store.reader()).await.unwrap().unwrap()
}

fn region_row(code: &str, level: &str, name: &str) -> region::Model {
    region::Model {
        code: code.to_owned(),
        level: level.to_owned(),
        name: name.to_owned(),
        parent_code: code.rsplit_once('.').map(|(parent, _)| parent.to_owned()),
        valid_from: None,
        valid_until: None,
        successor_code: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

fn school_row(id: Uuid, npsn: &str, name: &str, level: &str, region: &str) -> school::Model {
    school::Model {
        id,
        npsn: npsn.to_owned(),
        name: name.to_owned(),
        level: level.to_owned(),
        ownership: if name.contains("Negeri") { "public" } else { "private" }.to_owned(),
        address: None,
        region_code: region.to_owned(),
        latitude: Some(-6.9),
        longitude: Some(107.6),
        provisional: false,
        phone: Some("+62224203520".to_owned()),
        email: Some("surat@sekolah.sch.id".to_owned()),
        timezone: "Asia/Jakarta".to_owned(),
        teaching_days: 31,
        teaching_from: 420,
        teaching_until: 840,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

fn organisation_row(id: Uuid) -> organisation::Model {
    organisation::Model {
        id,
        code: "BGTK-JABAR".to_owned(),
        kind: "training_centre".to_owned(),
        name: "Balai Guru Jawa Barat".to_owned(),
        region_code: Some("32".to_owned()),
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

fn program_row(id: Uuid, provider: Uuid) -> program::Model {
    program::Model {
        id,
        provider_id: provider,
        code: "NUMERASI".to_owned(),
        title: "Numerasi untuk guru kelas".to_owned(),
        description: String::new(),
        form: "in_service".to_owned(),
        hours_jp: 32,
        minutes_per_jp: 45,
        pro_rata: false,
        attendance_percent: 80,
        minimum_score: None,
        audience: json!([]),
        competencies: json!([]),
        status: "published".to_owned(),
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}

fn batch_row(id: Uuid, program: Uuid, provider: Uuid, name: &str) -> entity::batch::Model {
    entity::batch::Model {
        id,
        program_id: program,
        provider_id: provider,
        name: name.to_owned(),
        kind: "direct".to_owned(),
        source_batch_id: None,
        generation: 0,
        region_code: "32.73".to_owned(),
        place: "Aula".to_owned(),
        starts_on: start().date_naive(),
        ends_on: start().date_naive(),
        registration_opens_at: start(),
        registration_closes_at: start(),
        capacity: 30,
        taken: 0,
        selection: "first_come".to_owned(),
        cost_rupiah: 0,
        status: "open".to_owned(),
        status_reason: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    }
}
