//! A breach that never was: the exercise (latihan) of the year, so that there is one to look at.

use chrono::TimeDelta;

use super::World;
use crate::{
    foundation::error::Result,
    privacy::breach::{
        input::{
            CloseBreachInput, ContainBreachInput, NotifyBreachAuthorityInput, NotifyBreachPersonsInput,
            RecordBreachInput,
        },
        rule::{BreachCause, BreachChannel, BreachDataClass},
        view::BreachId,
        write::{CloseBreach, ContainBreach, NotifyBreachAuthority, NotifyBreachPersons, RecordBreach},
    },
};

/// Records it and goes through it to its end, two weeks ago.
pub(super) async fn exercise(world: &World<'_>) -> Result<BreachId> {
    let found_out = world.at(-14, 9);
    world.at(-12, 9);
    let after = |hours| found_out + TimeDelta::hours(hours);
    let input = RecordBreachInput {
        title: "Latihan: laptop dinas hilang".to_owned(),
        what_happened: "Latihan. Laptop berisi salinan daftar peserta pelatihan dianggap hilang di kereta."
            .to_owned(),
        discovered_at: found_out,
        occurred_from: Some(after(-20)),
        occurred_until: Some(after(3)),
        data_classes: vec![BreachDataClass::Identity, BreachDataClass::Contact],
        cause: BreachCause::LostDevice,
        persons_estimated: 120,
        region_codes: Some(vec!["32.73".to_owned()]),
        consequences: Some("Nomor telepon dapat dipakai untuk penipuan.".to_owned()),
        measures: Some("Kunci akses perangkat dicabut dari jauh; isinya tersandi.".to_owned()),
        contact: Some("Pejabat Pelindungan Data Pribadi, pdp@contoh.go.id".to_owned()),
    };
    let id = world.ctx.write(RecordBreach(input)).await?.id;
    let input = ContainBreachInput { contained_at: after(3) };
    world.ctx.write(ContainBreach { id, input }).await?;
    let input = NotifyBreachAuthorityInput {
        not_needed_because: Some("Latihan.".to_owned()),
        ..NotifyBreachAuthorityInput::default()
    };
    world.ctx.write(NotifyBreachAuthority { id, input }).await?;
    let input = NotifyBreachPersonsInput {
        notified_at: Some(after(30)),
        channel: Some(BreachChannel::Email),
        persons: Some(120),
        not_needed_because: None,
    };
    world.ctx.write(NotifyBreachPersons { id, input }).await?;
    let lessons =
        "Daftar peserta tidak lagi disimpan di perangkat; latihan diulang setahun sekali.".to_owned();
    world.ctx.write(CloseBreach { id, input: CloseBreachInput { lessons } }).await?;
    Ok(id)
}
