//! A little land for the tests of communities: two primary schools in one district, one far away, and people of
//! them. Rows are put in directly, so that a test of members does not depend on how groups are founded.

use entity::{community, person, school};
use sanggar::access::grant::Grant;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Face, Outcome, TestApp,
    directory::{Country, put},
    rows::{community_row, membership_row, office_row, person_row, school_row},
};

/// The district of both schools.
pub const DISTRICT: &str = "32.73.01";

/// What every test of communities starts from.
pub struct Village<'a> {
    pub app: &'a TestApp,
    pub country: Country,
    /// Two primary schools of the district.
    pub school: Uuid,
    pub neighbour: Uuid,
}

/// A community with a chair and one more member.
pub struct Group {
    pub id: Uuid,
    pub chair: Uuid,
    pub member: Uuid,
    /// The membership of `member`.
    pub membership: Uuid,
}

impl<'a> Village<'a> {
    pub async fn new(app: &'a TestApp) -> Self {
        let country = Country::new(app).await;
        let this = Self { app, country, school: Uuid::now_v7(), neighbour: Uuid::now_v7() };
        for (id, npsn, name) in [
            (this.school, "20210001", "SD Negeri 1 Sukasari"),
            (this.neighbour, "20210002", "SD Negeri 2 Sukasari"),
        ] {
            let (name, level, region_code) = (name.to_owned(), "sd".to_owned(), DISTRICT.to_owned());
            put(app, school::Model { name, level, region_code, ..school_row(id, npsn) }).await;
        }
        this
    }

    /// Somebody of a school.
    pub async fn person(&self, name: &str, kind: &str, employment: &str, school: Option<Uuid>) -> Uuid {
        let id = Uuid::now_v7();
        let (kind, employment) = (kind.to_owned(), employment.to_owned());
        let region = if school == Some(self.country.surabaya) { "35.78" } else { DISTRICT };
        put(self.app, person::Model { kind, employment, ..person_row(id, name, school, region) }).await;
        id
    }

    /// A teacher of the first school.
    pub async fn teacher(&self, name: &str) -> Uuid {
        self.person(name, "teacher", "pns", Some(self.school)).await
    }

    pub fn token(&self, person: Uuid) -> String {
        self.app.token(Grant::teacher(person))
    }

    pub fn principal(&self, person: Uuid) -> String {
        self.app.token(Grant::principal(self.school, Some(person)))
    }

    pub fn officer(&self) -> String {
        self.app.token(Grant::regional_officer("32.73"))
    }

    /// An active group of the first school, which one joins in this way.
    pub async fn group(&self, openness: &str) -> Group {
        let chair = self.teacher("Budi Santoso").await;
        let member = self.teacher("Siti Rahmawati").await;
        self.group_of(openness, chair, member).await
    }

    pub async fn group_of(&self, openness: &str, chair: Uuid, member: Uuid) -> Group {
        let (id, membership) = (Uuid::now_v7(), Uuid::now_v7());
        let row = community_row(id, DISTRICT);
        let (anchor, openness) = ("school".to_owned(), openness.to_owned());
        put(self.app, community::Model { anchor, openness, school_id: Some(self.school), ..row }).await;
        put(self.app, membership_row(Uuid::now_v7(), id, chair)).await;
        put(self.app, membership_row(membership, id, member)).await;
        put(self.app, office_row(Uuid::now_v7(), id, chair, "chair")).await;
        Group { id, chair, member, membership }
    }

    pub async fn call(&self, face: Face, token: &str, operation: &str, args: Value) -> Outcome {
        self.app.call(face, Some(token), operation, args).await
    }

    /// What a step of something comes to: the answer.
    pub async fn step(&self, face: Face, token: &str, operation: &str, id: impl serde::Serialize) -> Outcome {
        self.call(face, token, operation, json!({ "id": id })).await
    }

    /// A step that needs a reason.
    pub async fn because(
        &self,
        face: Face,
        token: &str,
        operation: &str,
        id: impl serde::Serialize,
    ) -> Outcome {
        self.call(face, token, operation, json!({ "id": id, "input": { "reason": "Pindah tugas" } })).await
    }
}

/// The charter of a new group of this kind; the rest is for the test to say.
pub fn charter(kind: &str, anchor: &str, more: Value) -> Value {
    let mut input = json!({
        "kind": kind, "name": "Kelompok Baru", "anchor": anchor, "openness": "open", "cadenceDays": 14,
        "goals": "Setiap guru kelas mampu menyusun asesmen diagnostik.",
    });
    if let (Some(input), Value::Object(more)) = (input.as_object_mut(), more) {
        input.extend(more);
    }
    json!({ "input": input })
}

/// Pointers and codes of what was refused, in order of the pointers.
pub fn told(outcome: &Outcome) -> Vec<(&str, &str)> {
    let mut told: Vec<_> = outcome.faults.iter().map(|(at, code)| (at.as_str(), code.as_str())).collect();
    told.sort_unstable();
    told
}

/// One field of each row of a list.
pub fn column(list: &Value, field: &str) -> Vec<String> {
    let text = |row: &Value| row[field].as_str().unwrap_or_default().to_owned();
    list["items"].as_array().unwrap().iter().map(text).collect()
}
