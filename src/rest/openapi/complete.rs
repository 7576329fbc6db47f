//! What holds for every operation of its kind: security, headers, refusals, media types.

use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::{PUBLIC, Problem, UNVERSIONED, secured};

/// Bytes of the longest cursor, and more.
const LONGEST_CURSOR: u32 = 4096;

/// Adds to an operation what every one of its kind has; `schemas` are the document's.
pub(super) fn operation(path: &str, method: &str, operation: &mut Value, schemas: &Value) {
    let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
    let public = PUBLIC.contains(&id.as_str());
    operation["security"] = secured::of(&id);
    let writes = method != "get";
    let mut statuses = vec![400, 401, 429, 503];
    if !public {
        statuses.push(403);
    }
    if path.contains('{') || writes {
        statuses.push(404);
    }
    let mut headers = vec![("Accept-Language", false)];
    if writes {
        statuses.extend([408, 409, 413, 415, 422]);
        headers.push(("Idempotency-Key", false));
    }
    let list = parameters(operation).iter().any(|p| p["name"] == "limit");
    // What a query says can be read and yet make no sense: a period that ends before it begins.
    let asks = method == "get" && parameters(operation).iter().any(|p| p["in"] == "query");
    if asks {
        statuses.push(422);
    }
    if method == "patch" || method == "delete" {
        statuses.extend([412, 428]);
        headers.push(("If-Match", true));
    }
    let step = method == "post" && is_step(path, operation, schemas);
    if step {
        statuses.push(412);
        headers.push(("If-Match", false));
    }
    let single = method == "get" && id.starts_with("get_") && !UNVERSIONED.contains(&id.as_str());
    if single {
        statuses.push(304);
        headers.push(("If-None-Match", false));
    }
    for (name, required) in headers {
        header_parameter(operation, name, required);
    }
    limit_cursor(operation);
    merge_patch(method, operation);
    optional_body(operation, schemas);
    upload(&id, operation);
    if let Some(responses) = operation["responses"].as_object_mut() {
        for status in statuses {
            if let Some(response) = refusal(status) {
                responses.entry(status.to_string()).or_insert(response);
            }
        }
        for (status, response) in responses {
            let tagged = single || shows_version(response, schemas);
            response_headers(status, tagged && status.as_str() < "300", list, response);
        }
    }
}

/// Adds what the operations refer to, and the probes, which are no part of any noun.
pub(super) fn document(document: &mut Value) {
    let text = |description: &str| json!({ "description": description, "schema": { "type": "string" } });
    document["components"]["headers"] = json!({
        "X-Request-Id": text("The request's id, also in every error; name it when you ask for help."),
        "ETag": text("What you were shown: its version, if it has one, and its content. For `If-None-Match`, and for the `If-Match` of a change."),
        "Location": text("The address of what was made."),
        "Link": text("`rel=\"next\"`: the next page (RFC 8288). Absent on the last one."),
        "WWW-Authenticate": text("`Bearer`, with `error=\"invalid_token\"` when a token was sent that is not good."),
        "RateLimit": text("What is left of your quota of requests: `\"default\";r=50;t=30` is fifty, and all of them again in thirty seconds (draft-ietf-httpapi-ratelimit-headers)."),
        "RateLimit-Policy": text("The quota itself: `\"default\";q=1200;w=60` is 1,200 requests in sixty seconds."),
        "Retry-After": { "description": "Seconds to wait before the same request is sent again.", "schema": { "type": "integer", "minimum": 0, "maximum": 3600 } },
    });
    listed_by_name(&mut document["components"]["schemas"]);
    for (path, id, summary, words) in [
        ("/livez", "livez", "Whether the process runs", "For whoever restarts it when it does not answer."),
        (
            "/readyz",
            "readyz",
            "Whether the process can serve",
            "The database answers and its schema is the one this program knows. For whoever sends it requests.",
        ),
    ] {
        let state = json!({ "type": "object", "required": ["status"], "properties": {
            "status": { "type": "string", "enum": ["ok", "failing"], "description": "Whether all is well.", "example": "ok" },
            "checks": { "type": "object", "description": "Each thing that was looked at.", "additionalProperties": { "type": "string" } } } });
        let answer = |words: &str| json!({ "description": words, "content": { "application/json": { "schema": state } } });
        let mut responses = json!({ "200": answer("It does"), "4XX": refusal(400).unwrap_or_default() });
        if id == "readyz" {
            responses["503"] = answer("Not now; ask again in a few seconds");
        }
        document["paths"][path] = json!({ "get": { "operationId": id, "tags": ["Service"], "summary": summary,
            "description": words, "security": [{}], "responses": responses } });
    }
}

/// utoipa writes a list's rows out again inside the list; whoever generates a client wants the type they have.
fn listed_by_name(schemas: &mut Value) {
    let names: Vec<String> = schemas.as_object().into_iter().flat_map(Map::keys).cloned().collect();
    for name in &names {
        let Some(row) = name.strip_prefix("Items_").filter(|row| names.iter().any(|other| other == row))
        else {
            continue;
        };
        schemas[name]["properties"]["items"]["items"] =
            json!({ "$ref": format!("#/components/schemas/{row}") });
    }
}

/// Whether a command changes the thing at its address, and answers with it.
fn is_step(path: &str, operation: &Value, schemas: &Value) -> bool {
    let answer = &operation["responses"]["200"];
    path.contains('{') && shows_version(answer, schemas)
}

fn parameters(operation: &Value) -> &[Value] {
    operation["parameters"].as_array().map_or(&[], Vec::as_slice)
}

