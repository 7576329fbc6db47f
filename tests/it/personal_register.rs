//! The register of what leads to a person forgets no column of the schema, on either engine.

use std::collections::BTreeSet;

use sanggar::privacy::register::{DEEDS, ELSEWHERE, REGISTER};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{both_engines, support::TestApp};

type Column = (String, String);

/// Every foreign key to `person(id)` and `account(id)` that the schema has.
async fn keys_to_people(app: &TestApp) -> BTreeSet<Column> {
    let db = app.services.store.reader();
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => {
            "SELECT c.conrelid::regclass::text, a.attname::text FROM pg_constraint c \
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) \
             WHERE c.contype = 'f' AND c.confrelid IN ('person'::regclass, 'account'::regclass)"
        }
        _ => {
            "SELECT m.name, f.\"from\" FROM sqlite_master m, pragma_foreign_key_list(m.name) f \
             WHERE m.type = 'table' AND f.\"table\" IN ('person', 'account')"
        }
    };
    let rows = db.query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
    rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
}

/// Every column of the schema whose name says that it holds who did something.
async fn by_columns(app: &TestApp) -> BTreeSet<Column> {
    let db = app.services.store.reader();
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => {
            "SELECT table_name::text, column_name::text FROM information_schema.columns \
             WHERE table_schema = current_schema()"
        }
        _ => "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'",
    };
    let rows = db.query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
    let all = rows.iter().map(|row| {
        let column: Column = (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
        column
    });
    // A certificate that is superseded by another, an activity whose costs members paid, and whether the person, an
    // officer or the ministry restricted a record, name nobody.
    let nobody = ["superseded_by", "paid_by", "restricted_by"];
    all.filter(|(_, column)| column.ends_with("_by") && !nobody.contains(&column.as_str())).collect()
}

fn registered() -> BTreeSet<Column> {
    REGISTER.iter().map(|entry| (entry.table.name().to_owned(), entry.column.to_owned())).collect()
}

both_engines! {
    async fn every_foreign_key_to_a_person_stands_in_the_register(app: TestApp) {
        let keys = keys_to_people(&app).await;
        assert!(keys.len() >= 40, "only {} foreign keys were found", keys.len());
        let forgotten: Vec<_> = keys.difference(&registered()).cloned().collect();
        assert!(forgotten.is_empty(), "src/privacy/register/rows.rs has no row for {forgotten:?}");
    }

    async fn every_column_that_says_who_did_something_is_known(app: TestApp) {
        let deeds: BTreeSet<Column> = DEEDS.iter().map(|row| (row.0.to_owned(), row.1.to_owned())).collect();
        let known: BTreeSet<Column> = deeds.union(&registered()).cloned().collect();
        let forgotten: Vec<_> = by_columns(&app).await.difference(&known).cloned().collect();
        assert!(forgotten.is_empty(), "neither REGISTER nor DEEDS has a row for {forgotten:?}");
    }
}

#[test]
fn every_personal_column_is_reached_or_said_to_be_out_of_reach() {
    for (table, column, _) in entity::personal::CLASSES {
        let reached = REGISTER.iter().any(|entry| entry.table.name() == *table);
        let elsewhere = ELSEWHERE.iter().any(|row| (row.0, row.1) == (*table, *column));
        assert!(reached != elsewhere, "{table}.{column}: reached {reached}, out of reach {elsewhere}");
    }
}
