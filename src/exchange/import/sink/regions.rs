//! Regions into the directory: the lists in force, what a decree recoded, and the school system's codes.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use entity::{region, region_alias};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, sea_query::OnConflict};
use serde_json::json;

use super::{Settled, Target, change, parts, raced};
use crate::access::context::Work;
use crate::access::scope;
use crate::directory::region::code::RegionCode;
use crate::directory::region::rule::{Validity, succeed};
use crate::exchange::import::finding::{Finding, REGION_UNKNOWN, Severity, defect_of};
use crate::exchange::import::regions::RegionRow;
use crate::exchange::import::report::Outcome;
use crate::exchange::import::row::Parsed;
use crate::foundation::error::{Error, Result};
use crate::foundation::event::Event;

/// The system whose codes the mapping file translates.
pub const DAPODIK: &str = "dapodik";

/// The regions of the directory.
#[derive(Debug, Clone)]
pub struct Regions {
    /// Last day of a code that a changes file replaces, unless the directory knows the day already.
    pub ended_on: NaiveDate,
    /// Codes that earlier files of the same dry run would have made.
    pub imagined: Arc<Mutex<HashSet<String>>>,
}

impl Target for Regions {
    type Row = RegionRow;

    async fn settle(&self, work: &Work<'_>, chunk: &[Parsed<RegionRow>], dry_run: bool) -> Result<Settled> {
        let mut desk = Desk::open(self, work, chunk).await?;
        for (at, row) in chunk.iter().enumerate() {
            if let Some(value) = &row.value {
                let outcome = desk.decide(row.line, value)?;
                desk.settled.set(at, outcome);
            }
        }
        if dry_run {
            let made = desk.made.iter().map(|region| region.code.clone());
            self.imagined.lock().unwrap_or_else(PoisonError::into_inner).extend(made);
            desk.settled.events.clear();
            return Ok(desk.settled);
        }
        desk.write(work).await
    }
}

/// A chunk's working copy of what it touches.
struct Desk {
    ended_on: NaiveDate,
    now: chrono::DateTime<chrono::Utc>,
    known: HashMap<String, region::Model>,
    imagined: HashSet<String>,
    successors: HashMap<RegionCode, RegionCode>,
    aliases: HashMap<String, region_alias::Model>,
    made: Vec<region::Model>,
    /// By code, for two rows may tell of one region.
    changed: HashMap<String, region::Model>,
    /// By code, likewise.
    aliased: HashMap<String, region_alias::Model>,
    settled: Settled,
}

impl Desk {
    async fn open(target: &Regions, work: &Work<'_>, chunk: &[Parsed<RegionRow>]) -> Result<Self> {
        let rows = || chunk.iter().filter_map(|row| row.value.as_ref());
        let codes: HashSet<String> = rows().flat_map(mentioned).collect();
        let select = scope::regions().filter(region::Column::Code.is_in(codes));
        let known = select.lock_exclusive().all(work.db()).await?;
        let aliases = rows().filter_map(|row| match row {
            RegionRow::Alias { code, .. } => Some(code.as_str()),
            _ => None,
        });
        let aliases = scope::region_aliases()
            .filter(region_alias::Column::System.eq(DAPODIK))
            .filter(region_alias::Column::Code.is_in(aliases))
            .lock_exclusive()
            .all(work.db())
            .await?;
        let imagined = target.imagined.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let replaced = rows().any(|row| matches!(row, RegionRow::Recoded { .. }));
        Ok(Self {
            ended_on: target.ended_on,
            now: work.now(),
            known: known.into_iter().map(|region| (region.code.clone(), region)).collect(),
            imagined,
            successors: if replaced { successors(work).await? } else { HashMap::new() },
            aliases: aliases.into_iter().map(|alias| (alias.code.clone(), alias)).collect(),
            made: Vec::new(),
            changed: HashMap::new(),
            aliased: HashMap::new(),
            settled: Settled::of(chunk.len()),
        })
    }

