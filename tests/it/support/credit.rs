//! A work group with a national credit scheme, and what it did in a cycle. Activities and attendance are put
//! in directly, so that a test of credit does not depend on how they are planned and reported.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{activity, activity_attendance, program};
use sanggar::access::grant::Grant;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Face,
    rows::{activity_row, community_row, membership_row, program_row},
    training::{BANDUNG, World},
};

/// First day of the cycle.
pub const FIRST: &str = "2025-10-01";

/// A community, the program its work counts for, and the published scheme.
pub struct Group<'a> {
    pub world: &'a World<'a>,
    pub community: Uuid,
    pub program: Uuid,
    pub scheme: Uuid,
}

/// Five face-to-face meetings and three tasks for 82 JP in 180 days.
pub fn national(program: Uuid) -> Value {
    json!({
        "programId": program, "code": "PKB-KKG", "cycleDays": 180, "effectiveFrom": "2025-01-01",
        "description": "Lima pertemuan dan tiga tugas dalam satu siklus.",
        "components": [
            { "code": "IN", "title": "Pertemuan tatap muka", "kinds": ["meeting"], "mode": "face_to_face",
                "required": 5, "jpEach": 10, "minMinutesPercent": 75 },
            { "code": "ON", "title": "Tugas penerapan di sekolah", "mode": "any", "required": 3, "jpTotal": 32,
                "kinds": ["peer_observation", "collaborative_planning"], "minMinutesPercent": 75 },
        ],
    })
}

/// A published program of 82 JP that communities earn.
pub async fn program_of(world: &World<'_>) -> Uuid {
    let id = Uuid::now_v7();
    world
        .insert(program::Model {
            code: format!("PKB-{}", &id.simple().to_string()[20..]).to_uppercase(),
            title: "Pengembangan Keprofesian melalui KKG".to_owned(),
            form: "study_group".to_owned(),
            hours_jp: 82,
            ..program_row(id, world.provider)
        })
        .await;
    id
}

/// An instant so many days after the cycle began, in the morning.
pub fn day(days: i64) -> DateTime<Utc> {
    "2025-10-01T02:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::days(days)
}

/// Drafts and publishes a scheme; answers its id.
pub async fn published(world: &World<'_>, input: Value) -> Uuid {
    let staff = world.staff();
    let call = async |operation: &str, args: Value| {
        world.app.call(Face::Rest, Some(&staff), operation, args).await.ok()
    };
    let made = call("create_credit_scheme", json!({ "input": input })).await;
    call("publish_credit_scheme", json!({ "id": made["id"] })).await;
    made["id"].as_str().unwrap().parse().unwrap()
}

impl<'a> Group<'a> {
    /// A community of Bandung, and the national scheme.
    pub async fn new(world: &'a World<'a>) -> Self {
        let community = Uuid::now_v7();
        world.insert(community_row(community, BANDUNG)).await;
        let program = program_of(world).await;
        let scheme = published(world, national(program)).await;
        Self { world, community, program, scheme }
    }

    /// A teacher who is a member.
    pub async fn member(&self, name: &str) -> Uuid {
        let person = self.world.teacher(name).await;
        self.world.insert(membership_row(Uuid::now_v7(), self.community, person)).await;
        person
    }

    /// Something the community did and reported, so many days after the cycle began.
    pub async fn did(&self, kind: &str, days: i64) -> Uuid {
        self.row(kind, days, |row| row).await
    }

    /// As [`Self::did`], with something else about it.
    pub async fn row(
        &self,
        kind: &str,
        days: i64,
        change: impl FnOnce(activity::Model) -> activity::Model,
    ) -> Uuid {
        let id = Uuid::now_v7();
        let row = activity::Model {
            kind: kind.to_owned(),
            status: "reported".to_owned(),
            held_at: Some(day(days)),
            reported_at: Some(day(days)),
            attended: 1,
            ..activity_row(id, self.community, day(days))
        };
        self.world.insert(change(row)).await;
        id
    }

    /// Notes that somebody was there.
    pub async fn attended(&self, activity: Uuid, person: Uuid, minutes: i32) {
        let row = activity_attendance::Model {
            activity_id: activity,
            person_id: person,
            method: "organiser".to_owned(),
            minutes,
            observed_at: day(0),
            recorded_at: day(0),
            recorded_by: "test".to_owned(),
        };
        self.world.insert(row).await;
    }

    /// Five meetings and three tasks, one a fortnight; everybody of `persons` was at all of them.
    pub async fn whole_cycle(&self, persons: &[Uuid]) -> Vec<Uuid> {
        let mut done = Vec::new();
        for n in 0..8 {
            let kind = if n < 5 { "meeting" } else { "peer_observation" };
            let activity = self.did(kind, 14 * n).await;
            for person in persons {
                self.attended(activity, *person, 180).await;
            }
            done.push(activity);
        }
        done
    }

    /// What a statement is asked with.
    pub fn asked(&self) -> Value {
        json!({ "id": self.community, "schemeId": self.scheme, "startsOn": FIRST })
    }

    /// The statement of a person, asked for by themselves.
    pub async fn statement(&self, face: Face, person: Uuid) -> Value {
        let token = self.world.token(person);
        self.world.app.call(face, Some(&token), "get_credit_statement", self.asked()).await.ok()
    }

    /// What a claim is made with.
    pub fn claim(&self) -> Value {
        json!({ "id": self.community, "input": { "schemeId": self.scheme, "startsOn": FIRST } })
    }

    /// The certificate of a person, claimed by themselves.
    pub async fn claimed(&self, face: Face, person: Uuid) -> Value {
        let token = self.world.token(person);
        self.world.app.call(face, Some(&token), "claim_credit", self.claim()).await.ok()
    }

    /// A regional officer's token.
    pub fn officer(&self, region: &str) -> String {
        self.world.app.token(Grant::regional_officer(region))
    }
}
