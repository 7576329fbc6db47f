//! What a certificate says, frozen at issue. The payload is written as canonical JSON
//! (RFC 8785), hashed and signed once; nothing updates it afterwards, but that a holder who is erased is
//! taken out of it ([`redact`](super::redact)). Everything it
//! names (holder, program, provider) is a copy of that day, so later renames change
//! no certificate. It never holds NUPTK, NIP or NIK.
//!
//! Open Badges credentials are another representation of the same claim, made from
//! this payload; `schemaVersion` tells which fields there are.

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::rule::CertificateKind;
use super::verification_id::VerificationId;
use crate::access::jws::{self, Flaw};
use crate::access::keys::{Keyring, Purpose};
use crate::access::seal::{Seal, SealedFor};
use crate::foundation::error::{Error, Result};
use crate::training::batch::rule::BatchKind;
use crate::training::enrolment::completion::{Requirement, RequirementLine};

/// The fields of a training's certificate. A change of their meaning is a new number, never an edit.
pub const SCHEMA_VERSION: u32 = 1;
/// The fields of a certificate for work in a community: `community` stands in the place of `batch`, so
/// that no reader of the first kind takes it for a training.
pub const COMMUNITY_SCHEMA_VERSION: u32 = 2;
/// The media type in the header of a signed certificate.
pub const TYP: &str = "sanggar-certificate+jws";

/// What a certificate says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Payload {
    /// Which fields there are: [`SCHEMA_VERSION`] or [`COMMUNITY_SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The certificate's id.
    pub certificate_id: Uuid,
    /// The printed number; unique, opens nothing by itself.
    pub number: String,
    /// The random id under which anyone may check the certificate.
    pub verification_id: VerificationId,
    /// Who issued it.
    pub issuer: Issuer,
    /// Whom it is for.
    pub holder: Holder,
    /// What was completed.
    pub program: Program,
    /// Which running of it, for a training.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<Batch>,
    /// Where it was earned, for work in a community.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub community: Option<Community>,
    /// First day.
    pub start_date: NaiveDate,
    /// Last day.
    pub end_date: NaiveDate,
    /// When it was issued, whole seconds.
    pub issued_at: WholeSeconds,
    /// The last day it is good for; absent = for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// Why the holder completed: each requirement with what was asked and reached.
    pub completion: Vec<CompletionLine>,
}

/// The organisation that issued a certificate, by its name of that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Issuer {
    /// The organisation's id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// The person a certificate is for, as they were on the day of issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Holder {
    /// The person's id.
    pub id: Uuid,
    /// Full name, with titles.
    pub name: String,
    /// Kind of person: `teacher`, `pre_service_teacher`, …
    pub person_kind: String,
    /// Kind of employment (`civil_servant`, `honorary`, …), where employed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employment: Option<String>,
    /// Name of the school, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school_name: Option<String>,
    /// National number of the school, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub npsn: Option<String>,
    /// Code of the region, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region_code: Option<String>,
}

/// The program, by its title of that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Program {
    /// The program's id.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// PD form: `in_service`, `study_group`, …
    pub form: String,
    /// Credit hours earned, in JP.
    pub jp: u32,
}

/// The batch, and how near to a resource person it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Batch {
    /// The batch's id.
    pub id: Uuid,
    /// Its name, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `direct` or `cascade`.
    pub kind: BatchKind,
    /// 0 for direct, else how many hands the content passed through.
    pub generation: u32,
}

/// The community in which it was earned, and by which rules. Peer sharing is neither direct nor cascade
/// training, and nothing here says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Community {
    /// The community's id.
    pub id: Uuid,
    /// Its name of that day.
    pub name: String,
    /// What kind of group it is: `kkg`, `mgmp`, …
    pub kind: String,
    /// The id of what was claimed.
    pub claim_id: Uuid,
    /// Code of the credit scheme.
    pub scheme_code: String,
    /// Its edition, counted from 1.
    pub scheme_edition: u32,
    /// What was done, and for how many JP it counts.
    pub components: Vec<Component>,
}

/// One part of what was done in a community. `completion` has its numbers under the same code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Component {
    /// Its code in the scheme.
    pub code: String,
    /// What it is called there.
    pub title: String,
    /// How many activities counted.
    pub activities: u32,
    /// Credit hours for them, in JP.
    pub jp: u32,
}

/// One requirement of the pass rule, or one component of a credit scheme, with what was asked and what was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompletionLine {
    /// Which requirement, with its unit: `attendance_minutes`, `score`; in a community the component's code.
    pub requirement: String,
    /// What was asked.
    pub required: u32,
    /// What was reached; absent when there is none, such as no score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<u32>,
    /// Whether that is enough.
    pub met: bool,
}

