//! What whoever runs the service may set: one table, from a file and the environment.
//!
//! Later sources win: built-in defaults, then `sanggar.toml` (or `--config FILE`), then
//! variables `SANGGAR_<NAME>` (and `DATABASE_URL`). `sanggar config` prints the table.

use std::{net::SocketAddr, path::PathBuf};

use chrono_tz::Tz;
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use serde::{Deserialize, Serialize};

use crate::access::keys::store::KeySettings;

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
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
        }
    }
}

/// Each setting with what is allowed and what it is for: the one place where they are documented.
pub const SETTINGS: &[(&str, &str, &str)] = &[
    (
        "database_url",
        "postgres://… or sqlite://path; also DATABASE_URL",
        "the database; without it an embedded one in data_dir",
    ),
    ("data_dir", "a folder", "the embedded database, keys and uploads; keep it, back it up, mode 0700"),
    ("listen", "address:port", "where to listen"),
    (
        "public_url",
        "http(s)://host[:port] without a slash at the end",
        "how the outside reaches the service: in links, and as issuer and audience of tokens",
    ),
    (
        "number_scheme",
        "text with {seq} or {seq:06}, {provider}, {program}, {year}, {month}, {month_roman}",
        "how certificate numbers look",
    ),
    (
        "issuer_timezone",
        "an IANA time zone, such as Asia/Jakarta, Asia/Makassar or Asia/Jayapura",
        "where the issuer's days begin and end: for dates of issue, numbers and expiry",
    ),
    (
        "burden_cap_hours",
        "1 to 1000",
        "hours a serving teacher may teach as a resource person per school term before a warning; twice it is refused",
    ),
    ("readers", "1 to 200", "database connections for reads"),
    ("writers", "1 to 200", "writes at once; an embedded database always has one"),
    ("workers", "1 to 256", "HTTP workers; one per core unless said"),
    ("migrate", "true or false", "whether serve brings the schema up to date first"),
    ("shutdown_seconds", "0 to 600", "how long in-flight requests get at shutdown"),
    ("log_format", "text or json", "how log lines look"),
    ("log", "a level or filter: info, debug, sanggar=debug", "what is logged"),
    (
        "token_pem",
        "PKCS#8 PEM, P-256",
        "key of access tokens; else a file in data_dir/keys, made on first run",
    ),
    ("token_older_pem", "PEMs one after the other", "older token keys that still verify"),
    (
        "certificate_pem",
        "PKCS#8 PEM, P-256",
        "key of certificates; else a file in data_dir/keys, made on first run",
    ),
    ("certificate_older_pem", "PEMs one after the other", "older certificate keys that still verify"),
    ("cursor_secret", "base64url of 32 bytes", "signs page cursors"),
    ("nik_encryption_secret", "base64url of 32 bytes", "seals identity numbers"),
    ("nik_index_secret", "base64url of 32 bytes", "blind index of identity numbers"),
];

impl Config {
    /// Reads file and environment.
    ///
    /// # Errors
    /// Every wrong value at once: its name, its source and what is allowed.
    pub fn load(file: Option<&std::path::Path>) -> Result<Self, String> {
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        figment = match file {
            Some(file) => figment.merge(Toml::file_exact(file)),
            None => figment.merge(Toml::file("sanggar.toml")),
        };
        figment = figment
            .merge(Env::raw().only(&["DATABASE_URL"]))
            .merge(Env::prefixed("SANGGAR_").ignore(&["require_postgres"]));
        let config: Self = figment.extract().map_err(|errors| {
            errors.into_iter().map(|error| explain(&error)).collect::<Vec<_>>().join("\n")
        })?;
        config.check(&figment)?;
        Ok(config)
    }

    fn check(&self, figment: &Figment) -> Result<(), String> {
        let mut faults = Vec::new();
        let mut fault = |holds: bool, name: &str, value: &dyn std::fmt::Display| {
            if !holds {
                let source = figment
                    .find_metadata(name)
                    .map_or_else(|| "the defaults".to_owned(), |m| m.name.to_string());
                faults.push(format!(
                    "{name} = {value:?}, from {source}: allowed is {}",
                    allowed(name),
                    value = value.to_string()
                ));
            }
        };
        fault((1..=1000).contains(&self.burden_cap_hours), "burden_cap_hours", &self.burden_cap_hours);
        fault(self.issuer_timezone.parse::<Tz>().is_ok(), "issuer_timezone", &self.issuer_timezone);
        fault((1..=200).contains(&self.readers), "readers", &self.readers);
        fault((1..=200).contains(&self.writers), "writers", &self.writers);
        fault(
            self.workers.is_none_or(|n| (1..=256).contains(&n)),
            "workers",
            &self.workers.unwrap_or_default(),
        );
        fault(self.shutdown_seconds <= 600, "shutdown_seconds", &self.shutdown_seconds);
        if let Some(url) = &self.public_url {
            let sane = (url.starts_with("http://") || url.starts_with("https://")) && !url.ends_with('/');
            fault(sane, "public_url", url);
        }
        if let Some(url) = &self.database_url {
            let known =
                ["postgres://", "postgresql://", "sqlite:"].iter().any(|scheme| url.starts_with(scheme));
            // The value may hold a password, so only its scheme is told.
            fault(known, "database_url", &url.split(':').next().unwrap_or_default());
        }
        if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
    }

    /// The database to open: the one named, else the embedded one in the data folder.
    pub fn database(&self) -> String {
        self.database_url
            .clone()
            .unwrap_or_else(|| format!("sqlite://{}", self.data_dir.join("sanggar.db").display()))
    }

    /// How the outside reaches the service.
    pub fn public_url(&self) -> String {
        self.public_url.clone().unwrap_or_else(|| format!("http://{}", self.listen))
    }

    /// The issuer's time zone; [`load`](Self::load) has refused what is none.
    pub fn issuer_timezone(&self) -> Tz {
        self.issuer_timezone.parse().unwrap_or(chrono_tz::Asia::Jakarta)
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
        }
    }
}

fn allowed(name: &str) -> &'static str {
    SETTINGS.iter().find(|row| row.0 == name).map_or("(see `sanggar config`)", |row| row.1)
}

fn explain(error: &figment::Error) -> String {
    let name = error.path.join(".");
    let source =
        error.metadata.as_ref().map_or_else(|| "an unknown source".to_owned(), |m| m.name.to_string());
    format!("{name}, from {source}: {}; allowed is {}", error.kind, allowed(&name))
}
