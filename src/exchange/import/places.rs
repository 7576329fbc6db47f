//! Which regions there are, what they were before, and what other systems call them: looked up for every school of a file,
//! so it is held in memory (some 15,000 short codes).

use std::collections::{HashMap, HashSet};

use crate::directory::region::code::{RegionCode, RegionLevel};
use crate::directory::region::rule::resolve;

/// The regions in force and the school system's codes for them.
#[derive(Debug, Clone, Default)]
pub struct Places {
    regions: HashSet<RegionCode>,
    successors: HashMap<RegionCode, RegionCode>,
    aliases: HashMap<Box<str>, RegionCode>,
}

/// Where a pair of codes leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Located {
    /// To a district.
    District(RegionCode),
    /// To a regency only; the district is not known.
    Regency(RegionCode),
    /// To nothing that is known.
    Nowhere,
}

impl Places {
    /// Adds a region in force.
    pub fn add_region(&mut self, code: RegionCode) {
        self.regions.insert(code);
    }

    /// Adds a code no longer in force and the one that followed it.
    pub fn add_successor(&mut self, ended: RegionCode, next: RegionCode) {
        self.successors.insert(ended, next);
    }

    /// Adds what another system calls `code`.
    pub fn add_alias(&mut self, alias: &str, code: RegionCode) {
        self.aliases.insert(alias.trim().into(), code);
    }

    /// Whether nothing is known, so that nothing can be located.
    pub fn is_empty(&self) -> bool {
        self.regions.is_empty()
    }

    /// The region in force of a code: an official one, one that a decree replaced, or another system's.
    pub fn find(&self, code: &str) -> Option<RegionCode> {
        let official = match RegionCode::parse(code) {
            Ok(code) => code,
            Err(_) => self.aliases.get(code.trim())?.clone(),
        };
        self.current(official)
    }

    /// The code itself while it is in force, else the last that followed it.
    fn current(&self, code: RegionCode) -> Option<RegionCode> {
        if self.regions.contains(&code) {
            return Some(code);
        }
        let last = resolve(code, |ended| self.successors.get(ended).cloned()).ok()?;
        self.regions.contains(&last).then_some(last)
    }

    /// Where a school with these codes lies.
    pub fn locate(&self, district: &str, regency: &str) -> Located {
        match self.find(district) {
            Some(code) if code.level() == RegionLevel::District => return Located::District(code),
            Some(code) if code.level() == RegionLevel::Regency && regency.is_empty() => {
                return Located::Regency(code);
            }
            _ => {}
        }
        // An official district code names its regency even when the district is not known.
        let named = RegionCode::parse(district).ok().and_then(|code| code.parent());
        let above = self.find(regency).or_else(|| named.and_then(|code| self.current(code)));
        match above {
            Some(code) if code.level() == RegionLevel::Regency => Located::Regency(code),
            _ => Located::Nowhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> RegionCode {
        RegionCode::parse(text).unwrap()
    }

    fn places() -> Places {
        let mut places = Places::default();
        for known in ["34", "34.02", "34.02.09"] {
            places.add_region(code(known));
        }
        places.add_alias("040100  ", code("34.02"));
        places.add_alias("040108", code("34.02.09"));
        places.add_alias("040199", code("34.02.99"));
        places
    }

    #[test]
    fn a_district_is_found_by_either_code() {
        assert_eq!(places().locate("040108", "040100"), Located::District(code("34.02.09")));
        assert_eq!(places().locate("34.02.09", ""), Located::District(code("34.02.09")));
    }

    #[test]
    fn a_code_that_a_decree_replaced_leads_to_the_one_in_force() {
        let mut places = places();
        places.add_successor(code("92.01.39"), code("96.01.14"));
        assert_eq!(places.locate("92.01.39", ""), Located::Nowhere);
        places.add_successor(code("96.01.14"), code("34.02.09"));
        assert_eq!(places.locate("92.01.39", ""), Located::District(code("34.02.09")));
        places.add_successor(code("11.01"), code("11.02"));
        places.add_successor(code("11.02"), code("11.01"));
        assert_eq!(places.find("11.01"), None);
    }

    #[test]
    fn a_school_of_an_unknown_district_falls_back_to_its_regency() {
        for (district, regency) in
            [("040177", "040100"), ("040199", "040100"), ("34.02.77", ""), ("", "34.02")]
        {
            assert_eq!(places().locate(district, regency), Located::Regency(code("34.02")), "{district}");
        }
        for (district, regency) in
            [("040177", ""), ("", ""), ("34", ""), ("990101", "990100"), ("99.01.01", "")]
        {
            assert_eq!(places().locate(district, regency), Located::Nowhere, "{district}");
        }
    }
}
