//! Every column of every table that a certificate rests on, edited one at a time by chance
//! that can be repeated: each edit is found, and each restored row is whole again.
//!
//! `SANGGAR_TAMPER_EDITS` sets how many edits there are (1,000 for a long run).

use entity::{certificate_counter, ledger};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use sea_orm::{IdenStatic, Iterable, ModelTrait, PrimaryKeyToColumn, Value as Cell};

use super::*;

/// How many edits there are unless the environment says otherwise.
const EDITS: usize = 240;

fn edits() -> usize {
    std::env::var("SANGGAR_TAMPER_EDITS").ok().map_or(EDITS, |text| text.parse().unwrap())
}

/// Something of the same type, but never the same.
fn other(cell: &Cell, uuids: &[Uuid], chance: &mut StdRng) -> Cell {
    let step = chance.random_range(1..=900);
    match cell {
        Cell::String(Some(text)) => {
            let mut text: Vec<char> = text.chars().collect();
            let at = chance.random_range(0..=text.len());
            text.insert(at, if text.get(at) == Some(&'7') { '8' } else { '7' });
            Cell::String(Some(text.into_iter().collect()))
        }
        Cell::String(None) => Cell::String(Some("7".to_owned())),
        Cell::Int(n) => Cell::Int(Some(n.unwrap_or_default() + step)),
        Cell::BigInt(n) => Cell::BigInt(Some(n.unwrap_or_default() + i64::from(step))),
        Cell::Uuid(id) => {
            let others: Vec<Uuid> = uuids.iter().copied().filter(|other| Some(*other) != *id).collect();
            Cell::Uuid(Some(others[chance.random_range(0..others.len())]))
        }
        Cell::ChronoDateTimeUtc(at) => {
            Cell::ChronoDateTimeUtc(at.map(|at| at + TimeDelta::microseconds(i64::from(step))))
        }
        Cell::ChronoDate(day) => {
            let day = day.unwrap_or_else(|| "2027-01-01".parse().unwrap());
            Cell::ChronoDate(Some(day + TimeDelta::days(i64::from(step))))
        }
        Cell::Json(None) => Cell::Json(Some(Box::new(json!([step])))),
        Cell::Json(Some(json)) => {
            let mut json = json.clone();
            match &mut *json {
                Value::Object(map) => drop(map.insert("x".to_owned(), json!(step))),
                Value::Array(list) => list.push(json!(step)),
                plain => *plain = json!(step),
            }
            Cell::Json(Some(json))
        }
        odd => panic!("no edit for {odd:?}"),
    }
}

/// Counts of a sweep.
#[derive(Default, Debug)]
struct Swept {
    found: usize,
    refused: usize,
}

/// Edits each column once, in a row that chance names.
async fn columns<E: EntityTrait>(app: &TestApp, uuids: &[Uuid], chance: &mut StdRng, swept: &mut Swept) {
    let db = app.services.store.writer();
    let key = E::PrimaryKey::iter().next().unwrap().into_column();
    for column in E::Column::iter() {
        let rows = E::find().order_by_asc(key).all(db).await.unwrap();
        let row = &rows[chance.random_range(0..rows.len())];
        let (before, named) = (row.get(column), row.get(key));
        let after = match before {
            // Gaps are allowed: only a counter that goes back gives a number twice.
            Cell::BigInt(Some(n)) if E::default().table_name() == "certificate_counter" => {
                Cell::BigInt(Some(n - 1))
            }
            _ => other(&before, uuids, chance),
        };
        let is_key = column.as_str() == key.as_str();
        let set = |value: &Cell, of: &Cell| {
            E::update_many().col_expr(column, Expr::value(value.clone())).filter(key.eq(of.clone()))
        };
        // What the database itself refuses (a reference to nothing, a second number) changes nothing.
        if set(&after, &named).exec(db).await.is_err() {
            swept.refused += 1;
            continue;
        }
        let told = faults(app).await;
        let what = format!("{}.{}: {before:?} to {after:?}", E::default().table_name(), column.as_str());
        assert!(!told.is_empty(), "{what} was not found");
        swept.found += 1;
        set(&before, if is_key { &after } else { &named }).exec(db).await.unwrap();
    }
}

both_engines! {
    async fn every_single_edit_is_found(app: TestApp) {
        let world = World::new(&app).await;
        let (valid, _) = two(&world).await;
        let survivor = world.teacher("Siti").await;
        let merge = json!({ "id": valid["personId"], "input": { "intoId": survivor, "reason": "Data ganda" } });
        app.call(Face::Rest, Some(&app.ministry()), "merge_person", merge).await.ok();
        let uuids = [
            survivor,
            world.teacher("Orang Lain").await,
            world.organisation("LPTK-LAIN").await,
            world.batch(OVER).await,
            world.school,
            world.program,
            Uuid::now_v7(),
        ];
        let (mut chance, mut swept) = (StdRng::seed_from_u64(20_260_302), Swept::default());
        while swept.found < edits() {
            columns::<certificate::Entity>(&app, &uuids, &mut chance, &mut swept).await;
            columns::<certificate_payload::Entity>(&app, &uuids, &mut chance, &mut swept).await;
            columns::<event::Entity>(&app, &uuids, &mut chance, &mut swept).await;
            columns::<audit_entry::Entity>(&app, &uuids, &mut chance, &mut swept).await;
            columns::<ledger::Entity>(&app, &uuids, &mut chance, &mut swept).await;
            columns::<certificate_counter::Entity>(&app, &uuids, &mut chance, &mut swept).await;
        }
        println!("{} edits found, {} refused by the database", swept.found, swept.refused);
        assert!(swept.refused * 3 < swept.found, "{swept:?}");
        assert_eq!(faults(&app).await, Vec::<String>::new());
    }
}