impl From<&RequirementLine> for CompletionLine {
    fn from(line: &RequirementLine) -> Self {
        let whole = |number: i64| u32::try_from(number.max(0)).unwrap_or(u32::MAX);
        let requirement = match line.requirement {
            Requirement::Attendance => format!("attendance_{}", line.unit),
            Requirement::Score => "score".to_owned(),
        };
        Self { requirement, required: whole(line.required), actual: line.actual.map(whole), met: line.met }
    }
}

/// An instant without a fraction of a second, so that it has one spelling
/// (`2026-11-22T13:44:00Z`) in every representation of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WholeSeconds(DateTime<Utc>);

impl WholeSeconds {
    /// `instant` without its fraction.
    pub fn of(instant: DateTime<Utc>) -> Self {
        Self(instant.trunc_subsecs(0))
    }

    /// The instant.
    pub fn instant(self) -> DateTime<Utc> {
        self.0
    }
}

impl Serialize for WholeSeconds {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.format("%Y-%m-%dT%H:%M:%SZ"))
    }
}

impl<'de> Deserialize<'de> for WholeSeconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        DateTime::<Utc>::deserialize(deserializer).map(Self::of)
    }
}

impl Payload {
    /// In which way the holder learned.
    pub fn kind(&self) -> CertificateKind {
        self.batch.as_ref().map_or(CertificateKind::Community, |batch| batch.kind.into())
    }

    /// How many hands the content passed through; 0 for what was not passed on.
    pub fn generation(&self) -> u32 {
        self.batch.as_ref().map_or(0, |batch| batch.generation)
    }

    /// Whether it has the fields that its number promises: a batch or a community, never both.
    fn has_its_fields(&self) -> bool {
        match self.schema_version {
            SCHEMA_VERSION => self.batch.is_some() && self.community.is_none(),
            COMMUNITY_SCHEMA_VERSION => self.batch.is_none() && self.community.is_some(),
            _ => false,
        }
    }

    /// The payload as canonical JSON (RFC 8785): one text for one meaning.
    ///
    /// # Errors
    /// `Internal` when it cannot be written, which no value of these types makes happen.
    pub fn canonical(&self) -> Result<String> {
        serde_json_canonicalizer::to_string(self).map_err(|e| Error::internal("write a payload", e))
    }

    /// Freezes and signs the payload with the current certificate key.
    ///
    /// # Errors
    /// As [`canonical`](Self::canonical).
    pub fn sign(&self, ring: &Keyring) -> Result<Signed> {
        self.sign_as(ring, TYP)
    }

    /// As [`sign`](Self::sign), as a message of another media type.
    ///
    /// # Errors
    /// As [`canonical`](Self::canonical).
    pub(super) fn sign_as(&self, ring: &Keyring, typ: &str) -> Result<Signed> {
        let canonical = self.canonical()?;
        let key = ring.signer(Purpose::Certificate);
        let jws = jws::sign(key, typ, canonical.as_bytes());
        Ok(Signed { hash: hash(&canonical), kid: key.kid().to_owned(), jws, canonical })
    }
}

/// A frozen payload, as the insert-only table keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Canonical JSON: exactly the signed bytes.
    pub canonical: String,
    /// SHA-256 of it, 64 hex digits.
    pub hash: String,
    /// The key that signed.
    pub kid: String,
    /// Compact JWS over the canonical bytes; proves the certificate by itself, also offline.
    pub jws: String,
}

/// What the event of an issue keeps of a hash: whoever has the database cannot try names against it, for nobody but the
/// service can make it.
pub fn mark(ring: &Keyring, certificate: Uuid, hash: &str) -> String {
    Seal::new(ring, SealedFor::Certificate).mark(certificate, hash)
}

/// SHA-256 of `text`, 64 hex digits.
pub fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A payload whose signature holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// What the certificate says.
    pub payload: Payload,
    /// The signed text.
    pub text: String,
    /// The key that signed it.
    pub kid: String,
}

/// The payload of a signed certificate, once signature and canonical form hold.
///
/// # Errors
/// The first [`Flaw`]: nothing of an unproven certificate is handed out.
pub fn verify(ring: &Keyring, jws: &str) -> std::result::Result<Proven, Flaw> {
    verify_as(ring, jws, TYP)
}

/// As [`verify`], of a message of another media type.
pub(super) fn verify_as(ring: &Keyring, jws: &str, typ: &str) -> std::result::Result<Proven, Flaw> {
    let checked = jws::verify(jws, typ, |kid| ring.public(Purpose::Certificate, kid))?;
    let payload: Payload = serde_json::from_slice(&checked.payload).map_err(|_| Flaw::Malformed)?;
    if !payload.has_its_fields() {
        return Err(Flaw::Malformed);
    }
    match payload.canonical() {
        Ok(text) if text.as_bytes() == checked.payload => Ok(Proven { payload, text, kid: checked.kid }),
        _ => Err(Flaw::NotCanonical),
    }
}

#[cfg(test)]
pub(super) use tests::sample;

#[cfg(test)]
mod tests;
