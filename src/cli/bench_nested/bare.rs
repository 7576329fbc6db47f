//! What the service is measured against: the same rows by one flat prepared statement each,
//! read by position and written by serde, with nothing around it: no caller, no scope, no
//! typed states, no cursors, no middleware.

use std::net::SocketAddr;

use actix_web::{
    App, HttpResponse, HttpServer,
    dev::ServerHandle,
    web::{Data, Path, get},
};
use sea_orm::sqlx::{self, Pool, Postgres, Row, Sqlite};
use serde::Serialize;
use uuid::Uuid;

use super::rows::{Batch, Certificate, Held, Person, Profile, ShownBatch};
use crate::foundation::store::{Engine, Store};

/// The bare service.
pub struct Bare {
    /// Where it listens.
    pub address: SocketAddr,
    server: ServerHandle,
}

impl Bare {
    /// Serves on the reading pool of `store`.
    ///
    /// # Errors
    /// In words.
    pub fn serve(store: &Store, listen: SocketAddr, workers: usize) -> Result<Self, String> {
        let flat = Data::new(match store.engine() {
            Engine::Postgres => Flat::Postgres(store.reader().get_postgres_connection_pool().clone()),
            Engine::Sqlite => Flat::Sqlite(store.reader().get_sqlite_connection_pool().clone()),
        });
        let server = HttpServer::new(move || {
            App::new()
                .app_data(flat.clone())
                .route("/person/{id}", get().to(person))
                .route("/certificates/{id}", get().to(certificates))
                .route("/profile/{id}", get().to(profile))
                .route("/batches", get().to(batches))
                .route("/batches/shown", get().to(shown_batches))
                .route("/changed/{after}", get().to(changed))
        });
        let server = server.workers(workers).disable_signals().bind(listen).map_err(|e| e.to_string())?;
        let address = server.addrs().first().copied().ok_or("no address")?;
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(server);
        Ok(Self { address, server: handle })
    }

    /// Ends it.
    pub async fn stop(self) {
        self.server.stop(false).await;
    }
}

enum Flat {
    Postgres(Pool<Postgres>),
    Sqlite(Pool<Sqlite>),
}

macro_rules! on {
    ($flat:expr, $read:ident($($argument:expr),*)) => {
        written(match $flat.get_ref() {
            Flat::Postgres(pool) => postgres::$read(pool, $($argument),*).await,
            Flat::Sqlite(pool) => sqlite::$read(pool, $($argument),*).await,
        })
    };
}

async fn person(flat: Data<Flat>, id: Path<Uuid>) -> HttpResponse {
    on!(flat, person(*id))
}

async fn certificates(flat: Data<Flat>, id: Path<Uuid>) -> HttpResponse {
    on!(flat, certificates(*id))
}

async fn profile(flat: Data<Flat>, id: Path<Uuid>) -> HttpResponse {
    on!(flat, profile(*id))
}

async fn batches(flat: Data<Flat>) -> HttpResponse {
    on!(flat, batches())
}

async fn shown_batches(flat: Data<Flat>) -> HttpResponse {
    on!(flat, shown_batches())
}

async fn changed(flat: Data<Flat>, after: Path<i64>) -> HttpResponse {
    on!(flat, changed(*after))
}

fn written<T: Serialize>(read: sqlx::Result<T>) -> HttpResponse {
    let body =
        read.map_err(|e| e.to_string()).and_then(|v| serde_json::to_vec(&v).map_err(|e| e.to_string()));
    match body {
        Ok(body) => HttpResponse::Ok().content_type("application/json").body(body),
        Err(error) => HttpResponse::InternalServerError().body(error),
    }
}

const PERSON: &str =
    "SELECT id, kind, name, nuptk, nip, sex, birth_date, employment, subject, school_id, region_code,
    phone, email, merged_into, version, created_at, updated_at FROM person WHERE id = $1";

const CERTIFICATES: &str = "SELECT id, number, verification_id, enrolment_id, person_id, program_id, batch_id,
    provider_id, school_id, region_code, holder_name, title, hours_jp, kind, generation, starts_on, ends_on, status,
    status_reason, issued_at, valid_until, superseded_by, changed_at, version FROM certificate
    WHERE person_id = $1 ORDER BY changed_pos LIMIT 20";

const CHANGED: &str = "SELECT id, number, verification_id, enrolment_id, person_id, program_id, batch_id,
    provider_id, school_id, region_code, holder_name, title, hours_jp, kind, generation, starts_on, ends_on, status,
    status_reason, issued_at, valid_until, superseded_by, changed_at, version FROM certificate
    WHERE changed_pos > $1 ORDER BY changed_pos LIMIT 1000";

const PROFILE: &str = "SELECT p.id, p.name, s.npsn, s.name, r.code, r.name, c.id, c.number, c.title, c.hours_jp,
    c.status, c.issued_at, g.title, g.hours_jp FROM person p
    LEFT JOIN school s ON s.id = p.school_id LEFT JOIN region r ON r.code = p.region_code
    JOIN (SELECT * FROM certificate WHERE person_id = $1 ORDER BY issued_at DESC, id DESC LIMIT 20) c ON c.person_id = p.id
    JOIN program g ON g.id = c.program_id WHERE p.id = $1 ORDER BY c.issued_at DESC, c.id DESC";

