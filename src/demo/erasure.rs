//! Somebody who asks to be erased.

use super::World;
use crate::{
    directory::person::{
        rule::{Employment, PersonKind},
        write::{CreatePerson, CreatePersonInput},
    },
    foundation::error::Result,
    privacy::erasure::{input::RequestErasureInput, view::ErasureId, write::RequestErasure},
};

/// Registers a teacher who left, and asks for them.
pub(super) async fn asked(world: &World<'_>) -> Result<ErasureId> {
    world.at(-1, 10);
    let input = CreatePersonInput {
        kind: PersonKind::Teacher,
        name: "Wahyu Purnama".to_owned(),
        employment: Employment::Honorary,
        nuptk: None,
        nip: None,
        nik: None,
        sex: None,
        birth_date: None,
        subject: None,
        school_id: None,
        region_code: Some("32".to_owned()),
        phone: None,
        email: None,
    };
    let left = world.ctx.write(CreatePerson(input)).await?;
    let reason = Some("Permintaan tertulis: sudah tidak mengajar.".to_owned());
    let input = RequestErasureInput { person_id: Some(left.id), reason };
    Ok(world.ctx.write(RequestErasure(input)).await?.id)
}
