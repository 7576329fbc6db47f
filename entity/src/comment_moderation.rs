//! One step of the moderation of a comment.

use sea_orm::entity::prelude::*;

/// One row of `comment_moderation`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "comment_moderation")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which comment.
    pub comment_id: Uuid,
    /// Hidden or restored.
    pub step: String,
    /// Why, as a code.
    pub code: Option<String>,
    /// Why, in words.
    pub reason: String,
    /// Who did it.
    pub done_by: String,
    /// When.
    pub done_at: DateTimeUtc,
    /// As an officer of the community, or as the moderator of the region.
    pub done_as: String,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `comment_id`.
    #[sea_orm(
        belongs_to = "super::comment::Entity",
        from = "Column::CommentId",
        to = "super::comment::Column::Id"
    )]
    Comment,
}

impl Related<super::comment::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Comment.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
