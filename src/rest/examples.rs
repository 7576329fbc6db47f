//! Ids of the demo for the contract's examples, so that "Try it out" works on the demo as
//! it stands. The demo is the same every time; a test holds these to it and prints new ones.

use serde_json::{Value, json};

/// Field or path, as it names the thing, and the demo's id of one.
pub const IDS: &[(&str, &str)] = &[
    ("organisation", "018be54e-5d00-7800-9446-178022460b48"),
    ("school", "018be54e-5d00-7cba-b308-ea9afd64d0e9"),
    ("person", "018be54e-5d00-7b45-bc71-5eb9bb59cb24"),
    ("resource_person", "018be54e-5d00-7180-b58a-0057e509736b"),
    ("competence", "018be54e-5d00-71fc-a06d-41ab85f296b9"),
    ("program", "018be54e-5d00-7928-9a0c-1998d0cb4462"),
    ("batch", "01a1d2a2-1500-7dd0-be3e-608f3535370e"),
    ("session", "01a1d2a2-1500-7ff6-96cd-37d9e65547fb"),
    ("enrolment", "01a1dcee-cd00-7360-ac11-4008e391edec"),
    ("certificate", "018febeb-0880-7de2-b1b0-479045999e2e"),
    ("verification", "1PW1APCWYQXVD8HZHFA9P3PBH5"),
];

fn id_of(noun: &str) -> Option<&'static str> {
    IDS.iter().find(|(name, _)| *name == noun).map(|(_, id)| *id)
}

/// What a path like `/v1/batches/{id}/open` is about.
fn noun_of_path(path: &str) -> Option<&'static str> {
    let noun = match path.split('/').nth(2)? {
        "organisations" => "organisation",
        "schools" => "school",
        "persons" => "person",
        "resource-persons" => "resource_person",
        "competences" => "competence",
        "programs" => "program",
        "batches" => "batch",
        "sessions" => "session",
        "enrolments" => "enrolment",
        "certificates" => "certificate",
        "verifications" => "verification",
        _ => return None,
    };
    Some(noun)
}

/// What a field like `sourceBatchId` names.
fn noun_of_field(field: &str) -> Option<&'static str> {
    let noun = match field {
        "organisationId" | "providerId" => "organisation",
        "schoolId" => "school",
        "personId" | "intoId" | "holderId" => "person",
        "resourcePersonId" => "resource_person",
        "programId" => "program",
        "batchId" | "sourceBatchId" => "batch",
        "sessionId" => "session",
        "enrolmentId" => "enrolment",
        "certificateId" => "certificate",
        _ => return None,
    };
    Some(noun)
}

/// Gives the parameters of an operation at `path` an example that works on the demo.
pub fn parameters(path: &str, operation: &mut Value) {
    for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default().to_owned();
        let example = match (parameter["in"].as_str(), name.as_str()) {
            (Some("path"), "id" | "verificationId") => noun_of_path(path).and_then(id_of),
            (Some("path"), "code") => Some("32.73"),
            (Some("path"), "npsn") => Some("99000001"),
            _ => None,
        };
        if let Some(example) = example {
            parameter["example"] = json!(example);
        }
    }
}

/// Gives every id field of every schema an example that works on the demo.
pub fn schemas(schemas: &mut Value) {
    for schema in schemas.as_object_mut().into_iter().flat_map(|map| map.values_mut()) {
        for (field, property) in
            schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten()
        {
            if let Some(id) = noun_of_field(field).and_then(id_of)
                && property["example"].is_null()
                && property["$ref"].is_null()
            {
                property["example"] = json!(id);
            }
        }
    }
}
