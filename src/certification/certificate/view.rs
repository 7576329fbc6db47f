//! A certificate as both faces show it, and the part of it that anyone may see.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use entity::certificate::Model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    rule::CertificateKind,
    state::{CertificateStatus, State},
};
use crate::{
    directory::{organisation::view::OrganisationId, person::view::PersonId, school::view::SchoolId},
    foundation::{
        error::{Error, Result},
        id::{Id, Kind},
    },
    training::{
        batch::view::BatchId,
        enrolment::view::EnrolmentId,
        program::view::{Program, ProgramId},
    },
};

/// The id of a certificate.
pub type CertificateId = Id<Certificate>;

impl Kind for Certificate {
    const NAME: &'static str = "Certificate";
}

/// The id of a community: communities stand above certificates, which know no more of them.
pub type CommunityRef = Id<CommunityKey>;

/// Names the communities in an id.
#[derive(Debug)]
pub struct CommunityKey;

impl Kind for CommunityKey {
    const NAME: &'static str = "Community";
}

/// The signed claim that a person completed a program worth a number of JP (sertifikat).
/// Names and titles are those of the day of issue; later changes to person or program do not touch it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
#[graphql(complex)]
pub struct Certificate {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: CertificateId,
    /// The printed number; unique, never given twice, opens nothing by itself.
    #[schema(example = "000042/BGTKJABAR/2026", max_length = 80)]
    pub number: String,
    /// The random id under which anyone may check it, at `/verify/{verificationId}`.
    #[schema(example = "01ARZ3NDEKTSV4RRFFQ69G5FAV", pattern = "^[0-7][0-9A-HJKMNP-TV-Z]{25}$")]
    pub verification_id: String,
    /// The enrolment whose completion it certifies; null for work in a community.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub enrolment_id: Option<EnrolmentId>,
    /// Whom it is for. After two records of one person were merged: the surviving one.
    #[schema(value_type = String, format = "uuid")]
    pub person_id: PersonId,
    /// What was completed.
    #[schema(value_type = String, format = "uuid")]
    pub program_id: ProgramId,
    /// Which running of it; null for work in a community.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub batch_id: Option<BatchId>,
    /// The community in which it was earned; null for a training.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "uuid")]
    pub community_id: Option<CommunityRef>,
    /// Who issued it.
    #[schema(value_type = String, format = "uuid")]
    pub provider_id: OrganisationId,
    /// The holder's school on the day of issue.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub school_id: Option<SchoolId>,
    /// The holder's region on the day of issue.
    #[schema(example = "32.73", max_length = 13)]
    pub region_code: Option<String>,
    /// The holder's name on the day of issue. Empty once the holder was erased.
    #[schema(example = "Siti Nurhaliza, S.Pd.", max_length = 200)]
    pub holder_name: String,
    /// Whether who the holder is was erased: then delete the name wherever you keep it. What it is worth stays as it
    /// was, and so does the copy that the holder keeps.
    #[serde(default)]
    pub holder_erased: bool,
    /// The program's title on the day of issue.
    #[schema(example = "Pembelajaran Berdiferensiasi", max_length = 200)]
    pub title: String,
    /// Credit hours earned, in JP (jam pelajaran).
    #[schema(example = 32, minimum = 1, maximum = 1000)]
    pub hours_jp: i32,
    /// In which way the holder learned: directly, passed on, or with colleagues in a community. Only direct
    /// hours count for coverage.
    pub kind: CertificateKind,
    /// How often the content was passed on before: 0 for what was not.
    #[schema(example = 0, minimum = 0, maximum = 20)]
    pub generation: i32,
    /// First day of what was completed.
    pub starts_on: NaiveDate,
    /// Last day of what was completed.
    pub ends_on: NaiveDate,
    /// What it is worth today. `expired` follows from `validUntil` alone and is no change of the record.
    pub status: CertificateStatus,
    /// Why it was suspended or revoked; null while it is neither.
    #[schema(max_length = 500)]
    pub status_reason: Option<String>,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// The last day it is good for; null = for ever.
    pub valid_until: Option<NaiveDate>,
    /// The corrected certificate that took its place.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub superseded_by: Option<CertificateId>,
    /// When it was issued, its status last changed, it followed its holder to another record, or its holder was erased.
    pub changed_at: DateTime<Utc>,
    /// Grows by one with every change.
    pub version: i64,
    /// What was signed; present only where one certificate is read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[graphql(skip)]
    pub signed: Option<SignedForm>,
    /// Its place in the one order of changes; what lists are ordered by.
    #[serde(skip)]
    #[graphql(skip)]
    pub changed_pos: i64,
    /// Its program, where the read was planned to bring it along.
    #[serde(skip)]
    #[graphql(skip)]
    pub joined_program: Option<Box<Program>>,
}

/// The frozen claim with its signature: proves the certificate by itself, also offline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignedForm {
    /// Compact JWS (RFC 7515, ES256) over the claim as canonical JSON (RFC 8785); `typ` is `sanggar-certificate+jws`.
    /// Once the holder was erased: the claim without them, of the type `sanggar-certificate-redacted+jws`.
    #[schema(example = "eyJhbGciOiJFUzI1NiIsImtpZCI6Ii4uLiJ9.eyJiYXRjaCI6ey4uLn19.c2lnbmF0dXJl")]
    pub jws: String,
    /// SHA-256 of the signed claim, 64 hex digits.
    #[schema(min_length = 64, max_length = 64)]
    pub hash: String,
    /// The key that signed, by its name in `/.well-known/jwks.json`.
    #[schema(max_length = 64)]
    pub kid: String,
}

