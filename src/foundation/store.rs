//! The database: two handles, so that only the write wrapper can change anything.
//!
//! PostgreSQL is production, SQLite the embedded default. The reader refuses to
//! write on either engine (`default_transaction_read_only`, `query_only`).

use std::{
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr, RuntimeErr, SqlErr, Statement,
    sqlx::{
        self, Executor,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
    },
};

use super::error::{Error, Fault, Result};

/// Which database is behind the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Embedded, one writer, many readers.
    Sqlite,
    /// Production.
    Postgres,
}

/// How many connections a store may hold.
#[derive(Debug, Clone, Copy)]
pub struct PoolSizes {
    /// Connections for reads.
    pub readers: u32,
    /// Connections for writes; SQLite always has one.
    pub writers: u32,
}

impl Default for PoolSizes {
    fn default() -> Self {
        Self { readers: 8, writers: 8 }
    }
}

/// The two handles, and a count of the statements that went through them.
#[derive(Debug, Clone)]
pub struct Store {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    engine: Engine,
    statements: Arc<AtomicU64>,
}

impl Store {
    /// Opens `url` (`sqlite://path`, `sqlite::memory:` is not supported: it cannot have two handles;
    /// `postgres://…`). Refuses a PostgreSQL that may forget what it acknowledged.
    pub async fn open(url: &str, sizes: PoolSizes) -> Result<Self> {
        let (mut reader, mut writer, engine) = if url.starts_with("sqlite:") {
            let (reader, writer) = open_sqlite(url, sizes).await?;
            (reader, writer, Engine::Sqlite)
        } else {
            let (reader, writer) = open_postgres(url, sizes).await?;
            (reader, writer, Engine::Postgres)
        };
        let statements = Arc::new(AtomicU64::new(0));
        for handle in [&mut reader, &mut writer] {
            let counter = statements.clone();
            handle.set_metric_callback(move |info| {
                counter.fetch_add(1, Ordering::Relaxed);
                metrics::histogram!("sanggar_sql_seconds").record(info.elapsed.as_secs_f64());
            });
        }
        Ok(Self { reader, writer, engine, statements })
    }

    /// For reads. Any attempt to write through it fails.
    pub const fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// For the write wrapper and migrations only.
    pub const fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Which engine is behind.
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Statements run so far through both handles (transaction control not counted).
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Closes both handles, waiting for what is in flight.
    pub async fn close(self) {
        for handle in [self.reader, self.writer] {
            if let Err(error) = handle.close().await {
                tracing::warn!(%error, "closing the store");
            }
        }
    }
}

async fn open_sqlite(url: &str, sizes: PoolSizes) -> Result<(DatabaseConnection, DatabaseConnection)> {
    let base = SqliteConnectOptions::from_str(url)
        .map_err(|e| Error::internal("database URL", e))?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .statement_cache_capacity(256)
        .busy_timeout(Duration::from_secs(10));
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .connect_with(base.clone())
        .await
        .map_err(|e| Error::internal("open the database for writing", e))?;
    let reader = SqlitePoolOptions::new()
        .max_connections(sizes.readers)
        .acquire_timeout(Duration::from_secs(5))
        .connect_with(base.pragma("query_only", "ON").create_if_missing(false))
        .await
        .map_err(|e| Error::internal("open the database for reading", e))?;
    Ok((reader.into(), writer.into()))
}

/// Every session. Notices are not for our log: the rollback before each write would leave one
/// every time. A node whose machine or network is gone is noticed within half a minute, and
/// what it held is let go.
const SESSION: &str = "SET client_min_messages = error; SET tcp_keepalives_idle = 15; \
    SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; SET tcp_user_timeout = 30000";
/// A session that reads: no statement takes longer than half a minute.
const READING: &str = "SET default_transaction_read_only = on; SET statement_timeout = 30000; \
    SET idle_in_transaction_session_timeout = 60000";
/// A session that writes. A node that stands still in the midst of a transaction holds what
/// everybody needs (the ledger): after 15 s the server ends it, so that whoever waits for a lock,
/// 25 s at most, gets it. No statement outlasts the write it belongs to ([`super::transaction::LONGEST`]).
const WRITING: &str = "SET idle_in_transaction_session_timeout = 15000; SET lock_timeout = 25000; \
    SET statement_timeout = 60000";

