//! What a token is bound to, and what whoever shows it has proved to hold.
//!
//! On this floor because the queue before the gate carries both.

use super::queue::Proof;

/// The one thing whose holder may use a token. A token without a binding is a bearer token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Binding {
    /// A key, by its JWK thumbprint: `cnf.jkt` (RFC 9449 §6).
    Key(String),
    /// A certificate, by the SHA-256 of its DER in base64url: `cnf.x5t#S256` (RFC 8705 §3.1).
    Certificate(String),
}

impl Binding {
    /// From the two columns of a stored token, of which at most one is set.
    #[must_use]
    pub fn stored(jkt: Option<String>, x5t: Option<String>) -> Option<Self> {
        jkt.map(Self::Key).or(x5t.map(Self::Certificate))
    }

    /// The thumbprint of the key, if it is one.
    #[must_use]
    pub fn jkt(&self) -> Option<&str> {
        match self {
            Self::Key(jkt) => Some(jkt),
            Self::Certificate(_) => None,
        }
    }

    /// The thumbprint of the certificate, if it is one.
    #[must_use]
    pub fn x5t(&self) -> Option<&str> {
        match self {
            Self::Key(_) => None,
            Self::Certificate(x5t) => Some(x5t),
        }
    }
}

/// What came with a request: a proof of a key, and the certificate of the connection, each or both or neither.
#[derive(Debug, Clone, Default)]
pub struct Held {
    /// The proof of possession, its signature checked; that its `jti` is new is not known yet.
    pub proof: Option<Proof>,
    /// The `x5t#S256` of the certificate whose key signed the TLS handshake of this connection.
    pub certificate: Option<String>,
}

impl Held {
    /// A proof of a key, on a connection without a certificate.
    #[must_use]
    pub fn key(proof: Option<Proof>) -> Self {
        Self { proof, certificate: None }
    }

    /// Whether this is the holder of a token that is bound so (RFC 9449 §7.1, RFC 8705 §3).
    ///
    /// # Errors
    /// What does not fit, for the log.
    pub fn fits(&self, bound: Option<&Binding>) -> Result<(), &'static str> {
        match (bound, &self.proof) {
            (None, None) => Ok(()),
            (Some(Binding::Key(jkt)), Some(proof)) if *jkt == proof.thumbprint => Ok(()),
            (Some(Binding::Key(_)), Some(_)) => Err("bound to another key"),
            (Some(Binding::Key(_)), None) => Err("bound to a key, and none was proved"),
            (None | Some(Binding::Certificate(_)), Some(_)) => Err("not bound to a key"),
            (Some(Binding::Certificate(x5t)), None) => match &self.certificate {
                Some(shown) if shown == x5t => Ok(()),
                Some(_) => Err("bound to another certificate"),
                None => Err("bound to a certificate, and none was shown"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::token::Digest;

    fn held(key: Option<&str>, certificate: Option<&str>) -> Held {
        let proof = key.map(|key| Proof { thumbprint: key.into(), jti: Digest::of(b"x") });
        Held { proof, certificate: certificate.map(str::to_owned) }
    }

    #[test]
    fn v41_a_token_is_good_in_the_hands_of_its_holder_alone() {
        let (key, certificate) = (Binding::Key("K".into()), Binding::Certificate("C".into()));
        let good = [
            (None, held(None, None)),
            // A bearer token on a connection that happens to have a certificate.
            (None, held(None, Some("C"))),
            (Some(&key), held(Some("K"), None)),
            (Some(&key), held(Some("K"), Some("C"))),
            (Some(&certificate), held(None, Some("C"))),
        ];
        for (bound, held) in good {
            assert!(held.fits(bound).is_ok(), "{bound:?} {held:?}");
        }
        let bad = [
            (None, held(Some("K"), None)),
            (Some(&key), held(None, None)),
            (Some(&key), held(None, Some("K"))),
            (Some(&key), held(Some("L"), Some("K"))),
            (Some(&certificate), held(None, None)),
            (Some(&certificate), held(None, Some("D"))),
            (Some(&certificate), held(Some("C"), None)),
            (Some(&certificate), held(Some("K"), Some("C"))),
        ];
        for (bound, held) in bad {
            assert!(held.fits(bound).is_err(), "{bound:?} {held:?}");
        }
    }
}
