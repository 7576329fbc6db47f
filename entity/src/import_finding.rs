//! One thing an import has to say about one row.

use sea_orm::entity::prelude::*;

/// One row of `import_finding`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "import_finding")]
pub struct Model {
    /// Which import.
    #[sea_orm(primary_key, auto_increment = false)]
    pub job_id: Uuid,
    /// Order in the file.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i64,
    /// Physical line, from 1.
    pub line: i64,
    /// Which column; empty = the whole row.
    pub column_name: String,
    /// What is wrong.
    pub code: String,
    /// warning or refusal.
    pub severity: String,
    /// The value found, bounded; never a secret.
    pub value: String,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `job_id`.
    #[sea_orm(
        belongs_to = "super::import_job::Entity",
        from = "Column::JobId",
        to = "super::import_job::Column::Id"
    )]
    ImportJob,
}

impl Related<super::import_job::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::ImportJob.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
