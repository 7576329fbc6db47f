//! What the communities of the demo did: meetings with who was there and what they cost, an assessment written in
//! common and carried on elsewhere, a lesson watched, a book read together, credit, and a certificate for it.

mod credit;
mod improved;
mod learning;
mod moderated;
mod particular;
mod recognised;
mod together;
mod voice;

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};

use super::{
    World,
    communities::{Communities, Founded, acting},
    places::Places,
};
use crate::{
    access::{context::Ctx, grant::Grant},
    certification::certificate::view::CertificateId,
    community::{
        activity::{
            attendance::record::{
                ActivityAttendanceEntryInput, RecordActivityAttendance, RecordActivityAttendanceInput,
            },
            cost::{
                rule::CostPayer,
                view::ActivityCostId,
                write::{CreateActivityCost, CreateActivityCostInput},
            },
            input::{CreateActivityInput, ReportActivityInput},
            rule::{ActivityKind, MeetingMode},
            view::ActivityId,
            write::{CreateActivity, HoldActivity, ReportActivity},
        },
        artefact::view::{ArtefactId, AttachmentId},
        article::view::ArticleId,
        book::view::BookReadingId,
        calendar::{input::CreateCalendarFeedInput, view::CalendarFeedId, write::CreateCalendarFeed},
        credit::scheme::view::CreditSchemeId,
        discussion::view::CommentId,
        improvement::view::ImprovementId,
        moderation::view::{AppealId, ReportId},
        observation::{instrument::view::ObservationInstrumentId, view::ObservationId},
        proposal::view::ProposalId,
        series::{input::CreateMeetingSeriesInput, view::MeetingSeriesId, write::CreateMeetingSeries},
    },
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Result},
        language::Language,
    },
};
use credit::{earned, scheme};
use improved::improved;
use learning::{Planned, planned};
use particular::particular;
use recognised::{Recognised, recognised};
use together::{made_and_carried_on, read_together, watched};

/// Who is at some meeting on which Saturday: nobody is at two.
type Busy = BTreeSet<(PersonId, i64)>;

/// Minutes of a meeting.
const MINUTES: i64 = 180;

/// What came of it: one of each, and how much.
pub struct Year {
    pub activity: ActivityId,
    pub activity_cost: ActivityCostId,
    pub meeting_series: MeetingSeriesId,
    pub calendar_feed: CalendarFeedId,
    pub artefact: ArtefactId,
    pub attachment: AttachmentId,
    pub instrument: ObservationInstrumentId,
    pub observation: ObservationId,
    pub reading: BookReadingId,
    pub article: ArticleId,
    pub learning: Planned,
    pub improvement: ImprovementId,
    pub comment: CommentId,
    pub proposal: ProposalId,
    pub appeal: AppealId,
    pub report: ReportId,
    pub credit_scheme: CreditSchemeId,
    pub certificate: CertificateId,
    pub recognised: Recognised,
    /// Activities that were held and reported.
    pub reported: usize,
}

