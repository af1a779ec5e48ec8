//! `latchkey witness`: somebody else's watch over a ledger. It needs none of the service's settings, keys or database.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Subcommand;

use super::{Failure, say, serve};
use crate::clock::Clock;
use crate::crypto::tls::{self, Peers};
use crate::http::{self, Listener};
use crate::witness::settings::Settings;
use crate::witness::{Witness, key};

/// What a witness does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the folder of a new witness, with its key; its verifier key is printed.
    NewKey {
        /// The folder, which must not be a witness's yet.
        folder: PathBuf,
        /// Its name in cosignatures, as a URL without scheme: `witness.example.org/jinxiu`.
        #[arg(long)]
        name: String,
    },
    /// Print the verifier key of a witness: what those who trust it verify with.
    Key {
        /// Its folder.
        folder: PathBuf,
    },
    /// Cosign what grows, and nothing else, until told to stop.
    Serve {
        /// The witness's own settings (TOML); see docs/witness.md.
        settings: PathBuf,
    },
}

pub async fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::NewKey { folder, name } => say::line(&key::make(&folder, &name)?.to_string()),
        Command::Key { folder } => say::line(&key::read(&folder)?.verifier_key().to_string()),
        Command::Serve { settings } => watch(Settings::load(&settings)?).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn watch(settings: Settings) -> Result<(), Failure> {
    tls::ready();
    let witness = Arc::new(Witness::open(&settings.folder, settings.logs, Clock::System)?);
    let socket = serve::socket(settings.listen).await?;
    let address = socket.local_addr().unwrap_or(settings.listen);
    let listener = match settings.tls.files() {
        None => Listener::plain(socket),
        Some(files) => serve::shown(files, Peers::Anybody, |certificates| Listener::tls(socket, certificates))?,
    };
    say::line(&format!("The witness {} listens on {address}", witness.verifier_key()));
    http::serve_witness(witness, listener, serve::told_to_stop()).await?;
    Ok(())
}
