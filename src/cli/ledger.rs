//! `latchkey ledger …`: the access log, checked.

use std::process::ExitCode;

use clap::Subcommand;

use super::{Failure, say};
use crate::config::Config;
use crate::custody::Custody;
use crate::db::Db;
use crate::fault::Fault;
use crate::ledger::verifier_key::{Signs, VerifierKey};
use crate::ledger::verify::Finding;
use crate::vault;

/// What may be asked of the ledger.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Recompute every leaf, every commitment and every root; name the first entry that is broken.
    ///
    /// Exit code 0: whole. 1: broken. 2: could not be verified at all.
    Verify,
    /// Print the ledger's verifier key: what witnesses and auditors are told.
    Key,
}

pub async fn run(config: Config, command: Command) -> Result<ExitCode, Failure> {
    let custody = Custody::open_existing(&config.keys.folder)?;
    if let Command::Key = command {
        let key = VerifierKey::new(custody.origin(), Signs::Checkpoints, *custody.ledger_public_key());
        say::line(&key.map_err(|_| Fault::Key("ledger.key"))?.to_string());
        return Ok(ExitCode::SUCCESS);
    }
    let db = Db::open(&config.database.url).await?;
    match vault::verify::verify(&db, &custody).await? {
        Finding::Whole { entries, covered, root } => {
            say::line(&format!("whole: {entries} entries, {covered} of them under a signed checkpoint"));
            say::line(&format!("root:  {root}"));
            Ok(ExitCode::SUCCESS)
        }
        Finding::Broken { position: Some(position), what } => {
            say::line(&format!("broken at entry {position}: {what}"));
            Ok(ExitCode::from(1))
        }
        Finding::Broken { position: None, what } => {
            say::line(&format!("broken: {what}"));
            Ok(ExitCode::from(1))
        }
    }
}
