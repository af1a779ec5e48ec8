//! The only reader of the system time. Everything else is handed a [`Timestamp`].

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A moment: milliseconds since 1970 UTC. Tables hold whole seconds, ledger details milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment so many milliseconds after 1970 UTC.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// The moment so many seconds after 1970 UTC.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// Milliseconds since 1970 UTC.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970 UTC, rounded down.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// Whole hours since 1970 UTC, rounded down: all that a ledger leaf says of time.
    #[must_use]
    pub fn hours(self) -> u32 {
        u32::try_from(self.0.div_euclid(3_600_000)).unwrap_or(0)
    }

    /// The moment `span` later.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }

    /// The moment `span` earlier.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }
}

/// Where the time comes from: the system, or a hand that turns it (journeys).
#[derive(Debug, Clone)]
pub enum Clock {
    /// The system clock.
    System,
    /// A clock that stands still until somebody turns it.
    ByHand(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `start`.
    #[must_use]
    pub fn by_hand(start: Timestamp) -> Self {
        Self::ByHand(Arc::new(AtomicI64::new(start.0)))
    }

    /// The present moment.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system clock")]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
            Self::ByHand(at) => Timestamp(at.load(Ordering::SeqCst)),
        }
    }

    /// The time since some fixed moment, by a hand that is never put back: to measure spans, not to tell the time.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system clock")]
    pub fn steady(&self) -> Duration {
        static START: OnceLock<Instant> = OnceLock::new();
        match self {
            Self::System => {
                let now = Instant::now();
                now.saturating_duration_since(*START.get_or_init(|| now))
            }
            Self::ByHand(at) => Duration::from_millis(u64::try_from(at.load(Ordering::SeqCst)).unwrap_or_default()),
        }
    }

    /// Turns a clock that is turned by hand; does nothing to the system's.
    pub fn advance(&self, span: Duration) {
        if let Self::ByHand(at) = self {
            at.fetch_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX), Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_by_hand_moves_only_when_turned() {
        let clock = Clock::by_hand(Timestamp::from_seconds(3_600));
        assert_eq!(clock.now(), clock.now());
        clock.advance(Duration::from_millis(1_500));
        assert_eq!(clock.now().millis(), 3_601_500);
        assert_eq!((clock.now().seconds(), clock.now().hours()), (3_601, 1));
    }
}
