//! Where the registry holds something on a person: every column that leads to one, what it is called in their copy, and
//! what erasure does to it. The table itself is in `rows`; a test holds it to the foreign keys of the schema, and to the
//! classes of personal columns.

mod leads;
mod rows;
mod table;

use entity::personal::{self, Class};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use uuid::Uuid;

pub use self::{
    leads::{Leads, Whose},
    rows::{DEEDS, ELSEWHERE, REGISTER},
    table::{Row, RowKey, Table},
};
use crate::{
    access::{oauth_scope::OAuthScope, purpose},
    foundation::error::Result,
};

/// One column that leads to a person.
pub struct Entry {
    /// Its table.
    pub table: &'static dyn Table,
    /// The column.
    pub column: &'static str,
    /// How it leads there.
    pub leads: Leads,
    /// Whether the rows are in the person's copy.
    pub copy: Copied,
    /// What erasure does to the rows.
    pub erasure: Treatment,
}

/// Whether rows are in the person's copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// In this section of it.
    In(&'static str),
    /// In this section, without these columns, which somebody else wrote for themselves.
    Without(&'static str, &'static [&'static str]),
    /// They are not, for this reason.
    No(&'static str),
}

/// What erasure does to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Treatment {
    /// It goes: it is about the person alone, and nobody else needs it.
    Delete,
    /// It stays for others; these columns are emptied.
    Blank(&'static [(&'static str, Empty)]),
    /// It stays, under the id alone, for this reason.
    Keep(&'static str),
    /// The erasure itself empties it, apart from this register.
    Apart,
}

/// What stands in a column that was emptied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    /// Nothing.
    Null,
    /// This text.
    Text(&'static str),
    /// A list of nothing.
    List,
}

/// Columns that no copy shows: what opens something, and what would lead from one anonymous thing to another.
const NEVER: &[&str] = &[
    "hash",
    "csrf",
    "salt",
    "token_hash",
    "author_mark",
    "voter_mark",
    "reporter_mark",
    "previous_hash",
    "dpop_jkt",
    "totp_last_step",
    "format",
    "first_pos",
    "last_pos",
];

/// A part of a person's copy: rows of one table.
pub struct Section {
    /// Its name.
    pub name: &'static str,
    /// The columns that lead to its rows.
    pub entries: Vec<&'static Entry>,
}

/// All parts of a copy, in order.
pub fn sections() -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for entry in REGISTER {
        let (Copied::In(name) | Copied::Without(name, _)) = entry.copy else { continue };
        match sections.iter_mut().find(|section| section.name == name) {
            Some(section) => section.entries.push(entry),
            None => sections.push(Section { name, entries: vec![entry] }),
        }
    }
    sections
}

impl Section {
    /// The table that its rows are of; every section has one.
    pub fn table(&self) -> Option<&'static dyn Table> {
        self.entries.first().map(|entry| entry.table)
    }

    /// Whether this column is shown to the person.
    pub fn shows(&self, column: &str) -> bool {
        let left_out = |entry: &&Entry| match entry.copy {
            Copied::Without(_, columns) => columns.contains(&column),
            Copied::In(_) | Copied::No(_) => false,
        };
        let table = self.table().map_or("", Table::name);
        let secret = matches!(
            personal::class(table, column),
            Some(Class::Secret | Class::SealedIdentity | Class::AsTheAnswer)
        );
        // The hash of a payload is what its holder proves it by.
        let never = NEVER.contains(&column) && (table, column) != ("certificate_payload", "hash");
        // What the trail says of a person is theirs, whatever column it came from: it holds no more than the trail shows.
        let told = table == "audit_value" && matches!(column, "before" | "after");
        (told || !secret) && !never && !self.entries.iter().any(left_out)
    }
}

/// What an app needs to see a personal column of somebody whom it may see; none where nobody sees it at all.
pub fn seen_under(table: &str, class: Class) -> Option<OAuthScope> {
    use OAuthScope::{
        AccessRead, CertificatesRead, CommunitiesRead, DirectoryRead, LearningRead, Moderation,
        ObservationsRead, PersonalDataRead, TrainingsRead,
    };
    match class {
        Class::AsTheAnswer if table == "audit_value" => return Some(AccessRead),
        Class::Secret | Class::AsTheAnswer => return None,
        Class::SealedIdentity => return Some(Moderation),
        _ => {}
    }
    match (table, class) {
        ("person", class) => purpose::of(class),
        ("competence" | "resource_person", _) => Some(DirectoryRead),
        ("enrolment", _) => Some(TrainingsRead),
        ("certificate" | "certificate_payload", _) => Some(CertificatesRead),
        ("learning_evidence" | "learning_goal" | "learning_reflection" | "self_assessment", _) => {
            Some(LearningRead)
        }
        ("observation" | "coaching", _) => Some(ObservationsRead),
        ("appeal" | "report", _) => Some(Moderation),
        ("correction" | "data_access" | "erasure" | "sharing_consent", _) => Some(PersonalDataRead),
        ("artefact_review" | "chapter_note" | "comment" | "credit_claim" | "membership", _) => {
            Some(CommunitiesRead)
        }
        ("outgoing_mail" | "sign_in_attempt", _) => None,
        _ => Some(AccessRead),
    }
}

/// What the erasure itself does, in words.
pub const APART: &str = "emptied, but for what lets a certificate be verified";

