//! What is written down of a look, and how it is read again.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::access::{looks::Looked, oauth_scope::OAuthScope};

/// One line to be written: whose data, for which purpose, which fields.
pub type Line = (Uuid, OAuthScope, String);

/// The lines of what was shown: nothing of those whom the caller is.
pub fn lines(shown: BTreeMap<Looked, BTreeSet<&'static str>>, own: &[Uuid]) -> Vec<Line> {
    let of_others = shown.into_iter().filter(|((person, _), _)| !own.contains(person));
    of_others.map(|((person, purpose), fields)| (person, purpose, joined(fields))).collect()
}

/// Names with commas between, each once and in order, so that the same names are the same text.
pub fn joined(names: impl IntoIterator<Item = &'static str>) -> String {
    let names: BTreeSet<&str> = names.into_iter().collect();
    names.into_iter().collect::<Vec<_>>().join(",")
}

/// The names of such a text.
pub fn names(joined: &str) -> Vec<String> {
    joined.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use OAuthScope::{ContactsRead, DirectoryRead};

    #[test]
    fn what_one_sees_of_oneself_is_no_line() {
        let (own, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let shown = BTreeMap::from([
            ((own, DirectoryRead), BTreeSet::from(["name"])),
            ((other, ContactsRead), BTreeSet::from(["phone", "email"])),
            ((other, DirectoryRead), BTreeSet::from(["name"])),
        ]);
        let lines = lines(shown, &[own]);
        assert_eq!(
            lines,
            [(other, DirectoryRead, "name".to_owned()), (other, ContactsRead, "email,phone".to_owned()),]
        );
    }

    #[test]
    fn names_are_read_as_they_were_written() {
        assert_eq!(joined(["b", "a", "b"]), "a,b");
        assert_eq!(names("a,b"), ["a", "b"]);
        assert!(names("").is_empty());
    }
}
