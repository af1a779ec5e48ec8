//! Algorithms of signatures (RFC 7518 §3.1): each key has one.

use jsonwebtoken::Algorithm;

/// The algorithm that a key signs with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alg {
    /// ECDSA with P-256 and SHA-256.
    Es256,
    /// Ed25519.
    EdDsa,
    /// RSASSA-PSS with SHA-256.
    Ps256,
    /// RSASSA-PKCS1-v1_5 with SHA-256: of keys of ours alone ([`super::rs256`]), never accepted from clients.
    Rs256,
}

impl Alg {
    /// The names of all that are accepted from clients, in the order in which metadata lists them. RFC 9864 gave
    /// Ed25519 a name of its own; libraries write the old one or the new one.
    pub const ACCEPTED: [&'static str; 4] = ["ES256", "EdDSA", "Ed25519", "PS256"];

    /// Whether `name`, of a JOSE header or a JWK, means this algorithm.
    #[must_use]
    pub fn is_called(self, name: &str) -> bool {
        name == self.name() || (self == Self::EdDsa && name == "Ed25519")
    }

    /// The name that we write ourselves.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::EdDsa => "EdDSA",
            Self::Ps256 => "PS256",
            Self::Rs256 => "RS256",
        }
    }

    pub(super) fn library(self) -> Algorithm {
        match self {
            Self::Es256 => Algorithm::ES256,
            Self::EdDsa => Algorithm::EdDSA,
            Self::Ps256 => Algorithm::PS256,
            Self::Rs256 => Algorithm::RS256,
        }
    }
}
