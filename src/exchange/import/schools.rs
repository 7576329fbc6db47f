//! Schools: the national list as it is published, with everything that is wrong in it.
//!
//! What makes a school unusable refuses its row (no number, no name, no region). Everything
//! else is loaded with a warning, and nothing is invented: a placeholder becomes nothing.

use super::finding::{
    CONTROLS, DISTRICT_UNMATCHED, LEVEL_DIFFERS, NAME_LONG, NAME_PADDING, NON_ASCII, NPSN_AGAIN, NPSN_FIRST,
    QUOTE_CHAR, REGION_RECODED, SAME_NAME, SAYS_NEGERI, SAYS_SWASTA, SCHOOL_REGION, Severity,
};
use super::header::{Header, Place};
use super::places::{Located, Places};
use super::row::{Cells, Parser, Repeat, Repeats};
use crate::directory::region::code::RegionCode;
use crate::directory::school::coordinates::{self, Coordinates, INDONESIA};
use crate::directory::school::npsn::Npsn;
use crate::directory::school::rule::{self, Ownership, SchoolLevel};

/// Names longer than this do not come from the source's own forms.
const USUAL_NAME: usize = 70;

/// A school as its row tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct SchoolRow {
    /// National number.
    pub npsn: Npsn,
    /// Name in normal form.
    pub name: String,
    /// What it is.
    pub level: SchoolLevel,
    /// Who owns it.
    pub ownership: Ownership,
    /// Street address, when there is one.
    pub address: Option<String>,
    /// Its district, or its regency where the district is not known.
    pub region: RegionCode,
    /// Where it stands, when that is known.
    pub coordinates: Option<Coordinates>,
}

/// Reads schools.
#[derive(Debug)]
pub struct SchoolParser {
    columns: Columns,
    places: Places,
    numbers: Repeats,
    names: Repeats,
}

#[derive(Debug, Clone, Copy)]
struct Columns {
    npsn: Place,
    name: Place,
    level: Place,
    ownership: Place,
    address: Place,
    district: Place,
    regency: Place,
    latitude: Place,
    longitude: Place,
}

impl SchoolParser {
    /// For a file with `header`, in the regions there are.
    pub fn new(header: &Header, places: Places) -> Self {
        let columns = Columns {
            npsn: header.place("npsn"),
            name: header.place("sekolah"),
            level: header.place("bentuk"),
            ownership: header.place("status"),
            address: header.place("alamat_jalan"),
            district: header.place("kode_kec"),
            regency: header.place("kode_kab_kota"),
            latitude: header.place("lintang"),
            longitude: header.place("bujur"),
        };
        Self { columns, places, numbers: Repeats::default(), names: Repeats::default() }
    }

    /// One school is named once in a district: the key by which another of its name is noticed.
    fn name_key(&self, cells: &mut Cells<'_>) -> Option<u64> {
        let name = cells.text(self.columns.name)?;
        let district = cells.text(self.columns.district).unwrap_or_default();
        Some(self.names.hashed(&[district, &name.to_uppercase()]))
    }

    fn npsn(&self, cells: &mut Cells<'_>) -> Option<Npsn> {
        let place = self.columns.npsn;
        let cell = cells.raw(place);
        let npsn = match Npsn::parse(cell) {
            Ok(npsn) => npsn,
            Err(fault) => {
                cells.note_fault(&fault, Severity::Refusal, place, cell);
                return None;
            }
        };
        if let Some(fault) = npsn.warning() {
            cells.note_fault(&fault, Severity::Warning, place, cell);
        }
        Some(npsn)
    }

    /// Notes a number that stands on several rows: the first row that can be loaded has it.
    fn repeated(&mut self, cells: &mut Cells<'_>, npsn: &Npsn) {
        let place = self.columns.npsn;
        match Repeats::short(npsn.as_str()).map(|key| self.numbers.ask(key)) {
            Some(Repeat::First) => cells.note(&NPSN_FIRST, place, npsn.as_str()),
            Some(Repeat::Again) => cells.note(&NPSN_AGAIN, place, npsn.as_str()),
            Some(Repeat::Once) | None => {}
        }
    }

    fn name(&mut self, cells: &mut Cells<'_>) -> Option<String> {
        let place = self.columns.name;
        let cell = cells.raw(place);
        if cell.trim().len() != cell.len() {
            cells.note(&NAME_PADDING, place, cell);
        }
        if cell.trim().chars().count() > USUAL_NAME {
            cells.note(&NAME_LONG, place, cell);
        }
        let key = self.name_key(cells);
        if key.is_some_and(|key| self.names.ask(key) != Repeat::Once) {
            cells.note(&SAME_NAME, place, cell);
        }
        match rule::name(cell) {
            // What it warns of, characters made spaces, is noted for the whole cell below.
            Ok((name, _)) => Some(name),
            Err(fault) => {
                cells.note_fault(&fault, Severity::Refusal, place, cell);
                None
            }
        }
    }

    fn address(&self, cells: &mut Cells<'_>) -> Option<String> {
        let place = self.columns.address;
        place.at?;
        let cell = cells.raw(place);
        let (address, warning) = rule::address(cell);
        if let Some(fault) = warning.filter(|fault| fault.code != CONTROLS.code) {
            cells.note_fault(&fault, Severity::Warning, place, cell);
        }
        address
    }

