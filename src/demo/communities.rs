//! Twenty communities of all kinds, with members, officers, partners and charters. Teachers found and join them
//! as in life: they ask, are invited, are admitted and refused; some groups still form, one has ended, and one
//! has gone quiet.

mod plans;

use chrono::Days;

use super::{World, people::People, places::Places};
use crate::{
    access::{actor::Actor, context::Ctx, grant::Grant},
    community::{
        group::{
            input::{CloseCommunityInput, CreateCommunityInput},
            rule::{CommunityAnchor, CommunityKind, Office, Openness},
            view::CommunityId,
            write::{ActivateCommunity, CloseCommunity, CreateCommunity},
        },
        membership::{
            input::{InviteMembershipInput, RefuseMembershipInput, RequestMembershipInput},
            view::MembershipId,
            write::{
                AcceptMembership, AdmitMembership, DeclineMembership, InviteMembership, RefuseMembership,
                RequestMembership,
            },
        },
        office::{input::AppointOfficeInput, view::CommunityOfficeId, write::AppointOffice},
        partner::{input::CreatePartnerInput, rule::Contribution, view::PartnerId, write::CreatePartner},
    },
    directory::{
        person::{
            rule::PersonKind,
            view::{Person, PersonId},
        },
        school::view::SchoolId,
    },
    foundation::error::{Error, Result},
};
use plans::{PLANS, Plan, Stage};

/// A community that is there.
#[allow(dead_code, reason = "what the makers of its activities go by")]
pub struct Founded {
    /// Its id.
    pub id: CommunityId,
    /// What it is called.
    pub name: String,
    /// Its region.
    pub region: String,
    /// Whether it is at work (else it forms).
    pub active: bool,
    /// How many days before the demo's today it was founded.
    pub age: i64,
    /// Who chairs it, with the grant they act by.
    pub chair: PersonId,
    /// That grant.
    pub grant: Grant,
    /// Its active members, the chair first.
    pub members: Vec<PersonId>,
    /// A request that nobody answered yet.
    pub asking: Option<MembershipId>,
    /// The office of its secretary.
    pub secretary: Option<CommunityOfficeId>,
    /// One who stands by it.
    pub partner: Option<PartnerId>,
}

/// What came of them.
pub struct Communities {
    /// Those that form or are at work, in the order of the plans; the last one is quiet.
    pub alive: Vec<Founded>,
    /// How many have ended.
    pub closed: usize,
}

/// Lives through all of them.
pub async fn gather(world: &World<'_>, places: &Places, people: &People) -> Result<Communities> {
    let (mut alive, mut closed) = (Vec::new(), 0);
    for plan in &PLANS {
        let maker = Maker { world, places, people, plan };
        let founded = maker.live().await?;
        if plan.stage == Stage::Closed {
            let reason = "Anggotanya bergabung dengan kelompok kabupaten.".to_owned();
            let close = CloseCommunity { id: founded.id, input: CloseCommunityInput { reason } };
            acting(world, &founded.grant).write(close).await?;
            closed += 1;
        } else {
            alive.push(founded);
        }
    }
    Ok(Communities { alive, closed })
}

fn missing(what: &str) -> Error {
    Error::internal("the demo", format!("{what} is missing"))
}

/// What somebody does with this grant.
pub(super) fn acting(world: &World<'_>, grant: &Grant) -> Ctx {
    let subject = grant.person.map_or_else(|| grant.role.to_string(), |person| person.to_string());
    Ctx::internal(world.ctx.services.clone(), Actor::new(subject, vec![grant.clone()]))
}

fn grant_of(person: &Person) -> Grant {
    match (person.kind, person.school_id) {
        (PersonKind::Principal, Some(school)) => Grant::principal(school.uuid(), Some(person.id.uuid())),
        _ => Grant::teacher(person.id.uuid()),
    }
}

struct Maker<'w> {
    world: &'w World<'w>,
    places: &'w Places,
    people: &'w People,
    plan: &'w Plan,
}

