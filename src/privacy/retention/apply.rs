//! The job of the schedule: does what no other job does. Each step is one transaction over a few rows, that asks again what
//! is due, so that several nodes may do it at once, and a run that was cut short is done by the next.

use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, ExprTrait,
    sea_query::{Expr, Query},
};

use super::{
    due::Due,
    rule::{Job, RULES, RetentionOutcome, Rule},
};
use crate::{
    access::context::Services,
    foundation::{error::Result, transaction::Tx},
    identity::protocol,
};

/// How many rows one step takes.
const CHUNK: u64 = 500;

/// Does everything of the schedule that no other job does; answers how many rows it went over.
///
/// # Errors
/// When the database cannot; what was done until then is done, and the next run goes on.
pub async fn run_once(services: &Arc<Services>) -> Result<u64> {
    let mut all = 0;
    for rule in RULES.iter().filter(|rule| rule.job == Job::Retention) {
        loop {
            let gone = protocol::write(services, "retention.apply", "worker", "internal", move |tx| {
                Box::pin(step(tx, rule))
            });
            match gone.await? {
                0 => break,
                some => all += some,
            }
        }
    }
    Ok(all)
}

async fn step(tx: &Tx, rule: &Rule) -> Result<u64> {
    let Some(due) = Due::by(rule, tx.now()) else { return Ok(0) };
    let Some(when) = due.reach(tx.db(), CHUNK).await? else { return Ok(0) };
    let done = match rule.outcome {
        RetentionOutcome::Delete => {
            let delete = Query::delete().from_table(rule.table).cond_where(when).to_owned();
            tx.db().execute(&delete).await?
        }
        RetentionOutcome::Blank => {
            let mut update = Query::update();
            update.table(rule.table).cond_where(when);
            // What was read before is another state than this.
            update.value("version", Expr::col("version").add(1)).value("updated_at", tx.now());
            for column in rule.columns {
                update.value(*column, blank(rule.table));
            }
            tx.db().execute(&update).await?
        }
        RetentionOutcome::Keep => return Ok(0),
    };
    Ok(done.rows_affected())
}

/// What stands in a column that is blank: nothing, or an empty text where there must be one.
fn blank(table: &str) -> Expr {
    if table == "appeal" { Expr::value("") } else { Expr::value(None::<String>) }
}
