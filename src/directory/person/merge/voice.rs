//! What somebody said and proposed by name follows a merge of records. An anonymous proposal and a vote do
//! not: their marks are of the record that made them and stay as they are, since a change in the write of a
//! merge would tell whose they were. Their owner finds them under every record that became part of theirs.
//! Where both records voted on what is still voted on, or may be again, one vote of one human stays: that of the record
//! that does.

use entity::{comment, comment_mention, comment_reaction, membership, proposal, proposal_vote};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, ModelTrait, PaginatorTrait, QueryFilter,
    QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    access::{context::Work, veil::Veil},
    directory::person::merged,
    foundation::error::Result,
};

/// Moves everything of `from` to `into`.
pub(super) async fn follow(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    comment::Entity::update_many()
        .col_expr(comment::Column::AuthorId, Expr::value(into))
        .filter(comment::Column::AuthorId.eq(from))
        .exec(work.db())
        .await?;
    proposal::Entity::update_many()
        .col_expr(proposal::Column::AuthorId, Expr::value(into))
        .filter(proposal::Column::AuthorId.eq(from))
        .exec(work.db())
        .await?;
    move_mentions(work, from, into).await?;
    move_reactions(work, from, into).await?;
    keep_one_vote(work, from, into).await
}

async fn move_mentions(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    use comment_mention::{Column, Entity, Model};
    let of = |person: Uuid| Entity::find().filter(Column::PersonId.eq(person));
    let kept = of(into).all(work.db()).await?;
    for row in of(from).all(work.db()).await? {
        row.clone().delete(work.db()).await?;
        if !kept.iter().any(|one| one.comment_id == row.comment_id) {
            let moved = Model { person_id: into, ..row };
            Entity::insert(moved.into_active_model()).exec_without_returning(work.db()).await?;
        }
    }
    Ok(())
}

async fn move_reactions(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    use comment_reaction::{Column, Entity, Model};
    let of = |person: Uuid| Entity::find().filter(Column::PersonId.eq(person));
    let kept = of(into).all(work.db()).await?;
    for row in of(from).all(work.db()).await? {
        row.clone().delete(work.db()).await?;
        if !kept.iter().any(|one| (one.comment_id, &one.kind) == (row.comment_id, &row.kind)) {
            let moved = Model { person_id: into, ..row };
            Entity::insert(moved.into_active_model()).exec_without_returning(work.db()).await?;
        }
    }
    Ok(())
}

/// That a vote is open, or was broken off by a removal that an appeal may still undo. What a vote that is over came to is
/// public: taking one away would tell whose it was.
fn still_counts(work: &Work<'_>) -> Condition {
    use proposal::Column;
    let own = |column: Column| Expr::col((proposal::Entity, column));
    let open = Condition::all().add(Column::Status.eq("voting")).add(Column::VotingClosesAt.gt(work.now()));
    let broken_off = Condition::all()
        .add(Column::Status.eq("removed"))
        .add(own(Column::VotingClosesAt).gt(own(Column::StatusSince)));
    Condition::any().add(open).add(broken_off)
}

/// On each proposal that is voted on where either record is or was a member.
async fn keep_one_vote(work: &Work<'_>, from: Uuid, into: Uuid) -> Result<()> {
    let theirs = membership::Entity::find()
        .select_only()
        .column(membership::Column::CommunityId)
        .filter(membership::Column::PersonId.is_in([from, into]))
        .into_query();
    let voted_on: Vec<Uuid> = proposal::Entity::find()
        .select_only()
        .column(proposal::Column::Id)
        .filter(still_counts(work))
        .filter(proposal::Column::CommunityId.in_subquery(theirs))
        .into_tuple()
        .all(work.db())
        .await?;
    // Each with the records that became part of it before.
    let sources = merged::sources(work.db(), &[from, into]).await?;
    let all =
        |id: Uuid| -> Vec<Uuid> { sources.get(&id).into_iter().flatten().copied().chain([id]).collect() };
    let (gone, kept) = (all(from), all(into));
    let kept: Vec<Uuid> = kept.into_iter().filter(|id| !gone.contains(id)).collect();
    let veil = Veil::new(&work.services.keyring);
    for id in voted_on {
        let of = |persons: &[Uuid]| {
            let marks: Vec<String> = persons.iter().map(|person| veil.voter(id, *person)).collect();
            Condition::all()
                .add(proposal_vote::Column::ProposalId.eq(id))
                .add(proposal_vote::Column::VoterMark.is_in(marks))
        };
        if proposal_vote::Entity::find().filter(of(&kept)).count(work.db()).await? > 0 {
            proposal_vote::Entity::delete_many().filter(of(&gone)).exec(work.db()).await?;
        }
    }
    Ok(())
}
