//! The plain way to write, as most services do it: a pool, and a transaction begun in the
//! handler's own future. The control that shows the storm finds what it looks for.

use std::{net::SocketAddr, time::Duration};

use actix_web::{App, HttpResponse, HttpServer, dev::ServerHandle, web};
use chrono::Utc;
use entity::organisation::{ActiveModel, Entity, Model};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr, EntityTrait, TransactionTrait};
use uuid::Uuid;

/// What a client sends.
#[derive(serde::Deserialize)]
struct Wanted {
    code: String,
    kind: String,
    name: String,
}

/// A service that writes the plain way, on a pool with the driver's defaults.
pub struct Plain {
    pub address: SocketAddr,
    pool: DatabaseConnection,
    server: ServerHandle,
}

impl Plain {
    pub async fn start(url: &str) -> Self {
        let pool = pool(url, 4).await;
        let shared = pool.clone();
        let server = HttpServer::new(move || {
            App::new()
                .app_data(web::Data::new(shared.clone()))
                .route("/v1/organisations", web::post().to(create))
        })
        .workers(1)
        .disable_signals()
        .bind(("127.0.0.1", 0))
        .unwrap();
        let address = server.addrs()[0];
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { address, pool, server: handle }
    }

    /// Stops serving and closes the pool: what is not committed by then never will be.
    pub async fn stop(self) {
        self.server.stop(false).await;
        self.pool.close().await.unwrap();
    }
}

/// A pool as it comes.
pub async fn pool(url: &str, connections: u32) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).sqlx_logging(false).acquire_timeout(Duration::from_secs(30));
    Database::connect(options).await.unwrap()
}

/// A row of `code`.
pub fn row(code: &str) -> ActiveModel {
    Model {
        id: Uuid::now_v7(),
        code: code.to_owned(),
        kind: "company".to_owned(),
        name: format!("Balai {code}"),
        region_code: None,
        version: 1,
        created_at: Utc::now(),
        updated_at: Utc::now(),
    }
    .into()
}

/// Writes, now in a transaction, now by itself, as commands of several and of one statement do.
async fn create(pool: web::Data<DatabaseConnection>, wanted: web::Json<Wanted>) -> HttpResponse {
    match write(&pool, &wanted).await {
        Ok(()) => HttpResponse::Created().finish(),
        Err(_) => HttpResponse::ServiceUnavailable().finish(),
    }
}

async fn write(pool: &DatabaseConnection, wanted: &Wanted) -> Result<(), DbErr> {
    let mut row = row(&wanted.code);
    row.kind = sea_orm::Set(wanted.kind.clone());
    row.name = sea_orm::Set(wanted.name.clone());
    if wanted.code.starts_with('S') {
        let transaction = pool.begin().await?;
        Entity::insert(row).exec_without_returning(&transaction).await?;
        transaction.commit().await
    } else {
        Entity::insert(row).exec_without_returning(pool).await.map(|_| ())
    }
}
