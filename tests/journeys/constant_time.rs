//! V54: secrets are compared in a time that does not say where they differ (after dudect: two classes of inputs, their
//! times compared by Welch's t-test).

use std::hint::black_box;
use std::time::Instant;

use latchkey::crypto::random;
use latchkey::crypto::token::Digest;

/// Beyond this, dudect speaks of a leak.
const LEAK: f64 = 4.5;
const SAMPLES: usize = 60_000;
/// Comparisons in one sample, so that the clock can see them.
const BATCH: usize = 16;

/// How differently the two take, in standard errors. The slowest tenth is left out: that is the machine, not us.
fn welch(first: &[f64], second: &[f64]) -> f64 {
    let moments = |times: &[f64]| {
        let mut times = times.to_vec();
        times.sort_by(f64::total_cmp);
        times.truncate(times.len() * 9 / 10);
        let count = times.len() as f64;
        let mean = times.iter().sum::<f64>() / count;
        let variance = times.iter().map(|time| (time - mean).powi(2)).sum::<f64>() / (count - 1.0);
        (mean, variance / count)
    };
    let ((a, a_error), (b, b_error)) = (moments(first), moments(second));
    (a - b) / (a_error + b_error).sqrt()
}

/// Measures a comparison with texts that differ in the first or in the last character, in random order.
fn measure(is: impl Fn(&str, &str) -> bool) -> f64 {
    let secret = "m".repeat(43);
    let early = format!("x{}", &secret[1..]);
    let late = format!("{}x", &secret[1..]);
    let coins: Vec<u8> = (0..SAMPLES / 32).flat_map(|_| random::bytes::<32>().unwrap()).collect();
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for coin in coins {
        let (other, times) = if coin & 1 == 0 { (&early, &mut first) } else { (&late, &mut second) };
        let begun = Instant::now();
        for _ in 0..BATCH {
            black_box(is(black_box(&secret), black_box(other)));
        }
        times.push(begun.elapsed().as_nanos() as f64);
    }
    welch(&first, &second)
}

/// As nobody should: it stops at the first difference.
fn hasty(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).all(|(one, other)| one == other)
}

#[test]
fn v54_digests_of_secrets_are_compared_in_constant_time() {
    let careful = |one: &str, other: &str| {
        let digest = |text: &str| Digest::stored(text.to_owned());
        digest(one).is(&digest(other))
    };
    // Once is enough: a leak would show every time, while the machine may hiccup.
    let found: Vec<f64> = (0..5).map(|_| measure(careful)).take_while(|t| t.abs() >= LEAK).collect();
    assert!(found.len() < 5, "{found:?}");
    let leak = measure(hasty);
    assert!(leak.abs() > 10.0 * LEAK, "the measurement sees a leak when there is one: {leak}");
}
