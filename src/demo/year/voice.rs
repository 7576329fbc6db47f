//! What members said to one another, proposed and decided.

use chrono::{DateTime, TimeDelta, Utc};

use super::{as_member, person};
use crate::{
    community::{
        activity::view::ActivityId,
        discussion::{
            input::{CommentAbout, CreateCommentInput, HideCommentInput, ReactCommentInput},
            rule::{HiddenCode, Reaction},
            view::CommentId,
            write::{CreateComment, HideComment, ReactComment},
        },
        proposal::{
            input::{CreateProposalInput, DecideProposalInput, OpenProposalVotingInput, VoteProposalInput},
            rule::{VoteChoice, VotingRule},
            view::ProposalId,
            write::{CreateProposal, DecideProposal, OpenProposalVoting, VoteProposal},
        },
    },
    demo::{
        World,
        communities::{Founded, acting},
    },
    foundation::error::Result,
};

/// One of each of what was said and proposed.
pub(super) struct Spoken {
    pub(super) comment: CommentId,
    /// A comment that the chair hid.
    pub(super) hidden: CommentId,
    pub(super) proposal: ProposalId,
}

/// A talk about the next meeting, an anonymous proposal that was decided, and one that is voted on now.
pub(super) async fn spoken(world: &World<'_>, group: &Founded, activity: ActivityId) -> Result<Spoken> {
    let decided = decided(world, group).await?;
    voted_on(world, group).await?;
    world.at(-1, 10);
    let say = |body: &str, parent_id, mentions| CreateCommentInput {
        about: Some(CommentAbout { activity_id: Some(activity), ..CommentAbout::default() }),
        parent_id,
        body: body.to_owned(),
        mentions,
    };
    let asked = say("Apakah kita membawa laptop?", None, vec![person(group, 0)?]);
    let first =
        as_member(world, group, 1)?.write(CreateComment { community: group.id, input: asked }).await?;
    let chair = acting(world, &group.grant);
    let answer = say("Satu untuk tiga orang sudah cukup.", Some(first.id), Vec::new());
    let answer = chair.write(CreateComment { community: group.id, input: answer }).await?;
    for (nth, kind) in [(1, Reaction::Thanks), (2, Reaction::Agree), (3, Reaction::Agree)] {
        let input = ReactCommentInput { kind, on: true };
        as_member(world, group, nth)?.write(ReactComment { id: answer.id, input }).await?;
    }
    let advertised = say("Laptop murah, hubungi saya.", None, Vec::new());
    let hidden =
        as_member(world, group, 3)?.write(CreateComment { community: group.id, input: advertised }).await?;
    let input = HideCommentInput {
        code: HiddenCode::Advertising,
        reason: "Ruang ini bukan untuk berjualan".to_owned(),
    };
    chair.write(HideComment { id: hidden.id, input }).await?;
    Ok(Spoken { comment: first.id, hidden: hidden.id, proposal: decided })
}

fn proposed(title: &str, body: &str, anonymous: bool) -> CreateProposalInput {
    CreateProposalInput { title: title.to_owned(), body: body.to_owned(), anonymous }
}

async fn vote(
    world: &World<'_>,
    group: &Founded,
    id: ProposalId,
    choices: impl IntoIterator<Item = (usize, VoteChoice)>,
) -> Result<()> {
    for (nth, choice) in choices {
        as_member(world, group, nth)?.write(VoteProposal { id, input: VoteProposalInput { choice } }).await?;
    }
    Ok(())
}

fn until(closes_at: DateTime<Utc>, quorum_percent: i32) -> OpenProposalVotingInput {
    OpenProposalVotingInput { closes_at, rule: VotingRule::SimpleMajority, quorum_percent }
}

async fn decided(world: &World<'_>, group: &Founded) -> Result<ProposalId> {
    let opened = world.at(-12, 9);
    let body = "Pada hari Sabtu banyak dari kita mengurus keluarga.\nKamis sore lebih longgar bagi semua.";
    let input = proposed("Satu pertemuan sebulan pindah ke hari Kamis", body, true);
    let made = as_member(world, group, 2)?.write(CreateProposal { community: group.id, input }).await?;
    let chair = acting(world, &group.grant);
    let input = until(opened + TimeDelta::days(7), 25);
    chair.write(OpenProposalVoting { id: made.id, input }).await?;
    world.at(-10, 19);
    let members = group.members.len();
    let choice = |nth: usize| if nth.is_multiple_of(4) { VoteChoice::No } else { VoteChoice::Yes };
    vote(world, group, made.id, (0..members).map(|nth| (nth, choice(nth)))).await?;
    world.at(-3, 9);
    let input =
        DecideProposalInput { decision: "Mulai bulan depan, pertemuan ketiga pada hari Kamis".to_owned() };
    Ok(chair.write(DecideProposal { id: made.id, input }).await?.id)
}

async fn voted_on(world: &World<'_>, group: &Founded) -> Result<()> {
    let opened = world.at(-2, 9);
    let input =
        proposed("Membeli proyektor dari kas", "Yang dipinjam dari sekolah inti sering dipakai.", false);
    let made = as_member(world, group, 1)?.write(CreateProposal { community: group.id, input }).await?;
    let input = until(opened + TimeDelta::days(14), 50);
    acting(world, &group.grant).write(OpenProposalVoting { id: made.id, input }).await?;
    world.at(-2, 20);
    vote(world, group, made.id, [(1, VoteChoice::Yes), (2, VoteChoice::No), (3, VoteChoice::Abstain)]).await
}
