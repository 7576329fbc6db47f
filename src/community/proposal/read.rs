//! Finding proposals.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    community,
    proposal::{Column, Entity, Model},
    proposal_unsealing, proposal_vote,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    author::Own,
    rule::{self, Checked, Tally, VoteChoice, VotingRule},
    state::ProposalStatus,
    view::{
        Proposal, ProposalId, ProposalRequirement, ProposalResult, ProposalUnsealing, ProposalVoting, status,
    },
};
use crate::{
    access::{
        action::Action,
        actor::Actor,
        context::{Ctx, Services},
        scope,
    },
    community::{colleague, group::view::CommunityId},
    foundation::{
        error::{Error, Result},
        page::{Keyset, Page, PageRequest},
    },
};

/// What to narrow a list of proposals by.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct ProposalsOf {
    /// Only those that stand there.
    pub status: Option<ProposalStatus>,
}

fn select(ctx: &Ctx, community: CommunityId, of: ProposalsOf) -> Result<Select<Entity>> {
    let select = scope::proposals(&ctx.actor)?.filter(Column::CommunityId.eq(community.uuid()));
    Ok(match of.status {
        Some(status) => select.filter(Column::Status.eq(status.as_str())),
        None => select,
    })
}

/// A page of the proposals to a community, the newest first.
///
/// # Errors
/// `forbidden`; `not_found` when there is no such community.
pub async fn list(
    ctx: &Ctx,
    community: CommunityId,
    of: ProposalsOf,
    page: &PageRequest,
) -> Result<Page<Proposal>> {
    let mut query = select(ctx, community, of)?;
    let newest = Keyset::new("proposals", [(Entity, Column::Id)], Order::Desc)?.over(&(community, of))?;
    let walk = newest.walk::<(Uuid,), _>(&mut query, page, ctx.cursors())?;
    let rows = query.all(ctx.db()).await?;
    if rows.is_empty() {
        let known = scope::communities(&ctx.actor)?.filter(community::Column::Id.eq(community.uuid()));
        if known.count(ctx.db()).await? == 0 {
            return Err(Error::NotFound("community"));
        }
    }
    let found = shown(ctx.db(), &ctx.actor, &ctx.services, ctx.now(), rows).await?;
    walk.page(ctx.db(), found, |one| (one.id.uuid(),)).await
}

/// How many there are.
///
/// # Errors
/// `forbidden`.
pub async fn count(ctx: &Ctx, community: CommunityId, of: ProposalsOf) -> Result<u64> {
    Ok(select(ctx, community, of)?.count(ctx.db()).await?)
}

/// The proposals with these ids, in no order; those out of reach are left out.
///
/// # Errors
/// `forbidden`.
pub async fn by_ids(ctx: &Ctx, ids: &[ProposalId]) -> Result<Vec<Proposal>> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = scope::proposals(&ctx.actor)?.filter(Column::Id.is_in(ids)).all(ctx.db()).await?;
    shown(ctx.db(), &ctx.actor, &ctx.services, ctx.now(), rows).await
}

/// One proposal.
///
/// # Errors
/// `not_found`.
pub async fn find(ctx: &Ctx, id: ProposalId) -> Result<Proposal> {
    by_ids(ctx, &[id]).await?.pop().ok_or(Error::NotFound("proposal"))
}

/// What comes with the rows of a page.
struct Along {
    own: Own,
    names: HashMap<Uuid, String>,
    tallies: HashMap<Uuid, Tally>,
    /// The caller's own votes.
    votes: HashMap<Uuid, VoteChoice>,
    unsealings: HashMap<Uuid, Vec<ProposalUnsealing>>,
    /// Those that the caller moderates.
    moderated: HashSet<Uuid>,
    now: DateTime<Utc>,
}

/// The views of rows; names, counts, own votes and what was unsealed of all of them in one statement each.
pub(super) async fn shown(
    db: &impl ConnectionTrait,
    actor: &Actor,
    services: &Services,
    now: DateTime<Utc>,
    rows: Vec<Model>,
) -> Result<Vec<Proposal>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let own = Own::of(db, actor, &services.keyring).await?;
    let moderated = moderated(db, actor, &rows).await?;
    let told = rows.iter().filter(|row| row.anonymous && (moderated.contains(&row.id) || own.is_author(row)));
    let told: Vec<Uuid> = told.map(|row| row.id).collect();
    let voted: Vec<Uuid> = rows.iter().filter(|row| row.voting_rule.is_some()).map(|row| row.id).collect();
    let along = Along {
        names: colleague::names(db, rows.iter().filter_map(|row| row.author_id).collect()).await?,
        tallies: tallies(db, &voted).await?,
        votes: votes(db, &own, &voted).await?,
        unsealings: unsealings(db, told).await?,
        moderated,
        now,
        own,
    };
    rows.into_iter().map(|row| view(row, &along)).collect()
}

/// Which of the rows the caller moderates; not asked for whoever moderates nothing.
async fn moderated(db: &impl ConnectionTrait, actor: &Actor, rows: &[Model]) -> Result<HashSet<Uuid>> {
    if !actor.may(Action::ProposalUnseal) {
        return Ok(HashSet::new());
    }
    let within = scope::within_communities(actor, Action::ProposalUnseal, Column::CommunityId, |_| None)?;
    let found: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Id.is_in(rows.iter().map(|row| row.id)))
        .filter(within)
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