/// Lives through it.
pub async fn live(world: &World<'_>, places: &Places, communities: &Communities) -> Result<Year> {
    let active: Vec<&Founded> = communities.alive.iter().filter(|group| group.active).collect();
    let (first, others) = active.split_first().ok_or_else(|| missing("a community at work"))?;
    let quiet = others.len().saturating_sub(1);
    let (next, others) =
        others.get(..quiet).and_then(|o| o.split_first()).ok_or_else(|| missing("another"))?;
    let scheme = scheme(world, places).await?;
    let (mut reported, mut busy) = (0, BTreeSet::new());
    let cost = cycle(world, first, &mut busy, &mut reported).await?;
    // Three weeks apart, so that each has done something lately.
    for group in std::iter::once(next).chain(others) {
        for weeks in [7, 4, 1].into_iter().filter(|weeks| weeks * 7 + 10 < group.age) {
            meeting(world, group, weeks, ActivityKind::Meeting, &mut busy).await?;
            reported += 1;
        }
    }
    let (artefact, attachment) = made_and_carried_on(world, first, next).await?;
    let (instrument, observation) = watched(world, first).await?;
    let reading = read_together(world, first).await?;
    let article = particular(world, first).await?;
    let learning = planned(world, first).await?;
    let certificate = earned(world, first, scheme).await?;
    world.at(-1, 9);
    let chair = acting(world, &first.grant);
    let meeting_series = chair.write(second_saturdays(first)).await?.id;
    let member = as_member(world, first, 1)?;
    let input = CreateCalendarFeedInput { community_id: Some(first.id), label: Some("Ponsel".to_owned()) };
    let calendar_feed = member.write(CreateCalendarFeed { input }).await?.shown(&world.ctx.services).id;
    let activity = chair.write(ahead(world, first)).await?.id;
    let improvement = improved(world, first, next, artefact).await?;
    let spoken = voice::spoken(world, first, activity).await?;
    let (appeal, report) = moderated::moderated(world, first, &spoken).await?;
    let recognised = recognised(world, &communities.alive).await?;
    Ok(Year {
        activity,
        activity_cost: cost,
        meeting_series,
        calendar_feed,
        artefact,
        attachment,
        instrument,
        observation,
        reading,
        article,
        learning,
        improvement,
        comment: spoken.comment,
        proposal: spoken.proposal,
        appeal,
        report,
        credit_scheme: scheme,
        certificate,
        reported: reported + recognised.reported,
        recognised,
    })
}

fn missing(what: &str) -> Error {
    Error::internal("the demo", format!("{what} is missing"))
}

fn person(group: &Founded, nth: usize) -> Result<PersonId> {
    group.members.get(nth).copied().ok_or_else(|| missing("a member"))
}

/// One of the members, as they sign in.
fn as_member(world: &World<'_>, group: &Founded, nth: usize) -> Result<Ctx> {
    Ok(acting(world, &Grant::teacher(person(group, nth)?.uuid())))
}

/// A cycle of the national kind: five meetings and three tasks, on eight Saturdays.
async fn cycle(
    world: &World<'_>,
    group: &Founded,
    busy: &mut Busy,
    reported: &mut usize,
) -> Result<ActivityCostId> {
    use ActivityKind::{CollaborativePlanning, CommonAssessment, Meeting, PeerObservation};
    let kinds = [
        Meeting,
        Meeting,
        PeerObservation,
        Meeting,
        CommonAssessment,
        Meeting,
        CollaborativePlanning,
        Meeting,
    ];
    let mut cost = None;
    for (at, kind) in (0_i64..).zip(kinds) {
        let held = meeting(world, group, 9 - at, kind, busy).await?;
        *reported += 1;
        let input = CreateActivityCostInput {
            what: "Fotokopi dan konsumsi".to_owned(),
            amount_rupiah: 150_000,
            paid_by: CostPayer::Members,
        };
        let made = acting(world, &group.grant).write(CreateActivityCost { activity: held, input }).await?;
        cost.get_or_insert(made.id);
    }
    cost.ok_or_else(|| missing("a cost"))
}

/// A meeting so many Saturdays ago, from nine to twelve, planned before, held, reported.
async fn meeting(
    world: &World<'_>,
    group: &Founded,
    weeks: i64,
    kind: ActivityKind,
    busy: &mut Busy,
) -> Result<ActivityId> {
    // Today is a Monday; the last Saturday was the day before yesterday.
    let day = -2 - 7 * (weeks - 1);
    let starts_at = world.at(day, 9);
    world.at(day - 4, 16);
    let chair = acting(world, &group.grant);
    let input = CreateActivityInput {
        kind,
        title: title(kind).to_owned(),
        description: None,
        starts_at,
        ends_at: starts_at + TimeDelta::minutes(MINUTES),
        timezone: None,
        place: Some("Ruang guru sekolah inti".to_owned()),
        mode: MeetingMode::FaceToFace,
        despite_clashes: None,
    };
    let planned = chair.write(CreateActivity { community: group.id, input }).await?;
    world.at(day, 13);
    chair.write(HoldActivity(planned.id)).await?;
    let comes = |nth: usize| nth < 2 || !(nth as u64 + weeks.unsigned_abs()).is_multiple_of(4);
    let minutes = |nth: usize| if nth > 4 && nth.is_multiple_of(3) { 120 } else { 180 };
    let mut entries = Vec::new();
    for (nth, person_id) in group.members.iter().copied().enumerate().filter(|(nth, _)| comes(*nth)) {
        if busy.insert((person_id, weeks)) {
            entries.push(ActivityAttendanceEntryInput { person_id, minutes: minutes(nth) });
        }
    }
    let input = RecordActivityAttendanceInput { entries };
    chair.write(RecordActivityAttendance { id: planned.id, input }).await?;
    let notes =
        "Hasil dibahas bersama, lalu dicoba di kelas masing-masing sebelum pertemuan berikut.".to_owned();
    chair.write(ReportActivity { id: planned.id, input: ReportActivityInput { notes } }).await?;
    Ok(planned.id)
}

