//! `/v1/calendar-feeds`, `/calendar/{secret}.ics`

use actix_web::{get, post, web::Path};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    call::{Call, Nothing, Params, Write},
    reply::{self, Answer, Items},
};
use crate::{
    community::calendar::{
        input::CreateCalendarFeedInput,
        read,
        view::{CalendarFeed, CalendarFeedId},
        write::{CreateCalendarFeed, RevokeCalendarFeed},
    },
    foundation::page::{MAX_LIMIT, PageRequest},
};

const TAG: &str = "Meetings";

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_calendar_feeds)
        .service(create_calendar_feed)
        .service(revoke_calendar_feed)
        .service(get_calendar);
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListParams {
    /// The cursor of the page before: its `next`.
    after: Option<String>,
    /// Rows wanted, 20 unless said.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
}

/// List your calendar addresses
///
/// Your own, revoked ones included, oldest first. The addresses themselves are not shown again.
#[utoipa::path(tag = TAG, params(ListParams),
    responses((status = 200, description = "A page of addresses", body = Items<CalendarFeed>)))]
#[get("/v1/calendar-feeds")]
async fn list_calendar_feeds(call: Call, Params(params): Params<ListParams>) -> Answer {
    let page = PageRequest::forward(params.after, params.limit, MAX_LIMIT)?;
    reply::page(&call.http, read::list(&call.ctx, &page).await?)
}

/// Make a calendar address
///
/// An address to give to a calendar program (Google, Apple, Outlook, Thunderbird), of one community or of
/// everything you are in. `url` is shown this once. Whoever knows it reads the calendar: revoke it when it
/// got into wrong hands.
#[utoipa::path(tag = TAG, request_body = CreateCalendarFeedInput,
    responses((status = 201, description = "Made", body = CalendarFeed)))]
#[post("/v1/calendar-feeds")]
async fn create_calendar_feed(call: Write<CreateCalendarFeedInput>) -> Answer {
    let made = call.ctx.write(CreateCalendarFeed { input: call.body }).await?.shown(&call.ctx.services);
    reply::created(&made, made.version, "/v1/calendar-feeds")
}

/// Revoke a calendar address
///
/// It works no longer: calendar programs are answered 404.
#[utoipa::path(tag = TAG, params(("id" = String, Path, format = "uuid", description = "The address's id")),
    responses((status = 200, description = "Revoked", body = CalendarFeed)))]
#[post("/v1/calendar-feeds/{id}/revoke")]
async fn revoke_calendar_feed(call: Write<Nothing>, id: Path<CalendarFeedId>) -> Answer {
    let revoked = call.ctx.write(RevokeCalendarFeed { id: *id }).await?;
    reply::resource(&call.http, &revoked, revoked.version)
}

/// Read a calendar
///
/// What a calendar program fetches, without a token: the secret in the address is all it takes. iCalendar
/// (RFC 5545): series as rules with their exceptions, meetings of a year back and all that is planned. It holds
/// nobody's name. 404 when the address is unknown or revoked, or its owner left the community.
#[utoipa::path(tag = TAG,
    params(("id" = String, Path, description = "The secret of the address, 40 hexadecimal digits", example = "5d41402abc4b2a76b9719d911017c592ae2f8b10")),
    responses((status = 200, description = "The calendar", body = String, content_type = "text/calendar")))]
#[get("/calendar/{id}.ics")]
async fn get_calendar(call: Call, id: Path<String>) -> Answer {
    let text = read::calendar(&call.ctx, &id).await?;
    Ok(reply::text(&call.http, "text/calendar; charset=utf-8", text))
}