/// What erasure does to a personal column, in words for the page that tells it.
pub fn fate(table: &str, column: &str) -> String {
    if let Some((.., why)) = ELSEWHERE.iter().find(|row| (row.0, row.1) == (table, column)) {
        return format!("cannot be found: {why}");
    }
    let mut kept = "stays";
    for entry in REGISTER.iter().filter(|entry| entry.table.name() == table) {
        match entry.erasure {
            Treatment::Delete => return "the row goes".to_owned(),
            Treatment::Blank(columns) if columns.iter().any(|(emptied, _)| *emptied == column) => {
                return "emptied".to_owned();
            }
            Treatment::Blank(_) => {}
            Treatment::Keep(why) => kept = why,
            Treatment::Apart => return APART.to_owned(),
        }
    }
    if kept == "stays" { kept.to_owned() } else { format!("stays: {kept}") }
}

/// What erasure did in one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Name of the table.
    pub table: &'static str,
    /// How many rows.
    pub rows: u64,
}

/// Erases what the register says goes of `person` and of their `accounts`; answers what went, tables without rows left
/// out. One statement for each entry that goes or is emptied, in the order of the register: a row goes before what it
/// hangs on. What is marked and not named (anonymous proposals, votes, reports) stays: to change it in the write of an
/// erasure would tell whose it was. Files that the person brought to a group stay with the group.
///
/// # Errors
/// Whatever the database answers.
pub async fn erase(db: &DatabaseTransaction, person: Uuid, accounts: &[Uuid]) -> Result<Vec<Gone>> {
    let whose = Whose::with(db, person, accounts).await?;
    let mut gone: Vec<Gone> = Vec::new();
    for entry in REGISTER {
        let table = entry.table.name();
        let rows = match entry.erasure {
            Treatment::Keep(_) | Treatment::Apart => continue,
            Treatment::Delete => delete(db, entry, &whose).await?,
            Treatment::Blank(columns) => blank(db, entry, columns, &whose).await?,
        };
        if rows > 0 {
            match gone.iter_mut().find(|gone| gone.table == table) {
                Some(gone) => gone.rows += rows,
                None => gone.push(Gone { table, rows }),
            }
        }
    }
    Ok(gone)
}

async fn delete(db: &DatabaseTransaction, entry: &Entry, whose: &Whose) -> Result<u64> {
    let table = entry.table.name();
    let statement = Query::delete()
        .from_table(Alias::new(table))
        .cond_where(entry.leads.condition(table, entry.column, whose))
        .to_owned();
    Ok(db.execute(&statement).await?.rows_affected())
}

async fn blank(
    db: &DatabaseTransaction,
    entry: &Entry,
    columns: &[(&'static str, Empty)],
    whose: &Whose,
) -> Result<u64> {
    let table = entry.table.name();
    let mut statement = Query::update();
    statement.table(Alias::new(table)).cond_where(entry.leads.condition(table, entry.column, whose));
    for (column, empty) in columns {
        let value = match empty {
            Empty::Null => Expr::cust("NULL"),
            Empty::Text(text) => Expr::value(*text),
            Empty::List => Expr::value(serde_json::json!([])),
        };
        statement.value(Alias::new(*column), value);
    }
    if entry.table.columns().contains(&"version") {
        statement.value(Alias::new("version"), Expr::col(Alias::new("version")).add(1));
    }
    Ok(db.execute(&statement).await?.rows_affected())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::language::{self, Language};

    #[test]
    fn every_column_is_one_of_its_table() {
        for entry in REGISTER {
            let (table, columns) = (entry.table.name(), entry.table.columns());
            assert!(columns.contains(&entry.column), "{table}.{}", entry.column);
            if let Treatment::Blank(emptied) = entry.erasure {
                for (column, _) in emptied {
                    assert!(columns.contains(column), "{table}.{column}");
                }
            }
        }
    }

    #[test]
    fn every_section_is_of_one_table_and_has_words() {
        for section in sections() {
            let table = section.table().unwrap().name();
            assert!(section.entries.iter().all(|entry| entry.table.name() == table), "{}", section.name);
            for language in [Language::Indonesian, Language::English] {
                let key = format!("personal-data-section-{}", section.name.replace('_', "-"));
                assert!(language::text(language, &key, &[]).is_some(), "no words for {key}");
            }
        }
    }

    #[test]
    fn no_copy_shows_a_secret() {
        let sections = sections();
        let shown = |section: &str, column: &str| {
            sections.iter().find(|one| one.name == section).unwrap().shows(column)
        };
        for (section, column) in [
            ("person", "nik_sealed"),
            ("person", "nik_index"),
            ("accounts", "password_hash"),
            ("accounts", "totp_sealed"),
            ("browser_sessions", "hash"),
            ("browser_sessions", "csrf"),
            ("calendar_feeds", "token_hash"),
            ("votes", "voter_mark"),
            ("observations_by_me", "reflection"),
        ] {
            assert!(!shown(section, column), "{section}.{column}");
        }
        for (section, column) in [
            ("person", "phone"),
            ("certificate_proofs", "jws"),
            ("certificate_proofs", "hash"),
            ("observations_of_me", "reflection"),
        ] {
            assert!(shown(section, column), "{section}.{column}");
        }
    }

    #[test]
    fn what_hangs_on_a_row_goes_before_it() {
        let place = |table: &str| REGISTER.iter().position(|entry| entry.table.name() == table).unwrap();
        for (child, parent) in [
            ("learning_evidence", "learning_goal"),
            ("learning_goal", "learning_plan"),
            ("self_assessment", "learning_plan"),
            ("learning_reflection", "learning_plan"),
            ("authorization_code", "app_authorization"),
            ("token_family", "app_authorization"),
            ("app_authorization", "account"),
            ("role_grant", "account"),
            ("account_token", "account"),
            ("account_identity", "account"),
            ("browser_session", "account"),
            ("recovery_code", "account"),
        ] {
            assert!(place(child) < place(parent), "{child} goes after {parent}");
        }
    }
}