    fn region(&self, cells: &mut Cells<'_>) -> Option<RegionCode> {
        let district = cells.text(self.columns.district).unwrap_or_default();
        let regency = cells.text(self.columns.regency).unwrap_or_default();
        let shown = if regency.is_empty() { district.to_owned() } else { format!("{district} / {regency}") };
        match self.places.locate(district, regency) {
            Located::District(code) => {
                if RegionCode::parse(district).is_ok_and(|told| told != code) {
                    cells.note(&REGION_RECODED, self.columns.district, district);
                }
                Some(code)
            }
            Located::Regency(code) => {
                cells.note(&DISTRICT_UNMATCHED, self.columns.district, &shown);
                Some(code)
            }
            Located::Nowhere => {
                cells.note(&SCHOOL_REGION, self.columns.district, &shown);
                None
            }
        }
    }

    fn coordinates(&self, cells: &mut Cells<'_>) -> Option<Coordinates> {
        let Columns { latitude, longitude, .. } = self.columns;
        latitude.at.and(longitude.at)?;
        let (lat, lon) = (cells.raw(latitude), cells.raw(longitude));
        let (found, warning) = coordinates::read(lat, lon, &INDONESIA);
        if let Some(fault) = warning {
            cells.note_fault(&fault, Severity::Warning, latitude, &format!("{},{}", lat.trim(), lon.trim()));
        }
        found
    }

    /// What the name and address hold that somebody should look at.
    fn odd_characters(&self, cells: &mut Cells<'_>) {
        let Columns { name, address, .. } = self.columns;
        for place in [name, address] {
            let cell = cells.raw(place);
            if !cell.is_ascii() {
                cells.note(&NON_ASCII, place, cell);
            }
            // Those beyond ASCII come from a wrong encoding, which was told above.
            if cell.contains(|c: char| c.is_ascii_control()) {
                cells.note(&CONTROLS, place, cell);
            }
            if cell.contains('"') {
                cells.note(&QUOTE_CHAR, place, cell);
            }
        }
    }
}

impl Parser for SchoolParser {
    type Row = SchoolRow;

    fn survey(&mut self, cells: &mut Cells<'_>) {
        if let Some(key) = cells.text(self.columns.npsn).and_then(|t| Repeats::short(&t.to_ascii_uppercase()))
        {
            self.numbers.survey(key);
        }
        if let Some(key) = self.name_key(cells) {
            self.names.survey(key);
        }
    }

    fn surveyed(&mut self) {
        self.numbers.surveyed();
        self.names.surveyed();
    }

    fn parse(&mut self, cells: &mut Cells<'_>) -> Option<SchoolRow> {
        let npsn = self.npsn(cells);
        let name = self.name(cells);
        let level_cell = cells.text(self.columns.level).unwrap_or_default();
        let level = SchoolLevel::from_source(level_cell)
            .map_err(|fault| cells.note_fault(&fault, Severity::Refusal, self.columns.level, level_cell));
        let owner_cell = cells.text(self.columns.ownership).unwrap_or_default();
        let ownership = Ownership::from_source(owner_cell)
            .map_err(|fault| cells.note_fault(&fault, Severity::Refusal, self.columns.ownership, owner_cell));
        if let (Some(name), Ok(level), Ok(ownership)) = (&name, &level, &ownership) {
            compare_with_name(cells, self.columns, name, *level, *ownership);
        }
        self.odd_characters(cells);
        let address = self.address(cells);
        let region = self.region(cells);
        let coordinates = self.coordinates(cells);
        let row = SchoolRow {
            npsn: npsn?,
            name: name?,
            level: level.ok()?,
            ownership: ownership.ok()?,
            address,
            region: region?,
            coordinates,
        };
        if cells.sound() {
            self.repeated(cells, &row.npsn);
        }
        Some(row)
    }
}

/// A name usually begins with the level and tells the owner; where it tells otherwise, one of the two is wrong.
fn compare_with_name(
    cells: &mut Cells<'_>,
    columns: Columns,
    name: &str,
    level: SchoolLevel,
    owner: Ownership,
) {
    let upper = name.to_uppercase();
    if !is_special(level) && told_level(&upper).is_some_and(|told| told != level) {
        cells.note(&LEVEL_DIFFERS, columns.level, &format!("{name} -> {}", level.as_str().to_uppercase()));
    }
    let first = upper.split_whitespace().next().unwrap_or_default();
    let says_swasta = upper.split_whitespace().any(|word| word == "SWASTA")
        || upper.starts_with("SD S ")
        || matches!(first, "SDS" | "SMPS" | "SMAS" | "SMKS" | "SLBS");
    match owner {
        Ownership::Private if upper.contains("NEGERI") => cells.note(&SAYS_NEGERI, columns.ownership, name),
        Ownership::Public if says_swasta => cells.note(&SAYS_SWASTA, columns.ownership, name),
        Ownership::Private | Ownership::Public => {}
    }
}

/// Special-needs schools: their names follow no custom (`SMP PK/LK`, `SD Luar Biasa`, `SLB`), so they tell nothing.
fn is_special(level: SchoolLevel) -> bool {
    matches!(level, SchoolLevel::Slb | SchoolLevel::Sdlb | SchoolLevel::Smplb | SchoolLevel::Smlb)
}

/// The level with which a name begins, where it is one whose names follow that custom.
fn told_level(upper: &str) -> Option<SchoolLevel> {
    let (level, rest) = [
        ("SMP", SchoolLevel::Smp),
        ("SMA", SchoolLevel::Sma),
        ("SMK", SchoolLevel::Smk),
        ("SLB", SchoolLevel::Slb),
        ("SD", SchoolLevel::Sd),
    ]
    .into_iter()
    .find_map(|(prefix, level)| upper.strip_prefix(prefix).map(|rest| (level, rest)))?;
    let special = rest.trim_start_matches(['-', ' ']).starts_with("LB");
    Some(if special { SchoolLevel::Slb } else { level })
}
