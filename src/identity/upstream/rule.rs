//! What of a proven ID token tells who somebody is here, and whether they may come at all.

use serde_json::Value;

use super::Refusal;
use crate::access::provider::Provider;

/// Whose `hd` claim alone tells of which organisation somebody is: anybody may have an account there with an address of
/// another's domain.
const GOOGLE: &str = "https://accounts.google.com";

/// By what an account is looked for the first time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The account's mail address, in small letters.
    Email(String),
    /// The teacher number of the account's person.
    Nuptk(String),
    /// What the account signs in with. It is kept in small letters: a `sub` with others finds nobody.
    Login(String),
}

/// By what the account of whoever has these proven claims is looked for.
///
/// # Errors
/// `Unverified` when the provider does not say it, or has not verified the address itself.
pub fn wanted(provider: &Provider, claims: &Value) -> Result<Wanted, Refusal> {
    match provider.claim.as_str() {
        "email" => Ok(Wanted::Email(verified_email(claims).ok_or(Refusal::Unverified)?)),
        "nuptk" => {
            let number = said(claims, "nuptk").ok_or(Refusal::Unverified)?;
            let digits = number.len() == 16 && number.bytes().all(|b| b.is_ascii_digit());
            if digits { Ok(Wanted::Nuptk(number)) } else { Err(Refusal::Unverified) }
        }
        "sub" => Ok(Wanted::Login(subject(claims).ok_or(Refusal::Unverified)?)),
        claim => Ok(Wanted::Login(said(claims, claim).ok_or(Refusal::Unverified)?.to_ascii_lowercase())),
    }
}

/// That somebody with these proven claims is of one of the provider's organisations that may come: by `hd`, or where the
/// provider has no such claim by the domain of the address that it verified.
///
/// # Errors
/// `Outside`.
pub fn check_domain(provider: &Provider, claims: &Value) -> Result<(), Refusal> {
    if provider.domains.is_empty() {
        return Ok(());
    }
    let domain = match said(claims, "hd") {
        Some(hd) => Some(hd.to_ascii_lowercase()),
        None if provider.issuer == GOOGLE => None,
        None => verified_email(claims)
            .and_then(|email| email.rsplit_once('@').map(|(_, domain)| domain.to_owned())),
    };
    match domain {
        Some(domain) if provider.domains.contains(&domain) => Ok(()),
        _ => Err(Refusal::Outside),
    }
}

/// The address in small letters, where the provider says that it verified it (OpenID Connect Core 1.0, section 5.7).
fn verified_email(claims: &Value) -> Option<String> {
    let verified = claims.get("email_verified").and_then(Value::as_bool) == Some(true);
    // Only ASCII letters have a small form here: others may become one (a Kelvin sign a k) and be somebody else's.
    said(claims, "email")
        .filter(|email| verified && email.contains('@'))
        .map(|email| email.to_ascii_lowercase())
}

/// The provider's own name for somebody, letter by letter (OpenID Connect Core 1.0, section 2): two that differ only in
/// capitals or spaces are two people.
fn subject(claims: &Value) -> Option<String> {
    let subject = claims.get("sub")?.as_str()?;
    (!subject.is_empty() && subject.len() <= 255).then(|| subject.to_owned())
}

fn said(claims: &Value, name: &str) -> Option<String> {
    let text = match claims.get(name)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty() && text.len() <= 255).then_some(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn provider(claim: &str, domains: &[&str]) -> Provider {
        Provider {
            name: "belajar-id".to_owned(),
            label: "belajar.id".to_owned(),
            issuer: "https://id.example".to_owned(),
            client_id: "sanggar".to_owned(),
            client_secret: "hush".to_owned(),
            claim: claim.to_owned(),
            domains: domains.iter().map(|domain| (*domain).to_owned()).collect(),
            algorithms: Vec::new(),
            scopes: Vec::new(),
            language: None,
        }
    }

    #[test]
    fn an_address_counts_only_when_the_provider_verified_it() {
        let by_mail = provider("email", &[]);
        let claims = json!({ "email": "Siti@Belajar.ID", "email_verified": true });
        assert_eq!(wanted(&by_mail, &claims), Ok(Wanted::Email("siti@belajar.id".to_owned())));
        for verified in [json!(false), json!(null), json!("true"), json!(1)] {
            let claims = json!({ "email": "siti@belajar.id", "email_verified": verified });
            assert_eq!(wanted(&by_mail, &claims), Err(Refusal::Unverified), "{verified}");
        }
        assert_eq!(wanted(&by_mail, &json!({ "email": "siti@belajar.id" })), Err(Refusal::Unverified));
        assert_eq!(wanted(&by_mail, &json!({ "email_verified": true })), Err(Refusal::Unverified));
    }

    #[test]
    fn another_claim_is_a_teacher_number_or_what_the_account_signs_in_with() {
        let number = json!({ "nuptk": "1234567890123456", "sub": "Abc" });
        assert_eq!(
            wanted(&provider("nuptk", &[]), &number),
            Ok(Wanted::Nuptk("1234567890123456".to_owned()))
        );
        let by_name = |name: &str| wanted(&provider("name", &[]), &json!({ "name": name }));
        assert_eq!(by_name(" Abc "), Ok(Wanted::Login("abc".to_owned())));
        assert_eq!(by_name("\u{212A}adek"), Ok(Wanted::Login("\u{212A}adek".to_owned())), "no k");
        for wrong in [json!({ "nuptk": "12" }), json!({ "nuptk": ["1234567890123456"] }), json!({})] {
            assert_eq!(wanted(&provider("nuptk", &[]), &wrong), Err(Refusal::Unverified), "{wrong}");
        }
    }

    #[test]
    fn a_subject_is_taken_letter_by_letter() {
        let by_subject = |sub: Value| wanted(&provider("sub", &[]), &json!({ "sub": sub }));
        for sub in ["abc", "Abc", " abc", "abc\t"] {
            assert_eq!(by_subject(json!(sub)), Ok(Wanted::Login(sub.to_owned())));
        }
        for wrong in [json!(123), json!(""), json!("a".repeat(256)), json!(["abc"]), Value::Null] {
            assert_eq!(by_subject(wrong.clone()), Err(Refusal::Unverified), "{wrong}");
        }
    }

    #[test]
    fn only_people_of_a_named_organisation_come_where_some_are_named() {
        let narrowed = provider("email", &["belajar.id"]);
        let of = |claims: Value| check_domain(&narrowed, &claims);
        assert_eq!(of(json!({ "hd": "belajar.id" })), Ok(()));
        assert_eq!(of(json!({ "email": "a@belajar.id", "email_verified": true })), Ok(()));
        for claims in [
            json!({ "hd": "other.example", "email": "a@belajar.id", "email_verified": true }),
            json!({ "email": "a@belajar.id", "email_verified": false }),
            json!({ "email": "a@evil.belajar.id", "email_verified": true }),
            json!({ "email": "a@belajar.id@other.example", "email_verified": true }),
            json!({}),
        ] {
            assert_eq!(of(claims.clone()), Err(Refusal::Outside), "{claims}");
        }
        let google = Provider { issuer: GOOGLE.to_owned(), ..narrowed };
        let claims = json!({ "email": "a@belajar.id", "email_verified": true });
        assert_eq!(check_domain(&google, &claims), Err(Refusal::Outside));
        assert_eq!(check_domain(&provider("email", &[]), &json!({})), Ok(()));
    }
}
