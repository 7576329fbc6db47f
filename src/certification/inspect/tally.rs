//! Whether what is counted is what it was counted from: seats of a batch, hours of a
//! completion and of a community's work, numbers of certificates, and where merged persons lead.

use std::collections::HashMap;

use entity::{
    activity, batch, certificate, certificate_counter, credit_claim, credit_use, enrolment, event, person,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, JoinType, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, RelationTrait,
    sea_query::{Expr, Func, Query},
};
use uuid::Uuid;

use crate::{
    foundation::{chain, error::Result},
    training::enrolment::rule::EnrolmentStatus,
};

/// Rows looked at together.
const CHUNK: u64 = 1_000;

/// The last number that each counter gave, by scope: a number with `#` for its sequence.
pub struct Counters(HashMap<String, i64>);

impl Counters {
    /// The counters as they are now. Read them after the certificates they are held against.
    pub async fn read(db: &impl ConnectionTrait) -> Result<Self> {
        let rows = db.query_all(&certificate_counter::Entity::find().into_query()).await?;
        let read = |row| certificate_counter::Model::from_query_result(row, "").ok();
        Ok(Self(rows.iter().filter_map(read).map(|row| (row.scope, row.last_number)).collect()))
    }

    /// What is wrong with the number of a certificate: no counter can have given it yet, so
    /// it would be given a second time.
    pub fn against(&self, row: &certificate::Model) -> Option<String> {
        let given = |(scope, seq): (String, i64)| self.0.get(&scope).is_some_and(|last| seq <= *last);
        if sequences(&row.number).into_iter().any(given) {
            return None;
        }
        Some(format!("certificate {} ({}): no counter has given this number", row.id, row.number))
    }
}

/// What may be the sequence of a number, each with the scope that it would be of. A sequence
/// stands between characters that are neither letters nor digits.
fn sequences(number: &str) -> Vec<(String, i64)> {
    let mut found = Vec::new();
    let mut start = 0;
    for word in number.split(|c: char| !c.is_ascii_alphanumeric()) {
        let end = start + word.len();
        if let (Ok(seq), Some(before), Some(after)) = (word.parse(), number.get(..start), number.get(end..)) {
            found.push((format!("{before}#{after}"), seq));
        }
        // What parts words is a single byte in every scheme; anything else is no number of ours.
        start = end + 1;
    }
    found
}

/// That every batch counts as many seats taken as enrolments hold one.
pub async fn seats(db: &impl ConnectionTrait, found: &mut impl FnMut(String)) -> Result<()> {
    use enrolment::Column;
    let holding = EnrolmentStatus::ALL.iter().filter(|status| status.holds_seat());
    let held = Query::select()
        .expr(Func::count(Expr::col((enrolment::Entity, Column::Id))))
        .from(enrolment::Entity)
        .and_where(Expr::col((enrolment::Entity, Column::BatchId)).equals((batch::Entity, batch::Column::Id)))
        .and_where(
            Expr::col((enrolment::Entity, Column::Status)).is_in(holding.map(|status| status.as_str())),
        )
        .to_owned();
    let held = Expr::SubQuery(None, Box::new(held.into()));
    let odd: Vec<(Uuid, i32)> = batch::Entity::find()
        .select_only()
        .columns([batch::Column::Id, batch::Column::Taken])
        .filter(Expr::col((batch::Entity, batch::Column::Taken)).ne(held))
        .order_by_asc(batch::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    for (id, taken) in odd {
        found(format!("batch {id}: it counts {taken} seats as taken, but others are held"));
    }
    Ok(())
}

/// A completed enrolment, as far as its events tell of it.
#[derive(FromQueryResult)]
struct Completed {
    id: Uuid,
    jp_earned: Option<i32>,
    completions: i32,
}

/// That every completed enrolment was completed by a command, as often and with as many
/// hours as its events tell.
pub async fn completions(db: &impl ConnectionTrait, found: &mut impl FnMut(String)) -> Result<()> {
    let mut after = None;
    loop {
        let mut query = enrolment::Entity::find()
            .select_only()
            .columns([enrolment::Column::Id, enrolment::Column::JpEarned, enrolment::Column::Completions])
            .filter(enrolment::Column::Status.eq(EnrolmentStatus::Completed.as_str()))
            .order_by_asc(enrolment::Column::Id)
            .limit(CHUNK);
        if let Some(after) = after {
            query = query.filter(enrolment::Column::Id.gt::<Uuid>(after));
        }
        let (mut chunk, mut last) = (Vec::new(), None);
        for row in db.query_all(&query.into_query()).await? {
            let id = row.try_get::<Uuid>("", "id").ok();
            last = id.or(last);
            match Completed::from_query_result(&row, "") {
                Ok(row) => chunk.push(row),
                Err(why) => found(format!("enrolment {}: {why}", id.unwrap_or_default())),
            }
        }
        for id in untold(db, &chunk).await? {
            // It may have been reopened and completed anew between the two reads.
            let now = enrolment::Entity::find_by_id(id).select_only().columns([
                enrolment::Column::Id,
                enrolment::Column::JpEarned,
                enrolment::Column::Completions,
            ]);
            let now = now.filter(enrolment::Column::Status.eq(EnrolmentStatus::Completed.as_str()));
            let now: Vec<Completed> = now.into_model().all(db).await?;
            if !untold(db, &now).await?.is_empty() {
                found(format!("enrolment {id}: its completion is not what its events tell"));
            }
        }
        let Some(last) = last else { return Ok(()) };
        after = Some(last);
    }
}

/// Those of `rows` whose events tell of another completion, or of none.
async fn untold(db: &impl ConnectionTrait, rows: &[Completed]) -> Result<Vec<Uuid>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let query = event::Entity::find()
        .filter(event::Column::SubjectKind.eq("enrolment"))
        .filter(event::Column::SubjectId.is_in(rows.iter().map(|row| row.id.to_string())))
        .filter(event::Column::Kind.eq("enrolment.completed"))
        .order_by_asc(event::Column::Pos);
    let mut told: HashMap<String, (i32, Option<i64>)> = HashMap::new();
    for row in db.query_all(&query.into_query()).await? {
        let Ok(event) = event::Model::from_query_result(&row, "") else { continue };
        let jp = event.payload.get("jpEarned").and_then(serde_json::Value::as_i64);
        let (times, latest) = told.entry(event.subject_id).or_default();
        (*times, *latest) = (*times + 1, jp);
    }
    let differs = |row: &&Completed| {
        let told = told.get(&row.id.to_string());
        told != Some(&(row.completions, row.jp_earned.map(i64::from)))
    };
    Ok(rows.iter().filter(differs).map(|row| row.id).collect())
}

