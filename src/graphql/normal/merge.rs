//! Which fields a document asks for, once its fragments are laid open and fields of one
//! response key are one (CollectFields, section 6.3.2 of the specification), and whether
//! they can be one (5.3.2).
//!
//! Work and result are bounded: a selection is looked at once for each object type that it
//! can apply to, and the guard has bounded how many selections there are when expanded.

use std::{collections::HashSet, sync::Arc};

use async_graphql::{
    Name, Pos, Positioned, Variables,
    indexmap::IndexMap,
    parser::types::{
        self as ast, Directive, ExecutableDocument, OperationDefinition, Selection, SelectionSet,
        TypeCondition,
    },
};
use async_graphql_value::{ConstValue, Value};

use super::{
    MARK,
    types::{Output, Types},
    values::{Check, Place},
};
use crate::foundation::error::{Error, Fault, Result};

/// The fields that an answer holds in one place, in the order of the document.
#[derive(Debug)]
pub enum Set {
    /// Whatever object it is.
    Every(Vec<Field>),
    /// By the object's type.
    ByType(Vec<(Name, Vec<Field>)>),
}

/// One field of an answer.
#[derive(Debug)]
pub struct Field {
    /// Its name in the answer.
    pub key: Name,
    /// What the schema says of it; `None` if nothing, then validation refuses the document.
    pub of: Option<Arc<Output>>,
    /// What is asked of its value, if that has fields.
    pub set: Option<Set>,
    pos: Pos,
}

/// How `@skip` and `@include` count.
#[derive(Clone, Copy)]
pub enum Conditions<'a> {
    /// Not at all: whatever can be asked for by one document must go together.
    Ignored,
    /// By these values, and the defaults of this operation.
    Given(&'a Variables, &'a OperationDefinition),
}

pub(super) struct Merge<'a> {
    pub document: &'a ExecutableDocument,
    pub types: &'a Types,
    pub conditions: Conditions<'a>,
    /// Selections that may still be looked at.
    pub left: u64,
    /// What it was in the beginning.
    pub limit: u64,
    /// Holds literals to their types.
    pub check: Check<'a>,
    /// Variables that stand for the id of one kind.
    pub ids: Vec<(Name, String)>,
}

type Groups<'a> = IndexMap<&'a str, Vec<&'a Positioned<ast::Field>>>;
type Written = Vec<Positioned<Selection>>;

