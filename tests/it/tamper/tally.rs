//! What is counted, held against what it was counted from.

use entity::{certificate_counter, enrolment, person};

use super::*;

both_engines! {
    async fn seats_hours_numbers_and_merged_persons_must_add_up(app: TestApp) {
        let world = World::new(&app).await;
        let (valid, _) = two(&world).await;
        let db = app.services.store.writer();
        let (batch, enrolment): (Uuid, Uuid) =
            (valid["batchId"].as_str().unwrap().parse().unwrap(), valid["enrolmentId"].as_str().unwrap().parse().unwrap());

        let taken = |taken| batch::ActiveModel { id: Set(batch), taken: Set(taken), ..Default::default() };
        taken(3).update(db).await.unwrap();
        assert!(faults(&app).await.iter().any(|fault| fault.contains(&batch.to_string())));
        taken(2).update(db).await.unwrap();

        let earned = |jp, times| enrolment::ActiveModel {
            id: Set(enrolment), jp_earned: Set(jp), completions: Set(times), ..Default::default()
        };
        for (jp, times) in [(Some(320), 1), (None, 1), (Some(32), 2)] {
            earned(jp, times).update(db).await.unwrap();
            assert!(faults(&app).await.iter().any(|fault| fault.contains(&enrolment.to_string())), "{jp:?} {times}");
        }
        earned(Some(32), 1).update(db).await.unwrap();
        let other = world.batch(OVER).await;
        let slipped_in = world.enrolment(other, world.teacher("Tanpa Hadir").await, "completed", crate::support::app::start()).await;
        taken_of(&app, other, 1).await;
        assert!(faults(&app).await.iter().any(|fault| fault.contains(&slipped_in.to_string())));
        enrolment::Entity::delete_by_id(slipped_in).exec(db).await.unwrap();
        taken_of(&app, other, 0).await;

        let counter = certificate_counter::Entity::find().one(db).await.unwrap().unwrap();
        let at = |n| certificate_counter::ActiveModel { scope: Set(counter.scope.clone()), last_number: Set(n) };
        at(1).update(db).await.unwrap();
        assert_eq!(faults(&app).await.len(), 1, "the second number would be given again");
        at(9).update(db).await.unwrap();
        assert_eq!(faults(&app).await, Vec::<String>::new(), "gaps are allowed");

        let (a, b) = (world.teacher("A").await, world.teacher("B").await);
        for (from, into) in [(a, b), (b, a)] {
            let link = person::ActiveModel { id: Set(from), merged_into: Set(Some(into)), ..Default::default() };
            link.update(db).await.unwrap();
        }
        assert!(faults(&app).await.iter().any(|fault| fault.contains("circle") && fault.contains(&a.to_string())));
    }
}

async fn taken_of(app: &TestApp, batch: Uuid, taken: i32) {
    let seats = batch::ActiveModel { id: Set(batch), taken: Set(taken), ..Default::default() };
    seats.update(app.services.store.writer()).await.unwrap();
}
