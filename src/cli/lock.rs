//! `latchkey residents lock` and `unlock`: no door opens for a resident, or every door again.

use std::process::ExitCode;

use clap::Args;

use super::{Failure, open, say};
use crate::config::Config;
use crate::erasure;
use crate::ids::ResidentId;
use crate::resident::{self, Refusal};

/// Whom, and why.
#[derive(Debug, Args)]
pub struct Whom {
    /// The resident's id (32 hexadecimal digits).
    id: String,
    /// Why, for the auditors: it is entered in the ledger, so nothing personal.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

pub async fn run(config: Config, whom: Whom, locks: bool) -> Result<ExitCode, Failure> {
    let id = ResidentId::parse(&whom.id).map_err(|_| Failure::Sentence(format!("{}: not a resident's id", whom.id)))?;
    let app = open(config).await?;
    let done = if locks {
        erasure::lock(&app, &id, &whom.reason).await
    } else {
        resident::unlock(&app, &id, &whom.reason).await
    };
    let done = done.map_err(|refused| match refused {
        Refusal::Fault(fault) => Failure::Fault(fault),
        _ => Failure::Sentence(format!("{id}: no such resident")),
    })?;
    let (zh, en) = match (locks, done) {
        (true, true) => ("已锁定", "locked"),
        (true, false) => ("本来就已锁定", "was locked before"),
        (false, true) => ("已解锁", "unlocked"),
        (false, false) => ("本来就没有锁定", "was not locked"),
    };
    say::line(&format!("{id}: {zh} · {en}"));
    Ok(ExitCode::SUCCESS)
}
