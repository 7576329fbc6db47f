//! What communities set out to improve: one item from the problem to the result, others on their way.

use chrono::Days;
use entity::activity;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{as_member, person};
use crate::{
    access::context::Ctx,
    community::{
        artefact::view::ArtefactId,
        improvement::{
            input::{
                AgreeImprovementInput, CloseImprovementInput, CreateImprovementInput, DropImprovementInput,
                LinkImprovementInput, NoteImprovementInput, ReviewImprovementInput,
            },
            measure::{MeasureDirection, MeasureUnit},
            view::ImprovementId,
            write::{
                AgreeImprovement, CloseImprovement, CreateImprovement, DropImprovement, LinkImprovement,
                NoteImprovement, ReviewImprovement, StartImprovement,
            },
        },
    },
    demo::{
        World,
        communities::{Founded, acting},
    },
    foundation::error::Result,
};

/// How an item is measured: what, in what, which way, the value before, the value aimed at.
type Measured<'a> = (&'a str, MeasureUnit, MeasureDirection, &'a str, &'a str);

/// Lives through all of them; answers the one that is closed.
pub(super) async fn improved(
    world: &World<'_>,
    group: &Founded,
    other: &Founded,
    artefact: ArtefactId,
) -> Result<ImprovementId> {
    use MeasureDirection::{Higher, Lower};
    use MeasureUnit::{Count, Minutes, Percent};
    let closed = to_the_end(world, group, artefact).await?;
    let chair = acting(world, &group.grant);
    let measured = ("Siswa yang terlambat seminggu", Count, Lower, "24", "10");
    let late = written(world, (&chair, group, -40), "Kedatangan pagi", measured).await?;
    agreed(world, (&chair, group, -38), late, 2, 30).await?;
    chair.write(StartImprovement(late)).await?;
    let measured = ("Menit membaca bersama seminggu", Minutes, Higher, "40", "90");
    let reading = written(world, (&chair, group, -15), "Membaca nyaring di kelas awal", measured).await?;
    agreed(world, (&chair, group, -14), reading, 3, 10).await?;
    let measured = ("Guru yang memakai asesmen diagnostik", Percent, Higher, "35", "80");
    written(world, (&chair, group, -6), "Asesmen diagnostik sebelum mengajar", measured).await?;
    let chair = acting(world, &other.grant);
    let measured = ("Siswa yang tuntas", Percent, Higher, "58.5", "75");
    let dropped = written(world, (&chair, other, -8), "Pecahan di kelas 5", measured).await?;
    let reason = "Digabung dengan pokok kelompok kabupaten.".to_owned();
    chair.write(DropImprovement { id: dropped, input: DropImprovementInput { reason } }).await?;
    world.at(-1, 9);
    Ok(closed)
}

/// From the problem to the result.
async fn to_the_end(world: &World<'_>, group: &Founded, artefact: ArtefactId) -> Result<ImprovementId> {
    let chair = acting(world, &group.grant);
    let measured = ("Siswa yang tuntas", MeasureUnit::Percent, MeasureDirection::Higher, "42.5", "70");
    let id = written(world, (&chair, group, -62), "Pemahaman pecahan di kelas 4", measured).await?;
    agreed(world, (&chair, group, -61), id, 1, 57).await?;
    chair.write(StartImprovement(id)).await?;
    let held = activity::Entity::find()
        .filter(activity::Column::CommunityId.eq(group.id.uuid()))
        .filter(activity::Column::Status.is_in(["reported", "credited"]))
        .order_by_asc(activity::Column::StartsAt)
        .limit(3)
        .all(world.ctx.db())
        .await?;
    world.at(-20, 20);
    for row in held {
        let input = LinkImprovementInput { activity_id: Some(row.id.into()), artefact_id: None };
        chair.write(LinkImprovement { id, input }).await?;
    }
    let input = LinkImprovementInput { activity_id: None, artefact_id: Some(artefact) };
    chair.write(LinkImprovement { id, input }).await?;
    let owner = as_member(world, group, 1)?;
    let progress = "Tiga sekolah sudah mencoba; soalnya dibagikan sebagai karya bersama.".to_owned();
    owner.write(NoteImprovement { id, input: NoteImprovementInput { progress } }).await?;
    let after_on = world.at(-5, 19).date_naive();
    let review = "Benda konkret membantu; waktu di kelas 4 perlu ditambah.".to_owned();
    let input = ReviewImprovementInput { after: "71".to_owned(), after_on, review };
    owner.write(ReviewImprovement { id, input }).await?;
    world.at(-3, 19);
    let note = Some("Dilanjutkan sebagai kebiasaan kelompok.".to_owned());
    chair.write(CloseImprovement { id, input: CloseImprovementInput { note } }).await?;
    Ok(id)
}

/// An item, written down so many days from today.
async fn written(
    world: &World<'_>,
    (chair, group, day): (&Ctx, &Founded, i64),
    title: &str,
    (measure, unit, direction, baseline, target): Measured<'_>,
) -> Result<ImprovementId> {
    let baseline_on = world.at(day, 19).date_naive();
    let input = CreateImprovementInput {
        title: title.to_owned(),
        problem: "Hasilnya belum seperti yang kami harapkan bersama.".to_owned(),
        evidence: "Catatan enam sekolah yang dibahas di pertemuan.".to_owned(),
        evidence_url: None,
        measure: measure.to_owned(),
        unit,
        direction,
        baseline: baseline.to_owned(),
        baseline_on,
        target: target.to_owned(),
    };
    Ok(chair.write(CreateImprovement { community: group.id, input }).await?.id)
}

/// A strategy, with the member who looks after it and so many days of time.
async fn agreed(
    world: &World<'_>,
    (chair, group, day): (&Ctx, &Founded, i64),
    id: ImprovementId,
    owner: usize,
    days: u64,
) -> Result<()> {
    let due_on = world.at(day, 19).date_naive() + Days::new(days);
    let strategy = "Mencoba satu hal di kelas masing-masing, lalu membandingkan hasilnya.".to_owned();
    let input = AgreeImprovementInput { strategy, owner_id: person(group, owner)?, due_on };
    chair.write(AgreeImprovement { id, input }).await?;
    Ok(())
}
