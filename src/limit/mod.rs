//! How often somebody may ask: so many in a minute, by client, by session and by address.
//!
//! The minute is the service's own, the same for all: within it nothing comes back, and at its end everything does. So
//! the number in the configuration is what holds ("the 301st in a minute is refused"), and the `Retry-After` that a
//! refusal carries is true for everybody who was refused, however many they are.
//!
//! Counts live in this process: two nodes behind one name allow twice the number. What must be counted once over all
//! nodes (codes that may be guessed, proofs that may be replayed) is counted in the database by its owner.

use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::{Quota, RateLimiter};

use crate::clock::Clock;
use crate::config;

mod counts;
pub mod forwarded;
mod long_polls;
mod prefix;

pub use counts::{Key, MOST};
pub use long_polls::{LongPolls, Seat};
pub use prefix::Prefix;

use counts::{Counting, Looking, Newcomers};

const MINUTE: u64 = 60;

/// Somebody asked too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany {
    /// Of what, for the log.
    pub what: &'static str,
    /// Seconds after which the same request passes, 1 to 60.
    pub retry_after: u32,
}

/// What is counted, each under a limit of its own in the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Any request, by address.
    AddressRequest,
    /// A request to the residents' pages, by session.
    SessionRequest,
    /// A request to the residents' pages of somebody who is not signed in, by browser.
    BrowserRequest,
    /// A step of a ceremony, by address.
    AddressCeremony,
    /// A step of a ceremony, by session.
    SessionCeremony,
    /// A step of a ceremony of somebody who is not signed in, by browser.
    BrowserCeremony,
    /// A recovery code, by address.
    AddressRecoveryCode,
    /// A recovery code, by session.
    SessionRecoveryCode,
    /// A recovery code of somebody who is not signed in, by browser.
    BrowserRecoveryCode,
    /// An invitation's link, by address.
    Invitation,
    /// A pushed request, by client.
    Push,
    /// A token request, by client.
    Token,
    /// A read of the vault, by client.
    VaultRead,
    /// Any other request, by client.
    ClientRequest,
    /// A DPoP proof, by its key.
    Proof,
    /// A failed authentication, by client and address.
    ClientFailure,
    /// A failed authentication as a client that there is not, by address.
    AddressFailure,
}

/// All limits of a service.
pub struct Limits {
    address_request: Limit,
    session_request: Limit,
    browser_request: Limit,
    address_ceremony: Limit,
    session_ceremony: Limit,
    browser_ceremony: Limit,
    address_recovery_code: Limit,
    session_recovery_code: Limit,
    browser_recovery_code: Limit,
    invitation: Limit,
    push: Limit,
    token: Limit,
    vault_read: Limit,
    client_request: Limit,
    proof: Limit,
    client_failure: Limit,
    address_failure: Limit,
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Limits")
    }
}

impl Limits {
    /// The limits of a configuration, by this clock.
    #[must_use]
    pub fn new(settings: &config::Limits, clock: &Clock) -> Self {
        let limit = |what, most| Limit::new(what, most, Newcomers::Together, clock);
        let invented = |what, most| Limit::new(what, most, Newcomers::Uncounted, clock);
        Self {
            address_request: limit("too many requests from an address", settings.requests_per_address),
            session_request: limit("too many requests of a session", settings.requests_per_session),
            browser_request: invented("too many requests of a browser", settings.requests_per_session),
            address_ceremony: limit("too many ceremonies from an address", settings.ceremonies_per_address),
            session_ceremony: limit("too many ceremonies of a session", settings.ceremonies_per_session),
            browser_ceremony: invented("too many ceremonies of a browser", settings.ceremonies_per_session),
            address_recovery_code: limit(
                "too many recovery codes from an address",
                settings.recovery_codes_per_address,
            ),
            session_recovery_code: limit("too many recovery codes of a session", settings.recovery_codes_per_session),
            browser_recovery_code: invented(
                "too many recovery codes of a browser",
                settings.recovery_codes_per_session,
            ),
            invitation: limit("too many invitations from an address", settings.invitations_per_address),
            push: limit("too many pushed requests of a client", settings.pushed_requests_per_client),
            token: limit("too many token requests of a client", settings.token_requests_per_client),
            vault_read: limit("too many reads by a client", settings.vault_reads_per_client),
            client_request: limit("too many requests of a client", settings.requests_per_client),
            proof: invented("too many proofs by a key", settings.proofs_per_key),
            client_failure: limit("too many failures as a client", settings.failed_authentications_per_client),
            address_failure: limit("too many failures from an address", settings.failed_authentications_per_address),
        }
    }

