//! Where a role is, or is to be, held.

use entity::{organisation, role_grant::Model, school};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};
use uuid::Uuid;

use super::delegation::Appointment;
use crate::{
    access::{
        actor::Place,
        context::Services,
        grant::{Grant, Role},
        scope,
    },
    directory::region,
    foundation::error::{Error, Faults, Result},
};

/// Whether everything is there that a role names, for the operator, who is told before an account is made.
///
/// # Errors
/// Every fault at once.
pub async fn check(services: &Services, grant: &Grant) -> Result<()> {
    let named = Named {
        role: grant.role,
        region: grant.region.as_deref(),
        organisation: grant.organisation,
        school: grant.school,
    };
    let mut faults = Faults::new();
    named.find(services.store.reader(), &mut faults).await?;
    faults.done()
}

/// What names a place of a role.
pub(super) struct Named<'a> {
    pub role: Role,
    pub region: Option<&'a str>,
    pub organisation: Option<Uuid>,
    pub school: Option<Uuid>,
}

impl<'a> Named<'a> {
    /// What a row names.
    pub(super) fn of(row: &'a Model) -> Result<Self> {
        Ok(Self {
            role: Role::parse(&row.role).ok_or_else(|| Error::internal("role_grant.role", &row.role))?,
            region: row.region_code.as_deref(),
            organisation: row.organisation_id,
            school: row.school_id,
        })
    }

    /// What it is to the rule of giving, and to the permission table. What does not exist is told in `faults`.
    pub(super) async fn find(
        &self,
        db: &impl ConnectionTrait,
        faults: &mut Faults,
    ) -> Result<(Appointment, Place)> {
        let mut at = None;
        if let Some(code) = self.region {
            let known = region::read::exists(db, code).await?;
            faults.require(known, "/regionCode", "reference_unknown");
            at = known.then(|| code.to_owned());
        }
        if let Some(id) = self.organisation {
            let row = scope::organisations().filter(organisation::Column::Id.eq(id)).one(db).await?;
            faults.require(row.is_some(), "/organisationId", "reference_unknown");
            at = at.or_else(|| row.and_then(|row| row.region_code));
        }
        if let Some(id) = self.school {
            let row = scope::schools().filter(school::Column::Id.eq(id)).one(db).await?;
            faults.require(row.is_some(), "/schoolId", "reference_unknown");
            at = at.or_else(|| row.map(|row| row.region_code));
        }
        let appointment =
            Appointment { role: self.role, region: at.clone(), organisation: self.organisation };
        let place =
            Place { region: at, organisation: self.organisation, school: self.school, ..Place::default() };
        Ok((appointment, place))
    }
}
