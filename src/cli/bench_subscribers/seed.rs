//! Communities, a chair for each, and people who are members of one, of two, or of none.

use chrono::{DateTime, Utc};
use entity::{community, community_office, membership, person, region};
use sea_orm::DbErr;
use uuid::Uuid;

use crate::{
    cli::bench_nested::seed::put,
    foundation::{id::Ids, store::Store},
};

const REGION: &str = "11";

/// Who follows what.
#[derive(Debug, Clone)]
pub struct Person {
    /// Who.
    pub id: Uuid,
    /// The places of their communities in the list; nobody is told of others.
    pub of: Vec<usize>,
}

/// What was put in.
pub struct Seeded {
    /// The communities and the chair of each.
    pub communities: Vec<(Uuid, Uuid)>,
    /// Those who follow.
    pub persons: Vec<Person>,
}

/// Of which communities the `n`th subscriber is a member: every twentieth of none, every tenth other of two.
pub fn membership_of(n: usize, communities: usize) -> Vec<usize> {
    let first = n % communities;
    match n % 20 {
        7 => Vec::new(),
        3 | 13 if communities > 1 => vec![first, (first + 1) % communities],
        _ => vec![first],
    }
}

/// Puts everything in.
///
/// # Errors
/// What the database says.
pub async fn seed(
    store: &Store,
    now: DateTime<Utc>,
    communities: usize,
    subscribers: usize,
) -> Result<Seeded, DbErr> {
    let ids = Ids::from_os();
    let groups: Vec<(Uuid, Uuid)> = (0..communities).map(|_| (ids.next(now), ids.next(now))).collect();
    let person = |n| Person { id: ids.next(now), of: membership_of(n, communities) };
    let persons: Vec<Person> = (0..subscribers).map(person).collect();
    put(store, std::iter::once(region_row(now))).await?;
    put(store, groups.iter().map(|(_, chair)| person_row(*chair, now))).await?;
    put(store, persons.iter().map(|person| person_row(person.id, now))).await?;
    put(store, groups.iter().map(|(id, _)| community_row(*id, now))).await?;
    let member = |community: Uuid, person| membership_row(ids.next(now), community, person, now);
    put(store, groups.iter().map(|(id, chair)| member(*id, *chair))).await?;
    put(store, groups.iter().map(|(id, chair)| office_row(ids.next(now), *id, *chair, now))).await?;
    let of_all = persons.iter().flat_map(|person| person.of.iter().map(|at| (*at, person.id)));
    let rows: Vec<membership::Model> =
        of_all.filter_map(|(at, person)| groups.get(at).map(|(id, _)| member(*id, person))).collect();
    put(store, rows.into_iter()).await?;
    Ok(Seeded { communities: groups, persons })
}

fn region_row(now: DateTime<Utc>) -> region::Model {
    region::Model {
        code: REGION.to_owned(),
        level: "province".to_owned(),
        name: "Wilayah 11".to_owned(),
        parent_code: None,
        valid_from: None,
        valid_until: None,
        successor_code: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn person_row(id: Uuid, now: DateTime<Utc>) -> person::Model {
    person::Model {
        id,
        kind: "teacher".to_owned(),
        name: "Guru".to_owned(),
        nuptk: None,
        nip: None,
        nik_sealed: None,
        nik_index: None,
        sex: None,
        birth_date: None,
        employment: "honorary".to_owned(),
        subject: None,
        school_id: None,
        region_code: Some(REGION.to_owned()),
        phone: None,
        email: None,
        merged_into: None,
        restricted_at: None,
        restricted_by: None,
        erased_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn community_row(id: Uuid, now: DateTime<Utc>) -> community::Model {
    community::Model {
        id,
        kind: "kkg".to_owned(),
        name: "KKG".to_owned(),
        anchor: "region".to_owned(),
        region_code: REGION.to_owned(),
        school_id: None,
        subject: None,
        level: Some("sd".to_owned()),
        openness: "open".to_owned(),
        goals: "Belajar bersama.".to_owned(),
        agreements: None,
        expectations: None,
        cadence_days: 14,
        learning_day: None,
        timezone: "Asia/Jakarta".to_owned(),
        status: "active".to_owned(),
        status_reason: None,
        status_since: now,
        last_held_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn membership_row(id: Uuid, community: Uuid, person: Uuid, now: DateTime<Utc>) -> membership::Model {
    membership::Model {
        id,
        community_id: community,
        person_id: person,
        status: "active".to_owned(),
        reason: None,
        message: None,
        joined_at: Some(now),
        ended_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn office_row(id: Uuid, community: Uuid, person: Uuid, now: DateTime<Utc>) -> community_office::Model {
    community_office::Model {
        id,
        community_id: community,
        person_id: person,
        office: "chair".to_owned(),
        scope: None,
        starts_on: now.date_naive(),
        ends_on: None,
        ended_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}
