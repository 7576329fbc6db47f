//! The OpenAPI 3.1 document: what utoipa collects from the handlers, completed with
//! what holds for every operation, so that no handler has to repeat it.

use std::{collections::HashMap, sync::LazyLock};

use actix_web::App;
use serde_json::{Map, Value, json};
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;

use super::{examples, problem::Problem};
use crate::identity::oauth::metadata;

mod complete;
mod secured;
mod tag;

/// Operations that answer without a token.
pub const PUBLIC: &[&str] = &[
    "get_competency_model",
    "get_consent_texts",
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
    "get_calendar",
    "get_me",
    "livez",
    "readyz",
];

/// Reads of one thing that has no version of its own, so no `ETag`.
pub const UNVERSIONED: &[&str] = &[
    "get_verification",
    "get_jwks",
    "get_session_clashes",
    "get_batch_clashes",
    "get_trainer_burden",
    "get_import_report",
    "get_credit_statement",
    "get_activity_clashes",
    "get_progress_note",
    "get_award_entry_reproduction",
    "get_improvement_chain",
    "get_competency_model",
    "get_learning_suggestions",
    "get_activity_detail",
    "get_audit_entry",
    "get_erasure_preview",
    "get_breach_notice",
    "get_personal_data",
    "get_consent_texts",
];

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Sanggar",
        description = "The open registry of teachers' professional learning: training programs, certificates, and what teachers do together in their communities.\n\n**Clients must ignore fields and enum values they do not know**: `/v1` only ever grows.\n\nEverything here can also be done through GraphQL at `/graphql`, under the same names (`revoke_certificate` is `revokeCertificate`). Errors are `application/problem+json` with a stable `code` and, where fields are at fault, all of them at once. Lists are walked with `after` = the `next` of the page before. Commands take an optional `Idempotency-Key`: the same key and body give the same answer, however often they are sent.",
        contact(name = "Whoever runs this service", url = "/"),
        license(name = "MIT OR Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0"),
    ),
    // What only a parameter refers to is named here, or its `$ref` leads nowhere.
    components(schemas(Problem, crate::community::membership::read::MembershipOrder))
)]
struct Base;

/// The document, built once.
pub static DOCUMENT: LazyLock<Value> = LazyLock::new(build);
/// The document as served and committed.
pub static TEXT: LazyLock<String> =
    LazyLock::new(|| serde_json::to_string_pretty(&*DOCUMENT).unwrap_or_default() + "\n");

/// The schemas of each operation's query parameters, by path and method.
pub static PARAMETERS: LazyLock<HashMap<(String, String), Map<String, Value>>> = LazyLock::new(|| {
    let paths = DOCUMENT["paths"].as_object().into_iter().flatten();
    let operations =
        paths.flat_map(|(path, item)| item.as_object().into_iter().flatten().map(move |o| (path, o)));
    operations
        .map(|(path, (method, operation))| {
            ((path.clone(), method.clone()), queried(&operation["parameters"]))
        })
        .collect()
});

fn queried(parameters: &Value) -> Map<String, Value> {
    let queried = parameters.as_array().into_iter().flatten().filter(|p| p["in"] == "query");
    queried
        .filter_map(|parameter| Some((parameter["name"].as_str()?.to_owned(), parameter["schema"].clone())))
        .collect()
}

fn build() -> Value {
    let (_, collected) =
        App::new().into_utoipa_app().openapi(Base::openapi()).configure(super::routes).split_for_parts();
    let mut document = serde_json::to_value(&collected).unwrap_or_default();
    document["servers"] = json!([{ "url": "/", "description": "This service" }]);
    document["tags"] = tag::all();
    document["components"]["securitySchemes"] = secured::schemes();
    let schemas = document["components"]["schemas"].clone();
    if let Some(paths) = document["paths"].as_object_mut() {
        for (path, item) in paths.iter_mut() {
            for (method, operation) in item.as_object_mut().into_iter().flatten() {
                complete::operation(path, method, operation, &schemas);
                examples::parameters(path, operation);
                examples::body(operation);
            }
        }
    }
    complete::document(&mut document);
    examples::schemas(&mut document["components"]["schemas"]);
    document
}

/// Addresses that are only read and stand in no document: pages and probes.
const PAGES: &[&str] = &[
    "/",
    "/verify",
    "/verify/{id}",
    "/explorer",
    "/graphiql",
    "/openapi.json",
    "/schema.graphql",
    "/livez",
    "/readyz",
    "/metrics",
    "/assets/site.css",
    "/assets/verify.css",
    "/assets/icon.svg",
];

/// Addresses of the authorization server and its page, which stand in no document, with their methods.
const PROTOCOL: &[(&str, &[&str])] = &[
    (metadata::SERVER, &["GET", "HEAD"]),
    (metadata::RESOURCE, &["GET", "HEAD"]),
    (metadata::AUTHORIZE, &["GET", "HEAD", "POST"]),
    (metadata::TOKEN, &["POST"]),
    (metadata::REVOKE, &["POST"]),
    (metadata::INTROSPECT, &["POST"]),
    (metadata::REGISTER, &["POST"]),
    (super::oauth::APPS, &["GET", "HEAD"]),
    ("/account/apps/{id}/withdraw", &["POST"]),
];

/// Whether a part of a path is one that a template's part stands for: `{id}`, `{id}.ics` or the word itself.
fn part_fits(template: &str, part: &str) -> bool {
    match template.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        Some((_, ending)) => part.strip_suffix(ending).is_some_and(|named| !named.is_empty()),
        None => template == part,
    }
}

/// The methods there are at `path`, for `Allow`; none where nobody serves it.
pub fn methods_at(path: &str) -> Vec<String> {
    let asked: Vec<&str> = path.split('/').collect();
    let fits = |template: &str| {
        let parts: Vec<&str> = template.split('/').collect();
        parts.len() == asked.len() && parts.iter().zip(&asked).all(|(t, a)| part_fits(t, a))
    };
    if PAGES.iter().any(|page| fits(page)) {
        return ["GET", "HEAD"].map(str::to_owned).to_vec();
    }
    if let Some((_, methods)) = PROTOCOL.iter().find(|(template, _)| fits(template)) {
        return methods.iter().map(|&method| method.to_owned()).collect();
    }
    let paths = DOCUMENT["paths"].as_object().into_iter().flatten();
    let items = paths.filter(|(template, _)| fits(template)).map(|(_, item)| item);
    let methods = items.flat_map(|item| item.as_object().into_iter().flat_map(Map::keys));
    let mut methods: Vec<String> = methods.map(|method| method.to_uppercase()).collect();
    if methods.iter().any(|method| method == "GET") {
        methods.push("HEAD".to_owned());
    }
    methods
}
