//! Words, in Indonesian (the default) and English. Codes never change with language.

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use std::sync::LazyLock;

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
        named.set(*name, value.clone());
    }
    let mut faults = Vec::new();
    Some(bundle.format_pattern(pattern, Some(&named), &mut faults).into_owned())
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
        Error::Invalid(faults) => match faults.as_slice() {
            [only] => of_fault(language, only),
            many => of_code(language, "invalid", &[("count", many.len().to_string())]),
        },
        Error::Forbidden(action) => of_code(language, "forbidden", &[("action", (*action).to_owned())]),
        Error::NotFound(noun) => {
            let noun = of_code(language, &format!("noun_{noun}"), &[]);
            of_code(language, "not_found", &[("noun", noun)])
        }
        Error::TooLarge(limit) => of_code(language, "too_large", &[("limit", limit.to_string())]),
        other => of_code(language, other.code(), &[]),
    }
}
