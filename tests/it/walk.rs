//! A system that pulls certificates while two nodes issue and revoke them: nothing is
//! skipped, nothing comes twice out of order, and nobody is told "valid" too late.
//!
//! `SANGGAR_WALK_SECONDS` lets it run longer than the few seconds it has here.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use entity::certificate;
use futures_util::future::{join, join_all};
use sanggar::{
    access::{
        actor::Actor,
        context::{Ctx, Services},
        keys::Keyring,
    },
    certification::certificate::{
        filter::CertificateFilter,
        read,
        state::CertificateStatus,
        verification_id::VerificationId,
        verify,
        view::Certificate,
        write::{IssueCertificate, IssueCertificateInput, RevokeCertificate, RevokeCertificateInput},
    },
    foundation::{
        clock::FixedClock,
        id::Ids,
        page::{Direction, PageRequest},
    },
    startup,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use uuid::Uuid;

use crate::{
    both_engines,
    certificate::{OVER, assessed},
    support::{TestApp, app::start, training::World},
};

/// Who write at once.
const WRITERS: usize = 16;

fn seconds() -> Duration {
    let wished = std::env::var("SANGGAR_WALK_SECONDS").ok().map(|text| text.parse().unwrap());
    Duration::from_secs(wished.unwrap_or(3))
}

/// Another node on the same database, its clock `late` behind.
fn node(app: &TestApp, seed: u64, late: TimeDelta) -> Ctx {
    let services: Services = startup::assemble(
        app.services.store.clone(),
        Arc::new(FixedClock::new(start() - late)),
        Ids::seeded(seed),
        Keyring::ephemeral(7),
        app.services.settings.clone(),
        4,
    );
    Ctx::internal(Arc::new(services), Actor::operator())
}

async fn issue(node: &Ctx, enrolment: Uuid) -> Certificate {
    let input = IssueCertificateInput { enrolment_id: enrolment.into(), valid_until: None };
    node.write(IssueCertificate(input)).await.unwrap()
}

async fn revoke(node: &Ctx, made: &Certificate) {
    let input = RevokeCertificateInput { reason: "Keliru".to_owned() };
    node.write(RevokeCertificate { id: made.id, input }).await.unwrap();
}

async fn told(node: &Ctx, made: &Certificate) -> CertificateStatus {
    let id = VerificationId::parse(&made.verification_id).unwrap();
    verify::find(node, id).await.unwrap().status
}

/// Pages through everything until `done` and nothing more comes; answers what was seen last of each.
async fn walk(node: &Ctx, done: &AtomicBool) -> HashMap<Uuid, Certificate> {
    let (mut seen, mut cursor, mut last) = (HashMap::new(), None, 0);
    loop {
        let over = done.load(Ordering::SeqCst);
        let page =
            PageRequest { limit: 7, cursor: cursor.take(), direction: Direction::Forward, exact: false };
        let found = read::stretch(node, &CertificateFilter::default(), &page).await.unwrap();
        if over && found.rows.is_empty() {
            return seen;
        }
        for row in found.rows {
            assert!(row.changed_pos > last, "position {} after {last}", row.changed_pos);
            last = row.changed_pos;
            seen.insert(row.id.uuid(), row);
        }
        cursor = found.resume;
    }
}

both_engines! {
    async fn a_reader_misses_nothing_while_two_nodes_issue_and_revoke(app: TestApp) {
        let world = World::new(&app).await;
        let nodes = [node(&app, 8, TimeDelta::zero()), node(&app, 9, TimeDelta::minutes(10))];
        let (done, until, turns) = (AtomicBool::new(false), Instant::now() + seconds(), AtomicUsize::new(0));
        let batch = world.batch(OVER).await;
        let session = world.session(batch, TimeDelta::days(-3)).await;
        let writer = async |n: usize| {
            while Instant::now() < until {
                let enrolment = assessed(&world, batch, session, world.teacher("Siti").await).await;
                let (here, there) = (&nodes[n % 2], &nodes[(n + 1) % 2]);
                let made = issue(here, enrolment).await;
                assert_eq!(told(there, &made).await, CertificateStatus::Valid);
                revoke(there, &made).await;
                for node in &nodes {
                    assert_eq!(told(node, &made).await, CertificateStatus::Revoked);
                }
                turns.fetch_add(1, Ordering::Relaxed);
            }
        };
        let writers = async {
            join_all((0..WRITERS).map(&writer)).await;
            done.store(true, Ordering::SeqCst);
        };
        let ((), seen) = join(writers, walk(&nodes[0], &done)).await;
        let rows = certificate::Entity::find().all(app.services.store.reader()).await.unwrap();
        println!("{} certificates issued and revoked while a reader walked", rows.len());
        assert!(turns.load(Ordering::Relaxed) >= WRITERS);
        assert_eq!(seen.len(), rows.len());
        for row in &rows {
            let last = &seen[&row.id];
            assert_eq!((last.version, last.changed_pos), (row.version, row.changed_pos));
        }
        let mut in_order: Vec<_> = rows.iter().map(|row| (row.changed_pos, row.changed_at)).collect();
        in_order.sort_unstable();
        assert!(in_order.is_sorted_by_key(|(_, at)| *at), "instants go back along positions");
    }

    async fn a_node_whose_clock_is_behind_hides_no_change_from_who_asks_by_time(app: TestApp) {
        let world = World::new(&app).await;
        let (ahead, behind) = (node(&app, 8, TimeDelta::zero()), node(&app, 9, TimeDelta::minutes(30)));
        let batch = world.batch(OVER).await;
        let session = world.session(batch, TimeDelta::days(-3)).await;
        let first = issue(&ahead, assessed(&world, batch, session, world.teacher("Siti").await).await).await;
        let second = issue(&behind, assessed(&world, batch, session, world.teacher("Budi").await).await).await;
        assert!(second.changed_at >= first.changed_at && second.issued_at < first.issued_at);
        revoke(&behind, &first).await;
        let filter = CertificateFilter { changed_after: Some(first.changed_at), ..CertificateFilter::default() };
        let page = PageRequest { limit: 10, cursor: None, direction: Direction::Forward, exact: false };
        let found = read::stretch(&ahead, &filter, &page).await.unwrap().rows;
        let found: Vec<_> = found.iter().map(|row| (row.id, row.status)).collect();
        assert_eq!(found, [(second.id, CertificateStatus::Valid), (first.id, CertificateStatus::Revoked)]);
        let batch = entity::batch::ActiveModel { id: Set(batch), taken: Set(2), ..Default::default() };
        batch.update(app.services.store.writer()).await.unwrap();
        let mut faults = Vec::new();
        sanggar::cli::fsck::inspect(&app.services, None, &mut |fault| faults.push(fault)).await.unwrap();
        assert_eq!(faults, Vec::<String>::new());
    }
}
