//! Which PostgreSQL the tests run on, and whether it is one: told the same way to the harness and
//! to `tests/zz_engines.rs`, which says on the last line what was run.

use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr, Statement};
use uuid::Uuid;

/// The variable that names another server than the usual one.
pub const VARIABLE: &str = "TEST_DATABASE_URL";
const USUAL: &str = "postgres://postgres@127.0.0.1:5432/postgres";
/// Databases of the tests are called this and a UUIDv7, which tells how old they are.
pub const PREFIX: &str = "sanggar_test_";

/// The server that is named, or the usual one.
pub fn url() -> String {
    std::env::var(VARIABLE).unwrap_or_else(|_| USUAL.to_owned())
}

/// Whether it must be there: it was named, or the gate says so.
pub fn required() -> bool {
    std::env::var_os(VARIABLE).is_some() || std::env::var_os("SANGGAR_REQUIRE_POSTGRES").is_some()
}

/// A name nobody else has.
pub fn fresh_name() -> String {
    format!("{PREFIX}{}", Uuid::now_v7().simple())
}

/// A connection with which databases are made and dropped.
pub async fn admin(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false).connect_timeout(Duration::from_secs(3));
    Database::connect(options).await
}

/// Makes a database there and drops it again: that something listens proves nothing.
///
/// # Errors
/// Why that cannot be done, in words without the password.
pub async fn usable(url: &str) -> Result<(), String> {
    let told = |doing: &str, error: DbErr| format!("{doing} at {}: {error}", without_password(url));
    let admin = admin(url).await.map_err(|e| told("cannot log in", e))?;
    let name = fresh_name();
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
        .await
        .map_err(|e| told("cannot make a database", e))?;
    let dropped = admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await;
    let _ = admin.close().await;
    dropped.map(drop).map_err(|e| told("cannot drop a database", e))
}

/// `user:secret@host` as `user@host`.
pub fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        Some((user, host)) => format!("{scheme}://{}@{host}", user.split(':').next().unwrap_or_default()),
        None => url.to_owned(),
    }
}

/// Drops the databases that killed runs left behind more than a day ago.
pub async fn sweep(admin: &DatabaseConnection) -> Result<(), DbErr> {
    let all = format!("SELECT datname FROM pg_database WHERE datname LIKE '{PREFIX}%'");
    let rows = admin.query_all_raw(Statement::from_string(admin.get_database_backend(), all)).await?;
    for row in rows {
        let name: String = row.try_get("", "datname")?;
        if is_stale(&name, PREFIX) {
            // Another run may be sweeping too.
            let _ = admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
    Ok(())
}

/// Whether `name` is `prefix` and a UUIDv7 of more than a day ago.
pub fn is_stale(name: &str, prefix: &str) -> bool {
    let made = name
        .strip_prefix(prefix)
        .and_then(|id| Uuid::parse_str(id).ok())
        .and_then(|id| id.get_timestamp())
        .map(|at| at.to_unix().0);
    let now = chrono::Utc::now().timestamp();
    made.and_then(|at| i64::try_from(at).ok()).is_some_and(|at| now - at > 24 * 60 * 60)
}
