//! An invented registry of the sizes asked for. Its rows are put in directly, because what is
//! measured is reading; the same sizes give the same rows.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{batch, certificate, organisation, person, program, region, school, session};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use crate::foundation::{id::Ids, store::Store};

/// How much of what.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Persons.
    pub persons: usize,
    /// Certificates.
    pub certificates: usize,
    /// Batches, a quarter of them open.
    pub batches: usize,
}

/// What the reads ask for.
pub struct Seeded {
    /// Persons who have at least twenty certificates.
    pub teachers: Vec<Uuid>,
}

const ORGANISATIONS: usize = 20;
const PROGRAMS: usize = 200;
const SCHOOLS: usize = 500;
const REGENCIES: usize = 50;
/// Certificates of each of those who are asked for.
const OF_A_TEACHER: usize = 40;
/// Rows of one statement; both engines bind at least 32,766 values.
const CHUNK: usize = 500;

/// Puts the rows in.
///
/// # Errors
/// What the database says.
pub async fn seed(store: &Store, now: DateTime<Utc>, sizes: Sizes) -> Result<Seeded, DbErr> {
    let ids = Ids::seeded(1);
    let many = |count: usize| (0..count).map(|_| ids.next(now)).collect::<Vec<_>>();
    let made = Made {
        now,
        organisations: many(ORGANISATIONS),
        programs: many(PROGRAMS),
        schools: many(SCHOOLS),
        persons: many(sizes.persons.max(1)),
        batches: many(sizes.batches),
    };
    put(store, std::iter::once(made.region("11", "province", None))).await?;
    put(store, (0..REGENCIES).map(|n| made.region(&regency(n), "regency", Some("11")))).await?;
    put(store, (0..ORGANISATIONS).map(|n| made.organisation(n))).await?;
    put(store, (0..PROGRAMS).map(|n| made.program(n))).await?;
    put(store, (0..SCHOOLS).map(|n| made.school(n))).await?;
    put(store, (0..made.persons.len()).map(|n| made.person(n))).await?;
    put(store, (0..sizes.batches).map(|n| made.batch(n))).await?;
    put(store, (0..sizes.batches * 3).map(|n| made.session(n, ids.next(now)))).await?;
    let teachers = (sizes.certificates / OF_A_TEACHER / 4).clamp(1, made.persons.len());
    let of_teachers = teachers * OF_A_TEACHER;
    put(
        store,
        (0..sizes.certificates.max(of_teachers)).map(|n| {
            // Those of one teacher lie apart, as they do in life.
            let holder = if n % 4 == 0 && n / 4 < of_teachers {
                n / 4 % teachers
            } else {
                n * 7_919 % made.persons.len()
            };
            made.certificate(n, holder, ids.next(now))
        }),
    )
    .await?;
    analyze(store).await?;
    Ok(Seeded { teachers: made.persons[..teachers].to_vec() })
}

/// Lets the planner know the tables, as the database does by itself in time.
#[allow(clippy::disallowed_methods, reason = "a statement without values")]
async fn analyze(store: &Store) -> Result<(), DbErr> {
    store.writer().execute_unprepared("ANALYZE").await.map(|_| ())
}

/// Puts rows in, some hundred with each statement.
///
/// # Errors
/// What the database says.
pub async fn put<M, A>(store: &Store, rows: impl Iterator<Item = M>) -> Result<(), DbErr>
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait + ActiveModelBehavior + Send,
{
    let mut rows = rows.map(IntoActiveModel::into_active_model).peekable();
    while rows.peek().is_some() {
        let chunk: Vec<A> = rows.by_ref().take(CHUNK).collect();
        <A as ActiveModelTrait>::Entity::insert_many(chunk).exec_without_returning(store.writer()).await?;
    }
    Ok(())
}

fn regency(n: usize) -> String {
    format!("11.{:02}", n % REGENCIES + 1)
}

/// The ids of what is invented, and what it looks like.
struct Made {
    now: DateTime<Utc>,
    organisations: Vec<Uuid>,
    programs: Vec<Uuid>,
    schools: Vec<Uuid>,
    persons: Vec<Uuid>,
    batches: Vec<Uuid>,
}

/// One of `list`, the `n`th counted round and round.
fn nth(list: &[Uuid], n: usize) -> Uuid {
    list.get(n % list.len().max(1)).copied().unwrap_or_default()
}

