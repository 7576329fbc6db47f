//! `/v1/verifications` and the keys: what anyone may check, without a token.

use actix_web::{HttpResponse, get, http::header, web::Path};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{call::Call, problem::Problem, reply::Answer};
use crate::{
    certification::certificate::{verification_id::VerificationId, verify, view::Verification},
    foundation::error::Error,
};

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(get_verification).service(get_jwks);
}

/// Verify a certificate
///
/// Whether a certificate is genuine and what it is worth at this moment, for anyone who holds its
/// verification code. The holder's name is masked, unless the holder agreed that it is shown whole. Never cached: after a revocation was acknowledged
/// nobody is told "valid". When what is stored is not what was issued, the answer is 409
/// `certificate_integrity_failed`: it cannot be confirmed, ask the issuer.
#[utoipa::path(tag = "Certificates",
    params(("id" = String, Path, description = "The verification code, 26 letters and digits as printed; small letters, spaces and dashes do not matter", example = "01ARZ3NDEKTSV4RRFFQ69G5FAV")),
    responses(
        (status = 200, description = "The certificate, whatever it is worth", body = Verification),
        (status = 409, description = "What is stored is not what was issued; `code` is `certificate_integrity_failed`", body = Problem, content_type = "application/problem+json")))]
#[get("/v1/verifications/{id}")]
async fn get_verification(call: Call, id: Path<String>) -> Answer {
    let id = VerificationId::parse(&id).map_err(|fault| Error::malformed("/id", fault.code))?;
    let found = verify::find(&call.ctx, id).await?;
    let body = serde_json::to_vec(&found).map_err(|e| Error::internal("write an answer", e))?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("application/json")
        .body(body))
}

/// The public keys that prove what this service signed.
#[derive(Debug, Serialize, ToSchema)]
struct JsonWebKeySet {
    /// Every key that ever signed certificates or tokens.
    keys: Vec<JsonWebKey>,
}

/// A public key (RFC 7517).
#[derive(Debug, Serialize, ToSchema)]
struct JsonWebKey {
    /// Key type.
    #[schema(example = "EC")]
    kty: String,
    /// Curve.
    #[schema(example = "P-256")]
    crv: String,
    /// First coordinate, base64url.
    #[schema(example = "WKn-ZIGevcwGIyyrzFoZNBdaq9_TsqzGl96oc0CWuis", min_length = 43, max_length = 43)]
    x: String,
    /// Second coordinate, base64url.
    #[schema(example = "y77t-RvAHRKTsSGdIYUfweuOvwrvDD-Q3Hv5J0fSKbE", min_length = 43, max_length = 43)]
    y: String,
    /// What it is for: signatures.
    #[serde(rename = "use")]
    #[schema(rename = "use", example = "sig")]
    usage: String,
    /// Algorithm.
    #[schema(example = "ES256")]
    alg: String,
    /// The name by which a signature refers to it (RFC 7638).
    #[schema(example = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", min_length = 43, max_length = 43)]
    kid: String,
}

/// Get the public keys
///
/// The keys that prove certificates (and access tokens) of this service, as a JWK Set (RFC 7517). Keys
/// that no longer sign stay listed: what they signed stays provable.
#[utoipa::path(tag = "Service", responses((status = 200, description = "The keys", body = JsonWebKeySet)))]
#[get("/.well-known/jwks.json")]
async fn get_jwks(call: Call) -> Answer {
    let body = serde_json::to_vec(&call.ctx.services.keyring.jwks())
        .map_err(|e| Error::internal("write the keys", e))?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .content_type("application/json")
        .body(body))
}
