//! Real program titles, batches in every state, and about 300 certificates of which some
//! are revoked: three years of trainings, lived through day by day.

use std::collections::{BTreeMap, HashSet};

use async_graphql::MaybeUndefined;
use chrono::{DateTime, TimeDelta, Utc};

mod plans;
mod programs;

use super::{World, chance::Chance, people::People, places::Places};
use crate::{
    certification::certificate::{
        view::CertificateId,
        write::{IssueBatchCertificates, RevokeCertificate, RevokeCertificateInput},
    },
    directory::{person::view::PersonId, school::teaching::zone_of},
    foundation::{
        error::{Error, Result},
        language::Language,
    },
    training::{
        attendance::write::{AttendanceEntryInput, RecordAttendance, RecordAttendanceInput},
        batch::{
            input::{CancelBatchInput, CreateBatchInput},
            read::BatchPlan,
            rule::{BatchKind, SelectionRule},
            view::{Batch, BatchId},
            write::{CancelBatch, CloseBatch, CreateBatch, FinishBatch, OpenBatch, StartBatch},
        },
        enrolment::{
            rule::EnrolmentStatus,
            view::{Enrolment, EnrolmentId},
            write::{
                ApplyEnrolment, ApplyEnrolmentInput, CompleteBatch, RejectEnrolment, RejectEnrolmentInput,
                ScoreEnrolment, ScoreEnrolmentInput, WithdrawEnrolment, WithdrawEnrolmentInput,
            },
        },
        program::view::{Program, ProgramId},
        session::{
            input::{AssignSessionTeacherInput, CreateSessionInput},
            view::SessionId,
            write::{AssignSessionTeacher, CreateSession},
        },
    },
};
use SelectionRule::FirstCome;
use Stage::{Cancelled, Certified, Closed, Draft, Open, Running};
use plans::{PLANS, Plan, Stage, fee, plan};

/// What came of the trainings.
pub struct Trainings {
    /// Programs by code.
    pub programs: BTreeMap<&'static str, Program>,
    /// Batches in the order of the plans, the cascade last.
    pub batches: Vec<Batch>,
    /// Every certificate, in the order of issue.
    pub certificates: Vec<CertificateId>,
    /// Those of them that were revoked.
    pub revoked: Vec<CertificateId>,
    /// The first participant of the first batch: has a certificate.
    pub trained: Option<PersonId>,
    /// The resource person who teaches the running batch, as a person.
    pub teaching: Option<PersonId>,
}

/// Lives through all of them.
pub async fn run(world: &World<'_>, places: &Places, people: &People) -> Result<Trainings> {
    let mut maker = Maker { world, people, chance: Chance::new(41) };
    let mut done = Trainings {
        programs: maker.programs(places).await?,
        batches: Vec::new(),
        certificates: Vec::new(),
        revoked: Vec::new(),
        trained: None,
        teaching: None,
    };
    for plan in &PLANS {
        maker.live(plan, None, &mut done).await?;
    }
    let source = done.batches.get(4).map(|b| b.id);
    let cascade = plan("KIAT-BEDA", "Imbas Angkatan 4", "33.74", -40, (30, 30), FirstCome, Certified);
    maker.live(&cascade, source, &mut done).await?;
    world.at(-3, 10);
    let wrong: Vec<CertificateId> = done.certificates.iter().copied().step_by(41).skip(1).collect();
    for id in wrong {
        let input = RevokeCertificateInput { reason: "Terbit untuk orang yang keliru.".to_owned() };
        world.ctx.write(RevokeCertificate { id, input }).await?;
        done.revoked.push(id);
    }
    Ok(done)
}

/// Planned minutes of a program.
fn minutes(program: &Program) -> i64 {
    i64::from(program.hours_jp) * i64::from(program.minutes_per_jp)
}

struct Maker<'w> {
    world: &'w World<'w>,
    people: &'w People,
    chance: Chance,
}

