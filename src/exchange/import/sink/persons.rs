//! Persons into the directory. A row is found again by any of its numbers; numbers that lead to
//! different persons refuse it. What a row does not tell stays as it is.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::person::{Column, Entity, Model};
use entity::school;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, sea_query::OnConflict,
};
use serde_json::json;
use uuid::Uuid;

use super::{Settled, Target, change, parts, raced};
use crate::access::context::Work;
use crate::access::nik::{Nik, NikVault};
use crate::access::scope;
use crate::directory::person::write::blank;
use crate::exchange::import::finding::{
    Finding, PERSON_CONFLICT, PERSON_MERGED, PERSON_RESTRICTED, REGION_UNKNOWN, SCHOOL_UNKNOWN,
};
use crate::exchange::import::persons::PersonRow;
use crate::exchange::import::report::Outcome;
use crate::exchange::import::row::Parsed;
use crate::foundation::error::{Error, Result};
use crate::foundation::event::Event;
use crate::foundation::id::Ids;

/// Values of one person in a statement.
const COLUMNS: usize = 22;

/// The persons of the directory.
#[derive(Debug, Clone, Copy, Default)]
pub struct Persons;

impl Target for Persons {
    type Row = PersonRow;

    async fn settle(&self, work: &Work<'_>, chunk: &[Parsed<PersonRow>], dry_run: bool) -> Result<Settled> {
        let vault = NikVault::new(&work.services.keyring);
        let mut desk = Desk::open(work, chunk, &vault).await?;
        for (at, row) in chunk.iter().enumerate() {
            let Some(value) = &row.value else { continue };
            let outcome = desk.decide(work, &vault, at, row.line, value)?;
            desk.settled.set(at, outcome);
        }
        if dry_run {
            desk.settled.events.clear();
            return Ok(desk.settled);
        }
        desk.write(work).await
    }
}

/// A chunk's working copy of what it touches.
struct Desk {
    persons: HashMap<Uuid, Model>,
    by_nuptk: HashMap<String, Uuid>,
    by_nip: HashMap<String, Vec<Uuid>>,
    by_nik: HashMap<String, Uuid>,
    schools: HashMap<String, (Uuid, String)>,
    regions: HashMap<String, ()>,
    /// Blind indexes of the rows' identity numbers, by row.
    indexes: Vec<Option<String>>,
    made: Vec<Model>,
    /// By id, for two rows may tell of one person by different numbers.
    changed: HashMap<Uuid, Model>,
    settled: Settled,
}

impl Desk {
    async fn open(work: &Work<'_>, chunk: &[Parsed<PersonRow>], vault: &NikVault) -> Result<Self> {
        let rows = || chunk.iter().filter_map(|row| row.value.as_ref());
        let index = |row: &Parsed<PersonRow>| match row.value.as_ref().and_then(|value| value.nik.as_ref()) {
            None => Ok(None),
            Some(nik) => secret(nik.expose()).map(|nik| Some(vault.index(&nik))),
        };
        let indexes = chunk.iter().map(index).collect::<Result<Vec<_>>>()?;
        let met = Condition::any()
            .add(Column::Nuptk.is_in(rows().filter_map(|row| Some(row.nuptk.as_ref()?.as_str()))))
            .add(Column::Nip.is_in(rows().filter_map(|row| Some(row.nip.as_ref()?.as_str()))))
            .add(Column::NikIndex.is_in(indexes.iter().flatten()));
        let found = scope::persons(work.actor)?.filter(met).lock_exclusive().all(work.db()).await?;
        let schools = scope::schools()
            .filter(school::Column::Npsn.is_in(rows().filter_map(|row| Some(row.npsn.as_ref()?.as_str()))))
            .all(work.db())
            .await?;
        let regions = scope::regions()
            .filter(
                entity::region::Column::Code.is_in(rows().filter_map(|r| Some(r.region.as_ref()?.as_str()))),
            )
            .all(work.db())
            .await?;
        let mut desk = Self {
            persons: HashMap::new(),
            by_nuptk: HashMap::new(),
            by_nip: HashMap::new(),
            by_nik: HashMap::new(),
            schools: schools.into_iter().map(|s| (s.npsn, (s.id, s.region_code))).collect(),
            regions: regions.into_iter().map(|region| (region.code, ())).collect(),
            indexes,
            made: Vec::new(),
            changed: HashMap::new(),
            settled: Settled::of(chunk.len()),
        };
        found.into_iter().for_each(|person| desk.know(person));
        Ok(desk)
    }

