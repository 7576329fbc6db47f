//! A community with officers and members, for the tests of what communities do. Rows are put in directly.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{activity, activity_attendance, community};
use sanggar::{
    access::grant::Grant,
    community::activity::check_in::code::{Window, show},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Face, Outcome, TestApp,
    app::start,
    rows::{activity_row, community_row, membership_row, office_row},
    training::{BANDUNG, World},
};

/// An active community in Bandung with a chair and a member.
pub struct Group<'a> {
    pub world: World<'a>,
    pub id: Uuid,
    pub chair: Uuid,
    pub member: Uuid,
}

impl<'a> Group<'a> {
    pub async fn new(app: &'a TestApp) -> Self {
        Self::standing(app, "active").await
    }

    /// One that stands there.
    pub async fn standing(app: &'a TestApp, status: &str) -> Self {
        let world = World::new(app).await;
        let (chair, member) = (world.teacher("Siti Aminah").await, world.teacher("Budi Santoso").await);
        let group = Self { world, id: Uuid::now_v7(), chair, member };
        let row = community_row(group.id, BANDUNG);
        group.world.insert(community::Model { status: status.to_owned(), ..row }).await;
        for person in [chair, member] {
            group.join(person).await;
        }
        group.world.insert(office_row(Uuid::now_v7(), group.id, chair, "chair")).await;
        group
    }

    /// Makes a person a member.
    pub async fn join(&self, person: Uuid) {
        self.world.insert(membership_row(Uuid::now_v7(), self.id, person)).await;
    }

    /// A new teacher who is a member.
    pub async fn joined(&self, name: &str) -> Uuid {
        let person = self.world.teacher(name).await;
        self.join(person).await;
        person
    }

    /// An activity of three hours as a row; it starts `offset` from the start of the tests.
    pub async fn activity(&self, offset: TimeDelta, status: &str) -> Uuid {
        let id = Uuid::now_v7();
        let row = activity_row(id, self.id, start() + offset);
        let held = (status != "planned" && status != "cancelled").then_some(row.ends_at);
        self.world.insert(activity::Model { status: status.to_owned(), held_at: held, ..row }).await;
        id
    }

    /// Somebody on the list, as a row; the activity's own count is not touched.
    pub async fn was_there(&self, activity: Uuid, person: Uuid, minutes: i32, at: DateTime<Utc>) {
        self.world.insert(presence_row(activity, person, minutes, at)).await;
    }

    /// Calls as the chair.
    pub async fn lead(&self, face: Face, operation: &str, args: Value) -> Outcome {
        self.call_as(self.chair, face, operation, args).await
    }

    /// Calls as this person.
    pub async fn call_as(&self, person: Uuid, face: Face, operation: &str, args: Value) -> Outcome {
        let token = self.world.app.token(Grant::teacher(person));
        self.world.app.call(face, Some(&token), operation, args).await
    }

    /// The code that was shown at an activity at this moment, whether or not any was.
    pub fn code(&self, activity: Uuid, at: DateTime<Utc>) -> String {
        show(&self.world.app.services.keyring.check_in(), activity, Window::at(at))
    }

    /// Checks a person in.
    pub async fn check_in(&self, person: Uuid, face: Face, activity: Uuid, code: &str) -> Outcome {
        let args = json!({ "id": activity, "input": { "code": code } });
        self.call_as(person, face, "check_in_activity", args).await
    }

    /// The activity as it is now.
    pub async fn read(&self, id: Uuid) -> activity::Model {
        let reader = self.world.app.services.store.reader();
        activity::Entity::find_by_id(id).one(reader).await.unwrap().unwrap()
    }

    /// The community as it is now.
    pub async fn read_group(&self) -> community::Model {
        let reader = self.world.app.services.store.reader();
        community::Entity::find_by_id(self.id).one(reader).await.unwrap().unwrap()
    }

    /// Who is on the list: person, minutes and method, in the order of recording.
    pub async fn present(&self, activity: Uuid) -> Vec<(Uuid, i32, String)> {
        let rows = activity_attendance::Entity::find()
            .filter(activity_attendance::Column::ActivityId.eq(activity))
            .order_by_asc(activity_attendance::Column::RecordedAt)
            .order_by_asc(activity_attendance::Column::PersonId)
            .all(self.world.app.services.store.reader())
            .await
            .unwrap();
        rows.into_iter().map(|row| (row.person_id, row.minutes, row.method)).collect()
    }
}

/// Somebody an officer noted.
pub fn presence_row(
    activity: Uuid,
    person: Uuid,
    minutes: i32,
    at: DateTime<Utc>,
) -> activity_attendance::Model {
    activity_attendance::Model {
        activity_id: activity,
        person_id: person,
        method: "organiser".to_owned(),
        minutes,
        observed_at: at,
        recorded_at: at,
        recorded_by: "test".to_owned(),
    }
}
