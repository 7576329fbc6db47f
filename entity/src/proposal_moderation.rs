//! One step of the moderation of a proposal, and what it stood in before.

use sea_orm::entity::prelude::*;

/// One row of `proposal_moderation`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proposal_moderation")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which proposal.
    pub proposal_id: Uuid,
    /// Removed or returned.
    pub step: String,
    /// Why, in words.
    pub reason: String,
    /// Who did it.
    pub done_by: String,
    /// When.
    pub done_at: DateTimeUtc,
    /// Where it stood before.
    pub status_before: String,
    /// What was said to that.
    pub reason_before: Option<String>,
    /// Since when it stood there.
    pub since_before: DateTimeUtc,
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
