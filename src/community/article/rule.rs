//! What makes an article sound.

use super::input::ShareArticleInput;
use crate::foundation::{
    error::{Fault, Faults},
    text,
};

/// The most authors that are named.
const AUTHORS: usize = 10;
/// The most articles that a community pins at a time.
pub const PINS: u64 = 5;
/// The most articles of one activity.
pub const OF_ACTIVITY: u64 = 50;

/// An article, sound in itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedArticle {
    /// What it is called.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Where it is read.
    pub url: Option<String>,
    /// Its identifier, in small letters, without the resolver.
    pub doi: Option<String>,
    /// Why it matters.
    pub why: String,
}

/// The article, or every fault of it.
pub fn article(input: &ShareArticleInput, faults: &mut Faults) -> Option<CheckedArticle> {
    let title = faults.take("/title", text::line(&input.title, 300));
    let why = faults.take("/why", text::as_given(&input.why, 2_000));
    let url = faults.take("/url", input.url.as_deref().map(https).transpose());
    let doi = faults.take("/doi", input.doi.as_deref().map(doi).transpose());
    faults.require(input.url.is_some() || input.doi.is_some(), "/url", "article_without_address");
    let count = input.authors.len();
    if !(1..=AUTHORS).contains(&count) {
        faults.push(Fault::new("/authors", "authors_out_of_range").with("min", 1).with("max", AUTHORS));
        return None;
    }
    let author = |(i, raw): (usize, &String)| faults.take(&format!("/authors/{i}"), text::line(raw, 120));
    let authors: Vec<_> = input.authors.iter().enumerate().filter_map(author).collect();
    if authors.len() < count {
        return None;
    }
    Some(CheckedArticle { title: title?, authors, url: url?, doi: doi?, why: why? })
}

/// An `https` address.
///
/// # Errors
/// As [`text::web_address`]; `url_not_https`.
pub fn https(raw: &str) -> Result<String, Fault> {
    let address = text::web_address(raw)?;
    if address.starts_with("https://") { Ok(address) } else { Err(Fault::new("", "url_not_https")) }
}

/// A digital object identifier: `10.`, the registrant's number, a slash and the name; in small letters, for
/// letters of both cases are the same there (ISO 26324).
///
/// # Errors
/// `doi_malformed`; as [`text::line`].
pub fn doi(raw: &str) -> Result<String, Fault> {
    let lower = text::line(raw, 220)?.to_ascii_lowercase();
    let bare = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"]
        .iter()
        .find_map(|resolver| lower.strip_prefix(resolver))
        .unwrap_or(&lower);
    let parts = bare.strip_prefix("10.").and_then(|rest| rest.split_once('/'));
    let is_sound = parts.is_some_and(|(registrant, name)| {
        let digits =
            registrant.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
        let plain = name.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b));
        digits && (4..=20).contains(&registrant.len()) && !name.is_empty() && plain
    });
    if is_sound { Ok(bare.to_owned()) } else { Err(Fault::new("", "doi_malformed")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_identifier_is_kept_without_its_resolver() {
        for given in ["10.1234/Contoh.7", "https://doi.org/10.1234/contoh.7", "doi:10.1234/contoh.7"] {
            assert_eq!(doi(given).unwrap(), "10.1234/contoh.7");
        }
        for bad in [
            "10.12/a",
            "11.1234/a",
            "10.1234/",
            "10.1234",
            "10.12a4/x",
            "10.1234/a b",
            "10.1234/<x>",
            "10.1234./x",
        ] {
            assert_eq!(doi(bad).unwrap_err().code, "doi_malformed", "{bad}");
        }
    }

    #[test]
    fn an_article_is_read_over_a_safe_line() {
        assert_eq!(https("http://contoh.id/a").unwrap_err().code, "url_not_https");
        assert_eq!(https("javascript:alert(1)").unwrap_err().code, "url_malformed");
        assert_eq!(https("https://contoh.id/a").unwrap(), "https://contoh.id/a");
    }

    proptest! {
        #[test]
        fn what_was_taken_is_taken_again_and_nothing_brings_it_down(raw in "\\PC{0,40}|10\\.[0-9]{4,9}/[a-zA-Z0-9.()-]{1,20}") {
            if let Ok(kept) = doi(&raw) {
                prop_assert_eq!(doi(&kept).unwrap(), kept);
            }
        }
    }
}
