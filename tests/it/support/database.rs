//! A fresh, migrated database per test: a copied file, or a clone of a template.

use std::path::{Path, PathBuf};

use migration::{Migrator, MigratorTrait};
use sanggar::foundation::store::{PoolSizes, Store};
use sea_orm::ConnectionTrait;
use tokio::sync::OnceCell;

use super::{
    pool,
    server::{self, admin, fresh_name},
};

/// Small pools: many tests share one server.
pub const SIZES: PoolSizes = PoolSizes { readers: 3, writers: 4 };

static SQLITE_TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
static POSTGRES_TEMPLATE: OnceCell<Option<String>> = OnceCell::const_new();

/// What a test leaves to clean up: its folder, and its database on the server.
pub struct Leftover {
    folder: tempfile::TempDir,
    database: Option<Used>,
}

/// A database on the server that a test used.
enum Used {
    /// Made from the template; another test may have it next.
    Migrated(String),
    /// Made for one test.
    Once(String),
}

impl Leftover {
    fn new(database: Option<Used>) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), database }
    }

    /// Of a node whose database another one cleans up.
    pub fn nothing() -> Self {
        Self::new(None)
    }

    /// For whatever the test's service keeps in files.
    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

/// A migrated embedded database in a folder of its own.
pub async fn sqlite() -> (String, Leftover) {
    let template = SQLITE_TEMPLATE.get_or_init(make_file).await;
    let leftover = Leftover::new(None);
    let path = leftover.folder.path().join("test.db");
    std::fs::write(&path, template).unwrap();
    (sqlite_url(&path), leftover)
}

fn sqlite_url(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

/// A migrated database's file, kept in memory so that nothing of it stays behind.
async fn make_file() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("template.db");
    let store = Store::open(&sqlite_url(&path), SIZES).await.unwrap();
    Migrator::up(store.writer(), None).await.unwrap();
    store.writer().execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
    store.close().await;
    std::fs::read(&path).unwrap()
}

pub fn with_database(name: &str) -> String {
    let server = server::url();
    let (base, query) = server.split_once('?').map_or((server.as_str(), ""), |(b, q)| (b, q));
    let stem = base.rsplit_once('/').filter(|(s, _)| s.len() > "postgres://".len()).map_or(base, |(s, _)| s);
    if query.is_empty() { format!("{stem}/{name}") } else { format!("{stem}/{name}?{query}") }
}

/// A migrated database on the server, or `None` where there is no server and none was named.
pub async fn postgres() -> Option<(String, Leftover)> {
    let template = POSTGRES_TEMPLATE.get_or_init(make_template).await.as_ref()?;
    if let Some(name) = pool::take() {
        return Some((with_database(&name), Leftover::new(Some(Used::Migrated(name)))));
    }
    let name = fresh_name();
    let admin = admin(&server::url()).await.unwrap();
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
    Some((with_database(&name), Leftover::new(Some(Used::Migrated(name)))))
}

/// A database on the server without any table, or `None` where there is no server.
pub async fn empty_postgres() -> Option<(String, Leftover)> {
    POSTGRES_TEMPLATE.get_or_init(make_template).await.as_ref()?;
    let name = fresh_name();
    let admin = admin(&server::url()).await.unwrap();
    let made = format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0");
    admin.execute_unprepared(&made).await.unwrap();
    admin.close().await.unwrap();
    Some((with_database(&name), Leftover::new(Some(Used::Once(name)))))
}

async fn make_template() -> Option<String> {
    match server::usable(&server::url()).await {
        Ok(()) => {}
        // Left out silently, the half that was asked for would seem to have passed.
        Err(why) if server::required() => panic!("PostgreSQL is wanted here: {why}"),
        Err(_) => return None,
    }
    let admin = admin(&server::url()).await.unwrap();
    server::sweep(&admin).await.unwrap();
    let name = fresh_name();
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
        .await
        .unwrap();
    admin.close().await.unwrap();
    let store = Store::open(&with_database(&name), SIZES).await.unwrap();
    Migrator::up(store.writer(), None).await.unwrap();
    store.close().await;
    pool::learn(&name).await.unwrap();
    Some(name)
}

impl Drop for Leftover {
    fn drop(&mut self) {
        let Some(used) = self.database.take() else { return };
        // Its own thread and runtime: the test's may be going down.
        let _ = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                match used {
                    Used::Migrated(name) => pool::give_back(&name).await,
                    Used::Once(name) => {
                        if let Ok(admin) = admin(&server::url()).await {
                            let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                            let _ = admin.execute_unprepared(&drop).await;
                        }
                    }
                }
            });
        })
        .join();
    }
}
