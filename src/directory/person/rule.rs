//! Kinds of person, kinds of employment, and how two records become one.

use crate::domain_enum;
use crate::foundation::chain;
use crate::foundation::error::{Error, Fault, Result};
use chrono::{DateTime, Utc};
use uuid::Uuid;

domain_enum! {
    /// What a person is to the school system. Everyone enrols alike; figures show the kinds apart.
    pub enum PersonKind {
        /// Teaches at a school.
        Teacher = "teacher",
        /// Studies to become a teacher (calon guru).
        PreServiceTeacher = "pre_service_teacher",
        /// Heads a school (kepala sekolah).
        Principal = "principal",
        /// Supervises schools (pengawas).
        Supervisor = "supervisor",
        /// Works in a school's administration (tenaga kependidikan).
        Administrator = "administrator",
        /// Comes from outside the school system.
        ExternalExpert = "external_expert",
    }
}

domain_enum! {
    /// How a person is employed (status kepegawaian). Equity of access is measured across it.
    pub enum Employment {
        /// Civil servant (PNS).
        Pns = "pns",
        /// Contract civil servant (PPPK).
        Pppk = "pppk",
        /// Permanent with a foundation (GTY).
        Gty = "gty",
        /// Honorary (honorer): paid by the school or region without tenure.
        Honorary = "honorary",
        /// Not employed by a school: pre-service teachers, external experts.
        None = "none",
    }
}

domain_enum! {
    /// A person's sex, as the school system records it.
    pub enum Sex {
        /// Female (P).
        Female = "female",
        /// Male (L).
        Male = "male",
    }
}

impl Employment {
    /// The employment that the school system's words mean (`PNS`, `GTY/PTY`, `Guru Honor Sekolah`); none if unknown.
    pub fn from_source(words: &str) -> Option<Self> {
        let words = words.trim().to_lowercase();
        let has = |part: &str| words.contains(part);
        // "Non PNS" says only what somebody is not: whether a foundation's permanent teacher or an
        // honorary one, nobody can tell.
        let denied = ["non", "bukan"].into_iter().any(|word| words.split([' ', '-', '/']).any(|w| w == word));
        match words.as_str() {
            "" | "-" => Some(Self::None),
            _ if denied => None,
            _ if has("pppk") || has("p3k") => Some(Self::Pppk),
            _ if has("pns") => Some(Self::Pns),
            _ if ["gty", "pty", "guru tetap yayasan", "pegawai tetap yayasan"].into_iter().any(has) => {
                Some(Self::Gty)
            }
            _ if ["honor", "honda", "gtt", "ptt", "tidak tetap", "kontrak", "bantu"].into_iter().any(has) => {
                Some(Self::Honorary)
            }
            other => Self::parse(other).ok(),
        }
    }
}

impl Sex {
    /// The sex that the school system's letter means: `L` male, `P` female; none if unknown.
    pub fn from_source(letter: &str) -> Option<Self> {
        match letter.trim().to_lowercase().as_str() {
            "l" | "laki-laki" | "male" => Some(Self::Male),
            "p" | "perempuan" | "female" => Some(Self::Female),
            _ => None,
        }
    }
}

/// Whether the hours this person teaches others count into the trainer-burden
/// ledger: those of serving teachers do, because every such hour is taken from a class.
pub fn is_serving_teacher(kind: PersonKind, employment: Employment) -> bool {
    kind == PersonKind::Teacher && employment != Employment::None
}

/// Where the record `id` lives now: itself, or the last of the chain it was merged into.
///
/// # Errors
/// `person_merge_cycle` when the chain has no end (damaged data).
pub fn resolve(id: Uuid, merged_into: impl Fn(&Uuid) -> Option<Uuid>) -> Result<Uuid> {
    chain::last_of(id, merged_into).map_err(|chain::Cycle(id)| cycle(id))
}

/// Decides where the record `retired` shall point when it is merged into `survivor`;
/// the answer is the end of `survivor`'s own chain, so that chains stay short.
///
/// # Errors
/// `person_merged_with_itself`; `person_merged` when `retired` has already been merged
/// (`into` names the record to use); `person_merge_cycle` when `survivor` leads back to `retired`.
pub fn merge(retired: Uuid, survivor: Uuid, merged_into: impl Fn(&Uuid) -> Option<Uuid>) -> Result<Uuid> {
    if retired == survivor {
        return Err(Error::conflict("person_merged_with_itself"));
    }
    // The survivor's chain first: a survivor that leads back to the retired record is the
    // cycle the caller should hear about, even before it is closed.
    let end = resolve(survivor, &merged_into)?;
    if end == retired {
        return Err(cycle(retired));
    }
    require_current(retired, merged_into)?;
    Ok(end)
}

