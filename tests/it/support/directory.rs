//! A small country for the tests of the directory: two provinces, a school in each, a provider
//! with a program. Rows that only imports make are put in directly.

use chrono::NaiveDate;
use entity::{certificate, enrolment, person, program, region, school, session, session_teacher};
use sanggar::access::grant::Grant;
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Face, TestApp, app::start, rows};

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
        put(app, rows::organisation_row(this.provider, "BGTK-JABAR")).await;
        put(
            app,
            program::Model {
                code: "NUMERASI".to_owned(),
                title: "Numerasi untuk guru kelas".to_owned(),
                minimum_score: None,
                ..rows::program_row(this.program, this.provider)
            },
        )
        .await;
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
        let row = rows::batch_row(batch, self.program, self.provider);
        put(app, entity::batch::Model { name: name.to_owned(), ..row }).await;
        put(
            app,
            session::Model {
                ends_at: start() + chrono::TimeDelta::minutes(90),
                minutes: 90,
                ..rows::session_row(session, batch, start())
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
                school_id: Some(self.bandung),
                region_code: Some("32.73.01".to_owned()),
                ..rows::enrolment_row(id, batch, person, status, start())
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
                region_code: Some("32.73.01".to_owned()),
                changed_pos: pos,
                ..rows::certificate_row(id, person, self.program, self.provider)
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

/// A region in force.
pub fn region_row(code: &str, level: &str, name: &str) -> region::Model {
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
        name: name.to_owned(),
        level: level.to_owned(),
        ownership: if name.contains("Negeri") { "public" } else { "private" }.to_owned(),
        region_code: region.to_owned(),
        latitude: Some(-6.9),
        longitude: Some(107.6),
        phone: Some("+62224203520".to_owned()),
        email: Some("surat@sekolah.sch.id".to_owned()),
        ..rows::school_row(id, npsn)
    }
}
