//! Words, in Indonesian (the default) and English. Codes never change with language.

use chrono::{DateTime, Datelike};
use chrono_tz::{OffsetName, Tz};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use std::sync::{LazyLock, OnceLock};

use super::error::{Error, Fault};

/// The languages Sanggar speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Bahasa Indonesia.
    #[default]
    Indonesian,
    /// English.
    English,
}

impl Language {
    /// The best of ours for an `Accept-Language` header (RFC 9110 §12.5.4).
    pub fn from_accept(header: Option<&str>) -> Self {
        let mut best = (0_u16, Self::default());
        for range in header.unwrap_or_default().split(',').take(32) {
            let mut parts = range.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default().to_ascii_lowercase();
            let weight = parts
                .find_map(|p| p.strip_prefix("q="))
                .map_or(1.0, |q| q.parse::<f32>().unwrap_or_default().clamp(0.0, 1.0));
            let language = match tag.split('-').next() {
                Some("id" | "in" | "ms") => Self::Indonesian,
                Some("en") => Self::English,
                _ => continue,
            };
            let weight = (weight * 1000.0) as u16;
            if weight > best.0 {
                best = (weight, language);
            }
        }
        best.1
    }

    /// BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Indonesian => "id",
            Self::English => "en",
        }
    }
}

type Bundle = FluentBundle<FluentResource>;

static INDONESIAN: LazyLock<Bundle> = LazyLock::new(|| bundle("id", crate::locales::INDONESIAN));
static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle("en", crate::locales::ENGLISH));

