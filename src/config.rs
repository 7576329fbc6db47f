//! What whoever runs the service may set: one table, from a file and the environment.
//!
//! Later sources win: built-in defaults, then `sanggar.toml` of the working folder (or
//! `--config FILE`), then variables `SANGGAR_<NAME>` (and `DATABASE_URL`). `sanggar config`
//! prints the table.

mod limits;
mod load;
mod origin;
mod provider;
mod settings;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;

pub use self::{
    limits::{LimitSettings, Shared},
    origin::reached_at,
    settings::SETTINGS,
};
use self::{load::Sources, origin::is_origin};
use crate::{
    access::{
        context::{READ_DEADLINE, Settings},
        keys::{Keyring, store::KeySettings},
        provider::Provider,
    },
    certification::certificate::number::NumberScheme,
    foundation::{
        language::{self, Language},
        network::Networks,
    },
    identity::mail,
};

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people at a terminal.
    Text,
    /// One JSON object a line, for collectors.
    Json,
}

/// Every setting, with its default in [`Config::default`].
#[derive(Clone, Serialize)]
pub struct Config {
    /// Where the database is.
    pub database_url: Option<String>,
    /// Folder of the embedded database, keys and uploads.
    pub data_dir: PathBuf,
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// How the outside reaches the service.
    pub public_url: Option<String>,
    /// Certificate numbers.
    pub number_scheme: String,
    /// Where the issuer's days begin and end.
    pub issuer_timezone: String,
    /// Hours a serving teacher may teach per school term before a warning.
    pub burden_cap_hours: u32,
    /// Database connections for reads.
    pub readers: u32,
    /// Writes at once (PostgreSQL).
    pub writers: u32,
    /// HTTP workers; none = one per core.
    pub workers: Option<usize>,
    /// Whether `serve` brings the schema up to date first.
    pub migrate: bool,
    /// Seconds in-flight requests get at shutdown.
    pub shutdown_seconds: u64,
    /// Log lines' look.
    pub log_format: LogFormat,
    /// What is logged (`info`, `debug`, `sanggar=debug`).
    pub log: String,
    /// Key of access tokens, PKCS#8 PEM.
    pub token_pem: Option<String>,
    /// Older token keys.
    pub token_older_pem: Option<String>,
    /// Key of certificates, PKCS#8 PEM.
    pub certificate_pem: Option<String>,
    /// Older certificate keys.
    pub certificate_older_pem: Option<String>,
    /// Secret of page cursors.
    pub cursor_secret: Option<String>,
    /// Secret that seals identity numbers.
    pub nik_encryption_secret: Option<String>,
    /// Secret of the identity numbers' blind index.
    pub nik_index_secret: Option<String>,
    /// Secret that seals the audit trail.
    pub audit_secret: Option<String>,
    /// Where attachments are kept.
    pub attachments_url: Option<String>,
    /// Where people may sign in besides here.
    pub provider: Vec<Provider>,
    /// The server through which mail leaves.
    pub smtp_url: Option<String>,
    /// Whom mail comes from.
    pub mail_from: String,
    /// Proxies in front of the service.
    pub trusted_proxies: String,
    /// How much a caller may ask for.
    #[serde(flatten)]
    pub limits: LimitSettings,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database_url: None,
            data_dir: PathBuf::from("sanggar-data"),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            number_scheme: "{seq:06}/{provider}/{year}".to_owned(),
            issuer_timezone: "Asia/Jakarta".to_owned(),
            burden_cap_hours: 48,
            readers: 8,
            writers: 8,
            workers: None,
            migrate: true,
            shutdown_seconds: 30,
            log_format: LogFormat::Text,
            log: "info".to_owned(),
            token_pem: None,
            token_older_pem: None,
            certificate_pem: None,
            certificate_older_pem: None,
            cursor_secret: None,
            nik_encryption_secret: None,
            nik_index_secret: None,
            audit_secret: None,
            attachments_url: None,
            provider: Vec::new(),
            smtp_url: None,
            mail_from: "Sanggar <sanggar@localhost>".to_owned(),
            trusted_proxies: String::new(),
            limits: LimitSettings::default(),
        }
    }
}

