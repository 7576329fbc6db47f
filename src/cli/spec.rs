//! `sanggar spec`: the committed contracts, `openapi/openapi.json` and `openapi/schema.graphql`.

use std::path::Path;

use clap::Args;

use crate::{graphql, rest::openapi};

/// What to do with the contracts.
#[derive(Args)]
pub struct SpecArgs {
    /// Write them into `openapi/`.
    #[arg(long, conflicts_with = "check")]
    write: bool,
    /// Fail when what is committed differs from what the program serves.
    #[arg(long)]
    check: bool,
}

/// Prints, writes or checks.
///
/// # Errors
/// Which file differs, or cannot be written.
pub fn run(args: &SpecArgs) -> Result<(), String> {
    let contracts = [
        ("openapi/openapi.json", openapi::TEXT.clone()),
        ("openapi/schema.graphql", graphql::schema().sdl()),
    ];
    for (path, text) in contracts {
        if args.write {
            std::fs::write(path, &text).map_err(|e| format!("write {path}: {e}"))?;
        } else if args.check {
            let committed = std::fs::read_to_string(Path::new(path)).unwrap_or_default();
            if committed != text {
                return Err(format!(
                    "{path} differs from what the program serves: run `cargo run -- spec --write` and review the change"
                ));
            }
        } else {
            println!("{text}");
        }
    }
    Ok(())
}
