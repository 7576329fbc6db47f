//! What members say, propose and decide.

use super::{Reach::*, Row};
use crate::access::{action::Action::*, grant::Role::*};

/// Who may do what there.
pub const VOICE: &[Row] = &[
    // The ministry and those who look after a region or school read what is decided, not what members say.
    (Ministry, ProposalRead, Everywhere),
    (MinistrySystem, ProposalRead, Everywhere),
    (RegionalOfficer, ProposalRead, Region),
    (Principal, ProposalRead, School),
    // A member speaks, proposes and votes; an officer hides, opens the vote and decides.
    (Principal, CommentRead, Member),
    (Principal, CommentCreate, Member),
    (Principal, CommentUpdate, Own),
    (Principal, CommentWithdraw, Own),
    (Principal, CommentReact, Member),
    (Principal, CommentHide, Officer),
    (Principal, CommentRestore, Officer),
    (Principal, ProposalRead, Member),
    (Principal, ProposalCreate, Member),
    (Principal, ProposalWithdraw, Own),
    (Principal, ProposalOpenVoting, Officer),
    (Principal, ProposalReopen, Officer),
    (Principal, ProposalVote, Member),
    (Principal, ProposalDecide, Officer),
    (Teacher, CommentRead, Member),
    (Teacher, CommentCreate, Member),
    (Teacher, CommentUpdate, Own),
    (Teacher, CommentWithdraw, Own),
    (Teacher, CommentReact, Member),
    (Teacher, CommentHide, Officer),
    (Teacher, CommentRestore, Officer),
    (Teacher, ProposalRead, Member),
    (Teacher, ProposalCreate, Member),
    (Teacher, ProposalWithdraw, Own),
    (Teacher, ProposalOpenVoting, Officer),
    (Teacher, ProposalReopen, Officer),
    (Teacher, ProposalVote, Member),
    (Teacher, ProposalDecide, Officer),
    // A moderator looks after what is said in the region, and alone may unseal an author.
    (Moderator, CommunityRead, Everywhere),
    (Moderator, CommentRead, Region),
    (Moderator, CommentHide, Region),
    (Moderator, CommentRestore, Region),
    (Moderator, ProposalRead, Region),
    (Moderator, ProposalRemove, Region),
    (Moderator, ProposalUnseal, Region),
];
