//! Restriction: the use of a person's record is held to what they themselves began (UU 27/2022, articles 11 and 41). It
//! is set by the person, by an officer for them, or by the ministry in a dispute; in force at once.

pub mod read;
pub mod rule;
pub mod view;
pub mod write;

use entity::person::Model;

use crate::{
    access::actor::Actor,
    foundation::error::{Error, Result},
};

/// Refuses what others begin to do with a restricted record; the person's own acts go on.
///
/// # Errors
/// `person_restricted`.
pub fn require_use(actor: &Actor, person: &Model) -> Result<()> {
    let own = actor.person() == Some(person.id);
    if person.restricted_at.is_some() && !own {
        return Err(Error::conflict("person_restricted"));
    }
    Ok(())
}
