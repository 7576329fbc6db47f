//! One request's way to the database for reads.

use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement,
    sqlx,
};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Statements of one request that run at a time. A GraphQL document may ask for a hundred things
/// at once; the others wait here, where they hold up nobody else's request.
const AT_A_TIME: usize = 2;

/// A connection for the reads of one request; its clones share the turns.
#[derive(Clone)]
pub struct Reads {
    reader: DatabaseConnection,
    turns: Arc<Semaphore>,
}

impl Reads {
    /// For one request, over the handle that all share.
    pub fn new(reader: &DatabaseConnection) -> Self {
        Self { reader: reader.clone(), turns: Arc::new(Semaphore::new(AT_A_TIME)) }
    }

    async fn turn(&self) -> Result<SemaphorePermit<'_>, DbErr> {
        // Closed is what it never is.
        let closed = |_| DbErr::Conn(RuntimeErr::SqlxError(Arc::new(sqlx::Error::PoolClosed)));
        self.turns.acquire().await.map_err(closed)
    }
}

#[async_trait]
impl ConnectionTrait for Reads {
    fn get_database_backend(&self) -> DbBackend {
        self.reader.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let _turn = self.turn().await?;
        self.reader.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, _: &str) -> Result<ExecResult, DbErr> {
        Err(DbErr::Custom("a read is a statement with its values bound".to_owned()))
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let _turn = self.turn().await?;
        self.reader.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let _turn = self.turn().await?;
        self.reader.query_all_raw(statement).await
    }

    fn support_returning(&self) -> bool {
        self.reader.support_returning()
    }
}
