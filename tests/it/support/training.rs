//! A little country for the tests of training: a province with two regencies, a provider, a
//! program, and batches, persons and sessions as a test wants them. Rows are put in
//! directly, so that a test of enrolments does not depend on how batches are planned.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::{
    attendance, batch, certificate, competence, enrolment, person, region, resource_person, session_teacher,
};
use sanggar::access::grant::Grant;
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::Value;
use uuid::Uuid;

use super::{
    TestApp,
    app::start,
    rows::{
        batch_row, certificate_row, enrolment_row, organisation_row, person_row, program_row, school_row,
        session_row,
    },
};

/// What every test of training starts from.
pub struct World<'a> {
    pub app: &'a TestApp,
    pub provider: Uuid,
    pub program: Uuid,
    pub school: Uuid,
}

/// The regency most things are in.
pub const BANDUNG: &str = "32.73";
/// Another regency of the same province.
pub const BOGOR: &str = "32.71";

/// A batch as a test wants it; the rest is as usual.
#[derive(Clone, Copy)]
pub struct Wanted {
    pub capacity: i32,
    pub selection: &'static str,
    pub status: &'static str,
}

/// Thirty seats, first come, open.
pub const USUAL: Wanted = Wanted { capacity: 30, selection: "first_come", status: "open" };

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl<'a> World<'a> {
    /// Regions, a school, a provider and a published program of 32 JP with 80 % attendance and score 70.
    pub async fn new(app: &'a TestApp) -> Self {
        let world = Self { app, provider: Uuid::now_v7(), program: Uuid::now_v7(), school: Uuid::now_v7() };
        for (code, level, parent) in
            [("32", "province", None), (BANDUNG, "regency", Some("32")), (BOGOR, "regency", Some("32"))]
        {
            let row = region::Model {
                code: code.to_owned(),
                level: level.to_owned(),
                name: format!("Wilayah {code}"),
                parent_code: parent.map(str::to_owned),
                valid_from: None,
                valid_until: None,
                successor_code: None,
                version: 1,
                created_at: start(),
                updated_at: start(),
            };
            world.insert(row).await;
        }
        world.insert(organisation_row(world.provider, "BGTK-JABAR")).await;
        world.insert(school_row(world.school, "20219180")).await;
        world.insert(program_row(world.program, world.provider)).await;
        world
    }

    /// Puts a row in.
    pub async fn insert<M, A>(&self, row: M)
    where
        M: IntoActiveModel<A>,
        A: ActiveModelTrait + ActiveModelBehavior + Send,
    {
        let row = row.into_active_model();
        <A as ActiveModelTrait>::Entity::insert(row)
            .exec_without_returning(self.app.services.store.writer())
            .await
            .unwrap();
    }

    /// A batch; registration lasts from a day ago to a week from now.
    pub async fn batch(&self, wanted: Wanted) -> Uuid {
        self.batch_of(self.provider, wanted).await
    }

    /// A batch of another provider.
    pub async fn batch_of(&self, provider: Uuid, wanted: Wanted) -> Uuid {
        let id = Uuid::now_v7();
        self.insert(batch::Model {
            capacity: wanted.capacity,
            selection: wanted.selection.to_owned(),
            status: wanted.status.to_owned(),
            opened_at: (wanted.status != "draft").then(start),
            ..batch_row(id, self.program, provider)
        })
        .await;
        id
    }

    /// Another provider.
    pub async fn organisation(&self, code: &str) -> Uuid {
        let id = Uuid::now_v7();
        self.insert(organisation_row(id, code)).await;
        id
    }

    /// Moves a batch to another state.
    pub async fn set_batch(&self, id: Uuid, status: &str) {
        let change = batch::ActiveModel {
            id: sea_orm::Set(id),
            status: sea_orm::Set(status.to_owned()),
            opened_at: sea_orm::Set((status != "draft").then(start)),
            ..Default::default()
        };
        change.update(self.app.services.store.writer()).await.unwrap();
    }

    /// Says how many seats of a batch are taken, for enrolments that were put in directly.
    pub async fn set_taken(&self, id: Uuid, taken: i32) {
        let change =
            batch::ActiveModel { id: sea_orm::Set(id), taken: sea_orm::Set(taken), ..Default::default() };
        change.update(self.app.services.store.writer()).await.unwrap();
    }

    /// The batch as it is now.
    pub async fn read_batch(&self, id: Uuid) -> batch::Model {
        batch::Entity::find_by_id(id).one(self.app.services.store.reader()).await.unwrap().unwrap()
    }

    /// The enrolment as it is now.
    pub async fn read_enrolment(&self, id: &Value) -> enrolment::Model {
        let id: Uuid = id.as_str().unwrap().parse().unwrap();
        enrolment::Entity::find_by_id(id).one(self.app.services.store.reader()).await.unwrap().unwrap()
    }

    /// A teacher of the school in Bandung.
    pub async fn teacher(&self, name: &str) -> Uuid {
        self.person(name, Some(self.school), BANDUNG).await
    }

    /// Someone at this school, in this region.
    pub async fn person(&self, name: &str, school: Option<Uuid>, region: &str) -> Uuid {
        let id = Uuid::now_v7();
        self.insert(person_row(id, name, school, region)).await;
        id
    }

    /// Many teachers, in few statements.
    pub async fn teachers(&self, count: usize) -> Vec<Uuid> {
        let ids: Vec<Uuid> = (0..count).map(|_| Uuid::now_v7()).collect();
        for chunk in ids.chunks(200) {
            let rows = chunk.iter().map(|id| {
                person_row(*id, &format!("Guru {id}"), Some(self.school), BANDUNG).into_active_model()
            });
            person::Entity::insert_many(rows)
                .exec_without_returning(self.app.services.store.writer())
                .await
                .unwrap();
        }
        ids
    }

    /// A session of 100 minutes that starts `offset` from the start of the tests. One of the past was
    /// taught by somebody competent.
    pub async fn session(&self, batch: Uuid, offset: TimeDelta) -> Uuid {
        let id = self.untaught_session(batch, offset).await;
        if offset < TimeDelta::zero() {
            self.teaches(id, "Narasumber").await;
        }
        id
    }

    /// As [`Self::session`], with nobody who teaches it.
    pub async fn untaught_session(&self, batch: Uuid, offset: TimeDelta) -> Uuid {
        let id = Uuid::now_v7();
        self.insert(session_row(id, batch, start() + offset)).await;
        id
    }

    /// A resource person of verified competence who teaches a session, assigned long ago; answers the person.
    pub async fn teaches(&self, session: Uuid, name: &str) -> Uuid {
        let person = self.teacher(name).await;
        let id = Uuid::now_v7();
        self.resource_person(id, person).await;
        self.insert(session_teacher::Model {
            session_id: session,
            resource_person_id: id,
            person_id: person,
            term: "2026-1".to_owned(),
            minutes: 100,
            override_by: None,
            override_reason: None,
            created_at: start() - TimeDelta::days(50),
        })
        .await;
        person
    }

    /// `person` as a resource person of this id, verified for the program.
    pub async fn resource_person(&self, id: Uuid, person: Uuid) {
        self.insert(resource_person::Model {
            id,
            person_id: person,
            organisation_id: Some(self.provider),
            biography: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        })
        .await;
        self.insert(competence::Model {
            id: Uuid::now_v7(),
            resource_person_id: id,
            program_id: self.program,
            evidence: "Sertifikat pelatih".to_owned(),
            evidence_url: None,
            status: "verified".to_owned(),
            reason: None,
            decided_by: Some("test".to_owned()),
            decided_at: Some(start()),
            version: 1,
            created_at: start(),
            updated_at: start(),
        })
        .await;
    }

    /// An enrolment as a test wants it, without going through a command.
    pub async fn enrolment(
        &self,
        batch: Uuid,
        person: Uuid,
        status: &str,
        applied_at: DateTime<Utc>,
    ) -> Uuid {
        let id = Uuid::now_v7();
        self.insert(enrolment::Model {
            school_id: Some(self.school),
            ..enrolment_row(id, batch, person, status, applied_at)
        })
        .await;
        id
    }

    /// Minutes of an enrolment in a session, without going through a command.
    pub async fn attended(&self, session: Uuid, enrolment: Uuid, minutes: i32) {
        self.insert(attendance::Model {
            session_id: session,
            enrolment_id: enrolment,
            minutes,
            recorded_by: "test".to_owned(),
            recorded_at: start(),
        })
        .await;
    }

    /// A certificate of `person`, worth `hours_jp`.
    pub async fn certificate(
        &self,
        person: Uuid,
        hours_jp: i32,
        kind: &str,
        status: &str,
        ends_on: &str,
    ) -> Uuid {
        self.certificate_of(None, person, hours_jp, kind, status, ends_on).await
    }

    /// A certificate of an enrolment.
    pub async fn certificate_of(
        &self,
        enrolment: Option<Uuid>,
        person: Uuid,
        hours_jp: i32,
        kind: &str,
        status: &str,
        ends_on: &str,
    ) -> Uuid {
        let id = Uuid::now_v7();
        self.insert(certificate::Model {
            enrolment_id: enrolment,
            completion: enrolment.map(|_| 1),
            hours_jp,
            kind: kind.to_owned(),
            starts_on: day(ends_on),
            ends_on: day(ends_on),
            status: status.to_owned(),
            ..certificate_row(id, person, self.program, self.provider)
        })
        .await;
        id
    }

    /// The provider's token.
    pub fn staff(&self) -> String {
        self.app.token(Grant::provider_staff(self.provider))
    }

    /// A teacher's token.
    pub fn token(&self, person: Uuid) -> String {
        self.app.token(Grant::teacher(person))
    }
}