    /// Remembers a person as they are now: a number they no longer have leads to them no longer.
    fn know(&mut self, person: Model) {
        let id = person.id;
        if let Some(nip) = self.persons.get(&id).and_then(|before| before.nip.as_ref()) {
            self.by_nip.entry(nip.clone()).or_default().retain(|other| *other != id);
        }
        self.by_nuptk.extend(person.nuptk.clone().map(|number| (number, id)));
        if let Some(nip) = person.nip.clone() {
            self.by_nip.entry(nip).or_default().push(id);
        }
        self.by_nik.extend(person.nik_index.clone().map(|index| (index, id)));
        self.persons.insert(id, person);
    }

    fn decide(
        &mut self,
        work: &Work<'_>,
        vault: &NikVault,
        at: usize,
        line: u64,
        row: &PersonRow,
    ) -> Result<Outcome> {
        let refuse = |column, defect| Ok(Outcome::Refused(vec![Finding::private(line, column, defect)]));
        let school = match &row.npsn {
            None => None,
            Some(npsn) => match self.schools.get(npsn.as_str()) {
                Some(school) => Some(school.clone()),
                None => {
                    let finding = Finding::new(line, "npsn", &SCHOOL_UNKNOWN, npsn.as_str());
                    return Ok(Outcome::Refused(vec![finding]));
                }
            },
        };
        if let Some(code) = row.region.as_ref().filter(|code| !self.regions.contains_key(code.as_str())) {
            let finding = Finding::new(line, "region_code", &REGION_UNKNOWN, code.as_str());
            return Ok(Outcome::Refused(vec![finding]));
        }
        let index = self.indexes.get(at).cloned().flatten();
        let mut met = self.met(row, index.as_deref());
        let id = met.lifelong.pop().or_else(|| met.by_nip.first().copied());
        let stray = |other: &Uuid| Some(*other) != id;
        // A civil-servant number that several records carry tells none of them by itself.
        let shared = met.by_nip.len() > 1 && !met.by_lifelong;
        if shared
            || met.lifelong.iter().any(stray)
            || (!met.by_nip.is_empty() && met.by_nip.iter().all(stray))
        {
            return refuse("", &PERSON_CONFLICT);
        }
        let told = Told { row, school, index, by_nip_alone: !met.by_lifelong };
        let Some(mut person) = id.and_then(|id| self.persons.get(&id).cloned()) else {
            let person = told.person(work, vault)?;
            self.settled.events.push(announce("person.created", &person));
            self.know(person.clone());
            self.made.push(person);
            return Ok(Outcome::New);
        };
        if let Some(survivor) = person.merged_into {
            let finding = Finding::new(line, "", &PERSON_MERGED, &survivor.to_string());
            return Ok(Outcome::Refused(vec![finding]));
        }
        // What a file tells waits until the person's record may be used again.
        if person.restricted_at.is_some() {
            return refuse("", &PERSON_RESTRICTED);
        }
        if told.contradicts(&person) {
            return refuse("", &PERSON_CONFLICT);
        }
        if !told.update(&mut person, vault, &work.services.ids)? {
            return Ok(Outcome::Unchanged);
        }
        person.version += 1;
        person.updated_at = work.now();
        self.settled.events.push(announce("person.updated", &person));
        self.know(person.clone());
        self.changed.insert(person.id, person);
        Ok(Outcome::Updated)
    }

    /// The persons that the row's numbers lead to.
    fn met(&self, row: &PersonRow, index: Option<&str>) -> Met {
        let nuptk = row.nuptk.as_ref().and_then(|number| self.by_nuptk.get(number.as_str()));
        let nik = index.and_then(|index| self.by_nik.get(index));
        let lifelong: Vec<Uuid> = [nuptk, nik].into_iter().flatten().copied().collect();
        let by_nip = row.nip.as_ref().and_then(|number| self.by_nip.get(number.as_str()));
        Met { by_lifelong: !lifelong.is_empty(), lifelong, by_nip: by_nip.cloned().unwrap_or_default() }
    }

    async fn write(self, work: &Work<'_>) -> Result<Settled> {
        for part in parts(self.made, COLUMNS) {
            let rows = part.into_iter().map(IntoActiveModel::into_active_model);
            Entity::insert_many(rows).exec_without_returning(work.db()).await.map_err(raced)?;
        }
        let written = [
            Column::Kind,
            Column::Name,
            Column::Nuptk,
            Column::Nip,
            Column::NikSealed,
            Column::NikIndex,
            Column::Sex,
            Column::BirthDate,
            Column::Employment,
            Column::Subject,
            Column::SchoolId,
            Column::RegionCode,
            Column::Phone,
            Column::Email,
            Column::Version,
            Column::UpdatedAt,
        ];
        for part in parts(self.changed.into_values().collect(), COLUMNS) {
            let rows = part.into_iter().map(IntoActiveModel::into_active_model);
            let own = OnConflict::column(Column::Id).update_columns(written).to_owned();
            Entity::insert_many(rows)
                .on_conflict(own)
                .exec_without_returning(work.db())
                .await
                .map_err(raced)?;
        }
        Ok(self.settled)
    }
}

