//! Whose personal data a request was answered with, collected while it runs: whoever shows something of somebody else
//! notes it here, in one line, and the face writes it down before the answer leaves (`privacy::data_access`).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use uuid::Uuid;

use super::oauth_scope::OAuthScope;

/// Whose data, and for which purpose it was shown.
pub type Looked = (Uuid, OAuthScope);

/// What one request showed of others. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Looks(Arc<Mutex<BTreeMap<Looked, BTreeSet<&'static str>>>>);

impl Looks {
    /// Notes that `fields` of `person` are shown for `purpose`. Nothing is noted for no fields.
    pub fn note(&self, person: Uuid, purpose: OAuthScope, fields: impl IntoIterator<Item = &'static str>) {
        let mut fields = fields.into_iter().peekable();
        if fields.peek().is_some() {
            let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            noted.entry((person, purpose)).or_default().extend(fields);
        }
    }

    /// All of it, taken away; in the order of persons, so that two requests that write it never wait for each other.
    pub fn take(&self) -> BTreeMap<Looked, BTreeSet<&'static str>> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_shown_is_noted_once_for_each_purpose() {
        let (looks, person) = (Looks::default(), Uuid::from_u128(1));
        let again = looks.clone();
        looks.note(person, OAuthScope::DirectoryRead, ["name", "phone"]);
        again.note(person, OAuthScope::DirectoryRead, ["name"]);
        again.note(person, OAuthScope::CertificatesRead, []);
        let taken = looks.take();
        assert_eq!(taken.len(), 1);
        assert_eq!(taken[&(person, OAuthScope::DirectoryRead)], BTreeSet::from(["name", "phone"]));
        assert!(again.take().is_empty());
    }
}
