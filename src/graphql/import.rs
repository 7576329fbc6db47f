//! Imports.

use async_graphql::{Context, Object};

use super::{
    list::{self, List},
    node::{call, with_key},
};
use crate::{
    exchange::import::{
        read::{self, ImportFilter},
        upload::{StartImportInput, Upload},
        view::{Import, ImportFinding, ImportId},
    },
    foundation::error::Result,
};

/// Reads.
#[derive(Default)]
pub struct ImportQuery;

#[Object]
impl ImportQuery {
    /// Files that were brought in, the latest first, with what became of their rows.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn imports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to narrow the list by.")] filter: Option<ImportFilter>,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<Import>> {
        let (filter, call) = (filter.unwrap_or_default(), call(ctx)?);
        let page = read::list(call, &filter, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count(call, &filter).await?) } else { None };
        Ok(list::connection(page, total))
    }

    /// How far an import is and what became of its rows so far. Ask again until `status` is `FINISHED` or `FAILED`.
    async fn import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The import's id.")] id: ImportId,
    ) -> Result<Import> {
        read::find(call(ctx)?, id).await
    }

    /// Every finding of an import with line, column, code, value and what to do, in the order of the file.
    #[allow(clippy::too_many_arguments, reason = "Relay's four paging arguments")]
    async fn import_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The import's id.")] id: ImportId,
        #[graphql(desc = "At most this many from the start or `after`; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Go on after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many before the end or `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Go back from this cursor.")] before: Option<String>,
    ) -> Result<List<ImportFinding>> {
        let call = call(ctx)?;
        let page = read::findings(call, id, &list::request(ctx, first, after, last, before)?).await?;
        let total = if list::wants_total(ctx) { Some(read::count_findings(call, id).await?) } else { None };
        Ok(list::connection(page, total))
    }
}

/// Commands.
#[derive(Default)]
pub struct ImportMutation;

#[Object]
impl ImportMutation {
    /// Brings a small file in that comes inside the request. It is checked as a whole before anything is loaded;
    /// then every row is loaded or refused with a reason. The answer comes at once; follow it with `import`.
    async fn start_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file.")] input: StartImportInput,
    ) -> Result<Import> {
        let call = with_key(ctx)?;
        let (content, said) = input.split();
        let mut upload = Upload::begin(&call).await?;
        upload.add(content.as_bytes()).await?;
        upload.start(&call, said).await
    }
}