async fn open_postgres(url: &str, sizes: PoolSizes) -> Result<(DatabaseConnection, DatabaseConnection)> {
    let options = |connections: u32| {
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(connections)
            .min_connections(0)
            .acquire_timeout(Duration::from_secs(5))
            .sqlx_logging(false)
            .test_before_acquire(false);
        options
    };
    let mut reading = options(sizes.readers);
    reading.map_sqlx_postgres_pool_opts(|pool| {
        pool.after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute(SESSION).await?;
                connection.execute(READING).await?;
                Ok(())
            })
        })
    });
    let mut writing = options(sizes.writers);
    writing.map_sqlx_postgres_pool_opts(|pool| {
        // A future dropped while BEGIN was in flight leaves a transaction open on a
        // pooled connection; the next user's work would then be lost with it.
        pool.after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute(SESSION).await?;
                connection.execute(WRITING).await?;
                Ok(())
            })
        })
        .before_acquire(|connection, _| {
            Box::pin(async move {
                connection.execute("ROLLBACK").await?;
                Ok(true)
            })
        })
    });
    let writer =
        Database::connect(writing).await.map_err(|e| Error::internal("connect to the database", e))?;
    refuse_forgetful(&writer).await?;
    let reader =
        Database::connect(reading).await.map_err(|e| Error::internal("connect to the database", e))?;
    Ok((reader, writer))
}

/// Acknowledged must mean durable, whatever happens to the machine right after the answer.
async fn refuse_forgetful(connection: &DatabaseConnection) -> Result<()> {
    for setting in ["fsync", "synchronous_commit"] {
        let sql = format!("SELECT current_setting('{setting}') AS value");
        let row = connection
            .query_one_raw(Statement::from_string(connection.get_database_backend(), sql))
            .await?
            .ok_or_else(|| Error::internal("read the database's settings", setting))?;
        let value: String = row.try_get("", "value")?;
        if value == "off" {
            return Err(Error::internal(
                "the database may forget acknowledged writes",
                format!("{setting} is off; turn it on, Sanggar does not start without it"),
            ));
        }
    }
    Ok(())
}

/// The code of a unique index that says no.
pub(super) const TAKEN: &str = "already_exists";

/// What a database error means to a caller, and whether running the transaction again may help.
pub(super) fn classify(source: &DbErr) -> Error {
    if let Some(violated) = source.sql_err() {
        return match violated {
            SqlErr::UniqueConstraintViolation(_) => Error::conflict(TAKEN),
            SqlErr::ForeignKeyConstraintViolation(_) => Error::conflict("reference_missing"),
            other => Error::internal("database", other),
        };
    }
    match source {
        DbErr::RecordNotUpdated => Error::Stale,
        DbErr::ConnectionAcquire(_) => Error::Unavailable("the database is busy".into()),
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => classify_sqlx(error),
        other => Error::internal("database", other),
    }
}

fn classify_sqlx(error: &sqlx::Error) -> Error {
    match error {
        sqlx::Error::Database(database) => {
            let code = database.code().unwrap_or_default();
            match &*code {
                // Serialisation failure, deadlock; SQLITE_BUSY and its snapshot form.
                "40001" | "40P01" | "5" | "517" => {
                    Error::Internal { what: format!("database: {database}"), transient: true }
                }
                // Check violations guard what a conditional update should have refused.
                "23514" | "275" => Error::conflict_with(Fault::new("", "limit_exceeded")),
                // A character PostgreSQL cannot hold (U+0000).
                "22021" | "22P05" => Error::malformed("", "text_not_storable"),
                // Shutting down, too many connections, cannot connect now.
                "57P01" | "57P02" | "57P03" | "53300" => Error::Unavailable("the database is away".into()),
                // Waited too long for a lock, ran too long, stood still too long: the server let go of it.
                "55P03" | "57014" | "25P03" => Error::Unavailable("the database took too long".into()),
                // Disk full.
                "53100" | "13" => Error::Unavailable("the database is full".into()),
                _ => Error::internal("database", database),
            }
        }
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => {
            Error::Unavailable("the database is busy".into())
        }
        sqlx::Error::Io(_) => Error::Unavailable("the database is away".into()),
        other => Error::internal("database", other),
    }
}
