//! Persons: a school's staff list as the school system gives it, and a file of our own.
//!
//! Findings about personal cells never repeat the cell. A number that is damaged or malformed is
//! left out with a warning; a row with no number at all is refused, because nobody could tell
//! next time whether it is the same person.

use chrono::NaiveDate;

use super::finding::{
    BIRTH_DATE, EMPLOYMENT, EMPLOYMENT_MISSING, IDENTIFIER_MISSING, KIND, NAME_TITLE, PERSON_AGAIN,
    REGION_RECODED, REGION_UNKNOWN, SCHOOL_MISSING, SEX, Severity, defect_of,
};
use super::header::{Header, Place};
use super::layout::Shape;
use super::places::Places;
use super::row::{Cells, Parser, Repeat, Repeats};
use super::staff::{has_title, kind_of};
use crate::directory::person::change::born;
use crate::directory::person::contact::{Email, Phone};
use crate::directory::person::identifiers::{Nik, Nip, Nuptk};
use crate::directory::person::name::PersonName;
use crate::directory::person::rule::{Employment, PersonKind, Sex};
use crate::directory::region::code::RegionCode;
use crate::directory::school::npsn::Npsn;
use crate::foundation::error::Fault;
use crate::foundation::text;

/// Most characters of a subject taught.
const SUBJECT_CHARS: usize = 100;

/// A person as its row tells it. What is none was not told, and leaves what is known untouched.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonRow {
    /// Full name.
    pub name: PersonName,
    /// What the person is.
    pub kind: PersonKind,
    /// How employed.
    pub employment: Employment,
    /// Teacher number.
    pub nuptk: Option<Nuptk>,
    /// Civil-servant number.
    pub nip: Option<Nip>,
    /// National identity number.
    pub nik: Option<Nik>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Date of birth.
    pub birth_date: Option<NaiveDate>,
    /// Home school.
    pub npsn: Option<Npsn>,
    /// Region, for those without a school.
    pub region: Option<RegionCode>,
    /// Subject taught.
    pub subject: Option<String>,
    /// Mobile number.
    pub phone: Option<Phone>,
    /// E-mail address.
    pub email: Option<Email>,
}

/// Reads persons.
#[derive(Debug)]
pub struct PersonParser {
    columns: Columns,
    school: Option<Npsn>,
    places: Places,
    today: NaiveDate,
    nuptk: Repeats,
    nip: Repeats,
    nik: Repeats,
}

#[derive(Debug)]
struct Columns {
    name: Place,
    nuptk: Place,
    nip: Place,
    nik: Place,
    sex: Place,
    birth_date: Place,
    kind: Place,
    extra_duty: Place,
    employment: Place,
    npsn: Place,
    region: Place,
    subject: Place,
    phone: Place,
    email: Place,
}

impl Columns {
    fn of(header: &Header) -> Self {
        let pick = |dapodik, plain| {
            header.place(if header.shape() == Shape::PersonsDapodik { dapodik } else { plain })
        };
        Self {
            name: pick("Nama", "name"),
            nuptk: pick("NUPTK", "nuptk"),
            nip: pick("NIP", "nip"),
            nik: pick("NIK", "nik"),
            sex: pick("JK", "sex"),
            birth_date: pick("Tanggal Lahir", "birth_date"),
            kind: pick("Jenis PTK", "kind"),
            extra_duty: pick("Tugas Tambahan", ""),
            employment: pick("Status Kepegawaian", "employment"),
            npsn: pick("", "npsn"),
            region: pick("", "region_code"),
            subject: pick("", "subject"),
            phone: pick("HP", "phone"),
            email: pick("Email", "email"),
        }
    }
}

impl PersonParser {
    /// For a file with `header`, in the regions there are. Rows that name no school belong to `school`;
    /// `today` bounds birth dates.
    pub fn new(header: &Header, school: Option<Npsn>, places: Places, today: NaiveDate) -> Self {
        let columns = Columns::of(header);
        let repeats = Repeats::default;
        Self { columns, school, places, today, nuptk: repeats(), nip: repeats(), nik: repeats() }
    }

