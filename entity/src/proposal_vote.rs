//! One vote. Whose it is, only its owner can tell: by a keyed mark.

use sea_orm::entity::prelude::*;

/// One row of `proposal_vote`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proposal_vote")]
pub struct Model {
    /// On which proposal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub proposal_id: Uuid,
    /// Keyed mark of the voter, another one for each proposal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub voter_mark: String,
    /// The vote.
    pub choice: String,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `proposal_id`.
    #[sea_orm(
        belongs_to = "super::proposal::Entity",
        from = "Column::ProposalId",
        to = "super::proposal::Column::Id"
    )]
    Proposal,
}

impl Related<super::proposal::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Proposal.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
