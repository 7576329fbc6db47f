//! How two groups of a province that have met for two years went on: notes of progress, and their recognition for 2025.

use std::collections::BTreeSet;

use super::{Busy, meeting, missing};
use crate::{
    access::{actor::Actor, context::Ctx, grant::Grant},
    community::{
        activity::rule::ActivityKind,
        recognition::{
            note::{read as notes, view::ProgressNoteId},
            round::{
                entry::{self, AwardEntryFilter},
                input::{ComputeAwardRoundInput, DecideAwardObjectionInput, RaiseAwardObjectionInput},
                state::AwardObjectionOutcome,
                view::{AwardEntryId, AwardObjectionId, AwardRoundId},
                write::{
                    AnnounceAwardRound, ComputeAwardRound, DecideAwardObjection, FinaliseAwardRound,
                    RaiseAwardObjection,
                },
            },
            rule::{Criterion, CriterionCode},
            scheme::{
                input::CreateRecognitionSchemeInput,
                view::RecognitionSchemeId,
                write::{CreateRecognitionScheme, PublishRecognitionScheme},
            },
        },
    },
    demo::{
        World,
        communities::{Founded, acting},
    },
    foundation::{
        error::Result,
        page::{MAX_LIMIT, PageRequest},
    },
    worker::progress,
};

/// One of each.
pub struct Recognised {
    pub scheme: RecognitionSchemeId,
    pub note: ProgressNoteId,
    pub round: AwardRoundId,
    pub entry: AwardEntryId,
    pub objection: AwardObjectionId,
    /// Activities that were held and reported.
    pub reported: usize,
}

/// Lives through it.
pub(super) async fn recognised(world: &World<'_>, groups: &[Founded]) -> Result<Recognised> {
    let called = |name: &str| groups.iter().find(|group| group.name == name).ok_or_else(|| missing(name));
    let (regular, seldom) = (called("MGMP Matematika Jawa Barat")?, called("KKKS Jawa Barat")?);
    let reported = met(world, regular, seldom).await?;
    world.at(-330, 10);
    let scheme = criteria(world).await?;
    let (round, entry, objection) = round(world, regular, seldom).await?;
    world.at(0, 9);
    progress::run_once(&world.ctx.services).await?;
    let page = PageRequest::forward(None, Some(1), MAX_LIMIT)?;
    let latest = notes::list(&world.ctx, regular.id, &page).await?;
    let note = latest.rows.first().map(|(_, note)| note.id).ok_or_else(|| missing("a note of progress"))?;
    Ok(Recognised { scheme, note, round, entry, objection, reported })
}

/// The one group met every month from the beginning of 2025 on, the other three times.
async fn met(world: &World<'_>, regular: &Founded, seldom: &Founded) -> Result<usize> {
    use ActivityKind::{BestPracticeSharing, CollaborativePlanning, Meeting};
    let mut busy: Busy = BTreeSet::new();
    let kinds = [Meeting, CollaborativePlanning, Meeting, BestPracticeSharing];
    let mut reported = 0;
    for (weeks, kind) in (16..=96).rev().step_by(4).zip(kinds.into_iter().cycle()) {
        meeting(world, regular, weeks, kind, &mut busy).await?;
        reported += 1;
    }
    for weeks in [90, 70, 50] {
        meeting(world, seldom, weeks, Meeting, &mut busy).await?;
        reported += 1;
    }
    Ok(reported)
}

async fn criteria(world: &World<'_>) -> Result<RecognitionSchemeId> {
    let asked = |code, least, growth, ceiling| Criterion { code, least, growth, ceiling };
    let input = CreateRecognitionSchemeInput {
        from_year: 2025,
        description:
            "Kelompok dihargai atas kemajuannya sendiri: dua dari empat kriteria. Tidak ada peringkat."
                .to_owned(),
        criteria: vec![
            asked(CriterionCode::Regularity, 50, 5, 75),
            asked(CriterionCode::Breadth, 2, 1, 5),
            asked(CriterionCode::Reuse, 0, 1, 3),
            asked(CriterionCode::Improvement, 1, 0, 2),
        ],
        needed: 2,
    };
    let scheme = world.ctx.write(CreateRecognitionScheme(input)).await?.id;
    world.ctx.write(PublishRecognitionScheme(scheme)).await?;
    Ok(scheme)
}

/// Counted and announced by the officer of the province; the ministry decides what the other group objects to.
async fn round(
    world: &World<'_>,
    regular: &Founded,
    seldom: &Founded,
) -> Result<(AwardRoundId, AwardEntryId, AwardObjectionId)> {
    let region_code = regular.region.clone();
    let grant = Grant::regional_officer(&region_code);
    let subject = format!("dinas-{region_code}");
    let officer = Ctx::internal(world.ctx.services.clone(), Actor::new(subject, vec![grant]));
    world.at(-315, 9);
    let round =
        officer.write(ComputeAwardRound(ComputeAwardRoundInput { region_code, year: 2025 })).await?.id;
    world.at(-314, 9);
    officer.write(AnnounceAwardRound(round)).await?;
    let page = PageRequest::forward(None, None, MAX_LIMIT)?;
    let entries = entry::list(&officer, round, AwardEntryFilter::default(), &page).await?.rows;
    let of = |group: &Founded| {
        let found = entries.iter().find(|(_, entry)| entry.community_id == group.id);
        found.map(|(_, entry)| entry.id).ok_or_else(|| missing("an entry"))
    };
    let (entry, other) = (of(regular)?, of(seldom)?);
    world.at(-310, 15);
    let reason = "Pertemuan kami di sekolah kecil belum tercatat.".to_owned();
    let raise = RaiseAwardObjection { entry: other, input: RaiseAwardObjectionInput { reason } };
    let objection = acting(world, &seldom.grant).write(raise).await?.id;
    world.at(-305, 11);
    let answer =
        "Hitungannya diulang: tiga pertemuan terlapor. Laporan baru dihitung tahun depan.".to_owned();
    let input = DecideAwardObjectionInput { outcome: AwardObjectionOutcome::Dismissed, answer };
    world.ctx.write(DecideAwardObjection { id: objection, input }).await?;
    world.at(-299, 9);
    officer.write(FinaliseAwardRound(round)).await?;
    Ok((round, entry, objection))
}
