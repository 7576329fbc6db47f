//! Whether what is stored of a certificate is what was issued and decided: the frozen
//! payload with its hash and signature, the row beside it, and the event that brought the
//! row into its present state. An edit made behind the service's back breaks one of them.
//! Pure: the rows are brought by whoever asks.

use entity::{certificate, certificate_payload, event};

use super::{
    payload::{self, Payload},
    state::State,
};
use crate::access::{jws::Flaw, keys::Keyring};

/// What is wrong with a stored certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Breach {
    /// There is no payload.
    #[error("its signed payload is missing")]
    PayloadMissing,
    /// The payload's text and its hash differ.
    #[error("its payload does not have the hash that was stored")]
    Hash,
    /// The signature proves nothing.
    #[error("its signature proves nothing: {0}")]
    Signature(Flaw),
    /// What was signed is not the text that is stored.
    #[error("its payload is not the one that was signed")]
    Text,
    /// The key it names is not the one that signed.
    #[error("it names another key than the one that signed")]
    Key,
    /// A column says something else than the payload.
    #[error("its {0} is not the one that was signed")]
    Column(&'static str),
    /// The event of its last change is missing, or another's.
    #[error("its last change has no event of its own")]
    Event,
    /// A column says something else than the event of the last change.
    #[error("its {0} is not what its last change made it")]
    Change(&'static str),
}

/// The rows that together are a certificate.
#[derive(Debug, Clone, Copy)]
pub struct Stored<'a> {
    /// What changes.
    pub row: &'a certificate::Model,
    /// What never changes.
    pub sealed: Option<&'a certificate_payload::Model>,
    /// The event at the row's `changed_pos`.
    pub last: Option<&'a event::Model>,
    /// Where `last` only moved it to the holder's surviving record: the latest event that
    /// gave it its status.
    pub decided: Option<&'a event::Model>,
}

/// The proven payload of a stored certificate.
///
/// # Errors
/// The first [`Breach`]: nothing of an unproven certificate is handed out.
pub fn examine(ring: &Keyring, stored: Stored<'_>) -> Result<Payload, Breach> {
    let sealed = stored.sealed.ok_or(Breach::PayloadMissing)?;
    if payload::hash(&sealed.payload) != sealed.hash {
        return Err(Breach::Hash);
    }
    let proven = payload::verify(ring, &sealed.jws).map_err(Breach::Signature)?;
    if proven.text != sealed.payload {
        return Err(Breach::Text);
    }
    if proven.kid != sealed.kid {
        return Err(Breach::Key);
    }
    match differing(stored.row, &proven.payload) {
        Some(column) => return Err(Breach::Column(column)),
        None => changed(stored)?,
    }
    Ok(proven.payload)
}

/// The first column that says something else than the payload. The holder may differ: two
/// records of one person become one, and the certificate moves. The school is in the
/// payload by name only.
fn differing(row: &certificate::Model, said: &Payload) -> Option<&'static str> {
    let pairs = [
        ("id", row.id == said.certificate_id),
        ("number", row.number == said.number),
        ("verification_id", row.verification_id == said.verification_id.to_string()),
        ("provider_id", row.provider_id == said.issuer.id),
        ("program_id", row.program_id == said.program.id),
        ("batch_id", row.batch_id == Some(said.batch.id)),
        ("region_code", row.region_code == said.holder.region_code),
        ("holder_name", row.holder_name == said.holder.name),
        ("title", row.title == said.program.title),
        ("hours_jp", u32::try_from(row.hours_jp) == Ok(said.program.jp)),
        ("kind", row.kind == said.batch.kind.as_str()),
        ("generation", u32::try_from(row.generation) == Ok(said.batch.generation)),
        ("starts_on", row.starts_on == said.start_date),
        ("ends_on", row.ends_on == said.end_date),
        ("issued_at", row.issued_at == said.issued_at.instant()),
        ("valid_until", row.valid_until == said.valid_until),
    ];
    pairs.into_iter().find(|(_, same)| !same).map(|(column, _)| column)
}

/// That the row is as its last events left it.
fn changed(stored: Stored<'_>) -> Result<(), Breach> {
    let row = stored.row;
    let id = row.id.to_string();
    let own = |event: &&event::Model| event.subject_kind == "certificate" && event.subject_id == id;
    let last = stored.last.filter(own).ok_or(Breach::Event)?;
    let decided = if last.kind == MOVED { stored.decided.filter(own) } else { Some(last) };
    let decided = decided.ok_or(Breach::Event)?;
    let state = State::of(&row.status).map_err(|_| Breach::Change("status"))?;
    let reason = decided.payload.get("reason").and_then(serde_json::Value::as_str);
    let pairs = [
        ("status", made_by(&decided.kind) == Some(state)),
        ("status_reason", row.status_reason.as_deref() == reason),
        ("superseded_by", row.superseded_by.is_some() == (state == State::Superseded)),
        ("changed_at", row.changed_at == last.occurred_at),
        ("changed_pos", row.changed_pos == last.pos),
        ("version", row.version == last.subject_version),
    ];
    match pairs.into_iter().find(|(_, same)| !same) {
        Some((column, _)) => Err(Breach::Change(column)),
        None => Ok(()),
    }
}

/// The event of a certificate that follows its holder to the record theirs became part of.
pub const MOVED: &str = "certificate.moved";
/// The events that give a certificate its status.
pub const DECIDING: [&str; 5] = [
    "certificate.issued",
    "certificate.suspended",
    "certificate.reinstated",
    "certificate.revoked",
    "certificate.superseded",
];

/// The state that an event of this kind leaves a certificate in.
fn made_by(kind: &str) -> Option<State> {
    match kind {
        "certificate.issued" | "certificate.reinstated" => Some(State::Valid),
        "certificate.suspended" => Some(State::Suspended),
        "certificate.revoked" => Some(State::Revoked),
        "certificate.superseded" => Some(State::Superseded),
        _ => None,
    }
}
