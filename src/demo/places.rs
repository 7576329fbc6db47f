//! Regions by their real codes, invented schools, and the organisations that train.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::{region, school};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use super::{World, chance::Chance};
use crate::{
    access::{
        action::Action,
        context::{Command, Work},
    },
    directory::{
        organisation::{
            rule::OrganisationKind,
            view::Organisation,
            write::{CreateOrganisation, CreateOrganisationInput},
        },
        school::teaching::zone_of,
    },
    foundation::{
        error::{Error, Result},
        event::Event,
    },
};

const REGIONS: &str = include_str!("data/regions.csv");
/// How many schools (SD to SMA, SMK, SLB) each province had in 2019, as the ministry's open data count them.
const NATIONAL: [(&str, u64); 38] = [
    ("11", 5290),
    ("12", 14146),
    ("13", 5594),
    ("14", 5469),
    ("15", 3503),
    ("16", 6860),
    ("17", 2026),
    ("18", 6924),
    ("19", 1142),
    ("21", 1461),
    ("31", 4800),
    ("32", 29532),
    ("33", 25002),
    ("34", 2736),
    ("35", 27807),
    ("36", 7157),
    ("51", 3174),
    ("52", 4669),
    ("53", 7432),
    ("61", 6247),
    ("62", 3810),
    ("63", 3845),
    ("64", 2931),
    ("65", 716),
    ("71", 3351),
    ("72", 4101),
    ("73", 9111),
    ("74", 3534),
    ("75", 1377),
    ("76", 1894),
    ("81", 2764),
    ("82", 2066),
    ("91", 1159),
    ("92", 738),
    ("93", 726),
    ("94", 790),
    ("95", 755),
    ("96", 733),
];
/// Schools of the demo in all.
const SCHOOLS: u64 = 90;
/// Flowers, so that nobody takes an invented school for a real one.
const FLOWERS: [&str; 12] = [
    "Melati",
    "Kenanga",
    "Cempaka",
    "Anggrek",
    "Flamboyan",
    "Teratai",
    "Dahlia",
    "Mawar",
    "Seruni",
    "Bugenvil",
    "Kamboja",
    "Wijaya Kusuma",
];

/// What the people of the demo live in.
pub struct Places {
    /// Schools: id, level, public.
    pub schools: Vec<PlacedSchool>,
    /// Who trains, by code.
    pub organisations: BTreeMap<&'static str, Organisation>,
}

/// One invented school.
#[derive(Clone)]
pub struct PlacedSchool {
    /// Its id.
    pub id: Uuid,
    /// SD, SMP, SMA, SMK or SLB.
    pub level: &'static str,
    /// Whether it is a public one.
    pub public: bool,
    /// Its district.
    pub region: String,
}

/// Makes all of them.
pub async fn plant(world: &World<'_>) -> Result<Places> {
    let regions: Vec<(String, String)> = REGIONS
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .map(|(code, name)| (code.to_owned(), name.to_owned()))
        .collect();
    let schools = world.ctx.write(Plant { regions }).await?.into_iter().map(Into::into).collect();
    let mut organisations = BTreeMap::new();
    for (code, kind, name, region) in ORGANISATIONS {
        let input = CreateOrganisationInput {
            code: code.to_owned(),
            kind,
            name: name.to_owned(),
            region_code: region.map(str::to_owned),
        };
        organisations.insert(code, world.ctx.write(CreateOrganisation(input)).await?);
    }
    Ok(Places { schools, organisations })
}

const ORGANISATIONS: [(&str, OrganisationKind, &str, Option<&str>); 6] = [
    (
        "BBGTK-JABAR",
        OrganisationKind::TrainingCentre,
        "Balai Besar Guru dan Tenaga Kependidikan Jawa Barat (contoh)",
        Some("32"),
    ),
    (
        "BGTK-NTB",
        OrganisationKind::TrainingCentre,
        "Balai Guru dan Tenaga Kependidikan NTB (contoh)",
        Some("52"),
    ),
    ("LPTK-MELATI", OrganisationKind::TeacherUniversity, "Universitas Keguruan Melati (contoh)", Some("34")),
    (
        "DITJEN-GTK",
        OrganisationKind::MinistryUnit,
        "Direktorat Jenderal Guru dan Tenaga Kependidikan (contoh)",
        None,
    ),
    ("DISDIK-BDG", OrganisationKind::RegionalOffice, "Dinas Pendidikan Kota Bandung (contoh)", Some("32.73")),
    ("KOMITE-ORTU", OrganisationKind::ParentsBody, "Persatuan Orang Tua Peduli Pendidikan (contoh)", None),
];

/// Plants regions and schools in one transaction; they normally come from the ministry's files.
struct Plant {
    regions: Vec<(String, String)>,
}

/// A planted school as the command answers it.
type Planted = (Uuid, String, bool, String);

