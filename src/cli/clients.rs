//! `latchkey clients …`: the apps that may ask residents.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use super::{Failure, open, say};
use crate::config::Config;
use crate::ids::ClientId;
use crate::oauth::{self, Client, NotRegistered};

/// What may be done with clients.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Register a client from its manifest (TOML, docs/partners.md); one of the same id is replaced and enabled.
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
    /// Shut a client out; registering it again lets it in.
    Disable {
        /// Its id.
        id: String,
    },
}

pub async fn run(config: Config, command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Register { file } => register(config, file).await?,
        Command::List => list(config).await?,
        Command::Show { id } => show(config, &id).await?,
        Command::Disable { id } => disable(config, &id).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn register(config: Config, file: PathBuf) -> Result<(), Failure> {
    let unreadable = |cause| Failure::Sentence(format!("{}: {cause}", file.display()));
    let manifest = std::fs::read_to_string(&file).map_err(unreadable)?;
    let app = open(config).await?;
    let client = oauth::register(&app, &manifest).await.map_err(|refused| match refused {
        NotRegistered::Manifest(cause) => Failure::Sentence(format!("{}: {cause}", file.display())),
        NotRegistered::Fault(fault) => Failure::Fault(fault),
    })?;
    say::line(&format!("registered: {}  {}  {}", client.id, client.name.zh_hans, client.name.en));
    Ok(())
}

async fn list(config: Config) -> Result<(), Failure> {
    let app = open(config).await?;
    let clients = oauth::clients(&mut app.db.read().await?).await?;
    for client in clients {
        let standing = if client.is_open() { class(&client) } else { "disabled" };
        say::line(&format!("{:<24} {:<9} {}  {}", client.id, standing, client.name.zh_hans, client.name.en));
    }
    Ok(())
}

async fn show(config: Config, id: &str) -> Result<(), Failure> {
    let app = open(config).await?;
    let client = oauth::client(&mut app.db.read().await?, &parse(id)?).await?.ok_or_else(|| unknown(id))?;
    let facts = [
        ("id", client.id.to_string()),
        ("class", class(&client).to_owned()),
        ("disabled", if client.is_open() { "no" } else { "yes" }.to_owned()),
        ("name", format!("{}  {}", client.name.zh_hans, client.name.en)),
        ("kind", client.kind.code().to_owned()),
        ("controller", client.controller.clone()),
        ("contact", client.contact.clone()),
        ("authenticates", client.auth.name().to_owned()),
        ("purposes", client.purposes.join(" ")),
        ("sector", client.sector.clone()),
    ];
    for (name, what) in facts {
        say::line(&format!("{name:<14} {what}"));
    }
    for uri in client.redirect_uris() {
        say::line(&format!("{:<14} {uri}", "redirect"));
    }
    for key in &client.keys {
        say::line(&format!("{:<14} {} {}", "key", key.alg().name(), key.thumbprint()));
    }
    Ok(())
}

async fn disable(config: Config, id: &str) -> Result<(), Failure> {
    let app = open(config).await?;
    let done = oauth::disable(&app, &parse(id)?).await?;
    if !done {
        return Err(Failure::Sentence(format!("{id}: no such client, or it is disabled already")));
    }
    say::line(&format!("disabled: {id}"));
    Ok(())
}

fn class(client: &Client) -> &'static str {
    if client.is_partner() { "partner" } else { "ordinary" }
}

fn parse(id: &str) -> Result<ClientId, Failure> {
    ClientId::parse(id).map_err(|_| unknown(id))
}

fn unknown(id: &str) -> Failure {
    Failure::Sentence(format!("{id}: no such client"))
}
