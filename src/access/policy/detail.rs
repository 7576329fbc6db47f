//! What is particular to the activities of communities: articles, practices, coaching.

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there.
pub const DETAIL: &[Row] = &[
    // Those who look after communities see what they read; what is said of an activity is its officers' to say.
    (Ministry, ActivityDescribe, Everywhere),
    (Ministry, ArticleRead, Everywhere),
    (RegionalOfficer, ArticleRead, Region),
    (Principal, ActivityDescribe, Officer),
    (Principal, ArticleRead, School),
    (Principal, ArticleRead, Member),
    (Principal, ArticleShare, Member),
    (Principal, ArticleRemove, Member),
    (Principal, ArticleMark, Member),
    (Principal, ArticlePin, Officer),
    (Principal, ArticleUnpin, Officer),
    // A coaching is the two's, whoever leads the community.
    (Principal, CoachingRecord, Member),
    (Principal, CoachingShare, Member),
    (Principal, CoachingUnshare, Member),
    (Teacher, ActivityDescribe, Officer),
    (Teacher, ArticleRead, Member),
    (Teacher, ArticleShare, Member),
    (Teacher, ArticleRemove, Member),
    (Teacher, ArticleMark, Member),
    (Teacher, ArticlePin, Officer),
    (Teacher, ArticleUnpin, Officer),
    (Teacher, CoachingRecord, Member),
    (Teacher, CoachingShare, Member),
    (Teacher, CoachingUnshare, Member),
    (MinistrySystem, ArticleRead, Everywhere),
];
