//! `/v1/audit-entries`

use actix_web::{get, web::Path};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Params},
    reply::{self, Answer, Items},
};
use crate::{
    foundation::page::{MAX_LIMIT, PageRequest},
    identity::audit_entry::{
        read::{self, AuditEntryFilter},
        view::AuditEntry,
    },
};

const TAG: &str = "Audit trail";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_audit_entries).service(get_audit_entry);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only those about this kind of thing.
    #[param(example = "certificate", max_length = 60)]
    subject_kind: Option<String>,
    /// Only those about this one; its kind must be named too.
    #[param(max_length = 60)]
    subject_id: Option<String>,
    /// Only what this person, account or system did, as entries name them.
    #[param(max_length = 200)]
    actor: Option<String>,
    /// Only this command: `certificate.revoke` and so on.
    #[param(max_length = 60)]
    action: Option<String>,
    /// Only what came through this app or system (its `client_id`).
    #[param(max_length = 60)]
    client: Option<String>,
    /// Only what was done at this instant or later.
    from: Option<DateTime<Utc>>,
    /// Only what was done before this instant.
    to: Option<DateTime<Utc>>,
    /// Only those about something in this region or one below it.
    #[param(max_length = 8)]
    region_code: Option<String>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List audit entries
///
/// Who did what to which things, when, why, through which app, and what it changed; the newest first. The ministry
/// reads all of them; a regional officer those of which every subject lies in their region. What was done
/// anonymously is there without whoever did it.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of audit entries", body = Items<AuditEntry>)))]
#[get("/v1/audit-entries")]
async fn list_audit_entries(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = AuditEntryFilter {
        subject_kind: params.subject_kind,
        subject_id: params.subject_id,
        actor: params.actor,
        action: params.action,
        client: params.client,
        from: params.from,
        to: params.to,
        region_code: params.region_code,
    };
    reply::page(&call.http, read::list(&call.ctx, &filter, &page).await?)
}

/// Get an audit entry
///
/// One entry by its number. Entries never change.
#[utoipa::path(tag = TAG, params(("seq" = i64, Path, minimum = 1, description = "The entry's number", example = 1)),
    responses((status = 200, description = "The audit entry", body = AuditEntry)))]
#[get("/v1/audit-entries/{seq}")]
async fn get_audit_entry(call: Call, seq: Path<i64>) -> Answer {
    reply::plain(&read::find(&call.ctx, *seq).await?)
}
