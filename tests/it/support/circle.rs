//! A little community for the tests of what colleagues do with one another: a chair and three members in
//! Bandung, somebody of the same school who is no member, and another community next to it.

use entity::{community, person};
use sanggar::access::grant::Grant;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Face, Outcome, TestApp,
    directory::{Country, put},
    rows::{community_row, membership_row, office_row, person_row},
};

/// What the tests start from.
pub struct Circle<'a> {
    pub app: &'a TestApp,
    pub country: Country,
    pub community: Uuid,
    /// Chairs it, and is a member.
    pub chair: Uuid,
    pub observer: Uuid,
    pub observed: Uuid,
    pub member: Uuid,
    /// Of the same school, and of no community.
    pub outsider: Uuid,
    /// Another community of the region; its one member.
    pub other_community: Uuid,
    pub other_member: Uuid,
}

/// The district of the school in Bandung.
pub const DISTRICT: &str = "32.73.01";

impl<'a> Circle<'a> {
    /// Puts everything in.
    pub async fn new(app: &'a TestApp) -> Self {
        let (country, id) = (Country::new(app).await, Uuid::now_v7);
        let this = Self {
            app,
            country,
            community: id(),
            chair: id(),
            observer: id(),
            observed: id(),
            member: id(),
            outsider: id(),
            other_community: id(),
            other_member: id(),
        };
        for (person, name) in [
            (this.chair, "Ketua"),
            (this.observer, "Budi"),
            (this.observed, "Siti"),
            (this.member, "Dewi"),
            (this.outsider, "Rini"),
            (this.other_member, "Joko"),
        ] {
            put(app, person_row(person, name, Some(this.country.bandung), DISTRICT)).await;
        }
        let school_id = Some(this.country.bandung);
        for community in [this.community, this.other_community] {
            put(app, community::Model { school_id, ..community_row(community, DISTRICT) }).await;
        }
        for person in [this.chair, this.observer, this.observed, this.member] {
            put(app, membership_row(id(), this.community, person)).await;
        }
        put(app, membership_row(id(), this.other_community, this.other_member)).await;
        put(app, office_row(id(), this.community, this.chair, "chair")).await;
        this
    }

    /// A teacher's token.
    pub fn teacher(&self, person: Uuid) -> String {
        self.app.token(Grant::teacher(person))
    }

    /// What `person` gets, as a teacher, when they ask for `operation`.
    pub async fn ask(&self, face: Face, person: Uuid, operation: &str, args: Value) -> Outcome {
        self.app.call(face, Some(&self.teacher(person)), operation, args).await
    }

    /// Somebody of the school in a new record.
    pub async fn person(&self, name: &str) -> Uuid {
        let id = Uuid::now_v7();
        put(self.app, person::Model { ..person_row(id, name, Some(self.country.bandung), DISTRICT) }).await;
        id
    }

    /// Makes somebody a member.
    pub async fn join(&self, person: Uuid) {
        put(self.app, membership_row(Uuid::now_v7(), self.community, person)).await;
    }

    /// What is proposed for a lesson that begins now.
    pub fn proposal(&self) -> Value {
        json!({
            "observerId": self.observer, "observedId": self.observed, "focus": "Siapa yang bertanya?",
            "lessonAt": "2026-03-02T08:00:00Z", "subject": "Matematika", "grade": "Kelas 4B"
        })
    }

    /// An observation that was proposed by the observed teacher; answers it.
    pub async fn planned(&self, face: Face, proposal: Value) -> Value {
        let args = json!({ "id": self.community, "input": proposal });
        self.ask(face, self.observed, "plan_observation", args).await.ok()
    }

    /// Walks an observation to where feedback was given; answers its id.
    pub async fn discussed(&self, face: Face) -> Value {
        let id = self.planned(face, self.proposal()).await["id"].clone();
        for (person, operation, input) in [
            (self.observer, "accept_observation", Value::Null),
            (self.observer, "record_observation", json!({ "evidence": "Tiga murid bertanya." })),
            (self.observer, "give_observation_feedback", json!({ "feedback": "Beri waktu lebih lama." })),
        ] {
            self.ask(face, person, operation, json!({ "id": id, "input": input })).await.ok();
        }
        id
    }
}
