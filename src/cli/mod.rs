//! The command line: whoever may run the binary beside the keys is the operator.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, ConfigError};
use crate::crypto::tls::pair::NotAPair;
use crate::fault::Fault;

mod audit;
mod clients;
mod events;
mod invitations;
mod keys;
mod ledger;
mod lock;
mod people;
mod receive;
mod residents;
pub mod say;
mod serve;
mod slips;
mod span;
mod tls;
mod witness;

/// Latchkey 门钥: the residents hold the key.
#[derive(Debug, Parser)]
#[command(name = "latchkey", version, arg_required_else_help = true)]
pub struct Command {
    /// The settings (TOML). Without it: latchkey.toml here if there is one, else the defaults.
    #[arg(long, global = true, env = "LATCHKEY_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Serve residents, apps and auditors until told to stop.
    Serve,
    /// Check the settings and print what is in force.
    Check,
    /// Bring the database schema up to date, and make keys at first start.
    Migrate,
    /// Those who live here.
    #[command(subcommand)]
    Residents(residents::Command),
    /// Their way in.
    #[command(subcommand)]
    Invitations(invitations::Command),
    /// The apps that may ask them.
    #[command(subcommand)]
    Clients(clients::Command),
    /// Staff and auditors of the service centre.
    #[command(subcommand)]
    People(people::Command),
    /// What clients could not be told.
    #[command(subcommand)]
    Events(events::Command),
    /// Keys that are made elsewhere.
    #[command(subcommand)]
    Keys(keys::Command),
    /// The access log.
    #[command(subcommand)]
    Ledger(ledger::Command),
    /// Holding a service's ledger to its word, from outside.
    #[command(subcommand)]
    Audit(audit::Command),
    /// Watching over a ledger for others, apart from the service.
    #[command(subcommand)]
    Witness(witness::Command),
    /// Certificates for development.
    #[command(subcommand)]
    Tls(tls::Command),
}

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The settings.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A certificate or its key.
    #[error(transparent)]
    NotAPair(#[from] NotAPair),
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// Something about the request itself, as a sentence.
    #[error("{0}")]
    Sentence(String),
}

/// Parses the arguments and carries out the command.
#[must_use]
pub fn main() -> ExitCode {
    let command = Command::parse();
    say::start_log();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(cause) => return say::failure(&cause),
    };
    runtime.block_on(run(command)).unwrap_or_else(|failure| say::failure(&failure))
}

async fn run(command: Command) -> Result<ExitCode, Failure> {
    // Auditors and witnesses know nothing of the service's settings, good or bad.
    let what = match command.what {
        What::Audit(command) => return audit::run(command).await,
        What::Witness(command) => return witness::run(command).await,
        what => what,
    };
    let config = load(command.config.as_deref())?;
    match what {
        What::Serve => serve::run(config).await,
        What::Check => {
            say::line(&format!("{config:#?}"));
            Ok(ExitCode::SUCCESS)
        }
        What::Migrate => {
            open(config).await?;
            say::line("The schema is up to date, and the keys are there.");
            Ok(ExitCode::SUCCESS)
        }
        What::Residents(command) => residents::run(config, command).await,
        What::Invitations(command) => invitations::run(config, command).await,
        What::Clients(command) => clients::run(config, command).await,
        What::People(command) => people::run(config, command).await,
        What::Events(command) => events::run(config, command).await,
        What::Keys(command) => keys::run(config, command).await,
        What::Ledger(command) => ledger::run(config, command).await,
        What::Tls(command) => tls::run(&config, command),
        What::Audit(command) => audit::run(command).await,
        What::Witness(command) => witness::run(command).await,
    }
}

fn load(path: Option<&Path>) -> Result<Config, ConfigError> {
    let here = Path::new("latchkey.toml");
    match path {
        Some(path) => Config::load(path),
        None if here.exists() => Config::load(here),
        None => Ok(Config::default()),
    }
}

/// Everything a command may use, beside a running server or without one.
async fn open(config: Config) -> Result<App, Fault> {
    // The gate's end of the queue is dropped: a command reads nothing of residents, it only writes.
    App::open(config, Clock::System).await.map(|(app, _)| app)
}
