//! A fresh, migrated database per test: a copied file, or a clone of a template.

use std::path::PathBuf;

use migration::{Migrator, MigratorTrait};
use sanggar::foundation::store::{PoolSizes, Store};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use tokio::sync::OnceCell;

/// Small pools: many tests share one server.
pub const SIZES: PoolSizes = PoolSizes { readers: 3, writers: 4 };

static SQLITE_TEMPLATE: OnceCell<PathBuf> = OnceCell::const_new();
static POSTGRES_TEMPLATE: OnceCell<Option<String>> = OnceCell::const_new();

/// What a test's database leaves to clean up.
pub enum Leftover {
    /// The folder, removed with this.
    #[allow(dead_code, reason = "kept for its Drop")]
    File(tempfile::TempDir),
    Database(String),
}

/// A migrated embedded database in a folder of its own.
pub async fn sqlite() -> (String, Leftover) {
    let template = SQLITE_TEMPLATE
        .get_or_init(|| async {
            let path = std::env::temp_dir().join(format!("sanggar-template-{}.db", std::process::id()));
            let _ = std::fs::remove_file(&path);
            let store = Store::open(&format!("sqlite://{}", path.display()), SIZES).await.unwrap();
            Migrator::up(store.writer(), None).await.unwrap();
            store.writer().execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
            store.close().await;
            path
        })
        .await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    std::fs::copy(template, &path).unwrap();
    (format!("sqlite://{}", path.display()), Leftover::File(folder))
}

/// Where PostgreSQL is, if it answers.
pub fn server() -> String {
    std::env::var("TEST_DATABASE_URL")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned())
}

fn with_database(name: &str) -> String {
    let server = server();
    let (base, query) = server.split_once('?').map_or((server.as_str(), ""), |(b, q)| (b, q));
    let stem = base.rsplit_once('/').filter(|(s, _)| s.len() > "postgres://".len()).map_or(base, |(s, _)| s);
    if query.is_empty() { format!("{stem}/{name}") } else { format!("{stem}/{name}?{query}") }
}

async fn admin() -> Result<DatabaseConnection, sea_orm::DbErr> {
    let mut options = sea_orm::ConnectOptions::new(server());
    options.max_connections(1).sqlx_logging(false).connect_timeout(std::time::Duration::from_secs(3));
    Database::connect(options).await
}

/// A migrated database on the server, or `None` where there is no server.
pub async fn postgres() -> Option<(String, Leftover)> {
    let template = POSTGRES_TEMPLATE.get_or_init(make_template).await.as_ref()?;
    let name = format!("sanggar_test_{}", uuid::Uuid::now_v7().simple());
    let admin = admin().await.unwrap();
    // The template must have no other user for a moment; another test may be cloning it.
    let mut tries = 0;
    while let Err(error) =
        admin.execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await
    {
        tries += 1;
        assert!(tries < 100, "clone the template: {error}");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    admin.close().await.unwrap();
    Some((with_database(&name), Leftover::Database(name)))
}

async fn make_template() -> Option<String> {
    let required = std::env::var_os("SANGGAR_REQUIRE_POSTGRES").is_some();
    let admin = match admin().await {
        Ok(admin) => admin,
        Err(error) if required => panic!("PostgreSQL is required here but does not answer: {error}"),
        Err(_) => return None,
    };
    let name = format!("sanggar_template_{}", std::process::id());
    admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.unwrap();
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
        .await
        .unwrap();
    admin.close().await.unwrap();
    let store = Store::open(&with_database(&name), SIZES).await.unwrap();
    Migrator::up(store.writer(), None).await.unwrap();
    store.close().await;
    Some(name)
}

impl Drop for Leftover {
    fn drop(&mut self) {
        let Self::Database(name) = self else { return };
        let name = name.clone();
        // Its own thread and runtime: the test's may be going down.
        let _ = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                if let Ok(admin) = admin().await {
                    let _ = admin
                        .execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
                        .await;
                }
            });
        })
        .join();
    }
}
