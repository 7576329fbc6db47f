//! From settings to a running service, and back down without losing a write.

use std::{sync::Arc, time::Duration};

use actix_web::{App, HttpServer, middleware::Compress, web::Data};
use metrics_exporter_prometheus::PrometheusHandle;
use migration::{Migrator, MigratorTrait};

use crate::{
    access::{
        client_use::ClientUses,
        context::{Services, Settings},
        keys::{Keyring, depended::Depended},
        proof::SeenProofs,
    },
    app::Application,
    config::Config,
    foundation::{
        audit::{AuditKey, Head},
        blobs::Blobs,
        clock::{Clock, SystemClock},
        error::Error,
        id::Ids,
        language,
        live::Live,
        page::CursorKey,
        store::{Engine, PoolSizes, Store},
        transaction::Writes,
    },
    graphql::check::SchemaCheck,
    worker::{self, Worker},
};

/// How often a start tries again when another node starts on the same database at the same moment.
const TRIES: u32 = 20;
/// How long it waits in between.
const PAUSE: Duration = Duration::from_millis(250);

/// Makes the services of `config`: opens the database, brings its schema up to date where
/// that is wished, reads or makes the keys, and leaves their public names in the database.
///
/// # Errors
/// In words for whoever starts the service: what, where, and what to do.
pub async fn services(config: &Config) -> Result<Services, String> {
    let services = inspection(config).await?;
    services.blobs.open().map_err(|error| format!("the store of files: {error}"))?;
    for _ in 0..TRIES {
        let depended = Depended::read(services.store.reader()).await.map_err(|e| e.to_string())?;
        depended.check(&config.keys().dir, &services.keyring).map_err(|e| e.to_string())?;
        match depended.add(&services.writes, &services.keyring).await {
            Ok(()) => return Ok(services),
            // Another node wrote its keys down meanwhile: they must be ours.
            Err(Error::Conflict(_)) => tokio::time::sleep(PAUSE).await,
            Err(error) => return Err(format!("write the keys' names down: {error}")),
        }
    }
    Err("write the keys' names down: other nodes keep changing theirs; start again".to_owned())
}

/// The same services, for looking only: nothing of the database is changed but, where that is
/// wished, its schema.
///
/// # Errors
/// In words.
pub async fn inspection(config: &Config) -> Result<Services, String> {
    make_data_dir(config)?;
    let sizes = PoolSizes { readers: config.readers, writers: config.writers };
    let store = open(config, sizes).await?;
    if config.migrate {
        migrate(&store).await?;
    } else if !migration::is_current(store.reader()).await.unwrap_or(false) {
        return Err(
            "the database's schema is not the one this program knows: run `sanggar migrate`".to_owned()
        );
    }
    let depended = Depended::read(store.reader()).await.map_err(|e| e.to_string())?;
    let keyring = Keyring::open_for(&config.keys(), &depended).map_err(|e| e.to_string())?;
    Ok(assemble(store, Arc::new(SystemClock), Ids::from_os(), keyring, config.settings(), config.writers))
}

/// Opens the configured database.
///
/// # Errors
/// In words: the setting, what is wrong, and the cure.
pub async fn open(config: &Config, sizes: PoolSizes) -> Result<Store, String> {
    let url = config.database();
    Store::open(&url, sizes).await.map_err(|error| {
        let cure = if url.starts_with("sqlite:") {
            "name a file in a folder that is there and that the service may write to"
        } else {
            "check that PostgreSQL runs there and that it knows this user, password and database"
        };
        format!(
            "database_url = {}: {error}; {cure}, or name another in SANGGAR_DATABASE_URL",
            without_password(&url)
        )
    })
}

/// `user:secret@host` as `user@host`.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        Some((user, host)) => format!("{scheme}://{}@{host}", user.split(':').next().unwrap_or_default()),
        None => url.to_owned(),
    }
}

/// Brings the schema up to date. Several nodes may do so at once: one does, the others find it done.
///
/// # Errors
/// In words.
pub async fn migrate(store: &Store) -> Result<(), String> {
    for _ in 1..TRIES {
        match Migrator::up(store.writer(), None).await {
            Err(error) if migration::came_second(&error) => tokio::time::sleep(PAUSE).await,
            done => return done.map_err(|e| format!("bring the schema up to date: {e}")),
        }
    }
    Migrator::up(store.writer(), None).await.map_err(|e| format!("bring the schema up to date: {e}"))
}

/// Names the one implementation of TLS for everything that calls others over HTTPS or mail; doing so again changes
/// nothing.
pub fn one_tls() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Puts the parts together; tests and the demo bring their own clock, ids and keys.
pub fn assemble(
    store: Store,
    clock: Arc<dyn Clock>,
    ids: Ids,
    keyring: Keyring,
    settings: Settings,
    writers: u32,
) -> Services {
    one_tls();
    language::show_instants_in(settings.issuer_timezone);
    let ids = Arc::new(ids);
    let width = if store.engine() == Engine::Sqlite { 1 } else { writers };
    let audit = AuditKey::new(*keyring.audit().bytes());
    let writes = Writes::new(store.clone(), clock.clone(), ids.clone(), audit, width);
    let cursors = CursorKey::new(*keyring.cursor().bytes());
    let live = Arc::new(Live::new(store.clone(), writes.committed()));
    let blobs = Blobs::new(settings.data_dir.join("attachments"), settings.attachments_url.as_deref());
    Services {
        store,
        writes,
        blobs,
        live,
        clock,
        ids,
        cursors,
        keyring,
        proofs: SeenProofs::default(),
        uses: ClientUses::default(),
        documents: Arc::new(SchemaCheck),
        settings,
    }
}

