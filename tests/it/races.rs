//! Many people at once, over their own sockets and through both faces.

use std::{collections::BTreeSet, time::Duration};

use entity::{enrolment, event};
use sanggar::{
    access::grant::Grant,
    directory::person::merge::{MergePerson, MergePersonInput},
    training::enrolment::write::{WithdrawEnrolment, WithdrawEnrolmentInput},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    both_engines,
    support::{
        Face, TestApp,
        app::start,
        interleave::interleave,
        training::{USUAL, Wanted, World},
    },
};

const APPLICANTS: usize = 500;
const SEATS: usize = 30;

/// An applicant with a phone: asks once, and again with the same key while the service is too
/// busy or does not answer at all. The status it came to, and the place on the waiting list.
async fn apply(
    http: reqwest::Client,
    base: String,
    token: String,
    face: Face,
    batch: Uuid,
) -> (String, Option<u64>) {
    let key = Uuid::now_v7().to_string();
    for _ in 0..200 {
        let request = match face {
            Face::Rest => http.post(format!("{base}/v1/batches/{batch}/enrolments")).json(&json!({})),
            Face::Graphql => http.post(format!("{base}/graphql")).json(&json!({
                "query": "mutation($id: ID!) { applyEnrolment(id: $id) { status waitlistPosition } }",
                "variables": { "id": batch },
            })),
        };
        let sent = request.bearer_auth(&token).header("Idempotency-Key", &key).send().await;
        let told: Option<Value> = match sent {
            Ok(answer) => answer.json().await.ok(),
            Err(_) => None,
        };
        if let Some(told) = told {
            let enrolment = if face == Face::Rest { &told } else { &told["data"]["applyEnrolment"] };
            if let Some(status) = enrolment["status"].as_str().filter(|_| told["code"].is_null()) {
                return (status.to_lowercase(), enrolment["waitlistPosition"].as_u64());
            }
            let code =
                if face == Face::Rest { &told["code"] } else { &told["errors"][0]["extensions"]["code"] };
            // Too busy, or the first try of this very request is still under way.
            assert!(
                ["unavailable", "idempotency_in_progress"].contains(&code.as_str().unwrap_or_default()),
                "{told}"
            );
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    panic!("never answered");
}

/// The versions that were told of a thing, in the order of commits.
async fn versions(app: &TestApp, subject: Uuid) -> Vec<i64> {
    let told = event::Entity::find()
        .filter(event::Column::SubjectId.eq(subject.to_string()))
        .order_by_asc(event::Column::Pos)
        .all(app.services.store.reader())
        .await
        .unwrap();
    told.into_iter().map(|event| event.subject_version).collect()
}

both_engines! {
    async fn of_five_hundred_applicants_at_once_thirty_get_seats_and_the_rest_wait_in_order(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(USUAL).await;
        let mut tasks = Vec::new();
        for (n, person) in world.teachers(APPLICANTS).await.into_iter().enumerate() {
            let (http, base, token) = (app.http.clone(), app.base.clone(), app.token(Grant::teacher(person)));
            tasks.push(tokio::spawn(apply(http, base, token, Face::BOTH[n % 2], batch)));
        }
        let mut told = Vec::new();
        for task in tasks {
            told.push(task.await.unwrap());
        }
        let places: BTreeSet<u64> = told.iter().filter_map(|(_, place)| *place).collect();
        assert_eq!(places, (1..=(APPLICANTS - SEATS) as u64).collect(), "each was told a place of their own");
        assert_eq!(told.iter().filter(|(status, _)| status == "accepted").count(), SEATS);
        assert_eq!(told.iter().filter(|(status, _)| status == "waitlisted").count(), APPLICANTS - SEATS);

        let roster = enrolment::Entity::find()
            .filter(enrolment::Column::BatchId.eq(batch))
            .order_by_asc(enrolment::Column::AppliedAt)
            .order_by_asc(enrolment::Column::Id)
            .all(app.services.store.reader())
            .await
            .unwrap();
        let statuses: Vec<&str> = roster.iter().map(|row| row.status.as_str()).collect();
        assert_eq!(statuses.len(), APPLICANTS);
        assert!(statuses[..SEATS].iter().all(|status| *status == "accepted"), "{statuses:?}");
        assert!(statuses[SEATS..].iter().all(|status| *status == "waitlisted"), "{statuses:?}");
        let moments: BTreeSet<_> = roster.iter().map(|row| row.applied_at).collect();
        assert_eq!(moments.len(), APPLICANTS, "no two applications have the same moment");
        assert_eq!(world.read_batch(batch).await.taken, SEATS as i32);
        assert_eq!(app.events("enrolment.applied").await.len(), APPLICANTS);
    }

    async fn who_moves_up_while_becoming_part_of_another_record_has_one_version_each(app: TestApp) {
        let world = World::new(&app).await;
        let batch = world.batch(Wanted { capacity: 1, selection: "least_trained_first", status: "open" }).await;
        let seated = world.enrolment(batch, world.teacher("Siti").await, "accepted", start()).await;
        let (old, new) = (world.teacher("Budi").await, world.teacher("Budi S.").await);
        let waiting = world.enrolment(batch, old, "waitlisted", start()).await;
        world.set_taken(batch, 1).await;
        let (one, other) = (app.operator(), app.operator());
        let input = MergePersonInput { into_id: new.into(), reason: "NIK sama".to_owned() };
        let merge = async move { one.write(MergePerson { id: old.into(), input }).await.map(drop) };
        let input = WithdrawEnrolmentInput { reason: Some("Pindah tugas".to_owned()) };
        let leave = async move { other.write(WithdrawEnrolment { id: seated.into(), input }).await.map(drop) };
        let (merged, left) = interleave(&app, merge, leave).await;
        merged.unwrap();
        left.unwrap();
        let row = world.read_enrolment(&json!(waiting)).await;
        assert_eq!((row.person_id, row.status.as_str(), row.version), (new, "accepted", 3));
        assert_eq!(versions(&app, waiting).await, [2, 3], "each change has a version of its own");
    }
}
