//! Founding a community: with its charter, its first member, and its chair.

use entity::{community::ActiveModel, community_office, community_school, membership, person};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use uuid::Uuid;

use super::{
    anchor::{self, Anchored},
    happened, view,
};
use crate::{
    access::{
        action::Action,
        actor::{Permit, Place},
        context::{Command, Work},
        scope,
    },
    community::{
        group::{
            input::{CreateCommunityInput, UpdateCommunityInput},
            rule::{CommunityAnchor, Office},
            state::CommunityStatus,
            view::Community,
        },
        membership::{state::MembershipStatus, write::happened as membership_happened},
        office::write::happened as office_happened,
    },
    directory::{
        person::{
            merged,
            rule::{PersonKind, require_held},
            view::PersonId,
        },
        school::teaching::zone_of,
    },
    foundation::error::{Error, Fault, Faults, Result},
};

/// Founds a community.
pub struct CreateCommunity(pub CreateCommunityInput);

impl Command for CreateCommunity {
    type Output = Community;
    const ACTION: Action = Action::CommunityCreate;

    async fn run(&self, work: &Work<'_>) -> Result<Community> {
        let Self(input) = self;
        let mut faults = Faults::new();
        let wanted = input.chair_id.map(PersonId::uuid).or_else(|| work.actor.person());
        // A person is held before a community, as a merge of two records holds them.
        let chair = match wanted {
            Some(id) => find(work, id).await?,
            None => None,
        };
        let at = anchor::anchored(work, input, &mut faults).await?;
        let for_oneself = wanted.filter(|id| Some(*id) == work.actor.person());
        let place = at.as_ref().map(|at| Place {
            region: Some(at.region.clone()),
            school: at.school,
            person: for_oneself,
            ..Place::default()
        });
        // Where it would belong can be told for everyone whose input can be read; schools and regions are public.
        let permit = place.map(|place| work.permit(Self::ACTION, &place)).transpose()?;
        let mut row = ActiveModel { id: Set(work.new_id()), ..Default::default() };
        UpdateCommunityInput::from(input).apply(&mut row, &mut faults);
        let code = if wanted.is_none() { "field_missing" } else { "reference_unknown" };
        faults.require(chair.is_some(), "/chairId", code);
        let kind = chair.as_ref().map(kind_of).transpose()?;
        input.kind.require(input.anchor, kind).into_iter().for_each(|fault| faults.push(fault));
        if let (Some(at), Some(chair)) = (&at, chair.as_ref().filter(|_| for_oneself.is_some())) {
            anchor::elsewhere(at, input.anchor, chair)
                .into_iter()
                .for_each(|fault: Fault| faults.push(fault));
        }
        faults.done()?;
        let (Some(permit), Some(at), Some(chair)) = (permit, at, chair) else {
            return Err(Error::invalid("", "invalid"));
        };
        require_held(chair.erased_at)?;
        if chair.merged_into.is_some() {
            merged::require_current(work.db(), chair.id).await?;
        }
        row.kind = Set(input.kind.as_str().to_owned());
        row.anchor = Set(input.anchor.as_str().to_owned());
        insert(work, &permit, row, at, input.anchor, &chair).await
    }
}

/// The person who shall chair, within the caller's reach, held against a merge meanwhile.
async fn find(work: &Work<'_>, id: Uuid) -> Result<Option<person::Model>> {
    let seen = scope::persons(work.actor)?.filter(person::Column::Id.eq(id));
    Ok(seen.lock_shared().one(work.db()).await?)
}

fn kind_of(row: &person::Model) -> Result<PersonKind> {
    PersonKind::parse(&row.kind).map_err(|f| Error::internal("person.kind", f.code))
}

async fn insert(
    work: &Work<'_>,
    _: &Permit,
    mut row: ActiveModel,
    at: Anchored,
    anchor: CommunityAnchor,
    chair: &person::Model,
) -> Result<Community> {
    let now = work.now();
    row.timezone = Set(zone_of(&at.region).to_owned());
    row.region_code = Set(at.region);
    row.school_id = Set(at.school);
    row.status = Set(CommunityStatus::Forming.as_str().to_owned());
    row.status_reason = Set(None);
    row.status_since = Set(now);
    row.last_held_at = Set(None);
    row.version = Set(1);
    row.created_at = Set(now);
    row.updated_at = Set(now);
    let row = row.insert(work.db()).await?;
    if anchor == CommunityAnchor::Cluster {
        put_schools(work, row.id, &at.schools).await?;
    }
    let member = membership::Model {
        id: work.new_id(),
        community_id: row.id,
        person_id: chair.id,
        status: MembershipStatus::Active.as_str().to_owned(),
        reason: None,
        message: None,
        joined_at: Some(now),
        ended_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    membership::Entity::insert(member.clone().into_active_model()).exec_without_returning(work.db()).await?;
    let office = community_office::Model {
        id: work.new_id(),
        community_id: row.id,
        person_id: chair.id,
        office: Office::Chair.as_str().to_owned(),
        scope: None,
        starts_on: work.services.issuer_day(now),
        ends_on: None,
        ended_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    community_office::Entity::insert(office.clone().into_active_model())
        .exec_without_returning(work.db())
        .await?;
    let view = view(work, row.id).await?;
    work.emit(happened("community.created", &row)).await?;
    work.emit(membership_happened("membership.admitted", &row.region_code, &member)).await?;
    work.emit(office_happened("office.appointed", &row.region_code, &office)).await?;
    Ok(view)
}

/// Writes down the schools of a cluster.
pub(super) async fn put_schools(work: &Work<'_>, community: Uuid, schools: &[Uuid]) -> Result<()> {
    let rows = schools.iter().map(|school| community_school::ActiveModel {
        community_id: Set(community),
        school_id: Set(*school),
    });
    community_school::Entity::insert_many(rows).exec_without_returning(work.db()).await?;
    Ok(())
}