impl<'a> Merge<'a> {
    /// What `sets` ask for together of a `parent`: for the answer, and for the executor.
    ///
    /// # Errors
    /// `fields_conflict`; `too_many_fields` when the expansion grows past its bound.
    pub fn set(&mut self, parent: &str, sets: &[&'a SelectionSet]) -> Result<(Set, Written)> {
        let types = self.types;
        let narrowed = match types.possible(parent) {
            Some(possible) if self.narrows(parent, sets)? => possible,
            _ => {
                let (fields, mut written) = self.fields(parent, sets)?;
                if fields.is_empty() {
                    // The library takes an object without fields for none.
                    written.push(mark());
                }
                return Ok((Set::Every(fields), written));
            }
        };
        let mut by_type = Vec::with_capacity(narrowed.len());
        let mut written = vec![mark()];
        for object in narrowed {
            let (fields, selections) = self.fields(object, sets)?;
            if !selections.is_empty() {
                written.push(on(object, selections));
            }
            by_type.push((object.clone(), fields));
        }
        same_shape(self.types, &by_type.iter().map(|(_, fields)| fields.as_slice()).collect::<Vec<_>>())?;
        Ok((Set::ByType(by_type), written))
    }

    fn fields(&mut self, on: &str, sets: &[&'a SelectionSet]) -> Result<(Vec<Field>, Written)> {
        let mut groups = Groups::new();
        let mut seen = HashSet::new();
        for set in sets {
            self.gather(on, set, &mut groups, &mut seen)?;
        }
        let (mut fields, mut written) = (Vec::with_capacity(groups.len()), Vec::with_capacity(groups.len()));
        for group in groups.values() {
            let Some((first, others)) = group.split_first() else { continue };
            for other in others {
                agree(first, other)?;
            }
            let of = self.types.field(on, &first.node.name.node).cloned();
            if let Some(of) = &of {
                self.arguments(on, &first.node, of);
            }
            let inner: Vec<&SelectionSet> =
                group.iter().map(|field| &field.node.selection_set.node).collect();
            let base = of.as_deref().and_then(|of| self.types.selectable(&of.ty));
            let (set, selections) = match base {
                Some(base) if inner.iter().any(|set| !set.items.is_empty()) => {
                    let (set, selections) = self.set(base, &inner)?;
                    (Some(set), selections)
                }
                _ => (None, Vec::new()),
            };
            fields.push(Field { key: first.node.response_key().node.clone(), of, set, pos: first.pos });
            written.push(write(first, selections));
        }
        Ok((fields, written))
    }

    /// Looks at the arguments of a field: literals, once for each document, and ids.
    fn arguments(&mut self, on: &str, field: &ast::Field, of: &Output) {
        for (name, value) in &field.arguments {
            let Some(declared) = of.args.iter().find(|arg| arg.name == name.node) else { continue };
            let kind = self.types.kind_of_id(on, &field.name.node, of, &name.node);
            match (&value.node, kind) {
                (Value::Variable(variable), Some(kind)) => self.ids.push((variable.clone(), kind)),
                (Value::Variable(_), None) => {}
                (literal, kind) if matches!(self.conditions, Conditions::Ignored) => {
                    let standing_for = |_| Ok::<_, ()>(ConstValue::Binary(Default::default()));
                    if let Ok(mut literal) = literal.clone().into_const_with(standing_for) {
                        let place = Place::Literal(value.pos);
                        self.check.value(&mut literal, &declared.ty, kind.as_deref(), place);
                    }
                }
                _ => {}
            }
        }
    }

    fn gather(
        &mut self,
        on: &str,
        set: &'a SelectionSet,
        groups: &mut Groups<'a>,
        seen: &mut HashSet<&'a str>,
    ) -> Result<()> {
        for item in &set.items {
            self.step()?;
            if self.skipped(item.node.directives()) {
                continue;
            }
            match &item.node {
                Selection::Field(field) => {
                    groups.entry(field.node.response_key().node.as_str()).or_default().push(field);
                }
                other => {
                    let Some((condition, inner)) = self.fragment(other, seen) else { continue };
                    if condition.is_none_or(|condition| self.types.is(on, condition)) {
                        self.gather(on, inner, groups, seen)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether a fragment applies to some of what `parent` stands for, and not to all of it.
    fn narrows(&mut self, parent: &str, sets: &[&'a SelectionSet]) -> Result<bool> {
        let mut open: Vec<&SelectionSet> = sets.to_vec();
        let mut seen = HashSet::new();
        while let Some(set) = open.pop() {
            for item in &set.items {
                self.step()?;
                let Some((condition, inner)) = self.fragment(&item.node, &mut seen) else { continue };
                if condition.is_some_and(|condition| !self.types.is(parent, condition)) {
                    return Ok(true);
                }
                open.push(inner);
            }
        }
        Ok(false)
    }

    /// The condition and the set of a fragment; nothing for a field, or for a fragment that
    /// this set has met before.
    fn fragment(
        &self,
        selection: &'a Selection,
        seen: &mut HashSet<&'a str>,
    ) -> Option<(Option<&'a str>, &'a SelectionSet)> {
        match selection {
            Selection::Field(_) => None,
            Selection::InlineFragment(inline) => {
                let condition = inline.node.type_condition.as_ref();
                Some((condition.map(|c| c.node.on.node.as_str()), &inline.node.selection_set.node))
            }
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                let definition = &self.document.fragments.get(name)?.node;
                seen.insert(name.as_str()).then(|| {
                    (Some(definition.type_condition.node.on.node.as_str()), &definition.selection_set.node)
                })
            }
        }
    }

    fn step(&mut self) -> Result<()> {
        self.left = self.left.checked_sub(1).ok_or_else(|| {
            let fault = Fault::new("/query", "too_many_fields");
            Error::Malformed(Box::new(fault.with("actual", self.limit + 1).with("limit", self.limit)))
        })?;
        Ok(())
    }

    fn skipped(&self, directives: &[Positioned<Directive>]) -> bool {
        let Conditions::Given(values, operation) = self.conditions else { return false };
        directives.iter().any(|directive| {
            let unless = match directive.node.name.node.as_str() {
                "skip" => true,
                "include" => false,
                _ => return false,
            };
            let condition = directive.node.get_argument("if").map(|value| &value.node);
            holds(condition, values, operation) == unless
        })
    }
}

/// Whether a selection set names a condition anywhere; then it is merged for each request.
pub(super) fn is_conditional(document: &ExecutableDocument) -> bool {
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
    let mut open: Vec<&SelectionSet> = operations.chain(fragments).collect();
    while let Some(set) = open.pop() {
        for item in &set.items {
            if !item.node.directives().is_empty() {
                return true;
            }
            match &item.node {
                Selection::Field(field) => open.push(&field.node.selection_set.node),
                Selection::InlineFragment(inline) => open.push(&inline.node.selection_set.node),
                Selection::FragmentSpread(_) => {}
            }
        }
    }
    false
}

fn holds(condition: Option<&Value>, values: &Variables, operation: &OperationDefinition) -> bool {
    match condition {
        Some(Value::Boolean(literal)) => *literal,
        Some(Value::Variable(name)) => {
            let default = || {
                let mut all = operation.variable_definitions.iter();
                all.find(|d| d.node.name.node == *name)?.node.default_value()
            };
            values.get(name).or_else(default) == Some(&ConstValue::Boolean(true))
        }
        _ => false,
    }
}

/// That two fields of one response key are the same field with the same arguments.
fn agree(first: &Positioned<ast::Field>, other: &Positioned<ast::Field>) -> Result<()> {
    let (a, b) = (&first.node, &other.node);
    let same = a.name.node == b.name.node
        && a.arguments.len() == b.arguments.len()
        && a.arguments
            .iter()
            .all(|(name, value)| b.get_argument(&name.node).is_some_and(|other| other.node == value.node));
    if same { Ok(()) } else { Err(conflict(&a.response_key().node, other.pos)) }
}

fn conflict(key: &str, pos: Pos) -> Error {
    let key: String = key.chars().take(80).collect();
    let fault = Fault::new("/query", "fields_conflict").with("key", key);
    Error::Malformed(Box::new(fault.with("line", pos.line).with("column", pos.column)))
}

/// That fields of one response key have values of one shape, whichever object answers.
fn same_shape(types: &Types, sets: &[&[Field]]) -> Result<()> {
    let mut groups: IndexMap<&str, Vec<&Field>> = IndexMap::new();
    for field in sets.iter().flat_map(|set| set.iter()) {
        groups.entry(&field.key).or_default().push(field);
    }
    for (key, group) in groups {
        let Some((first, others)) = group.split_first() else { continue };
        for other in others {
            let (Some(a), Some(b)) = (&first.of, &other.of) else { continue };
            if !Arc::ptr_eq(a, b) && !alike(types, &a.ty, &b.ty) {
                return Err(conflict(key, other.pos));
            }
        }
        let mut inner: Vec<&[Field]> = Vec::new();
        for set in group.iter().filter_map(|field| field.set.as_ref()) {
            match set {
                Set::Every(fields) => inner.push(fields),
                Set::ByType(all) => inner.extend(all.iter().map(|(_, fields)| fields.as_slice())),
            }
        }
        if inner.len() > 1 {
            same_shape(types, &inner)?;
        }
    }
    Ok(())
}

fn alike(types: &Types, a: &ast::Type, b: &ast::Type) -> bool {
    use ast::BaseType::{List, Named};
    a.nullable == b.nullable
        && match (&a.base, &b.base) {
            (List(a), List(b)) => alike(types, a, b),
            (Named(x), Named(y)) => {
                x == y || (types.selectable(a).is_some() && types.selectable(b).is_some())
            }
            _ => false,
        }
}

/// A field as the executor takes it: its conditions have been decided.
fn write(field: &Positioned<ast::Field>, items: Written) -> Positioned<Selection> {
    let written = ast::Field {
        alias: field.node.alias.clone(),
        name: field.node.name.clone(),
        arguments: field.node.arguments.clone(),
        directives: Vec::new(),
        selection_set: Positioned::new(SelectionSet { items }, field.node.selection_set.pos),
    };
    Positioned::new(Selection::Field(Positioned::new(written, field.pos)), field.pos)
}

/// The type of the object, under a name that no document can ask for.
fn mark() -> Positioned<Selection> {
    let at = Pos::default();
    let field = ast::Field {
        alias: Some(Positioned::new(Name::new(MARK), at)),
        name: Positioned::new(Name::new("__typename"), at),
        arguments: Vec::new(),
        directives: Vec::new(),
        selection_set: Positioned::new(SelectionSet::default(), at),
    };
    Positioned::new(Selection::Field(Positioned::new(field, at)), at)
}

fn on(object: &Name, items: Written) -> Positioned<Selection> {
    let at = Pos::default();
    let inline = ast::InlineFragment {
        type_condition: Some(Positioned::new(TypeCondition { on: Positioned::new(object.clone(), at) }, at)),
        directives: Vec::new(),
        selection_set: Positioned::new(SelectionSet { items }, at),
    };
    Positioned::new(Selection::InlineFragment(Positioned::new(inline, at)), at)
}
