//! Reading what is held on the caller, a stretch of rows at a time.

use std::sync::Arc;

use entity::person;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, Order, QueryFilter,
    sea_query::{Alias, Expr, ExprTrait},
};
use serde_json::{Map, Value};

use crate::{
    access::{context::Ctx, scope, veil::Veil},
    directory::person::view::PersonId,
    foundation::{
        error::{Error, Result},
        language::{self, Language},
        page::{Key, Keyset, PageRequest},
    },
    privacy::register::{Entry, Leads, Row, RowKey, Section, Whose, sections},
};

/// Rows that are read at once: what bounds the memory of a copy.
const CHUNK: u64 = 200;

/// What is held on one person, ready to be read.
#[derive(Clone)]
pub struct Held {
    /// Who.
    pub person: PersonId,
    /// All their ids.
    whose: Arc<Whose>,
}

/// Some rows of a section.
pub struct Stretch {
    /// The rows.
    pub rows: Vec<Map<String, Value>>,
    /// After which row the next ones come; none at the end.
    pub next: Option<RowKey>,
}

/// What is held on this person, who must be the caller.
///
/// # Errors
/// `unauthenticated`; `forbidden` for who is no person here; `not_found` for anybody else's id.
pub async fn open(ctx: &Ctx, id: PersonId) -> Result<Held> {
    let own = scope::own_records(&ctx.actor)?.filter(person::Column::Id.eq(id.uuid()));
    own.one(ctx.db()).await?.ok_or(Error::NotFound("person"))?;
    Ok(Held { person: id, whose: Arc::new(Whose::of(ctx.db(), id.uuid()).await?) })
}

/// The sections of these names, all without any.
///
/// # Errors
/// `unknown_value` for a name of none.
pub fn sections_named(names: Option<&[String]>) -> Result<Vec<Section>> {
    let all = sections();
    let Some(names) = names else { return Ok(all) };
    if let Some(at) = names.iter().position(|name| !all.iter().any(|section| section.name == name)) {
        return Err(Error::invalid(format!("/names/{at}"), "personal_data_section_unknown"));
    }
    Ok(all.into_iter().filter(|section| names.iter().any(|name| name == section.name)).collect())
}

/// What a section is, in words.
pub fn explanation(section: &Section, language: Language) -> String {
    let key = format!("personal-data-section-{}", section.name.replace('_', "-"));
    language::text(language, &key, &[]).unwrap_or_default()
}

/// What the copy is, in words.
pub fn note(language: Language) -> String {
    language::text(language, "personal-data-note", &[]).unwrap_or_default()
}

/// At most `limit` rows of a section, from `after` on.
///
/// # Errors
/// Whatever the database answers.
pub async fn rows(
    ctx: &Ctx,
    held: &Held,
    section: &Section,
    mut after: Option<RowKey>,
    limit: usize,
) -> Result<Stretch> {
    let Some(table) = section.table() else { return Ok(Stretch { rows: Vec::new(), next: None }) };
    let (keys, veil) = (table.keys(), Veil::new(&ctx.services.keyring));
    let mut rows = Vec::new();
    loop {
        let found = chunk(ctx, held, section, after.clone()).await?;
        let last = (found.len() as u64) < CHUNK;
        for row in &found {
            let theirs = |entry: &Entry| entry.leads.is_theirs(entry.column, row, &held.whose, &veil);
            if section.entries.iter().copied().any(theirs) {
                if rows.len() == limit {
                    return Ok(Stretch { rows, next: after });
                }
                rows.push(shown(section, row, &held.whose));
            }
            after = Some(row.key(&keys)?);
        }
        if last {
            return Ok(Stretch { rows, next: None });
        }
    }
}

/// The next rows among which theirs are, by key.
async fn chunk(ctx: &Ctx, held: &Held, section: &Section, after: Option<RowKey>) -> Result<Vec<Row>> {
    let Some(table) = section.table() else { return Ok(Vec::new()) };
    let name = table.name();
    let theirs = section
        .entries
        .iter()
        .fold(Condition::any(), |any, entry| any.add(entry.leads.condition(name, entry.column, &held.whose)));
    let keys: Vec<Expr> =
        table.keys().into_iter().map(|key| Expr::col((Alias::new(name), Alias::new(key)))).collect();
    let mut select = table.select();
    select.cond_where(theirs).limit(CHUNK);
    if let Some(after) = after {
        let edge = Expr::tuple(after.values().into_iter().map(Expr::value));
        select.and_where(Expr::tuple(keys.clone()).gt(edge));
    }
    for key in keys {
        select.order_by_expr(key, Order::Asc);
    }
    let found = ctx.db().query_all(&select).await?;
    found.iter().map(|row| table.read(row).map_err(Error::from)).collect()
}

/// A row as its person sees it. An entry of the audit trail is about others too: of one that is here because of the
/// person's record, only that is shown.
fn shown(section: &Section, row: &Row, whose: &Whose) -> Map<String, Value> {
    let mut shown = row.json(|column| section.shows(column));
    if section.entries.iter().any(|entry| entry.leads == Leads::About) {
        let ids: Vec<String> = whose.persons.iter().map(ToString::to_string).collect();
        let is_own = |kind: &Value, id: &Value| {
            kind == "person" && ids.iter().any(|own| id.as_str() == Some(own.as_str()))
        };
        if let Some(Value::Array(subjects)) = shown.get_mut("subjects") {
            subjects.retain(|subject| is_own(&subject[1], &subject[2]));
        }
        if let Some(Value::Array(changes)) = shown.get_mut("changes") {
            changes.retain(|change| is_own(&change["kind"], &change["rowId"]));
        }
    }
    shown
}

/// The cursors of one section of one person.
fn cursors(held: &Held, section: &str) -> Result<Keyset> {
    Keyset::new("personal data", Vec::<Alias>::new(), Order::Asc)?.over(&(held.person.uuid(), section))
}

/// A page of a section: its rows, and the cursor of the next page.
///
/// # Errors
/// `cursor_malformed`, `cursor_of_another_list`.
pub async fn page(
    ctx: &Ctx,
    held: &Held,
    section: &Section,
    request: &PageRequest,
) -> Result<(Vec<Map<String, Value>>, Option<String>)> {
    let cursors = cursors(held, section.name)?;
    let after = cursors.start::<RowKey>(request, ctx.cursors())?;
    let limit = usize::try_from(request.limit).unwrap_or(usize::MAX);
    let Stretch { rows, next } = rows(ctx, held, section, after, limit).await?;
    let next = next.map(|key| cursors.cursor(&key, ctx.cursors())).transpose()?;
    Ok((rows, next))
}
