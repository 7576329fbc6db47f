//! What holds when an import is cut short or a chunk fails.

use std::sync::{Arc, Mutex};

use entity::{import_job, region};
use sanggar::access::context::Work;
use sanggar::exchange::import::load::{self, File};
use sanggar::exchange::import::regions::{RegionParser, RegionRow};
use sanggar::exchange::import::report::Tally;
use sanggar::exchange::import::row::Parsed;
use sanggar::exchange::import::rule::ImportKind;
use sanggar::exchange::import::sink::{DatabaseSink, Settled, Target, regions::Regions};
use sanggar::exchange::import::source::{Input, Limits};
use sanggar::exchange::import::upload;
use sanggar::exchange::import::write::StartImport;
use sanggar::foundation::error::{Error, Result};
use sea_orm::{EntityTrait, PaginatorTrait};

use super::{PROVINCES, follow};
use crate::{both_engines, support::TestApp};

both_engines! {
    async fn an_import_cut_short_says_so_after_the_next_start(app: TestApp) {
        let ctx = app.operator();
        let mut upload = upload::Upload::begin(&ctx).await.unwrap();
        upload.add(PROVINCES.as_bytes()).await.unwrap();
        std::mem::forget(upload);
        let folder = app.services.settings.data_dir.join("uploads");
        let left = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
        let id = uuid::Uuid::try_parse(left.file_stem().unwrap().to_str().unwrap()).unwrap();
        let start = StartImport {
            id: id.into(),
            kind: ImportKind::Regions,
            filename: "provinces.csv".to_owned(),
            bytes: 1,
            dry_run: false,
            language: ctx.language,
        };
        ctx.write(start).await.unwrap();
        upload::recover(&ctx).await.unwrap();
        let import = follow(&app, &id.to_string()).await;
        assert_eq!(import["failure"]["code"], "import_interrupted");
        assert!(!left.exists());
        upload::recover(&ctx).await.unwrap();
    }

    async fn a_chunk_that_fails_leaves_nothing_behind(app: TestApp) {
        let ctx = app.operator();
        let file = File::new(Input::Bytes(PROVINCES.as_bytes().into()), Limits::default()).unwrap();
        let id = ctx.services.ids.next(ctx.now());
        let start = StartImport {
            id: id.into(),
            kind: ImportKind::Regions,
            filename: "provinces.csv".to_owned(),
            bytes: 1,
            dry_run: false,
            language: ctx.language,
        };
        ctx.write(start).await.unwrap();
        let inner = Regions { ended_on: ctx.now().date_naive(), imagined: Arc::new(Mutex::default()) };
        for (fails, regions) in [(true, 0), (false, 2)] {
            let header = file.header(ImportKind::Regions).unwrap();
            let parser = RegionParser::new(&header);
            let checked = load::check(file.clone(), header, parser).unwrap();
            let mut sink = DatabaseSink {
                ctx: ctx.clone(),
                job: id,
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
            let job = import_job::Entity::find_by_id(id).one(reader).await.unwrap().unwrap();
            assert_eq!(job.rows_read as u64, regions);
        }
    }
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
