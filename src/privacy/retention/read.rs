//! Looking at the schedule and what is due by it. Nothing is changed by that.

use super::{due::Due, rule::RULES, view::RetentionRule};
use crate::{
    access::{action::Action, actor::Place, context::Ctx},
    foundation::error::Result,
};

/// Every rule, with what is due by it now.
///
/// # Errors
/// `unauthenticated`, `forbidden`; whatever the database answers.
pub async fn list(ctx: &Ctx) -> Result<Vec<RetentionRule>> {
    ctx.actor.permit(Action::RetentionRuleRead, &Place::default())?;
    let (mut rules, now) = (Vec::with_capacity(RULES.len()), ctx.now());
    for rule in RULES {
        let (due, oldest) = match Due::by(rule, now) {
            Some(due) => {
                let (many, oldest) = due.look(ctx.db()).await?;
                (Some(many), oldest)
            }
            None => (None, None),
        };
        rules.push(RetentionRule::of(rule, due, oldest, ctx.language));
    }
    Ok(rules)
}
