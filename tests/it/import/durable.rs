//! What holds when an import is cut short or a chunk fails.

use std::sync::{Arc, Mutex};

use entity::{import_job, region};
use sanggar::access::context::{Ctx, Work};
use sanggar::exchange::import::claim::Claim;
use sanggar::exchange::import::load::{self, File};
use sanggar::exchange::import::read;
use sanggar::exchange::import::regions::{RegionParser, RegionRow};
use sanggar::exchange::import::report::Tally;
use sanggar::exchange::import::row::Parsed;
use sanggar::exchange::import::rule::{ImportKind, ImportStatus};
use sanggar::exchange::import::run;
use sanggar::exchange::import::sink::{DatabaseSink, Settled, Target, regions::Regions};
use sanggar::exchange::import::source::{Input, Limits};
use sanggar::exchange::import::upload;
use sanggar::exchange::import::view::ImportId;
use sanggar::exchange::import::write::{BeginImport, EndImport, StartImport};
use sanggar::foundation::error::{Error, Result};
use sea_orm::{EntityTrait, PaginatorTrait};

use super::{PROVINCES, follow};
use crate::{both_engines, support::TestApp};

both_engines! {
    async fn an_import_whose_process_is_gone_says_so_after_the_next_start(app: TestApp) {
        let ctx = app.operator();
        let folder = app.services.settings.data_dir.join("uploads");
        std::fs::create_dir_all(&folder).unwrap();
        // What a process leaves that was killed: a record, and files that nobody holds.
        let id = queued(&ctx).await;
        for extension in ["part", "lock"] {
            std::fs::write(folder.join(format!("{id}.{extension}")), PROVINCES).unwrap();
        }
        upload::recover(&ctx).await.unwrap();
        let import = follow(&app, &id.to_string()).await;
        assert_eq!(import["failure"]["code"], "import_interrupted");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
        upload::recover(&ctx).await.unwrap();
    }

    async fn an_import_that_another_process_carries_out_is_left_alone(app: TestApp) {
        let ctx = app.operator();
        let id = queued(&ctx).await;
        let claim = Claim::take(&ctx, id).unwrap();
        upload::recover(&ctx).await.unwrap();
        assert_eq!(read::find(&ctx, id).await.unwrap().status, ImportStatus::Queued);
        drop(claim);
    }

    async fn how_an_import_ended_is_said_once_and_no_row_comes_after(app: TestApp) {
        let ctx = app.operator();
        let id = queued(&ctx).await;
        let ended = run::interrupt(&ctx, id).await.unwrap();
        let begun = ctx.write(BeginImport { id, notes: Vec::new() }).await.unwrap_err();
        assert_eq!(begun.code(), "import_interrupted");
        let finished = EndImport { id, failure: None, language: ctx.language };
        assert_eq!(ctx.write(finished).await.unwrap(), ended);
        assert_eq!(app.events("import.finished").await.len(), 0);
    }

    async fn an_import_whose_client_went_away_is_carried_out(app: TestApp) {
        let ctx = app.operator();
        let mut upload = upload::Upload::begin(&ctx).await.unwrap();
        upload.add(PROVINCES.as_bytes()).await.unwrap();
        let said = serde_json::from_value(serde_json::json!({ "kind": "regions" })).unwrap();
        // Looked at once and dropped, as the web layer does with the handler of a client that is gone.
        let gone = tokio::time::timeout(std::time::Duration::ZERO, upload.start(&ctx, said)).await;
        assert!(gone.is_err());
        let id = loop {
            let jobs = import_job::Entity::find().all(app.services.store.reader()).await.unwrap();
            match jobs.first() {
                Some(job) => break job.id,
                None => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
            }
        };
        assert_eq!(follow(&app, &id.to_string()).await["rowsNew"], 2);
    }

    async fn a_chunk_that_fails_leaves_nothing_behind(app: TestApp) {
        let ctx = app.operator();
        let file = File::new(Input::Bytes(PROVINCES.as_bytes().into()), Limits::default()).unwrap();
        let id = queued(&ctx).await;
        ctx.write(BeginImport { id, notes: Vec::new() }).await.unwrap();
        let inner = Regions { ended_on: ctx.now().date_naive(), imagined: Arc::new(Mutex::default()) };
        for (fails, regions) in [(true, 0), (false, 2)] {
            let header = file.header(ImportKind::Regions).unwrap();
            let parser = RegionParser::new(&header);
            let checked = load::check(file.clone(), header, parser).unwrap();
            let mut sink = DatabaseSink {
                ctx: ctx.clone(),
                job: id.uuid(),
                dry_run: false,
                target: FailsAfterWriting { inner: inner.clone(), fails },
                progress: file.progress.clone(),
                tally: Tally::default(),
                kept: 0,
            };
            assert_eq!(load::load(checked, &mut sink, &mut |_| Ok(())).await.is_err(), fails);
            let reader = app.services.store.reader();
            assert_eq!(region::Entity::find().count(reader).await.unwrap(), regions);
            assert_eq!(app.events("region.created").await.len() as u64, regions);
            let job = import_job::Entity::find_by_id(id.uuid()).one(reader).await.unwrap().unwrap();
            assert_eq!(job.rows_read as u64, regions);
        }
    }
}

/// The record of an import that was asked for.
async fn queued(ctx: &Ctx) -> ImportId {
    let id = ctx.services.ids.next(ctx.now()).into();
    let start = StartImport {
        id,
        kind: ImportKind::Regions,
        filename: "provinces.csv".to_owned(),
        bytes: 1,
        dry_run: false,
        language: ctx.language,
    };
    ctx.write(start).await.unwrap();
    id
}

#[derive(Clone)]
struct FailsAfterWriting {
    inner: Regions,
    fails: bool,
}

impl Target for FailsAfterWriting {
    type Row = RegionRow;

    async fn settle(&self, work: &Work<'_>, chunk: &[Parsed<RegionRow>], dry_run: bool) -> Result<Settled> {
        let settled = self.inner.settle(work, chunk, dry_run).await?;
        if self.fails { Err(Error::conflict("planted")) } else { Ok(settled) }
    }
}
