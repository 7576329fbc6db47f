//! A correction that waits for an answer.

use async_graphql::MaybeUndefined;

use super::{World, communities::acting, trainings::Trainings};
use crate::{
    access::grant::Grant,
    directory::correction::{
        input::{CorrectionChangesInput, RequestCorrectionInput},
        view::CorrectionId,
        write::RequestCorrection,
    },
    foundation::error::{Error, Result},
};

/// Asked for yesterday by the teacher with a certificate.
pub(super) async fn ask(world: &World<'_>, trainings: &Trainings) -> Result<CorrectionId> {
    let teacher = trainings.trained.ok_or_else(|| Error::internal("the demo", "nobody was trained"))?;
    world.at(-1, 14);
    let input = RequestCorrectionInput {
        changes: Some(CorrectionChangesInput {
            subject: MaybeUndefined::Value("Matematika".to_owned()),
            phone: MaybeUndefined::Value("0812-0000-0032".to_owned()),
            ..CorrectionChangesInput::default()
        }),
        words: Some("Mata pelajaran di sertifikat saya juga keliru.".to_owned()),
        reason: "Sesuai SK pembagian tugas mengajar tahun ini.".to_owned(),
    };
    let asking = acting(world, &Grant::teacher(teacher.uuid()));
    Ok(asking.write(RequestCorrection { id: teacher, input }).await?.id)
}