/// Refuses a write to a record of somebody who was erased: there is nobody left to write about.
///
/// # Errors
/// `person_erased`.
pub fn require_held(erased_at: Option<DateTime<Utc>>) -> Result<()> {
    if erased_at.is_some() { Err(Error::conflict("person_erased")) } else { Ok(()) }
}

/// Refuses a write to a record that was merged into another, naming the one to use.
///
/// # Errors
/// `person_merged` with `into`; `person_merge_cycle` for damaged data.
pub fn require_current(id: Uuid, merged_into: impl Fn(&Uuid) -> Option<Uuid>) -> Result<()> {
    match resolve(id, merged_into)? {
        end if end == id => Ok(()),
        end => Err(Error::conflict_with(Fault::new("", "person_merged").with("into", end))),
    }
}

fn cycle(id: Uuid) -> Error {
    Error::conflict_with(Fault::new("", "person_merge_cycle").with("id", id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use proptest::prelude::*;
    use std::collections::HashMap;

    #[test]
    fn the_lists_are_told_alike_everywhere() {
        assert_enum_travels(PersonKind::ALL, PersonKind::as_str);
        assert_enum_travels(Employment::ALL, Employment::as_str);
        assert_enum_travels(Sex::ALL, Sex::as_str);
    }

    #[test]
    fn the_school_systems_words_are_understood() {
        let cases = [
            ("PNS Diperbantukan", Employment::Pns),
            ("CPNS", Employment::Pns),
            ("PPPK", Employment::Pppk),
            ("GTY/PTY", Employment::Gty),
            ("Guru Honor Sekolah", Employment::Honorary),
            ("Tenaga Honor Sekolah", Employment::Honorary),
            ("Honor Daerah TK.II Kab/Kota", Employment::Honorary),
            ("-", Employment::None),
            ("honorary", Employment::Honorary),
            ("Guru Tidak Tetap Yayasan", Employment::Honorary),
            ("Guru Tetap Yayasan", Employment::Gty),
        ];
        for (words, employment) in cases {
            assert_eq!(Employment::from_source(words), Some(employment), "{words}");
        }
        for unclear in ["astronaut", "Non PNS", "bukan PNS", "NON-PNS"] {
            assert_eq!(Employment::from_source(unclear), None, "{unclear}");
        }
        assert_eq!((Sex::from_source(" L "), Sex::from_source("X")), (Some(Sex::Male), None));
    }

    #[test]
    fn only_a_teacher_with_a_post_is_a_serving_teacher() {
        assert!(is_serving_teacher(PersonKind::Teacher, Employment::Honorary));
        assert!(!is_serving_teacher(PersonKind::Teacher, Employment::None));
        assert!(!is_serving_teacher(PersonKind::Supervisor, Employment::Pns));
    }

    fn id(n: u8) -> Uuid {
        Uuid::from_u128(u128::from(n))
    }

    #[test]
    fn a_merge_into_a_merged_record_goes_to_the_end_of_the_chain() {
        let links = HashMap::from([(id(2), id(3))]);
        assert_eq!(merge(id(1), id(2), |i| links.get(i).copied()).unwrap(), id(3));
    }

    #[test]
    fn a_cycle_is_refused() {
        let links = HashMap::from([(id(2), id(3))]);
        let refused = merge(id(3), id(2), |i| links.get(i).copied()).unwrap_err();
        assert_eq!(refused.code(), "person_merge_cycle");
        assert_eq!(merge(id(3), id(3), |_| None).unwrap_err().code(), "person_merged_with_itself");
    }

    #[test]
    fn a_write_to_a_retired_record_names_the_one_to_use() {
        let links = HashMap::from([(id(1), id(2)), (id(2), id(3))]);
        let Err(Error::Conflict(fault)) = require_current(id(1), |i| links.get(i).copied()) else {
            panic!("not refused")
        };
        assert_eq!((fault.code, &fault.args), ("person_merged", &vec![("into", id(3).to_string())]));
        assert!(require_current(id(3), |i| links.get(i).copied()).is_ok());
    }

    proptest! {
        #[test]
        fn no_sequence_of_merges_makes_a_cycle_or_a_double_retirement(
            wishes in proptest::collection::vec((0u8..10, 0u8..10), 0..60),
        ) {
            let mut links: HashMap<Uuid, Uuid> = HashMap::new();
            for (retired, survivor) in wishes {
                let (retired, survivor) = (id(retired), id(survivor));
                let before = links.get(&retired).copied();
                match merge(retired, survivor, |i| links.get(i).copied()) {
                    Ok(end) => {
                        prop_assert!(before.is_none() && !links.contains_key(&end));
                        links.insert(retired, end);
                    }
                    Err(refused) => prop_assert!(
                        ["person_merged", "person_merge_cycle", "person_merged_with_itself"]
                            .contains(&refused.code())
                    ),
                }
                for n in 0..10 {
                    prop_assert!(resolve(id(n), |i| links.get(i).copied()).is_ok());
                }
            }
        }
    }
}
