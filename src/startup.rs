//! From settings to a running service, and back down without losing a write.

use std::{sync::Arc, time::Duration};

use actix_web::{App, HttpServer, middleware::Compress, web::Data};
use metrics_exporter_prometheus::PrometheusHandle;
use migration::{Migrator, MigratorTrait};

use crate::{
    access::{
        context::{Services, Settings},
        keys::Keyring,
    },
    app::Application,
    certification::certificate::number::NumberScheme,
    config::Config,
    foundation::{
        clock::{Clock, SystemClock},
        id::Ids,
        language::{self, Language},
        page::CursorKey,
        store::{Engine, PoolSizes, Store},
        transaction::Writes,
    },
};

/// Makes the services of `config`: opens the database, brings its schema up to date where
/// that is wished, reads or makes the keys.
///
/// # Errors
/// In words for whoever starts the service: what, where, and what to do.
pub async fn services(config: &Config) -> Result<Services, String> {
    check_number_scheme(&config.number_scheme)?;
    make_data_dir(config)?;
    let keyring = Keyring::open(&config.keys()).map_err(|e| e.to_string())?;
    let sizes = PoolSizes { readers: config.readers, writers: config.writers };
    let store = Store::open(&config.database(), sizes).await.map_err(|e| e.to_string())?;
    if config.migrate {
        migrate(&store).await?;
    }
    let settings = Settings {
        public_url: config.public_url(),
        burden_cap_minutes: i64::from(config.burden_cap_hours) * 60,
        number_scheme: config.number_scheme.clone(),
        issuer_timezone: config.issuer_timezone(),
        data_dir: config.data_dir.clone(),
    };
    Ok(assemble(store, Arc::new(SystemClock), Ids::from_os(), keyring, settings, config.writers))
}

/// No certificate must fail over a scheme that could have been refused at the start.
fn check_number_scheme(scheme: &str) -> Result<(), String> {
    NumberScheme::parse(scheme).map(|_| ()).map_err(|fault| {
        let why = language::of_fault(Language::English, &fault);
        format!("number_scheme = {scheme:?}: {why} Set SANGGAR_NUMBER_SCHEME.")
    })
}

/// Brings the schema up to date.
///
/// # Errors
/// In words.
pub async fn migrate(store: &Store) -> Result<(), String> {
    Migrator::up(store.writer(), None).await.map_err(|e| format!("bring the schema up to date: {e}"))
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
    let ids = Arc::new(ids);
    let width = if store.engine() == Engine::Sqlite { 1 } else { writers };
    let writes = Writes::new(store.clone(), clock.clone(), ids.clone(), width);
    let cursors = CursorKey::new(*keyring.cursor().bytes());
    Services { store, writes, clock, ids, cursors, keyring, settings }
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
        let application = Application::new(services.clone(), recorder);
        let server = HttpServer::new(move || {
            let application = application.clone();
            App::new()
                .wrap(Compress::default())
                .wrap(actix_web::middleware::from_fn(crate::rest::edge::edge))
                .app_data(Data::from(application.services.clone()))
                .configure(move |config| application.configure(config))
        })
        .shutdown_timeout(patience.as_secs())
        .client_request_timeout(Duration::from_secs(15))
        .disable_signals();
        let server = match workers {
            Some(workers) => server.workers(workers),
            None => server,
        };
        let server = server.bind(listen).map_err(|e| {
            format!("listen = {listen}: {e}; choose another address with SANGGAR_LISTEN or stop what listens there")
        })?;
        let address = server.addrs().first().copied().unwrap_or(listen);
        Ok(Self { server: server.run(), services, address, patience })
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
        let handle = self.server.handle();
        tokio::spawn(async move {
            stop.await;
            tracing::info!("stopping: requests in flight get to finish");
            handle.stop(true).await;
        });
        let served = self.server.await.map_err(|e| format!("serve: {e}"));
        if !self.services.writes.drain(self.patience).await {
            tracing::warn!("some writes were still running when patience ended; they were rolled back");
        }
        self.services.store.clone().close().await;
        served
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
