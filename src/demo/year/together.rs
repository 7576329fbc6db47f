//! What members made, watched and read together.

use super::{as_member, day, person};
use crate::{
    community::{
        artefact::{
            attachment,
            input::{
                CreateArtefactInput, ForkArtefactInput, PublishArtefactInput, ReviewArtefactInput,
                ReviseArtefactInput,
            },
            licence::Licence,
            rule::{Alignment, ArtefactKind, Audience, Framework, Verdict},
            view::{ArtefactId, AttachmentId},
            write::{CreateArtefact, ForkArtefact, PublishArtefact, ReviewArtefact, ReviseArtefact},
        },
        book::{
            input::{
                BookChapterInput, BookInput, ChapterScheduleInput, CreateBookReadingInput, MarkChapterInput,
                WriteChapterNoteInput,
            },
            view::BookReadingId,
            write::{CreateBookReading, MarkChapter, StartBookReading, WriteChapterNote},
        },
        observation::{
            input::{
                GiveObservationFeedbackInput, PlanObservationInput, RecordObservationInput,
                ReflectObservationInput,
            },
            instrument::{
                input::CreateObservationInstrumentInput,
                rule::Criterion,
                view::ObservationInstrumentId,
                write::{CreateObservationInstrument, PublishObservationInstrument},
            },
            view::{ObservationId, ObservationRating},
            write::{
                AcceptObservation, GiveObservationFeedback, PlanObservation, RecordObservation,
                ReflectObservation,
            },
        },
    },
    demo::{
        World,
        communities::{Founded, acting},
    },
    directory::school::rule::SchoolLevel,
    foundation::error::Result,
};

/// An assessment that one community wrote and published, with a file, and another carries on.
pub(super) async fn made_and_carried_on(
    world: &World<'_>,
    group: &Founded,
    other: &Founded,
) -> Result<(ArtefactId, AttachmentId)> {
    world.at(-30, 19);
    let author = as_member(world, group, 1)?;
    let input = CreateArtefactInput {
        kind: ArtefactKind::CommonAssessment,
        title: "Asesmen diagnostik numerasi kelas 4".to_owned(),
        summary: Some("Dua puluh soal untuk dua minggu pertama semester.".to_owned()),
        subject: Some("Matematika".to_owned()),
        level: Some(SchoolLevel::Sd),
        licence: Licence::CcBySa,
        activity_id: None,
        body: "# Asesmen diagnostik\n\n1. Berapa 24 × 3?\n2. Jelaskan cara Anda menghitung.\n".to_owned(),
        alignment: vec![Alignment { framework: Framework::Competency, code: "K2.3".to_owned(), note: None }],
    };
    let made = author.write(CreateArtefact { community: group.id, input }).await?;
    let key = "Kunci: 72. Perhatikan strategi, bukan hanya hasil.\n";
    let file = attachment::bring(&author, made.id, "kunci-jawaban.txt", key.into()).await?;
    let input = ReviseArtefactInput {
        body: "# Asesmen diagnostik\n\n1. Berapa 24 × 3?\n2. Jelaskan caramu menghitung.\n".to_owned(),
        alignment: vec![Alignment { framework: Framework::Competency, code: "K2.3".to_owned(), note: None }],
        attachment_ids: vec![file.id],
        note: Some("Bahasa disesuaikan untuk siswa; kunci ditambahkan".to_owned()),
    };
    author.write(ReviseArtefact { id: made.id, input }).await?;
    world.at(-28, 19);
    let input = ReviewArtefactInput {
        number: 2,
        verdict: Verdict::Approved,
        comment: Some("Sudah saya coba di kelas 4A; waktunya cukup.".to_owned()),
    };
    as_member(world, group, 2)?.write(ReviewArtefact { id: made.id, input }).await?;
    let input = PublishArtefactInput { audience: Audience::Everyone };
    acting(world, &group.grant).write(PublishArtefact { id: made.id, input }).await?;
    world.at(-20, 19);
    let input = ForkArtefactInput { community_id: other.id, title: None, licence: None };
    acting(world, &other.grant).write(ForkArtefact { id: made.id, input }).await?;
    Ok((made.id, file.id))
}

