//! Personal values of the audit trail, apart from its chain.

use super::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager};

pub(crate) const UP: &str = include_str!("sql/m20261202_audit_value.up.sql");
pub(crate) const DOWN: &str = include_str!("sql/m20261202_audit_value.down.sql");

/// See the module.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // All or nothing on both engines, whatever happens on the way.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, DOWN).await
    }
}
