//! Whether what a client sent fits the schema that the document promises: every fault in one
//! walk over the value, in the house's own codes, and never more than [`MOST_FAULTS`].
//!
//! The limits of the domain (lengths, ranges, states) are not judged here: each rule has its own code.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::foundation::{domain_enum::unknown_value, error::Fault};

/// The most faults one refusal lists; whoever made more corrects these first.
pub const MOST_FAULTS: usize = 50;
/// The most characters of what a client sent that an answer repeats.
const ECHO: usize = 80;

/// What is wrong with `value` by `schema`; `schemas` are the document's, for references.
pub fn faults(schema: &Value, schemas: &Value, value: &Value) -> Vec<Fault> {
    let mut walk = Walk { schemas, pointer: String::new(), faults: Vec::new() };
    walk.value(schema, value);
    walk.faults
}

/// What is wrong with the parameters of a query string: `known` are the document's, by name.
/// The first list could not be read at all, the second was read but is out of range.
pub fn parameter_faults(
    known: &Map<String, Value>,
    schemas: &Value,
    pairs: &[(String, String)],
) -> (Vec<Fault>, Vec<Fault>) {
    let mut walk = Walk { schemas, pointer: String::new(), faults: Vec::new() };
    let mut beyond = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for (name, text) in pairs {
        if walk.is_full() {
            break;
        }
        walk.pointer = format!("/{}", token(name));
        match known.get(name) {
            None => walk.refuse("parameter_unknown"),
            Some(_) if !seen.insert(name) => walk.refuse("parameter_repeated"),
            Some(schema) => beyond.extend(walk.text(name, schema, text)),
        }
    }
    (walk.faults, beyond)
}

/// What a client sent, short enough to be repeated to it.
pub fn cut(text: &str) -> String {
    match text.char_indices().nth(ECHO) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// A member's name as one token of an RFC 6901 pointer.
fn token(name: &str) -> String {
    cut(name).replace('~', "~0").replace('/', "~1")
}

/// One walk over one value.
struct Walk<'a> {
    schemas: &'a Value,
    pointer: String,
    faults: Vec<Fault>,
}

impl<'a> Walk<'a> {
    fn is_full(&self) -> bool {
        self.faults.len() >= MOST_FAULTS
    }

    fn refuse(&mut self, code: &'static str) {
        self.push(Fault::new(self.pointer.clone(), code));
    }

    fn expect(&mut self, kind: &'static str) {
        self.push(Fault::new(self.pointer.clone(), "field_type").with("expected", kind));
    }

    fn push(&mut self, fault: Fault) {
        if !self.is_full() {
            self.faults.push(fault);
        }
    }