fn bundle(tag: &str, files: &[&str]) -> Bundle {
    let mut bundle = Bundle::new_concurrent(tag.parse().into_iter().collect());
    bundle.set_use_isolating(false);
    for file in files {
        // A text with a fault loses that one entry; a test holds that there is none.
        let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(part, _)| part);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The text with key `key`, or `None` where the catalogue has none.
pub fn text(language: Language, key: &str, args: &[(&'static str, String)]) -> Option<String> {
    let bundle: &Bundle = match language {
        Language::Indonesian => &INDONESIAN,
        Language::English => &ENGLISH,
    };
    let pattern = bundle.get_message(key)?.value()?;
    let mut named = FluentArgs::new();
    for (name, value) in args {
        named.set(*name, worded(language, key, name, value));
    }
    let mut faults = Vec::new();
    Some(bundle.format_pattern(pattern, Some(&named), &mut faults).into_owned())
}

static ZONE: OnceLock<Tz> = OnceLock::new();

/// From now on texts show instants in this time zone, the issuer's. The first call counts; Asia/Jakarta until then.
pub fn show_instants_in(zone: Tz) {
    let _ = ZONE.set(zone);
}

/// A value as a sentence wants it: a number that can be counted by, an instant where the issuer is, and
/// words in place of codes of actions, states and requirements.
fn worded(language: Language, key: &str, name: &str, value: &str) -> FluentValue<'static> {
    let words = |key: String| text(language, &key.replace(['_', '.'], "-"), &[]);
    let told = match name {
        "action" => words(format!("action-{value}")),
        // The code's first words say whose state it is: `batch_not_open`, `credit_scheme_not_draft`.
        "status" => noun_of(key).find_map(|noun| words(format!("status-{noun}-{value}"))),
        "unmet" => {
            let all = value.split(", ").map(|code| words(format!("requirement-{code}")));
            all.collect::<Option<Vec<_>>>().map(|all| all.join(", "))
        }
        _ => moment(language, value),
    };
    if let Some(told) = told {
        return FluentValue::from(told);
    }
    match value.parse::<i32>() {
        Ok(number) if number.to_string() == value => FluentValue::from(number),
        _ => FluentValue::from(value.to_owned()),
    }
}

/// What a code may begin with, the longest first.
fn noun_of(key: &str) -> impl Iterator<Item = &str> {
    let ends: Vec<usize> = key.match_indices('-').map(|(at, _)| at).collect();
    ends.into_iter().rev().filter_map(|end| key.get(..end))
}

/// An RFC 3339 instant as people say it, such as 1 Desember 2026 pukul 07.00 WIB.
fn moment(language: Language, value: &str) -> Option<String> {
    let at = DateTime::parse_from_rfc3339(value).ok()?;
    let at = at.with_timezone(ZONE.get().unwrap_or(&Tz::Asia__Jakarta));
    let time = match language {
        Language::Indonesian => at.format("%H.%M"),
        Language::English => at.format("%H:%M"),
    };
    let zone = at.offset().abbreviation().map_or_else(|| at.format("%z").to_string(), str::to_owned);
    let args = [
        ("day", at.day().to_string()),
        ("month", text(language, &format!("month-{}", at.month()), &[])?),
        ("year", at.year().to_string()),
        ("time", time.to_string()),
        ("zone", zone),
    ];
    text(language, "moment", &args)
}

/// The text of a code (its underscores are dashes in the catalogue).
pub fn of_code(language: Language, code: &str, args: &[(&'static str, String)]) -> String {
    text(language, &code.replace('_', "-"), args).unwrap_or_else(|| code.to_owned())
}

/// What to tell a person about a fault.
pub fn of_fault(language: Language, fault: &Fault) -> String {
    of_code(language, fault.code, &fault.args)
}

/// What to tell a person about an error.
pub fn of_error(language: Language, error: &Error) -> String {
    match error {
        Error::Malformed(fault) | Error::Conflict(fault) => of_fault(language, fault),
        Error::Conflicts(faults) => {
            let told: Vec<String> = faults.iter().map(|fault| of_fault(language, fault)).collect();
            told.join(" ")
        }
        Error::Unreadable(faults) | Error::Invalid(faults) => match faults.as_slice() {
            [only] => of_fault(language, only),
            many => of_code(language, "invalid", &[("count", many.len().to_string())]),
        },
        Error::Forbidden(action) => of_code(language, "forbidden", &[("action", (*action).to_owned())]),
        Error::InsufficientScope(scope) => {
            of_code(language, "insufficient_scope", &[("scope", (*scope).to_owned())])
        }
        Error::TooMany(seconds) => {
            of_code(language, "too_many_requests", &[("seconds", seconds.to_string())])
        }
        Error::NotFound(super::error::ADDRESS) => of_code(language, "address_unknown", &[]),
        Error::NotFound(noun) => {
            let noun = of_code(language, &format!("noun_{noun}"), &[]);
            of_code(language, "not_found", &[("noun", noun)])
        }
        Error::TooLarge(limit) => of_code(language, "too_large", &[("limit", limit.to_string())]),
        other => of_code(language, other.code(), &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(code: &str, args: &[(&'static str, &str)]) -> (String, String) {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        (of_code(Language::Indonesian, code, &args), of_code(Language::English, code, &args))
    }

    #[test]
    fn an_instant_is_told_where_the_issuer_is() {
        let (id, en) = both("registration_not_yet_open", &[("opens", "2026-12-01T00:00:00Z")]);
        assert!(id.contains("1 Desember 2026 pukul 07.00 WIB"), "{id}");
        assert!(en.contains("1 December 2026, 07:00 WIB"), "{en}");
    }

    #[test]
    fn states_and_actions_are_told_in_words() {
        let (id, en) = both("batch_not_closed", &[("status", "open")]);
        assert!(id.contains("dibuka") && !id.contains("open"), "{id}");
        assert!(en.contains("\"open\""), "{en}");
        let (id, _) = both("enrolment_not_accepted", &[("status", "not_completed")]);
        assert!(id.contains("tidak selesai") && !id.contains("not_completed"), "{id}");
        let (id, en) = both("forbidden", &[("action", "certificate.revoke")]);
        assert!(id.contains("mencabut sertifikat") && en.contains("revoking a certificate"), "{id} {en}");
        let (id, _) = both("requirements_not_met", &[("unmet", "attendance, score")]);
        assert!(id.contains("kehadiran, nilai"), "{id}");
    }

    #[test]
    fn one_is_counted_as_one() {
        let of = |n: &str| both("session_without_resource_person", &[("sessions", n)]).1;
        assert!(of("1").starts_with("1 session has no"), "{}", of("1"));
        assert!(of("2").starts_with("2 sessions have no"), "{}", of("2"));
        let text = both("invalid", &[("count", "1")]).1;
        assert!(text.starts_with("1 field is"), "{text}");
    }

    #[test]
    fn a_long_number_stays_as_it_was_written() {
        let (id, _) = both("too_large", &[("limit", "12345678901234567890")]);
        assert!(id.contains("12345678901234567890"), "{id}");
    }
}
