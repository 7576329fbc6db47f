//! Where codes may be sent: redirect URIs as they are registered and as they are compared (OAuth 2.1, section 2.3.1;
//! RFC 8252, section 7). A code that goes to the wrong address is an account in the wrong hands, so an address has one
//! spelling, and is compared letter by letter. Pure.

use url::{Host, Url};

use crate::foundation::error::Fault;

/// The most redirect URIs of one client.
pub const MOST: usize = 10;
/// The longest redirect URI, in bytes.
pub const MAX_BYTES: usize = 512;

/// The hosts that are this machine itself, as they stand in an address. A name such as `localhost` can be made to lead
/// elsewhere (RFC 8252, section 8.3).
const LOOPBACKS: [&str; 2] = ["http://127.0.0.1", "http://[::1]"];

/// Whether `uri` may be registered: `https` with a host name, `http` on the machine itself (RFC 8252, section 7.3), or a
/// scheme of the app's own, its domain turned round (`id.sekolah.app:/callback`; section 7.1). Without fragment,
/// user, wildcard or odd characters, in the one spelling that addresses have, at most [`MAX_BYTES`] long.
///
/// # Errors
/// `redirect_uri_malformed`; `redirect_uri_not_allowed` where it is an address, but of none of these kinds.
pub fn check(uri: &str) -> Result<(), Fault> {
    let malformed = || Fault::new("", "redirect_uri_malformed");
    // Of printable ASCII, what has no place in an address, and what somebody might take for "any".
    let plain = uri.bytes().all(|b| b.is_ascii_graphic() && !b"\"#*<>\\^`{|}".contains(&b));
    if !plain || uri.is_empty() || uri.len() > MAX_BYTES {
        return Err(malformed());
    }
    let url = Url::parse(uri).map_err(|_| malformed())?;
    if !url.username().is_empty() || url.password().is_some() || uri.contains('@') {
        return Err(malformed());
    }
    // A second spelling of the same address would be compared wrongly, here or by a browser.
    if url.as_str() != uri && url.as_str().strip_suffix('/') != Some(uri) {
        return Err(malformed());
    }
    let allowed = match url.scheme() {
        "https" => matches!(url.host(), Some(Host::Domain(name)) if name.trim_matches('.').contains('.')),
        "http" => at_loopback(uri).is_some(),
        scheme => {
            is_turned_round(scheme) && uri.get(scheme.len()..).is_some_and(|rest| rest.starts_with(":/"))
        }
    };
    if allowed { Ok(()) } else { Err(Fault::new("", "redirect_uri_not_allowed")) }
}

/// Whether a scheme is a domain turned round (RFC 8252, section 7.1): at least two names with a dot between them.
fn is_turned_round(scheme: &str) -> bool {
    let mut names = 0;
    let sound = scheme.split('.').all(|name| {
        names += 1;
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    });
    sound && names >= 2
}

/// Host and rest of an address on the machine itself, the port left out.
fn at_loopback(uri: &str) -> Option<(&'static str, &str)> {
    let (host, rest) = LOOPBACKS.into_iter().find_map(|host| Some((host, uri.strip_prefix(host)?)))?;
    let rest = match rest.strip_prefix(':') {
        None => rest,
        Some(after) => {
            let end = after.find(['/', '?']).unwrap_or(after.len());
            let (port, rest) = after.split_at_checked(end)?;
            let digits = (1..=5).contains(&port.len()) && port.bytes().all(|b| b.is_ascii_digit());
            if !digits || port.parse::<u16>().is_ok_and(|port| port == 0) || port.parse::<u16>().is_err() {
                return None;
            }
            rest
        }
    };
    (rest.is_empty() || rest.starts_with(['/', '?'])).then_some((host, rest))
}