    /// Whether one of the row's numbers stood on an earlier row.
    fn repeated(&mut self, cells: &mut Cells<'_>, row: &PersonRow) {
        let nuptk = row.nuptk.as_ref().and_then(|n| key(n.as_str())).map(|k| self.nuptk.ask(k));
        let nip = row.nip.as_ref().and_then(|n| key(n.as_str())).map(|k| self.nip.ask(k));
        let nik = row.nik.as_ref().and_then(|n| key(n.expose())).map(|k| self.nik.ask(k));
        let met = [(nuptk, self.columns.nuptk), (nip, self.columns.nip), (nik, self.columns.nik)];
        if let Some((_, place)) = met.into_iter().find(|(repeat, _)| *repeat == Some(Repeat::Again)) {
            cells.note_private(&PERSON_AGAIN, place);
        }
    }

    fn birth_date(&self, cells: &mut Cells<'_>) -> Option<NaiveDate> {
        let cell = cells.text(self.columns.birth_date).filter(|cell| *cell != "-")?;
        let date = NaiveDate::parse_from_str(cell, "%Y-%m-%d").ok();
        let grown_up = date.and_then(|date| born(date, self.today).ok());
        if grown_up.is_none() {
            cells.note_private(&BIRTH_DATE, self.columns.birth_date);
        }
        grown_up
    }

    fn school(&self, cells: &mut Cells<'_>) -> Option<Npsn> {
        let told = cells.text(self.columns.npsn).filter(|cell| *cell != "-");
        let Some(cell) = told else { return self.school.clone() };
        match Npsn::parse(cell) {
            Ok(npsn) => Some(npsn),
            Err(fault) => {
                // Nothing as short as a school's number is a person's.
                if cell.len() <= 8 {
                    cells.note_fault(&fault, Severity::Refusal, self.columns.npsn, cell);
                } else {
                    cells.note_private_fault(&fault, Severity::Refusal, self.columns.npsn);
                }
                None
            }
        }
    }

    fn numbers(&self, cells: &mut Cells<'_>) -> (Option<Nuptk>, Option<Nip>, Option<Nik>) {
        let nuptk = kept(cells, self.columns.nuptk, Nuptk::parse);
        let nip = kept(cells, self.columns.nip, Nip::parse);
        let nik = kept(cells, self.columns.nik, Nik::parse);
        if nuptk.is_none() && nip.is_none() && nik.is_none() {
            cells.note_private(&IDENTIFIER_MISSING, self.columns.nuptk);
        }
        (nuptk, nip, nik)
    }

    fn name(&self, cells: &mut Cells<'_>) -> Option<PersonName> {
        let place = self.columns.name;
        let name = match PersonName::parse(cells.raw(place)) {
            Ok(name) => name,
            Err(fault) => {
                cells.note_private_fault(&fault, Severity::Refusal, place);
                return None;
            }
        };
        for fault in name.warnings() {
            cells.note_private_fault(&fault, Severity::Warning, place);
        }
        if has_title(name.as_str()) {
            cells.note_private(&NAME_TITLE, place);
        }
        Some(name)
    }

    fn kind(&self, cells: &mut Cells<'_>) -> Option<PersonKind> {
        let cell = cells.text(self.columns.kind).unwrap_or_default();
        let duty = cells.text(self.columns.extra_duty).unwrap_or_default();
        let found = kind_of(cell, duty);
        if found.is_none() {
            cells.note_harmless(&KIND, self.columns.kind, cell);
        }
        found
    }

    fn employment(&self, cells: &mut Cells<'_>) -> Option<Employment> {
        let cell = cells.text(self.columns.employment).unwrap_or_default();
        let found = Employment::from_source(cell);
        if found.is_none() {
            cells.note_harmless(&EMPLOYMENT, self.columns.employment, cell);
        }
        found
    }

    fn sex(&self, cells: &mut Cells<'_>) -> Option<Sex> {
        let cell = cells.text(self.columns.sex).filter(|cell| *cell != "-")?;
        let found = Sex::from_source(cell);
        if found.is_none() {
            cells.note_harmless(&SEX, self.columns.sex, cell);
        }
        found
    }

    fn subject(&self, cells: &mut Cells<'_>) -> Option<String> {
        let cell = cells.text(self.columns.subject)?;
        match text::mended_line(cell, SUBJECT_CHARS) {
            Ok((subject, _)) => Some(subject),
            Err(fault) => {
                cells.note_harmless(&defect_of(&fault, Severity::Warning), self.columns.subject, cell);
                None
            }
        }
    }

