//! What makes the audit trail a proof: every event is hashed whole into the entry of its
//! write, and every entry is sealed, together with the seal before it, by a secret that is
//! not in the database. Whoever can change rows but has no key cannot make an edit good.

use std::{fmt, str::FromStr};

use entity::{audit_entry, event, ledger};
use hmac::{Hmac, KeyInit, Mac};
use sea_orm::{ConnectionTrait, EntityTrait};
use sha2::{Digest, Sha256};

use super::{
    error::{Error, Result},
    transaction::hex,
};

/// How entries are sealed now. Entries from before have no format.
pub const FORMAT: i32 = 3;

/// Keeps the seals apart from anything else that this secret might ever be used for.
const LABEL: &[u8] = b"sanggar audit entry\n";

/// Seals the entries of the audit trail. Never printed.
#[derive(Clone)]
pub struct AuditKey([u8; 32]);

impl AuditKey {
    /// Seals with these bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The seal of an entry over everything in it but the seal itself: HMAC-SHA-256 of its
    /// canonical JSON (RFC 8785), 64 hex digits.
    ///
    /// # Errors
    /// `internal` when the entry cannot be written as JSON.
    pub fn seal(&self, entry: &audit_entry::Model) -> Result<String> {
        let mut sealed = serde_json::json!({
            "seq": entry.seq,
            "at": entry.at,
            "actor": entry.actor,
            "action": entry.action,
            "subjects": entry.subjects,
            "requestId": entry.request_id,
            "previousHash": entry.previous_hash,
        });
        let more = serde_json::json!({
            "format": entry.format,
            "client": entry.client,
            "account": entry.account,
            "reason": entry.reason,
            "changes": entry.changes,
        });
        // With a format they are all sealed, empty ones too, so that none can be emptied. Entries from before were
        // sealed without them: there they count as soon as something is in them, the format among them.
        let parts = more.as_object().into_iter().flatten();
        for (name, part) in parts.filter(|(_, part)| entry.format.is_some() || !part.is_null()) {
            sealed[name.as_str()] = part.clone();
        }
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0)
            .map_err(|e| Error::internal("seal the audit entry", e))?;
        mac.update(LABEL);
        mac.update(&canonical(&sealed)?);
        Ok(hex(&mac.finalize().into_bytes()))
    }
}

impl fmt::Debug for AuditKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuditKey(hidden)")
    }
}

/// The hash of an event over every column it has: SHA-256 of its canonical JSON (RFC 8785),
/// 64 hex digits.
///
/// # Errors
/// `internal` when it cannot be written as JSON.
pub fn event_hash(event: &event::Model) -> Result<String> {
    let whole = serde_json::json!({
        "pos": event.pos,
        "id": event.id,
        "kind": event.kind,
        "subjectKind": event.subject_kind,
        "subjectId": event.subject_id,
        "subjectVersion": event.subject_version,
        "regionCode": event.region_code,
        "payload": event.payload,
        "actor": event.actor,
        "requestId": event.request_id,
        "occurredAt": event.occurred_at,
    });
    Ok(hex(&Sha256::digest(canonical(&whole)?)))
}

fn canonical(value: &serde_json::Value) -> Result<Vec<u8>> {
    serde_json_canonicalizer::to_vec(value).map_err(|e| Error::internal("write the audit trail", e))
}

/// Where the trail ends: the last entry and its seal, written `SEQ:HASH`. Whoever keeps one
/// outside the database can later tell whether the end was cut off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Number of the entry; 0 before the first.
    pub seq: i64,
    /// Its seal, 64 hex digits; empty before the first.
    pub hash: String,
}

impl Head {
    /// Where the trail ends now.
    ///
    /// # Errors
    /// `internal` when the ledger has no row.
    pub async fn read(db: &impl ConnectionTrait) -> Result<Self> {
        let row = ledger::Entity::find_by_id(1).one(db).await?;
        let row = row.ok_or_else(|| Error::internal("the ledger", "its row is missing"))?;
        Ok(Self { seq: row.audit_seq, hash: row.audit_hash })
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, self.hash)
    }
}

