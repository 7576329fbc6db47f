//! Who belongs to a school that moved: a person's region is that of their school, and officers'
//! reach goes by it.

use std::collections::HashMap;

use entity::person::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use super::persons::announce;
use crate::access::context::Work;
use crate::access::scope;
use crate::foundation::error::Result;
use crate::foundation::event::Event;

/// Schools looked at in one statement.
const CHUNK: usize = 500;

/// Moves everybody of the schools in `moved` to the region their school is in now. Answers what
/// happened.
pub(super) async fn move_along(work: &Work<'_>, moved: &HashMap<Uuid, String>) -> Result<Vec<Event>> {
    let mut events = Vec::new();
    let ids: Vec<Uuid> = moved.keys().copied().collect();
    for chunk in ids.chunks(CHUNK) {
        let people = scope::persons(work.actor)?
            .filter(Column::SchoolId.is_in(chunk.iter().copied()))
            .filter(Column::MergedInto.is_null())
            .order_by_asc(Column::Id)
            .lock_exclusive()
            .all(work.db())
            .await?;
        let mut by_region: HashMap<&str, Vec<Uuid>> = HashMap::new();
        for mut person in people {
            let now_in = person.school_id.and_then(|school| moved.get(&school));
            let Some(now_in) = now_in.filter(|code| person.region_code.as_ref() != Some(code)) else {
                continue;
            };
            by_region.entry(now_in).or_default().push(person.id);
            person.region_code = Some(now_in.clone());
            person.version += 1;
            events.push(announce("person.updated", &person));
        }
        for (region, people) in by_region {
            Entity::update_many()
                .col_expr(Column::RegionCode, Expr::value(region))
                .col_expr(Column::Version, Expr::col(Column::Version).add(1))
                .col_expr(Column::UpdatedAt, Expr::value(work.now()))
                .filter(Column::Id.is_in(people))
                .exec(work.db())
                .await?;
        }
    }
    Ok(events)
}
