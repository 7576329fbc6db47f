//! The third look, with the request's variables: what running one operation costs.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, Variables,
    parser::types::{ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet},
};
use async_graphql_value::{ConstValue, Value};

use super::{Limits, shape::size, within};
use crate::{foundation::error::Result, graphql::node};

/// Reading the schema resolves fields from memory: this many cost one ordinary field.
const INTROSPECTION_DISCOUNT: u64 = 20;
/// Value nodes of arguments that cost as much as one field.
const VALUES_PER_FIELD: u64 = 10;
/// What a statement of the database costs, in fields: about a hundred fit into one request.
const STATEMENT: u64 = 200;
/// The most statements that `nodes` takes, one for each kind among its ids.
const KINDS: u64 = node::KINDS.len() as u64;

/// The cost of one operation: every field costs one, its arguments one per ten nodes of
/// their values, and a field that asks for rows multiplies what is inside it:
/// - by `first`, `last` or `limit`, literal or variable, or by the length of `ids`, the
///   largest of them;
/// - by the default page, where it names no size but is a connection, or is one of
///   [`Limits::sizeless_lists`];
/// - inside `__schema` and `__type` by the length of each list in this schema, twenty fields
///   as one, and within a limit of their own: [`Limits::introspection`].
///
/// A statement of the database costs two hundred:
/// - each field directly under the operation is one, or one for each of up to twelve `ids`;
/// - each further page and each `totalCount` is one, however many rows it hangs below, for it is
///   read for all of them together; a page with a cursor is one for each row.
///
/// The document must have passed [`super::Shape::of`], which refuses cycles.
///
/// # Errors
/// `query_too_costly`, `too_many_values`.
pub fn cost(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    limits: &Limits,
) -> Result<u64> {
    let total = whole(document, operation, variables, limits)?;
    let cost = total.ordinary.saturating_add(total.statements.saturating_mul(STATEMENT));
    within(total.values, limits.values, "too_many_values")?;
    within(total.introspected, limits.introspection, "query_too_costly")?;
    within(cost, limits.cost, "query_too_costly")?;
    Ok(cost)
}

/// The fields that introspection answers for one operation.
///
/// # Errors
/// `query_too_deep`.
pub(super) fn introspected(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    limits: &Limits,
) -> Result<u64> {
    whole(document, operation, &Variables::default(), limits).map(|total| total.introspected)
}

fn whole(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    limits: &Limits,
) -> Result<Cost> {
    let sizes = variables.iter().map(|(name, value)| (name.as_str(), const_size(value))).collect();
    let mut walk = Walk { document, operation, variables, sizes, limits, fragments: HashMap::new() };
    walk.set(&operation.selection_set.node, 1, true)
}

#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    /// Under a field of data.
    ordinary: u64,
    /// The same selections in introspection, once for every type of the schema: lists are
    /// as long as they are on the average.
    of_every: u64,
    /// And of any one type: lists are as long as the longest.
    of_any: u64,
    /// Fields of introspection among what is asked for.
    introspected: u64,
    /// Value nodes, variables at the size of their values.
    values: u64,
    /// Statements that serve all rows of a page together.
    statements: u64,
    /// Whether the set is that of a connection.
    connection: bool,
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    sizes: HashMap<&'a str, u64>,
    limits: &'a Limits,
    /// By name, and whether they stand directly under the operation.
    fragments: HashMap<(&'a str, bool), Cost>,
}

impl<'a> Walk<'a> {
    /// `root`: directly under the operation.
    fn set(&mut self, set: &'a SelectionSet, level: u64, root: bool) -> Result<Cost> {
        within(level, self.limits.nesting, "query_too_deep")?;
        let mut sum = Cost::default();
        for item in &set.items {
            let mut part = match &item.node {
                Selection::Field(field) => self.field(&field.node, level, root)?,
                Selection::InlineFragment(inline) => {
                    self.set(&inline.node.selection_set.node, level + 1, root)?
                }
                Selection::FragmentSpread(spread) => {
                    self.fragment(&spread.node.fragment_name.node, level + 1, root)?
                }
            };
            for directive in item.node.directives() {
                part.values = part.values.saturating_add(self.values(&directive.node.arguments));
            }
            sum.ordinary = sum.ordinary.saturating_add(part.ordinary);
            sum.of_every = sum.of_every.saturating_add(part.of_every);
            sum.of_any = sum.of_any.saturating_add(part.of_any);
            sum.introspected = sum.introspected.saturating_add(part.introspected);
            sum.values = sum.values.saturating_add(part.values);
            sum.statements = sum.statements.saturating_add(part.statements);
            sum.connection |= part.connection;
        }
        Ok(sum)
    }

