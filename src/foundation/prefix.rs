//! Finding names by how they begin, as one range of an index, and words whichever way they are written.
//!
//! Name columns compare by bytes on both engines, and `lower()` then folds ASCII letters
//! only on both, so a search finds the same rows wherever the registry runs.

use sea_orm::{
    Condition, ExprTrait,
    sea_query::{Expr, Func, IntoColumnRef, SimpleExpr},
};

use super::{
    error::{Error, Fault, Result},
    text,
};

/// The most characters a search may have.
pub const MAX_CHARS: usize = 100;

/// That `column` is `wanted`, letter case of ASCII letters aside.
pub fn equals(column: impl IntoColumnRef, wanted: &str) -> SimpleExpr {
    Expr::expr(Func::lower(Expr::col(column))).eq(wanted.to_ascii_lowercase())
}

/// That `column` begins with `typed`, letter case of ASCII letters aside.
///
/// # Errors
/// `Invalid` under `/q`, as [`text::line`] says.
pub fn starts_with(column: impl IntoColumnRef, typed: &str) -> Result<Condition> {
    let low = text::line(typed, MAX_CHARS)
        .map_err(|fault| Error::Invalid(vec![Fault { pointer: "/q".to_owned(), ..fault }]))?
        .to_ascii_lowercase();
    // U+10FFFF is no character, so every text that begins with `low` sorts below this bound.
    let high = format!("{low}\u{10FFFF}");
    let name = Expr::expr(Func::lower(Expr::col(column)));
    Ok(Condition::all().add(name.clone().gte(low)).add(name.lt(high)))
}
