//! `[limits]`: how often in a minute; 0 is no limit.

use serde::Deserialize;

/// `[limits]`: so many in a minute each; 0 switches a limit off.
///
/// An address counts with its network ([`crate::limit::Prefix`]). A whole community may sit behind one IPv4 address, so
/// what counts by address alone is generous; what can be guessed at is not.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// All requests from one address, whatever they ask for.
    pub requests_per_address: u32,
    /// Requests to the residents' pages from one browser or session.
    pub requests_per_session: u32,
    /// Steps of passkey ceremonies (sign-in, a new passkey) from one address; a sign-in has two.
    pub ceremonies_per_address: u32,
    /// The same from one browser or session.
    pub ceremonies_per_session: u32,
    /// Recovery codes entered from one address.
    pub recovery_codes_per_address: u32,
    /// The same from one browser.
    pub recovery_codes_per_session: u32,
    /// Invitation links opened from one address.
    pub invitations_per_address: u32,
    /// Pushed requests and requests of screens (RFC 8628) of one client.
    pub pushed_requests_per_client: u32,
    /// Token requests of one client.
    pub token_requests_per_client: u32,
    /// Reads of the vault by one client.
    pub vault_reads_per_client: u32,
    /// Everything else that one client asks, introspection and revocation for example.
    pub requests_per_client: u32,
    /// DPoP proofs by one key.
    pub proofs_per_key: u32,
    /// Failed authentications as one client from one address.
    pub failed_authentications_per_client: u32,
    /// Failed authentications from one address under names that no client has.
    pub failed_authentications_per_address: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests_per_address: 60_000,
            requests_per_session: 600,
            ceremonies_per_address: 600,
            ceremonies_per_session: 30,
            recovery_codes_per_address: 30,
            recovery_codes_per_session: 10,
            invitations_per_address: 300,
            pushed_requests_per_client: 300,
            token_requests_per_client: 6_000,
            vault_reads_per_client: 60_000,
            requests_per_client: 60_000,
            proofs_per_key: 60_000,
            failed_authentications_per_client: 30,
            failed_authentications_per_address: 120,
        }
    }
}

impl Limits {
    /// No limit at all.
    #[must_use]
    pub const fn off() -> Self {
        Self {
            requests_per_address: 0,
            requests_per_session: 0,
            ceremonies_per_address: 0,
            ceremonies_per_session: 0,
            recovery_codes_per_address: 0,
            recovery_codes_per_session: 0,
            invitations_per_address: 0,
            pushed_requests_per_client: 0,
            token_requests_per_client: 0,
            vault_reads_per_client: 0,
            requests_per_client: 0,
            proofs_per_key: 0,
            failed_authentications_per_client: 0,
            failed_authentications_per_address: 0,
        }
    }
}
