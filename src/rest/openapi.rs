//! The OpenAPI 3.1 document: what utoipa collects from the handlers, completed with
//! what holds for every operation, so that no handler has to repeat it.

use std::{collections::HashMap, sync::LazyLock};

use actix_web::App;
use serde_json::{Map, Value, json};
use utoipa::{OpenApi, ToSchema};
use utoipa_actix_web::AppExt;

use super::{examples, problem::Problem};

/// Operations that answer without a token.
pub const PUBLIC: &[&str] = &[
    "list_regions",
    "get_region",
    "list_schools",
    "get_school",
    "get_school_by_npsn",
    "list_organisations",
    "get_organisation",
    "list_programs",
    "get_program",
    "list_batches",
    "get_batch",
    "list_sessions",
    "get_session",
    "get_verification",
    "get_jwks",
    "get_me",
    "livez",
    "readyz",
];

/// Reads of one thing that has no version of its own, so no `ETag`.
pub const UNVERSIONED: &[&str] = &[
    "get_verification",
    "get_me",
    "get_session_clashes",
    "get_batch_clashes",
    "get_trainer_burden",
    "get_import_report",
];

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Sanggar",
        description = "The open registry of teachers' professional learning: training programs, certificates and community activity.\n\n**Clients must ignore fields and enum values they do not know**: `/v1` only ever grows.\n\nEverything here can also be done through GraphQL at `/graphql`, under the same names (`revoke_certificate` is `revokeCertificate`). Errors are `application/problem+json` with a stable `code` and, where fields are at fault, all of them at once. Lists are walked with `after` = the `next` of the page before. Commands take an optional `Idempotency-Key`: the same key and body give the same answer, however often they are sent.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    components(schemas(Problem))
)]
struct Base;

/// The document, built once.
pub static DOCUMENT: LazyLock<Value> = LazyLock::new(build);
/// The document as served and committed.
pub static TEXT: LazyLock<String> =
    LazyLock::new(|| serde_json::to_string_pretty(&*DOCUMENT).unwrap_or_default() + "\n");

/// The most characters each query parameter may have, by path and name.
pub static LENGTHS: LazyLock<HashMap<String, HashMap<String, usize>>> = LazyLock::new(|| {
    let paths = DOCUMENT["paths"].as_object().into_iter().flatten();
    paths.map(|(path, item)| (path.clone(), lengths(&item["get"]["parameters"]))).collect()
});

fn lengths(parameters: &Value) -> HashMap<String, usize> {
    let queried = parameters.as_array().into_iter().flatten().filter(|p| p["in"] == "query");
    queried
        .filter_map(|parameter| {
            let length = usize::try_from(parameter["schema"]["maxLength"].as_u64()?).ok()?;
            Some((parameter["name"].as_str()?.to_owned(), length))
        })
        .collect()
}

fn build() -> Value {
    let (_, collected) =
        App::new().into_utoipa_app().openapi(Base::openapi()).configure(super::routes).split_for_parts();
    let mut document = serde_json::to_value(&collected).unwrap_or_default();
    document["servers"] = json!([{ "url": "/", "description": "This service" }]);
    document["tags"] = tags();
    document["components"]["securitySchemes"] = json!({
        "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "An access token. The demo prints one per role; operators make them with `sanggar token`." }
    });
    if let Some(paths) = document["paths"].as_object_mut() {
        for (path, item) in paths.iter_mut() {
            for (method, operation) in item.as_object_mut().into_iter().flatten() {
                complete(path, method, operation);
                examples::parameters(path, operation);
            }
        }
    }
    examples::schemas(&mut document["components"]["schemas"]);
    bodies(&mut document);
    document
}

fn tags() -> Value {
    let tag = |name: &str, description: &str| json!({ "name": name, "description": description });
    json!([
        tag(
            "Regions",
            "Provinces, regencies and districts by their official codes, former ones with their successors."
        ),
        tag("Schools", "Schools by national number (NPSN)."),
        tag("Organisations", "Whoever offers trainings, verifies competence or looks after a region."),
        tag(
            "Persons",
            "Teachers, pre-service teachers, principals, supervisors, administrators and experts."
        ),
        tag("Resource persons", "Who teaches, what shows their competence, and who verified it."),
        tag("Programs", "Curricula: form, hours, audience, pass rule."),
        tag("Batches", "One running of a program: place, dates, seats, selection."),
        tag("Sessions", "Meetings of a batch, who teaches them, and who was there."),
        tag("Enrolments", "One person in one batch, from application to completion."),
        tag(
            "Certificates",
            "What was completed, signed and frozen; for ministry systems to pull and for anyone to check."
        ),
        tag("Imports", "Regions, schools and persons from files as they are."),
        tag("Service", "The caller, keys and probes."),
    ])
}

