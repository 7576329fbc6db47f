//! The `sanggar` program.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match sanggar::cli::run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("sanggar: {why}");
            ExitCode::FAILURE
        }
    }
}
