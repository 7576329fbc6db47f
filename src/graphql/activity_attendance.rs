//! Attendance of activities, and how members come onto the list.

use async_graphql::{Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    community::activity::{
        attendance::{
            read,
            record::{RecordActivityAttendance, RecordActivityAttendanceInput},
            view::{ActivityAttendance, ActivityAttendanceRecord},
        },
        check_in::{
            read::{ActivityCheckInCode, activity_check_in_code},
            write::{CheckInActivity, CheckInActivityInput, ConfirmActivity},
        },
        view::ActivityId,
    },
    foundation::error::Result,
};

/// Reads.
#[derive(Default)]
pub struct ActivityAttendanceQuery;

#[Object]
impl ActivityAttendanceQuery {
    /// Who was at an activity, for how long and how it is known, in the order in which it was recorded.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn activity_attendance(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<ActivityAttendance>> {
        let call = call(ctx)?;
        let page = read::list(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// The code to show in the room now, for the officers of the community. It changes every thirty seconds: ask
    /// again at `nextAt`.
    async fn activity_check_in_code(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
    ) -> Result<ActivityCheckInCode> {
        activity_check_in_code(call(ctx)?, id).await
    }
}

/// Commands.
#[derive(Default)]
pub struct ActivityAttendanceMutation;

#[Object]
impl ActivityAttendanceMutation {
    /// Records who was at an activity, from its start until its report is complete. Either all of it is
    /// recorded, or nothing and every fault is told. The same list again changes nothing; 0 minutes take a
    /// person off.
    async fn record_activity_attendance(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
        #[graphql(desc = "Who was there.")] input: RecordActivityAttendanceInput,
    ) -> Result<ActivityAttendanceRecord> {
        with_key(ctx)?.write(RecordActivityAttendance { id, input }).await
    }

    /// A member sends a code that was shown in the room, at once or up to seven days after the end. The code
    /// proves the moment. The same or another good code again changes nothing and answers the same.
    async fn check_in_activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
        #[graphql(desc = "What the phone read.")] input: CheckInActivityInput,
    ) -> Result<ActivityAttendance> {
        with_key(ctx)?.write(CheckInActivity { id, input }).await
    }

    /// A member says that they were there, once it was noted as held, up to three days after its end and
    /// before its report.
    async fn confirm_activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The activity's id.")] id: ActivityId,
    ) -> Result<ActivityAttendance> {
        with_key(ctx)?.write(ConfirmActivity(id)).await
    }
}