    fn region(&self, cells: &mut Cells<'_>) -> Option<RegionCode> {
        let place = self.columns.region;
        let cell = cells.text(place).filter(|cell| *cell != "-")?;
        let told = match RegionCode::parse(cell) {
            Ok(told) => told,
            Err(fault) => {
                cells.note_harmless(&defect_of(&fault, Severity::Refusal), place, cell);
                return None;
            }
        };
        let found = self.places.find(cell);
        match &found {
            None => cells.note(&REGION_UNKNOWN, place, cell),
            Some(current) if *current != told => cells.note(&REGION_RECODED, place, cell),
            Some(_) => {}
        }
        found
    }
}

impl Parser for PersonParser {
    type Row = PersonRow;

    fn survey(&mut self, cells: &mut Cells<'_>) {
        let Columns { nuptk, nip, nik, .. } = self.columns;
        let found = cells.text(nuptk).and_then(|cell| Nuptk::parse(cell).ok());
        if let Some(key) = found.and_then(|number| key(number.as_str())) {
            self.nuptk.survey(key);
        }
        let found = cells.text(nip).and_then(|cell| Nip::parse(cell).ok());
        if let Some(key) = found.and_then(|number| key(number.as_str())) {
            self.nip.survey(key);
        }
        let found = cells.text(nik).and_then(|cell| Nik::parse(cell).ok());
        if let Some(key) = found.and_then(|number| key(number.expose())) {
            self.nik.survey(key);
        }
    }

    fn surveyed(&mut self) {
        self.nuptk.surveyed();
        self.nip.surveyed();
        self.nik.surveyed();
    }

    fn parse(&mut self, cells: &mut Cells<'_>) -> Option<PersonRow> {
        let name = self.name(cells);
        let kind = self.kind(cells);
        let employment = self.employment(cells);
        let (nuptk, nip, nik) = self.numbers(cells);
        let birth_date = self.birth_date(cells);
        let sex = self.sex(cells);
        for fault in nip.iter().flat_map(|nip| nip.warnings(birth_date, sex)) {
            cells.note_private_fault(&fault, Severity::Warning, self.columns.nip);
        }
        let npsn = self.school(cells);
        let region = self.region(cells);
        let subject = self.subject(cells);
        let phone = kept(cells, self.columns.phone, Phone::parse);
        let email = kept(cells, self.columns.email, Email::parse);
        let (name, kind, employment) = (name?, kind?, employment?);
        if employment == Employment::None
            && serves_a_school(kind)
            && told_nothing(cells, self.columns.employment)
        {
            cells.note_private(&EMPLOYMENT_MISSING, self.columns.employment);
        }
        if npsn.is_none() && region.is_none() && employment != Employment::None {
            cells.note(&SCHOOL_MISSING, self.columns.npsn, "");
        }
        let row = PersonRow {
            name,
            kind,
            employment,
            nuptk,
            nip,
            nik,
            sex,
            birth_date,
            npsn,
            region,
            subject,
            phone,
            email,
        };
        if cells.sound() {
            self.repeated(cells, &row);
        }
        Some(row)
    }
}

/// Whether somebody of this kind is usually employed: equity is measured across employment, so a
/// blank there is worth a look.
fn serves_a_school(kind: PersonKind) -> bool {
    matches!(kind, PersonKind::Teacher | PersonKind::Principal | PersonKind::Administrator)
}

fn told_nothing(cells: &mut Cells<'_>, place: Place) -> bool {
    matches!(cells.text(place), None | Some("-"))
}

/// The value of a personal cell, or none with a warning; an empty cell or a dash is simply none.
fn kept<T>(cells: &mut Cells<'_>, place: Place, parse: fn(&str) -> Result<T, Fault>) -> Option<T> {
    let cell = cells.text(place).filter(|cell| *cell != "-")?;
    parse(cell).map_err(|fault| cells.note_private_fault(&fault, Severity::Warning, place)).ok()
}

/// A number of digits as a key; exact, for no number here has more than 18.
fn key(digits: &str) -> Option<u64> {
    digits.parse().ok()
}
