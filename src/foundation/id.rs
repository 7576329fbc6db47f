//! Typed ids: UUIDv7 inside, a UUID in REST, an opaque global id (Relay) in GraphQL.

use std::{borrow::Cow, fmt, marker::PhantomData, sync::Mutex};

use async_graphql::{ContextSelectionSet, parser::types::Field, registry::Registry};
use async_graphql::{
    InputType, InputValueError, InputValueResult, OutputType, Positioned, ServerResult, Value,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::error::Fault;

/// A noun that has ids. `NAME` is the GraphQL type that `node(id)` answers with.
pub trait Kind: Send + Sync + 'static {
    /// The GraphQL type's name.
    const NAME: &'static str;
}

/// The id of one `K`. Cannot be confused with the id of another noun.
pub struct Id<K>(Uuid, PhantomData<fn() -> K>);

impl<K> Id<K> {
    /// The bare UUID, as the tables keep it.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl<K> From<Uuid> for Id<K> {
    fn from(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }
}

impl<K> From<Id<K>> for Uuid {
    fn from(id: Id<K>) -> Self {
        id.0
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Id<K> {}
impl<K> std::hash::Hash for Id<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl<K> Serialize for Id<K> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
impl<'de, K> Deserialize<'de> for Id<K> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(Into::into)
    }
}

impl<K: Kind> utoipa::PartialSchema for Id<K> {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)))
            .into()
    }
}
impl<K: Kind> utoipa::ToSchema for Id<K> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Id", K::NAME))
    }
}

/// The opaque global id of the `kind` with this key (Relay's Global Object Identification).
pub fn global(kind: &str, key: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("{kind}:{key}"))
}

/// Kind and key of a global id; `None` when it is not one.
pub fn parse_global(text: &str) -> Option<(String, String)> {
    let bytes = URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (kind, key) = text.split_once(':')?;
    Some((kind.to_owned(), key.to_owned()))
}

/// That a text is a global id, or the bare UUID that REST shows; of the kind `wanted`, if that is told.
///
/// # Errors
/// `global_id_malformed`, `id_of_another_kind`.
pub fn check_global(text: &str, wanted: Option<&str>) -> Result<(), Fault> {
    if Uuid::try_parse(text).is_ok() {
        return Ok(());
    }
    let malformed = || Fault::new("", "global_id_malformed");
    let (kind, _) = parse_global(text).ok_or_else(malformed)?;
    if kind.is_empty() || !kind.chars().all(|c| c.is_ascii_alphabetic()) || kind.len() > 40 {
        return Err(malformed());
    }
    match wanted {
        Some(wanted) if wanted != kind => {
            Err(Fault::new("", "id_of_another_kind").with("wanted", wanted).with("given", kind))
        }
        _ => Ok(()),
    }
}

impl<K: Kind> Id<K> {
    /// Reads a global id of this kind, or the bare UUID that REST shows.
    ///
    /// # Errors
    /// As [`check_global`].
    pub fn from_global(text: &str) -> Result<Self, Fault> {
        check_global(text, Some(K::NAME))?;
        let key = parse_global(text).map(|(_, key)| key);
        Uuid::try_parse(key.as_deref().unwrap_or(text))
            .map(Into::into)
            .map_err(|_| Fault::new("", "global_id_malformed"))
    }
}

impl<K: Kind> InputType for Id<K> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed("ID")
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <async_graphql::ID as InputType>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        match value.unwrap_or_default() {
            // The face gives the fault its words, by its code and values.
            Value::String(text) => Self::from_global(&text).map_err(|fault| {
                let error = InputValueError::custom(fault.code).with_extension("code", fault.code);
                fault.args.into_iter().fold(error, |error, (name, value)| error.with_extension(name, value))
            }),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(global(K::NAME, &self.0.to_string()))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl<K: Kind> OutputType for Id<K> {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed("ID")
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <async_graphql::ID as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(self.to_value())
    }
}

/// Makes new ids from the injected clock and randomness.
#[derive(Debug)]
pub struct Ids {
    ids: Mutex<StdRng>,
    /// Apart from the ids, so that how much is salted moves none of them.
    salts: Mutex<StdRng>,
}

impl Ids {
    /// Ids whose random part comes from the operating system.
    pub fn from_os() -> Self {
        Self { ids: Mutex::new(rand::make_rng()), salts: Mutex::new(rand::make_rng()) }
    }

    /// The same ids every time: for tests and the demo.
    pub fn seeded(seed: u64) -> Self {
        let of = |seed| Mutex::new(StdRng::seed_from_u64(seed));
        Self { ids: of(seed), salts: of(!seed) }
    }

    /// A UUIDv7 (RFC 9562 §5.7) of the moment `now`.
    pub fn next(&self, now: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &self.random()).into_uuid()
    }

    /// `N` random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        filled(&self.ids)
    }

    /// `N` random bytes for a salt.
    pub fn salt<const N: usize>(&self) -> [u8; N] {
        filled(&self.salts)
    }
}

fn filled<const N: usize>(from: &Mutex<StdRng>) -> [u8; N] {
    let mut bytes = [0; N];
    from.lock().unwrap_or_else(std::sync::PoisonError::into_inner).fill(&mut bytes[..]);
    bytes
}
