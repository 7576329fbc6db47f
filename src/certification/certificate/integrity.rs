//! Whether what is stored of a certificate is what was issued and decided: the frozen
//! payload with its hash and signature, the row beside it, and all the events that brought
//! the row from its issue into its present state. An edit made behind the service's back breaks one of them.
//! Pure: the rows are brought by whoever asks.

use entity::{certificate, certificate_payload, event};
use serde_json::Value;
use uuid::Uuid;

use super::{
    payload::{self, Payload},
    redact::{self, ERASED},
    state::{Change, State},
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
    /// A column says something else than the event of the issue.
    #[error("its {0} is not what was issued")]
    Issue(&'static str),
    /// Its events do not lead from its issue to anything a certificate can be.
    #[error("its events are not those of a certificate: {0}")]
    Event(&'static str),
    /// A column says something else than the events made it.
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
    /// Every event it has, in the order of commits.
    pub events: &'a [event::Model],
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
    // What was redacted is of another media type, so neither form is ever taken for the other.
    let erased = stored.events.iter().find(|event| event.kind == ERASED);
    let proven = match erased {
        None => payload::verify(ring, &sealed.jws),
        Some(_) => redact::verify(ring, &sealed.jws),
    };
    let proven = proven.map_err(Breach::Signature)?;
    if proven.text != sealed.payload {
        return Err(Breach::Text);
    }
    if proven.kid != sealed.kid {
        return Err(Breach::Key);
    }
    if let Some(column) = differing(stored.row, &proven.payload) {
        return Err(Breach::Column(column));
    }
    let story = Story::of(stored.row.id, proven.payload.holder.id, stored.events)?;
    let otherwise = issued_otherwise(stored.row, &proven.payload, &story);
    if let Some(column) = otherwise.or_else(|| told_otherwise(ring, stored.row, &sealed.hash, &story)) {
        return Err(Breach::Issue(column));
    }
    match changed(stored.row, &story) {
        Some(column) => Err(Breach::Change(column)),
        None => Ok(proven.payload),
    }
}

/// The first column that says something else than the payload. The holder may differ: two
/// records of one person become one, and the certificate moves ([`Story`] follows it). The
/// school is in the payload by name only, and the region no more once the holder was erased: the
/// event of the issue says both.
fn differing(row: &certificate::Model, said: &Payload) -> Option<&'static str> {
    let pairs = [
        ("id", row.id == said.certificate_id),
        ("number", row.number == said.number),
        ("verification_id", row.verification_id == said.verification_id.to_string()),
        ("provider_id", row.provider_id == said.issuer.id),
        ("program_id", row.program_id == said.program.id),
        ("batch_id", row.batch_id == said.batch.as_ref().map(|batch| batch.id)),
        ("community_id", row.community_id == said.community.as_ref().map(|community| community.id)),
        ("claim_id", row.claim_id == said.community.as_ref().map(|community| community.claim_id)),
        ("region_code", redact::is_redacted(said) || row.region_code == said.holder.region_code),
        ("holder_name", row.holder_name == said.holder.name),
        ("title", row.title == said.program.title),
        ("hours_jp", u32::try_from(row.hours_jp) == Ok(said.program.jp)),
        ("kind", row.kind == said.kind().as_str()),
        ("generation", u32::try_from(row.generation) == Ok(said.generation())),
        ("starts_on", row.starts_on == said.start_date),
        ("ends_on", row.ends_on == said.end_date),
        ("issued_at", row.issued_at == said.issued_at.instant()),
        ("valid_until", row.valid_until == said.valid_until),
    ];
    pairs.into_iter().find(|(_, same)| !same).map(|(column, _)| column)
}

/// The first column, of those that the payload does not have, that says something else than
/// the event of the issue.
fn issued_otherwise(row: &certificate::Model, said: &Payload, story: &Story<'_>) -> Option<&'static str> {
    let issued = story.issued;
    let text = |name: &str| issued.payload.get(name).and_then(Value::as_str);
    let id = |name: &str| text(name).and_then(|text| text.parse::<Uuid>().ok());
    let completion = issued.payload.get("completion").and_then(Value::as_i64);
    let pairs = [
        ("number", text("number") == Some(row.number.as_str())),
        ("source", row.source == if said.community.is_some() { "community" } else { "training" }),
        ("enrolment_id", id("enrolmentId") == row.enrolment_id),
        ("completion", completion == row.completion.map(i64::from)),
        ("school_id", id("schoolId").filter(|_| story.erased.is_none()) == row.school_id),
        ("region_code", issued.region_code == row.region_code),
        ("holder", id("personId") == Some(said.holder.id)),
    ];
    pairs.into_iter().find(|(_, same)| !same).map(|(column, _)| column)
}

/// Whether the payload is the one that an event tells of: that of the erasure where there was one, else that of the
/// issue, which says its hash in a form that only the service can make; before there was that form, the hash itself.
fn told_otherwise(
    ring: &Keyring,
    row: &certificate::Model,
    hash: &str,
    story: &Story<'_>,
) -> Option<&'static str> {
    let text = |event: &'_ event::Model, name: &str| {
        event.payload.get(name).and_then(Value::as_str).map(str::to_owned)
    };
    let same = match story.erased {
        Some(erased) => text(erased, "hash").as_deref() == Some(hash),
        None => match text(story.issued, "mark") {
            Some(mark) => mark == payload::mark(ring, row.id, hash),
            None => text(story.issued, "hash").as_deref() == Some(hash),
        },
    };
    (!same).then_some("hash")
}

