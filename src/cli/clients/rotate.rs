//! `latchkey clients rotate`.

use std::path::PathBuf;
use std::time::Duration;

use super::parse;
use crate::cli::{Failure, open, say};
use crate::config::Config;
use crate::crypto::token::Token;
use crate::oauth::{self, NotRotated};

/// Longest time that an old secret or old keys may be kept beside the new ones.
const LONGEST: Duration = Duration::from_secs(7 * 86_400);

pub async fn rotate(config: Config, id: &str, jwks: Option<PathBuf>, keep: Duration) -> Result<(), Failure> {
    if keep > LONGEST {
        return Err(Failure::Sentence("--keep: at most 7d".to_owned()));
    }
    let refused = |refused| match refused {
        NotRotated::Fault(fault) => Failure::Fault(fault),
        other => Failure::Sentence(format!("{id}: {other}")),
    };
    let Some(file) = jwks else {
        let app = open(config).await?;
        let secret = oauth::rotate_secret(&app, &parse(id)?, keep).await.map_err(refused)?;
        say::line(&format!("rotated: {id}; the secret before is good for {} more seconds", keep.as_secs()));
        tell_secret(&secret);
        return Ok(());
    };
    let unreadable = |cause| Failure::Sentence(format!("{}: {cause}", file.display()));
    let set = std::fs::read(&file).map_err(unreadable)?;
    let app = open(config).await?;
    let client = oauth::rotate_keys(&app, &parse(id)?, &set, keep).await.map_err(refused)?;
    say::line(&format!("rotated: {id}; the keys before are good for {} more seconds", keep.as_secs()));
    for key in &client.keys {
        say::line(&format!("key  {} {}", key.alg().name(), key.thumbprint()));
    }
    Ok(())
}

/// Prints a secret, which nobody can print again.
pub fn tell_secret(secret: &Token) {
    say::line(&format!("client_secret: {}", secret.expose()));
    say::line("Keep it now: it is shown this once. 请立即保存，密钥只显示这一次。");
}
