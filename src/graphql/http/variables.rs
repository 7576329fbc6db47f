//! Values of variables against the types that the operation declares for them, before
//! anything runs. The library only looks at them where they are used, tells the first
//! fault, and does not validate a document again that it validated before.

use async_graphql::{
    Variables,
    parser::types::{OperationDefinition, Type},
};

use crate::{
    foundation::{
        error::{Fault, Result},
        id,
    },
    graphql::normal::{Check, Normal, Place, Types},
};

/// Checks the values of one operation's variables against the schema: none missing, `null`
/// only where the type allows it, everything of its kind and within its range. A whole
/// number that JSON writes with a fraction (`1.0`) becomes an integer.
///
/// # Errors
/// `variable_required`, `variable_invalid`, and the faults of fields, ids, dates, numbers and
/// enums inside; all of them at once, up to a hundred.
pub fn check(operation: &OperationDefinition, variables: &mut Variables, types: &Types) -> Result<()> {
    let mut check = Check::new(types);
    for definition in &operation.variable_definitions {
        let definition = &definition.node;
        let (name, ty) = (&definition.name.node, &definition.var_type.node);
        match variables.get_mut(name) {
            Some(value) => {
                let kind = types.kind_by_name(name);
                check.value(value, ty, kind.as_deref(), Place::Variable(name));
            }
            None if ty.nullable || definition.default_value.is_some() => {}
            None => check.note(Place::Variable(name), required(name, ty)),
        }
    }
    check.faults().done()
}

/// Checks variables that are used where the id of one kind is wanted.
///
/// # Errors
/// `id_of_another_kind`, for all of them at once.
pub fn check_ids(normal: &Normal, variables: &Variables, types: &Types) -> Result<()> {
    let mut check = Check::new(types);
    for (name, kind) in &normal.ids {
        if let Some(async_graphql::Value::String(text)) = variables.get(name)
            && let Err(fault) = id::check_global(text, Some(kind))
        {
            check.note(Place::Variable(name), fault);
        }
    }
    check.faults().done()
}

fn required(name: &str, ty: &Type) -> Fault {
    Fault::new("", "variable_required").with("name", name).with("type", ty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphql::guard;
    use serde_json::json;

    const SDL: &str = "type Query { a: Int }
        enum Level { LOW HIGH }
        input Filter { level: Level! on: NaiveDate at: DateTime tags: [String!] n: Int! = 1 }
        scalar NaiveDate scalar DateTime";

    fn checked(declared: &str, values: serde_json::Value) -> std::result::Result<Variables, Vec<String>> {
        let text = format!("query ({declared}) {{ a }}");
        let (document, _) = guard::read(&text, &guard::Limits::default()).unwrap();
        let (_, operation) = guard::select(&document, None).unwrap();
        let mut variables = Variables::from_json(values);
        check(&operation.node, &mut variables, &Types::of(SDL)).map(|()| variables).map_err(|error| {
            match error {
                crate::foundation::error::Error::Invalid(faults) => {
                    faults.iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
                }
                other => vec![other.to_string()],
            }
        })
    }

    #[test]
    fn values_conform_to_the_types_that_the_operation_declares() {
        let uuid = "0192f3c0-0000-7000-8000-000000000000";
        for (declared, values) in [
            ("$a: Int, $b: [ID!]!, $c: Float", json!({"a": 1, "b": [uuid], "c": 1})),
            ("$a: Int! = 3, $b: String", json!({})),
            ("$a: [[Int]]", json!({"a": 1})),
            ("$a: Filter", json!({"a": {"level": "LOW", "on": "2026-11-27", "at": "2026-11-27T08:00:00Z"}})),
            ("$a: Filter", json!({"a": {"level": "HIGH", "tags": "one", "n": 2}})),
        ] {
            assert!(checked(declared, values.clone()).is_ok(), "{declared} {values}");
        }
    }

    #[test]
    fn a_whole_number_with_a_fraction_is_an_integer() {
        let read = checked("$a: Int, $b: [Int]", json!({"a": 1.0, "b": [-2.0, 3]})).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), json!({"a": 1, "b": [-2, 3]}));
    }

    #[test]
    fn everything_that_does_not_conform_is_told_at_once() {
        let declared = "$a: Int!, $b: [String!]!, $c: Boolean!, $d: ID, $e: Int, $f: Int, $g: Filter";
        let filter = json!({"level": "MIDDLE", "on": "27/11/2026", "at": "noon", "x": 1, "n": null});
        let values = json!({
            "b": ["x", null, 3], "c": null, "d": "garbage", "e": 1.5, "f": 3_000_000_000_u64, "g": filter,
        });
        let mut found = checked(declared, values).unwrap_err();
        found.sort();
        assert_eq!(
            found,
            [
                "/variables/a variable_required",
                "/variables/b/1 variable_invalid",
                "/variables/b/2 variable_invalid",
                "/variables/c variable_invalid",
                "/variables/d global_id_malformed",
                "/variables/e variable_invalid",
                "/variables/f number_out_of_range",
                "/variables/g/at time_malformed",
                "/variables/g/level unknown_value",
                "/variables/g/n variable_invalid",
                "/variables/g/on date_malformed",
                "/variables/g/x field_unknown",
            ]
        );
        assert_eq!(
            checked("$g: Filter", json!({"g": {}})).unwrap_err(),
            ["/variables/g/level field_missing"]
        );
        assert_eq!(checked("$g: Filter", json!({"g": "x"})).unwrap_err(), ["/variables/g variable_invalid"]);
    }
}
