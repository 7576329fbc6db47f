//! How a column leads to a person, and the rows that do.

use entity::{membership, proposal};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Alias, Expr, ExprTrait, IntoCondition, Query, SelectStatement},
};
use uuid::Uuid;

use super::table::Row;
use crate::{
    access::{scope, veil::Veil},
    directory::person::merged,
    foundation::error::Result,
};

/// What a column holds that leads to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leads {
    /// A person's id.
    Person,
    /// The id of a person's account.
    Account,
    /// The id of a row of another table that is a person's: its table, its key, and the column there that holds the
    /// person's id.
    Through(&'static str, &'static str, &'static str),
    /// The same, as long as nobody decided about the row that leads there.
    OpenThrough(&'static str, &'static str, &'static str),
    /// The same for the account's id.
    ThroughAccount(&'static str, &'static str, &'static str),
    /// A person's or an account's id as text: the name they call by.
    Subject,
    /// That name after a hash of the roles it came with.
    Caller,
    /// A person's id, where the row says that it is one.
    Audience,
    /// Among others, the person's own record.
    About,
    /// The mark of whoever wrote it.
    Author,
    /// The mark of whoever voted.
    Voter,
    /// The mark of whoever reported it.
    Reporter,
}

/// All ids of one human.
#[derive(Debug, Clone)]
pub struct Whose {
    /// Their record, and those that became part of it.
    pub persons: Vec<Uuid>,
    /// Their accounts.
    pub accounts: Vec<Uuid>,
}

impl Whose {
    /// Those of `person` with these accounts.
    ///
    /// # Errors
    /// Whatever the database answers.
    pub async fn with(db: &impl ConnectionTrait, person: Uuid, accounts: &[Uuid]) -> Result<Self> {
        let mut persons = vec![person];
        persons.extend(merged::sources(db, &[person]).await?.into_values().flatten());
        Ok(Self { persons, accounts: accounts.to_vec() })
    }

    /// Those of `person`, with whatever accounts they have.
    ///
    /// # Errors
    /// Whatever the database answers.
    pub async fn of(db: &impl ConnectionTrait, person: Uuid) -> Result<Self> {
        use entity::account::{Column, Entity};
        let mut whose = Self::with(db, person, &[]).await?;
        let theirs = Entity::find().select_only().column(Column::Id);
        let theirs = theirs.filter(Column::PersonId.is_in(whose.persons.iter().copied()));
        whose.accounts = theirs.into_tuple().all(db).await?;
        Ok(whose)
    }

    /// Every name they call by.
    fn names(&self) -> impl Iterator<Item = String> {
        self.persons.iter().chain(&self.accounts).map(Uuid::to_string)
    }
}

fn column(table: &str, name: &str) -> Expr {
    Expr::col((Alias::new(table), Alias::new(name)))
}

impl Leads {
    /// The rows of `table` whose column `name` leads to them. Of marks these are the rows among which theirs are:
    /// [`is_theirs`](Self::is_theirs) knows which.
    pub fn condition(self, table: &str, name: &str, whose: &Whose) -> Condition {
        let here = || column(table, name);
        let within = |parent: &str, key: &str, theirs: &str, ids: &[Uuid]| {
            let rows = Query::select()
                .expr(column(parent, key))
                .from(Alias::new(parent))
                .and_where(column(parent, theirs).is_in(ids.iter().copied()))
                .to_owned();
            here().in_subquery(rows).into_condition()
        };
        match self {
            Self::Person => here().is_in(whose.persons.iter().copied()).into_condition(),
            Self::Account => here().is_in(whose.accounts.iter().copied()).into_condition(),
            Self::Through(parent, key, theirs) => within(parent, key, theirs, &whose.persons),
            Self::OpenThrough(parent, key, theirs) => Condition::all()
                .add(column(table, "status").eq("open"))
                .add(within(parent, key, theirs, &whose.persons)),
            Self::ThroughAccount(parent, key, theirs) => within(parent, key, theirs, &whose.accounts),
            Self::Subject => here().is_in(whose.names()).into_condition(),
            Self::Caller => {
                whose.names().fold(Condition::any(), |any, id| any.add(here().like(format!("% {id}"))))
            }
            Self::Audience => Condition::all()
                .add(column(table, "audience").eq("person"))
                .add(here().is_in(whose.persons.iter().copied())),
            Self::About => whose.persons.iter().fold(Condition::any(), |any, id| {
                any.add(scope::audit_subject("person", Some(&id.to_string())))
            }),
            Self::Author => Condition::all()
                .add(here().is_not_null())
                .add(column(table, "community_id").in_subquery(communities(whose))),
            Self::Reporter => column(table, "community_id").in_subquery(communities(whose)).into_condition(),
            Self::Voter => {
                let theirs = proposal::Entity::find()
                    .select_only()
                    .column(proposal::Column::Id)
                    .filter(proposal::Column::CommunityId.in_subquery(communities(whose)))
                    .into_query();
                column(table, "proposal_id").in_subquery(theirs).into_condition()
            }
        }
    }

    /// Whether a row that the condition found is theirs.
    pub fn is_theirs(self, name: &str, row: &Row, whose: &Whose, veil: &Veil) -> bool {
        let Some(mark) = row.text(name) else { return !self.is_mark() };
        let is = |thing: Option<Uuid>, of: fn(&Veil, Uuid, Uuid) -> String| {
            thing.is_some_and(|thing| whose.persons.iter().any(|person| of(veil, thing, *person) == mark))
        };
        match self {
            Self::Author => is(row.id("id"), Veil::mark),
            Self::Voter => is(row.id("proposal_id"), Veil::voter),
            Self::Reporter => is(row.id("subject_id"), Veil::reporter),
            _ => true,
        }
    }

    /// Whether only the service's keys lead to the person.
    pub const fn is_mark(self) -> bool {
        matches!(self, Self::Author | Self::Voter | Self::Reporter)
    }
}

/// The communities of which they are members, or once were.
fn communities(whose: &Whose) -> SelectStatement {
    membership::Entity::find()
        .select_only()
        .column(membership::Column::CommunityId)
        .filter(membership::Column::PersonId.is_in(whose.persons.iter().copied()))
        .into_query()
}
