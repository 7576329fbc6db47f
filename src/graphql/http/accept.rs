//! Which of the two media types of GraphQL over HTTP a client reads.

use actix_web::HttpRequest;
use actix_web::http::{
    StatusCode,
    header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE},
};

/// The media type of an answer. It decides the status as well: a client that reads
/// `application/graphql-response+json` trusts the status, one that reads
/// `application/json` is told 200 for every well-formed request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// `application/graphql-response+json`
    GraphqlResponse,
    /// `application/json`
    Json,
}

impl Media {
    /// The value of `Content-Type`.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    /// The status of a request error (the document was not run) in a well-formed request.
    pub const fn request_error(self) -> StatusCode {
        match self {
            Self::GraphqlResponse => StatusCode::BAD_REQUEST,
            Self::Json => StatusCode::OK,
        }
    }

    /// The best of ours by `Accept`; `None` when the client reads neither. Without the
    /// header it is `application/graphql-response+json` (the rule since 2025); a wildcard,
    /// which older clients send without thinking, is `application/json`.
    pub fn negotiate(http: &HttpRequest) -> Option<Self> {
        let mut lines = http.headers().get_all(ACCEPT).peekable();
        if lines.peek().is_none() {
            return Some(Self::GraphqlResponse);
        }
        let joined = lines.filter_map(|line| line.to_str().ok()).collect::<Vec<_>>().join(",");
        if joined.trim().is_empty() { Some(Self::GraphqlResponse) } else { best(&joined) }
    }
}

/// How well a list of ranges likes a media type: weight in thousandths, whether by name,
/// and how early it stands.
type Liking = (u16, bool, std::cmp::Reverse<usize>);

fn best(accept: &str) -> Option<Media> {
    let json = liking(accept, "json").map(|liking| (liking, Media::Json));
    let ours = liking(accept, "graphql-response+json").map(|liking| (liking, Media::GraphqlResponse));
    match (json, ours) {
        (Some(json), Some(ours)) => Some(if ours.0 > json.0 { ours.1 } else { json.1 }),
        (one, other) => one.or(other).map(|(_, media)| media),
    }
}

/// The most specific range that holds `application/<subtype>`, unless its weight is nothing.
fn liking(accept: &str, subtype: &str) -> Option<Liking> {
    let mut found: Option<(u8, Liking)> = None;
    for (at, range) in accept.split(',').take(64).enumerate() {
        let mut parts = range.split(';').map(|part| part.trim().to_ascii_lowercase());
        let specific = match parts.next().as_deref() {
            Some("*/*") => 1,
            Some("application/*") => 2,
            Some(name) if name.strip_prefix("application/") == Some(subtype) => 3,
            _ => continue,
        };
        let mut weight = 1_000_u16;
        let mut readable = true;
        for part in parts {
            match part.split_once('=') {
                Some(("q", q)) => weight = (q.parse::<f32>().unwrap_or(0.0).clamp(0.0, 1.0) * 1_000.0) as u16,
                Some(("charset", charset)) => readable &= is_utf8(charset),
                _ => {}
            }
        }
        if readable && found.as_ref().is_none_or(|(before, _)| specific > *before) {
            found = Some((specific, (weight, specific == 3, std::cmp::Reverse(at))));
        }
    }
    found.map(|(_, liking)| liking).filter(|(weight, ..)| *weight > 0)
}

fn is_utf8(charset: &str) -> bool {
    matches!(charset.trim_matches('"').to_ascii_lowercase().as_str(), "utf-8" | "utf8")
}

/// Whether a body is JSON in UTF-8, the only kind that is read. A form is not, so no other
/// site can make a reader's browser send one without asking first.
pub fn is_json(http: &HttpRequest) -> bool {
    let Some(value) = http.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let mut parts = value.split(';').map(|part| part.trim().to_ascii_lowercase());
    parts.next().as_deref() == Some("application/json")
        && parts
            .all(|part| part.split_once('=').is_none_or(|(name, value)| name != "charset" || is_utf8(value)))
}

/// Whether a body says that it is compressed. None is unpacked here: a small body that
/// unpacks to a huge one would be work without a limit.
pub fn is_encoded(http: &HttpRequest) -> bool {
    let mut encodings = http.headers().get_all(CONTENT_ENCODING);
    encodings.any(|value| !value.to_str().is_ok_and(|text| text.trim().eq_ignore_ascii_case("identity")))
}

#[cfg(test)]
mod tests {
    use super::{Media::*, *};

    #[test]
    fn the_accept_header_chooses_between_two_media_types() {
        let cases = [
            ("application/json", Some(Json)),
            ("application/graphql-response+json", Some(GraphqlResponse)),
            (
                "application/graphql-response+json; charset=utf-8, application/json; charset=utf-8",
                Some(GraphqlResponse),
            ),
            ("application/json, application/graphql-response+json", Some(Json)),
            ("application/json;q=0.9, application/graphql-response+json", Some(GraphqlResponse)),
            ("application/graphql-response+json;q=0.8, application/json;q=0.9", Some(Json)),
            ("*/*", Some(Json)),
            ("application/*", Some(Json)),
            ("text/html, */*;q=0.1", Some(Json)),
            ("*/*, application/graphql-response+json", Some(GraphqlResponse)),
            ("application/json;q=0, */*", Some(GraphqlResponse)),
            ("APPLICATION/JSON ; Charset=\"UTF-8\"", Some(Json)),
            ("application/json; charset=iso-8859-1", None),
            ("application/json;q=0", None),
            ("text/html", None),
            ("application/xml, image/*", None),
            ("nonsense", None),
        ];
        for (accept, expected) in cases {
            assert_eq!(best(accept), expected, "{accept}");
        }
    }
}
