//! `latchkey invitations …`: slips of paper for residents who have not enrolled yet.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use super::{Failure, say, slips};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::roster::{Invited, invitation};
use crate::vault;

/// What may be done with invitations.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print the invitations that may still be used: the same links once more.
    Print {
        /// A folder for the slips: a new one, or an empty one.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Make new invitations for residents whose invitation ran out, and print them.
    Renew {
        /// For everybody who has not enrolled: slips that were handed out before stop working.
        #[arg(long)]
        all: bool,
        /// A folder for the slips: a new one, or an empty one.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

pub async fn run(config: Config, command: Command) -> Result<ExitCode, Failure> {
    let folder = match &command {
        Command::Print { out } | Command::Renew { out, .. } => slips::Folder::make(out.clone())?,
    };
    let (app, waiting) = App::open(config.clone(), Clock::System).await?;
    // Names are sealed: they are opened through the gate, and each look stands in the resident's book.
    let gate = tokio::spawn(vault::gate::run(app.clone(), waiting));
    let invited: Result<Vec<Invited>, _> = match command {
        Command::Print { .. } => invitation::open_invitations(&app).await,
        Command::Renew { all, .. } => invitation::renew(&app, all).await,
    };
    gate.abort();
    let invited = invited?;
    folder.write(&config, &app.clock, &invited)?;
    say::line(&format!("{} 份邀请单。", invited.len()));
    say::line(&format!("{} slips.", invited.len()));
    Ok(ExitCode::SUCCESS)
}
