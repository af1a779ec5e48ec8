//! `latchkey events`: what clients could not be told.

use std::process::ExitCode;

use clap::Subcommand;

use super::{Failure, open, say};
use crate::config::Config;
use crate::events::operator;
use crate::outbox::{Message, Standing};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// What was given up; with --all, what is on its way as well.
    List {
        /// Also what is not delivered yet.
        #[arg(long)]
        all: bool,
    },
    /// Have what was given up tried again: one event by its name, or --all.
    Retry(Which),
    /// Drop what was given up, so that nobody will be told: one event by its name, or --all.
    Drop(Which),
}

/// One event or all of them.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub struct Which {
    /// The name of the event (its jti), as the list shows it.
    name: Option<String>,
    /// All that were given up.
    #[arg(long)]
    all: bool,
}

pub async fn run(config: Config, command: Command) -> Result<ExitCode, Failure> {
    let app = open(config).await?;
    match command {
        Command::List { all } => {
            let (messages, counts) = operator::list(&app, !all).await?;
            for message in &messages {
                say::line(&line(message));
            }
            say::line(&format!("given up: {}, on their way: {}", counts.dead, counts.open));
        }
        Command::Retry(which) => {
            let retried = operator::retry(&app, which.name.as_deref()).await?;
            say::line(&format!("to be tried again: {}", found(retried, &which)?));
        }
        Command::Drop(which) => {
            let dropped = operator::drop_dead(&app, which.name.as_deref()).await?;
            say::line(&format!("dropped: {}", found(dropped, &which)?));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Whom it is about is not shown: the operator has no need to know.
fn line(message: &Message) -> String {
    let at = jiff::Timestamp::from_second(message.made_at.seconds()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let standing = if message.standing == Standing::Dead { "given up" } else { "on its way" };
    let failed = message.failed.as_deref().unwrap_or("-");
    let (jti, client, event) = (&message.jti, &message.client, message.event.word());
    format!("{jti}  {at}  {client:<24} {event:<20} {standing:<10} {:>3} failed  {failed}", message.tries)
}

fn found(count: u64, which: &Which) -> Result<u64, Failure> {
    match (count, &which.name) {
        (0, Some(name)) => Err(Failure::Sentence(format!("{name}: no such event was given up"))),
        _ => Ok(count),
    }
}
