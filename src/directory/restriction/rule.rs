//! Who may restrict the use of a record, and who may lift that. Pure.

use crate::{
    domain_enum,
    foundation::error::{Error, Result},
};

domain_enum! {
    /// Who had the use of a record restricted.
    pub enum RestrictedBy {
        /// The person.
        Person = "person",
        /// An officer of their region, for them.
        Officer = "officer",
        /// The ministry, in a dispute or by order of a court.
        Ministry = "ministry",
    }
}

use RestrictedBy::{Ministry, Officer, Person};

/// What restricting comes to: one that stands stays, and the ministry may take it over.
///
/// # Errors
/// `restriction_set_already`.
pub fn set(standing: Option<RestrictedBy>, by: RestrictedBy) -> Result<()> {
    match (standing, by) {
        (None, _) | (Some(Person | Officer), Ministry) => Ok(()),
        _ => Err(Error::conflict("restriction_set_already")),
    }
}

/// What the person set they alone lift, what the ministry set the ministry alone; what an officer set for the person,
/// the person or whoever may set it.
///
/// # Errors
/// `restriction_not_set`, `restriction_of_person`, `restriction_of_ministry`.
pub fn lift(standing: Option<RestrictedBy>, by: RestrictedBy) -> Result<()> {
    match (standing, by) {
        (None, _) => Err(Error::conflict("restriction_not_set")),
        (Some(Officer), _) | (Some(Person), Person) | (Some(Ministry), Ministry) => Ok(()),
        (Some(Person), _) => Err(Error::conflict("restriction_of_person")),
        (Some(Ministry), _) => Err(Error::conflict("restriction_of_ministry")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;

    #[test]
    fn the_list_travels() {
        assert_enum_travels(RestrictedBy::ALL, RestrictedBy::as_str);
    }

    #[test]
    fn one_stands_until_it_is_lifted_and_the_ministry_takes_it_over() {
        for by in RestrictedBy::ALL {
            assert!(set(None, *by).is_ok());
            for standing in RestrictedBy::ALL {
                let takes_over = *by == Ministry && *standing != Ministry;
                assert_eq!(set(Some(*standing), *by).is_ok(), takes_over, "{standing} {by}");
            }
        }
    }

    #[test]
    fn each_lifts_what_is_theirs_to_lift() {
        for (standing, by, code) in [
            (None, Person, "restriction_not_set"),
            (None, Ministry, "restriction_not_set"),
            (Some(Person), Officer, "restriction_of_person"),
            (Some(Person), Ministry, "restriction_of_person"),
            (Some(Ministry), Person, "restriction_of_ministry"),
            (Some(Ministry), Officer, "restriction_of_ministry"),
        ] {
            assert_eq!(lift(standing, by).unwrap_err().code(), code, "{standing:?} {by}");
        }
        for (standing, by) in [
            (Person, Person),
            (Officer, Person),
            (Officer, Officer),
            (Officer, Ministry),
            (Ministry, Ministry),
        ] {
            assert!(lift(Some(standing), by).is_ok(), "{standing} {by}");
        }
    }
}