impl From<Planted> for PlacedSchool {
    fn from((id, level, public, region): Planted) -> Self {
        let level = LEVELS.iter().find(|(text, _, _)| *text == level).map_or("sd", |row| row.0);
        Self { id, level, public, region }
    }
}

/// Level, share of a hundred, word in the name: national proportions.
const LEVELS: [(&str, u64, &str); 5] =
    [("sd", 55, "SD"), ("smp", 20, "SMP"), ("sma", 11, "SMA"), ("smk", 11, "SMK"), ("slb", 3, "SLB")];

impl Command for Plant {
    type Output = Vec<Planted>;
    const ACTION: Action = Action::ImportStart;

    async fn run(&self, work: &Work<'_>) -> Result<Vec<Planted>> {
        for (code, name) in &self.regions {
            plant_region(work, code, name).await?;
        }
        let mut chance = Chance::new(71);
        let mut planted = Vec::new();
        for (province, schools) in shares() {
            let districts: Vec<&str> = self
                .regions
                .iter()
                .map(|(code, _)| code.as_str())
                .filter(|code| code.len() == 8 && code.starts_with(province))
                .collect();
            for district in districts.iter().cycle().take(schools) {
                planted.push(plant_school(work, planted.len(), district, &mut chance).await?);
            }
        }
        Ok(planted)
    }
}

/// The demo's schools over the provinces: each has one, the others go where most of the nation's are.
fn shares() -> Vec<(&'static str, usize)> {
    let total: u64 = NATIONAL.iter().map(|(_, count)| count).sum();
    let whole = |count: u64| (count * SCHOOLS / total).max(1);
    NATIONAL
        .iter()
        .map(|(province, count)| (*province, usize::try_from(whole(*count)).unwrap_or(1)))
        .collect()
}

async fn plant_region(work: &Work<'_>, code: &str, name: &str) -> Result<()> {
    let level = match code.len() {
        2 => "province",
        5 => "regency",
        _ => "district",
    };
    let row = region::Model {
        code: code.to_owned(),
        level: level.to_owned(),
        name: name.to_owned(),
        parent_code: code.rsplit_once('.').map(|(parent, _)| parent.to_owned()),
        valid_from: NaiveDate::from_ymd_opt(2025, 6, 1),
        valid_until: None,
        successor_code: None,
        version: 1,
        created_at: work.now(),
        updated_at: work.now(),
    };
    row.into_active_model().reset_all().insert(work.db()).await?;
    let event =
        Event::new("region.created", "region", code, 1).in_region(Some(code)).with(json!({ "name": name }));
    work.emit(event).await?;
    Ok(())
}

async fn plant_school(work: &Work<'_>, at: usize, district: &str, chance: &mut Chance) -> Result<Planted> {
    let shares = LEVELS.map(|(level, share, word)| ((level, word), share));
    let (level, word) = chance.weighted(&shares).ok_or_else(|| Error::internal("the demo", "no level"))?;
    let public = chance.percent(72);
    let flower = chance.pick(&FLOWERS).copied().unwrap_or("Melati");
    let name = if public {
        format!("{word} Negeri {flower} {}", at + 1)
    } else {
        format!("{word} Yayasan {flower} {}", at + 1)
    };
    let row = school::Model {
        id: work.new_id(),
        npsn: format!("9900{:04}", at + 1),
        name: name.clone(),
        level: level.to_owned(),
        ownership: if public { "public" } else { "private" }.to_owned(),
        address: Some(format!("Jl. {flower} No. {}", chance.below(120) + 1)),
        region_code: district.to_owned(),
        latitude: None,
        longitude: None,
        provisional: false,
        phone: Some(format!("021-555{:04}", at + 1)),
        email: Some(format!("sekolah{}@contoh.sch.id", at + 1)),
        timezone: zone_of(district).to_owned(),
        teaching_days: 0b1_1111,
        teaching_from: 7 * 60,
        teaching_until: 14 * 60,
        version: 1,
        created_at: work.now(),
        updated_at: work.now(),
    };
    let id = row.id;
    row.into_active_model().reset_all().insert(work.db()).await?;
    let event =
        Event::new("school.created", "school", id, 1).in_region(Some(district)).with(json!({ "name": name }));
    work.emit(event).await?;
    Ok((id, level.to_owned(), public, district.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_province_has_a_school_and_the_biggest_has_most() {
        let shares = shares();
        assert!(shares.iter().all(|(_, schools)| *schools >= 1));
        let of = |code: &str| shares.iter().find(|(province, _)| *province == code).map_or(0, |(_, n)| *n);
        assert!(of("32") >= of("35") && of("35") >= of("33") && of("33") > of("12") && of("12") > of("91"));
        let all: usize = shares.iter().map(|(_, schools)| schools).sum();
        assert!((80..=110).contains(&all), "{all}");
    }
}
