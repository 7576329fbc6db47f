use serde_json::json;

use super::*;

fn told(schema: &Value, value: &Value) -> Vec<(String, &'static str)> {
    let schemas = json!({ "Kind": { "type": "string", "enum": ["a", "b"] } });
    faults(schema, &schemas, value).into_iter().map(|fault| (fault.pointer, fault.code)).collect()
}

fn sample() -> Value {
    json!({ "type": "object", "additionalProperties": false, "required": ["name", "rows"], "properties": {
        "name": { "type": "string" },
        "note": { "type": ["string", "null"] },
        "kind": { "oneOf": [{ "$ref": "#/components/schemas/Kind" }, { "type": "null" }] },
        "id": { "type": "string", "format": "uuid" },
        "day": { "type": "string", "format": "date" },
        "at": { "type": "string", "format": "date-time" },
        "count": { "type": "integer", "format": "int32", "minimum": 0, "maximum": 9 },
        "rows": { "type": "array", "items": { "type": "object", "additionalProperties": false, "required": ["n"],
            "properties": { "n": { "type": "integer" } } } }
    } })
}

#[test]
fn what_fits_has_no_fault() {
    let whole = json!({ "name": "a", "note": null, "kind": "a", "id": "01890000-0000-7000-8000-00000000000f",
        "day": "2026-03-01", "at": "2026-03-01T00:00:00Z", "count": 12, "rows": [{ "n": 1 }] });
    assert_eq!(told(&sample(), &whole), []);
    assert_eq!(told(&sample(), &json!({ "name": "a", "kind": null, "rows": [] })), []);
}

#[test]
fn every_fault_is_told_at_its_place_however_deep() {
    let value = json!({ "name": null, "note": 1, "kind": "c", "id": "x", "day": "tomorrow", "at": "now", "count": 1.5,
        "rows": [{ "n": 1 }, { "m/n": 1 }, 7], "extra": 1 });
    let mut found = told(&sample(), &value);
    found.sort();
    assert_eq!(
        found,
        [
            ("/at", "instant_malformed"),
            ("/count", "field_type"),
            ("/day", "date_malformed"),
            ("/extra", "field_unknown"),
            ("/id", "id_malformed"),
            ("/kind", "unknown_value"),
            ("/name", "field_missing"),
            ("/note", "field_type"),
            ("/rows/1/m~1n", "field_unknown"),
            ("/rows/1/n", "field_missing"),
            ("/rows/2", "field_type"),
        ]
        .map(|(pointer, code)| (pointer.to_owned(), code))
    );
    assert_eq!(told(&sample(), &json!([])), [(String::new(), "field_type")]);
}

#[test]
fn a_number_no_field_holds_is_out_of_range() {
    let value = json!({ "name": "a", "rows": [], "count": 3_000_000_000_i64 });
    assert_eq!(told(&sample(), &value), [("/count".to_owned(), "number_out_of_range")]);
    let value = json!({ "name": "a", "rows": [{ "n": u64::MAX }] });
    assert_eq!(told(&sample(), &value), [("/rows/0/n".to_owned(), "number_out_of_range")]);
}

#[test]
fn a_refusal_never_outgrows_its_limit_nor_repeats_a_long_text() {
    let many: Map<String, Value> = (0..10_000).map(|n| (n.to_string(), json!(0))).collect();
    assert_eq!(told(&sample(), &Value::Object(many)).len(), MOST_FAULTS);
    let rows = json!({ "name": "a", "rows": vec![json!("x"); 10_000] });
    assert_eq!(told(&sample(), &rows).len(), MOST_FAULTS);
    let long = json!({ "name": "a", "rows": [], "kind": "x".repeat(500_000), "y".repeat(500_000): 1 });
    for fault in faults(&sample(), &json!({ "Kind": { "type": "string", "enum": ["a"] } }), &long) {
        let told = fault.args.iter().map(|(_, value)| value.len()).sum::<usize>() + fault.pointer.len();
        assert!(told < 200, "{}: {told}", fault.code);
    }
}

#[test]
fn every_parameter_is_judged_the_unreadable_apart_from_the_out_of_range() {
    let known = json!({
        "limit": { "type": "integer", "minimum": 1, "maximum": 100 }, "kind": { "$ref": "#/components/schemas/Kind" },
        "q": { "type": "string", "maxLength": 3 }, "id": { "type": "string", "format": "uuid" }, "now": { "type": "boolean" }
    });
    let schemas = json!({ "Kind": { "type": "string", "enum": ["a", "b"] } });
    let judge = |pairs: &[(&str, &str)]| {
        let pairs: Vec<_> = pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        let (unread, beyond) = parameter_faults(known.as_object().unwrap(), &schemas, &pairs);
        let codes = |faults: Vec<Fault>| faults.into_iter().map(|f| f.code).collect::<Vec<_>>();
        (codes(unread), codes(beyond))
    };
    assert_eq!(judge(&[("limit", "7"), ("kind", "b"), ("q", "abc"), ("now", "true")]), (vec![], vec![]));
    for out in ["0", "-1", "101", "99999999999999999999"] {
        assert_eq!(judge(&[("limit", out)]), (vec![], vec!["limit_out_of_range"]), "{out}");
    }
    for bad in ["abc", "", "-", "1.5", "+1"] {
        assert_eq!(judge(&[("limit", bad)]), (vec!["field_type"], vec![]), "{bad}");
    }
    let all =
        judge(&[("kind", "c"), ("q", "abcd"), ("id", "x"), ("now", "ya"), ("now", "true"), ("warna", "1")]);
    let codes = [
        "unknown_value",
        "text_too_long",
        "id_malformed",
        "field_type",
        "parameter_repeated",
        "parameter_unknown",
    ];
    assert_eq!(all, (codes.to_vec(), vec![]));
}
