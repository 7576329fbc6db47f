//! What personal data is shown for: each class of a person's record belongs to one action, hence to one OAuth scope. No
//! purpose, no field. What other tables hold is shown with their noun.

use entity::personal::Class;

use super::{action::Action, oauth_scope::OAuthScope};

/// The action under which fields of this class are shown of a person; none: they are shown to nobody, or such fields are
/// no part of a person's record.
pub const fn action(class: Class) -> Option<Action> {
    match class {
        Class::Identity | Class::Employment => Some(Action::PersonRead),
        Class::Identifier => Some(Action::PersonIdentifiers),
        Class::Demographic => Some(Action::PersonDemographics),
        Class::Contact => Some(Action::PersonContacts),
        _ => None,
    }
}

/// The purpose for which fields of this class are shown of a person: what an app must be allowed. None as for [`action`].
pub fn of(class: Class) -> Option<OAuthScope> {
    action(class).map(Action::scope)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_class_of_a_persons_record_has_one_purpose_and_a_secret_none() {
        assert_eq!(of(Class::Identity), Some(OAuthScope::DirectoryRead));
        assert_eq!(of(Class::Employment), Some(OAuthScope::DirectoryRead));
        assert_eq!(of(Class::Identifier), Some(OAuthScope::IdentifiersRead));
        assert_eq!(of(Class::Demographic), Some(OAuthScope::DemographicsRead));
        assert_eq!(of(Class::Contact), Some(OAuthScope::ContactsRead));
        assert_eq!(of(Class::Secret), None);
    }
}
