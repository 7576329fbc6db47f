//! Values of variables against the types that the operation declares for them. The
//! library only checks them where they are used, and a document that was validated before
//! is run without its rules: so what can be known from the document alone is held here.

use async_graphql::{
    Name, Value, Variables,
    parser::types::{BaseType, OperationDefinition, Type},
};

use crate::foundation::error::{Fault, Faults, Result};

/// Checks the values of one operation's variables: none missing, `null` only where the
/// type allows it, lists and built-in scalars of the right kind. Answers whether that was
/// everything: `false` if a type is the schema's own (an enum, an input object, a scalar),
/// whose values only full validation knows.
///
/// # Errors
/// `variable_required` and `variable_invalid`, all of them at once.
pub fn check(operation: &OperationDefinition, variables: &Variables) -> Result<bool> {
    let mut faults = Faults::new();
    let mut complete = true;
    for definition in &operation.variable_definitions {
        let definition = &definition.node;
        let ty = &definition.var_type.node;
        let pointer = format!("/variables/{}", definition.name.node);
        match variables.get(&definition.name.node) {
            Some(value) => complete &= conforms(value, ty, &pointer, &mut faults),
            None if ty.nullable || definition.default_value.is_some() => {}
            None => faults.push(named(&pointer, "variable_required", &definition.name.node, ty)),
        }
    }
    faults.done().map(|()| complete)
}

/// Notes what does not conform; whether the type was one that is known here.
fn conforms(value: &Value, ty: &Type, pointer: &str, faults: &mut Faults) -> bool {
    if *value == Value::Null {
        if !ty.nullable {
            faults.push(Fault::new(pointer, "variable_invalid").with("type", ty));
        }
        return true;
    }
    match (&ty.base, value) {
        (BaseType::List(item), Value::List(values)) => {
            let mut complete = true;
            for (at, value) in values.iter().enumerate() {
                complete &= conforms(value, item, &format!("{pointer}/{at}"), faults);
            }
            complete
        }
        // A single value stands for a list of one.
        (BaseType::List(item), _) => conforms(value, item, pointer, faults),
        (BaseType::Named(name), _) => match is_scalar(name, value) {
            Some(true) => true,
            Some(false) => {
                faults.push(Fault::new(pointer, "variable_invalid").with("type", ty));
                true
            }
            None => false,
        },
    }
}

/// Whether a value is of a built-in scalar; `None` for every other type.
fn is_scalar(name: &Name, value: &Value) -> Option<bool> {
    Some(match name.as_str() {
        "Int" => matches!(value, Value::Number(number) if number.is_i64() || number.is_u64()),
        "Float" => matches!(value, Value::Number(_)),
        "String" => matches!(value, Value::String(_)),
        "Boolean" => matches!(value, Value::Boolean(_)),
        "ID" => match value {
            Value::String(_) => true,
            Value::Number(number) => number.is_i64() || number.is_u64(),
            _ => false,
        },
        _ => return None,
    })
}

fn named(pointer: &str, code: &'static str, name: &Name, ty: &Type) -> Fault {
    Fault::new(pointer, code).with("name", name).with("type", ty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphql::guard;
    use serde_json::json;

    fn checked(declared: &str, values: serde_json::Value) -> std::result::Result<bool, Vec<String>> {
        let text = format!("query ({declared}) {{ a }}");
        let (document, _) = guard::read(&text, &guard::Limits::default()).unwrap();
        let operation = guard::select(&document, None).unwrap();
        check(operation, &Variables::from_json(values)).map_err(|error| match error {
            crate::foundation::error::Error::Invalid(faults) => {
                faults.iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
            }
            other => vec![other.to_string()],
        })
    }

    #[test]
    fn values_conform_to_the_types_that_the_operation_declares() {
        assert_eq!(
            checked("$a: Int, $b: [ID!]!, $c: Float", json!({"a": 1, "b": ["x", 2], "c": 1})),
            Ok(true)
        );
        assert_eq!(checked("$a: Int! = 3, $b: String", json!({})), Ok(true));
        assert_eq!(checked("$a: [[Int]]", json!({"a": 1})), Ok(true), "one value for a list");
        assert_eq!(checked("$a: Filter", json!({"a": {"x": 1}})), Ok(false), "known to the schema only");
    }

    #[test]
    fn everything_that_does_not_conform_is_told_at_once() {
        let declared = "$a: Int!, $b: [String!]!, $c: Boolean!, $d: ID, $e: Int";
        let values = json!({"b": ["x", null, 3], "c": null, "d": true, "e": 1.5});
        assert_eq!(
            checked(declared, values),
            Err(vec![
                "/variables/a variable_required".to_owned(),
                "/variables/b/1 variable_invalid".to_owned(),
                "/variables/b/2 variable_invalid".to_owned(),
                "/variables/c variable_invalid".to_owned(),
                "/variables/d variable_invalid".to_owned(),
                "/variables/e variable_invalid".to_owned(),
            ])
        );
    }
}