    fn decide(&mut self, line: u64, row: &RegionRow) -> Result<Outcome> {
        match row {
            RegionRow::InForce { code, name } => Ok(self.in_force(line, code, name)),
            RegionRow::Named { code, name } => Ok(self.in_force(line, code, name)),
            RegionRow::Recoded { old, old_name, new } => self.recoded(line, old, old_name, new),
            RegionRow::Alias { code, level, name, region, quality } => {
                let alias = region_alias::Model {
                    system: DAPODIK.to_owned(),
                    code: code.clone(),
                    level: level.as_str().to_owned(),
                    name: name.clone(),
                    region_code: region.as_ref().map(|code| code.as_str().to_owned()),
                    match_quality: quality.clone(),
                };
                Ok(self.alias(line, alias))
            }
        }
    }

    fn knows(&self, code: &str) -> bool {
        self.known.contains_key(code) || self.imagined.contains(code)
    }

    fn in_force(&mut self, line: u64, code: &RegionCode, name: &str) -> Outcome {
        if let Some(parent) = code.parent().filter(|parent| !self.knows(parent.as_str())) {
            return unknown(line, "parent", parent.as_str());
        }
        let Some(region) = self.known.get_mut(code.as_str()) else {
            if self.imagined.contains(code.as_str()) {
                return Outcome::Unchanged;
            }
            let region = self.region(code, name);
            self.make(region);
            return Outcome::New;
        };
        let mut differs = change(&mut region.name, name.to_owned());
        // On a list in force, so a code that had ended was given out again.
        differs |= change(&mut region.valid_until, None);
        differs |= change(&mut region.successor_code, None);
        self.store(code.as_str(), differs)
    }

    fn recoded(&mut self, line: u64, old: &RegionCode, old_name: &str, new: &RegionCode) -> Result<Outcome> {
        if !self.knows(new.as_str()) {
            return Ok(unknown(line, "new_code", new.as_str()));
        }
        let known = self.known.get(old.as_str());
        let until = known.and_then(|region| region.valid_until).unwrap_or(self.ended_on);
        let validity = Validity { from: known.and_then(|region| region.valid_from), until: Some(until) };
        let successor = |code: &RegionCode| self.successors.get(code).cloned();
        match succeed(old, new, validity, successor) {
            Ok(()) => {}
            Err(Error::Conflict(fault)) => {
                let defect = defect_of(&fault, Severity::Refusal);
                return Ok(Outcome::Refused(vec![Finding::new(line, "new_code", &defect, new.as_str())]));
            }
            Err(error) => return Err(error),
        }
        self.successors.insert(old.clone(), new.clone());
        let Some(region) = self.known.get_mut(old.as_str()) else {
            let mut region = self.region(old, old_name);
            region.valid_until = Some(until);
            region.successor_code = Some(new.as_str().to_owned());
            self.make(region);
            return Ok(Outcome::New);
        };
        let mut differs = change(&mut region.valid_until, Some(until));
        differs |= change(&mut region.successor_code, Some(new.as_str().to_owned()));
        Ok(self.store(old.as_str(), differs))
    }

    fn alias(&mut self, line: u64, alias: region_alias::Model) -> Outcome {
        if let Some(code) = alias.region_code.as_deref().filter(|code| !self.knows(code)) {
            return unknown(line, "kemendagri_code", code);
        }
        let outcome = match self.aliases.get(&alias.code) {
            Some(known) if *known == alias => return Outcome::Unchanged,
            Some(_) => Outcome::Updated,
            None => Outcome::New,
        };
        self.aliases.insert(alias.code.clone(), alias.clone());
        self.aliased.insert(alias.code.clone(), alias);
        outcome
    }