/// Whom a row's numbers lead to.
struct Met {
    /// By a number that stays with a person for life.
    lifelong: Vec<Uuid>,
    /// Whether there was any.
    by_lifelong: bool,
    /// By the civil-servant number, which is not kept unique.
    by_nip: Vec<Uuid>,
}

/// What a row tells, with its references found.
struct Told<'a> {
    row: &'a PersonRow,
    school: Option<(Uuid, String)>,
    index: Option<String>,
    /// Whether only the civil-servant number says who it is.
    by_nip_alone: bool,
}

impl Told<'_> {
    fn person(&self, work: &Work<'_>, vault: &NikVault) -> Result<Model> {
        let row = self.row;
        let mut person = Model {
            kind: row.kind.as_str().to_owned(),
            name: row.name.as_str().to_owned(),
            employment: row.employment.as_str().to_owned(),
            ..blank(work)
        };
        self.update(&mut person, vault, &work.services.ids)?;
        Ok(person)
    }

    /// A lifelong number cannot become another: then the row is about somebody else. Nor can the day of
    /// birth or the sex, where nothing but a civil-servant number says that it is the same person.
    fn contradicts(&self, person: &Model) -> bool {
        let other =
            |told: Option<&str>, known: Option<&str>| told.is_some() && known.is_some() && told != known;
        let born = self.row.birth_date.zip(person.birth_date).is_some_and(|(told, known)| told != known);
        let sex = other(self.row.sex.map(|sex| sex.as_str()), person.sex.as_deref());
        (self.by_nip_alone && (born || sex))
            || other(self.row.nuptk.as_ref().map(|n| n.as_str()), person.nuptk.as_deref())
            || other(self.index.as_deref(), person.nik_index.as_deref())
    }

    /// Puts what the row tells into the person; whether anything differed.
    fn update(&self, person: &mut Model, vault: &NikVault, ids: &Ids) -> Result<bool> {
        let row = self.row;
        let mut differs = change(&mut person.name, row.name.as_str().to_owned());
        differs |= change(&mut person.kind, row.kind.as_str().to_owned());
        differs |= change(&mut person.employment, row.employment.as_str().to_owned());
        differs |= tell(&mut person.nuptk, row.nuptk.as_ref().map(|n| n.as_str()));
        differs |= tell(&mut person.nip, row.nip.as_ref().map(|n| n.as_str()));
        differs |= tell(&mut person.sex, row.sex.map(|sex| sex.as_str()));
        differs |= tell(&mut person.subject, row.subject.as_deref());
        differs |= tell(&mut person.phone, row.phone.as_ref().map(|phone| phone.as_str()));
        differs |= tell(&mut person.email, row.email.as_ref().map(|email| email.as_str()));
        differs |=
            row.birth_date.is_some() && change::<Option<NaiveDate>>(&mut person.birth_date, row.birth_date);
        match &self.school {
            Some((id, region)) => {
                differs |= change(&mut person.school_id, Some(*id));
                differs |= tell(&mut person.region_code, Some(region));
            }
            None => differs |= tell(&mut person.region_code, row.region.as_ref().map(|code| code.as_str())),
        }
        if let (None, Some(nik), Some(index)) = (&person.nik_index, &row.nik, &self.index) {
            person.nik_sealed = Some(vault.seal(&secret(nik.expose())?, ids)?);
            person.nik_index = Some(index.clone());
            differs = true;
        }
        Ok(differs)
    }
}

/// Puts a value that was told; what was not told stays.
fn tell(field: &mut Option<String>, told: Option<&str>) -> bool {
    told.is_some() && change(field, told.map(str::to_owned))
}

fn secret(digits: &str) -> Result<Nik> {
    Nik::parse(digits).map_err(|fault| Error::internal("seal an identity number", fault.code))
}

/// Tells that a person came or changed: what and where, never who.
pub(super) fn announce(kind: &'static str, person: &Model) -> Event {
    Event::new(kind, "person", person.id, person.version).in_region(person.region_code.clone()).with(json!({
        "kind": person.kind,
        "employment": person.employment,
        "schoolId": person.school_id,
    }))
}
