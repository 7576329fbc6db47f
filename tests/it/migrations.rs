//! A change of schema happens whole or not at all.

use entity::audit_entry;
use migration::{Migrator, MigratorTrait};
use sanggar::foundation::store::Store;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, sea_query::Query};
use serde_json::json;

use crate::support::database;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_migration_that_fails_in_its_midst_can_be_run_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut urls = vec![(format!("sqlite://{}", folder.path().join("a.db").display()), None)];
    urls.extend(database::empty_postgres().await.map(|(url, leftover)| (url, Some(leftover))));
    for (url, _leftover) in &urls {
        let store = Store::open(url, database::SIZES).await.unwrap();
        // In the way of one of its last tables.
        store.writer().execute_unprepared("CREATE TABLE import_finding (x integer)").await.unwrap();
        Migrator::up(store.writer(), None).await.unwrap_err();
        store.writer().execute_unprepared("DROP TABLE import_finding").await.unwrap();
        Migrator::up(store.writer(), None).await.unwrap();
        assert_eq!(entity::region::Entity::find().all(store.reader()).await.unwrap(), vec![]);
        store.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn entries_of_the_trail_from_before_learn_where_their_events_stand() {
    let folder = tempfile::tempdir().unwrap();
    let mut urls = vec![(format!("sqlite://{}", folder.path().join("a.db").display()), None)];
    urls.extend(database::empty_postgres().await.map(|(url, leftover)| (url, Some(leftover))));
    let changes = Migrator::migrations();
    let earlier = changes.iter().position(|change| change.name() == "m20261130_audit").unwrap();
    for (url, _leftover) in &urls {
        let store = Store::open(url, database::SIZES).await.unwrap();
        Migrator::up(store.writer(), Some(u32::try_from(earlier).unwrap())).await.unwrap();
        for (seq, many) in [(1_i64, 1), (2, 3), (3, 2)] {
            let row = Query::insert()
                .into_table("audit_entry")
                .columns(["seq", "at", "actor", "action", "subjects", "request_id", "previous_hash", "hash"])
                .values_panic([
                    seq.into(),
                    chrono::DateTime::UNIX_EPOCH.into(),
                    "cli".into(),
                    "school.update".into(),
                    json!(vec!["x"; many]).into(),
                    "r".into(),
                    "".into(),
                    "".into(),
                ])
                .to_owned();
            store.writer().execute(&row).await.unwrap();
        }
        Migrator::up(store.writer(), None).await.unwrap();
        let rows = audit_entry::Entity::find().order_by_asc(audit_entry::Column::Seq);
        let rows = rows.all(store.reader()).await.unwrap();
        let places: Vec<_> = rows.iter().map(|row| (row.first_pos, row.last_pos, row.format)).collect();
        let at = |first, last| (Some(first), Some(last), None);
        assert_eq!(places, [at(1, 1), at(2, 4), at(5, 6)], "{url}");
        store.close().await;
    }
}
