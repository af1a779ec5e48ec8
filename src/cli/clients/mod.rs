//! `latchkey clients …`: the apps that may ask residents.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Subcommand;

use super::{Failure, open, say, span};
use crate::app::App;
use crate::config::Config;
use crate::ids::ClientId;
use crate::oauth::{self, NotRegistered};

mod rotate;
mod show;

/// What may be done with clients.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Register a client from its manifest (TOML, docs/clients.md); one of the same id is replaced.
    ///
    /// A client that was shut out stays shut out. A secret, if it is to have one, is printed once.
    Register {
        /// The manifest.
        file: PathBuf,
    },
    /// List all clients.
    List,
    /// Show one client.
    Show {
        /// Its id.
        id: String,
    },
    /// Give a client another secret, or other keys; the old ones stay good for a while.
    Rotate {
        /// Its id.
        id: String,
        /// Its new public keys (a JWK Set, JSON), in place of those of its manifest.
        #[arg(long, value_name = "FILE")]
        jwks: Option<PathBuf>,
        /// For how long the old secret or the old keys stay good: 0, or up to 7d.
        #[arg(long, value_name = "SPAN", default_value = "10m", value_parser = span::parse)]
        keep: Duration,
    },
    /// Make leave for one client to register itself (RFC 7591); it then waits to be approved.
    InitialAccessToken {
        /// For how long the leave may be used, at most 90d.
        #[arg(long, value_name = "SPAN", default_value = "7d", value_parser = span::parse)]
        expires: Duration,
    },
    /// Shut a client out, until it is enabled again.
    Disable {
        /// Its id.
        id: String,
    },
    /// Let a client in again that was shut out.
    Enable {
        /// Its id.
        id: String,
    },
    /// Let a client in that registered itself.
    Approve {
        /// Its id.
        id: String,
    },
    /// End a client for ever: its grants and tokens end, and its id is given to nobody again.
    Delete {
        /// Its id.
        id: String,
    },
}

pub async fn run(config: Config, command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Register { file } => register(config, file).await?,
        Command::List => show::list(config).await?,
        Command::Show { id } => show::show(config, &id).await?,
        Command::Rotate { id, jwks, keep } => rotate::rotate(config, &id, jwks, keep).await?,
        Command::InitialAccessToken { expires } => leave(config, expires).await?,
        Command::Disable { id } => {
            let app = open(config).await?;
            said(
                oauth::disable(&app, &parse(&id)?).await?,
                "disabled",
                &id,
                "no such client, or it is disabled already",
            )?;
        }
        Command::Enable { id } => {
            let app = open(config).await?;
            said(oauth::enable(&app, &parse(&id)?).await?, "enabled", &id, "no such client that is disabled")?;
        }
        Command::Approve { id } => {
            let app = open(config).await?;
            said(oauth::approve_client(&app, &parse(&id)?).await?, "approved", &id, "no such client that waits")?;
        }
        Command::Delete { id } => {
            let app = open(config).await?;
            said(oauth::delete(&app, &parse(&id)?).await?, "deleted", &id, "no such client")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn register(config: Config, file: PathBuf) -> Result<(), Failure> {
    let unreadable = |cause| Failure::Sentence(format!("{}: {cause}", file.display()));
    let manifest = std::fs::read_to_string(&file).map_err(unreadable)?;
    let app: App = open(config).await?;
    let registered = oauth::register(&app, &manifest).await.map_err(|refused| match refused {
        NotRegistered::Manifest(cause) => Failure::Sentence(format!("{}: {cause}", file.display())),
        NotRegistered::Fault(fault) => Failure::Fault(fault),
    })?;
    let client = &registered.client;
    say::line(&format!("registered: {}  {}  {}", client.id, client.name.zh_hans, client.name.en));
    if !client.is_open() {
        say::line(&format!("still shut out: {}", client.standing.name()));
    }
    if let Some(secret) = &registered.secret {
        rotate::tell_secret(secret);
    }
    Ok(())
}

async fn leave(config: Config, expires: Duration) -> Result<(), Failure> {
    if expires.is_zero() || expires > Duration::from_secs(90 * 86_400) {
        return Err(Failure::Sentence("--expires: up to 90d".to_owned()));
    }
    let app = open(config).await?;
    let token = oauth::initial_access_token(&app, expires).await?;
    say::line(&format!("initial_access_token: {}", token.expose()));
    say::line("Good for one registration; it is shown this once. 可登记一个应用，只显示这一次。");
    Ok(())
}

fn said(done: bool, what: &str, id: &str, otherwise: &str) -> Result<(), Failure> {
    if !done {
        return Err(Failure::Sentence(format!("{id}: {otherwise}")));
    }
    say::line(&format!("{what}: {id}"));
    Ok(())
}

fn parse(id: &str) -> Result<ClientId, Failure> {
    ClientId::parse(id).map_err(|_| unknown(id))
}

fn unknown(id: &str) -> Failure {
    Failure::Sentence(format!("{id}: no such client"))
}
