//! What is particular to what the first community did: a practice told, pupils who showed, articles read, one colleague
//! accompanied by another.

use chrono::TimeDelta;

use super::{as_member, person};
use crate::{
    community::{
        activity::{
            detail::{
                input::{BestPracticeInput, DescribeActivityInput, StudentLedIctInput},
                write::DescribeActivity,
            },
            input::CreateActivityInput,
            rule::{ActivityKind, MeetingMode},
            view::ActivityId,
            write::{CreateActivity, HoldActivity},
        },
        article::{
            input::{MarkArticleInput, ShareArticleInput},
            view::ArticleId,
            write::{MarkArticle, PinArticle, ShareArticle},
        },
        coaching::{input::RecordCoachingInput, write::RecordCoaching},
    },
    demo::{
        World,
        communities::{Founded, acting},
    },
    foundation::error::Result,
};

/// Holds one activity of each of these kinds; answers the article that is pinned.
pub(super) async fn particular(world: &World<'_>, group: &Founded) -> Result<ArticleId> {
    practice(world, group).await?;
    pupils(world, group).await?;
    coached(world, group).await?;
    articles(world, group).await
}

/// One that took place on this day in the afternoon.
async fn held(
    world: &World<'_>,
    group: &Founded,
    day: i64,
    kind: ActivityKind,
    title: &str,
) -> Result<ActivityId> {
    let starts_at = world.at(day, 14);
    world.at(day - 3, 16);
    let chair = acting(world, &group.grant);
    let input = CreateActivityInput {
        despite_clashes: None,
        kind,
        title: title.to_owned(),
        description: None,
        starts_at,
        ends_at: starts_at + TimeDelta::minutes(90),
        timezone: None,
        place: Some("Ruang guru sekolah inti".to_owned()),
        mode: MeetingMode::FaceToFace,
    };
    let planned = chair.write(CreateActivity { community: group.id, input }).await?;
    world.at(day, 16);
    chair.write(HoldActivity(planned.id)).await?;
    Ok(planned.id)
}

async fn practice(world: &World<'_>, group: &Founded) -> Result<()> {
    let id = held(world, group, -18, ActivityKind::BestPracticeSharing, "Berbagi praktik baik").await?;
    let input = BestPracticeInput {
        title: "Pojok tanya di awal pelajaran".to_owned(),
        context: "Kelas 4, Matematika".to_owned(),
        problem: "Hanya beberapa murid yang berani bertanya.".to_owned(),
        done: "Setiap murid menulis satu pertanyaan sebelum pelajaran dimulai.".to_owned(),
        changed: "Pertanyaan datang dari separuh kelas, dan pelajaran berangkat dari sana.".to_owned(),
        presenter_ids: vec![person(group, 1)?],
        artefact_id: None,
    };
    let input = DescribeActivityInput { best_practice: Some(input), ..DescribeActivityInput::default() };
    acting(world, &group.grant).write(DescribeActivity { id, input }).await?;
    Ok(())
}

async fn pupils(world: &World<'_>, group: &Founded) -> Result<()> {
    let id = held(world, group, -13, ActivityKind::StudentLedIct, "Murid mengajari guru").await?;
    let input = StudentLedIctInput {
        topic: "Membuat kuis daring".to_owned(),
        tool: "Papan tulis digital".to_owned(),
        grade: "Kelas 6".to_owned(),
        pupils: 4,
        supervisor_id: person(group, 2)?,
    };
    let input = DescribeActivityInput { student_led_ict: Some(input), ..DescribeActivityInput::default() };
    acting(world, &group.grant).write(DescribeActivity { id, input }).await?;
    Ok(())
}

async fn coached(world: &World<'_>, group: &Founded) -> Result<()> {
    let id = held(world, group, -11, ActivityKind::Coaching, "Pendampingan").await?;
    let input = RecordCoachingInput {
        coach_id: person(group, 1)?,
        coachee_id: person(group, 2)?,
        focus: "Memberi umpan balik yang memandu".to_owned(),
        next_steps: Some("Mencoba dua pertanyaan pemantik, lalu bertemu lagi.".to_owned()),
    };
    as_member(world, group, 1)?.write(RecordCoaching { id, input }).await?;
    Ok(())
}

async fn articles(world: &World<'_>, group: &Founded) -> Result<ArticleId> {
    let id = held(world, group, -6, ActivityKind::ArticleSharing, "Membaca bersama").await?;
    let share = |title: &str, slug: &str, why: &str| ShareArticle {
        id,
        input: ShareArticleInput {
            title: title.to_owned(),
            authors: vec!["Rahmat Hidayat".to_owned()],
            url: Some(format!("https://contoh.id/{slug}")),
            doi: None,
            why: why.to_owned(),
        },
    };
    let first = share(
        "Umpan balik yang memandu",
        "umpan-balik",
        "Menjelaskan kapan pujian justru menghentikan belajar.",
    );
    let made = as_member(world, group, 1)?.write(first).await?;
    let second =
        share("Bertanya lebih sedikit", "bertanya", "Satu pertanyaan yang tepat cukup untuk satu pelajaran.");
    as_member(world, group, 2)?.write(second).await?;
    acting(world, &group.grant).write(PinArticle(made.id)).await?;
    for nth in [2, 3] {
        let input = MarkArticleInput { read: true };
        as_member(world, group, nth)?.write(MarkArticle { id: made.id, input }).await?;
    }
    Ok(made.id)
}
