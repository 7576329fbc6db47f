//! The national cycle as a scheme, and a certificate that somebody earned with it.

use super::{as_member, day, missing};
use crate::{
    certification::certificate::view::CertificateId,
    community::{
        activity::rule::ActivityKind,
        credit::{
            scheme::{
                input::CreateCreditSchemeInput,
                rule::{CreditComponent, CreditMode},
                view::CreditSchemeId,
                write::{CreateCreditScheme, PublishCreditScheme},
            },
            write::{ClaimCredit, ClaimCreditInput},
        },
    },
    demo::{World, communities::Founded, places::Places},
    directory::organisation::view::OrganisationId,
    foundation::error::Result,
    training::program::{
        input::CreateProgramInput,
        rule::PdForm,
        write::{CreateProgram, PublishProgram},
    },
};

/// The national cycle as a scheme of a program of its own.
pub(super) async fn scheme(world: &World<'_>, places: &Places) -> Result<CreditSchemeId> {
    world.at(-80, 10);
    let provider = places.organisations.get("BBGTK-JABAR").ok_or_else(|| missing("a provider"))?.id;
    let program = world.ctx.write(CreateProgram(work_group_program(provider))).await?;
    world.ctx.write(PublishProgram { id: program.id }).await?;
    let part = |code: &str, title: &str, kinds: Vec<ActivityKind>, required, jp| CreditComponent {
        code: code.to_owned(),
        title: title.to_owned(),
        kinds,
        mode: CreditMode::FaceToFace,
        required,
        jp_each: None,
        jp_total: Some(jp),
        min_minutes_percent: 75,
    };
    use ActivityKind::{CollaborativePlanning, CommonAssessment, Meeting, PeerObservation};
    let tasks = vec![PeerObservation, CommonAssessment, CollaborativePlanning];
    let input = CreateCreditSchemeInput {
        program_id: program.id,
        code: "PKB-KKG".to_owned(),
        supersedes: None,
        description: Some("Lima pertemuan tatap muka dan tiga tugas penerapan dalam satu siklus.".to_owned()),
        components: vec![
            part("IN", "Pertemuan tatap muka", vec![Meeting], 5, 50),
            part("ON", "Tugas penerapan", tasks, 3, 32),
        ],
        cycle_days: 180,
        monthly_cap_jp: None,
        minutes_per_jp: None,
        community_kinds: Vec::new(),
        least_minutes: None,
        effective_from: day("2026-07-01")?,
    };
    let made = world.ctx.write(CreateCreditScheme(input)).await?;
    Ok(world.ctx.write(PublishCreditScheme { id: made.id }).await?.id)
}

fn work_group_program(provider: OrganisationId) -> CreateProgramInput {
    CreateProgramInput {
        provider_id: provider,
        code: "PKB-KKG".to_owned(),
        title: "Pengembangan Keprofesian melalui Kelompok Kerja".to_owned(),
        description: Some("Guru belajar bersama di kelompok kerja dan menerapkannya di kelas.".to_owned()),
        form: PdForm::StudyGroup,
        hours_jp: 82,
        minutes_per_jp: None,
        pro_rata: None,
        attendance_percent: 75,
        minimum_score: None,
        audience: None,
        competencies: Some(vec!["K2".to_owned()]),
    }
}

/// What a member earned with the cycle, as a certificate.
pub(super) async fn earned(
    world: &World<'_>,
    group: &Founded,
    scheme: CreditSchemeId,
) -> Result<CertificateId> {
    world.at(-1, 8);
    let input = ClaimCreditInput { person_id: None, scheme_id: scheme, starts_on: day("2026-09-07")? };
    Ok(as_member(world, group, 1)?.write(ClaimCredit { id: group.id, input }).await?.id)
}