impl Maker<'_> {
    /// Plans a batch and takes it as far as it has come.
    async fn live(&mut self, plan: &Plan, source: Option<BatchId>, done: &mut Trainings) -> Result<()> {
        let program = done
            .programs
            .get(plan.program)
            .cloned()
            .ok_or_else(|| Error::internal("the demo", plan.program))?;
        // Today is a Monday; sessions are on Saturdays, when nobody teaches.
        let first = plan.week * 7 + 5;
        let announced = if first > 0 { -10 } else { first - 50 };
        self.world.at(announced, 9);
        let batch = self.create(plan, &program, first, source).await?;
        let (sessions, teachers) = self.sessions(&batch, &program, first).await?;
        if plan.until == Running {
            done.teaching = teachers.first().copied();
        }
        if plan.until == Draft {
            done.batches.push(batch);
            return Ok(());
        }
        self.world.at(announced + 1, 9);
        self.world.ctx.write(OpenBatch { id: batch.id, language: Language::Indonesian }).await?;
        let enrolments = self.applications(plan, batch.id, announced + 2, done).await?;
        self.world.at((first - 7).min(-1), 9);
        let batch = match plan.until {
            Draft | Open => {
                self.second_thoughts(&enrolments).await?;
                crate::training::batch::read::find(&self.world.ctx, batch.id, BatchPlan::default()).await?
            }
            Cancelled => {
                let input = CancelBatchInput { reason: "Gedung dipakai untuk posko bencana.".to_owned() };
                self.world.ctx.write(CancelBatch { id: batch.id, input }).await?
            }
            Closed => self.world.ctx.write(CloseBatch { id: batch.id }).await?,
            Running | Certified => self.teach(plan, batch.id, first, &sessions, &enrolments, done).await?,
        };
        done.batches.push(batch);
        Ok(())
    }

    async fn create(
        &self,
        plan: &Plan,
        program: &Program,
        first: i64,
        source: Option<BatchId>,
    ) -> Result<Batch> {
        let now = self.world.ctx.now();
        let day = |offset: i64| (self.world.today + TimeDelta::days(offset)).date_naive();
        let input = CreateBatchInput {
            program_id: program.id,
            name: plan.name.to_owned(),
            kind: Some(if source.is_some() { BatchKind::Cascade } else { BatchKind::Direct }),
            source_batch_id: source,
            region_code: plan.region.to_owned(),
            place: "Aula pertemuan (contoh)".to_owned(),
            starts_on: day(first),
            ends_on: day(first + 7 * ((minutes(program) - 1) / 240)),
            registration_opens_at: now,
            registration_closes_at: self.world.today + TimeDelta::days(first - 5),
            capacity: plan.capacity,
            selection: Some(plan.selection),
            cost_rupiah: Some(fee(plan.program)),
        };
        self.world.ctx.write(CreateBatch(input)).await
    }

    /// A session of four hours each Saturday until the program's hours are filled.
    async fn sessions(
        &self,
        batch: &Batch,
        program: &Program,
        first: i64,
    ) -> Result<(Vec<(SessionId, DateTime<Utc>)>, Vec<PersonId>)> {
        let minutes = minutes(program);
        let zone = zone_of(&batch.region_code);
        // 08:00 where the batch is; today stands at 09:00 in Jakarta.
        let early = match zone {
            "Asia/Makassar" => 2,
            "Asia/Jayapura" => 3,
            _ => 1,
        };
        let (mut made, mut teachers) = (Vec::new(), Vec::new());
        for (n, from) in (0..minutes).step_by(240).enumerate() {
            let at = i64::try_from(n).unwrap_or_default();
            let starts_at = self.world.today + TimeDelta::days(first + 7 * at) - TimeDelta::hours(early);
            let ends_at = starts_at + TimeDelta::minutes((minutes - from).min(240));
            let input = CreateSessionInput {
                title: format!("Pertemuan {}", n + 1),
                starts_at,
                ends_at,
                timezone: zone.to_owned(),
                place: None,
            };
            let command = CreateSession { batch: batch.id, input, language: Language::Indonesian };
            let session = self.world.ctx.write(command).await?;
            teachers.extend(self.assign(session.id, program.id).await?);
            made.push((session.id, ends_at));
        }
        Ok((made, teachers))
    }

    /// The first resource person who may and can; none where all are busy.
    async fn assign(&self, session: SessionId, program: ProgramId) -> Result<Option<PersonId>> {
        for teacher in &self.people.resource_persons {
            let competent = crate::directory::resource_person::read::competence_verified(
                self.world.ctx.db(),
                teacher.id.uuid(),
                program.uuid(),
            )
            .await?;
            if !competent {
                continue;
            }
            let input = AssignSessionTeacherInput { resource_person_id: teacher.id, override_reason: None };
            let command = AssignSessionTeacher { id: session, input, language: Language::Indonesian };
            match self.world.ctx.write(command).await {
                // Somebody else teaches then, or has taught enough this term: ask the next one.
                Err(Error::Conflict(_)) => {}
                other => return other.map(|_| Some(teacher.person_id)),
            }
        }
        Ok(None)
    }

    async fn applications(
        &mut self,
        plan: &Plan,
        batch: BatchId,
        from: i64,
        done: &mut Trainings,
    ) -> Result<Vec<Enrolment>> {
        let (own, everyone) = self.candidates(plan);
        let (mut made, mut asked) = (Vec::new(), HashSet::new());
        for n in 0..plan.applicants {
            let hour = 9 + i64::try_from(n % 10).unwrap_or_default();
            self.world.at(from + i64::try_from(n / 10).unwrap_or_default(), hour);
            let Some(person) = self.applicant(&own, &everyone, &mut asked) else { break };
            let input = ApplyEnrolmentInput { person_id: Some(person) };
            match self
                .world
                .ctx
                .write(ApplyEnrolment { batch_id: batch, input, language: Language::Indonesian })
                .await
            {
                Ok(enrolment) => made.push(enrolment),
                // Somebody who teaches this batch, or has done it already.
                Err(Error::Conflict(_)) => {}
                Err(other) => return Err(other),
            }
            done.trained = done.trained.or(Some(person));
        }
        Ok(made)
    }

    /// Who is near enough to come, and everyone: staff, those who lead a school, those who are to become teachers.
    fn candidates(&self, plan: &Plan) -> (Vec<PersonId>, Vec<PersonId>) {
        let People { staff, principals, pre_service, .. } = self.people;
        let all = || staff.iter().chain(principals).chain(pre_service);
        let within = |code: &str| -> Vec<PersonId> {
            let near = all().filter(|p| p.region_code.as_deref().is_some_and(|at| at.starts_with(code)));
            near.map(|p| p.id).collect()
        };
        // The province; where it has too few for the batch, the islands around (the first digit of codes).
        let own = within(plan.region.get(..2).unwrap_or_default());
        let own = if own.len() < plan.applicants * 3 / 2 {
            within(plan.region.get(..1).unwrap_or_default())
        } else {
            own
        };
        (own, all().map(|p| p.id).collect())
    }

    /// Nine of ten come from around, and some are trained again and again while others wait: what the demo is to show.
    fn applicant(
        &mut self,
        own: &[PersonId],
        everyone: &[PersonId],
        asked: &mut HashSet<PersonId>,
    ) -> Option<PersonId> {
        for _ in 0..200 {
            let list = if self.chance.percent(90) { own } else { everyone };
            let reach = if self.chance.percent(35) { list.len().div_ceil(5) } else { list.len() };
            let found = self.chance.pick(list.get(..reach)?).copied();
            if let Some(found) = found.filter(|id| asked.insert(*id)) {
                return Some(found);
            }
        }
        None
    }

    /// Some who applied to a batch that is still open give their place up, and one is turned down.
    async fn second_thoughts(&self, enrolments: &[Enrolment]) -> Result<()> {
        let ctx = &self.world.ctx;
        let seated = enrolments.iter().filter(|e| e.status == EnrolmentStatus::Accepted);
        for enrolment in seated.skip(3).step_by(9) {
            let input = WithdrawEnrolmentInput { reason: Some("Pindah tugas.".to_owned()) };
            ctx.write(WithdrawEnrolment { id: enrolment.id, input }).await?;
        }
        let waits = enrolments.iter().rev().find(|e| e.status != EnrolmentStatus::Accepted);
        if let Some(last) = waits {
            let input = RejectEnrolmentInput { reason: "Sudah mengikuti pelatihan yang sama.".to_owned() };
            match ctx.write(RejectEnrolment { id: last.id, input }).await {
                // A seat came free for them meanwhile, or they gave up.
                Err(Error::Conflict(_)) => {}
                other => other.map(drop)?,
            }
        }
        Ok(())
    }

    async fn teach(
        &mut self,
        plan: &Plan,
        batch: BatchId,
        first: i64,
        sessions: &[(SessionId, DateTime<Utc>)],
        enrolments: &[Enrolment],
        done: &mut Trainings,
    ) -> Result<Batch> {
        let ctx = &self.world.ctx;
        self.world.at(first - 4, 9);
        ctx.write(CloseBatch { id: batch }).await?;
        self.world.at(first, 8);
        let running = ctx.write(StartBatch { id: batch }).await?;
        let accepted: Vec<EnrolmentId> =
            enrolments.iter().filter(|e| e.status.holds_seat()).map(|e| e.id).collect();
        for (session, ends_at) in sessions.iter().filter(|(_, end)| *end <= self.world.today) {
            self.world.clock.set(*ends_at + TimeDelta::minutes(10));
            self.attend(*session, *ends_at, &accepted).await?;
        }
        if plan.until == Running {
            return Ok(running);
        }
        let last = sessions.last().map_or(self.world.today, |(_, end)| *end);
        self.world.clock.set(last + TimeDelta::days(2));
        for id in &accepted {
            let score = i32::try_from(58 + self.chance.below(42)).unwrap_or(80);
            self.world.ctx.write(ScoreEnrolment { id: *id, input: ScoreEnrolmentInput { score } }).await?;
        }
        self.world.ctx.write(FinishBatch { id: batch }).await?;
        self.world.ctx.write(CompleteBatch(batch)).await?;
        self.world.clock.set(last + TimeDelta::days(5));
        let issued = self.world.ctx.write(IssueBatchCertificates(batch)).await?;
        done.certificates.extend(issued.certificate_ids);
        crate::training::batch::read::find(&self.world.ctx, batch, BatchPlan::default()).await
    }

    /// Most come for all of it, some for a part, few not at all.
    fn minutes_of(&mut self, planned: i32) -> i32 {
        self.chance.weighted(&[(1000, 92), (90, 5), (0, 3)]).unwrap_or_default().min(planned)
    }

    async fn attend(&mut self, session: SessionId, _: DateTime<Utc>, accepted: &[EnrolmentId]) -> Result<()> {
        let planned = crate::training::session::read::find(&self.world.ctx, session).await?.minutes;
        let entries = accepted
            .iter()
            .map(|id| AttendanceEntryInput {
                enrolment_id: *id,
                minutes: MaybeUndefined::Value(self.minutes_of(planned)),
            })
            .collect();
        self.world
            .ctx
            .write(RecordAttendance { session_id: session, input: RecordAttendanceInput { entries } })
            .await?;
        Ok(())
    }
}
