//! The guard in front of the GraphQL library: what a document asks for, measured in
//! time linear in its text, and refused before any code runs whose work could be more
//! than that.
//!
//! Three steps, each bounded by the one before it:
//! 1. [`read`] scans the raw text (size, tokens, bracket nesting) and only then parses:
//!    the parser costs about two microseconds a token and nests with the text.
//! 2. [`Shape::of`] walks the parsed document once. Every fragment is measured once and
//!    its sums are reused at each spread, so a chain of fragments that each spread the
//!    next one twice costs its length here, though it stands for 2ⁿ fields.
//! 3. [`cost`] does the same with the request's variables, because `first: $n` only has
//!    a size then.
//!
//! Only a document that passed all three reaches validation, whose own work (merging
//! of fields, expansion of fragments, values of variables) is bounded by these numbers.

mod cost;
mod escape;
mod lists;
mod scan;
mod shape;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use async_graphql::{
    Name, Positioned,
    parser::{
        parse_query,
        types::{ExecutableDocument, OperationDefinition},
    },
};

pub use cost::cost;
pub use lists::sizeless_lists;
pub use scan::{Lexemes, scan};
pub use shape::Shape;

use super::normal::Lengths;
use crate::foundation::error::{Error, Fault, Result};

/// The introspection query of the usual tools, which every schema must be able to answer once.
const INTROSPECTION: &str = include_str!("introspection.graphql");

/// How much one request may ask for. Counts are of the document **as expanded**: a
/// fragment spread twice counts twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of query text. Values belong in `variables`, which share only the body's cap.
    pub text_bytes: usize,
    /// Tokens of query text; a comment is one.
    pub tokens: u64,
    /// Levels of brackets in the text, and of selection sets when expanded.
    pub nesting: u64,
    /// Operations in one document.
    pub operations: u64,
    /// Fragment definitions in one document.
    pub fragments: u64,
    /// Variables of one operation.
    pub variables: u64,
    /// Arguments of one field or directive.
    pub arguments: u64,
    /// Selections (fields, spreads, inline fragments).
    pub selections: u64,
    /// Levels of fields.
    pub depth: u64,
    /// Levels of fields from `__schema` or `__type` down: tools ask for deep type references.
    pub introspection_depth: u64,
    /// Lists of types or of fields below one another in introspection: what is listed there
    /// leads back to types, so each level multiplies the answer by the schema.
    pub introspection_lists: u64,
    /// Fields that introspection may answer, by [`Limits::lengths`].
    pub introspection: u64,
    /// How long the lists of introspection are.
    pub lengths: Lengths,
    /// Aliased fields.
    pub aliases: u64,
    /// Directives.
    pub directives: u64,
    /// Fields that validation compares when it merges equal response names: for every
    /// selection set, the fields that it holds once its fragments are laid open.
    pub merges: u64,
    /// Selections looked at when an operation is laid out to be run, each counted for each
    /// type of object that it can apply to.
    pub laid_out: u64,
    /// Nodes of argument values, every use of a variable counted with the size of its value.
    pub values: u64,
    /// Cost: see [`cost`].
    pub cost: u64,
    /// Rows that a connection without `first` or `last` is costed at (the default page).
    pub default_page: u64,
    /// Fields that answer a list of objects without being asked for a size, by name: they
    /// are costed at the default page as well. [`sizeless_lists`] reads them off a schema.
    pub sizeless_lists: HashSet<String>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            text_bytes: 64 * 1024,
            tokens: 8_000,
            nesting: 48,
            operations: 20,
            fragments: 200,
            variables: 100,
            arguments: 32,
            selections: 5_000,
            depth: 12,
            introspection_depth: 20,
            introspection_lists: 2,
            introspection: 200_000,
            lengths: Lengths::usual(),
            aliases: 200,
            directives: 200,
            merges: 20_000,
            laid_out: 100_000,
            values: 50_000,
            cost: 20_000,
            default_page: 20,
            sizeless_lists: HashSet::new(),
        }
    }
}

