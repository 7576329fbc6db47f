//! About 500 invented people, spread as the national counts are: by employment, level and region.

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

const FEMALE: [&str; 20] = [
    "Siti", "Dewi", "Ayu", "Ni Luh", "Rina", "Maria", "Yohana", "Fitri", "Lestari", "Wulan", "Ratna",
    "Indah", "Nurul", "Putri", "Sri", "Kartika", "Mega", "Desi", "Hana", "Yuliana",
];
const MALE: [&str; 18] = [
    "Budi", "Agus", "I Made", "Andi", "Yusuf", "Dedi", "Hendra", "Yohanes", "Rahmat", "Bayu", "Eko", "Fajar",
    "Iwan", "Joko", "Lukas", "Markus", "Arif", "Teguh",
];
const LAST: [&str; 22] = [
    "Contohwati",
    "Teladan",
    "Permisal",
    "Umpama",
    "Santosa",
    "Lestaluhu",
    "Wirasena",
    "Panggabean",
    "Simarmata",
    "Tanuwija",
    "Hadiningrat",
    "Kusumah",
    "Maharani",
    "Nugroho",
    "Pratiwi",
    "Rumbiak",
    "Saputra",
    "Tuwan",
    "Wanggai",
    "Yunus",
    "Mambor",
    "Larasati",
];
const SUBJECTS: [&str; 8] =
    ["Matematika", "Bahasa Indonesia", "IPA", "IPS", "Bahasa Inggris", "Informatika", "PJOK", "Seni Budaya"];
/// Share of each kind of employment among teachers of public and of private schools, of a hundred
/// (national counts of 2018; contract civil servants, who came later, taken out of the honorary).
const PUBLIC: [(Employment, u64); 3] =
    [(Employment::Pns, 62), (Employment::Pppk, 14), (Employment::Honorary, 24)];
const PRIVATE: [(Employment, u64); 3] =
    [(Employment::Gty, 66), (Employment::Honorary, 28), (Employment::Pns, 6)];

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
pub async fn register(world: &World, places: &Places) -> Result<People> {
    let mut makers = Makers { world, chance: Chance::new(17), serial: 0 };
    let (mut staff, mut principals, mut pre_service) = (Vec::new(), Vec::new(), Vec::new());
    for school in &places.schools {
        principals.push(makers.person(PersonKind::Principal, Some(school)).await?);
    }
    for n in 0..360 {
        let at = makers.chance.pick(&places.schools).cloned();
        let kind = if n % 25 == 24 { PersonKind::Administrator } else { PersonKind::Teacher };
        staff.push(makers.person(kind, at.as_ref()).await?);
    }
    for _ in 0..40 {
        pre_service.push(makers.person(PersonKind::PreServiceTeacher, None).await?);
    }
    let resource_persons = makers.resource_persons(places, &staff).await?;
    Ok(People { staff, pre_service, principals, resource_persons })
}

struct Makers<'w> {
    world: &'w World,
    chance: Chance,
    serial: u64,
}

impl Makers<'_> {
    async fn person(&mut self, kind: PersonKind, school: Option<&PlacedSchool>) -> Result<Person> {
        self.serial += 1;
        let female = self.chance.percent(68);
        let first =
            self.chance.pick(if female { &FEMALE[..] } else { &MALE[..] }).copied().unwrap_or_default();
        let last = self.chance.pick(&LAST).copied().unwrap_or_default();
        let teaches = matches!(kind, PersonKind::Teacher | PersonKind::Principal);
        let employment = match school {
            Some(school) => self.chance.weighted(if school.public { &PUBLIC } else { &PRIVATE }),
            None => None,
        };
        let input = CreatePersonInput {
            kind,
            name: format!("{first} {last}"),
            employment: employment.unwrap_or(Employment::None),
            // Invented: numbers that start with 99 belong to nobody.
            nuptk: (teaches && self.chance.percent(92)).then(|| format!("99{:014}", self.serial)),
            nip: None,
            nik: None,
            sex: Some(if female { Sex::Female } else { Sex::Male }),
            birth_date: chrono::NaiveDate::from_ymd_opt(
                1966 + i32::try_from(self.serial % 34).unwrap_or_default(),
                1 + (self.serial % 12) as u32,
                1 + (self.serial % 28) as u32,
            ),
            subject: school
                .filter(|s| teaches && s.level != "sd")
                .and_then(|_| self.chance.pick(&SUBJECTS))
                .map(|s| (*s).to_owned()),
            school_id: school.map(|s| s.id.into()),
            region_code: if school.is_none() { Some("34.71".to_owned()) } else { None },
            phone: None,
            email: Some(format!("orang{}@contoh.id", self.serial)),
        };
        self.world.ctx.write(CreatePerson(input)).await
    }

    async fn resource_persons(&mut self, places: &Places, staff: &[Person]) -> Result<Vec<ResourcePerson>> {
        let host = places.organisations.get("LPTK-MELATI").map(|o| o.id);
        let mut made = Vec::new();
        for n in 0..10_usize {
            let expert = self.person(PersonKind::ExternalExpert, None).await?;
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