impl Config {
    /// The defaults, reached at `public_url`, with files in `data_dir`: for what brings its own database and keys. There
    /// one caller stands for many, so nobody is held to a quota.
    pub fn usual(public_url: &str, data_dir: PathBuf) -> Self {
        let limits = LimitSettings::generous();
        Self { public_url: Some(public_url.to_owned()), data_dir, limits, ..Self::default() }
    }

    /// Reads file and environment.
    ///
    /// # Errors
    /// Every wrong value at once: its name, the variable or file it came from and what is allowed.
    pub fn load(file: Option<&Path>) -> Result<Self, String> {
        Self::load_from(file, Path::new(""), variables())
    }

    /// As [`load`](Self::load) for what brings a database of its own: the shell's, whatever it is, does not matter.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn load_without_database(file: Option<&Path>) -> Result<Self, String> {
        let others = variables().filter(|(name, _)| !name.ends_with("DATABASE_URL"));
        Self::load_from(file, Path::new(""), others)
    }

    /// As [`load`](Self::load), in this folder and with these variables.
    fn load_from(
        file: Option<&Path>,
        folder: &Path,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, String> {
        let mut sources = Sources::read(file, folder, variables)?;
        let mut config = Self::default();
        config.fill(&mut sources);
        config.check(&mut sources);
        config.check_texts(&mut sources);
        sources.done(config)
    }

    fn fill(&mut self, sources: &mut Sources) {
        sources.take("database_url", &mut self.database_url);
        sources.take("data_dir", &mut self.data_dir);
        sources.take("listen", &mut self.listen);
        sources.take("public_url", &mut self.public_url);
        sources.take("number_scheme", &mut self.number_scheme);
        sources.take("issuer_timezone", &mut self.issuer_timezone);
        sources.take("burden_cap_hours", &mut self.burden_cap_hours);
        sources.take("readers", &mut self.readers);
        sources.take("writers", &mut self.writers);
        sources.take("workers", &mut self.workers);
        sources.take("migrate", &mut self.migrate);
        sources.take("shutdown_seconds", &mut self.shutdown_seconds);
        sources.take("log_format", &mut self.log_format);
        sources.take("log", &mut self.log);
        sources.take("token_pem", &mut self.token_pem);
        sources.take("token_older_pem", &mut self.token_older_pem);
        sources.take("certificate_pem", &mut self.certificate_pem);
        sources.take("certificate_older_pem", &mut self.certificate_older_pem);
        sources.take("cursor_secret", &mut self.cursor_secret);
        sources.take("nik_encryption_secret", &mut self.nik_encryption_secret);
        sources.take("nik_index_secret", &mut self.nik_index_secret);
        sources.take("audit_secret", &mut self.audit_secret);
        sources.take("attachments_url", &mut self.attachments_url);
        self.provider = sources.take_providers();
        sources.take("smtp_url", &mut self.smtp_url);
        sources.take("mail_from", &mut self.mail_from);
        sources.take("trusted_proxies", &mut self.trusted_proxies);
        self.limits.fill(sources);
    }

    fn check(&self, sources: &mut Sources) {
        let hours = self.burden_cap_hours;
        sources.require((1..=1000).contains(&hours), "burden_cap_hours", &hours);
        sources.require(self.issuer_timezone.parse::<Tz>().is_ok(), "issuer_timezone", &self.issuer_timezone);
        sources.require((1..=200).contains(&self.readers), "readers", &self.readers);
        sources.require((1..=200).contains(&self.writers), "writers", &self.writers);
        let workers = self.workers.unwrap_or(1);
        sources.require((1..=256).contains(&workers), "workers", &workers);
        sources.require(self.shutdown_seconds <= 600, "shutdown_seconds", &self.shutdown_seconds);
        self.limits.check(sources);
    }

    /// What `serve` would stumble over later is refused here, so that `sanggar config` tells it too.
    fn check_texts(&self, sources: &mut Sources) {
        if let Some(url) = &self.public_url {
            sources.require(is_origin(url), "public_url", url);
        }
        if let Some(url) = &self.database_url {
            let known =
                ["postgres://", "postgresql://", "sqlite:"].iter().any(|scheme| url.starts_with(scheme));
            sources.require(known, "database_url", url);
        }
        if let Some(url) = &self.attachments_url {
            let known =
                cfg!(feature = "s3") && url.strip_prefix("s3://").is_some_and(|rest| !rest.is_empty());
            sources.require(known, "attachments_url", url);
        }
        if let Some(url) = &self.smtp_url {
            sources.require(mail::check_url(url), "smtp_url", url);
        }
        sources.require(mail::check_sender(&self.mail_from), "mail_from", &self.mail_from);
        if let Err(why) = self.trusted_proxies.parse::<Networks>() {
            let why = format!("{}; {why}", allowed("trusted_proxies"));
            sources.require_because(false, "trusted_proxies", &self.trusted_proxies, &why);
        }
        sources.require(EnvFilter::try_new(&self.log).is_ok(), "log", &self.log);
        if let Err(fault) = NumberScheme::parse(&self.number_scheme) {
            let why =
                format!("{}; {}", allowed("number_scheme"), language::of_fault(Language::English, &fault));
            sources.require_because(false, "number_scheme", &self.number_scheme, &why);
        }
        for (setting, error) in Keyring::faults(&self.keys()) {
            let why = format!("{}; it {}. {}", allowed(setting), error.fault, error.cure);
            sources.require_because(false, setting, &"", &why);
        }
    }

    /// The database to open: the one named, else the embedded one in the data folder.
    pub fn database(&self) -> String {
        self.database_url
            .clone()
            .unwrap_or_else(|| format!("sqlite://{}", self.data_dir.join("sanggar.db").display()))
    }

    /// How the outside reaches the service.
    pub fn public_url(&self) -> String {
        self.public_url.clone().unwrap_or_else(|| reached_at(self.listen))
    }

    /// The issuer's time zone; [`load`](Self::load) has refused what is none.
    pub fn issuer_timezone(&self) -> Tz {
        self.issuer_timezone.parse().unwrap_or(chrono_tz::Asia::Jakarta)
    }

    /// What the rules need of it.
    pub fn settings(&self) -> Settings {
        Settings {
            public_url: self.public_url(),
            burden_cap_minutes: i64::from(self.burden_cap_hours) * 60,
            number_scheme: self.number_scheme.clone(),
            issuer_timezone: self.issuer_timezone(),
            data_dir: self.data_dir.clone(),
            attachments_url: self.attachments_url.clone(),
            read_deadline: READ_DEADLINE,
            providers: self.provider.clone(),
            smtp_url: self.smtp_url.clone(),
            mail_from: self.mail_from.clone(),
            trusted_proxies: self.trusted_proxies.parse().unwrap_or_default(),
            rates: self.limits.rates(),
            connections: self.limits.connections,
        }
    }

    /// Where the keys come from.
    pub fn keys(&self) -> KeySettings {
        KeySettings {
            dir: self.data_dir.join("keys"),
            token_pem: self.token_pem.clone(),
            token_older_pem: self.token_older_pem.clone(),
            certificate_pem: self.certificate_pem.clone(),
            certificate_older_pem: self.certificate_older_pem.clone(),
            cursor_secret: self.cursor_secret.clone(),
            nik_encryption_secret: self.nik_encryption_secret.clone(),
            nik_index_secret: self.nik_index_secret.clone(),
            audit_secret: self.audit_secret.clone(),
        }
    }
}

fn allowed(name: &str) -> &'static str {
    SETTINGS.iter().find(|row| row.0 == name).map_or("(see `sanggar config`)", |row| row.1)
}

/// The variables of this process. One that is no text cannot be one of ours.
fn variables() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

/// Whether a setting's value is kept out of answers, terminals and logs.
pub fn is_secret(name: &str) -> bool {
    name.ends_with("_pem") || name.ends_with("_secret") || name == "database_url" || name == "smtp_url"
}

#[cfg(test)]
mod tests;
