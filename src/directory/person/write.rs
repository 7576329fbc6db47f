//! Registering and changing persons.

use async_graphql::MaybeUndefined;
use entity::{
    person::{Column, Entity, Model},
    personal::Class,
    school,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use serde_json::json;
use uuid::Uuid;

pub use super::change::{CreatePersonInput, UpdatePersonInput};
use super::{
    change::{Changes, differing},
    merged, rule, shown,
    view::{Person, PersonId},
};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Ctx, Work},
        nik::NikVault,
        scope,
    },
    directory::{region, restriction},
    foundation::{
        error::{Error, Fault, Faults, Result},
        event::Event,
        version,
    },
};

/// Registers a person.
pub struct CreatePerson(pub CreatePersonInput);

impl Command for CreatePerson {
    type Output = Person;
    const ACTION: Action = Action::PersonCreate;

    fn shows(&self, answer: &Person, ctx: &Ctx) {
        shown::note(ctx, answer);
    }

    async fn run(&self, work: &Work<'_>) -> Result<Person> {
        let input = UpdatePersonInput::from(self.0.clone());
        let mut faults = Faults::new();
        let home = Home::wanted(work, &input, None, &mut faults).await?;
        let permit = work.permit(Self::ACTION, &home.place(None))?;
        let changes = Changes::parse(&input, work.now(), &mut faults);
        faults.done()?;
        let row = changes.apply(home.on(blank(work)), &vault(work), &work.services.ids)?;
        refuse_known(work, &row).await?;
        insert(work, &permit, row).await
    }
}

fn vault(work: &Work<'_>) -> NikVault {
    NikVault::new(&work.services.keyring)
}

/// A new row of which nothing is said yet.
pub fn blank(work: &Work<'_>) -> Model {
    Model {
        id: work.new_id(),
        kind: String::new(),
        name: String::new(),
        nuptk: None,
        nip: None,
        nik_sealed: None,
        nik_index: None,
        sex: None,
        birth_date: None,
        employment: String::new(),
        subject: None,
        school_id: None,
        region_code: None,
        phone: None,
        email: None,
        merged_into: None,
        restricted_at: None,
        restricted_by: None,
        erased_at: None,
        version: 1,
        created_at: work.now(),
        updated_at: work.now(),
    }
}

/// Changes a person.
pub struct UpdatePerson {
    /// Which one.
    pub id: PersonId,
    /// The version the caller read.
    pub version: Option<i64>,
    /// The changes.
    pub input: UpdatePersonInput,
}

impl Command for UpdatePerson {
    type Output = Person;
    const ACTION: Action = Action::PersonUpdate;

    fn shows(&self, answer: &Person, ctx: &Ctx) {
        shown::note(ctx, answer);
    }

    async fn run(&self, work: &Work<'_>) -> Result<Person> {
        let found = lock(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        require_current(work, &found).await?;
        version::check(self.version, found.version)?;
        change(work, &permit, &found, &self.input).await
    }
}

/// The one step by which a record changes: asked for by whoever may change it, or by its person and accepted.
///
/// # Errors
/// Every fault of `input` at once; `forbidden` where the person would leave the caller's reach; `person_already_known`.
pub(in crate::directory) async fn change(
    work: &Work<'_>,
    permit: &Permit,
    found: &Model,
    input: &UpdatePersonInput,
) -> Result<Person> {
    let mut faults = Faults::new();
    let home = Home::wanted(work, input, Some(found), &mut faults).await?;
    // Nobody moves a person to where they may not change persons.
    work.permit(permit.action(), &home.place(Some(found.id)))?;
    let changes = Changes::parse(input, work.now(), &mut faults);
    faults.done()?;
    let row = changes.apply(home.on(found.clone()), &vault(work), &work.services.ids)?;
    if row == *found {
        return shown::answer(work, row).await;
    }
    refuse_known(work, &row).await?;
    update(work, permit, found, row).await
}

/// What is wrong with a change of `found` that is only wished so far. Whether another record has a number already is not
/// looked at: whoever wishes must not find out.
///
/// # Errors
/// Whatever the database answers.
pub(in crate::directory) async fn faults(
    work: &Work<'_>,
    found: &Model,
    input: &UpdatePersonInput,
) -> Result<Faults> {
    let mut faults = Faults::new();
    Home::wanted(work, input, Some(found), &mut faults).await?;
    Changes::parse(input, work.now(), &mut faults);
    Ok(faults)
}

/// Where a person shall belong.
struct Home {
    school: Option<Uuid>,
    region: Option<String>,
}

impl Home {
    /// What `input` wants, on top of what `found` has: a school brings its region, and only
    /// those without a school say a region themselves.
    async fn wanted(
        work: &Work<'_>,
        input: &UpdatePersonInput,
        found: Option<&Model>,
        faults: &mut Faults,
    ) -> Result<Self> {
        let school = match input.school_id {
            MaybeUndefined::Undefined => found.and_then(|row| row.school_id),
            MaybeUndefined::Null => None,
            MaybeUndefined::Value(id) => Some(id.uuid()),
        };
        let asked = input.school_id.is_value() || input.region_code.is_value() || input.region_code.is_null();
        if let (Some(id), true) = (school, asked) {
            let row = school::Entity::find_by_id(id).one(work.db()).await?;
            faults.require(row.is_some(), "/schoolId", "reference_unknown");
            let region = row.map(|row| row.region_code);
            let differs = match &input.region_code {
                MaybeUndefined::Undefined => false,
                MaybeUndefined::Null => true,
                MaybeUndefined::Value(code) => region.as_ref().is_some_and(|region| region != code),
            };
            faults.require(!differs, "/regionCode", "region_follows_school");
            return Ok(Self { school, region });
        }
        let region = match &input.region_code {
            MaybeUndefined::Undefined => found.and_then(|row| row.region_code.clone()),
            MaybeUndefined::Null => None,
            MaybeUndefined::Value(code) => {
                let known = region::read::exists(work.db(), code).await?;
                faults.require(known, "/regionCode", "reference_unknown");
                known.then(|| code.clone())
            }
        };
        Ok(Self { school, region })
    }

