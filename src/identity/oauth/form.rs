//! Parameters as OAuth sends them: `application/x-www-form-urlencoded`, in a query or in a body.

use std::collections::HashSet;

use url::form_urlencoded;

use crate::identity::protocol::OAuthError;

/// The parameters of one request, as they were sent.
#[derive(Debug, Clone, Default)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// The parameters of a query string or a body. What is not encoded well is read as it can be.
    pub fn parse(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// The one value of `name`. Sent without a value it counts as not sent (RFC 6749, section 3.1).
    ///
    /// # Errors
    /// `invalid_request` when it was sent more than once (RFC 6749, sections 3.1 and 3.2).
    pub fn one<'a>(&'a self, name: &'a str) -> Result<Option<&'a str>, OAuthError> {
        let mut found = self.all(name);
        match (found.next(), found.next()) {
            (value, None) => Ok(value.filter(|value| !value.is_empty())),
            _ => Err(repeated()),
        }
    }

    /// Every value of `name`.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// That no parameter was sent more than once, but those that may be (RFC 8707, section 2).
    ///
    /// # Errors
    /// `invalid_request`.
    pub fn each_once(&self, but: &[&str]) -> Result<(), OAuthError> {
        let mut names = self.0.iter().map(|(name, _)| name.as_str()).filter(|name| !but.contains(name));
        let mut seen = HashSet::new();
        if names.all(|name| seen.insert(name)) { Ok(()) } else { Err(repeated()) }
    }
}

fn repeated() -> OAuthError {
    OAuthError::new("invalid_request", "A parameter was sent more than once.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_read_once_and_decoded() {
        let form = Form::parse(b"a=1%202&b=&c=3&c=4&d=x+y");
        assert_eq!(form.one("a").unwrap(), Some("1 2"));
        assert_eq!(form.one("b").unwrap(), None);
        assert_eq!(form.one("c").unwrap_err().error, "invalid_request");
        assert_eq!(form.one("d").unwrap(), Some("x y"));
        assert_eq!(form.one("e").unwrap(), None);
        assert!(form.each_once(&[]).is_err());
        assert!(form.each_once(&["c"]).is_ok());
    }
}
