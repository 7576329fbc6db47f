//! The second look, at the parsed document: sums and depths that need no variables.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned,
    parser::types::{Directive, ExecutableDocument, Field, Selection, SelectionSet},
};
use async_graphql_value::Value;

use super::{Limits, Measure, within};
use crate::foundation::error::{Error, Fault, Result};

/// What a selection set stands for once its fragments are laid open. Sums saturate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape {
    /// Fields.
    pub fields: u64,
    /// Fields, spreads and inline fragments.
    pub selections: u64,
    /// Levels of fields, introspection apart.
    pub depth: u64,
    /// Levels of fields from `__schema` or `__type` down.
    pub introspection_depth: u64,
    /// Lists of types or of fields below one another.
    lists: u64,
    /// Levels of selection sets, spreads and inline fragments included.
    pub nesting: u64,
    /// Aliased fields.
    pub aliases: u64,
    /// Directives.
    pub directives: u64,
    /// Nodes of argument values, a variable counted as one.
    pub values: u64,
    /// Fields directly in this set, weighed by their arguments: what merging compares.
    merged: u64,
}

impl Shape {
    /// Measures every operation and fragment of a document, each definition walked once.
    ///
    /// # Errors
    /// The first of the limits that is passed; `fragment_cycle`.
    pub fn of(document: &ExecutableDocument, limits: &Limits) -> Result<Self> {
        Walk::new(document, limits).document().map(|(shape, _)| shape)
    }

    /// What a client is told, with the cost of the operation it runs.
    #[must_use]
    pub fn with_cost(&self, cost: u64) -> Measure {
        Measure {
            fields: self.fields,
            depth: self.depth.max(self.introspection_depth),
            aliases: self.aliases,
            directives: self.directives,
            cost,
        }
    }

    /// Adds what stands beside: sums add up, depths do not.
    pub(super) fn beside(&mut self, other: &Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.selections = self.selections.saturating_add(other.selections);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.values = self.values.saturating_add(other.values);
        self.merged = self.merged.saturating_add(other.merged);
        self.depth = self.depth.max(other.depth);
        self.introspection_depth = self.introspection_depth.max(other.introspection_depth);
        self.lists = self.lists.max(other.lists);
        self.nesting = self.nesting.max(other.nesting);
    }

    fn check(&self, limits: &Limits) -> Result<()> {
        within(self.depth, limits.depth, "query_too_deep")?;
        within(self.introspection_depth, limits.introspection_depth, "query_too_deep")?;
        within(self.nesting, limits.nesting, "query_too_deep")?;
        within(self.aliases, limits.aliases, "too_many_aliases")?;
        within(self.directives, limits.directives, "too_many_directives")?;
        within(self.values, limits.values, "too_many_values")?;
        within(self.selections, limits.selections, "too_many_fields")
    }
}

/// Where a fragment stands in the walk.
enum Fragment {
    /// Being measured: to meet it again now is a cycle.
    Open,
    Done(Shape),
}

pub(super) struct Walk<'a> {
    document: &'a ExecutableDocument,
    limits: &'a Limits,
    fragments: HashMap<&'a str, Fragment>,
    merges: u64,
    /// Selections looked at: the work, which must stay linear in the text.
    work: u64,
}

impl<'a> Walk<'a> {
    pub(super) fn new(document: &'a ExecutableDocument, limits: &'a Limits) -> Self {
        Self { document, limits, fragments: HashMap::new(), merges: 0, work: 0 }
    }

    /// The shape of the whole, and the work that it took.
    pub(super) fn document(mut self) -> Result<(Shape, u64)> {
        within(self.document.fragments.len() as u64, self.limits.fragments, "too_many_fragments")?;
        within(
            self.document.operations.iter().count() as u64,
            self.limits.operations,
            "too_many_operations",
        )?;
        let mut whole = Shape::default();
        for (_, operation) in self.document.operations.iter() {
            let operation = &operation.node;
            within(operation.variable_definitions.len() as u64, self.limits.variables, "too_many_variables")?;
            let mut shape = self.set(&operation.selection_set.node, 1)?;
            self.directives(&operation.directives, &mut shape)?;
            for variable in &operation.variable_definitions {
                self.directives(&variable.node.directives, &mut shape)?;
            }
            whole.beside(&shape);
        }
        // Fragments that no operation spreads are validated all the same.
        for name in self.document.fragments.keys() {
            self.fragment(name, 1)?;
        }
        whole.check(self.limits)?;
        Ok((whole, self.work))
    }

