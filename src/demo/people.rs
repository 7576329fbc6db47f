//! About 500 invented people. Schools lie as the nation's do (`places`), and each has about as many people;
//! employment follows the national counts.

mod names;

use super::{
    World,
    chance::Chance,
    places::{PlacedSchool, Places},
};
use crate::{
    directory::{
        organisation::view::OrganisationId,
        person::{
            rule::{Employment, PersonKind, Sex},
            view::Person,
            write::{CreatePerson, CreatePersonInput},
        },
        resource_person::{
            view::ResourcePerson,
            write::{CreateResourcePerson, CreateResourcePersonInput},
        },
    },
    foundation::error::{Error, Result},
};

const SUBJECTS: [&str; 8] =
    ["Matematika", "Bahasa Indonesia", "IPA", "IPS", "Bahasa Inggris", "Informatika", "PJOK", "Seni Budaya"];
/// Share of each kind of employment among teachers of public and of private schools, of a hundred
/// (national counts of 2018; contract civil servants, who came later, taken out of the honorary).
const PUBLIC: [(Employment, u64); 3] =
    [(Employment::Pns, 62), (Employment::Pppk, 14), (Employment::Honorary, 24)];
const PRIVATE: [(Employment, u64); 3] =
    [(Employment::Gty, 66), (Employment::Honorary, 28), (Employment::Pns, 6)];
/// Nobody leads a school on an honorary's pay.
const PUBLIC_HEADS: [(Employment, u64); 2] = [(Employment::Pns, 88), (Employment::Pppk, 12)];
const PRIVATE_HEADS: [(Employment, u64); 2] = [(Employment::Gty, 85), (Employment::Pns, 15)];
/// Where the teacher universities of the demo's students are.
const CAMPUSES: [&str; 6] = ["32.73", "34.71", "35.78", "33.74", "12.71", "73.71"];

/// Who lives in the demo.
pub struct People {
    /// Teachers, principals and administrators of schools.
    pub staff: Vec<Person>,
    /// Students who are to become teachers.
    pub pre_service: Vec<Person>,
    /// Principals, one a school.
    pub principals: Vec<Person>,
    /// Who teaches.
    pub resource_persons: Vec<ResourcePerson>,
}

/// Registers all of them.
pub async fn register(world: &World<'_>, places: &Places) -> Result<People> {
    let mut makers = Makers { world, chance: Chance::new(17), serial: 0 };
    let (mut staff, mut principals, mut pre_service) = (Vec::new(), Vec::new(), Vec::new());
    for school in &places.schools {
        principals.push(makers.person(PersonKind::Principal, Home::School(school)).await?);
    }
    for n in 0..STAFF {
        // One at each school first, then wherever chance has it.
        let at = places.schools.get(n).or_else(|| makers.chance.pick(&places.schools));
        let school = at.ok_or_else(|| Error::internal("the demo", "no schools"))?;
        let kind = if n % 25 == 24 { PersonKind::Administrator } else { PersonKind::Teacher };
        staff.push(makers.person(kind, Home::School(school)).await?);
    }
    for campus in CAMPUSES.iter().cycle().take(40) {
        pre_service.push(makers.person(PersonKind::PreServiceTeacher, Home::Region(campus)).await?);
    }
    let resource_persons = makers.resource_persons(places, &staff).await?;
    Ok(People { staff, pre_service, principals, resource_persons })
}

/// Teachers and administrators of schools, without principals.
const STAFF: usize = 370;

/// Where somebody belongs.
#[derive(Clone, Copy)]
enum Home<'a> {
    School(&'a PlacedSchool),
    Region(&'static str),
}

/// The years in which people of this kind were born, of whom the demo's today is in 2026.
fn born(kind: PersonKind, employment: Employment) -> (i32, u64) {
    match (kind, employment) {
        // 35 to 58: a school is led after ten years of teaching and until retirement.
        (PersonKind::Principal, _) => (1968, 24),
        // 19 to 23.
        (PersonKind::PreServiceTeacher, _) => (2003, 5),
        (PersonKind::ExternalExpert, _) => (1962, 28),
        // Most of those without a permanent post are young.
        (_, Employment::Honorary) => (1981, 22),
        _ => (1967, 35),
    }
}

struct Makers<'w> {
    world: &'w World<'w>,
    chance: Chance,
    serial: u64,
}

