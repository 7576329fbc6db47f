//! What happened, as written beside the change itself in the same transaction.

use serde_json::Value;

/// One thing that happened to one subject.
#[derive(Debug, Clone)]
pub struct Event {
    /// `certificate.revoked`: the command's name in the past tense.
    pub kind: &'static str,
    /// The noun, in snake_case.
    pub subject_kind: &'static str,
    /// Its id.
    pub subject_id: String,
    /// Its version after the change.
    pub subject_version: i64,
    /// The region it belongs to, for reach; none where it has none.
    pub region_code: Option<String>,
    /// What a consumer needs to know. Never a secret, never a field without a purpose.
    pub payload: Value,
}

impl Event {
    /// `kind` happened to the `subject_kind` with `subject_id`, now at `version`.
    pub fn new(
        kind: &'static str,
        subject_kind: &'static str,
        subject_id: impl ToString,
        subject_version: i64,
    ) -> Self {
        Self {
            kind,
            subject_kind,
            subject_id: subject_id.to_string(),
            subject_version,
            region_code: None,
            payload: Value::Object(serde_json::Map::new()),
        }
    }

    /// In this region.
    #[must_use]
    pub fn in_region(mut self, code: Option<impl Into<String>>) -> Self {
        self.region_code = code.map(Into::into);
        self
    }

    /// With these details.
    #[must_use]
    pub fn with(mut self, payload: Value) -> Self {
        self.payload = payload;
        self
    }
}