    fn set(&mut self, set: &'a SelectionSet, level: u64) -> Result<Shape> {
        // Refused on the way down, so that a long chain of fragments cannot use up the stack.
        within(level, self.limits.nesting, "query_too_deep")?;
        let mut shape = Shape::default();
        for item in &set.items {
            self.work += 1;
            let part = match &item.node {
                Selection::Field(field) => self.field(&field.node, level)?,
                Selection::InlineFragment(inline) => {
                    let mut part = self.set(&inline.node.selection_set.node, level + 1)?;
                    self.directives(&inline.node.directives, &mut part)?;
                    part.selections = part.selections.saturating_add(1);
                    part
                }
                Selection::FragmentSpread(spread) => {
                    let mut part = self.fragment(&spread.node.fragment_name.node, level + 1)?;
                    self.directives(&spread.node.directives, &mut part)?;
                    part.selections = part.selections.saturating_add(1);
                    part
                }
            };
            shape.beside(&part);
        }
        shape.nesting += 1;
        self.merges = self.merges.saturating_add(shape.merged);
        within(self.merges, self.limits.merges, "too_many_fields")?;
        Ok(shape)
    }

    fn field(&mut self, field: &'a Field, level: u64) -> Result<Shape> {
        let inside = &field.selection_set.node;
        let mut shape = if inside.items.is_empty() { Shape::default() } else { self.set(inside, level + 1)? };
        let name = field.name.node.as_str();
        shape.lists += u64::from(matches!(name, "fields" | "inputFields" | "interfaces" | "possibleTypes"));
        if matches!(name, "__schema" | "__type") {
            within(shape.lists, self.limits.introspection_lists, "query_too_deep")?;
            shape.lists = 0;
            shape.introspection_depth = 1 + shape.depth.max(shape.introspection_depth);
            shape.depth = 1;
        } else {
            shape.depth += 1;
            shape.introspection_depth += u64::from(shape.introspection_depth > 0);
        }
        let values = self.arguments(&field.arguments)?;
        shape.merged = values.saturating_add(1);
        shape.values = shape.values.saturating_add(values);
        shape.fields = shape.fields.saturating_add(1);
        shape.selections = shape.selections.saturating_add(1);
        shape.aliases = shape.aliases.saturating_add(u64::from(field.alias.is_some()));
        self.directives(&field.directives, &mut shape)?;
        Ok(shape)
    }

    fn fragment(&mut self, name: &'a Name, level: u64) -> Result<Shape> {
        let Some(definition) = self.document.fragments.get(name) else {
            // A spread of nothing: validation says so, and it expands to nothing.
            return Ok(Shape::default());
        };
        match self.fragments.get(name.as_str()) {
            Some(Fragment::Done(shape)) => return Ok(*shape),
            Some(Fragment::Open) => {
                let fault = Fault::new("/query", "fragment_cycle").with("name", super::clip(name));
                return Err(Error::Malformed(Box::new(fault)));
            }
            None => {}
        }
        self.fragments.insert(name, Fragment::Open);
        let mut shape = self.set(&definition.node.selection_set.node, level)?;
        self.directives(&definition.node.directives, &mut shape)?;
        self.fragments.insert(name, Fragment::Done(shape));
        Ok(shape)
    }

    fn directives(&self, directives: &[Positioned<Directive>], into: &mut Shape) -> Result<()> {
        into.directives = into.directives.saturating_add(directives.len() as u64);
        for directive in directives {
            let values = self.arguments(&directive.node.arguments)?;
            into.values = into.values.saturating_add(values);
        }
        Ok(())
    }

    fn arguments(&self, arguments: &[(Positioned<Name>, Positioned<Value>)]) -> Result<u64> {
        within(arguments.len() as u64, self.limits.arguments, "too_many_arguments")?;
        Ok(arguments.iter().map(|(_, value)| size(&value.node, &|_| 1)).sum())
    }
}

/// Nodes of a value, 64 bytes of text counted as one more; a variable by `of_variable`.
/// Recursion is as deep as the text's brackets, which the scan bounds.
pub(super) fn size(value: &Value, of_variable: &dyn Fn(&str) -> u64) -> u64 {
    match value {
        Value::Variable(name) => of_variable(name),
        Value::String(text) => 1 + text.len() as u64 / 64,
        Value::List(items) => {
            items.iter().fold(1_u64, |sum, item| sum.saturating_add(size(item, of_variable)))
        }
        Value::Object(fields) => {
            fields.values().fold(1_u64, |sum, item| sum.saturating_add(size(item, of_variable)))
        }
        _ => 1,
    }
}
