//! Where queries about artefacts start.

use entity::{artefact, artefact_attachment, person};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, Func, SelectStatement},
};
use uuid::Uuid;

use super::community::{joined_by, reached};
use crate::{
    access::{
        action::Action,
        actor::{Actor, Held},
    },
    foundation::error::Result,
};

/// How many characters of a region code name a regency or city, and a province.
const REGENCY: i32 = 5;
const PROVINCE: i32 = 2;

/// The beginnings, so long, of the codes of the regions in which these persons work.
fn homes(persons: &[Uuid], length: i32) -> SelectStatement {
    let region = Expr::col((person::Entity, person::Column::RegionCode));
    let mut homes = person::Entity::find()
        .select_only()
        .filter(person::Column::Id.is_in(persons.iter().copied()))
        .filter(person::Column::RegionCode.is_not_null())
        .into_query();
    homes.expr(Func::cust("substr").args([region, Expr::value(1), Expr::value(length)]));
    homes
}

/// Artefacts: all of one's own communities; of others what was published for everyone, or for the region
/// the caller works in; and for those who look after a region, a school or the country all that was ever
/// published there.
pub fn artefacts(actor: &Actor) -> Result<Select<artefact::Entity>> {
    actor.require_role_for(Action::ArtefactRead)?;
    let (status, audience) = (artefact::Column::Status, artefact::Column::Audience);
    let published = || Condition::all().add(status.eq("published"));
    let ever = || Condition::all().add(artefact::Column::Published.is_not_null());
    let mut seen = Condition::any().add(published().add(audience.eq("everyone")));
    let held = actor.grants_for(Action::ArtefactRead);
    let persons: Vec<Uuid> = held.iter().filter_map(|grant| grant.person).collect();
    if !persons.is_empty() {
        // A community of a whole province is for the whole province.
        let column = artefact::Column::AudienceRegion;
        let near = [REGENCY, PROVINCE]
            .into_iter()
            .fold(Condition::any(), |near, length| near.add(column.in_subquery(homes(&persons, length))));
        seen = seen.add(published().add(audience.eq("region")).add(near));
    }
    for held in actor.reaches(Action::ArtefactRead) {
        seen = match held {
            Held::Everywhere => seen.add(ever()),
            Held::Member(person) => {
                let column = artefact::Column::CommunityId;
                seen.add(column.in_subquery(joined_by(person).into_query()))
            }
            held => match reached(held) {
                Some(ids) => {
                    seen.add(ever().add(artefact::Column::CommunityId.in_subquery(ids.into_query())))
                }
                None => seen,
            },
        };
    }
    Ok(artefact::Entity::find().filter(seen))
}

/// The attachments of the artefacts the caller sees; which of them belong to a version that is shown to
/// the caller, the reader decides.
pub fn artefact_attachments(actor: &Actor) -> Result<Select<artefact_attachment::Entity>> {
    let seen = artefacts(actor)?.select_only().column(artefact::Column::Id).into_query();
    let column = artefact_attachment::Column::ArtefactId;
    Ok(artefact_attachment::Entity::find().filter(column.in_subquery(seen)))
}
