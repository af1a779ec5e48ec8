//! `latchkey residents receive`: somebody moves in and brings her package.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::residents::{tell_invitations, tell_verdicts};
use super::{Failure, say, slips};
use crate::clock::Clock;
use crate::config::Config;
use crate::crypto::jwks;
use crate::fault::Fault;
use crate::rights;
use crate::roster::{self, Address};

/// More is no package.
const LARGEST: u64 = 64 * 1024;

/// What she brings, and where she moves in.
#[derive(Debug, clap::Args)]
pub struct Brought {
    /// The package.
    file: PathBuf,
    /// The keys of the community she comes from (a JWK Set).
    #[arg(long, value_name = "FILE")]
    keys: PathBuf,
    /// The building of her new flat.
    #[arg(long)]
    building: String,
    /// Its entrance.
    #[arg(long, default_value = "")]
    unit: String,
    /// The flat.
    #[arg(long, default_value = "")]
    room: String,
    /// Write her invitation to this folder, as a slip to print.
    #[arg(long, value_name = "DIR")]
    slips: Option<PathBuf>,
}

pub async fn run(config: Config, brought: Brought) -> Result<ExitCode, Failure> {
    let keys = jwks::published(&read(&brought.keys)?).map_err(|bad| Failure::Sentence(bad.0.to_owned()))?;
    let file = String::from_utf8(read(&brought.file)?).unwrap_or_default();
    let package = rights::unpack(&file, &keys, Clock::System.now()).map_err(|no| Failure::Sentence(no.0.to_owned()))?;
    let out = brought.slips.map(slips::Folder::make).transpose()?;
    say::line(&format!("签名 signed by: {} ({})", package.community, package.iss));
    let flat = Address { building: brought.building, unit: brought.unit, room: brought.room };
    let app = super::open(config.clone()).await?;
    let outcome = roster::import(&app, &package.roster(&flat), |_| ()).await?;
    tell_verdicts(&outcome.verdicts, false);
    tell_invitations(outcome.invitations.len());
    if let Some(out) = out {
        out.write(&config, &Clock::System, &outcome.invitations)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let large = std::fs::metadata(path).map_err(|cause| Fault::File("package or keys", cause))?.len() > LARGEST;
    if large {
        return Err(Failure::Sentence("larger than 64 KiB".to_owned()));
    }
    Ok(std::fs::read(path).map_err(|cause| Fault::File("package or keys", cause))?)
}