fn header_parameter(operation: &mut Value, name: &str, required: bool) {
    let description = match name {
        "Accept-Language" => {
            "The language of messages and labels: `id` (unless said) or `en`. Codes are the same in both."
        }
        "Idempotency-Key" => {
            "The same key and body give the same answer, however often they are sent. 1 to 255 visible ASCII characters; a new one for each new intention."
        }
        "If-Match" => {
            "The `ETag` you read, or its version alone, so that nobody's change is overwritten. `*`: whatever stands there now."
        }
        _ => "An `ETag` you have: 304 when you would be shown the same.",
    };
    // HTTP lets a server pass over what it cannot use in these two; the others are refused.
    let lenient = matches!(name, "Accept-Language" | "If-None-Match");
    let mut schema = if lenient {
        json!({ "type": "string" })
    } else {
        json!({ "type": "string", "minLength": 1, "maxLength": 255 })
    };
    if name == "Idempotency-Key" {
        schema["pattern"] = json!("^[!-~]+$");
    }
    let parameter = json!({ "name": name, "in": "header", "required": required, "description": description, "schema": schema });
    match operation["parameters"].as_array_mut() {
        Some(list) => list.push(parameter),
        None => operation["parameters"] = json!([parameter]),
    }
}

fn limit_cursor(operation: &mut Value) {
    for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
        if parameter["name"] == "after" {
            parameter["schema"]["maxLength"] = json!(LONGEST_CURSOR);
        }
    }
}

/// A change may come under the media type that says how it is meant (RFC 7396).
fn merge_patch(method: &str, operation: &mut Value) {
    if method == "patch" {
        let json = operation["requestBody"]["content"]["application/json"].clone();
        operation["requestBody"]["content"]["application/merge-patch+json"] = json;
    }
}

/// A body that needs no field may be left out: an empty one is read as `{}`.
fn optional_body(operation: &mut Value, schemas: &Value) {
    let reference = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
    let name = reference.as_str().and_then(|reference| reference.rsplit('/').next());
    if name.is_some_and(|name| schemas[name]["required"].as_array().is_none_or(Vec::is_empty)) {
        operation["requestBody"]["required"] = json!(false);
    }
}

/// A file is bytes, not a list of numbers.
fn upload(id: &str, operation: &mut Value) {
    if id == "start_import" {
        for media in ["application/gzip", "application/octet-stream"] {
            operation["requestBody"]["content"][media]["schema"] = json!({ "contentMediaType": media });
        }
    }
}

fn shows_version(response: &Value, schemas: &Value) -> bool {
    let reference = response["content"]["application/json"]["schema"]["$ref"].as_str();
    let name = reference.and_then(|reference| reference.rsplit('/').next()).unwrap_or_default();
    schemas[name]["properties"]["version"].is_object()
}

fn response_headers(status: &str, tagged: bool, list: bool, response: &mut Value) {
    let mut names = vec!["X-Request-Id", "RateLimit", "RateLimit-Policy"];
    match status {
        "200" if list => names.push("Link"),
        "201" => names.push("Location"),
        "304" => names.push("ETag"),
        "401" => names.push("WWW-Authenticate"),
        "409" | "429" | "503" => names.push("Retry-After"),
        _ => {}
    }
    if tagged {
        names.push("ETag");
    }
    for name in names {
        response["headers"][name] = json!({ "$ref": format!("#/components/headers/{name}") });
    }
}

fn refusal(status: u16) -> Option<Value> {
    let (description, title, code) = match status {
        304 => return Some(json!({ "description": "You have exactly this already" })),
        400 => (
            "Could not be read: broken JSON, a malformed id or parameter, a forged cursor",
            "Bad Request",
            "parameter_malformed",
        ),
        401 => ("No token, or one that is not good", "Unauthorized", "unauthenticated"),
        403 => ("Within your reach, but your role does not allow it", "Forbidden", "forbidden"),
        404 => ("Absent, or outside your reach", "Not Found", "not_found"),
        408 => ("The body took too long to arrive", "Request Timeout", "request_timeout"),
        409 => ("A rule says no; `code` names it", "Conflict", "idempotency_in_progress"),
        412 => ("Changed meanwhile: read it again", "Precondition Failed", "stale_version"),
        413 => ("The body is too large", "Payload Too Large", "too_large"),
        415 => {
            ("The body is not of a media type this reads", "Unsupported Media Type", "unsupported_media_type")
        }
        422 => ("Read, but invalid; `errors` lists every field at fault", "Unprocessable Entity", "invalid"),
        428 => ("`If-Match` is missing", "Precondition Required", "precondition_required"),
        429 => (
            "More requests than you have. `Retry-After` says when there is room again",
            "Too Many Requests",
            "too_many_requests",
        ),
        503 => (
            "Too busy; nothing was done. `Retry-After` says when to try again",
            "Service Unavailable",
            "unavailable",
        ),
        _ => return None,
    };
    let mut example = json!({
        "type": format!("urn:sanggar:problem:{code}"), "title": title, "status": status, "code": code,
        "detail": description, "instance": "urn:sanggar:request:0192f3c0-0000-7000-8000-000000000000"
    });
    if status == 422 {
        example["errors"] =
            json!([{ "pointer": "/name", "code": "field_missing", "detail": "This field is required." }]);
    }
    Some(json!({
        "description": description,
        "content": { "application/problem+json": {
            "schema": { "$ref": format!("#/components/schemas/{}", Problem::name()) }, "example": example } }
    }))
}