impl Makers<'_> {
    async fn person(&mut self, kind: PersonKind, home: Home<'_>) -> Result<Person> {
        self.serial += 1;
        let female = self.chance.percent(68);
        let (school, region) = match home {
            Home::School(school) => (Some(school), school.region.as_str()),
            Home::Region(code) => (None, code),
        };
        let teaches = matches!(kind, PersonKind::Teacher | PersonKind::Principal);
        let employment = self.employment(kind, school);
        let (first_year, years) = born(kind, employment);
        let year = first_year + i32::try_from(self.chance.below(years)).unwrap_or_default();
        let input = CreatePersonInput {
            kind,
            name: names::full(&mut self.chance, region, female),
            employment,
            // Invented: numbers that start with 99 belong to nobody.
            nuptk: (teaches && self.chance.percent(92)).then(|| format!("99{:014}", self.serial)),
            nip: None,
            nik: None,
            sex: Some(if female { Sex::Female } else { Sex::Male }),
            birth_date: chrono::NaiveDate::from_ymd_opt(
                year,
                1 + (self.serial % 12) as u32,
                1 + (self.serial % 28) as u32,
            ),
            subject: school
                .filter(|s| teaches && s.level != "sd")
                .and_then(|_| self.chance.pick(&SUBJECTS))
                .map(|s| (*s).to_owned()),
            school_id: school.map(|s| s.id.into()),
            region_code: if school.is_none() { Some(region.to_owned()) } else { None },
            phone: None,
            email: Some(format!("orang{}@contoh.id", self.serial)),
        };
        self.world.ctx.write(CreatePerson(input)).await
    }

    fn employment(&mut self, kind: PersonKind, school: Option<&PlacedSchool>) -> Employment {
        let Some(school) = school else { return Employment::None };
        let shares: &[(Employment, u64)] = match (kind, school.public) {
            (PersonKind::Principal, true) => &PUBLIC_HEADS,
            (PersonKind::Principal, false) => &PRIVATE_HEADS,
            (_, true) => &PUBLIC,
            (_, false) => &PRIVATE,
        };
        self.chance.weighted(shares).unwrap_or(Employment::None)
    }

    async fn resource_persons(&mut self, places: &Places, staff: &[Person]) -> Result<Vec<ResourcePerson>> {
        let host = places.organisations.get("LPTK-MELATI").map(|o| o.id);
        let mut made = Vec::new();
        for n in 0..10_usize {
            let expert =
                self.person(PersonKind::ExternalExpert, Home::Region(CAMPUSES[n % CAMPUSES.len()])).await?;
            made.push(self.resource_person(&expert, host, EXPERTISE[n % EXPERTISE.len()]).await?);
        }
        for teacher in staff.iter().filter(|p| p.kind == PersonKind::Teacher).take(4) {
            made.push(
                self.resource_person(teacher, None, "Guru yang berbagi praktik baik di gugusnya.").await?,
            );
        }
        if made.is_empty() { Err(Error::internal("the demo", "no resource persons")) } else { Ok(made) }
    }

    async fn resource_person(
        &self,
        person: &Person,
        host: Option<OrganisationId>,
        words: &str,
    ) -> Result<ResourcePerson> {
        let input = CreateResourcePersonInput {
            person_id: person.id,
            organisation_id: host,
            biography: Some(words.to_owned()),
        };
        self.world.ctx.write(CreateResourcePerson(input)).await
    }
}

const EXPERTISE: [&str; 5] = [
    "Dosen asesmen dan literasi, melatih guru sejak 2012.",
    "Ahli pendidikan inklusif, pendiri sekolah ramah semua anak.",
    "Pengembang kurikulum numerasi.",
    "Pelatih pembelajaran berbasis teknologi di daerah dengan jaringan lemah.",
    "Peneliti pembelajaran berdiferensiasi.",
];
