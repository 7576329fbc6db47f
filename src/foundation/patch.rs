//! JSON merge patch (RFC 7396): a field left out stays, null clears it, a value sets it.

use async_graphql::MaybeUndefined;

use super::error::{Fault, Faults};

/// The change of a field that may be empty: `None` = stays, `Some(None)` = cleared.
pub fn optional<T, U>(
    faults: &mut Faults,
    pointer: &str,
    field: &MaybeUndefined<T>,
    parse: impl FnOnce(&T) -> Result<U, Fault>,
) -> Option<Option<U>> {
    match field {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => faults.take(pointer, parse(value)).map(Some),
    }
}

/// The change of a field that always has a value: `None` = stays. Null is a fault, `field_missing`.
pub fn required<T, U>(
    faults: &mut Faults,
    pointer: &str,
    field: &MaybeUndefined<T>,
    parse: impl FnOnce(&T) -> Result<U, Fault>,
) -> Option<U> {
    match field {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => {
            faults.push(Fault::new(pointer, "field_missing"));
            None
        }
        MaybeUndefined::Value(value) => faults.take(pointer, parse(value)),
    }
}
