//! Appealing, reporting, and deciding both.

mod appeal;
mod decide;
mod dismiss;
mod report;

pub use appeal::{AppealComment, AppealProposal};
pub use decide::DecideAppeal;
pub use dismiss::DismissReport;
pub use report::{ReportComment, ReportProposal};

use entity::{appeal as appeal_row, report as report_row};
use serde_json::json;

use crate::foundation::{
    error::{Error, Faults, Result},
    event::Event,
    text::Reason,
};

fn reason(raw: &str) -> Result<Reason> {
    let mut faults = Faults::new();
    let reason = faults.take("/reason", Reason::parse(raw));
    faults.done()?;
    reason.ok_or_else(|| Error::invalid("/reason", "reason_missing"))
}

/// What is told of an appeal: that there is one, about what, and where it stands; no word of it, and nobody's name.
fn appeal_told(kind: &'static str, region: &str, row: &appeal_row::Model) -> Event {
    Event::new(kind, "appeal", row.id, row.version).in_region(Some(region)).with(json!({
        "communityId": row.community_id, "subjectKind": row.subject_kind, "subjectId": row.subject_id,
        "status": row.status,
    }))
}

/// What is told of a report, likewise.
fn report_told(kind: &'static str, region: &str, row: &report_row::Model) -> Event {
    Event::new(kind, "report", row.id, row.version).in_region(Some(region)).with(json!({
        "communityId": row.community_id, "subjectKind": row.subject_kind, "subjectId": row.subject_id,
        "code": row.code, "status": row.status,
    }))
}
