//! Attendance.

use async_graphql::{ComplexObject, Context, Object};

use super::{
    list::{self, List},
    loader::{self, Shared},
    node::{call, with_key},
};
use crate::{
    foundation::error::Result,
    training::{
        attendance::{
            read,
            view::{Attendance, AttendanceRecord},
            write::{RecordAttendance, RecordAttendanceInput},
        },
        enrolment::view::Enrolment,
        session::view::SessionId,
    },
};

#[ComplexObject]
impl Attendance {
    /// The enrolment; null when it is outside your reach.
    async fn enrolment(&self, ctx: &Context<'_>) -> std::result::Result<Option<Enrolment>, Shared> {
        loader::opt(ctx, self.enrolment_id).await
    }
}

/// Reads.
#[derive(Default)]
pub struct AttendanceQuery;

#[Object]
impl AttendanceQuery {
    /// Who was recorded in a session, with names and minutes. A participant sees their own line.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn attendance(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session's id.")] id: SessionId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Attendance>> {
        let call = call(ctx)?;
        let page = read::list(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }
}

/// Commands.
#[derive(Default)]
pub struct AttendanceMutation;

#[Object]
impl AttendanceMutation {
    /// Records a whole session in one call, once it has started. Either all of it is recorded, or nothing
    /// and every fault is told. The same list again changes nothing; other minutes replace the earlier ones, and
    /// null takes a line back. It is a new version of the session.
    async fn record_attendance(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session's id.")] id: SessionId,
        #[graphql(desc = "Who was there.")] input: RecordAttendanceInput,
    ) -> Result<AttendanceRecord> {
        with_key(ctx)?.write(RecordAttendance { session_id: id, input }).await
    }
}
