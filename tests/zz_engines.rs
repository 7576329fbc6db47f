//! Runs after every other test and says, on the last line, which engines the tests ran on.

#![allow(clippy::disallowed_methods, reason = "the test's own environment")]

#[path = "it/support/server.rs"]
#[allow(dead_code, reason = "shared with the harness, which uses the rest")]
mod server;

fn main() -> std::process::ExitCode {
    let url = server::url();
    let usable = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(server::usable(&url)),
        Err(error) => Err(format!("no runtime: {error}")),
    };
    match usable {
        Ok(()) => {
            let at = server::without_password(&url);
            println!("PostgreSQL at {at} makes and drops databases: every scenario ran on both engines.");
            std::process::ExitCode::SUCCESS
        }
        Err(why) => {
            println!("!!! The tests ran on SQLite ONLY. PostgreSQL: {why}. Set {}. !!!", server::VARIABLE);
            // The harness has failed its tests by then, too; the last line must not say otherwise.
            std::process::ExitCode::from(u8::from(server::required()))
        }
    }
}
