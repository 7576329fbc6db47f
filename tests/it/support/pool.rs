//! Databases of tests that ended, emptied for those that come. To make one from a template and drop it again takes
//! PostgreSQL seconds, as every file of it goes through to the disk; to empty one takes a few hundredths of a second.
//! An emptied one has a new name, so that what still runs of the test before does not find it.

use std::{
    sync::{Mutex, OnceLock, PoisonError},
    time::Duration,
};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement};

use super::{
    database::with_database,
    server::{self, admin, fresh_name},
};

/// One that a test filled with more than so many bytes is dropped: emptied, it would be slower than a new one.
const LARGEST: i64 = 40 * 1024 * 1024;
/// How often, and how long apart, it is tried to be alone in a database.
const TRIES: u32 = 500;
const PAUSE: Duration = Duration::from_millis(10);

const TABLES: &str = "SELECT quote_ident(relname) AS value FROM pg_class WHERE relkind = 'r' \
    AND relnamespace = 'public'::regnamespace AND relname <> 'seaql_migrations' ORDER BY relname";
/// Everything about a database but its rows, and how large it is: a test that changed its schema leaves another one.
const SHAPE: &str = "SELECT md5(string_agg(line, ' ' ORDER BY line)) AS value FROM (
    SELECT concat_ws(' ', 'c', oid::regclass, relkind) AS line
        FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', 'a', attrelid::regclass, attname, atttypid, attnotnull, attisdropped)
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND attnum > 0
    UNION ALL SELECT concat_ws(' ', 'k', conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', 't', tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT concat_ws(' ', 'p', proname) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', 'm', version) FROM seaql_migrations
    UNION ALL SELECT concat_ws(' ', 's', setconfig)
        FROM pg_db_role_setting JOIN pg_database ON pg_database.oid = setdatabase
        WHERE datname = current_database()
) AS lines";

static IDLE: Mutex<Vec<String>> = Mutex::new(Vec::new());
static NEW: OnceLock<New> = OnceLock::new();

/// What a database looks like that no test has used.
struct New {
    shape: String,
    /// Makes a used one like it.
    empty: String,
}

/// Looks at the template, so that used databases can be made like it.
pub async fn learn(template: &str) -> Result<(), DbErr> {
    let db = admin(&with_database(template)).await?;
    // Rows go in any order: while this is on, nothing is said of those that refer to others. Only a superuser may.
    let mut empty = "SET session_replication_role = replica;".to_owned();
    let mut filled = String::new();
    for table in values(&db, TABLES).await? {
        empty += &format!("DELETE FROM {table};");
        let rows = format!("SELECT json_agg(rows)::text AS value FROM {table} AS rows HAVING count(*) > 0");
        if let Some(rows) = values(&db, &rows).await?.pop() {
            let rows = rows.replace('\'', "''");
            filled += &format!(
                "INSERT INTO {table} SELECT * FROM json_populate_recordset(NULL::{table}, '{rows}');"
            );
        }
    }
    let shape = values(&db, SHAPE).await?.concat();
    db.close().await?;
    let _ = NEW.set(New { shape, empty: empty + &filled });
    Ok(())
}

/// One that is as new, where one is idle.
pub fn take() -> Option<String> {
    IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop()
}

/// Keeps what a test used for another one, or drops it.
pub async fn give_back(name: &str) {
    let Ok(admin) = admin(&server::url()).await else { return };
    let fresh = fresh_name();
    let left = match alone(&admin, name, &fresh).await {
        Ok(()) if emptied(&fresh).await.unwrap_or(false) => {
            IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(fresh);
            return;
        }
        Ok(()) => fresh,
        Err(_) => name.to_owned(),
    };
    let _ = admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {left} WITH (FORCE)")).await;
}

/// Turns everybody out of a database and gives it another name.
async fn alone(admin: &DatabaseConnection, name: &str, fresh: &str) -> Result<(), DbErr> {
    admin.execute_unprepared(&format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")).await?;
    let leave = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    let mut tries = 0;
    loop {
        admin.execute_unprepared(&leave).await?;
        match admin.execute_unprepared(&format!("ALTER DATABASE {name} RENAME TO {fresh}")).await {
            Ok(_) => break,
            Err(error) if tries == TRIES => return Err(error),
            Err(_) => tries += 1,
        }
        tokio::time::sleep(PAUSE).await;
    }
    admin.execute_unprepared(&format!("ALTER DATABASE {fresh} WITH ALLOW_CONNECTIONS true")).await?;
    Ok(())
}

/// Makes a used one as new; false where it has become another one, or too large.
async fn emptied(name: &str) -> Result<bool, DbErr> {
    let Some(new) = NEW.get() else { return Ok(false) };
    let db = admin(&with_database(name)).await?;
    let bytes = values(&db, "SELECT pg_database_size(current_database())::text AS value").await?.concat();
    let fits = bytes.parse().is_ok_and(|bytes: i64| bytes <= LARGEST);
    let same = fits && values(&db, SHAPE).await?.concat() == new.shape;
    if same {
        db.execute_unprepared(&new.empty).await?;
    }
    db.close().await?;
    Ok(same)
}

async fn values(db: &DatabaseConnection, sql: &str) -> Result<Vec<String>, DbErr> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    rows.iter().map(|row| row.try_get("", "value")).collect()
}
