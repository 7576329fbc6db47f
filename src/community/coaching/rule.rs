//! Whose a coaching is, and who of the two shares it. Who sees into it is for `scope::coachings` to say, and for nothing
//! else.

use uuid::Uuid;

use crate::foundation::error::{Error, Result};

/// The most characters of the focus.
pub const FOCUS: usize = 1_000;
/// The most characters of the next steps.
pub const NEXT_STEPS: usize = 4_000;

/// The two, and who of them shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Who accompanies.
    pub coach: Uuid,
    /// Who is accompanied.
    pub coachee: Uuid,
    /// Whether the coach shares it.
    pub coach_shares: bool,
    /// Whether the coachee shares it.
    pub coachee_shares: bool,
}

impl Pair {
    /// Whether the person is one of the two.
    fn has(self, person: Option<Uuid>) -> bool {
        person.is_some_and(|person| person == self.coach || person == self.coachee)
    }

    /// That the person is one of the two.
    ///
    /// # Errors
    /// `coaching_not_yours`, which says nothing of whose it is.
    pub fn require(self, person: Option<Uuid>) -> Result<()> {
        if self.has(person) { Ok(()) } else { Err(Error::conflict("coaching_not_yours")) }
    }

    /// Whether both share it.
    pub const fn is_shared(self) -> bool {
        self.coach_shares && self.coachee_shares
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_twos_alone_and_shared_once_both_say_so(
            coach in 1u128..5, coachee in 1u128..5, person in proptest::option::of(1u128..7), shares in 0u8..4,
        ) {
            let person = person.map(Uuid::from_u128);
            let pair = Pair {
                coach: Uuid::from_u128(coach), coachee: Uuid::from_u128(coachee),
                coach_shares: shares & 1 > 0, coachee_shares: shares & 2 > 0,
            };
            let is_of = person == Some(pair.coach) || person == Some(pair.coachee);
            prop_assert_eq!(pair.require(person).is_ok(), is_of);
            prop_assert_eq!(pair.is_shared(), shares == 3);
        }
    }
}
