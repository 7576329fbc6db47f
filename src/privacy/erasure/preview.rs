//! What an erasure would do, before anybody decides: it is done in a transaction that is undone, so that what is told
//! is what will happen. Nothing changes, and nothing is left in the trail.

use std::sync::{Arc, Mutex, PoisonError};

use entity::erasure::Column;
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::{
    deed::{self, Outcome},
    hindrance, rule, view,
    view::{ErasedRows, ErasureHindrance, ErasureId, ErasurePreview, KeptRows},
    write::{hold, place, require_there},
};
use crate::{
    access::{
        action::Action,
        context::{Command, Ctx, Work},
        scope,
    },
    foundation::{
        error::{Error, Fault, Result},
        language::{self, Language},
    },
};

/// What was seen before it was undone.
struct Seen {
    person: Uuid,
    hindrances: Vec<Fault>,
    outcome: Outcome,
}

/// The error with which the transaction ends that is not to be kept.
const UNDONE: &str = "erasure_previewed";

struct PreviewErasure {
    id: ErasureId,
    seen: Arc<Mutex<Option<Seen>>>,
}

impl Command for PreviewErasure {
    type Output = ();
    const ACTION: Action = Action::ErasurePreview;

    async fn run(&self, work: &Work<'_>) -> Result<()> {
        let (row, found) = hold(work, self.id).await?;
        let permit = work.permit(Self::ACTION, &place(&found))?;
        view::status(&row)?.require_open()?;
        require_there(work, &found).await?;
        let records = deed::records(work, &found).await?;
        let hindrances = hindrance::of(work, &records).await?;
        let outcome = deed::erase(work, &permit, &found, &records).await?;
        let seen = Seen { person: found.id, hindrances, outcome };
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
        Err(Error::conflict(UNDONE))
    }
}

/// What the erasure would do now.
///
/// # Errors
/// `not_found`; `forbidden`; that it was decided already, or that the person is none any more.
pub async fn of(ctx: &Ctx, id: ErasureId) -> Result<ErasurePreview> {
    // Whoever does not reach it opens no transaction for it.
    let seen = scope::erasures(&ctx.actor)?.filter(Column::Id.eq(id.uuid()));
    seen.one(ctx.db()).await?.ok_or(Error::NotFound("erasure"))?;
    let slot = Arc::new(Mutex::new(None));
    let mut plain = ctx.clone();
    (plain.idempotency, plain.expected) = (None, None);
    match plain.write(PreviewErasure { id, seen: slot.clone() }).await {
        Err(Error::Conflict(fault)) if fault.code == UNDONE => {}
        Err(other) => return Err(other),
        Ok(()) => return Err(Error::internal("preview an erasure", "it was not undone")),
    }
    let seen = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
    let seen = seen.ok_or_else(|| Error::internal("preview an erasure", "nothing was seen"))?;
    Ok(shown(id, seen, ctx.language))
}

fn shown(id: ErasureId, seen: Seen, language: Language) -> ErasurePreview {
    let number = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
    let hindrance = |fault: &Fault| ErasureHindrance {
        code: fault.code.to_owned(),
        detail: language::of_fault(language, fault),
    };
    let erased = seen.outcome.erased.into_iter();
    let kept = seen.outcome.kept.into_iter();
    let why = |what: rule::ErasureKept| {
        language::of_code(language, &format!("erasure_keeps_{}", what.as_str()), &[])
    };
    ErasurePreview {
        erasure_id: id,
        person_id: seen.person.into(),
        hindrances: seen.hindrances.iter().map(hindrance).collect(),
        erased: erased
            .map(|(place, rows)| ErasedRows { place: place.to_owned(), rows: number(rows) })
            .collect(),
        kept: kept.map(|(what, rows)| KeptRows { what, rows: number(rows), why: why(what) }).collect(),
    }
}
