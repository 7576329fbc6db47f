//! What an orchestrator asks.

use sanggar::foundation::store::Store;
use serde_json::json;

use crate::{both_engines, support::TestApp};

both_engines! {
    async fn a_service_with_its_database_and_schema_is_ready(app: TestApp) {
        let (status, body) = app.get("/readyz", None).await;
        assert_eq!((status, &body["status"]), (200, &json!("ok")), "{body}");
        assert_eq!(app.get("/livez", None).await.0, 200);
    }

    async fn a_service_whose_schema_lags_behind_is_not_ready_but_alive(app: TestApp) {
        take_down(&app.services.store).await;
        let (status, body) = app.get("/readyz", None).await;
        assert_eq!((status, &body["checks"]["migrations"]), (503, &json!("failing")), "{body}");
        assert_eq!(app.get("/livez", None).await.0, 200);
    }
}

async fn take_down(store: &Store) {
    use migration::MigratorTrait;
    migration::Migrator::down(store.writer(), None).await.unwrap();
}
