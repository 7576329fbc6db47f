//! `sanggar keys`: looking after the keys.

use clap::Subcommand;

use crate::{
    access::{keys::rotate, token::MAX_LIFETIME},
    config::Config,
};

/// What to do with them.
#[derive(Subcommand)]
pub enum Keys {
    /// Make a new key for access tokens. What the old one signed keeps verifying; start the nodes anew afterwards.
    Rotate {
        /// Only make the key, so that nodes that are started anew know it before any of them signs with it.
        #[arg(long)]
        prepare: bool,
    },
}

/// Does it, and says what was done.
///
/// # Errors
/// What is wrong with the keys, in words.
pub fn run(config: &Config, what: &Keys) -> Result<(), String> {
    match what {
        Keys::Rotate { prepare: true } => {
            let kid = rotate::prepare(&config.keys()).map_err(|e| e.to_string())?;
            println!("The token key {kid} is prepared. Nothing signs with it yet.");
            println!("Start every node anew, one after the other; then run `sanggar keys rotate`.");
            Ok(())
        }
        Keys::Rotate { prepare: false } => {
            let done = rotate::token(&config.keys()).map_err(|e| e.to_string())?;
            println!("The token key {} is replaced by {}.", done.old, done.new);
            println!("Start every node anew: until then a node signs with the old key.");
            println!(
                "Tokens of the old key keep verifying by {}. None of them lives longer than {} days.",
                done.kept.display(),
                MAX_LIFETIME.num_days()
            );
            Ok(())
        }
    }
}
