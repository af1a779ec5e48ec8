//! Short numbers that people keep in their heads: PBKDF2-HMAC-SHA256 (ring), slow on purpose. What is made of it lies
//! sealed besides, and tries are counted, because a million numbers are soon gone through.

use std::num::NonZeroU32;

use ring::pbkdf2;

use super::random;
use crate::fault::Fault;

/// OWASP's advice for PBKDF2 with SHA-256 is 600,000; six digits are protected by the count of tries, not by this.
const ROUNDS: NonZeroU32 = match NonZeroU32::new(200_000) {
    Some(rounds) => rounds,
    None => NonZeroU32::MIN,
};

/// Salt and derived bytes: what is kept of a number.
///
/// # Errors
/// When there are no random bytes.
pub fn keep(pin: &str) -> Result<[u8; 48], Fault> {
    let salt: [u8; 16] = random::bytes()?;
    let mut kept = [0; 48];
    let (front, back) = kept.split_at_mut(16);
    front.copy_from_slice(&salt);
    pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, ROUNDS, &salt, pin.as_bytes(), back);
    Ok(kept)
}

/// Whether it is this number; compared in constant time.
#[must_use]
pub fn is(pin: &str, kept: &[u8]) -> bool {
    let Some((salt, derived)) = kept.split_first_chunk::<16>() else { return false };
    // Fewer bytes would be the front of what is derived, and easier to meet.
    if derived.len() != 32 {
        return false;
    }
    pbkdf2::verify(pbkdf2::PBKDF2_HMAC_SHA256, ROUNDS, salt, pin.as_bytes(), derived).is_ok()
}

/// Whether a number may be chosen: six digits, not one digit six times, not counted up or down.
#[must_use]
pub fn may_be(pin: &str) -> bool {
    let digits: Vec<i16> = pin.chars().filter_map(|c| c.to_digit(10)).map(|digit| digit as i16).collect();
    let steps: Vec<i16> = digits.iter().zip(digits.iter().skip(1)).map(|(one, next)| next - one).collect();
    let even = steps.iter().all(|step| Some(step) == steps.first() && step.abs() <= 1);
    pin.len() == 6 && digits.len() == 6 && !even
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_known_again_and_no_other_is() {
        let kept = keep("270416").unwrap();
        assert!(is("270416", &kept));
        for other in ["270417", "", "2704160"] {
            assert!(!is(other, &kept), "{other}");
        }
        assert_ne!(kept, keep("270416").unwrap(), "salted");
        assert!(!is("270416", &kept[..20]) && !is("270416", &[]));
    }

    #[test]
    fn what_everybody_tries_first_may_not_be_chosen() {
        for may in ["270416", "112233", "135790"] {
            assert!(may_be(may), "{may}");
        }
        for not in ["000000", "123456", "654321", "12345", "1234567", "12345a", "２７０４１６"] {
            assert!(!may_be(not), "{not}");
        }
    }
}