    fn region(&self, code: &RegionCode, name: &str) -> region::Model {
        region::Model {
            code: code.as_str().to_owned(),
            level: code.level().as_str().to_owned(),
            name: name.to_owned(),
            parent_code: code.parent().map(|parent| parent.as_str().to_owned()),
            valid_from: None,
            valid_until: None,
            successor_code: None,
            version: 1,
            created_at: self.now,
            updated_at: self.now,
        }
    }

    fn make(&mut self, region: region::Model) {
        self.settled.events.push(told("region.created", &region));
        self.known.insert(region.code.clone(), region.clone());
        self.made.push(region);
    }

    fn store(&mut self, code: &str, differs: bool) -> Outcome {
        let now = self.now;
        match self.known.get_mut(code).filter(|_| differs) {
            None => Outcome::Unchanged,
            Some(region) => {
                region.version += 1;
                region.updated_at = now;
                self.settled.events.push(told("region.updated", region));
                match self.made.iter_mut().find(|made| made.code == code) {
                    Some(made) => *made = region.clone(),
                    None => _ = self.changed.insert(code.to_owned(), region.clone()),
                }
                Outcome::Updated
            }
        }
    }

    async fn write(self, work: &Work<'_>) -> Result<Settled> {
        use region::Column;
        for part in parts(self.made, 10) {
            let rows = part.into_iter().map(IntoActiveModel::into_active_model);
            region::Entity::insert_many(rows).exec_without_returning(work.db()).await.map_err(raced)?;
        }
        for part in parts(self.changed.into_values().collect(), 10) {
            let rows = part.into_iter().map(IntoActiveModel::into_active_model);
            let written =
                [Column::Name, Column::ValidUntil, Column::SuccessorCode, Column::Version, Column::UpdatedAt];
            let own = OnConflict::column(Column::Code).update_columns(written).to_owned();
            region::Entity::insert_many(rows).on_conflict(own).exec_without_returning(work.db()).await?;
        }
        for part in parts(self.aliased.into_values().collect(), 6) {
            use region_alias::Column;
            let rows = part.into_iter().map(IntoActiveModel::into_active_model);
            let written = [Column::Level, Column::Name, Column::RegionCode, Column::MatchQuality];
            let own = OnConflict::columns([Column::System, Column::Code]).update_columns(written).to_owned();
            region_alias::Entity::insert_many(rows)
                .on_conflict(own)
                .exec_without_returning(work.db())
                .await?;
        }
        Ok(self.settled)
    }
}

/// Every code a row needs to be looked at for.
fn mentioned(row: &RegionRow) -> Vec<String> {
    let codes = match row {
        RegionRow::InForce { code, .. } | RegionRow::Named { code, .. } => {
            vec![Some(code.clone()), code.parent()]
        }
        RegionRow::Recoded { old, new, .. } => vec![Some(old.clone()), Some(new.clone())],
        RegionRow::Alias { region, .. } => vec![region.clone()],
    };
    codes.into_iter().flatten().map(|code| code.as_str().to_owned()).collect()
}

/// Who followed whom, so that no chain is closed to a ring.
async fn successors(work: &Work<'_>) -> Result<HashMap<RegionCode, RegionCode>> {
    let ended = scope::regions().filter(region::Column::SuccessorCode.is_not_null()).all(work.db()).await?;
    let pair = |region: region::Model| {
        let next = RegionCode::parse(region.successor_code.as_deref()?).ok()?;
        Some((RegionCode::parse(&region.code).ok()?, next))
    };
    Ok(ended.into_iter().filter_map(pair).collect())
}

fn unknown(line: u64, column: &'static str, code: &str) -> Outcome {
    Outcome::Refused(vec![Finding::new(line, column, &REGION_UNKNOWN, code)])
}

fn told(kind: &'static str, region: &region::Model) -> Event {
    Event::new(kind, "region", &region.code, region.version).in_region(Some(region.code.clone())).with(
        json!({
            "name": region.name,
            "level": region.level,
            "validUntil": region.valid_until,
            "successorCode": region.successor_code,
        }),
    )
}
