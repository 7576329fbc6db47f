//! Gathering what suggestions are made of: as many statements for little as for much.

use std::collections::{BTreeSet, HashMap};

use entity::{
    batch, certificate, enrolment, learning_goal, membership, person, program, school, self_assessment,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    rule::{self, Circle, LOW, Learner, Offer, Reason, ReasonCode},
    view::{LearningSuggestions, SuggestedCommunity, SuggestedProgram, SuggestionReason},
};
use crate::{
    access::{action::Action, context::Ctx, scope},
    community::group::{
        read::{self as groups, CommunityFilter, CommunityPlan},
        rule::Openness,
        state::CommunityStatus,
    },
    foundation::{
        error::{Error, Result},
        language::{self, Language},
        page::{MAX_LIMIT, PageRequest},
    },
    learning::competency::MODEL,
};

/// The most batches that are looked at, those that close first.
const BATCHES: u64 = 500;

/// What the caller could do next.
///
/// # Errors
/// `forbidden` for whoever is nobody in particular.
pub async fn suggestions(ctx: &Ctx) -> Result<LearningSuggestions> {
    ctx.actor.require_token()?;
    ctx.actor.require_role_for(Action::LearningSuggestionsRead)?;
    let me = ctx
        .actor
        .person_for(Action::LearningSuggestionsRead)
        .ok_or(Error::Forbidden(Action::LearningSuggestionsRead.name()))?;
    let found = person::Entity::find_by_id(me).find_also_related(school::Entity).one(ctx.db()).await?;
    let (me, school) = found.ok_or(Error::NotFound("person"))?;
    let learner = learner(ctx, &me, school.as_ref()).await?;
    let region = school.as_ref().map(|school| school.region_code.clone()).or(me.region_code);
    let offers = offers(ctx, region.as_deref()).await?;
    let circles = circles(ctx, school.as_ref()).await?;
    let programs = rule::programs(&learner, &offers).into_iter().map(|(offer, reasons)| SuggestedProgram {
        program_id: offer.program.into(),
        title: offer.title,
        batch_id: offer.batch.into(),
        registration_closes_at: offer.closes_at,
        reasons: reasons.into_iter().map(worded).collect(),
    });
    let communities =
        rule::communities(&learner, &circles).into_iter().map(|(circle, reasons)| SuggestedCommunity {
            community_id: circle.id.into(),
            name: circle.name,
            reasons: reasons.into_iter().map(worded).collect(),
        });
    Ok(LearningSuggestions { programs: programs.collect(), communities: communities.collect() })
}

/// How the person saw themselves last, by competency. What corrects a slip stands in the place of what it corrects, not
/// behind all that was said since.
fn standing(said: Vec<self_assessment::Model>) -> HashMap<String, i32> {
    let mut place: HashMap<Uuid, Uuid> = HashMap::new();
    let mut last: HashMap<String, (Uuid, i32)> = HashMap::new();
    for one in said {
        let at = one.corrects_id.and_then(|id| place.get(&id).copied()).unwrap_or(one.id);
        place.insert(one.id, at);
        if one.corrected_at.is_some() {
            continue;
        }
        match last.get(&one.competency) {
            Some((later, _)) if *later > at => {}
            _ => {
                last.insert(one.competency, (at, one.level));
            }
        }
    }
    last.into_iter().map(|(competency, (_, level))| (competency, level)).collect()
}

/// The person's own data: open goals, self-assessments that stand, programs and communities they have to do with.
async fn learner(ctx: &Ctx, me: &person::Model, school: Option<&school::Model>) -> Result<Learner> {
    let goals: Vec<String> = learning_goal::Entity::find()
        .select_only()
        .column(learning_goal::Column::Competency)
        .filter(learning_goal::Column::PersonId.eq(me.id))
        .filter(learning_goal::Column::Status.eq("open"))
        .filter(learning_goal::Column::Competency.is_not_null())
        .into_tuple()
        .all(ctx.db())
        .await?;
    let said = self_assessment::Entity::find()
        .filter(self_assessment::Column::PersonId.eq(me.id))
        .order_by_asc(self_assessment::Column::Id)
        .all(ctx.db())
        .await?;
    let last = standing(said);
    let enrolled: Vec<Uuid> = enrolment::Entity::find()
        .select_only()
        .column(batch::Column::ProgramId)
        .inner_join(batch::Entity)
        .filter(enrolment::Column::PersonId.eq(me.id))
        .filter(enrolment::Column::Status.is_in(["applied", "accepted", "waitlisted", "completed"]))
        .into_tuple()
        .all(ctx.db())
        .await?;
    let certified: Vec<Uuid> = certificate::Entity::find()
        .select_only()
        .column(certificate::Column::ProgramId)
        .filter(certificate::Column::PersonId.eq(me.id))
        .into_tuple()
        .all(ctx.db())
        .await?;
    let joined: Vec<Uuid> = membership::Entity::find()
        .select_only()
        .column(membership::Column::CommunityId)
        .filter(membership::Column::PersonId.eq(me.id))
        .filter(membership::Column::Status.is_in(["requested", "invited", "active"]))
        .into_tuple()
        .all(ctx.db())
        .await?;
    Ok(Learner {
        kind: me.kind.clone(),
        subject: me.subject.as_ref().map(|subject| subject.to_lowercase()),
        level: school.map(|school| school.level.clone()),
        goals: goals.into_iter().collect(),
        low: last.into_iter().filter(|(_, level)| *level <= LOW).map(|(code, _)| code).collect(),
        programs: enrolled.into_iter().chain(certified).collect(),
        communities: joined.into_iter().collect(),
    })
}

