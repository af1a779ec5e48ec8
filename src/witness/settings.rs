//! The settings of a witness: a TOML file of its own, with nothing of the service's in it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::config::{ConfigError, Tls};
use crate::ledger::verifier_key::{Signs, VerifierKey};

/// All settings of a witness.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The folder of its key and its memory.
    pub folder: PathBuf,
    /// Address and port of the listener.
    #[serde(default = "here")]
    pub listen: SocketAddr,
    /// The verifier keys of the logs that it witnesses: `ORIGIN+ID+KEY`. Several of one origin: either is good.
    #[serde(deserialize_with = "keys")]
    pub logs: Vec<VerifierKey>,
    /// Whether TLS ends here.
    #[serde(default)]
    pub tls: Tls,
}

fn here() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8090))
}

fn keys<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<VerifierKey>, D::Error> {
    let lines = Vec::<String>::deserialize(from)?;
    let key = |line: &String| match VerifierKey::parse(line.trim()) {
        Ok(key) if key.signs() == Signs::Checkpoints => Ok(key),
        _ => Err(serde::de::Error::custom(format!("{line:?} is no verifier key of a log (see its /ledger/key)"))),
    };
    let keys = lines.iter().map(key).collect::<Result<Vec<_>, _>>()?;
    if keys.is_empty() { Err(serde::de::Error::custom("a witness of no log")) } else { Ok(keys) }
}

impl Settings {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// A sentence that names the file, and the line or the setting that is wrong.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|cause| ConfigError::Unreadable(path.to_owned(), cause))?;
        let settings: Self =
            toml::from_str(&text).map_err(|cause| ConfigError::Malformed(path.to_owned(), cause.to_string()))?;
        if settings.tls.certificate.is_some() != settings.tls.key.is_some() {
            return Err(ConfigError::Impossible("tls.certificate and tls.key are needed both, or neither".to_owned()));
        }
        Ok(settings)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const LOG: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    fn load(text: &str) -> Result<Settings, ConfigError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        Settings::load(file.path())
    }

    #[test]
    fn folder_and_logs_are_enough() {
        let settings = load(&format!("folder = \"w\"\nlogs = [\"{LOG}\"]")).unwrap();
        assert_eq!((settings.listen, settings.logs.len()), (here(), 1));
        assert!(settings.tls.files().is_none());
    }

    #[test]
    fn what_cannot_work_is_refused_in_a_sentence() {
        for bad in [
            "folder = \"w\"".to_owned(),
            "folder = \"w\"\nlogs = []".to_owned(),
            format!("logs = [\"{LOG}\"]"),
            format!("folder = \"w\"\nlogs = [\"{LOG}x\"]"),
            format!("folder = \"w\"\nlogs = [\"{LOG}\"]\nother = 1"),
            format!("folder = \"w\"\nlogs = [\"{LOG}\"]\n[tls]\ncertificate = \"c.pem\""),
        ] {
            assert!(load(&bad).is_err(), "{bad}");
        }
    }
}
