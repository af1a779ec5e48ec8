//! When there is another attempt, and when it is given up.

use std::time::Duration;

use crate::clock::Timestamp;
use crate::crypto::random;
use crate::fault::Fault;

/// The pause after the first failure.
const FIRST: u64 = 5;
/// The longest pause.
const LONGEST: u64 = 3_600;

/// The pause after so many failures: it doubles each time up to an hour, and half of it is left to chance, so that
/// receivers that were down are not all asked at one moment.
///
/// # Errors
/// When there are no random bytes.
pub fn pause(failures: u32) -> Result<Duration, Fault> {
    let whole = FIRST.saturating_mul(1 << failures.min(20)).min(LONGEST);
    let half = whole / 2;
    let chance = u64::from_be_bytes(random::bytes::<8>()?) % (half + 1);
    Ok(Duration::from_secs(whole - half + chance))
}

/// Whether a message that has stood in line since `since` is given up at a failure now.
#[must_use]
pub fn is_over(since: Timestamp, now: Timestamp, hours: u32) -> bool {
    now >= since.plus(Duration::from_secs(u64::from(hours) * 3_600))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour_and_are_never_the_same_for_all() {
        let mut drawn = std::collections::HashSet::new();
        for failures in 0..64 {
            let whole = 5_u64.saturating_mul(1 << failures.min(20)).min(3_600);
            for _ in 0..50 {
                let pause = pause(failures).unwrap().as_secs();
                assert!(pause >= whole / 2 && pause <= whole, "{failures}: {pause}");
                drawn.insert((failures, pause));
            }
        }
        assert!(drawn.len() > 400);
    }

    #[test]
    fn a_day_is_enough() {
        let since = Timestamp::from_seconds(1_000);
        assert!(!is_over(since, Timestamp::from_seconds(1_000 + 86_399), 24));
        assert!(is_over(since, Timestamp::from_seconds(1_000 + 86_400), 24));
    }
}
