//! `/v1/accounts`

use actix_web::{get, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    directory::person::view::PersonId,
    foundation::page::{MAX_LIMIT, PageRequest},
    identity::account::{
        input::{BlockAccountInput, InviteAccountInput, RemoveAccountSecondFactorInput},
        read::{self, AccountFilter},
        rule::AccountStatus,
        step::{BlockAccount, RemoveAccountSecondFactor, SendAccountReset, UnblockAccount},
        view::{Account, AccountId},
        write::InviteAccount,
    },
};

const TAG: &str = "Accounts";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_accounts)
        .service(invite_account)
        .service(get_account)
        .service(block_account)
        .service(unblock_account)
        .service(send_account_reset)
        .service(remove_account_second_factor);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// Only in this state.
    status: Option<AccountStatus>,
    /// Only this person's.
    #[param(value_type = Option<String>, format = "uuid")]
    person_id: Option<PersonId>,
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List accounts
///
/// Who can sign in, of those you look after, by login.
#[utoipa::path(tag = TAG, params(ListParams), responses((status = 200, description = "A page of accounts", body = Items<Account>)))]
#[get("/v1/accounts")]
async fn list_accounts(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    let filter = AccountFilter { status: params.status, person_id: params.person_id };
    reply::page(&call.http, read::list(&call.ctx, &filter, &page).await?)
}

/// Get an account
///
/// One account by its id. Nothing with which somebody could sign in is shown.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The account's id")),
    responses((status = 200, description = "The account", body = Account)))]
#[get("/v1/accounts/{id}")]
async fn get_account(call: Call, id: Path<AccountId>) -> Answer {
    let found = read::find(&call.ctx, *id).await?;
    reply::resource(&call.http, &found, found.version)
}

/// Invite somebody
///
/// Makes an account and mails its owner a link, good once and for seven days, with which they set a password. A person
/// has one account at most. The link is never shown here.
#[utoipa::path(tag = TAG, request_body = InviteAccountInput,
    responses((status = 201, description = "Invited", body = Account)))]
#[post("/v1/accounts")]
async fn invite_account(call: Write<InviteAccountInput>) -> Answer {
    let made = call.ctx.write(InviteAccount { input: call.body, by_mail: true }).await?;
    reply::created(&made, made.version, &format!("/v1/accounts/{}", made.id))
}

/// Block an account
///
/// Nobody signs in with it any more; every session ends, and what apps hold for it is good no more.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The account's id")), request_body = BlockAccountInput,
    responses((status = 200, description = "Blocked", body = Account)))]
#[post("/v1/accounts/{id}/block")]
async fn block_account(call: Write<BlockAccountInput>, id: Path<AccountId>) -> Answer {
    let changed = call.ctx.write(BlockAccount { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Unblock an account
///
/// Its owner may sign in again, with the password they had.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The account's id")), request_body = Nothing,
    responses((status = 200, description = "Unblocked", body = Account)))]
#[post("/v1/accounts/{id}/unblock")]
async fn unblock_account(call: Write<Nothing>, id: Path<AccountId>) -> Answer {
    let changed = call.ctx.write(UnblockAccount { id: *id }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Send a link to set a password
///
/// Mails the owner a link, good once and for an hour; a new invitation where they never set a password. Older links are
/// good no more. The link is never shown here.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The account's id")), request_body = Nothing,
    responses((status = 200, description = "Sent", body = Account)))]
#[post("/v1/accounts/{id}/send-reset")]
async fn send_account_reset(call: Write<Nothing>, id: Path<AccountId>) -> Answer {
    let changed = call.ctx.write(SendAccountReset { id: *id }).await?;
    reply::resource(&call.http, &changed, changed.version)
}

/// Remove a second factor
///
/// For somebody who lost phone and codes: signing in asks for the password alone, and for a new factor where a role
/// needs one. Every session ends.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The account's id")), request_body = RemoveAccountSecondFactorInput,
    responses((status = 200, description = "Removed", body = Account)))]
#[post("/v1/accounts/{id}/remove-second-factor")]
async fn remove_account_second_factor(
    call: Write<RemoveAccountSecondFactorInput>,
    id: Path<AccountId>,
) -> Answer {
    let changed = call.ctx.write(RemoveAccountSecondFactor { id: *id, input: call.body }).await?;
    reply::resource(&call.http, &changed, changed.version)
}
