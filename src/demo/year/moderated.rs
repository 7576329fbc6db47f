//! What was hidden, what its authors said against it, and a report that was right about nothing.

use super::{as_member, voice::Spoken};
use crate::{
    access::grant::Grant,
    community::{
        discussion::{
            input::{CreateCommentInput, HideCommentInput},
            rule::HiddenCode,
            write::{CreateComment, HideComment},
        },
        moderation::{
            input::{AppealInput, DecideAppealInput, DismissReportInput, ReportInput},
            state::AppealOutcome,
            view::{AppealId, ReportId},
            write::{AppealComment, DecideAppeal, DismissReport, ReportComment},
        },
    },
    demo::{
        World,
        communities::{Founded, acting},
    },
    foundation::error::Result,
};

/// Two appeals, one of which was upheld, and a report that the chair dismissed.
pub(super) async fn moderated(
    world: &World<'_>,
    group: &Founded,
    spoken: &Spoken,
) -> Result<(AppealId, ReportId)> {
    let chair = acting(world, &group.grant);
    let moderator = acting(world, &Grant::moderator("32"));
    let appeal = |words: &str| AppealInput { words: words.to_owned() };
    world.at(-1, 12);
    let input = appeal("Saya hanya ingin membantu rekan yang mencari laptop.");
    let advertising = as_member(world, group, 3)?.write(AppealComment { id: spoken.hidden, input }).await?.id;
    let body = "Di bab tiga, Bu Ratna menegur murid yang datang terlambat.".to_owned();
    let input = CreateCommentInput { about: None, parent_id: None, body, mentions: Vec::new() };
    let quoted = as_member(world, group, 2)?.write(CreateComment { community: group.id, input }).await?.id;
    world.at(-1, 13);
    let reason = "Menyebut nama guru".to_owned();
    chair
        .write(HideComment { id: quoted, input: HideCommentInput { code: HiddenCode::Privacy, reason } })
        .await?;
    world.at(-1, 14);
    let input = appeal("Bu Ratna adalah tokoh buku yang kita baca.");
    let about_book = as_member(world, group, 2)?.write(AppealComment { id: quoted, input }).await?.id;
    world.at(-1, 15);
    for (id, outcome, reason) in [
        (advertising, AppealOutcome::Dismissed, "Tawaran berjualan tetap tidak pada tempatnya"),
        (about_book, AppealOutcome::Upheld, "Tokoh buku bukan seorang rekan"),
    ] {
        let input = DecideAppealInput { outcome, reason: reason.to_owned() };
        moderator.write(DecideAppeal { id, input }).await?;
    }
    let input = ReportInput { code: HiddenCode::OffTopic, words: None };
    let report = as_member(world, group, 3)?.write(ReportComment { id: spoken.comment, input }).await?.id;
    world.at(-1, 16);
    let input = DismissReportInput { reason: "Pertanyaannya tentang pertemuan kita".to_owned() };
    chair.write(DismissReport { id: report, input }).await?;
    Ok((about_book, report))
}
