//! What kinds of communities there are, where they belong, and how one comes in.

use crate::{
    bounded_number,
    directory::{person::rule::PersonKind, school::rule::SchoolLevel},
    domain_enum,
    foundation::{
        error::{Error, Fault},
        text,
    },
};

domain_enum! {
    /// What kind of group a community is.
    pub enum CommunityKind {
        /// Kelompok Kerja Guru: primary-school teachers of a cluster or district.
        Kkg = "kkg",
        /// Musyawarah Guru Mata Pelajaran: secondary-school teachers of one subject in a regency or city.
        Mgmp = "mgmp",
        /// Musyawarah Guru Bimbingan dan Konseling: school counsellors.
        Mgbk = "mgbk",
        /// Kelompok Kerja Kepala Sekolah: principals of primary schools.
        Kkks = "kkks",
        /// Musyawarah Kerja Kepala Sekolah: principals of secondary schools.
        Mkks = "mkks",
        /// The learning community of one school (komunitas belajar, PLC).
        Plc = "plc",
        /// A group that reads books together, chapter by chapter.
        BookClub = "book_club",
    }
}

domain_enum! {
    /// What a community belongs to.
    pub enum CommunityAnchor {
        /// One school.
        School = "school",
        /// A cluster of schools (gugus), with a core school where there is one.
        Cluster = "cluster",
        /// A region.
        Region = "region",
    }
}

domain_enum! {
    /// How one becomes a member.
    pub enum Openness {
        /// Whoever asks is in.
        Open = "open",
        /// An officer answers each request.
        Request = "request",
        /// Only whom an officer invites.
        Invitation = "invitation",
    }
}

domain_enum! {
    /// An office in a community (pengurus).
    pub enum Office {
        /// Ketua.
        Chair = "chair",
        /// Sekretaris.
        Secretary = "secretary",
        /// Bendahara.
        Treasurer = "treasurer",
        /// Pelindung: who stands over the group, a principal or the head of the district's unit.
        Patron = "patron",
        /// Pemandu mata pelajaran: guides one subject.
        SubjectGuide = "subject_guide",
        /// Koordinator kelas: looks after one grade.
        GradeCoordinator = "grade_coordinator",
    }
}

impl Office {
    /// Those who act for the community.
    pub const LEADING: [Self; 3] = [Self::Chair, Self::Secretary, Self::Treasurer];

    /// Whether only one person at a time holds it in a community.
    pub const fn is_single(self) -> bool {
        matches!(self, Self::Chair | Self::Secretary | Self::Treasurer)
    }
}

bounded_number! {
    /// Days between two meetings as the charter means them: 1 to 180.
    pub struct CadenceDays(i32) in 1..=180, "cadence_out_of_range"
}

/// Most schools a cluster has.
pub const MAX_SCHOOLS: usize = 60;
/// Least active members with which a community begins its work: one is nobody to learn with.
pub const LEAST_MEMBERS: u64 = 2;

/// Levels whose teachers meet in groups of primary schools: early years and primary.
const PRIMARY: &[SchoolLevel] = &[
    SchoolLevel::Paud,
    SchoolLevel::Tk,
    SchoolLevel::Kb,
    SchoolLevel::Tpa,
    SchoolLevel::Sps,
    SchoolLevel::Ra,
    SchoolLevel::Sd,
    SchoolLevel::Sdlb,
    SchoolLevel::Mi,
];

/// Levels whose teachers meet in groups of secondary schools.
const SECONDARY: &[SchoolLevel] = &[
    SchoolLevel::Smp,
    SchoolLevel::Smplb,
    SchoolLevel::Mts,
    SchoolLevel::Sma,
    SchoolLevel::Smlb,
    SchoolLevel::Smk,
    SchoolLevel::Ma,
];

impl CommunityKind {
    /// Whether people of a school of this level belong in a group of this kind. Schools of all levels
    /// (SLB, PKBM, SKB) belong in every kind.
    pub fn serves(self, level: SchoolLevel) -> bool {
        match self {
            Self::Kkg | Self::Kkks => !SECONDARY.contains(&level),
            Self::Mgmp | Self::Mgbk | Self::Mkks => !PRIMARY.contains(&level),
            Self::Plc | Self::BookClub => true,
        }
    }

    /// Whether only a principal can chair it: the groups of principals.
    pub const fn is_of_principals(self) -> bool {
        matches!(self, Self::Kkks | Self::Mkks)
    }

    /// That a group of this kind may belong to what it shall belong to, and be chaired by whom it shall.
    ///
    /// # Errors
    /// Every fault: `plc_without_school` under `/anchor`, `chair_not_principal` under `/chairId`.
    pub fn require(self, anchor: CommunityAnchor, chair: Option<PersonKind>) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self == Self::Plc && anchor != CommunityAnchor::School {
            faults.push(Fault::new("/anchor", "plc_without_school"));
        }
        if self.is_of_principals() && chair.is_some_and(|kind| kind != PersonKind::Principal) {
            faults.push(Fault::new("/chairId", "chair_not_principal"));
        }
        faults
    }
}

