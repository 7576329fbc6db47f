//! Sanggar's schema as a list of reversible changes, written once for both engines.
//!
//! The DDL is plain portable SQL in `sql/`; [`types`] names what differs. There
//! are no sequences, triggers, advisory locks or engine-only types (a test greps
//! for them), so that the same schema travels to other PostgreSQL-like engines.

pub use sea_orm_migration::prelude::*;
use sea_orm_migration::{
    sea_orm::{DatabaseBackend, EntityTrait, RuntimeErr},
    seaql_migrations,
};

mod m20261122_walking_service;
mod m20261128_activity_costs;
mod m20261128_artefacts;
mod m20261128_books;
mod m20261128_communities;
mod m20261128_credit;
mod m20261128_known_limits;
mod m20261128_observations;
mod m20261128_rhythm;
mod m20261129_activity_detail;
mod m20261129_improvement;
mod m20261129_learning;
mod m20261129_moderation;
mod m20261129_recognition;
mod m20261129_voice;
mod m20261130_access;
mod m20261130_account;
mod m20261130_audit;
mod m20261130_client;
mod m20261130_limit;
mod m20261130_upstream;
mod m20261201_person_state;
mod m20261202_audit_value;
mod m20261202_breach;
mod m20261202_correction;
mod m20261202_data_access;
mod m20261202_erasure;
mod m20261202_sharing_consent;

/// Runs the changes in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_walking_service::Migration),
            Box::new(m20261128_communities::Migration),
            Box::new(m20261128_artefacts::Migration),
            Box::new(m20261128_activity_costs::Migration),
            Box::new(m20261128_credit::Migration),
            Box::new(m20261128_rhythm::Migration),
            Box::new(m20261128_observations::Migration),
            Box::new(m20261128_books::Migration),
            Box::new(m20261128_known_limits::Migration),
            Box::new(m20261129_activity_detail::Migration),
            Box::new(m20261129_learning::Migration),
            Box::new(m20261129_improvement::Migration),
            Box::new(m20261129_voice::Migration),
            Box::new(m20261129_moderation::Migration),
            Box::new(m20261129_recognition::Migration),
            Box::new(m20261130_access::Migration),
            Box::new(m20261130_upstream::Migration),
            Box::new(m20261130_account::Migration),
            Box::new(m20261130_client::Migration),
            Box::new(m20261130_limit::Migration),
            Box::new(m20261130_audit::Migration),
            Box::new(m20261201_person_state::Migration),
            Box::new(m20261202_erasure::Migration),
            Box::new(m20261202_breach::Migration),
            Box::new(m20261202_correction::Migration),
            Box::new(m20261202_audit_value::Migration),
            Box::new(m20261202_data_access::Migration),
            Box::new(m20261202_sharing_consent::Migration),
        ]
    }
}

/// Whether the schema has every change that this program knows; a newer schema is fine. Only
/// reads, unlike the library's own answer, so that it works on a handle that cannot write.
///
/// # Errors
/// When the database does not answer, or no change was ever made to it.
pub async fn is_current<C: ConnectionTrait>(connection: &C) -> Result<bool, DbErr> {
    let made = seaql_migrations::Entity::find().all(connection).await?;
    let is_made = |name: &str| made.iter().any(|row| row.version == name);
    Ok(Migrator::migrations().iter().all(|change| is_made(change.name())))
}

/// Whether `error` says that somebody else was making the same change at the same moment: then
/// it is worth looking again.
pub fn came_second(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(error))
    | DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return false;
    };
    let Some(told) = error.as_database_error() else { return false };
    match told.code().as_deref() {
        // PostgreSQL: unique violation in its catalogue, a relation, object or type that exists, a
        // serialisation failure, a deadlock.
        Some("23505" | "42P07" | "42710" | "40001" | "40P01") => true,
        // SQLite: busy; and what exists already has no code of its own.
        Some("5" | "517") => true,
        _ => told.message().contains("already exists"),
    }
}

/// Every SQL text of the migrations, for the test that keeps them portable.
pub const SQL: &[&str] = &[
    m20261122_walking_service::UP,
    m20261122_walking_service::DOWN,
    m20261128_communities::UP,
    m20261128_communities::DOWN,
    m20261128_artefacts::UP,
    m20261128_artefacts::DOWN,
    m20261128_activity_costs::UP,
    m20261128_activity_costs::DOWN,
    m20261128_credit::UP,
    m20261128_credit::DOWN,
    m20261128_rhythm::UP,
    m20261128_rhythm::DOWN,
    m20261128_observations::UP,
    m20261128_observations::DOWN,
    m20261128_books::UP,
    m20261128_books::DOWN,
    m20261128_known_limits::UP,
    m20261128_known_limits::DOWN,
    m20261129_activity_detail::UP,
    m20261129_activity_detail::DOWN,
    m20261129_learning::UP,
    m20261129_learning::DOWN,
    m20261129_improvement::UP,
    m20261129_improvement::DOWN,
    m20261129_voice::UP,
    m20261129_voice::DOWN,
    m20261129_moderation::UP,
    m20261129_moderation::DOWN,
    m20261129_recognition::UP,
    m20261129_recognition::DOWN,
    m20261130_access::UP,
    m20261130_access::DOWN,
    m20261130_upstream::UP,
    m20261130_upstream::DOWN,
    m20261201_person_state::UP,
    m20261201_person_state::DOWN,
    m20261130_account::UP,
    m20261130_account::DOWN,
    m20261130_client::UP,
    m20261130_client::DOWN,
    m20261130_limit::UP,
    m20261130_limit::DOWN,
    m20261130_audit::UP,
    m20261130_audit::DOWN,
    m20261202_erasure::UP,
    m20261202_erasure::DOWN,
    m20261202_breach::UP,
    m20261202_breach::DOWN,
    m20261202_correction::UP,
    m20261202_correction::DOWN,
    m20261202_audit_value::UP,
    m20261202_audit_value::DOWN,
    m20261202_data_access::UP,
    m20261202_data_access::DOWN,
    m20261202_sharing_consent::UP,
    m20261202_sharing_consent::DOWN,
];

/// The engine's own names for the placeholders of our DDL.
fn types(backend: DatabaseBackend) -> [(&'static str, &'static str); 5] {
    match backend {
        DatabaseBackend::Postgres => [
            ("{uuid}", "uuid"),
            ("{ts}", "timestamptz"),
            ("{date}", "date"),
            ("{json}", "json"),
            ("{code}", "text COLLATE \"C\""),
        ],
        _ => {
            [("{uuid}", "blob"), ("{ts}", "text"), ("{date}", "text"), ("{json}", "text"), ("{code}", "text")]
        }
    }
}

/// Runs each statement of `sql` with the engine's types filled in.
async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let backend = connection.get_database_backend();
    if backend == DatabaseBackend::Postgres {
        // What bounds a request must not cut a change of schema short.
        for limit in ["statement_timeout", "lock_timeout"] {
            #[allow(clippy::disallowed_methods, reason = "the text is our own")]
            connection.execute_unprepared(&format!("SET LOCAL {limit} = 0")).await?;
        }
    }
    let code = sql.lines().filter(|line| !line.starts_with("--")).collect::<Vec<_>>().join("\n");
    for statement in code.split(";\n").map(str::trim).filter(|s| !s.is_empty()) {
        let statement = types(backend)
            .iter()
            .fold(statement.to_owned(), |text, (placeholder, name)| text.replace(placeholder, name));
        #[allow(clippy::disallowed_methods, reason = "the text is our own, fixed when we are built")]
        connection.execute_unprepared(&statement).await?;
    }
    Ok(())
}