impl Certificate {
    /// The view of a row on `today`, the date where the issuer is.
    ///
    /// # Errors
    /// `internal` when a column holds what no rule knows.
    pub fn of(row: Model, today: NaiveDate) -> Result<Self> {
        Ok(Self {
            id: row.id.into(),
            number: row.number,
            verification_id: row.verification_id,
            enrolment_id: row.enrolment_id.map(Into::into),
            person_id: row.person_id.into(),
            program_id: row.program_id.into(),
            batch_id: row.batch_id.map(Into::into),
            community_id: row.community_id.map(Into::into),
            provider_id: row.provider_id.into(),
            school_id: row.school_id.map(Into::into),
            region_code: row.region_code,
            holder_erased: row.holder_name.is_empty(),
            holder_name: row.holder_name,
            title: row.title,
            hours_jp: row.hours_jp,
            kind: CertificateKind::parse(&row.kind)
                .map_err(|f| Error::internal("certificate.kind", f.code))?,
            generation: row.generation,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            status: State::of(&row.status)?.shown(row.valid_until, today),
            status_reason: row.status_reason,
            issued_at: row.issued_at,
            valid_until: row.valid_until,
            superseded_by: row.superseded_by.map(Into::into),
            changed_at: row.changed_at,
            version: row.version,
            signed: None,
            changed_pos: row.changed_pos,
            joined_program: None,
        })
    }
}

/// What issuing for a whole batch did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, SimpleObject, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IssuedCertificates {
    /// The batch.
    #[schema(value_type = String, format = "uuid")]
    pub batch_id: BatchId,
    /// How many certificates were issued now.
    #[schema(example = 28, minimum = 0, maximum = 10000)]
    pub issued: i64,
    /// How many who completed have a certificate from before.
    #[schema(example = 2, minimum = 0, maximum = 10000)]
    pub passed_over: i64,
    /// Enrolments that get none because the certificate of this completion was revoked. Reopen
    /// the enrolment and complete it anew, then issue again.
    #[schema(value_type = Vec<String>, max_items = 10000)]
    pub revoked_enrolment_ids: Vec<EnrolmentId>,
    /// The ids of the certificates issued now, in the order of their numbers.
    #[schema(value_type = Vec<String>, max_items = 10000)]
    pub certificate_ids: Vec<CertificateId>,
}

/// What anyone may know of a certificate who holds its verification id: whether it is
/// genuine and good, what for, and enough of the name to recognise the holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema, SimpleObject)]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    /// The random id of this check, 26 capital letters and digits.
    #[schema(example = "01ARZ3NDEKTSV4RRFFQ69G5FAV", pattern = "^[0-7][0-9A-HJKMNP-TV-Z]{25}$")]
    pub verification_id: String,
    /// What the certificate is worth now.
    pub status: CertificateStatus,
    /// The printed number.
    #[schema(example = "000042/BGTKJABAR/2026", max_length = 80)]
    pub number: String,
    /// The holder's name, masked: first letters and titles only. Whole where the holder agreed to that. Empty once the
    /// holder was erased.
    #[schema(example = "S*** N********, S.Pd.", max_length = 200)]
    pub holder_name: String,
    /// Whether the name is whole, because the holder agreed to that. They may take it back at any time.
    pub holder_name_is_whole: bool,
    /// Whether who the holder is was erased from the registry. The copy that the holder keeps says it, and its
    /// signature still proves it.
    pub holder_erased: bool,
    /// Title of the program that was completed.
    #[schema(example = "Pembelajaran Berdiferensiasi", max_length = 200)]
    pub title: String,
    /// Name of the organisation that issued it, on the day of issue.
    #[schema(example = "BGTK Jawa Barat", max_length = 200)]
    pub provider_name: String,
    /// Credit hours earned, in JP (jam pelajaran).
    #[schema(example = 32, minimum = 1, maximum = 1000)]
    pub hours_jp: i32,
    /// Whether a verified resource person taught, participants of an earlier batch passed it on, or colleagues
    /// worked together in a community.
    pub kind: CertificateKind,
    /// Name of the community in which it was earned, on the day of issue; null for a training.
    #[schema(example = "KKG Gugus Cengkeh", max_length = 150)]
    pub community_name: Option<String>,
    /// First day of what was completed.
    pub starts_on: NaiveDate,
    /// Last day of what was completed.
    pub ends_on: NaiveDate,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// The last day it is good for; null = for ever.
    pub valid_until: Option<NaiveDate>,
    /// When it was suspended, revoked or superseded; null while it is none of these.
    pub status_since: Option<DateTime<Utc>>,
    /// The verification id of the corrected certificate that took its place.
    #[schema(example = "01ARZ3NDEKTSV4RRFFQ69G5FAV", pattern = "^[0-7][0-9A-HJKMNP-TV-Z]{25}$")]
    pub superseded_by: Option<String>,
    /// When this was checked: the answer is true of this moment.
    pub checked_at: DateTime<Utc>,
}
