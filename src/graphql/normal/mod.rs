//! Documents in their normal form, and answers by it.
//!
//! The library runs a field as often as a document names it and merges the answers
//! afterwards; so a mutation named in two fragments would happen twice. It is therefore
//! given documents in which nothing is named twice ([`Normal`]), and what it answers is
//! completed as the specification has it ([`complete`]). See ADR 7.

mod complete;
mod merge;
#[cfg(test)]
mod tests;
mod types;
mod values;

use async_graphql::{
    Name, Positioned, Variables,
    parser::types::{
        DocumentOperations, ExecutableDocument, Field, InlineFragment, OperationDefinition, OperationType,
        Selection, SelectionSet,
    },
};

pub use complete::complete;
pub use merge::{Conditions, Set};
pub use types::{Lengths, Types};
pub use values::{Check, Place};

use crate::foundation::error::Result;
use merge::Merge;

/// The response key of an object's type, where the answer's shape depends on it. No name in
/// GraphQL has this sign, so none of a client's can be the same.
const MARK: &str = "@type";

/// An operation in which every response key stands once in its place, and no fragment but
/// by the type of an object is left.
#[derive(Debug)]
pub struct Normal {
    /// What the answer holds.
    pub set: Set,
    /// Variables that stand for the id of one kind, with its name.
    pub ids: Vec<(Name, String)>,
    operation: Positioned<OperationDefinition>,
}

impl Normal {
    /// The normal form of one operation of a document that passed the guard.
    ///
    /// # Errors
    /// `fields_conflict` when two fields of one response key are not the same; every literal
    /// that does not fit its type;
    /// `too_many_fields` past `limit` selections, each counted for each type it can apply to.
    pub fn of(
        document: &ExecutableDocument,
        operation: &Positioned<OperationDefinition>,
        types: &Types,
        conditions: Conditions<'_>,
        limit: u64,
    ) -> Result<Self> {
        let check = Check::new(types);
        let mut merge = Merge { document, types, conditions, left: limit, limit, check, ids: Vec::new() };
        let OperationDefinition { ty, variable_definitions, directives: _, selection_set } = &operation.node;
        let (set, items) = merge.set(types.root(*ty), &[&selection_set.node])?;
        merge.check.faults().done()?;
        let merged = OperationDefinition {
            ty: *ty,
            variable_definitions: variable_definitions.clone(),
            directives: Vec::new(),
            selection_set: Positioned::new(SelectionSet { items }, selection_set.pos),
        };
        Ok(Self { set, ids: merge.ids, operation: Positioned::new(merged, operation.pos) })
    }

    /// What the operation does.
    pub fn ty(&self) -> OperationType {
        self.operation.node.ty
    }

    /// How many fields it asks for at its root.
    pub fn roots(&self) -> usize {
        self.operation.node.selection_set.node.items.len()
    }

    /// As the executor takes it.
    pub fn executable(&self) -> ExecutableDocument {
        ExecutableDocument {
            operations: DocumentOperations::Single(self.operation.clone()),
            fragments: std::collections::HashMap::new(),
        }
    }

    /// Selections that it holds, for an estimate of its size.
    pub fn selections(&self) -> usize {
        let mut open = vec![&self.operation.node.selection_set.node];
        let mut sum = 0;
        while let Some(set) = open.pop() {
            sum += set.items.len();
            open.extend(set.items.iter().filter_map(|item| match &item.node {
                Selection::Field(field) => Some(&field.node.selection_set.node),
                Selection::InlineFragment(inline) => Some(&inline.node.selection_set.node),
                Selection::FragmentSpread(_) => None,
            }));
        }
        sum
    }
}

/// All operations of a document, as far as they are the same for every request.
#[derive(Debug)]
pub enum Normals {
    /// One for each operation, by name.
    Fixed(Vec<(Option<Name>, std::sync::Arc<Normal>)>),
    /// `@skip` or `@include` decide: to be made for each request.
    Conditional,
}

impl Normals {
    /// Of a whole document, which is also where conflicts are found.
    ///
    /// # Errors
    /// As [`Normal::of`].
    pub fn of(document: &ExecutableDocument, types: &Types, limit: u64) -> Result<Self> {
        let mut all = Vec::new();
        for (name, operation) in document.operations.iter() {
            let normal = Normal::of(document, operation, types, Conditions::Ignored, limit)?;
            all.push((name.cloned(), std::sync::Arc::new(normal)));
        }
        Ok(if merge::is_conditional(document) { Self::Conditional } else { Self::Fixed(all) })
    }

    /// The one for an operation of the same document, with these values.
    ///
    /// # Errors
    /// As [`Normal::of`].
    pub fn choose(
        &self,
        document: &ExecutableDocument,
        (name, operation): (Option<&Name>, &Positioned<OperationDefinition>),
        values: &Variables,
        types: &Types,
        limit: u64,
    ) -> Result<std::sync::Arc<Normal>> {
        if let Self::Fixed(all) = self
            && let Some((_, known)) = all.iter().find(|(candidate, _)| candidate.as_ref() == name)
        {
            return Ok(std::sync::Arc::clone(known));
        }
        let conditions = Conditions::Given(values, &operation.node);
        Normal::of(document, operation, types, conditions, limit).map(std::sync::Arc::new)
    }

    /// Selections of all of them.
    pub fn selections(&self) -> usize {
        match self {
            Self::Fixed(all) => all.iter().map(|(_, normal)| normal.selections()).sum(),
            Self::Conditional => 0,
        }
    }
}

/// The document for the library's validation, which does not look at the directives of
/// `__typename`: they are moved to a fragment around it.
pub fn for_validation(document: &ExecutableDocument) -> ExecutableDocument {
    let mut document = document.clone();
    let operations: Vec<&mut Positioned<OperationDefinition>> = match &mut document.operations {
        DocumentOperations::Single(only) => vec![only],
        DocumentOperations::Multiple(all) => all.values_mut().collect(),
    };
    for operation in operations {
        wrap_typenames(&mut operation.node.selection_set.node);
    }
    for fragment in document.fragments.values_mut() {
        wrap_typenames(&mut fragment.node.selection_set.node);
    }
    document
}

fn wrap_typenames(set: &mut SelectionSet) {
    for item in &mut set.items {
        match &mut item.node {
            Selection::Field(field) if is_bare_typename(&field.node) => {
                let directives = std::mem::take(&mut field.node.directives);
                if !directives.is_empty() {
                    let inner = SelectionSet { items: vec![item.clone()] };
                    item.node = Selection::InlineFragment(Positioned::new(
                        InlineFragment {
                            type_condition: None,
                            directives,
                            selection_set: Positioned::new(inner, item.pos),
                        },
                        item.pos,
                    ));
                }
            }
            // With arguments or fields of its own it is no field of any type, and is called so.
            Selection::Field(field) if field.node.name.node == "__typename" => {
                field.node.name.node = Name::new("__typename with arguments or fields");
            }
            Selection::Field(field) => wrap_typenames(&mut field.node.selection_set.node),
            Selection::InlineFragment(inline) => wrap_typenames(&mut inline.node.selection_set.node),
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn is_bare_typename(field: &Field) -> bool {
    field.name.node == "__typename" && field.arguments.is_empty() && field.selection_set.node.items.is_empty()
}
