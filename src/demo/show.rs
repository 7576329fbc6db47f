//! What the demo prints: where to click, and a token for each role.

use chrono::TimeDelta;
use entity::{competence, enrolment, session};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{
    World,
    apps::Apps,
    communities::{Communities, Founded},
    people::People,
    places::Places,
    trainings::Trainings,
    year::Year,
};
use crate::{
    access::{
        grant::{Grant, Role},
        token::{self, Claims},
    },
    certification::certificate::{self, read::CertificatePlan},
    directory::person::view::Person,
    foundation::error::{Error, Result},
    training::batch::state::BatchStatus,
};

/// What whoever started the demo wants to see.
#[derive(Debug, Clone)]
pub struct Shown {
    /// What it is, and its address.
    pub links: Vec<(&'static str, String)>,
    /// Role, what the token stands for, the token.
    pub tokens: Vec<(Role, String, String)>,
    /// Apps and systems: name, `client_id`, and the secret of those that have one.
    pub apps: Vec<(String, String, Option<String>)>,
    /// One id of each noun, for the contract's examples.
    pub examples: Vec<(&'static str, String)>,
    /// How much of what there is.
    pub counts: Vec<(&'static str, usize)>,
}

/// Gathers it.
pub async fn gather(
    world: &World<'_>,
    places: &Places,
    people: &People,
    trainings: &Trainings,
    (communities, year, apps): (&Communities, &Year, &Apps),
) -> Result<Shown> {
    let base = &world.ctx.services.settings.public_url;
    let valid = trainings.certificates.iter().find(|id| !trainings.revoked.contains(id));
    let mut links = vec![
        ("start here", format!("{base}/")),
        ("REST explorer", format!("{base}/explorer/")),
        ("GraphQL console", format!("{base}/graphiql")),
    ];
    for (what, id) in [("a valid certificate", valid), ("a revoked certificate", trainings.revoked.first())] {
        let id = id.ok_or_else(|| Error::internal("the demo", "no certificate"))?;
        let found = certificate::read::find(&world.ctx, *id, CertificatePlan::default()).await?;
        links.push((what, format!("{base}/verify/{}", found.verification_id)));
    }
    let group = communities.alive.first().ok_or_else(|| Error::internal("the demo", "no community"))?;
    let earned = certificate::read::find(&world.ctx, year.certificate, CertificatePlan::default()).await?;
    links.push(("a certificate from a community", format!("{base}/verify/{}", earned.verification_id)));
    links.push(("a community", format!("{base}/v1/communities/{}", group.id)));
    let mut examples = examples(world, places, people, trainings).await?;
    examples.extend(of_community(group)?);
    examples.extend(year.examples());
    examples.extend(apps.examples());
    let mut counts = counts(places, people, trainings);
    counts.push(("communities", communities.alive.len() + communities.closed));
    counts.push(("activities they reported", year.reported));
    Ok(Shown {
        links,
        tokens: tokens(world, places, people, trainings, group)?,
        apps: apps.shown(),
        examples,
        counts,
    })
}

/// One of each noun: the open batch and what belongs to it, the first certificate.
async fn examples(
    world: &World<'_>,
    places: &Places,
    people: &People,
    trainings: &Trainings,
) -> Result<Vec<(&'static str, String)>> {
    let missing = || Error::internal("the demo", "an example is missing");
    let db = world.ctx.db();
    let batch = trainings.batches.iter().find(|b| b.status == BatchStatus::Open).ok_or_else(missing)?;
    let session = session::Entity::find()
        .filter(session::Column::BatchId.eq(batch.id.uuid()))
        .order_by_asc(session::Column::StartsAt)
        .one(db)
        .await?
        .ok_or_else(missing)?;
    let enrolment = enrolment::Entity::find()
        .filter(enrolment::Column::BatchId.eq(batch.id.uuid()))
        .order_by_asc(enrolment::Column::Id)
        .one(db)
        .await?
        .ok_or_else(missing)?;
    let teacher = people.resource_persons.first().ok_or_else(missing)?;
    let competence = competence::Entity::find()
        .filter(competence::Column::ResourcePersonId.eq(teacher.id.uuid()))
        .order_by_asc(competence::Column::Id)
        .one(db)
        .await?
        .ok_or_else(missing)?;
    let certificate = *trainings.certificates.first().ok_or_else(missing)?;
    let checked = certificate::read::find(&world.ctx, certificate, CertificatePlan::default()).await?;
    let organisation = places.organisations.get("BBGTK-JABAR").ok_or_else(missing)?;
    Ok(vec![
        ("organisation", organisation.id.to_string()),
        (
            "school",
            places.schools.iter().find(|s| s.region.starts_with("32.73")).ok_or_else(missing)?.id.to_string(),
        ),
        ("person", trainings.trained.ok_or_else(missing)?.to_string()),
        ("other_person", people.principals.first().ok_or_else(missing)?.id.to_string()),
        ("resource_person", teacher.id.to_string()),
        ("competence", competence.id.to_string()),
        ("program", batch.program_id.to_string()),
        ("batch", batch.id.to_string()),
        ("session", session.id.to_string()),
        ("enrolment", enrolment.id.to_string()),
        ("certificate", certificate.to_string()),
        ("verification", checked.verification_id),
    ])
}

/// One community, and one of each that belongs to it.
fn of_community(group: &Founded) -> Result<Vec<(&'static str, String)>> {
    let missing = || Error::internal("the demo", "something of a community is missing");
    Ok(vec![
        ("community", group.id.to_string()),
        ("membership", group.asking.ok_or_else(missing)?.to_string()),
        ("office", group.secretary.ok_or_else(missing)?.to_string()),
        ("partner", group.partner.ok_or_else(missing)?.to_string()),
    ])
}

fn counts(places: &Places, people: &People, trainings: &Trainings) -> Vec<(&'static str, usize)> {
    let persons = people.staff.len() + people.pre_service.len() + people.principals.len() + 10;
    vec![
        ("schools", places.schools.len()),
        ("people", persons),
        ("programs", trainings.programs.len()),
        ("batches", trainings.batches.len()),
        ("certificates", trainings.certificates.len()),
        ("of them revoked", trainings.revoked.len()),
    ]
}

/// Whether somebody is in the regency whose officer has a token, too.
fn at_home(person: &Person) -> bool {
    person.region_code.as_deref().is_some_and(|code| code.starts_with("32.73"))
}

fn tokens(
    world: &World<'_>,
    places: &Places,
    people: &People,
    trainings: &Trainings,
    group: &Founded,
) -> Result<Vec<(Role, String, String)>> {
    let missing = || Error::internal("the demo", "somebody is missing");
    let provider = places.organisations.get("BBGTK-JABAR").ok_or_else(missing)?;
    let principal = people.principals.iter().find(|p| at_home(p)).ok_or_else(missing)?;
    let school = principal.school_id.ok_or_else(missing)?;
    let teacher = trainings.trained.ok_or_else(missing)?;
    let teaching = trainings.teaching.ok_or_else(missing)?;
    let member = *group.members.last().ok_or_else(missing)?;
    let roles = [
        (Grant::ministry(), "the whole country, every command".to_owned()),
        (Grant::regional_officer("32.73"), "Kota Bandung (32.73) and below".to_owned()),
        (Grant::provider_staff(provider.id.uuid()), provider.name.clone()),
        (
            Grant::principal(school.uuid(), Some(principal.id.uuid())),
            format!("{}, principal", principal.name),
        ),
        (Grant::resource_person(teaching.uuid()), "who teaches the batch that is running".to_owned()),
        (Grant::teacher(teacher.uuid()), "a teacher with a certificate".to_owned()),
        (Grant::moderator("32"), "moderates what is said in Jawa Barat (32)".to_owned()),
        (Grant::ministry_system(), "reads everything, changes nothing".to_owned()),
        (group.grant.clone(), format!("chairs {}", group.name)),
        (Grant::teacher(member.uuid()), format!("a member of {}", group.name)),
    ];
    let url = &world.ctx.services.settings.public_url;
    roles
        .into_iter()
        .map(|(grant, what)| {
            let role = grant.role;
            let subject = grant.person.map_or_else(|| format!("demo-{role}"), |p| p.to_string());
            let jti = world.ctx.services.ids.next(world.today);
            let claims = Claims::new(url, url, subject, vec![grant], jti, world.today, TimeDelta::days(30));
            Ok((role, what, token::issue(&world.ctx.services.keyring, &claims, world.today)?))
        })
        .collect()
}
