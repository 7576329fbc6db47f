//! Where each setting's value comes from: the file, then the environment, which wins. Every value is read
//! apart from the others, so that whoever starts the service learns all that is wrong at once.

use std::{collections::BTreeMap, path::Path};

use figment::{
    Profile, Provider,
    providers::{Format, Toml},
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Config, SETTINGS, allowed, is_secret, provider::Providers};
use crate::access::provider::Provider as UpstreamProvider;

/// The settings file of the working folder; folders above are never looked at.
pub const FILE: &str = "sanggar.toml";

const PREFIX: &str = "SANGGAR_";
/// The setting that is a list of tables, and what begins the names of their variables.
const PROVIDER: &str = "provider";
const PROVIDERS: &str = "provider_";
/// Variables of this prefix that are not settings of the service: the gate's.
const NOT_OURS: [&str; 2] = ["SANGGAR_REQUIRE_POSTGRES", "SANGGAR_HOSTILE_REQUESTS"];

/// A value as it was given.
enum Given {
    /// A variable's text.
    Text(String),
    /// A value of the file.
    Typed(Value),
}

/// What was given for each setting, and every fault so far.
pub struct Sources {
    given: BTreeMap<String, (Given, String)>,
    providers: Providers,
    faults: Vec<String>,
}

impl Sources {
    /// Reads the named file, or [`FILE`] in `folder` where there is one, and the variables.
    ///
    /// # Errors
    /// When a file cannot be read at all: which one, and why.
    pub fn read(
        file: Option<&Path>,
        folder: &Path,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, String> {
        let mut this = Self { given: BTreeMap::new(), providers: Providers::default(), faults: Vec::new() };
        let usual = folder.join(FILE);
        match file {
            Some(file) => this.file(file)?,
            None if usual.exists() => this.file(&usual)?,
            None => {}
        }
        let mut variables: Vec<_> = variables.into_iter().collect();
        // Of the two variables of the database the one of our own prefix wins.
        variables.sort();
        for (name, text) in variables {
            let setting = match name.strip_prefix(PREFIX) {
                _ if name == "DATABASE_URL" => "database_url".to_owned(),
                Some(rest) if !NOT_OURS.contains(&name.as_str()) => rest.to_lowercase(),
                _ => continue,
            };
            match setting.strip_prefix(PROVIDERS) {
                Some(rest) => this.providers.variable(rest, text, &name),
                None => this.add(setting, Given::Text(text), name),
            }
        }
        Ok(this)
    }

    fn file(&mut self, path: &Path) -> Result<(), String> {
        let named = path.display();
        let text = std::fs::read_to_string(path).map_err(|e| format!("the settings file {named}: {e}"))?;
        let mut data = Toml::string(&text)
            .data()
            .map_err(|e| format!("the settings file {named} is no TOML: {}", e.kind))?;
        for (name, value) in data.remove(&Profile::Default).unwrap_or_default() {
            let value = serde_json::to_value(value).unwrap_or_default();
            self.add(name, Given::Typed(value), named.to_string());
        }
        Ok(())
    }

    fn add(&mut self, setting: String, given: Given, source: String) {
        if setting == PROVIDER {
            let value = match given {
                Given::Typed(value) => value,
                Given::Text(_) => Value::Null,
            };
            self.providers.file(value, &source);
        } else if SETTINGS.iter().any(|row| row.0 == setting) {
            self.given.insert(setting, (given, source));
        } else {
            self.faults.push(format!(
                "{setting}, from {source}: there is no such setting; `sanggar config` lists those there are"
            ));
        }
    }

    /// Puts what was given for `setting` into `into`; notes what does not fit.
    pub fn take<T: DeserializeOwned>(&mut self, setting: &str, into: &mut T) {
        let Some((given, source)) = self.given.get(setting) else { return };
        let (value, shown) = match given {
            Given::Typed(value) => (T::deserialize(value).ok(), value.to_string()),
            // Text stays text where text is wanted, even when it is all digits.
            Given::Text(text) => {
                let value = T::deserialize(Value::from(text.as_str())).ok();
                (value.or_else(|| serde_json::from_str(text).ok()), format!("{text:?}"))
            }
        };
        match value {
            Some(value) => *into = value,
            None => self.faults.push(told(setting, &shown, source, allowed(setting))),
        }
    }

    /// The providers that were given; notes what does not fit.
    pub fn take_providers(&mut self) -> Vec<UpstreamProvider> {
        let (providers, faults) = std::mem::take(&mut self.providers).done();
        self.faults.extend(faults);
        providers
    }

    /// Notes that the value of `setting` is not allowed, unless `holds`.
    pub fn require(&mut self, holds: bool, setting: &str, shown: &dyn std::fmt::Display) {
        self.require_because(holds, setting, shown, allowed(setting));
    }

    /// As [`require`](Self::require), with what is allowed in other words.
    pub fn require_because(&mut self, holds: bool, setting: &str, shown: &dyn std::fmt::Display, why: &str) {
        if !holds {
            let source = self.given.get(setting).map_or("the defaults", |(_, source)| source);
            self.faults.push(told(setting, &format!("{:?}", shown.to_string()), source, why));
        }
    }

    /// `config`, when nothing was wrong.
    ///
    /// # Errors
    /// Every fault, a line each.
    pub fn done(self, config: Config) -> Result<Config, String> {
        if self.faults.is_empty() { Ok(config) } else { Err(self.faults.join("\n")) }
    }
}

fn told(setting: &str, shown: &str, source: &str, allowed: &str) -> String {
    // A secret is not repeated into a terminal or a log.
    let shown = if is_secret(setting) { String::new() } else { format!(" = {shown}") };
    format!("{setting}{shown}, from {source}: allowed is {allowed}")
}
