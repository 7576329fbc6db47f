//! Upstream OpenID providers: `[[provider]]` tables of the settings file, and variables
//! `SANGGAR_PROVIDER_<NAME>_<FIELD>`, which win over the table of the same name or stand for one.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use url::{Host, Url};

use crate::access::provider::{ALGORITHMS, Provider};

/// Each field with what is allowed.
const FIELDS: &[(&str, &str)] = &[
    ("name", "1 to 32 of a-z, 0-9 and -, beginning with a letter or digit, each name once"),
    ("label", "1 to 60 characters: what stands on the button"),
    ("issuer", "https://…, as the provider writes it, without ? and #; http:// only on this machine"),
    ("client_id", "1 to 255 characters"),
    ("client_secret", "1 to 500 characters"),
    ("match", "the name of a claim: email, nuptk, sub or another, 1 to 64 of a-z, A-Z, 0-9 and _ - . : /"),
    ("domains", "names of organisations or mail domains, such as belajar.id"),
    ("algorithms", "RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384 or EdDSA"),
    ("scopes", "scopes of the provider, without spaces inside"),
    ("language", "id or en"),
];

/// What was given for one provider: field, value, and where it came from.
#[derive(Default)]
struct Given(BTreeMap<String, (Value, String)>);

/// What was given for all of them, and what is wrong with it.
#[derive(Default)]
pub(super) struct Providers {
    tables: Vec<Given>,
    faults: Vec<String>,
}

impl Providers {
    /// Takes the tables of a settings file.
    pub(super) fn file(&mut self, value: Value, source: &str) {
        let Value::Array(tables) = value else {
            self.faults.push(format!("provider, from {source}: allowed are tables [[provider]]"));
            return;
        };
        for table in tables {
            match table {
                Value::Object(table) => self.table(table, source),
                _ => self.faults.push(format!("provider, from {source}: allowed are tables [[provider]]")),
            }
        }
    }

    fn table(&mut self, table: Map<String, Value>, source: &str) {
        let mut given = Given::default();
        for (field, value) in table {
            if FIELDS.iter().any(|row| row.0 == field) {
                given.0.insert(field, (value, source.to_owned()));
            } else {
                self.faults.push(format!("provider.{field}, from {source}: there is no such field"));
            }
        }
        self.tables.push(given);
    }

    /// Takes a variable; `rest` is what of its name follows `SANGGAR_PROVIDER_`, in small letters.
    pub(super) fn variable(&mut self, rest: &str, text: String, variable: &str) {
        let found = FIELDS.iter().skip(1).find_map(|(field, _)| {
            let name = rest.strip_suffix(field)?.strip_suffix('_')?;
            (!name.is_empty()).then(|| (*field, name.replace('_', "-")))
        });
        let Some((field, name)) = found else {
            let fields: Vec<_> = FIELDS.iter().skip(1).map(|row| row.0.to_uppercase()).collect();
            self.faults.push(format!(
                "{variable}: there is no such setting; allowed is SANGGAR_PROVIDER_<NAME>_ and one of {}",
                fields.join(", ")
            ));
            return;
        };
        let value = match field {
            "domains" | "algorithms" | "scopes" => {
                text.split([',', ' ']).filter(|part| !part.is_empty()).collect::<Vec<_>>().into()
            }
            _ => Value::from(text),
        };
        let at = self.tables.iter().position(|given| given.text("name") == Some(name.as_str()));
        let at = at.unwrap_or_else(|| {
            let named = BTreeMap::from([("name".to_owned(), (Value::from(name), variable.to_owned()))]);
            self.tables.push(Given(named));
            self.tables.len().saturating_sub(1)
        });
        if let Some(given) = self.tables.get_mut(at) {
            given.0.insert(field.to_owned(), (value, variable.to_owned()));
        }
    }

    /// The providers, and every fault.
    pub(super) fn done(self) -> (Vec<Provider>, Vec<String>) {
        let Self { tables, mut faults } = self;
        let mut providers: Vec<Provider> = Vec::new();
        for given in &tables {
            let provider = given.read(&mut faults);
            if providers.iter().any(|other| other.name == provider.name) {
                faults.push(given.fault("name", &provider.name));
            }
            providers.push(provider);
        }
        (providers, faults)
    }
}

impl Given {
    fn text(&self, field: &str) -> Option<&str> {
        self.0.get(field).and_then(|(value, _)| value.as_str())
    }

    /// A fault of `field`. What was given is not repeated: the secret may stand in the wrong line.
    fn fault(&self, field: &str, name: &str) -> String {
        let source =
            self.0.get(field).or_else(|| self.0.get("name")).map_or("the settings", |(_, s)| s.as_str());
        let allowed = FIELDS.iter().find(|row| row.0 == field).map_or("", |row| row.1);
        format!("provider {name}: {field}, from {source}: allowed is {allowed}")
    }

    fn read(&self, faults: &mut Vec<String>) -> Provider {
        let name = self.text("name").unwrap_or_default().to_owned();
        let mut required = |field: &str, fits: fn(&str) -> bool| {
            let text = self.text(field).unwrap_or_default();
            if !fits(text) {
                faults.push(self.fault(field, if is_name(&name) { &name } else { "without a good name" }));
            }
            text.to_owned()
        };
        required("name", is_name);
        let label = required("label", |text| is_line(text, 60));
        let issuer = required("issuer", is_issuer);
        let client_id = required("client_id", |text| is_line(text, 255));
        let client_secret = required("client_secret", |text| is_line(text, 500));
        let claim = match self.0.get("match") {
            Some(_) => required("match", is_claim),
            None => "email".to_owned(),
        };
        let language =
            self.0.get("language").map(|_| required("language", |text| matches!(text, "id" | "en")));
        let mut list = |field: &str, usual: &[&str], fits: fn(&str) -> bool| {
            let usual = || usual.iter().map(|one| (*one).to_owned()).collect();
            let Some((value, _)) = self.0.get(field) else { return usual() };
            match serde_json::from_value::<Vec<String>>(value.clone()) {
                Ok(all) if !all.is_empty() && all.iter().all(|one| fits(one)) => all,
                _ => {
                    faults.push(self.fault(field, &name));
                    usual()
                }
            }
        };
        let domains = list("domains", &[], is_domain);
        let algorithms = list("algorithms", &["RS256", "ES256"], |text| ALGORITHMS.contains(&text));
        let scopes = list("scopes", &["email", "profile"], is_scope);
        Provider {
            name,
            label,
            issuer,
            client_id,
            client_secret,
            claim,
            domains,
            algorithms,
            scopes,
            language,
        }
    }
}

fn is_name(text: &str) -> bool {
    (1..=32).contains(&text.len())
        && !text.starts_with('-')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn is_line(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.chars().count()) && text.trim() == text && !text.chars().any(char::is_control)
}

fn is_claim(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b':' | b'/'))
}

fn is_domain(text: &str) -> bool {
    (1..=253).contains(&text.len())
        && text.contains('.')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.'))
}

/// A scope token (RFC 6749, section 3.3).
fn is_scope(text: &str) -> bool {
    (1..=200).contains(&text.len()) && text.bytes().all(|b| matches!(b, 0x21 | 0x23..=0x5b | 0x5d..=0x7e))
}

/// OpenID Connect Discovery 1.0, section 3: https, no query, no fragment. Plain http stays on this machine.
fn is_issuer(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let plain = url.username().is_empty() && url.password().is_none();
    let bare = url.query().is_none() && url.fragment().is_none();
    plain && bare && (url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url)))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests;