const BATCHES: &str = "SELECT b.id, b.program_id, g.title, b.provider_id, o.name, b.name, b.kind, b.source_batch_id,
    b.generation, b.region_code, b.place, b.starts_on, b.ends_on, b.registration_opens_at, b.registration_closes_at,
    b.capacity, b.taken, b.selection, b.cost_rupiah, b.status, b.status_reason,
    (SELECT count(*) FROM session s WHERE s.batch_id = b.id), b.version, b.created_at, b.updated_at
    FROM batch b JOIN program g ON g.id = b.program_id JOIN organisation o ON o.id = b.provider_id
    WHERE b.status = 'open' ORDER BY b.starts_on, b.id LIMIT 20";

const SHOWN: &str = "SELECT b.id, b.name, b.starts_on, b.ends_on, b.capacity, b.taken,
    (SELECT count(*) FROM session s WHERE s.batch_id = b.id), g.title, g.hours_jp, o.name
    FROM batch b JOIN program g ON g.id = b.program_id JOIN organisation o ON o.id = b.provider_id
    WHERE b.status = 'open' ORDER BY b.starts_on, b.id LIMIT 20";

/// A struct of the row's values in the order of the statement's columns.
macro_rules! read {
    ($row:ident => $shape:ident { $($field:ident),* $(,)? }) => {{
        let mut at = 0..;
        $( let $field = $row.try_get(at.next().unwrap_or_default())?; )*
        Ok($shape { $($field),* })
    }};
}

/// The reads of one engine: the driver's types differ, the text does not.
macro_rules! engine {
    ($name:ident, $database:ty) => {
        mod $name {
            use super::*;

            type Line = <$database as sqlx::Database>::Row;

            pub async fn person(pool: &Pool<$database>, id: Uuid) -> sqlx::Result<Person> {
                let row = sqlx::query(PERSON).bind(id).fetch_one(pool).await?;
                read!(row => Person {
                    id, kind, name, nuptk, nip, sex, birth_date, employment, subject, school_id, region_code, phone,
                    email, merged_into, version, created_at, updated_at,
                })
            }

            fn certificate(row: &Line) -> sqlx::Result<Certificate> {
                read!(row => Certificate {
                    id, number, verification_id, enrolment_id, person_id, program_id, batch_id, provider_id, school_id,
                    region_code, holder_name, title, hours_jp, kind, generation, starts_on, ends_on, status,
                    status_reason, issued_at, valid_until, superseded_by, changed_at, version,
                })
            }

            pub async fn certificates(pool: &Pool<$database>, id: Uuid) -> sqlx::Result<Vec<Certificate>> {
                sqlx::query(CERTIFICATES).bind(id).fetch_all(pool).await?.iter().map(certificate).collect()
            }

            pub async fn changed(pool: &Pool<$database>, after: i64) -> sqlx::Result<Vec<Certificate>> {
                sqlx::query(CHANGED).bind(after).fetch_all(pool).await?.iter().map(certificate).collect()
            }

            fn held(row: &Line) -> sqlx::Result<Held> {
                Ok(Held {
                    id: row.try_get(6)?,
                    number: row.try_get(7)?,
                    title: row.try_get(8)?,
                    hours_jp: row.try_get(9)?,
                    status: row.try_get(10)?,
                    issued_at: row.try_get(11)?,
                    program_title: row.try_get(12)?,
                    program_hours_jp: row.try_get(13)?,
                })
            }

            pub async fn profile(pool: &Pool<$database>, id: Uuid) -> sqlx::Result<Profile> {
                let rows = sqlx::query(PROFILE).bind(id).fetch_all(pool).await?;
                let first = rows.first().ok_or(sqlx::Error::RowNotFound)?;
                Ok(Profile {
                    id: first.try_get(0)?,
                    name: first.try_get(1)?,
                    school: (first.try_get(2)?, first.try_get(3)?),
                    region: (first.try_get(4)?, first.try_get(5)?),
                    certificates: rows.iter().map(held).collect::<sqlx::Result<_>>()?,
                })
            }

            fn batch(row: &Line) -> sqlx::Result<Batch> {
                read!(row => Batch {
                    id, program_id, program_title, provider_id, provider_name, name, kind, source_batch_id, generation,
                    region_code, place, starts_on, ends_on, registration_opens_at, registration_closes_at, capacity,
                    taken, selection, cost_rupiah, status, status_reason, session_count, version, created_at, updated_at,
                })
            }

            pub async fn batches(pool: &Pool<$database>) -> sqlx::Result<Vec<Batch>> {
                sqlx::query(BATCHES).fetch_all(pool).await?.iter().map(batch).collect()
            }

            fn shown_batch(row: &Line) -> sqlx::Result<ShownBatch> {
                let (capacity, taken): (i32, i32) = (row.try_get(4)?, row.try_get(5)?);
                Ok(ShownBatch {
                    id: row.try_get(0)?,
                    name: row.try_get(1)?,
                    starts_on: row.try_get(2)?,
                    ends_on: row.try_get(3)?,
                    capacity,
                    seats_left: capacity - taken,
                    session_count: row.try_get(6)?,
                    program_title: row.try_get(7)?,
                    hours_jp: row.try_get(8)?,
                    provider_name: row.try_get(9)?,
                })
            }

            pub async fn shown_batches(pool: &Pool<$database>) -> sqlx::Result<Vec<ShownBatch>> {
                sqlx::query(SHOWN).fetch_all(pool).await?.iter().map(shown_batch).collect()
            }
        }
    };
}

engine!(postgres, Postgres);
engine!(sqlite, Sqlite);
