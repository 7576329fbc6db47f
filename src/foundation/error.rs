//! The one error type of the domain, free of any transport. Each face maps it
//! once (`rest::problem`, `graphql::error`); words come from the catalogue in
//! `locales/`, so a code has the same meaning everywhere and a text per language.

use std::borrow::Cow;

/// What every command and read answers with when it cannot do as asked.
pub type Result<T> = std::result::Result<T, Error>;

/// The noun of an address that nobody serves, for [`Error::NotFound`].
pub const ADDRESS: &str = "address";

/// Why something was refused.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The caller did not say who it is, or its token is not good (401).
    #[error("unauthenticated: {0}")]
    Unauthenticated(&'static str),
    /// Inside the caller's reach, but not allowed to it (403). Names the action.
    #[error("forbidden: {0}")]
    Forbidden(&'static str),
    /// The caller may, but the app through which it came was not allowed to (403). Names the scope it needs.
    #[error("insufficient scope: {0}")]
    InsufficientScope(&'static str),
    /// Absent, or outside the caller's reach: deliberately the same (404). Names the noun.
    #[error("not found: {0}")]
    NotFound(&'static str),
    /// Could not be read at all: broken JSON, a forged cursor, a malformed id (400).
    #[error("malformed: {}", .0.code)]
    Malformed(Box<Fault>),
    /// Parameters that could not be read (400). Always holds every fault, never only the first.
    #[error("unreadable parameters: {}", faults_line(.0))]
    Unreadable(Vec<Fault>),
    /// Read, but invalid (422). Always holds every fault, never only the first.
    #[error("invalid: {}", faults_line(.0))]
    Invalid(Vec<Fault>),
    /// A rule of the domain says no (409). The code names the rule.
    #[error("conflict: {}", .0.code)]
    Conflict(Box<Fault>),
    /// Several rules of the domain say no at once (409). The code names the first; all are told.
    #[error("conflict: {}", faults_line(.0))]
    Conflicts(Vec<Fault>),
    /// `If-Match` names a version that is no longer the current one (412).
    #[error("stale version")]
    Stale,
    /// An update came without `If-Match` (428).
    #[error("precondition required")]
    PreconditionRequired,
    /// The idempotency key stood for another request before (422).
    #[error("idempotency key reused")]
    KeyReused,
    /// The client took too long over its request (408).
    #[error("request timeout")]
    TimedOut,
    /// More than the caller may do in this time (429). Seconds until there is room again, at least one.
    #[error("too many requests: wait {0} seconds")]
    TooMany(u64),
    /// The body is larger than the operation takes (413). Limit in bytes.
    #[error("too large: limit {0} bytes")]
    TooLarge(u64),
    /// The body's media type is not one the operation reads (415).
    #[error("unsupported media type")]
    UnsupportedMedia,
    /// Too busy, or a dependency is away (503). Safe to retry; nothing was done.
    #[error("unavailable: {0}")]
    Unavailable(Cow<'static, str>),
    /// The change was sent to be committed and no answer came: it may have been made (503). Asked
    /// again with the same idempotency key, the answer is what came of it.
    #[error("the outcome is unknown")]
    OutcomeUnknown,
    /// Our fault (500). The source is logged, never shown.
    #[error("internal: {what}")]
    Internal {
        /// What was being done, and what went wrong.
        what: String,
        /// Whether the same transaction may succeed when run again (a serialisation failure, a deadlock).
        transient: bool,
    },
}

/// One thing that is wrong, where, and by which rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// RFC 6901 pointer into the request (`/capacity`, `/rows/3/minutes`); empty = the whole.
    pub pointer: String,
    /// Stable code; the key of its text in `locales/*.ftl` (underscores become dashes).
    pub code: &'static str,
    /// Named values the text may use.
    pub args: Vec<(&'static str, String)>,
}

impl Fault {
    /// A fault of the field at `pointer`, by the rule `code`.
    pub fn new(pointer: impl Into<String>, code: &'static str) -> Self {
        Self { pointer: pointer.into(), code, args: Vec::new() }
    }

    /// The same fault with a value its text may name.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// That the text at `pointer` is not JSON, and where it stops being so.
    pub fn not_json(pointer: impl Into<String>, error: &serde_json::Error) -> Self {
        Self::new(pointer, "json_malformed").with("line", error.line()).with("column", error.column())
    }
}

impl Error {
    /// A domain rule that says no, by its code.
    pub fn conflict(code: &'static str) -> Self {
        Self::Conflict(Box::new(Fault::new("", code)))
    }

    /// A domain rule that says no, with values for its text.
    pub fn conflict_with(fault: Fault) -> Self {
        Self::Conflict(Box::new(fault))
    }

    /// `Ok` when no rule says no, else all that do.
    pub fn conflicts(mut faults: Vec<Fault>) -> Result<()> {
        match (faults.pop(), faults.is_empty()) {
            (None, _) => Ok(()),
            (Some(only), true) => Err(Self::conflict_with(only)),
            (Some(last), false) => {
                faults.push(last);
                Err(Self::Conflicts(faults))
            }
        }
    }

    /// One invalid field.
    pub fn invalid(pointer: impl Into<String>, code: &'static str) -> Self {
        Self::Invalid(vec![Fault::new(pointer, code)])
    }

    /// Something that could not be read at all.
    pub fn malformed(pointer: impl Into<String>, code: &'static str) -> Self {
        Self::Malformed(Box::new(Fault::new(pointer, code)))
    }

    /// A fault of ours, with what was being done when it happened.
    pub fn internal(what: &str, source: impl std::fmt::Display) -> Self {
        Self::Internal { what: format!("{what}: {source}"), transient: false }
    }

    /// Whether it is an answer to what was asked, not a trouble of the service's own.
    pub const fn is_refusal(&self) -> bool {
        !matches!(self, Self::Unavailable(_) | Self::OutcomeUnknown | Self::Internal { .. })
    }

    /// The stable code, the same in both faces and in every language.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated(code) => code,
            Self::Forbidden(_) => "forbidden",
            Self::InsufficientScope(_) => "insufficient_scope",
            Self::TooMany(_) => "too_many_requests",
            Self::NotFound(_) => "not_found",
            Self::Malformed(fault) | Self::Conflict(fault) => fault.code,
            Self::Unreadable(_) => "parameter_malformed",
            Self::Conflicts(faults) => faults.first().map_or("conflict", |first| first.code),
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale_version",
            Self::PreconditionRequired => "precondition_required",
            Self::KeyReused => "idempotency_key_reused",
            Self::TimedOut => "request_timeout",
            Self::TooLarge(_) => "too_large",
            Self::UnsupportedMedia => "unsupported_media_type",
            Self::Unavailable(_) => "unavailable",
            Self::OutcomeUnknown => "outcome_unknown",
            Self::Internal { .. } => "internal",
        }
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(source: sea_orm::DbErr) -> Self {
        super::store::classify(&source)
    }
}

fn faults_line(faults: &[Fault]) -> String {
    faults.iter().map(|f| format!("{} {}", f.pointer, f.code)).collect::<Vec<_>>().join(", ")
}

/// Gathers faults so that a caller learns all of them at once.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// None so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a fault.
    pub fn push(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    /// Adds all of another gathering.
    pub fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// The same faults, each under `pointer`.
    #[must_use]
    pub fn under(self, pointer: &str) -> Self {
        let deeper = |fault: Fault| Fault { pointer: format!("{pointer}{}", fault.pointer), ..fault };
        Self(self.0.into_iter().map(deeper).collect())
    }

    /// Adds a fault of `pointer` by rule `code` unless `holds`.
    pub fn require(&mut self, holds: bool, pointer: &str, code: &'static str) {
        if !holds {
            self.0.push(Fault::new(pointer, code));
        }
    }

    /// The value of a parse, or its fault noted under `pointer`.
    pub fn take<T>(&mut self, pointer: &str, parsed: std::result::Result<T, Fault>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(mut fault) => {
                fault.pointer = format!("{pointer}{}", fault.pointer);
                self.0.push(fault);
                None
            }
        }
    }

    /// Whether nothing is wrong so far.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `Ok` when nothing is wrong, else every fault.
    pub fn done(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }
}
