//! How communities are recognised.

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there.
pub const RECOGNITION: &[Row] = &[
    // The ministry writes the criteria, and may do what a regional officer may.
    (Ministry, RecognitionSchemeRead, Everywhere),
    (Ministry, RecognitionSchemeCreate, Everywhere),
    (Ministry, RecognitionSchemeUpdate, Everywhere),
    (Ministry, RecognitionSchemePublish, Everywhere),
    (Ministry, RecognitionSchemeRetire, Everywhere),
    (Ministry, ProgressNoteRead, Everywhere),
    (Ministry, ProgressNoteMake, Everywhere),
    (Ministry, AwardRoundRead, Everywhere),
    (Ministry, AwardRoundCompute, Everywhere),
    (Ministry, AwardRoundRecompute, Everywhere),
    (Ministry, AwardRoundAnnounce, Everywhere),
    (Ministry, AwardRoundRetract, Everywhere),
    (Ministry, AwardRoundFinalise, Everywhere),
    (Ministry, AwardEntryRead, Everywhere),
    (Ministry, AwardObjectionRead, Everywhere),
    (Ministry, AwardObjectionDecide, Everywhere),
    // A regional officer counts and announces, and decides what another announced.
    (RegionalOfficer, RecognitionSchemeRead, Everywhere),
    (RegionalOfficer, ProgressNoteRead, Region),
    (RegionalOfficer, ProgressNoteMake, Region),
    (RegionalOfficer, AwardRoundRead, Region),
    (RegionalOfficer, AwardRoundCompute, Region),
    (RegionalOfficer, AwardRoundRecompute, Region),
    (RegionalOfficer, AwardRoundAnnounce, Region),
    (RegionalOfficer, AwardRoundRetract, Region),
    (RegionalOfficer, AwardRoundFinalise, Region),
    (RegionalOfficer, AwardEntryRead, Region),
    (RegionalOfficer, AwardObjectionRead, Region),
    (RegionalOfficer, AwardObjectionDecide, Region),
    // Members see how their group goes on, and what was announced; officers object for it.
    (Principal, RecognitionSchemeRead, Everywhere),
    (Principal, ProgressNoteRead, School),
    (Principal, ProgressNoteRead, Member),
    (Principal, AwardRoundRead, School),
    (Principal, AwardRoundRead, Member),
    (Principal, AwardEntryRead, School),
    (Principal, AwardEntryRead, Member),
    (Principal, AwardObjectionRead, School),
    (Principal, AwardObjectionRead, Officer),
    (Principal, AwardObjectionRaise, Officer),
    (Teacher, RecognitionSchemeRead, Everywhere),
    (Teacher, ProgressNoteRead, Member),
    (Teacher, AwardRoundRead, Member),
    (Teacher, AwardEntryRead, Member),
    (Teacher, AwardObjectionRead, Officer),
    (Teacher, AwardObjectionRaise, Officer),
    // Whoever works with teachers sees the criteria and who is recognised; nothing else is theirs.
    (ProviderStaff, RecognitionSchemeRead, Everywhere),
    (ProviderStaff, AwardRoundRead, Organisation),
    (ProviderStaff, AwardEntryRead, Organisation),
    (ResourcePerson, RecognitionSchemeRead, Everywhere),
    (ResourcePerson, AwardRoundRead, Own),
    (ResourcePerson, AwardEntryRead, Own),
    // A ministry system reads, and changes nothing.
    (MinistrySystem, RecognitionSchemeRead, Everywhere),
    (MinistrySystem, ProgressNoteRead, Everywhere),
    (MinistrySystem, AwardRoundRead, Everywhere),
    (MinistrySystem, AwardEntryRead, Everywhere),
    (MinistrySystem, AwardObjectionRead, Everywhere),
];