/// Adds what every operation of its kind has: security, headers, refusals.
/// A body that needs no field may be left out: an empty one is read as `{}`.
fn bodies(document: &mut Value) {
    let schemas = document["components"]["schemas"].clone();
    let items = document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut);
    for operation in items.flat_map(|item| item.as_object_mut().into_iter().flat_map(Map::values_mut)) {
        let reference = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
        let name = reference.as_str().and_then(|reference| reference.rsplit('/').next());
        let required = name.map(|name| schemas[name]["required"].as_array().map_or(0, Vec::len));
        if required == Some(0) {
            operation["requestBody"]["required"] = json!(false);
        }
    }
}

fn complete(path: &str, method: &str, operation: &mut Value) {
    let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
    let public = PUBLIC.contains(&id.as_str());
    operation["security"] = if public { json!([{}, { "bearer": [] }]) } else { json!([{ "bearer": [] }]) };
    if id == "livez" || id == "readyz" || id == "get_jwks" {
        return;
    }
    let writes = method != "get";
    let mut statuses = vec![400, 401, 503];
    if !public {
        statuses.push(403);
    }
    if path.contains('{') || writes {
        statuses.push(404);
    }
    if writes {
        statuses.extend([409, 413, 415, 422]);
        parameter(
            operation,
            "Idempotency-Key",
            false,
            "The same key and body give the same answer, however often they are sent. 1 to 255 visible ASCII characters.",
            "4f7e6b1a-1",
        );
    }
    if operation["parameters"].as_array().is_some_and(|list| list.iter().any(|p| p["name"] == "limit")) {
        statuses.push(422);
    }
    if method == "patch" {
        statuses.extend([412, 428]);
        parameter(
            operation,
            "If-Match",
            true,
            "The `ETag` you read, so that nobody's change is overwritten.",
            "\"v1\"",
        );
    }
    if method == "get" && id.starts_with("get_") && !UNVERSIONED.contains(&id.as_str()) {
        operation["responses"]["200"]["headers"]["ETag"] = json!({ "description": "Its version, for `If-None-Match` and `If-Match`.", "schema": { "type": "string" } });
        statuses.push(304);
    }
    if let Some(responses) = operation["responses"].as_object_mut() {
        for status in statuses {
            if let Some(response) = refusal(status) {
                responses.entry(status.to_string()).or_insert(response);
            }
        }
    }
}

fn parameter(operation: &mut Value, name: &str, required: bool, description: &str, example: &str) {
    let parameter = json!({
        "name": name, "in": "header", "required": required, "description": description,
        "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" }, "example": example
    });
    match operation["parameters"].as_array_mut() {
        Some(list) => list.push(parameter),
        None => operation["parameters"] = json!([parameter]),
    }
}

fn refusal(status: u16) -> Option<Value> {
    let description = match status {
        304 => return Some(json!({ "description": "You have this version already" })),
        400 => "Could not be read: broken JSON, a malformed id, a forged cursor",
        401 => "No token, or one that is not good",
        403 => "Within your reach, but your role does not allow it",
        404 => "Absent, or outside your reach",
        409 => "A rule says no; `code` names it",
        412 => "Changed meanwhile: read it again",
        413 => "The body is too large",
        415 => "The body is not `application/json`",
        422 => "Read, but invalid; `errors` lists every field at fault",
        428 => "`If-Match` is missing",
        503 => "Too busy; nothing was done. `Retry-After` says when to try again",
        _ => return None,
    };
    Some(json!({
        "description": description,
        "content": { "application/problem+json": { "schema": { "$ref": format!("#/components/schemas/{}", Problem::name()) } } }
    }))
}

/// The methods that the document has at `path`, for a 405's `Allow`.
pub fn methods_at(path: &str) -> Vec<String> {
    let asked: Vec<&str> = path.split('/').collect();
    let fits = |template: &str| {
        let parts: Vec<&str> = template.split('/').collect();
        parts.len() == asked.len()
            && parts.iter().zip(&asked).all(|(t, a)| (t.starts_with('{') && !a.is_empty()) || t == a)
    };
    let paths = DOCUMENT["paths"].as_object();
    paths
        .into_iter()
        .flatten()
        .filter(|(template, _)| fits(template))
        .flat_map(|(_, item)| item.as_object().into_iter().flat_map(Map::keys))
        .map(|method| method.to_uppercase())
        .collect()
}
