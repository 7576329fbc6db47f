//! `/v1/sharing-consents`, `/v1/consent-texts`

use actix_web::{get, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    directory::{
        person::view::PersonId,
        sharing_consent::{
            read::{self, SharingConsentFilter},
            rule::SharingPurpose,
            texts::{self, ConsentTexts},
            view::{SharingConsent, SharingConsentId},
            write::{GiveSharingConsent, GiveSharingConsentInput, WithdrawSharingConsent},
        },
    },
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Sharing and restriction";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(get_consent_texts)
        .service(list_sharing_consents)
        .service(give_sharing_consent)
        .service(withdraw_sharing_consent);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those of this person.
    #[param(value_type = Option<String>, format = "uuid")]
    person_id: Option<PersonId>,
    /// Only those to this.
    purpose: Option<SharingPurpose>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// Get the words of consent
///
/// What people are asked to agree to, in both languages: each text with its edition and its SHA-256. Show the words as
/// they are to whoever is to agree, and send their edition along. Anyone may read them.
#[utoipa::path(tag = TAG, responses((status = 200, description = "The words of today", body = ConsentTexts)))]
#[get("/v1/consent-texts")]
async fn get_consent_texts(_call: Call) -> Answer {
    reply::plain(&texts::all())
}

/// List consents to sharing
///
/// What you agreed to, ended or not, the newest first. The ministry, which must be able to prove a consent, reads those of
/// everybody.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of consents", body = Items<SharingConsent>)))]
#[get("/v1/sharing-consents")]
async fn list_sharing_consents(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = SharingConsentFilter { person_id: params.person_id, purpose: params.purpose };
    reply::page(&call.http, read::list(&call.ctx, &filter, &page).await?)
}

/// Agree to share something
///
/// For yourself alone: nobody agrees for somebody else. `edition` is that of the words you have read, from
/// `/v1/consent-texts`; words that have a newer edition are refused with `consent_text_outdated`. What you agreed to in an
/// older edition counts no longer, and ends when you agree to the new one.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "Your own id as a person")), request_body = GiveSharingConsentInput,
    responses((status = 201, description = "Agreed", body = SharingConsent)))]
#[post("/v1/persons/{id}/sharing-consents")]
async fn give_sharing_consent(call: Write<GiveSharingConsentInput>, id: Path<PersonId>) -> Answer {
    let made = call.ctx.write(GiveSharingConsent { person: *id, input: call.body }).await?;
    reply::created(&made, made.version, "/v1/sharing-consents")
}

/// Withdraw a consent to sharing
///
/// No reason is needed. It counts no longer from the next read on; the record of it stays.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The consent's id")),
    responses((status = 200, description = "Withdrawn", body = SharingConsent)))]
#[post("/v1/sharing-consents/{id}/withdraw")]
async fn withdraw_sharing_consent(call: Write<Nothing>, id: Path<SharingConsentId>) -> Answer {
    let withdrawn = call.ctx.write(WithdrawSharingConsent { id: *id }).await?;
    reply::resource(&call.http, &withdrawn, withdrawn.version)
}
