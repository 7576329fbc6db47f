//! Which fields of a schema answer lists that no argument bounds.

use std::collections::HashSet;

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, Type, TypeDefinition, TypeKind, TypeSystemDefinition},
};

/// The names of fields, in a schema given as SDL, that answer a list of objects. Rows of
/// a connection are not among them: they are bounded where the connection is.
pub fn sizeless_lists(sdl: &str) -> HashSet<String> {
    let definitions = match parse_schema(sdl) {
        Ok(document) => document.definitions,
        Err(error) => {
            tracing::error!(%error, "the schema cannot be read for its lists");
            return HashSet::new();
        }
    };
    let types: Vec<TypeDefinition> = definitions
        .into_iter()
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => Some(definition.node),
            _ => None,
        })
        .collect();
    let objects: HashSet<&str> =
        types.iter().filter(|ty| is_composite(&ty.kind)).map(|ty| ty.name.node.as_str()).collect();
    let mut found = HashSet::new();
    for ty in &types {
        let fields = match &ty.kind {
            TypeKind::Object(object) => &object.fields,
            TypeKind::Interface(interface) => &interface.fields,
            _ => continue,
        };
        for field in fields.iter().map(|field| &field.node) {
            let name = field.name.node.as_str();
            if !matches!(name, "edges" | "nodes")
                && listed(&field.ty.node).is_some_and(|of| objects.contains(of))
            {
                found.insert(name.to_owned());
            }
        }
    }
    found
}

fn is_composite(kind: &TypeKind) -> bool {
    matches!(kind, TypeKind::Object(_) | TypeKind::Interface(_) | TypeKind::Union(_))
}

/// What a list type lists, whatever may be null in it.
fn listed(ty: &Type) -> Option<&str> {
    let BaseType::List(item) = &ty.base else { return None };
    match &item.base {
        BaseType::Named(name) => Some(name.as_str()),
        BaseType::List(_) => listed(item),
    }
}