impl FromStr for Head {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let wrong = || "a head is SEQ:HASH, as `sanggar fsck` and the service's log print it".to_owned();
        let (seq, hash) = text.trim().split_once(':').ok_or_else(wrong)?;
        let seq = seq.parse().ok().filter(|seq| *seq >= 0).ok_or_else(wrong)?;
        let whole = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        if whole || (seq == 0 && hash.is_empty()) {
            return Ok(Self { seq, hash: hash.to_ascii_lowercase() });
        }
        Err(wrong())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> audit_entry::Model {
        audit_entry::Model {
            seq: 1,
            at: chrono::DateTime::UNIX_EPOCH,
            actor: "cli".to_owned(),
            action: "certificate.issue".to_owned(),
            subjects: serde_json::json!([]),
            request_id: "r".to_owned(),
            format: Some(FORMAT),
            client: Some("app".to_owned()),
            account: None,
            reason: None,
            changes: None,
            first_pos: Some(1),
            last_pos: Some(1),
            previous_hash: String::new(),
            hash: String::new(),
        }
    }

    #[test]
    fn without_the_key_no_seal_can_be_made() {
        let (ours, theirs) = (AuditKey::new([1; 32]), AuditKey::new([2; 32]));
        assert_eq!(ours.seal(&entry()).unwrap(), ours.seal(&entry()).unwrap());
        assert_ne!(ours.seal(&entry()).unwrap(), theirs.seal(&entry()).unwrap());
        assert_eq!(format!("{ours:?}"), "AuditKey(hidden)");
    }

    #[test]
    fn every_part_is_sealed_whether_there_is_something_in_it_or_not() {
        let (key, whole) = (AuditKey::new([1; 32]), entry());
        let edits: [fn(&mut audit_entry::Model); 7] = [
            |entry| entry.client = None,
            |entry| entry.client = Some(String::new()),
            |entry| entry.account = Some("a".to_owned()),
            |entry| entry.reason = Some("r".to_owned()),
            |entry| entry.changes = Some(serde_json::json!([])),
            |entry| entry.format = Some(FORMAT + 1),
            |entry| (entry.format, entry.client) = (None, None),
        ];
        for edit in edits {
            let mut edited = whole.clone();
            edit(&mut edited);
            assert_ne!(key.seal(&edited).unwrap(), key.seal(&whole).unwrap(), "{edited:?}");
        }
    }

    #[test]
    fn an_entry_from_before_keeps_its_seal_and_takes_nothing_in() {
        let key = AuditKey::new([1; 32]);
        let old = audit_entry::Model { format: None, client: None, ..entry() };
        // The bytes that were sealed then.
        let text = concat!(
            r#"{"action":"certificate.issue","actor":"cli","at":"1970-01-01T00:00:00Z","previousHash":"","#,
            r#""requestId":"r","seq":1,"subjects":[]}"#
        );
        let mut mac = Hmac::<Sha256>::new_from_slice(&[1; 32]).unwrap();
        mac.update(LABEL);
        mac.update(text.as_bytes());
        assert_eq!(key.seal(&old).unwrap(), hex(&mac.finalize().into_bytes()));
        let edits: [fn(&mut audit_entry::Model); 5] = [
            |entry| entry.client = Some("app".to_owned()),
            |entry| entry.account = Some("a".to_owned()),
            |entry| entry.reason = Some("r".to_owned()),
            |entry| entry.changes = Some(serde_json::json!([])),
            |entry| entry.format = Some(FORMAT),
        ];
        for edit in edits {
            let mut edited = old.clone();
            edit(&mut edited);
            assert_ne!(key.seal(&edited).unwrap(), key.seal(&old).unwrap(), "{edited:?}");
        }
    }

    #[test]
    fn a_head_is_read_as_it_is_written() {
        let head = Head { seq: 7, hash: "ab".repeat(32) };
        assert_eq!(head.to_string().parse(), Ok(head));
        assert_eq!("0:".parse(), Ok(Head { seq: 0, hash: String::new() }));
        for wrong in ["", "7", "7:", "x:ab", "-1:", "7:zz"] {
            assert!(wrong.parse::<Head>().is_err(), "{wrong}");
        }
    }
}
