//! What is due now by each rule: which rows, and by which column their turn comes. Looking counts them, the job takes them
//! from the oldest on; both ask the same.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    Condition, ConnectionTrait, ExprTrait, Order, QueryResult, Value,
    sea_query::{Expr, Func, IntoCondition, Query, SelectStatement},
};

use super::rule::{RetentionCode, Rule};
use crate::{
    foundation::error::{Error, Result},
    identity::client::leftover,
};

/// What the column holds by which the turn of rows comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Instant,
    Day,
    /// Microseconds since 1970.
    Micros,
    /// A number that is no moment; the statement answers which moment the oldest row is of.
    Number,
}

/// The rows that are due.
pub(super) struct Due {
    table: &'static str,
    column: &'static str,
    turn: Turn,
    when: Condition,
    /// Where many rows have one turn: the key by which a step is bounded.
    key: Option<&'static str>,
    /// Where the column says no moment: since when the oldest is there.
    oldest: Option<SelectStatement>,
}

/// How many are due, and of which moment the oldest is.
pub(super) type Found = (i64, Option<DateTime<Utc>>);

fn col(name: &'static str) -> Expr {
    Expr::col(name)
}

fn decided(column: &'static str, cutoff: DateTime<Utc>, text: &'static str) -> Condition {
    Condition::all().add(col(column).lt(cutoff)).add(col(text).is_not_null()).add(col(text).ne(""))
}

impl Due {
    fn new(rule: &Rule, column: &'static str, turn: Turn, when: Condition) -> Self {
        Self { table: rule.table, column, turn, when, key: None, oldest: None }
    }

    /// What is due by a rule at `now`; none where it stays, or is in no table.
    pub(super) fn by(rule: &Rule, now: DateTime<Utc>) -> Option<Self> {
        let cutoff = now - rule.period?;
        let until = |column: &'static str| {
            Self::new(rule, column, Turn::Instant, col(column).lte(cutoff).into_condition())
        };
        let before = |column: &'static str| {
            Self::new(rule, column, Turn::Instant, col(column).lt(cutoff).into_condition())
        };
        let words = |column: &'static str, text: &'static str, closed: Condition| {
            Self::new(rule, column, Turn::Instant, decided(column, cutoff, text).add(closed))
        };
        let by_day =
            || Self::new(rule, "day", Turn::Day, col("day").lt(cutoff.date_naive()).into_condition());
        let not_in = |those: &[&'static str]| col("status").is_not_in(those.iter().copied()).into_condition();
        Some(match rule.code {
            RetentionCode::IdempotencyAnswers => before("created_at"),
            RetentionCode::MailTexts => until("expires_at").and(col("sealed").is_not_null()),
            RetentionCode::Mails => before("created_at").and(col("sealed").is_null()),
            RetentionCode::SignInAttempts => before("until").and(col("begun_at").lt(cutoff)),
            RetentionCode::UpstreamSignIns | RetentionCode::BrowserSessions | RetentionCode::AccountLinks => {
                before("expires_at")
            }
            RetentionCode::AuthorizationCodes
            | RetentionCode::RevokedTokens
            | RetentionCode::UsedProofs
            | RetentionCode::TokenFamilies => until("expires_at"),
            RetentionCode::ReleasedFiles => before("released_at"),
            RetentionCode::RateWindows => Self::new(
                rule,
                "tat",
                Turn::Micros,
                col("tat").lt(cutoff.timestamp_micros()).into_condition(),
            ),
            RetentionCode::UnusedClients => Self { when: leftover::due(now), ..before("updated_at") },
            RetentionCode::Breaches => before("status_since").and(col("status").eq("closed")),
            RetentionCode::ClientUses => by_day(),
            // A day may be of millions.
            RetentionCode::DataAccesses => Self { key: Some("id"), ..by_day() },
            RetentionCode::ErasureReasons => {
                before("decided_at").and(col("reason").is_not_null().or(col("decision_reason").is_not_null()))
            }
            RetentionCode::CorrectionReasons => words("decided_at", "decision_reason", Condition::all()),
            RetentionCode::ImportFindings => findings(rule, cutoff),
            RetentionCode::ReportWords => words("closed_at", "words", not_in(&["open"])),
            RetentionCode::AppealWords => words("updated_at", "words", not_in(&["open"])),
            RetentionCode::MembershipMessages => {
                words("updated_at", "message", not_in(&["requested", "invited"]))
            }
            RetentionCode::EnrolmentReasons => {
                words("decided_at", "reason", col("status").is_in(["rejected", "withdrawn"]).into_condition())
            }
            RetentionCode::AuditValues => values(rule, cutoff),
            RetentionCode::ImportFiles
            | RetentionCode::AuditEntries
            | RetentionCode::Events
            | RetentionCode::Certificates
            | RetentionCode::Persons => return None,
        })
    }

    fn and(self, more: Expr) -> Self {
        Self { when: self.when.add(more), ..self }
    }

    /// How many there are, and how old the oldest is. Changes nothing.
    pub(super) async fn look(&self, db: &impl ConnectionTrait) -> Result<Found> {
        let mut query = Query::select();
        query.expr_as(Func::count(col(self.column)), "many").expr_as(Func::min(col(self.column)), "first");
        query.from(self.table).cond_where(self.when.clone());
        let row =
            db.query_one(&query).await?.ok_or_else(|| Error::internal("count what is due", self.table))?;
        let many: i64 = row.try_get("", "many")?;
        if many == 0 {
            return Ok((0, None));
        }
        let oldest = match (self.turn, &self.oldest) {
            (Turn::Instant, _) => row.try_get("", "first")?,
            (Turn::Micros, _) => DateTime::from_timestamp_micros(row.try_get("", "first")?),
            (Turn::Day, _) => row
                .try_get::<Option<NaiveDate>>("", "first")?
                .map(|day| day.and_time(chrono::NaiveTime::MIN).and_utc()),
            (Turn::Number, Some(oldest)) => match db.query_one(oldest).await? {
                Some(row) => row.try_get("", "oldest")?,
                None => None,
            },
            (Turn::Number, None) => None,
        };
        Ok((many, oldest))
    }

    /// Up to where the `most` rows reach whose turn comes first; none where nothing is due.
    pub(super) async fn reach(&self, db: &impl ConnectionTrait, most: u64) -> Result<Option<Condition>> {
        if let Some(key) = self.key {
            let mut first = Query::select();
            first.column(key).from(self.table).cond_where(self.when.clone());
            first.order_by(self.column, Order::Asc).limit(most);
            return Ok(Some(col(key).in_subquery(first).into_condition()));
        }
        let mut query = Query::select();
        query.expr_as(col(self.column), "turn").from(self.table).cond_where(self.when.clone());
        query.order_by(self.column, Order::Asc).limit(most);
        let rows = db.query_all(&query).await?;
        let Some(last) = rows.last() else { return Ok(None) };
        let reach = col(self.column).lte(Expr::value(self.turn.read(last)?));
        Ok(Some(self.when.clone().add(reach)))
    }
}