/// Published programs with a batch in the province that takes applications now.
async fn offers(ctx: &Ctx, region: Option<&str>) -> Result<Vec<Offer>> {
    let Some(province) = region.and_then(|code| code.split('.').next()) else { return Ok(Vec::new()) };
    let now = ctx.now();
    let batches = batch::Entity::find()
        .filter(batch::Column::Status.eq("open"))
        .filter(batch::Column::RegistrationOpensAt.lte(now))
        .filter(batch::Column::RegistrationClosesAt.gt(now))
        .filter(scope::region_within((batch::Entity, batch::Column::RegionCode), province))
        .order_by_asc(batch::Column::RegistrationClosesAt)
        .order_by_asc(batch::Column::Id)
        .limit(BATCHES)
        .all(ctx.db())
        .await?;
    let ids: BTreeSet<Uuid> = batches.iter().map(|row| row.program_id).collect();
    let programs = scope::programs(&ctx.actor)
        .filter(program::Column::Id.is_in(ids))
        .filter(program::Column::Status.eq("published"))
        .all(ctx.db())
        .await?;
    let programs: HashMap<Uuid, program::Model> = programs.into_iter().map(|row| (row.id, row)).collect();
    let list = |column, json: &serde_json::Value| -> Result<Vec<String>> {
        serde_json::from_value(json.clone()).map_err(|e| Error::internal(column, e))
    };
    let mut offers = Vec::new();
    for row in batches {
        let Some(program) = programs.get(&row.program_id) else { continue };
        offers.push(Offer {
            program: program.id,
            title: program.title.clone(),
            audience: list("program.audience", &program.audience)?,
            competencies: list("program.competencies", &program.competencies)?,
            batch: row.id,
            closes_at: row.registration_closes_at,
        });
    }
    Ok(offers)
}

/// Active communities that somebody of the school could join.
async fn circles(ctx: &Ctx, school: Option<&school::Model>) -> Result<Vec<Circle>> {
    let Some(school) = school else { return Ok(Vec::new()) };
    let filter = CommunityFilter {
        near_school_id: Some(school.id.into()),
        status: Some(CommunityStatus::Active),
        ..CommunityFilter::default()
    };
    let page = PageRequest::forward(None, Some(MAX_LIMIT), MAX_LIMIT)?;
    let found = groups::list(ctx, &filter, CommunityPlan::default(), &page).await?;
    let circle = |community: crate::community::group::view::Community| Circle {
        id: community.id.uuid(),
        name: community.name,
        subject: community.subject.map(|subject| subject.to_lowercase()),
        level: community.level.map(|level| level.as_str().to_owned()),
        takes_members: community.openness != Openness::Invitation,
    };
    Ok(found.rows.into_iter().map(|(_, community)| circle(community)).collect())
}

/// A reason in both languages.
fn worded((code, competency): Reason) -> SuggestionReason {
    let of = competency.as_ref().and_then(|code| MODEL.competencies.iter().find(|one| one.code == *code));
    let text = |language: Language| {
        let name = match language {
            Language::Indonesian => of.map(|one| one.name_id.clone()),
            Language::English => of.map(|one| one.name_en.clone()),
        };
        let name = name.or_else(|| competency.clone()).unwrap_or_default();
        let key = match code {
            ReasonCode::GoalCompetency => "suggested-goal-competency",
            ReasonCode::LowCompetency => "suggested-low-competency",
            ReasonCode::BatchNear => "suggested-batch-near",
            ReasonCode::NearSchool => "suggested-near-school",
            ReasonCode::SameSubject => "suggested-same-subject",
            ReasonCode::SameLevel => "suggested-same-level",
        };
        language::text(language, key, &[("competency", name)]).unwrap_or_else(|| code.as_str().to_owned())
    };
    SuggestionReason {
        code,
        text_id: text(Language::Indonesian),
        text_en: text(Language::English),
        competency,
    }
}
