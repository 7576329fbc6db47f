//! Real program titles, batches in every state, and about 300 certificates of which some
//! are revoked: three years of trainings, lived through day by day.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

mod plans;

use super::{World, chance::Chance, people::People, places::Places};
use crate::{
    certification::certificate::{
        view::CertificateId,
        write::{IssueBatchCertificates, RevokeCertificate, RevokeCertificateInput},
    },
    directory::{
        person::view::PersonId,
        resource_person::{
            decide::VerifyCompetence,
            write::{ClaimCompetence, ClaimCompetenceInput},
        },
    },
    foundation::{
        error::{Error, Result},
        id::Id,
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
            view::{Enrolment, EnrolmentId},
            write::{
                ApplyEnrolment, ApplyEnrolmentInput, CompleteBatch, ScoreEnrolment, ScoreEnrolmentInput,
            },
        },
        program::{
            input::CreateProgramInput,
            view::{Program, ProgramId},
            write::{CreateProgram, PublishProgram},
        },
        session::{
            input::{AssignSessionTeacherInput, CreateSessionInput},
            view::SessionId,
            write::{AssignSessionTeacher, CreateSession},
        },
    },
};
use SelectionRule::FirstCome;
use Stage::{Cancelled, Certified, Closed, Draft, Open, Running};
use plans::{PLANS, PROGRAMS, Plan, Stage, plan};

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
pub async fn run(world: &World, places: &Places, people: &People) -> Result<Trainings> {
    let mut maker = Maker { world, people, chance: Chance::new(41), next: 0 };
    let mut done = Trainings {
        programs: maker.programs(places).await?,
        batches: Vec::new(),
        certificates: Vec::new(),
        revoked: Vec::new(),
        trained: None,
        teaching: people.resource_persons.first().map(|r| r.person_id),
    };
    for plan in &PLANS {
        maker.live(plan, None, &mut done).await?;
    }
    let source = done.batches.get(4).map(|b| b.id);
    let cascade = plan("KIAT-BEDA", "Imbas Angkatan 4", "33.74", -40, (25, 24), FirstCome, Certified);
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
    world: &'w World,
    people: &'w People,
    chance: Chance,
    next: usize,
}

