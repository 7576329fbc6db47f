//! What a community belongs to: that its school, the schools of its cluster and its region are there and fit
//! each other.

use std::collections::HashSet;

use entity::{person, school};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    access::{actor::within, context::Work, scope},
    community::group::{
        area,
        input::CreateCommunityInput,
        rule::{CommunityAnchor, MAX_SCHOOLS},
    },
    directory::{region, school::view::SchoolId},
    foundation::error::{Fault, Faults, Result},
};

/// Where a community belongs.
pub(super) struct Anchored {
    /// Its region.
    pub region: String,
    /// Its school; of a cluster, the core school.
    pub school: Option<Uuid>,
    /// The schools of its cluster.
    pub schools: Vec<Uuid>,
}

/// Where a new community belongs; none when that cannot be told, with the reasons among `faults`.
pub(super) async fn anchored(
    work: &Work<'_>,
    input: &CreateCommunityInput,
    faults: &mut Faults,
) -> Result<Option<Anchored>> {
    let of_cluster = input.anchor == CommunityAnchor::Cluster;
    faults.require(input.school_ids.is_none() || of_cluster, "/schoolIds", "field_of_another_anchor");
    match input.anchor {
        CommunityAnchor::School => of_school(work, input, faults).await,
        CommunityAnchor::Cluster => of_cluster_of(work, input, faults).await,
        CommunityAnchor::Region => {
            faults.require(input.school_id.is_none(), "/schoolId", "field_of_another_anchor");
            let Some(code) = &input.region_code else {
                faults.push(Fault::new("/regionCode", "field_missing"));
                return Ok(None);
            };
            if !region::read::exists(work.db(), code).await? {
                faults.push(Fault::new("/regionCode", "reference_unknown"));
                return Ok(None);
            }
            Ok(Some(Anchored { region: code.clone(), school: None, schools: Vec::new() }))
        }
    }
}

async fn of_school(
    work: &Work<'_>,
    input: &CreateCommunityInput,
    faults: &mut Faults,
) -> Result<Option<Anchored>> {
    faults.require(input.region_code.is_none(), "/regionCode", "field_of_another_anchor");
    let Some(id) = input.school_id else {
        faults.push(Fault::new("/schoolId", "field_missing"));
        return Ok(None);
    };
    match schools(work, &[id]).await?.pop() {
        Some(school) => {
            Ok(Some(Anchored { region: school.region_code, school: Some(school.id), schools: Vec::new() }))
        }
        None => {
            faults.push(Fault::new("/schoolId", "reference_unknown"));
            Ok(None)
        }
    }
}

async fn of_cluster_of(
    work: &Work<'_>,
    input: &CreateCommunityInput,
    faults: &mut Faults,
) -> Result<Option<Anchored>> {
    let Some(ids) = &input.school_ids else {
        faults.push(Fault::new("/schoolIds", "field_missing"));
        return Ok(None);
    };
    let core = input.school_id.map(SchoolId::uuid);
    let Some(found) = cluster(work, ids, core, faults).await? else { return Ok(None) };
    let codes: Vec<&str> = found.iter().map(|school| school.region_code.as_str()).collect();
    let region = match &input.region_code {
        Some(code) => {
            let sound = region::read::exists(work.db(), code).await?;
            faults.require(sound, "/regionCode", "reference_unknown");
            require_around(code, &codes, sound, faults);
            sound.then(|| code.clone())
        }
        None => {
            let common = area::common(&codes).map(str::to_owned);
            faults.require(common.is_some(), "/schoolIds", "cluster_without_region");
            common
        }
    };
    let schools = found.iter().map(|school| school.id).collect();
    Ok(region.map(|region| Anchored { region, school: core, schools }))
}

/// The schools of a cluster; none, with the reasons among `faults`, when they are too few or too many, when
/// one is named twice or not there, or when the core school is not among them.
pub(super) async fn cluster(
    work: &Work<'_>,
    ids: &[SchoolId],
    core: Option<Uuid>,
    faults: &mut Faults,
) -> Result<Option<Vec<school::Model>>> {
    if !(2..=MAX_SCHOOLS).contains(&ids.len()) {
        let fault = Fault::new("/schoolIds", "cluster_size_out_of_range");
        faults.push(fault.with("min", 2).with("max", MAX_SCHOOLS));
        return Ok(None);
    }
    let found = schools(work, ids).await?;
    let there: HashSet<Uuid> = found.iter().map(|school| school.id).collect();
    let (mut met, mut sound) = (HashSet::new(), true);
    for (at, id) in ids.iter().enumerate() {
        let code = match (met.insert(*id), there.contains(&id.uuid())) {
            (true, true) => continue,
            (false, _) => "school_listed_twice",
            (true, false) => "reference_unknown",
        };
        sound = false;
        faults.push(Fault::new(format!("/schoolIds/{at}"), code));
    }
    if core.is_some_and(|core| !ids.iter().any(|id| id.uuid() == core)) {
        sound = false;
        faults.push(Fault::new("/schoolIds", "core_school_missing"));
    }
    Ok(sound.then_some(found))
}

/// That every school of a cluster lies in its region.
pub(super) fn require_around(region: &str, schools: &[&str], known: bool, faults: &mut Faults) {
    let around = schools.iter().all(|code| within(code, region));
    faults.require(around || !known, "/schoolIds", "school_outside_region");
}

async fn schools(work: &Work<'_>, ids: &[SchoolId]) -> Result<Vec<school::Model>> {
    let some = scope::schools()
        .filter(school::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .order_by_asc(school::Column::Id);
    Ok(some.all(work.db()).await?)
}

/// Where the founder would have to be at home for the community to be theirs to found; none when they are.
pub(super) fn elsewhere(at: &Anchored, anchor: CommunityAnchor, founder: &person::Model) -> Option<Fault> {
    let (pointer, home) = match anchor {
        CommunityAnchor::School => ("/schoolId", founder.school_id == at.school),
        CommunityAnchor::Cluster => {
            ("/schoolIds", founder.school_id.is_some_and(|id| at.schools.contains(&id)))
        }
        CommunityAnchor::Region => {
            ("/regionCode", founder.region_code.as_deref().is_some_and(|code| within(code, &at.region)))
        }
    };
    (!home).then(|| Fault::new(pointer, "founder_elsewhere"))
}