fn view(row: Model, along: &Along) -> Result<Proposal> {
    let (status, mine) = (status(&row)?, along.own.is_author(&row));
    let reads = status != ProposalStatus::Removed || mine || along.moderated.contains(&row.id);
    Ok(Proposal {
        voting: voting(&row, status, along)?,
        id: row.id.into(),
        community_id: row.community_id.into(),
        title: Some(row.title).filter(|_| reads),
        body: Some(row.body).filter(|_| reads),
        anonymous: row.anonymous,
        author_id: row.author_id.map(Into::into),
        author_name: row.author_id.and_then(|id| along.names.get(&id).cloned()),
        mine,
        status,
        status_reason: row.status_reason,
        status_since: row.status_since,
        unsealings: along.unsealings.get(&row.id).cloned().unwrap_or_default(),
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

fn voting(row: &Model, status: ProposalStatus, along: &Along) -> Result<Option<ProposalVoting>> {
    let (Some(rule), Some(quorum_percent), Some(eligible), Some(closes_at)) =
        (row.voting_rule.as_deref(), row.quorum_percent, row.eligible, row.voting_closes_at)
    else {
        return Ok(None);
    };
    let rule = VotingRule::parse(rule).map_err(|f| Error::internal("proposal.voting_rule", f.code))?;
    let tally = along.tallies.get(&row.id).copied().unwrap_or_default();
    // A proposal that was removed while it was voted on tells no counts.
    let closed = match status {
        ProposalStatus::Voting => along.now >= closes_at,
        other => matches!(other, ProposalStatus::Accepted | ProposalStatus::Declined),
    };
    Ok(Some(ProposalVoting {
        rule,
        quorum_percent,
        eligible,
        closes_at,
        turnout: number(tally.turnout()),
        my_vote: along.votes.get(&row.id).copied(),
        result: closed.then(|| result(rule, quorum_percent, eligible, tally)),
    }))
}

fn number(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn result(rule: VotingRule, percent: i32, eligible: i32, tally: Tally) -> ProposalResult {
    let whole = |number: i32| u32::try_from(number).unwrap_or(0);
    let (checked, outcome) = rule::count(rule, whole(percent), whole(eligible), tally);
    let requirement = |checked: Checked| ProposalRequirement {
        requirement: checked.requirement,
        required: number(checked.required),
        actual: number(checked.actual),
        met: checked.met(),
    };
    ProposalResult {
        yes: number(tally.yes),
        no: number(tally.no),
        abstain: number(tally.abstain),
        requirements: checked.map(requirement).to_vec(),
        outcome,
    }
}

/// Votes by choice. There is no other question about votes of others.
pub(super) async fn tallies(db: &impl ConnectionTrait, of: &[Uuid]) -> Result<HashMap<Uuid, Tally>> {
    use proposal_vote::Column;
    if of.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String, i64)> = proposal_vote::Entity::find()
        .select_only()
        .columns([Column::ProposalId, Column::Choice])
        .column_as(Column::VoterMark.count(), "votes")
        .filter(Column::ProposalId.is_in(of.iter().copied()))
        .group_by(Column::ProposalId)
        .group_by(Column::Choice)
        .into_tuple()
        .all(db)
        .await?;
    let mut found: HashMap<Uuid, Tally> = HashMap::new();
    for (id, choice, votes) in rows {
        let tally = found.entry(id).or_default();
        let votes = u32::try_from(votes).unwrap_or(u32::MAX);
        match choice_of(&choice)? {
            VoteChoice::Yes => tally.yes = votes,
            VoteChoice::No => tally.no = votes,
            VoteChoice::Abstain => tally.abstain = votes,
        }
    }
    Ok(found)
}

fn choice_of(text: &str) -> Result<VoteChoice> {
    VoteChoice::parse(text).map_err(|f| Error::internal("proposal_vote.choice", f.code))
}

async fn votes(db: &impl ConnectionTrait, own: &Own, of: &[Uuid]) -> Result<HashMap<Uuid, VoteChoice>> {
    use proposal_vote::Column;
    let marks: Vec<String> = of.iter().flat_map(|id| own.voter_marks(*id)).collect();
    if marks.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = proposal_vote::Entity::find()
        .filter(Column::ProposalId.is_in(of.iter().copied()))
        .filter(Column::VoterMark.is_in(marks))
        .all(db)
        .await?;
    rows.into_iter().map(|row| Ok((row.proposal_id, choice_of(&row.choice)?))).collect()
}

async fn unsealings(
    db: &impl ConnectionTrait,
    of: Vec<Uuid>,
) -> Result<HashMap<Uuid, Vec<ProposalUnsealing>>> {
    use proposal_unsealing::Column;
    let mut found: HashMap<Uuid, Vec<ProposalUnsealing>> = HashMap::new();
    if of.is_empty() {
        return Ok(found);
    }
    let rows =
        proposal_unsealing::Entity::find().filter(Column::ProposalId.is_in(of)).order_by_asc(Column::Id);
    for row in rows.all(db).await? {
        let told = ProposalUnsealing { at: row.unsealed_at, reason: row.reason };
        found.entry(row.proposal_id).or_default().push(told);
    }
    Ok(found)
}