/// What the events of a certificate tell, from its issue to now.
struct Story<'a> {
    issued: &'a event::Model,
    /// The event that gave it its state.
    decided: &'a event::Model,
    last: &'a event::Model,
    /// The event that took the holder out of it.
    erased: Option<&'a event::Model>,
    state: State,
    holder: Uuid,
}

impl<'a> Story<'a> {
    /// Follows the events of the certificate `id`, signed for `holder`. Each must be possible
    /// after the one before it, and none may be missing: their versions count from 1.
    fn of(id: Uuid, holder: Uuid, events: &'a [event::Model]) -> Result<Self, Breach> {
        let (issued, later) = events.split_first().ok_or(Breach::Event("there is none"))?;
        if issued.kind != "certificate.issued" || issued.subject_version != 1 {
            return Err(Breach::Event("the first is not its issue"));
        }
        let story = Self { issued, decided: issued, last: issued, erased: None, state: State::Valid, holder };
        let id = id.to_string();
        if events.iter().any(|event| event.subject_kind != "certificate" || event.subject_id != id) {
            return Err(Breach::Event("one is of another"));
        }
        later.iter().try_fold(story, Self::after)
    }

    fn after(mut self, event: &'a event::Model) -> Result<Self, Breach> {
        if event.subject_version != self.last.subject_version + 1 {
            return Err(Breach::Event("their versions do not follow each other"));
        }
        self.last = event;
        if event.kind == ERASED {
            return self.erase(event);
        }
        if event.kind == MOVED {
            if self.erased.is_some() {
                return Err(Breach::Event("it moved after its holder was erased"));
            }
            let id = |name: &str| event.payload.get(name)?.as_str()?.parse::<Uuid>().ok();
            let from = id("from").filter(|from| *from == self.holder);
            let (Some(_), Some(into)) = (from, id("into")) else {
                return Err(Breach::Event("it moved from another holder than its own"));
            };
            self.holder = into;
            return Ok(self);
        }
        let change = change_of(&event.kind).ok_or(Breach::Event("one is of no known kind"))?;
        self.state = self.state.after(change).map_err(|_| Breach::Event("one could not follow"))?;
        self.decided = event;
        Ok(self)
    }
}

impl<'a> Story<'a> {
    /// The holder goes once, and nobody but the holder.
    fn erase(mut self, event: &'a event::Model) -> Result<Self, Breach> {
        let whose = event.payload.get("personId").and_then(Value::as_str).and_then(|id| id.parse().ok());
        if self.erased.is_some() || whose != Some(self.holder) {
            return Err(Breach::Event("another than its holder was erased"));
        }
        self.erased = Some(event);
        Ok(self)
    }
}

/// The first column that is not as the events left it.
fn changed(row: &certificate::Model, story: &Story<'_>) -> Option<&'static str> {
    let reason = story.decided.payload.get("reason").and_then(Value::as_str);
    let pairs = [
        ("status", row.status == story.state.as_str()),
        ("status_reason", row.status_reason.as_deref() == reason),
        ("superseded_by", row.superseded_by.is_some() == (story.state == State::Superseded)),
        ("holder", row.person_id == story.holder),
        ("changed_at", row.changed_at == story.last.occurred_at),
        ("changed_pos", row.changed_pos == story.last.pos),
        ("version", row.version == story.last.subject_version),
    ];
    pairs.into_iter().find(|(_, same)| !same).map(|(column, _)| column)
}

/// The event of a certificate that follows its holder to the record theirs became part of.
pub const MOVED: &str = "certificate.moved";

/// The change that an event of this kind tells of.
fn change_of(kind: &str) -> Option<Change> {
    match kind {
        "certificate.suspended" => Some(Change::Suspend),
        "certificate.reinstated" => Some(Change::Reinstate),
        "certificate.revoked" => Some(Change::Revoke),
        "certificate.superseded" => Some(Change::Supersede),
        _ => None,
    }
}
