//! `latchkey tls`: certificates for development.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use super::{Failure, say};
use crate::clock::Clock;
use crate::config::Config;
use crate::crypto::tls::develop;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a self-signed certificate for this machine, for development: nobody else trusts it.
    Develop {
        /// The folder for certificate.pem and key.pem; what is there is not written over.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// A name or address it is for.
        #[arg(long = "name", value_name = "NAME", default_values_t = ["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()])]
        names: Vec<String>,
    },
}

pub fn run(config: &Config, command: Command) -> Result<ExitCode, Failure> {
    let Command::Develop { out, names } = command;
    let today = config.day_of(Clock::System.now());
    let made = develop::make(&out, &names, today)
        .map_err(|cause| Failure::Sentence(format!("no certificate was made: {cause}")))?;
    say::line(&format!("For {}, good for a year. In the settings:", names.join(", ")));
    say::line("");
    say::line("[tls]");
    say::line(&format!("certificate = {:?}", made.certificate.display().to_string()));
    say::line(&format!("key = {:?}", made.key.display().to_string()));
    Ok(ExitCode::SUCCESS)
}