    /// The schema behind a reference or beside a null, and whether null will do.
    fn plain(&self, schema: &'a Value) -> (&'a Value, bool) {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            return self.plain(&self.schemas[name]);
        }
        if let Some(several) = schema["oneOf"].as_array() {
            let is_null = |one: &&Value| one["type"] == "null";
            let nullable = several.iter().any(|one| is_null(&one));
            let mut others = several.iter().filter(|one| !is_null(one));
            return match (others.next(), others.next()) {
                (Some(only), None) => (self.plain(only).0, nullable),
                // A choice between shapes is left to the reading itself.
                _ => (&Value::Null, nullable),
            };
        }
        let nullable = schema["type"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == "null"));
        (schema, nullable)
    }

    fn value(&mut self, schema: &'a Value, value: &Value) {
        if self.is_full() {
            return;
        }
        let (schema, nullable) = self.plain(schema);
        let kind = match &schema["type"] {
            Value::Array(kinds) => kinds.iter().find(|kind| *kind != "null").unwrap_or(&Value::Null),
            kind => kind,
        };
        match (kind.as_str(), value) {
            (None, _) => {}
            (Some(_), Value::Null) if nullable => {}
            (Some(_), Value::Null) => self.refuse("field_missing"),
            (Some("object"), Value::Object(map)) => self.object(schema, map),
            (Some("object"), _) => self.expect("object"),
            (Some("array"), Value::Array(list)) => self.list(schema, list),
            (Some("array"), _) => self.expect("list"),
            (Some("string"), Value::String(text)) => self.string(schema, text, value),
            (Some("string"), _) => self.expect("text"),
            (Some("integer"), Value::Number(number)) if number.is_i64() || number.is_u64() => {
                self.integer(schema, number);
            }
            (Some("integer"), _) => self.expect("whole_number"),
            (Some("number"), Value::Number(_)) | (Some("boolean"), Value::Bool(_)) => {}
            (Some("number"), _) => self.expect("number"),
            (Some("boolean"), _) => self.expect("boolean"),
            (Some(_), _) => {}
        }
    }

    fn object(&mut self, schema: &'a Value, map: &Map<String, Value>) {
        let properties = schema["properties"].as_object();
        let closed = schema["additionalProperties"] == false;
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        for name in required.filter(|name| !map.contains_key(*name)) {
            self.within(name, |walk| walk.refuse("field_missing"));
        }
        for (name, member) in map {
            if self.is_full() {
                return;
            }
            match properties.and_then(|known| known.get(name)) {
                Some(known) => self.within(name, |walk| walk.value(known, member)),
                None if closed => self.within(name, |walk| walk.refuse("field_unknown")),
                None => {}
            }
        }
    }

    fn list(&mut self, schema: &'a Value, list: &[Value]) {
        for (index, item) in list.iter().enumerate() {
            if self.is_full() {
                return;
            }
            self.within(&index.to_string(), |walk| walk.value(&schema["items"], item));
        }
    }

    fn string(&mut self, schema: &Value, text: &str, value: &Value) {
        if let Some(allowed) = schema["enum"].as_array() {
            if !allowed.iter().any(|one| one == text) {
                let allowed: Vec<&str> = allowed.iter().filter_map(Value::as_str).collect();
                self.push(Fault { pointer: self.pointer.clone(), ..unknown_value(&allowed) });
            }
            return;
        }
        // Read exactly as the field will be: neither stricter nor laxer.
        match schema["format"].as_str() {
            Some("uuid") if uuid::Uuid::deserialize(value).is_err() => self.refuse("id_malformed"),
            Some("date") if NaiveDate::deserialize(value).is_err() => self.refuse("date_malformed"),
            Some("date-time") if DateTime::<Utc>::deserialize(value).is_err() => {
                self.refuse("instant_malformed");
            }
            _ => {}
        }
    }

    /// A number that the field's own type cannot hold; the range of the domain is a rule's.
    fn integer(&mut self, schema: &Value, number: &serde_json::Number) {
        let small = schema["format"] == "int32";
        let fits = match number.as_i64() {
            Some(number) => !small || i32::try_from(number).is_ok(),
            None => false,
        };
        if !fits {
            let bound = |name: &str, other: i64| schema[name].as_i64().unwrap_or(other);
            let (min, max) = if small {
                (bound("minimum", i32::MIN.into()), bound("maximum", i32::MAX.into()))
            } else {
                (bound("minimum", i64::MIN), bound("maximum", i64::MAX))
            };
            let fault = Fault::new(self.pointer.clone(), "number_out_of_range");
            self.push(fault.with("min", min).with("max", max));
        }
    }

    /// A parameter's text; answers with the fault of one that was read but is out of range.
    fn text(&mut self, name: &str, schema: &'a Value, text: &str) -> Option<Fault> {
        let (schema, _) = self.plain(schema);
        let kind = match &schema["type"] {
            Value::Array(kinds) => kinds.iter().find(|kind| *kind != "null").unwrap_or(&Value::Null),
            kind => kind,
        };
        match kind.as_str() {
            Some("integer") => return self.whole(name, schema, text),
            Some("boolean") if text != "true" && text != "false" => self.expect("boolean"),
            Some("string") => {
                let length = text.chars().count();
                match schema["maxLength"].as_u64().filter(|max| length as u64 > *max) {
                    Some(max) => {
                        let fault = Fault::new(self.pointer.clone(), "text_too_long");
                        self.push(fault.with("max", max).with("length", length));
                    }
                    None => self.string(schema, text, &Value::String(text.to_owned())),
                }
            }
            _ => {}
        }
        None
    }

    fn whole(&mut self, name: &str, schema: &Value, text: &str) -> Option<Fault> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            self.expect("whole_number");
            return None;
        }
        let (min, max) = (schema["minimum"].as_i64().unwrap_or(i64::MIN), schema["maximum"].as_i64());
        let max = max.unwrap_or(i64::MAX);
        // More digits than a number holds are far out of any range.
        if text.parse::<i64>().is_ok_and(|number| (min..=max).contains(&number)) {
            return None;
        }
        let code = if name == "limit" { "limit_out_of_range" } else { "number_out_of_range" };
        Some(Fault::new(self.pointer.clone(), code).with("min", min).with("max", max))
    }

    fn within(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&token(name));
        inside(self);
        self.pointer.truncate(length);
    }
}

#[cfg(test)]
mod tests;