impl Maker<'_> {
    async fn live(&self) -> Result<Founded> {
        let plan = self.plan;
        let crowd = self.crowd();
        let (founder, others) = crowd.split_first().ok_or_else(|| missing(plan.name))?;
        let grant = grant_of(founder);
        let chair = acting(self.world, &grant);
        self.world.at(-plan.days, 14);
        let made = chair.write(CreateCommunity(self.charter(founder)?)).await?;
        let mut founded = Founded {
            id: made.id,
            name: made.name,
            region: made.region_code,
            active: plan.stage != Stage::Forming,
            age: plan.days,
            chair: founder.id,
            grant,
            members: vec![founder.id],
            asking: None,
            secretary: None,
            partner: None,
        };
        self.world.at(-plan.days + 2, 19);
        for (nth, person) in others.iter().enumerate() {
            self.joins(&chair, &mut founded, nth, person).await?;
        }
        self.offices(&chair, &mut founded).await?;
        self.partners(&chair, &mut founded).await?;
        if plan.stage != Stage::Forming {
            self.world.at(-plan.days + 4, 15);
            chair.write(ActivateCommunity { id: founded.id }).await?;
        }
        Ok(founded)
    }

    /// Who is in it, at most a dozen and a half: who the group is for, and lives there.
    fn crowd(&self) -> Vec<&Person> {
        let plan = self.plan;
        let home = plan.anchor == CommunityAnchor::School;
        let school = if home { self.school() } else { None };
        let here = |person: &&Person| match school {
            Some(school) => person.school_id == Some(school),
            None => person.region_code.as_deref().is_some_and(|code| code.starts_with(plan.region)),
        };
        let level = |person: &&Person| {
            let at = person.school_id.and_then(|id| self.places.schools.iter().find(|s| s.id == id.uuid()));
            at.is_none_or(|school| plan.levels.is_empty() || plan.levels.contains(&school.level))
        };
        let subject = |person: &&Person| plan.subject.is_none() || person.subject.as_deref() == plan.subject;
        let principals = matches!(plan.kind, CommunityKind::Kkks | CommunityKind::Mkks);
        let mut crowd: Vec<&Person> = if principals {
            self.people.principals.iter().filter(here).filter(level).collect()
        } else {
            let staff = self.people.staff.iter().filter(|person| person.kind == PersonKind::Teacher);
            staff.filter(here).filter(level).filter(subject).collect()
        };
        crowd.truncate(14);
        if plan.kind == CommunityKind::BookClub {
            crowd.extend(self.people.pre_service.iter().filter(here).take(4));
        }
        crowd
    }

    /// The school of the region with most teachers.
    fn school(&self) -> Option<SchoolId> {
        let of = |school: uuid::Uuid| {
            let here = |person: &&Person| {
                person.kind == PersonKind::Teacher && person.school_id.map(SchoolId::uuid) == Some(school)
            };
            self.people.staff.iter().filter(here).count()
        };
        let schools = self.places.schools.iter().filter(|school| school.region.starts_with(self.plan.region));
        schools.max_by_key(|school| of(school.id)).map(|school| school.id.into())
    }

    /// The schools of a cluster, the founder's first.
    fn cluster(&self, founder: &Person) -> Vec<SchoolId> {
        let own = founder.school_id;
        let others = self.places.schools.iter().filter(|school| {
            school.region.starts_with(self.plan.region) && self.plan.levels.contains(&school.level)
        });
        let others = others.map(|school| SchoolId::from(school.id)).filter(|id| Some(*id) != own);
        own.into_iter().chain(others).take(6).collect()
    }

    fn charter(&self, founder: &Person) -> Result<CreateCommunityInput> {
        let plan = self.plan;
        let of_cluster = plan.anchor == CommunityAnchor::Cluster;
        let of_region = plan.anchor == CommunityAnchor::Region;
        let school_id = match plan.anchor {
            CommunityAnchor::Region => None,
            _ => Some(founder.school_id.ok_or_else(|| missing("a founder's school"))?),
        };
        Ok(CreateCommunityInput {
            kind: plan.kind,
            name: plan.name.to_owned(),
            anchor: plan.anchor,
            school_id,
            school_ids: of_cluster.then(|| self.cluster(founder)),
            region_code: of_region.then(|| plan.region.to_owned()),
            subject: plan.subject.map(str::to_owned),
            level: None,
            openness: plan.openness,
            goals: plan.goals.to_owned(),
            agreements: Some("Mulai dan selesai tepat waktu.\nYang muda bicara lebih dulu.".to_owned()),
            expectations: Some("Setiap anggota membawa satu contoh dari kelasnya.".to_owned()),
            cadence_days: plan.cadence,
            learning_day: plan.learning_day,
            chair_id: None,
        })
    }

    /// One more comes in, or nearly: by asking where one asks, by invitation where an officer invites.
    async fn joins(&self, chair: &Ctx, founded: &mut Founded, nth: usize, person: &Person) -> Result<()> {
        let own = acting(self.world, &grant_of(person));
        let id = founded.id;
        match self.plan.openness {
            Openness::Open => {
                own.write(RequestMembership { community: id, input: RequestMembershipInput::default() })
                    .await?;
            }
            Openness::Request => {
                let message = Some("Saya ingin belajar bersama.".to_owned());
                let request = RequestMembership { community: id, input: RequestMembershipInput { message } };
                let asked = own.write(request).await?;
                if nth == 5 {
                    founded.asking = Some(asked.id);
                    return Ok(());
                }
                if nth == 6 {
                    let reason = "Kelompok ini sudah penuh semester ini.".to_owned();
                    let input = RefuseMembershipInput { reason };
                    chair.write(RefuseMembership { id: asked.id, input }).await?;
                    return Ok(());
                }
                chair.write(AdmitMembership(asked.id)).await?;
            }
            Openness::Invitation => {
                let message = Some("Mari bergabung dengan kelompok kami.".to_owned());
                let input = InviteMembershipInput { person_id: person.id, message };
                let asked = chair.write(InviteMembership { community: id, input }).await?;
                if nth == 4 {
                    own.write(DeclineMembership(asked.id)).await?;
                    return Ok(());
                }
                own.write(AcceptMembership(asked.id)).await?;
            }
        }
        founded.members.push(person.id);
        Ok(())
    }

    async fn offices(&self, chair: &Ctx, founded: &mut Founded) -> Result<()> {
        let first = (self.world.today - chrono::TimeDelta::days(self.plan.days)).date_naive();
        let mut offices = vec![(Office::Secretary, 1, None), (Office::Treasurer, 2, None)];
        if let Some(subject) = self.plan.subject {
            offices.push((Office::SubjectGuide, 3, Some(subject)));
        }
        if self.plan.kind == CommunityKind::Kkg {
            offices.push((Office::GradeCoordinator, 3, Some("4")));
        }
        for (office, at, scope) in offices {
            let Some(person) = founded.members.get(at) else { continue };
            let input = AppointOfficeInput {
                person_id: *person,
                office,
                scope: scope.map(str::to_owned),
                starts_on: first,
                ends_on: first.checked_add_days(Days::new(3 * 365)),
            };
            let given = chair.write(AppointOffice { community: founded.id, input }).await?;
            if office == Office::Secretary {
                founded.secretary = Some(given.id);
            }
        }
        // The principal stands over the school's own group.
        let head = |person: &&Person| {
            person.school_id.is_some() && founded.region == person.region_code.as_deref().unwrap_or_default()
        };
        if self.plan.anchor == CommunityAnchor::School
            && let Some(patron) =
                self.people.principals.iter().filter(head).find(|p| p.school_id == self.school())
        {
            let input = AppointOfficeInput {
                person_id: patron.id,
                office: Office::Patron,
                scope: None,
                starts_on: first,
                ends_on: None,
            };
            chair.write(AppointOffice { community: founded.id, input }).await?;
        }
        Ok(())
    }

    async fn partners(&self, chair: &Ctx, founded: &mut Founded) -> Result<()> {
        let since = (self.world.today - chrono::TimeDelta::days(self.plan.days)).date_naive();
        for (code, contribution, description, value_rupiah) in self.plan.partners {
            let of = self.places.organisations.get(code).ok_or_else(|| missing(code))?;
            let input = CreatePartnerInput {
                organisation_id: of.id,
                contribution: *contribution,
                description: (*description).to_owned(),
                value_rupiah: *value_rupiah,
                since,
                until: None,
            };
            let made = chair.write(CreatePartner { community: founded.id, input }).await?;
            founded.partner.get_or_insert(made.id);
        }
        Ok(())
    }
}

/// Organisation, what it gives, in words, worth in rupiah.
type Gift = (&'static str, Contribution, &'static str, Option<i64>);