    /// Counts one more.
    ///
    /// # Errors
    /// When there were as many as the limit allows in this minute; this one is not counted then.
    pub fn count(&self, what: What, key: Key) -> Result<(), TooMany> {
        self.of(what).count(key)
    }

    /// Looks whether one more would be allowed, and counts nothing.
    ///
    /// # Errors
    /// As [`Self::count`].
    pub fn look(&self, what: What, key: Key) -> Result<(), TooMany> {
        self.of(what).look(key)
    }

    const fn of(&self, what: What) -> &Limit {
        match what {
            What::AddressRequest => &self.address_request,
            What::SessionRequest => &self.session_request,
            What::BrowserRequest => &self.browser_request,
            What::AddressCeremony => &self.address_ceremony,
            What::SessionCeremony => &self.session_ceremony,
            What::BrowserCeremony => &self.browser_ceremony,
            What::AddressRecoveryCode => &self.address_recovery_code,
            What::SessionRecoveryCode => &self.session_recovery_code,
            What::BrowserRecoveryCode => &self.browser_recovery_code,
            What::Invitation => &self.invitation,
            What::Push => &self.push,
            What::Token => &self.token,
            What::VaultRead => &self.vault_read,
            What::ClientRequest => &self.client_request,
            What::Proof => &self.proof,
            What::ClientFailure => &self.client_failure,
            What::AddressFailure => &self.address_failure,
        }
    }
}

/// One limit; `limiters` is `None` when it is switched off.
struct Limit {
    what: &'static str,
    clock: Clock,
    swept: AtomicU64,
    limiters: Option<Limiters>,
}

struct Limiters {
    counting: Limiter<Counting>,
    looking: Limiter<Looking>,
}

type Limiter<S> = RateLimiter<Key, S, Minutes, NoOpMiddleware<Duration>>;

impl Limit {
    fn new(what: &'static str, most: u32, newcomers: Newcomers, clock: &Clock) -> Self {
        let limiters = NonZeroU32::new(most).map(|most| {
            let (quota, counts) = (Quota::per_minute(most), Arc::default());
            Limiters {
                counting: RateLimiter::new(quota, Counting(Arc::clone(&counts), newcomers), Minutes(clock.clone())),
                looking: RateLimiter::new(quota, Looking(counts, newcomers), Minutes(clock.clone())),
            }
        });
        Self { what, clock: clock.clone(), swept: AtomicU64::new(0), limiters }
    }

    fn count(&self, key: Key) -> Result<(), TooMany> {
        let Some(limiters) = &self.limiters else { return Ok(()) };
        self.sweep(limiters);
        limiters.counting.check_key(&key).map_err(|_| self.too_many())
    }

    fn look(&self, key: Key) -> Result<(), TooMany> {
        let Some(limiters) = &self.limiters else { return Ok(()) };
        limiters.looking.check_key(&key).map_err(|_| self.too_many())
    }

    /// The first to come in a minute clears away what the minutes before have left.
    fn sweep(&self, limiters: &Limiters) {
        let minute = Minutes(self.clock.clone()).now().as_secs();
        if self.swept.swap(minute, Ordering::Relaxed) != minute {
            limiters.counting.retain_recent();
            limiters.counting.shrink_to_fit();
        }
    }

    /// Until the end of the minute, in whole seconds and never less than it takes.
    fn too_many(&self) -> TooMany {
        let into = self.clock.steady().as_millis() % 60_000;
        let left = 60_000_u128.saturating_sub(into).div_ceil(1_000);
        TooMany { what: self.what, retry_after: u32::try_from(left).unwrap_or(60) }
    }
}

/// A clock whose hand moves once a minute: within it nothing comes back.
struct Minutes(Clock);

impl governor::clock::Clock for Minutes {
    type Instant = Duration;

    fn now(&self) -> Duration {
        let seconds = self.0.steady().as_secs();
        Duration::from_secs(seconds.saturating_sub(seconds % MINUTE))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests;
