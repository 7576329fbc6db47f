//! The third look, with the request's variables: what running one operation costs.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, Variables,
    parser::types::{ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet},
};
use async_graphql_value::{ConstValue, Value};

use super::{Limits, shape::size, within};
use crate::foundation::error::Result;

/// Reading the schema resolves fields from memory: this many cost one ordinary field.
const INTROSPECTION_DISCOUNT: u64 = 20;
/// Value nodes of arguments that cost as much as one field.
const VALUES_PER_FIELD: u64 = 10;

/// The cost of one operation: every field costs one, its arguments one per ten nodes of
/// their values, and a field that asks for rows multiplies what is inside it:
/// - by `first`, `last` or `limit`, literal or variable, or by the length of `ids`, the
///   largest of them;
/// - by the default page, where it names no size but holds `edges` or `nodes`, or is one of
///   [`Limits::sizeless_lists`];
/// - inside `__schema` and `__type` by the usual length of each list, twenty fields as one.
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
    let sizes = variables.iter().map(|(name, value)| (name.as_str(), const_size(value))).collect();
    let mut walk = Walk { document, operation, variables, sizes, limits, fragments: HashMap::new() };
    let total = walk.set(&operation.selection_set.node, 1)?;
    within(total.values, limits.values, "too_many_values")?;
    within(total.ordinary, limits.cost, "query_too_costly")?;
    Ok(total.ordinary)
}

#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    /// Under a field of data.
    ordinary: u64,
    /// The same selections under `__schema` or `__type`.
    introspection: u64,
    /// Value nodes, variables at the size of their values.
    values: u64,
    /// Whether the set holds `edges` or `nodes`.
    connection: bool,
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    sizes: HashMap<&'a str, u64>,
    limits: &'a Limits,
    fragments: HashMap<&'a str, Cost>,
}

impl<'a> Walk<'a> {
    fn set(&mut self, set: &'a SelectionSet, level: u64) -> Result<Cost> {
        within(level, self.limits.nesting, "query_too_deep")?;
        let mut sum = Cost::default();
        for item in &set.items {
            let mut part = match &item.node {
                Selection::Field(field) => self.field(&field.node, level)?,
                Selection::InlineFragment(inline) => self.set(&inline.node.selection_set.node, level + 1)?,
                Selection::FragmentSpread(spread) => {
                    self.fragment(&spread.node.fragment_name.node, level + 1)?
                }
            };
            for directive in item.node.directives() {
                part.values = part.values.saturating_add(self.values(&directive.node.arguments));
            }
            sum.ordinary = sum.ordinary.saturating_add(part.ordinary);
            sum.introspection = sum.introspection.saturating_add(part.introspection);
            sum.values = sum.values.saturating_add(part.values);
            sum.connection |= part.connection;
        }
        Ok(sum)
    }

    fn field(&mut self, field: &'a Field, level: u64) -> Result<Cost> {
        let inside = &field.selection_set.node;
        let inner = if inside.items.is_empty() { Cost::default() } else { self.set(inside, level + 1)? };
        let values = self.values(&field.arguments);
        let name = field.name.node.as_str();
        let own = 1 + values / VALUES_PER_FIELD;
        let a_page = inner.connection || self.limits.sizeless_lists.contains(name);
        let rows = self.asked_rows(field).unwrap_or(if a_page { self.limits.default_page } else { 1 });
        let under = match name {
            "__schema" | "__type" => inner.introspection / INTROSPECTION_DISCOUNT,
            _ => inner.ordinary.saturating_mul(rows.max(1)),
        };
        Ok(Cost {
            ordinary: own.saturating_add(under),
            introspection: inner.introspection.saturating_mul(usual_length(name)).saturating_add(own),
            values: inner.values.saturating_add(values),
            connection: matches!(name, "edges" | "nodes"),
        })
    }

    fn fragment(&mut self, name: &'a Name, level: u64) -> Result<Cost> {
        if let Some(known) = self.fragments.get(name.as_str()) {
            return Ok(*known);
        }
        let Some(definition) = self.document.fragments.get(name) else {
            return Ok(Cost::default());
        };
        let found = self.set(&definition.node.selection_set.node, level)?;
        self.fragments.insert(name, found);
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

/// How long the lists of a schema usually are.
fn usual_length(field: &str) -> u64 {
    match field {
        "types" => 100,
        "fields" | "inputFields" => 10,
        "enumValues" | "possibleTypes" | "directives" => 5,
        "args" => 3,
        "interfaces" => 2,
        _ => 1,
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
