//! What is taught, and who has shown that they can teach it.

use std::collections::BTreeMap;

use super::{
    Maker,
    plans::{Curriculum, DRAFT, PROGRAMS, RETIRED},
};
use crate::{
    demo::places::Places,
    directory::resource_person::{
        decide::{CompetenceReasonInput, RefuseCompetence, VerifyCompetence},
        view::{Competence, ResourcePersonId},
        write::{ClaimCompetence, ClaimCompetenceInput},
    },
    foundation::{
        error::{Error, Result},
        id::Id,
    },
    training::program::{
        input::CreateProgramInput,
        view::{Program, ProgramId},
        write::{ArchiveProgram, CreateProgram, PublishProgram},
    },
};

impl Maker<'_> {
    /// The published ones by code; beside them one that is still a draft and one that is no longer offered.
    pub(super) async fn programs(&mut self, places: &Places) -> Result<BTreeMap<&'static str, Program>> {
        let mut made = BTreeMap::new();
        for curriculum in &PROGRAMS {
            let program = self.program(curriculum, places).await?;
            made.insert(curriculum.0, self.world.ctx.write(PublishProgram { id: program.id }).await?);
            self.competences(program.id).await?;
        }
        made.insert(DRAFT.0, self.program(&DRAFT, places).await?);
        let retired = self.program(&RETIRED, places).await?;
        self.world.ctx.write(PublishProgram { id: retired.id }).await?;
        made.insert(RETIRED.0, self.world.ctx.write(ArchiveProgram { id: retired.id }).await?);
        Ok(made)
    }

    async fn program(&self, curriculum: &Curriculum, places: &Places) -> Result<Program> {
        let (code, provider, title, form, hours_jp, minimum_score) = *curriculum;
        let provider =
            places.organisations.get(provider).ok_or_else(|| Error::internal("the demo", provider))?;
        let input = CreateProgramInput {
            provider_id: provider.id,
            code: code.to_owned(),
            title: title.to_owned(),
            description: Some("Peserta belajar langsung dari narasumber, mencoba di kelas sendiri, lalu membahas hasilnya bersama.".to_owned()),
            form,
            hours_jp,
            minutes_per_jp: None,
            pro_rata: None,
            attendance_percent: 80,
            minimum_score,
            audience: None,
            competencies: Some(vec!["K1".to_owned(), "K4".to_owned()]),
        };
        self.world.ctx.write(CreateProgram(input)).await
    }

    /// Five of the resource persons show that they can teach the program and are verified; of two more one
    /// is refused and one waits.
    async fn competences(&mut self, program: ProgramId) -> Result<()> {
        let start = usize::try_from(self.chance.below(5)).unwrap_or_default();
        for (n, teacher) in self.people.resource_persons.iter().cycle().skip(start).take(7).enumerate() {
            let claim = self.claim(teacher.id, program).await?;
            match n {
                5 => {
                    let reason = "Sertifikat yang dilampirkan sudah tidak berlaku.".to_owned();
                    let input = CompetenceReasonInput { reason };
                    self.world.ctx.write(RefuseCompetence { id: claim.id, input }).await?;
                }
                6 => {}
                _ => {
                    self.world.ctx.write(VerifyCompetence(claim.id)).await?;
                }
            }
        }
        Ok(())
    }

    async fn claim(&self, teacher: ResourcePersonId, program: ProgramId) -> Result<Competence> {
        let input = ClaimCompetenceInput {
            program_id: Id::from(program.uuid()),
            evidence: "Sertifikat pelatih nasional dan lima tahun praktik.".to_owned(),
            evidence_url: None,
        };
        self.world.ctx.write(ClaimCompetence { id: teacher, input }).await
    }
}
