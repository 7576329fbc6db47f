//! A curriculum: form, hours, audience, pass rule.

use sea_orm::entity::prelude::*;

/// One row of `program`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "program")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who offers it.
    pub provider_id: Uuid,
    /// Short code used in certificate numbers.
    pub code: String,
    /// Title as printed on certificates.
    pub title: String,
    /// What participants learn, in plain words.
    pub description: String,
    /// PD form.
    pub form: String,
    /// Credit hours (JP) of the whole program.
    pub hours_jp: i32,
    /// Minutes of one JP, 45 unless said.
    pub minutes_per_jp: i32,
    /// Whether JP are granted in proportion to attendance.
    pub pro_rata: bool,
    /// Least attendance to complete, percent of planned minutes.
    pub attendance_percent: i32,
    /// Least score to complete, 0 to 100; none when nothing is scored.
    pub minimum_score: Option<i32>,
    /// Person kinds it is meant for; empty = everyone.
    pub audience: Json,
    /// Codes of the competency model it serves (K1 … K4).
    pub competencies: Json,
    /// draft, published, archived.
    pub status: String,
    /// Grows by one with every change.
    pub version: i64,
    /// When the row came to be.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `provider_id`.
    #[sea_orm(
        belongs_to = "super::organisation::Entity",
        from = "Column::ProviderId",
        to = "super::organisation::Column::Id"
    )]
    Organisation,
}

impl Related<super::organisation::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Organisation.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