/// A lesson of one member that another watched; what they say of it is theirs.
pub(super) async fn watched(
    world: &World<'_>,
    group: &Founded,
) -> Result<(ObservationInstrumentId, ObservationId)> {
    world.at(-50, 10);
    let criterion = |code: &str, text: &str, look: &str, levels: [&str; 3]| Criterion {
        code: code.to_owned(),
        text: text.to_owned(),
        look: look.to_owned(),
        levels: levels.map(str::to_owned).into(),
    };
    let input = CreateObservationInstrumentInput {
        community_id: None,
        code: Some("BERTANYA".to_owned()),
        supersedes_id: None,
        title: "Siapa yang bertanya di kelas".to_owned(),
        description: Some("Dipakai bersama sebelum dan sesudah pembelajaran.".to_owned()),
        criteria: vec![
            criterion(
                "TANYA",
                "Siswa mengajukan pertanyaan",
                "Tanpa diminta guru.",
                ["Belum tampak", "Beberapa siswa", "Banyak siswa"],
            ),
            criterion(
                "TUNGGU",
                "Guru memberi waktu berpikir",
                "Lima detik atau lebih.",
                ["Jarang", "Kadang", "Selalu"],
            ),
        ],
    };
    let made = world.ctx.write(CreateObservationInstrument(input)).await?;
    let instrument = world.ctx.write(PublishObservationInstrument(made.id)).await?.id;
    let (observer, observed) = (as_member(world, group, 1)?, as_member(world, group, 2)?);
    let lesson_at = world.at(-40, 8);
    world.at(-45, 18);
    let input = PlanObservationInput {
        observer_id: person(group, 1)?,
        observed_id: person(group, 2)?,
        focus: "Apakah siswa di belakang ikut bertanya?".to_owned(),
        lesson_at,
        subject: "Matematika".to_owned(),
        grade: "Kelas 4".to_owned(),
        school_id: None,
        instrument_id: Some(instrument),
        activity_id: None,
    };
    let planned = observed.write(PlanObservation { community: group.id, input }).await?;
    observer.write(AcceptObservation(planned.id)).await?;
    world.at(-40, 11);
    let seen = |criterion: &str, level| ObservationRating { criterion: criterion.to_owned(), level };
    let evidence = "Tiga siswa di belakang bertanya setelah guru menunggu beberapa detik.".to_owned();
    let input = RecordObservationInput { evidence, ratings: vec![seen("TANYA", 2), seen("TUNGGU", 3)] };
    observer.write(RecordObservation { id: planned.id, input }).await?;
    let feedback = "Waktu tunggu Anda mengubah siapa yang berani bertanya.".to_owned();
    let input = GiveObservationFeedbackInput { feedback };
    observer.write(GiveObservationFeedback { id: planned.id, input }).await?;
    world.at(-39, 20);
    let reflection = "Saya ingin mencoba hal yang sama di pelajaran lain.".to_owned();
    let input = ReflectObservationInput { reflection };
    observed.write(ReflectObservation { id: planned.id, input }).await?;
    Ok((instrument, planned.id))
}

/// A book read chapter by chapter.
pub(super) async fn read_together(world: &World<'_>, group: &Founded) -> Result<BookReadingId> {
    world.at(-25, 19);
    let chapter = |number, title: &str| BookChapterInput { number, title: title.to_owned(), pages: None };
    let input = CreateBookReadingInput {
        book: BookInput {
            title: "Pendidikan yang Memerdekakan".to_owned(),
            authors: vec!["Ki Hadjar Dewantara".to_owned()],
            isbn: None,
            publisher: None,
            year: None,
            chapters: vec![
                chapter(1, "Dasar pendidikan"),
                chapter(2, "Budi pekerti"),
                chapter(3, "Permainan anak"),
            ],
        },
        schedule: vec![ChapterScheduleInput {
            chapter: 1,
            due_on: Some(day("2026-11-14")?),
            leader_id: Some(person(group, 1)?),
            activity_id: None,
        }],
    };
    let chair = acting(world, &group.grant);
    let made = chair.write(CreateBookReading { community: group.id, input }).await?;
    chair.write(StartBookReading(made.id)).await?;
    world.at(-10, 20);
    for nth in 1..=3 {
        let member = as_member(world, group, nth)?;
        member.write(MarkChapter { id: made.id, input: MarkChapterInput { chapter: 1, read: true } }).await?;
    }
    let text = "Menuntun tumbuhnya kodrat anak: apa artinya di kelas yang penuh?".to_owned();
    let input = WriteChapterNoteInput { chapter: 1, text };
    as_member(world, group, 1)?.write(WriteChapterNote { id: made.id, input }).await?;
    Ok(made.id)
}
