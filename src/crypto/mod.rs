//! Primitives; knows nothing of residents. What is used for what, and why:
//!
//! | need | with | where |
//! | --- | --- | --- |
//! | sealing fields and wrapping keys | AES-256-GCM (`aes-gcm`, which wipes its key schedule) | [`aead`], [`sealed`], [`wrap`] |
//! | deriving, authenticating, hashing | HKDF, HMAC and SHA-256 (ring) | [`hash`] |
//! | random bytes | the operating system's, through ring | [`random`] |
//! | secrets that others hold | 256 random bits; only their digest is stored | [`token`] |
//! | nonces for others to send back | the time and an HMAC over it | [`nonce`] |
//! | numbers that people keep in their heads | PBKDF2 (ring) | [`pin`] |
//! | keys in memory | boxed, wiped, without `Debug` or `Clone` | [`secret`] |
//! | TLS | ring under rustls | [`tls`] |
//! | who is at the other end of a connection | the certificate that signed its handshake | [`certificate`] |
//! | signed tokens | ES256 of our own, RS256 of an imported key ([`rs256`]); ES256, EdDSA, PS256 of clients | [`jws`], [`jwk`], [`jwks`], [`keyring`], [`strict`] |

pub mod aead;
mod alg;
pub mod certificate;
pub mod hash;
pub mod jwk;
pub mod jwks;
pub mod jws;
pub mod keyring;
pub mod nonce;
pub mod pin;
mod provider;
pub mod random;
pub mod rs256;
pub mod sealed;
pub mod secret;
pub mod strict;
pub mod tls;
pub mod token;
pub mod wrap;