    fn place(&self, person: Option<Uuid>) -> Place {
        Place { region: self.region.clone(), school: self.school, person, ..Place::default() }
    }

    fn on(self, row: Model) -> Model {
        Model { school_id: self.school, region_code: self.region, ..row }
    }
}

/// Refuses a number that another record has. Its id is told only to those who may see the numbers of that record: else
/// whoever tries numbers would learn whose they are.
async fn refuse_known(work: &Work<'_>, row: &Model) -> Result<()> {
    let numbers =
        [("/nuptk", "NUPTK", Column::Nuptk, &row.nuptk), ("/nik", "NIK", Column::NikIndex, &row.nik_index)];
    for (pointer, number, column, value) in numbers {
        let Some(value) = value else { continue };
        let other = Entity::find().filter(column.eq(value)).filter(Column::Id.ne(row.id)).one(work.db());
        let Some(other) = other.await? else { continue };
        let id = merged::resolve(work.db(), other.id).await?;
        let reached = match shown::findable(work.actor, Class::Identifier) {
            Ok(seen) => {
                let some = scope::persons(work.actor)?.filter(seen).filter(scope::persons_in_use(work.actor));
                some.filter(Column::Id.eq(id)).one(work.db()).await?
            }
            Err(_) => None,
        };
        let shown = reached.map_or_else(|| "none".to_owned(), |row| row.id.to_string());
        return Err(known(pointer, number, shown));
    }
    Ok(())
}

fn known(pointer: &str, number: &str, id: String) -> Error {
    Error::conflict_with(Fault::new(pointer, "person_already_known").with("number", number).with("id", id))
}

/// What the database's own uniqueness says when two callers register one human at once.
fn taken_meanwhile(error: sea_orm::DbErr) -> Error {
    match Error::from(error) {
        Error::Conflict(fault) if fault.code == "already_exists" => known("", "NUPTK/NIK", "none".to_owned()),
        other => other,
    }
}

/// Where a person belongs.
pub(in crate::directory) fn place(row: &Model) -> Place {
    Place { region: row.region_code.clone(), school: row.school_id, person: Some(row.id), ..Place::default() }
}

/// The row, locked until the transaction ends (SQLite has one writer anyway).
pub(in crate::directory) async fn lock(work: &Work<'_>, id: PersonId) -> Result<Model> {
    scope::persons(work.actor)?
        .filter(Column::Id.eq(id.uuid()))
        .lock_exclusive()
        .one(work.db())
        .await?
        .ok_or(Error::NotFound("person"))
}

/// The person a command is about to refer to, if the caller reaches them. The row cannot be
/// merged away until the transaction ends; ask [`require_current`] whether it was before.
pub async fn reached(work: &Work<'_>, id: PersonId) -> Result<Option<Model>> {
    let one = scope::persons(work.actor)?.filter(Column::Id.eq(id.uuid())).lock_shared();
    Ok(one.one(work.db()).await?)
}

/// Refuses a write to a record of which only the id is left, to one that became part of another, and one by others while
/// the use of the record is restricted.
///
/// # Errors
/// `person_erased`; `person_merged`, naming the record to use; `person_restricted`.
pub async fn require_current(work: &Work<'_>, row: &Model) -> Result<()> {
    rule::require_held(row.erased_at)?;
    if row.merged_into.is_some() {
        return merged::require_current(work.db(), row.id).await;
    }
    restriction::require_use(work.actor, row)
}

async fn insert(work: &Work<'_>, _: &Permit, row: Model) -> Result<Person> {
    let all = row.clone().into_active_model();
    Entity::insert(all).exec_without_returning(work.db()).await.map_err(taken_meanwhile)?;
    announce(work, "person.created", &row, &[]).await?;
    shown::answer(work, row).await
}

async fn update(work: &Work<'_>, _: &Permit, found: &Model, mut row: Model) -> Result<Person> {
    row.version = found.version + 1;
    row.updated_at = work.now();
    row.clone().into_active_model().reset_all().update(work.db()).await.map_err(taken_meanwhile)?;
    work.changed(found, &row);
    announce(work, "person.updated", &row, &differing(found, &row)).await?;
    shown::answer(work, row).await
}

/// Tells what a consumer needs to count by; names and numbers it reads for itself, within its reach.
pub(super) async fn announce(
    work: &Work<'_>,
    kind: &'static str,
    row: &Model,
    changed: &[&str],
) -> Result<()> {
    let event = Event::new(kind, "person", row.id, row.version).in_region(row.region_code.clone()).with(
        json!({ "kind": row.kind, "employment": row.employment, "schoolId": row.school_id, "changed": changed }),
    );
    work.emit(event).await?;
    Ok(())
}
