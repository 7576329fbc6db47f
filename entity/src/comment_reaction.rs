//! A reaction of one member to a comment.

use sea_orm::entity::prelude::*;

/// One row of `comment_reaction`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "comment_reaction")]
pub struct Model {
    /// To which comment.
    #[sea_orm(primary_key, auto_increment = false)]
    pub comment_id: Uuid,
    /// Which reaction.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    /// When.
    pub reacted_at: DateTimeUtc,
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
    /// By `person_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::PersonId",
        to = "super::person::Column::Id"
    )]
    Person,
}

impl Related<super::comment::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Comment.def()
    }
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