impl Turn {
    fn read(self, row: &QueryResult) -> Result<Value> {
        Ok(match self {
            Self::Instant => row.try_get::<DateTime<Utc>>("", "turn")?.into(),
            Self::Day => row.try_get::<NaiveDate>("", "turn")?.into(),
            Self::Micros | Self::Number => row.try_get::<i64>("", "turn")?.into(),
        })
    }
}

/// The findings of imports that ended before: a finding has no moment of its own.
fn findings(rule: &Rule, cutoff: DateTime<Utc>) -> Due {
    let ended = || Expr::col(("import_job", "finished_at")).lt(cutoff);
    let jobs = Query::select().column("id").from("import_job").and_where(ended()).to_owned();
    let of_job = Expr::col(("import_finding", "job_id")).equals(("import_job", "id"));
    let some = Query::select().expr(Expr::value(1)).from("import_finding").and_where(of_job).to_owned();
    let oldest = Query::select()
        .expr_as(Func::min(Expr::col(("import_job", "finished_at"))), "oldest")
        .from("import_job")
        .and_where(ended())
        .and_where(Expr::exists(some))
        .to_owned();
    let when = col("job_id").in_subquery(jobs).into_condition();
    Due { oldest: Some(oldest), ..Due::new(rule, "ordinal", Turn::Number, when) }
}

/// The values of entries from before: a value has no moment of its own, and entries never go back in time.
fn values(rule: &Rule, cutoff: DateTime<Utc>) -> Due {
    let last = Query::select()
        .column("seq")
        .from("audit_entry")
        .and_where(col("at").lt(cutoff))
        .order_by("at", Order::Desc)
        .order_by("seq", Order::Desc)
        .limit(1)
        .to_owned();
    let first =
        Query::select().expr(Func::min(Expr::col(("audit_value", "seq")))).from("audit_value").to_owned();
    let oldest = Query::select()
        .expr_as(col("at"), "oldest")
        .from("audit_entry")
        .and_where(col("seq").gte(Expr::SubQuery(None, Box::new(first.into()))))
        .order_by("seq", Order::Asc)
        .limit(1)
        .to_owned();
    let when = col("seq").lte(Expr::SubQuery(None, Box::new(last.into()))).into_condition();
    Due { oldest: Some(oldest), ..Due::new(rule, "seq", Turn::Number, when) }
}
