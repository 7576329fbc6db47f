//! Logs and metrics.

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

use crate::config::LogFormat;

/// What is never turned up: the web layer writes whole addresses there, with what people put into them by mistake.
const QUIET: &str = "actix_web::types=warn";

/// Starts logging to standard error.
///
/// # Errors
/// A filter that cannot be read, in words.
pub fn logs(filter: &str, format: LogFormat) -> Result<(), String> {
    let filter =
        EnvFilter::try_new(format!("{filter},{QUIET}")).map_err(|e| format!("log = {filter:?}: {e}"))?;
    let people = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let builder =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(people);
    let started = match format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    started.map_err(|e| format!("logging: {e}"))
}

/// Starts collecting metrics; `None` when the process does so already.
pub fn metrics() -> Option<PrometheusHandle> {
    PrometheusBuilder::new()
        .set_buckets(&[0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0])
        .ok()?
        .install_recorder()
        .ok()
}
