//! `latchkey keys`: keys that are made elsewhere.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use zeroize::Zeroizing;

use super::{Failure, open, say};
use crate::config::Config;
use crate::crypto::rs256::NotImported;
use crate::oauth::signing;

/// What may be done with keys.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Import an RSA key that signs ID tokens for clients that know nothing but RS256.
    ///
    /// Make it with: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out FILE, and delete FILE afterwards.
    /// A second key signs a day after its import, and is published from the next start of the service on.
    ImportRs256 {
        /// The private key (PEM, PKCS#8: BEGIN PRIVATE KEY).
        file: PathBuf,
    },
}

pub async fn run(config: Config, command: Command) -> Result<ExitCode, Failure> {
    let Command::ImportRs256 { file } = command;
    let sentence = |cause: String| Failure::Sentence(format!("{}: {cause}", file.display()));
    let pem = Zeroizing::new(std::fs::read(&file).map_err(|cause| sentence(cause.to_string()))?);
    let app = open(config).await?;
    let kid = signing::import(&app, &pem).await.map_err(|cause| match cause {
        NotImported::Fault(fault) => Failure::Fault(fault),
        cause => sentence(cause.to_string()),
    })?;
    say::line(&format!("imported: {kid}"));
    say::line("Delete the file: the key is kept sealed beside the others. 请删除该文件，密钥已封存。");
    Ok(ExitCode::SUCCESS)
}
