//! A change of schema happens whole or not at all.

use migration::{Migrator, MigratorTrait};
use sanggar::foundation::store::Store;
use sea_orm::{ConnectionTrait, EntityTrait};

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