fn make_data_dir(config: &Config) -> Result<(), String> {
    let dir = &config.data_dir;
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(dir).map_err(|e| {
        format!("data_dir = {}: cannot make the folder: {e}; name another in SANGGAR_DATA_DIR", dir.display())
    })
}

/// A bound service that is about to run.
pub struct Running {
    server: actix_web::dev::Server,
    services: Arc<Services>,
    address: std::net::SocketAddr,
    patience: Duration,
    worker: Option<Worker>,
}

impl Running {
    /// Binds the address. Port 0 takes any free one; [`Running::address`] tells which.
    ///
    /// # Errors
    /// In words: the address is taken, or not ours.
    pub fn bind(
        services: Arc<Services>,
        recorder: Option<PrometheusHandle>,
        listen: std::net::SocketAddr,
        workers: Option<usize>,
        patience: Duration,
    ) -> Result<Self, String> {
        let connections = services.settings.connections;
        let application = Application::new(services.clone(), recorder);
        let server = HttpServer::new(move || {
            let application = application.clone();
            App::new()
                .wrap(actix_web::middleware::from_fn(crate::rest::recorded::recorded))
                .wrap(actix_web::middleware::from_fn(crate::rest::deadline::deadline))
                .wrap(Compress::default())
                .wrap(actix_web::middleware::from_fn(crate::rest::limit::limit))
                .wrap(actix_web::middleware::from_fn(crate::rest::edge::edge))
                .app_data(Data::from(application.services.clone()))
                .configure(move |config| application.configure(config))
        })
        .shutdown_timeout(patience.as_secs())
        .client_request_timeout(Duration::from_secs(15))
        .client_disconnect_timeout(Duration::from_secs(5))
        .disable_signals();
        let workers = workers.unwrap_or_else(|| std::thread::available_parallelism().map_or(2, usize::from));
        let server = server.workers(workers).max_connections(connections.div_ceil(workers.max(1)).max(1));
        let server = server.bind(listen).map_err(|e| {
            format!("listen = {listen}: {e}; choose another address with SANGGAR_LISTEN or stop what listens there")
        })?;
        let address = server.addrs().first().copied().unwrap_or(listen);
        Ok(Self { server: server.run(), services, address, patience, worker: None })
    }

    /// The same, which meanwhile does what its time has come for, every so often.
    #[must_use]
    pub fn working(self, every: Duration) -> Self {
        let worker = Some(worker::spawn(self.services.clone(), every));
        Self { worker, ..self }
    }

    /// Where it listens.
    pub const fn address(&self) -> std::net::SocketAddr {
        self.address
    }

    /// Serves until `stop` ends, then lets what is in flight finish.
    ///
    /// # Errors
    /// What the web layer could not do, in words.
    pub async fn until(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), String> {
        let (handle, live) = (self.server.handle(), self.services.live.clone());
        tokio::spawn(async move {
            stop.await;
            live.stop();
            tracing::info!("stopping: requests in flight get to finish");
            handle.stop(true).await;
        });
        let served = self.server.await.map_err(|e| format!("serve: {e}"));
        drop(self.worker);
        if !self.services.writes.drain(self.patience).await {
            tracing::warn!("some writes were still running when patience ended; they were rolled back");
        }
        // A database that does not answer must not keep the process from ending.
        let closing = async {
            log_head(&self.services, "stopped").await;
            self.services.store.clone().close().await;
        };
        if tokio::time::timeout(self.patience.max(Duration::from_secs(1)), closing).await.is_err() {
            tracing::warn!("the database did not let go of its connections; they are cut");
        }
        served
    }
}

/// Logs where the audit trail ends, so that a copy of it is kept where the log goes.
pub async fn log_head(services: &Services, when: &'static str) {
    match Head::read(services.store.reader()).await {
        Ok(head) => tracing::info!(%head, when, "the audit trail ends here"),
        Err(error) => tracing::warn!(%error, when, "where the audit trail ends could not be read"),
    }
}

/// Ends on Ctrl-C or SIGTERM.
pub async fn signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_database_that_cannot_be_opened_is_told_with_setting_and_cure() {
        for (url, cure) in [
            ("postgres://sanggar:hush@127.0.0.1:1/sanggar", "check that PostgreSQL runs there"),
            ("sqlite:///no/such/folder/sanggar.db", "name a file in a folder that is there"),
        ] {
            let config = Config { database_url: Some(url.to_owned()), ..Config::default() };
            let Err(why) = open(&config, PoolSizes::default()).await else { panic!("{url} was opened") };
            assert!(why.starts_with("database_url = ") && why.contains(cure), "{why}");
            assert!(!why.contains("hush"), "{why}");
        }
    }
}
