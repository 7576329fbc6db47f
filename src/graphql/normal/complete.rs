//! The answer, completed: the library leaves out a field that failed, keeps an object whose
//! non-null field is missing, and writes fields in the order in which they were done. Here
//! every answer gets the fields of its document in their order, `null` where one failed, and
//! a missing non-null value takes its parent with it (section 6.4.4 of the specification).
//!
//! One pass over the answer; an object that is already right is only looked at.

use std::collections::HashMap;

use async_graphql::{
    Name, PathSegment, Response, Value,
    indexmap::IndexMap,
    parser::types::{BaseType, Type},
};

use super::{
    MARK,
    merge::{Field, Set},
};

/// Completes what a document of these fields was answered.
pub fn complete(response: &mut Response, set: &Set) {
    let mut failed = Failed::default();
    for error in &response.errors {
        failed.note(&error.path);
    }
    if response.data == Value::Null {
        response.data = Value::Object(IndexMap::new());
    }
    if let Value::Object(map) = &mut response.data
        && object(map, set, Some(&failed)).is_err()
    {
        response.data = Value::Null;
    }
}

/// A value is `null` where the schema has none: its parent is taken away.
struct Missing;

/// The places of errors, as a tree.
#[derive(Default)]
struct Failed {
    fields: HashMap<String, Failed>,
    items: HashMap<usize, Failed>,
}

impl Failed {
    fn note(&mut self, path: &[PathSegment]) {
        let mut at = self;
        for segment in path {
            at = match segment {
                PathSegment::Field(name) => at.fields.entry(name.clone()).or_default(),
                PathSegment::Index(index) => at.items.entry(*index).or_default(),
            };
        }
    }
}

fn object(
    map: &mut IndexMap<Name, Value>,
    set: &Set,
    failed: Option<&Failed>,
) -> std::result::Result<(), Missing> {
    let fields = match set {
        Set::Every(fields) => fields,
        Set::ByType(by_type) => {
            let Some(Value::String(object)) = map.shift_remove(MARK) else { return Err(Missing) };
            let Some((_, fields)) = by_type.iter().find(|(name, _)| *name == object) else {
                return Err(Missing);
            };
            fields
        }
    };
    if !in_order(map, fields) {
        let mut found = std::mem::take(map);
        map.reserve(fields.len());
        for field in fields {
            let value = found.swap_remove(&field.key).unwrap_or_default();
            map.insert(field.key.clone(), value);
        }
    }
    for (field, value) in fields.iter().zip(map.values_mut()) {
        if let Some(of) = &field.of {
            let failed = failed.and_then(|failed| failed.fields.get(field.key.as_str()));
            self::value(value, &of.ty, field.set.as_ref(), failed)?;
        }
    }
    Ok(())
}

fn in_order(map: &IndexMap<Name, Value>, fields: &[Field]) -> bool {
    map.len() == fields.len() && map.keys().zip(fields).all(|(key, field)| *key == field.key)
}

fn value(
    value: &mut Value,
    ty: &Type,
    set: Option<&Set>,
    failed: Option<&Failed>,
) -> std::result::Result<(), Missing> {
    let done = match (&ty.base, &mut *value, set) {
        (BaseType::List(item), Value::List(items), _) => {
            items.iter_mut().enumerate().try_for_each(|(at, one)| {
                self::value(one, item, set, failed.and_then(|failed| failed.items.get(&at)))
            })
        }
        (BaseType::Named(_), Value::Object(map), Some(set)) => object(map, set, failed),
        // An object all of whose fields failed is none to the library.
        (BaseType::Named(_), Value::Null, Some(set)) if failed.is_some_and(|f| !f.fields.is_empty()) => {
            let mut map = IndexMap::new();
            let done = object(&mut map, set, failed);
            *value = Value::Object(map);
            done
        }
        _ => Ok(()),
    };
    if done.is_err() {
        *value = Value::Null;
    }
    if *value == Value::Null && !ty.nullable { Err(Missing) } else { Ok(()) }
}
