//! The harness: one service on its own database per test, on both engines, asked
//! through both faces over a real socket.

pub mod app;
pub mod browser;
pub mod child;
pub mod circle;
pub mod client;
pub mod credit;
pub mod database;
pub mod directory;
pub mod face;
pub mod group;
pub mod identity;
pub mod improvement;
pub mod interleave;
pub mod own_rows;
pub mod pool;
pub mod provider;
pub mod proxy;
pub mod recognition;
pub mod rows;
pub mod server;
pub mod socket;
pub mod training;
pub mod upstream;
pub mod village;
pub mod voice;

pub use app::TestApp;
pub use face::{Face, Outcome};

/// Runs each test on SQLite and on PostgreSQL.
///
/// PostgreSQL is found by `TEST_DATABASE_URL` or at 127.0.0.1:5432. Where it was named it must work; where
/// it was not and is not there, that half is skipped, which `tests/zz_engines.rs` says on the last line.
#[macro_export]
macro_rules! both_engines {
    ($( $(#[$meta:meta])* async fn $name:ident($app:ident: $ty:ty) $body:block )+) => {
        $(
            mod $name {
                #[allow(unused_imports, reason = "not every test needs everything of its file")]
                use super::*;

                async fn scenario($app: $ty) $body

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_sqlite() {
                    scenario($crate::support::TestApp::sqlite().await).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_postgres() {
                    if let Some(app) = $crate::support::TestApp::postgres().await {
                        scenario(app).await;
                    }
                }
            }
        )+
    };
}