impl Limits {
    /// These limits for one schema: its lists, and as much introspection as the query of the
    /// usual tools takes, and half as much again for those that ask for a little more.
    #[must_use]
    pub fn of_schema(mut self, sdl: &str, lengths: &Lengths) -> Self {
        self.sizeless_lists.extend(sizeless_lists(sdl));
        self.lengths = lengths.clone();
        self.introspection = u64::MAX;
        let standard = read(INTROSPECTION, &self).and_then(|(document, _)| {
            let (_, operation) = select(&document, None)?;
            cost::introspected(&document, &operation.node, &self)
        });
        self.introspection = standard.map_or(0, |fields| fields.saturating_add(fields / 2));
        self
    }
}

/// What a document asks for, told to the client in `extensions.cost`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measure {
    /// Fields of all operations, fragments expanded.
    pub fields: u64,
    /// The deepest chain of fields.
    pub depth: u64,
    /// Aliased fields.
    pub aliases: u64,
    /// Directives.
    pub directives: u64,
    /// Cost of the operation that is run, with its variables.
    pub cost: u64,
}

/// The document of a text that is small and shallow enough to parse, and what the text holds.
///
/// # Errors
/// `query_too_large` or `query_too_deep` by the scan; `query_syntax` with what the parser
/// expected, line and column (both from 1).
pub fn read(text: &str, limits: &Limits) -> Result<(ExecutableDocument, Lexemes)> {
    let lexemes = scan(text, limits)?;
    let document = parse_query(escape::spelt_out(text)).map_err(|error| syntax(&error))?;
    Ok((document, lexemes))
}

/// The measure of one operation of a document, by all of the guard's limits.
///
/// # Errors
/// The first limit that is passed, by its code; `operation_unknown` and
/// `operation_name_needed` when `operation_name` does not choose one operation.
pub fn measure(
    document: &ExecutableDocument,
    operation_name: Option<&str>,
    variables: &async_graphql::Variables,
    limits: &Limits,
) -> Result<Measure> {
    let shape = Shape::of(document, limits)?;
    let (_, operation) = select(document, operation_name)?;
    Ok(shape.with_cost(cost(document, &operation.node, variables, limits)?))
}

/// The operation that a request names, or the only one there is.
///
/// # Errors
/// `operation_unknown`, or `operation_name_needed` where there are several.
pub fn select<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<(Option<&'a Name>, &'a Positioned<OperationDefinition>)> {
    let mut operations = document.operations.iter();
    match name {
        Some(name) => {
            operations.find(|(candidate, _)| candidate.is_some_and(|c| c.as_str() == name)).ok_or_else(|| {
                refused(Fault::new("/operationName", "operation_unknown").with("name", clip(name)))
            })
        }
        None => match (operations.next(), operations.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(Error::malformed("/operationName", "operation_name_needed")),
        },
    }
}

fn refused(fault: Fault) -> Error {
    Error::Malformed(Box::new(fault))
}

/// `Ok` while `actual` is within `limit`, else a refusal of the query by `code`.
fn within(actual: u64, limit: u64, code: &'static str) -> Result<()> {
    if actual <= limit {
        return Ok(());
    }
    Err(refused(Fault::new("/query", code).with("actual", actual).with("limit", limit)))
}

/// The start of a client's own words, short enough to be told back.
fn clip(words: &str) -> String {
    words.chars().take(80).collect()
}

/// The parser draws the whole line under its message; a client needs the point and what was expected.
fn syntax(error: &async_graphql::parser::Error) -> Error {
    let (line, column) = error.positions().next().map_or((1, 1), |at| (at.line, at.column));
    let words = error.to_string();
    let expected = words.lines().map(str::trim).rfind(|line| line.starts_with("= ")).map(|line| &line[2..]);
    let detail = expected.or_else(|| words.lines().next()).unwrap_or_default();
    refused(
        Fault::new("/query", "query_syntax")
            .with("line", line)
            .with("column", column)
            .with("detail", clip(detail.trim())),
    )
}
