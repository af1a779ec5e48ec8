//! The user code: eight letters that one reads from a screen and types on a phone (RFC 8628 §6.1).

use crate::crypto::random;
use crate::crypto::token::Digest;
use crate::custody::Custody;
use crate::fault::Fault;

/// No vowels, so that no word comes out, and neither digits nor Y: 20⁸ ≈ 2³⁴·⁶ codes.
const ALPHABET: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
/// Letters of a code.
const LENGTH: usize = 8;
/// The largest multiple of twenty that a byte holds: from there on a letter would come more often than another.
const FAIR: u8 = 240;
/// Nobody types more.
const LONGEST: usize = 64;

/// A user code.
#[derive(Clone, PartialEq, Eq)]
pub struct UserCode(String);

impl UserCode {
    /// A fresh one.
    ///
    /// # Errors
    /// When the operating system has no random bytes.
    pub fn random() -> Result<Self, Fault> {
        let mut code = String::with_capacity(LENGTH);
        while code.len() < LENGTH {
            let [byte] = random::bytes::<1>()?;
            if byte < FAIR {
                let letter = ALPHABET.get(usize::from(byte) % ALPHABET.len()).copied().unwrap_or(b'B');
                code.push(char::from(letter));
            }
        }
        Ok(Self(code))
    }

    /// What a person typed: any case, full-width or not, with dashes and spaces anywhere. `None` when it cannot be a
    /// code.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let letters = typed.chars().take(LONGEST).map(narrow).filter(|c| !is_gap(*c)).map(|c| c.to_ascii_uppercase());
        let code: String = letters.take(LENGTH + 1).collect();
        let good = code.len() == LENGTH && code.bytes().all(|letter| ALPHABET.contains(&letter));
        good.then_some(Self(code))
    }

    /// As screens show it: `WDJB-MJHT`.
    #[must_use]
    pub fn shown(&self) -> String {
        let (front, back) = self.0.split_at_checked(LENGTH / 2).unwrap_or((&self.0, ""));
        format!("{front}-{back}")
    }

    /// What is stored of it. Keyed: whoever reads the table cannot try all codes on it.
    ///
    /// # Errors
    /// Never with keys of the right length.
    pub fn digest(&self, custody: &Custody) -> Result<Digest, Fault> {
        Ok(Digest::of(&custody.mac("user-code", self.0.as_bytes())?))
    }
}

impl std::fmt::Debug for UserCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[redacted]")
    }
}

/// A Chinese keyboard may make full-width letters of what is typed.
fn narrow(c: char) -> char {
    char::from_u32(u32::from(c).wrapping_sub(0xFEE0)).filter(char::is_ascii_graphic).unwrap_or(c)
}

/// What people put between the halves: spaces, and every line that a keyboard makes of a dash.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30FC}' | '\u{4E00}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let shown = "WDJB-MJHT";
        let wide: String = shown.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
        for typed in
            [shown, "wdjbmjht", " WdJb mJhT ", "WDJB—MJHT", "WDJB–MJHT", "W-D-J-B-M-J-H-T", "wdjb\u{3000}mjht", &wide]
        {
            assert_eq!(UserCode::read(typed).unwrap().shown(), shown, "{typed}");
        }
        for not in ["", "WDJB-MJH", "WDJB-MJHTT", "WDJB-MJHA", "WDJB-MJH0", "ＷＤＪＢ－ＭＪＨé", "张", &"-".repeat(99)]
        {
            assert!(UserCode::read(not).is_none(), "{not}");
        }
    }

    #[test]
    fn case_86_codes_are_eight_letters_and_every_letter_comes_as_often() {
        let mut counts = [0_u32; 20];
        for _ in 0..5_000 {
            let code = UserCode::random().unwrap();
            assert_eq!(UserCode::read(&code.shown()), Some(code.clone()));
            for letter in code.0.bytes() {
                let at = ALPHABET.iter().position(|known| *known == letter).unwrap();
                *counts.get_mut(at).unwrap() += 1;
            }
        }
        // 2,000 of each are expected; the standard deviation is 44.
        assert!(counts.iter().all(|count| (1_740..2_260).contains(count)), "{counts:?}");
    }
}