    fn field(&mut self, field: &'a Field, level: u64, root: bool) -> Result<Cost> {
        let inside = &field.selection_set.node;
        let inner =
            if inside.items.is_empty() { Cost::default() } else { self.set(inside, level + 1, false)? };
        let values = self.values(&field.arguments);
        let name = field.name.node.as_str();
        let mut own = 1 + values / VALUES_PER_FIELD;
        let mut statements = self.statements(field, root, inner.connection);
        if self.asks(field, &["after", "before"]) {
            own = own.saturating_add(statements.saturating_mul(STATEMENT));
            statements = 0;
        }
        let a_page = inner.connection || self.limits.sizeless_lists.contains(name);
        let rows = self.asked_rows(field).unwrap_or(if a_page { self.limits.default_page } else { 1 });
        let (under, introspected) = match name {
            "__schema" => (inner.of_every / INTROSPECTION_DISCOUNT, inner.of_every),
            "__type" => (inner.of_any / INTROSPECTION_DISCOUNT, inner.of_any),
            _ => (inner.ordinary.saturating_mul(rows.max(1)), inner.introspected),
        };
        let (average, most) = self.limits.lengths.lists.get(name).copied().unwrap_or((1, 1));
        // From here on it is about one type after another, whichever they are.
        let to_any =
            matches!(name, "type" | "ofType" | "interfaces" | "possibleTypes" | "queryType" | "mutationType");
        let of_each = if to_any { inner.of_any } else { inner.of_every };
        let of_one = if name == "types" { inner.of_every } else { inner.of_any };
        Ok(Cost {
            ordinary: own.saturating_add(under),
            of_every: of_each.saturating_mul(average).saturating_add(own),
            of_any: of_one.saturating_mul(most).saturating_add(own),
            introspected,
            values: inner.values.saturating_add(values),
            statements: inner.statements.saturating_add(statements),
            connection: matches!(name, "edges" | "nodes" | "pageInfo" | "totalCount"),
        })
    }

    /// The statements that a field is read with, apart from what is inside it.
    fn statements(&self, field: &Field, root: bool, connection: bool) -> u64 {
        match field.name.node.as_str() {
            name if name.starts_with("__") => 0,
            "totalCount" => 1,
            _ if root => self.ids(field).unwrap_or(1).clamp(1, KINDS),
            _ => u64::from(connection),
        }
    }

    /// Whether one of these arguments is given and not null.
    fn asks(&self, field: &Field, names: &[&str]) -> bool {
        field.arguments.iter().any(|(name, value)| {
            names.contains(&name.node.as_str())
                && match &value.node {
                    Value::Null => false,
                    Value::Variable(name) => self.variable(name).is_some_and(|v| *v != ConstValue::Null),
                    _ => true,
                }
        })
    }

    fn ids(&self, field: &Field) -> Option<u64> {
        let (_, ids) = field.arguments.iter().find(|(name, _)| name.node == "ids")?;
        self.length(&ids.node)
    }

    fn fragment(&mut self, name: &'a Name, level: u64, root: bool) -> Result<Cost> {
        if let Some(known) = self.fragments.get(&(name.as_str(), root)) {
            return Ok(*known);
        }
        let Some(definition) = self.document.fragments.get(name) else {
            return Ok(Cost::default());
        };
        let found = self.set(&definition.node.selection_set.node, level, root)?;
        self.fragments.insert((name.as_str(), root), found);
        Ok(found)
    }

    fn values(&self, arguments: &[(Positioned<Name>, Positioned<Value>)]) -> u64 {
        let of_variable = |name: &str| self.sizes.get(name).copied().unwrap_or(1);
        arguments.iter().fold(0, |sum: u64, (_, value)| sum.saturating_add(size(&value.node, &of_variable)))
    }

    /// The rows that a field's arguments ask for; a value that is no number asks for none,
    /// and is refused by validation.
    fn asked_rows(&self, field: &Field) -> Option<u64> {
        let asked = field.arguments.iter().filter_map(|(name, value)| match name.node.as_str() {
            "first" | "last" | "limit" => self.integer(&value.node),
            "ids" => self.length(&value.node),
            _ => None,
        });
        asked.max()
    }

    fn integer(&self, value: &Value) -> Option<u64> {
        let number = match value {
            Value::Number(number) => number,
            Value::Variable(name) => match self.variable(name)? {
                ConstValue::Number(number) => number,
                _ => return None,
            },
            _ => return None,
        };
        number.as_u64().or_else(|| number.as_f64().map(|float| float.max(0.0) as u64))
    }

    fn length(&self, value: &Value) -> Option<u64> {
        let length = match value {
            Value::List(items) => items.len(),
            Value::Variable(name) => match self.variable(name)? {
                ConstValue::List(items) => items.len(),
                _ => return None,
            },
            _ => return None,
        };
        Some(length as u64)
    }

    fn variable(&self, name: &Name) -> Option<&ConstValue> {
        self.variables.get(name).or_else(|| {
            let mut definitions = self.operation.variable_definitions.iter();
            definitions.find(|definition| definition.node.name.node == *name)?.node.default_value()
        })
    }
}

/// Nodes of a value, 64 bytes of text as one more. JSON is read at most 128 levels deep.
fn const_size(value: &ConstValue) -> u64 {
    match value {
        ConstValue::String(text) => 1 + text.len() as u64 / 64,
        ConstValue::List(items) => 1 + items.iter().map(const_size).sum::<u64>(),
        ConstValue::Object(fields) => 1 + fields.values().map(const_size).sum::<u64>(),
        _ => 1,
    }
}