/// What a community is called: 1 to 150 characters.
///
/// # Errors
/// As [`text::line`].
pub fn name(raw: &str) -> Result<String, Fault> {
    text::line(raw, 150)
}

/// A subject: 1 to 60 characters.
///
/// # Errors
/// As [`text::line`].
pub fn subject(raw: &str) -> Result<String, Fault> {
    text::line(raw, 60)
}

/// What a community is for: 1 to 2,000 characters; line breaks part paragraphs.
///
/// # Errors
/// `text_missing`, else as [`text::paragraphs`].
pub fn goals(raw: &str) -> Result<String, Fault> {
    match charter(raw)? {
        None => Err(Fault::new("", "text_missing")),
        Some(goals) => Ok(goals),
    }
}

/// Another part of a charter: at most 2,000 characters; none when nothing was written.
///
/// # Errors
/// As [`text::paragraphs`].
pub fn charter(raw: &str) -> Result<Option<String>, Fault> {
    Ok(Some(text::paragraphs(raw, 2_000)?).filter(|words| !words.is_empty()))
}

/// That a group can begin its work: it has a chair, and its chair is not alone.
///
/// # Errors
/// Every rule that says no: `community_without_chair`; `community_too_small` with `members` and `least`.
pub fn require_ready(has_chair: bool, members: u64) -> crate::foundation::error::Result<()> {
    let mut faults = Vec::new();
    if !has_chair {
        faults.push(Fault::new("", "community_without_chair"));
    }
    if members < LEAST_MEMBERS {
        let fault = Fault::new("", "community_too_small");
        faults.push(fault.with("members", members).with("least", LEAST_MEMBERS));
    }
    Error::conflicts(faults)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::domain_enum::tests::assert_enum_travels;
    use proptest::prelude::*;

    #[test]
    fn the_lists_are_told_alike_everywhere() {
        assert_enum_travels(CommunityKind::ALL, CommunityKind::as_str);
        assert_enum_travels(CommunityAnchor::ALL, CommunityAnchor::as_str);
        assert_enum_travels(Openness::ALL, Openness::as_str);
        assert_enum_travels(Office::ALL, Office::as_str);
    }

    #[test]
    fn every_level_has_its_groups_and_schools_of_all_levels_have_all() {
        for level in SchoolLevel::ALL {
            let serving = CommunityKind::ALL.iter().filter(|kind| kind.serves(*level)).count();
            assert!(serving >= 4, "{level}");
            assert!(CommunityKind::Plc.serves(*level) && CommunityKind::BookClub.serves(*level));
        }
        assert!(CommunityKind::Kkg.serves(SchoolLevel::Sd) && !CommunityKind::Kkg.serves(SchoolLevel::Smp));
        assert!(CommunityKind::Mgmp.serves(SchoolLevel::Smk) && !CommunityKind::Mgmp.serves(SchoolLevel::Tk));
        assert!(CommunityKind::ALL.iter().all(|kind| kind.serves(SchoolLevel::Slb)));
    }

    #[test]
    fn a_plc_is_of_one_school_and_principals_lead_their_own_groups() {
        let told = |kind: CommunityKind, anchor, chair| -> Vec<&str> {
            kind.require(anchor, chair).into_iter().map(|fault| fault.code).collect()
        };
        let (teacher, principal) = (Some(PersonKind::Teacher), Some(PersonKind::Principal));
        assert!(told(CommunityKind::Plc, CommunityAnchor::School, teacher).is_empty());
        assert_eq!(told(CommunityKind::Plc, CommunityAnchor::Cluster, teacher), ["plc_without_school"]);
        for kind in [CommunityKind::Kkks, CommunityKind::Mkks] {
            assert_eq!(told(kind, CommunityAnchor::Region, teacher), ["chair_not_principal"]);
            assert!(told(kind, CommunityAnchor::Region, principal).is_empty());
            // Whose kind is not known is judged by another fault.
            assert!(told(kind, CommunityAnchor::Region, None).is_empty());
        }
    }

    #[test]
    fn a_charter_says_what_for_and_the_rest_may_be_empty() {
        assert_eq!(goals(" \n ").unwrap_err().code, "text_missing");
        assert_eq!(goals(" Belajar.\n\n Bersama. ").unwrap(), "Belajar.\nBersama.");
        assert_eq!(charter("  ").unwrap(), None);
    }

    proptest! {
        #[test]
        fn a_group_begins_exactly_with_a_chair_and_a_second_member(chair: bool, members in 0u64..5) {
            let told = require_ready(chair, members);
            prop_assert_eq!(told.is_ok(), chair && members >= LEAST_MEMBERS);
            if let Err(refused) = told {
                let first = if chair { "community_too_small" } else { "community_without_chair" };
                prop_assert_eq!(refused.code(), first);
            }
        }
    }
}