/// That every certificate of a community's work is what was claimed, and that what counted for somebody is sealed.
pub async fn claims(db: &impl ConnectionTrait, found: &mut impl FnMut(String)) -> Result<()> {
    use certificate::Column;
    let claimed = |column| Expr::col((credit_claim::Entity, column));
    let differs = Condition::any()
        .add(Expr::col((certificate::Entity, Column::HoursJp)).ne(claimed(credit_claim::Column::Jp)))
        .add(Expr::col((certificate::Entity, Column::PersonId)).ne(claimed(credit_claim::Column::PersonId)))
        .add(
            Expr::col((certificate::Entity, Column::CommunityId))
                .ne(claimed(credit_claim::Column::CommunityId)),
        );
    let odd: Vec<Uuid> = certificate::Entity::find()
        .select_only()
        .column(Column::Id)
        .join(JoinType::InnerJoin, certificate::Relation::CreditClaim.def())
        .filter(differs)
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    for id in odd {
        found(format!("certificate {id}: it is not what was claimed"));
    }
    let counted = credit_use::Entity::find().select_only().column(credit_use::Column::ActivityId);
    let loose: Vec<Uuid> = activity::Entity::find()
        .select_only()
        .column(activity::Column::Id)
        .filter(activity::Column::Status.ne("credited"))
        .filter(activity::Column::Id.in_subquery(counted.into_query()))
        .order_by_asc(activity::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    for id in loose {
        found(format!("activity {id}: it counted for somebody, but is not sealed"));
    }
    Ok(())
}

/// That every merged person leads to a current one.
pub async fn merges(db: &impl ConnectionTrait, found: &mut impl FnMut(String)) -> Result<()> {
    let links: Vec<(Uuid, Option<Uuid>)> = person::Entity::find()
        .select_only()
        .columns([person::Column::Id, person::Column::MergedInto])
        .filter(person::Column::MergedInto.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    let links: HashMap<Uuid, Uuid> =
        links.into_iter().filter_map(|(from, into)| Some((from, into?))).collect();
    for from in links.keys() {
        if chain::last_of(*from, |id| links.get(id).copied()).is_err() {
            found(format!("person {from}: the records it was merged into lead in a circle"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_be_of_every_scope_that_it_has_digits_for() {
        let told = sequences("000042/BGTKJABAR/2026");
        let told: Vec<_> = told.iter().map(|(scope, seq)| (scope.as_str(), *seq)).collect();
        assert_eq!(told, [("#/BGTKJABAR/2026", 42), ("000042/BGTKJABAR/#", 2026)]);
        assert_eq!(sequences("ABC"), []);
    }
}
