//! A person's own learning: the person's, and nobody's by office, region or ministry. Whom a person shares something
//! with reads it as a person, too.

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there.
pub const LEARNING: &[Row] = &[
    (Principal, LearningPlanRead, Own),
    (Principal, LearningPlanCreate, Own),
    (Principal, LearningGoalRead, Own),
    (Principal, LearningGoalCreate, Own),
    (Principal, LearningGoalUpdate, Own),
    (Principal, LearningGoalSettle, Own),
    (Principal, LearningGoalShare, Own),
    (Principal, LearningGoalUnshare, Own),
    (Principal, LearningEvidenceAdd, Own),
    (Principal, LearningEvidenceRemove, Own),
    (Principal, SelfAssessmentRead, Own),
    (Principal, SelfAssessmentRecord, Own),
    (Principal, LearningReflectionRead, Own),
    (Principal, LearningReflectionWrite, Own),
    (Principal, LearningReflectionUpdate, Own),
    (Principal, LearningReflectionShare, Own),
    (Principal, LearningReflectionUnshare, Own),
    (Principal, LearningSuggestionsRead, Own),
    (Teacher, LearningPlanRead, Own),
    (Teacher, LearningPlanCreate, Own),
    (Teacher, LearningGoalRead, Own),
    (Teacher, LearningGoalCreate, Own),
    (Teacher, LearningGoalUpdate, Own),
    (Teacher, LearningGoalSettle, Own),
    (Teacher, LearningGoalShare, Own),
    (Teacher, LearningGoalUnshare, Own),
    (Teacher, LearningEvidenceAdd, Own),
    (Teacher, LearningEvidenceRemove, Own),
    (Teacher, SelfAssessmentRead, Own),
    (Teacher, SelfAssessmentRecord, Own),
    (Teacher, LearningReflectionRead, Own),
    (Teacher, LearningReflectionWrite, Own),
    (Teacher, LearningReflectionUpdate, Own),
    (Teacher, LearningReflectionShare, Own),
    (Teacher, LearningReflectionUnshare, Own),
    (Teacher, LearningSuggestionsRead, Own),
];