/// Whether a code may be sent to `asked`: it is one of the `registered`, letter by letter; on the machine itself any port
/// will do, for an app takes one that is free when it asks (RFC 8252, section 7.3).
pub fn matches(registered: &[String], asked: &str) -> bool {
    registered
        .iter()
        .any(|uri| uri == asked || at_loopback(asked).is_some_and(|asked| at_loopback(uri) == Some(asked)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn three_kinds_of_addresses_may_be_registered() {
        for good in [
            "https://app.sekolah.id/callback",
            "https://app.sekolah.id:8443/callback?kind=app",
            "https://app.sekolah.id",
            "http://127.0.0.1/callback",
            "http://127.0.0.1:8400/callback",
            "http://[::1]/callback",
            "id.sekolah.app:/callback",
            "id.sekolah.app://callback",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn what_could_send_a_code_elsewhere_is_refused() {
        let code = |uri: &str| check(uri).unwrap_err().code;
        for bad in [
            "",
            "/callback",
            "https://app.sekolah.id/callback#part",
            "https://user@app.sekolah.id/callback",
            "https://user:secret@app.sekolah.id/callback",
            "https://*.sekolah.id/callback",
            "https://app.sekolah.id/*",
            "https://app.sekolah.id/a b",
            "https://app.sekolah.id/\u{202e}kcabllac",
            "https://app.sekolah.id/\u{0}",
            "https://app.sekolah.id\\@elsewhere.id/",
            "https://APP.sekolah.id/callback",
            "https://app.sekolah.id:443/callback",
            "https://app.sekolah.id/a/../b",
            "http://127.1/callback",
        ] {
            assert_eq!(code(bad), "redirect_uri_malformed", "{bad}");
        }
        for bad in [
            "http://app.sekolah.id/callback",
            "http://localhost/callback",
            "https://localhost/callback",
            "https://10.0.0.1/callback",
            "http://127.0.0.1.elsewhere.id/callback",
            "myapp:/callback",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "id.sekolah.app:callback",
        ] {
            assert_eq!(code(bad), "redirect_uri_not_allowed", "{bad}");
        }
        assert_eq!(
            code(&format!("https://app.sekolah.id/{}", "a".repeat(MAX_BYTES))),
            "redirect_uri_malformed"
        );
    }

    #[test]
    fn on_the_machine_itself_any_port_will_do() {
        let registered = ["http://127.0.0.1/callback".to_owned(), "http://[::1]:9000/".to_owned()];
        for asked in ["http://127.0.0.1/callback", "http://127.0.0.1:51004/callback", "http://[::1]:1/"] {
            assert!(matches(&registered, asked), "{asked}");
        }
        for asked in [
            "http://127.0.0.1:0/callback",
            "http://127.0.0.1:65536/callback",
            "http://127.0.0.1:/callback",
            "http://127.0.0.1:80@elsewhere.id/callback",
            "http://127.0.0.1:51004/other",
            "http://127.0.0.1:51004/callback?more=1",
            "http://127.0.0.1.elsewhere.id/callback",
            "http://localhost:51004/callback",
            "http://[::1]:51004/callback",
            "https://127.0.0.1/callback",
        ] {
            assert!(!matches(&registered, asked), "{asked}");
        }
    }

    proptest! {
        #[test]
        fn elsewhere_only_the_very_letters_match(asked in "\\PC{0,60}", port in 1u16.., path in "[a-z/?=]{0,20}") {
            let registered = ["https://app.sekolah.id/callback".to_owned(), "id.sekolah.app:/callback".to_owned()];
            prop_assert_eq!(matches(&registered, &asked), registered.contains(&asked));
            let elsewhere = format!("https://app.sekolah.id:{port}/{path}");
            prop_assert!(!matches(&registered, &elsewhere));
        }

        #[test]
        fn what_may_be_registered_matches_itself_and_holds_no_odd_character(uri in "(https?|[a-z.]{1,12}):/{0,2}\\PC{0,40}") {
            if check(&uri).is_ok() {
                prop_assert!(matches(std::slice::from_ref(&uri), &uri));
                prop_assert!(uri.is_ascii() && !uri.contains(['#', '*', '@', ' ']));
            }
        }
    }
}