fn title(kind: ActivityKind) -> &'static str {
    match kind {
        ActivityKind::PeerObservation => "Saling mengamati pembelajaran",
        ActivityKind::CommonAssessment => "Menyusun asesmen diagnostik bersama",
        ActivityKind::CollaborativePlanning => "Merancang modul ajar bersama",
        _ => "Pertemuan rutin",
    }
}

/// The next one, two Saturdays from now.
fn ahead(world: &World<'_>, group: &Founded) -> CreateActivity {
    let starts_at = world.today + TimeDelta::days(12);
    CreateActivity {
        community: group.id,
        input: CreateActivityInput {
            kind: ActivityKind::Meeting,
            title: "Menelaah hasil asesmen diagnostik".to_owned(),
            description: Some("Bawa hasil kelas masing-masing, tanpa nama siswa.".to_owned()),
            starts_at,
            ends_at: starts_at + TimeDelta::minutes(MINUTES),
            timezone: None,
            place: Some("Ruang guru sekolah inti".to_owned()),
            mode: MeetingMode::FaceToFace,
            despite_clashes: None,
        },
    }
}

/// Every second Saturday of a month, after lessons.
fn second_saturdays(group: &Founded) -> CreateMeetingSeries {
    CreateMeetingSeries {
        community: group.id,
        input: CreateMeetingSeriesInput {
            title: "Pertemuan rutin".to_owned(),
            description: None,
            kind: ActivityKind::Meeting,
            mode: MeetingMode::FaceToFace,
            place: Some("Ruang guru sekolah inti".to_owned()),
            starts_at: "2026-12-12T15:00:00".to_owned(),
            timezone: "Asia/Jakarta".to_owned(),
            minutes: 150,
            rule: "FREQ=MONTHLY;BYDAY=2SA".to_owned(),
            pauses: Vec::new(),
            despite_clashes: None,
        },
        language: Language::Indonesian,
    }
}

fn day(text: &str) -> Result<NaiveDate> {
    text.parse().map_err(|e| Error::internal("the demo's days", e))
}

impl Year {
    /// One id of each noun, for the contract's examples.
    pub fn examples(&self) -> Vec<(&'static str, String)> {
        vec![
            ("activity", self.activity.to_string()),
            ("activity_cost", self.activity_cost.to_string()),
            ("meeting_series", self.meeting_series.to_string()),
            ("calendar_feed", self.calendar_feed.to_string()),
            ("artefact", self.artefact.to_string()),
            ("attachment", self.attachment.to_string()),
            ("observation_instrument", self.instrument.to_string()),
            ("observation", self.observation.to_string()),
            ("article", self.article.to_string()),
            ("learning_plan", self.learning.plan.to_string()),
            ("learning_goal", self.learning.goal.to_string()),
            ("learning_evidence", self.learning.evidence.to_string()),
            ("learning_reflection", self.learning.reflection.to_string()),
            ("book_reading", self.reading.to_string()),
            ("improvement", self.improvement.to_string()),
            ("comment", self.comment.to_string()),
            ("proposal", self.proposal.to_string()),
            ("appeal", self.appeal.to_string()),
            ("report", self.report.to_string()),
            ("credit_scheme", self.credit_scheme.to_string()),
            ("recognition_scheme", self.recognised.scheme.to_string()),
            ("progress_note", self.recognised.note.to_string()),
            ("award_round", self.recognised.round.to_string()),
            ("award_entry", self.recognised.entry.to_string()),
            ("award_objection", self.recognised.objection.to_string()),
        ]
    }
}
