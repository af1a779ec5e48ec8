//! Spans of time as operators write them: `90s`, `10m`, `24h`, `7d`, or `0`.

use std::time::Duration;

/// Reads a span. For clap, which prints the sentence.
///
/// # Errors
/// A sentence with the form that is expected.
pub fn parse(text: &str) -> Result<Duration, String> {
    let seconds = |unit| match unit {
        "s" => Some(1),
        "m" => Some(60),
        "h" => Some(3_600),
        "d" => Some(86_400),
        _ => None,
    };
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let span = match (number.parse::<u32>(), unit) {
        (Ok(0), "") => Some(0),
        (Ok(number), unit) => seconds(unit).map(|each| u64::from(number) * each),
        (Err(_), _) => None,
    };
    span.map(Duration::from_secs).ok_or_else(|| "a number with s, m, h or d behind it, for example 10m".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_a_number_with_its_unit() {
        for (text, seconds) in [("0", 0), ("0m", 0), ("90s", 90), ("10m", 600), ("24h", 86_400), ("7d", 604_800)] {
            assert_eq!(parse(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for not in ["", "10", "m", "-1m", "1.5h", "10 m", "10M", "1w", "99999999999d"] {
            assert!(parse(not).is_err(), "{not}");
        }
    }
}
