//! The public URL of the service, from which every other URL, the passkeys' origin and their RP ID are made.

use serde::Deserialize;
use url::Url;

/// The issuer identifier (RFC 8414 §2): an `https` origin without path, or `http://localhost` for a trial.
///
/// Kept as the exact text that tokens and metadata carry, without a slash at the end.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Issuer {
    text: String,
    host: String,
    secure: bool,
}

impl Issuer {
    /// Reads an issuer.
    ///
    /// # Errors
    /// A sentence that says what an issuer must be.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.strip_suffix('/').unwrap_or(text);
        let url = Url::parse(text).map_err(|cause| format!("server.issuer: {cause}"))?;
        let secure = url.scheme() == "https";
        let trial = url.scheme() == "http" && url.host_str() == Some("localhost");
        if !secure && !trial {
            return Err("server.issuer must be https://HOST, or http://localhost[:PORT] for a trial \
                        (a passkey works nowhere else)"
                .to_owned());
        }
        // Byte for byte what we will publish: no path, no query, nothing that a URL parser rewrites.
        if url.origin().ascii_serialization() != text {
            return Err(
                "server.issuer must be an origin alone, in lower case: no path, query, user or default port".to_owned()
            );
        }
        let host = url.host_str().unwrap_or_default().to_owned();
        Ok(Self { text: text.to_owned(), host, secure })
    }

    /// The exact text, for example `https://id.test`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// A URL of the service: the issuer and a path that begins with `/`.
    #[must_use]
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.text)
    }

    /// The host name: the RP ID of the passkeys.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether cookies can carry `Secure` and the `__Host-` prefix.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// Whether the service runs for a trial on this machine alone: only then may clients register
    /// loopback `http` redirect URIs.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.host == "localhost"
    }
}

impl Default for Issuer {
    fn default() -> Self {
        Self { text: "http://localhost:8080".to_owned(), host: "localhost".to_owned(), secure: false }
    }
}

impl TryFrom<String> for Issuer {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_is_an_https_origin_or_localhost() {
        assert_eq!(Issuer::parse("https://id.test/").unwrap().as_str(), "https://id.test");
        assert!(Issuer::parse("http://localhost:8080").unwrap().is_loopback());
        for not in [
            "http://id.test",
            "http://127.0.0.1:8080",
            "https://id.test/x",
            "https://ID.test",
            "https://id.test:443",
            "x",
        ] {
            assert!(Issuer::parse(not).is_err(), "{not}");
        }
    }
}