fn number(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

impl Made {
    fn day(&self, days: usize) -> chrono::NaiveDate {
        self.after(days).date_naive()
    }

    fn after(&self, days: usize) -> DateTime<Utc> {
        self.now + TimeDelta::days(i64::from(number(days)))
    }

    fn region(&self, code: &str, level: &str, parent: Option<&str>) -> region::Model {
        region::Model {
            code: code.to_owned(),
            level: level.to_owned(),
            name: format!("Wilayah {code}"),
            parent_code: parent.map(str::to_owned),
            valid_from: None,
            valid_until: None,
            successor_code: None,
            version: 1,
            created_at: self.now,
            updated_at: self.now,
        }
    }

    fn organisation(&self, n: usize) -> organisation::Model {
        organisation::Model {
            id: nth(&self.organisations, n),
            code: format!("BALAI-{n}"),
            kind: "training_centre".to_owned(),
            name: format!("Balai Guru dan Tenaga Kependidikan {n}"),
            region_code: Some("11".to_owned()),
            version: 1,
            created_at: self.now,
            updated_at: self.now,
        }
    }

    fn program(&self, n: usize) -> program::Model {
        program::Model {
            id: nth(&self.programs, n),
            provider_id: nth(&self.organisations, n),
            code: format!("P-{n}"),
            title: format!("Pelatihan Pembelajaran Mendalam dan Penilaian, seri {n}"),
            description: "Lima hari tatap muka dan tiga minggu praktik di kelas sendiri.".to_owned(),
            form: "in_service".to_owned(),
            hours_jp: 32,
            minutes_per_jp: 45,
            pro_rata: false,
            attendance_percent: 80,
            minimum_score: Some(70),
            audience: json!([]),
            competencies: json!([]),
            status: "published".to_owned(),
            version: 1,
            created_at: self.now,
            updated_at: self.now,
        }
    }

    fn school(&self, n: usize) -> school::Model {
        school::Model {
            id: nth(&self.schools, n),
            npsn: format!("{:08}", 10_000_000 + n),
            name: format!("SMP Negeri {n}"),
            level: "smp".to_owned(),
            ownership: "public".to_owned(),
            address: Some("Jalan Pendidikan".to_owned()),
            region_code: regency(n),
            latitude: None,
            longitude: None,
            provisional: false,
            phone: None,
            email: None,
            timezone: "Asia/Jakarta".to_owned(),
            teaching_days: 31,
            teaching_from: 420,
            teaching_until: 840,
            version: 1,
            created_at: self.now,
            updated_at: self.now,
        }
    }

    fn person(&self, n: usize) -> person::Model {
        person::Model {
            id: nth(&self.persons, n),
            kind: "teacher".to_owned(),
            name: format!("Guru {n}"),
            nuptk: None,
            nip: None,
            nik_sealed: None,
            nik_index: None,
            sex: Some("female".to_owned()),
            birth_date: None,
            employment: "honorary".to_owned(),
            subject: Some("Matematika".to_owned()),
            school_id: Some(nth(&self.schools, n)),
            region_code: Some(regency(n)),
            phone: None,
            email: Some(format!("guru{n}@sekolah.test")),
            merged_into: None,
            restricted_at: None,
            restricted_by: None,
            erased_at: None,
            version: 1,
            created_at: self.now,
            updated_at: self.now,
        }
    }

    fn batch(&self, n: usize) -> batch::Model {
        let open = n.is_multiple_of(4);
        batch::Model {
            id: nth(&self.batches, n),
            program_id: nth(&self.programs, n),
            provider_id: nth(&self.organisations, n),
            name: format!("Angkatan {n}"),
            kind: "direct".to_owned(),
            source_batch_id: None,
            generation: 0,
            region_code: regency(n),
            place: "Aula".to_owned(),
            starts_on: self.day(20 + n % 90),
            ends_on: self.day(25 + n % 90),
            registration_opens_at: self.now - TimeDelta::days(1),
            registration_closes_at: self.after(10),
            capacity: 30,
            taken: number(n % 31),
            selection: "first_come".to_owned(),
            cost_rupiah: 0,
            status: if open { "open" } else { "finished" }.to_owned(),
            status_reason: None,
            opened_at: Some(self.now - TimeDelta::days(1)),
            version: 1,
            created_at: self.now,
            updated_at: self.now,
        }
    }

    fn session(&self, n: usize, id: Uuid) -> session::Model {
        let starts_at = self.after(20 + n / 3 % 90 + n % 3);
        session::Model {
            id,
            batch_id: nth(&self.batches, n / 3),
            title: format!("Sesi {}", n % 3 + 1),
            starts_at,
            ends_at: starts_at + TimeDelta::minutes(90),
            timezone: "Asia/Jakarta".to_owned(),
            minutes: 90,
            place: None,
            version: 1,
            created_at: self.now,
            updated_at: self.now,
        }
    }

    fn certificate(&self, n: usize, holder: usize, id: Uuid) -> certificate::Model {
        let issued_at = self.now - TimeDelta::days(400) + TimeDelta::seconds(i64::from(number(n)));
        let revoked = n % 50 == 49;
        certificate::Model {
            id,
            number: format!("{n:06}/BALAI-{}/2026", n % ORGANISATIONS),
            verification_id: format!("{n:026}"),
            source: "issued".to_owned(),
            enrolment_id: None,
            completion: None,
            person_id: nth(&self.persons, holder),
            community_id: None,
            claim_id: None,
            program_id: nth(&self.programs, n),
            batch_id: None,
            provider_id: nth(&self.organisations, n),
            school_id: Some(nth(&self.schools, holder)),
            region_code: Some(regency(holder)),
            holder_name: format!("Guru {holder}"),
            title: format!("Pelatihan Pembelajaran Mendalam dan Penilaian, seri {}", n % PROGRAMS),
            hours_jp: 32,
            kind: "direct".to_owned(),
            generation: 0,
            starts_on: issued_at.date_naive(),
            ends_on: issued_at.date_naive(),
            status: if revoked { "revoked" } else { "valid" }.to_owned(),
            status_reason: revoked.then(|| "Data peserta keliru".to_owned()),
            issued_at,
            valid_until: None,
            superseded_by: None,
            changed_at: issued_at,
            changed_pos: i64::from(number(n)) + 1,
            version: 1,
        }
    }
}