impl Maker<'_> {
    async fn programs(&mut self, places: &Places) -> Result<BTreeMap<&'static str, Program>> {
        let mut made = BTreeMap::new();
        for (code, provider, title, form, hours_jp, minimum_score) in PROGRAMS {
            let provider =
                places.organisations.get(provider).ok_or_else(|| Error::internal("the demo", provider))?;
            let input = CreateProgramInput {
                provider_id: provider.id,
                code: code.to_owned(),
                title: title.to_owned(),
                description: Some("Peserta belajar langsung dari narasumber, mencoba di kelas sendiri, lalu membahas hasilnya bersama.".to_owned()),
                form,
                hours_jp,
                minutes_per_jp: None,
                pro_rata: None,
                attendance_percent: 80,
                minimum_score,
                audience: None,
                competencies: Some(vec!["K1".to_owned(), "K4".to_owned()]),
            };
            let program = self.world.ctx.write(CreateProgram(input)).await?;
            made.insert(code, self.world.ctx.write(PublishProgram { id: program.id }).await?);
            self.competences(program.id).await?;
        }
        Ok(made)
    }

    /// Five of the resource persons show that they can teach the program, and are verified.
    async fn competences(&mut self, program: ProgramId) -> Result<()> {
        let start = usize::try_from(self.chance.below(5)).unwrap_or_default();
        for teacher in self.people.resource_persons.iter().cycle().skip(start).take(5) {
            let input = ClaimCompetenceInput {
                program_id: Id::from(program.uuid()),
                evidence: "Sertifikat pelatih nasional dan lima tahun praktik.".to_owned(),
                evidence_url: None,
            };
            let claim = self.world.ctx.write(ClaimCompetence { id: teacher.id, input }).await?;
            self.world.ctx.write(VerifyCompetence(claim.id)).await?;
        }
        Ok(())
    }

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
        let sessions = self.sessions(&batch, &program, first).await?;
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
            cost_rupiah: Some(0),
        };
        self.world.ctx.write(CreateBatch(input)).await
    }

    /// A session of four hours each Saturday until the program's hours are filled.
    async fn sessions(
        &self,
        batch: &Batch,
        program: &Program,
        first: i64,
    ) -> Result<Vec<(SessionId, DateTime<Utc>)>> {
        let minutes = minutes(program);
        let mut made = Vec::new();
        for (n, from) in (0..minutes).step_by(240).enumerate() {
            let at = i64::try_from(n).unwrap_or_default();
            // 08:00 in Jakarta; today stands at 09:00.
            let starts_at = self.world.today + TimeDelta::days(first + 7 * at) - TimeDelta::hours(1);
            let ends_at = starts_at + TimeDelta::minutes((minutes - from).min(240));
            let input = CreateSessionInput {
                title: format!("Pertemuan {}", n + 1),
                starts_at,
                ends_at,
                timezone: "Asia/Jakarta".to_owned(),
                place: None,
            };
            let command = CreateSession { batch: batch.id, input, language: Language::Indonesian };
            let session = self.world.ctx.write(command).await?;
            self.assign(session.id, program.id).await?;
            made.push((session.id, ends_at));
        }
        Ok(made)
    }

    /// The first resource person who may and can.
    async fn assign(&self, session: SessionId, program: ProgramId) -> Result<()> {
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
                other => return other.map(drop),
            }
        }
        Ok(())
    }

    async fn applications(
        &mut self,
        plan: &Plan,
        batch: BatchId,
        from: i64,
        done: &mut Trainings,
    ) -> Result<Vec<Enrolment>> {
        let mut made = Vec::new();
        for n in 0..plan.applicants {
            let hour = 9 + i64::try_from(n % 10).unwrap_or_default();
            self.world.at(from + i64::try_from(n / 10).unwrap_or_default(), hour);
            let person = self.applicant();
            let input = ApplyEnrolmentInput { person_id: Some(person) };
            match self.world.ctx.write(ApplyEnrolment { batch_id: batch, input }).await {
                Ok(enrolment) => made.push(enrolment),
                // Applied to this one already.
                Err(Error::Conflict(_)) => {}
                Err(other) => return Err(other),
            }
            done.trained = done.trained.or(Some(person));
        }
        Ok(made)
    }

    /// Everybody's turn comes: mostly staff, now and then one who is to become a teacher or leads a school.
    fn applicant(&mut self) -> PersonId {
        self.next += 1;
        let list = match self.next % 12 {
            5 => &self.people.pre_service,
            11 => &self.people.principals,
            _ => &self.people.staff,
        };
        // Some are trained again and again while others wait: what the demo is to show.
        let reach = if self.chance.percent(35) { list.len() / 5 } else { list.len() };
        let at = usize::try_from(self.chance.below(reach as u64)).unwrap_or_default();
        list.get(at).or(self.people.staff.first()).map_or_else(|| Id::from(uuid::Uuid::nil()), |p| p.id)
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

    async fn attend(&mut self, session: SessionId, _: DateTime<Utc>, accepted: &[EnrolmentId]) -> Result<()> {
        let entries = accepted
            .iter()
            .map(|id| AttendanceEntryInput {
                enrolment_id: *id,
                minutes: self.chance.weighted(&[(1000, 92), (90, 5), (0, 3)]).unwrap_or_default(),
            })
            .collect();
        let planned = crate::training::session::read::find(&self.world.ctx, session).await?.minutes;
        let input = RecordAttendanceInput { entries };
        let entries = input
            .entries
            .into_iter()
            .map(|e| AttendanceEntryInput { minutes: e.minutes.min(planned), ..e })
            .collect();
        self.world
            .ctx
            .write(RecordAttendance { session_id: session, input: RecordAttendanceInput { entries } })
            .await?;
        Ok(())
    }
}
