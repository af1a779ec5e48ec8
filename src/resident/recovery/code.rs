//! What is printed on the sheet: 120 random bits as 24 characters in groups of four.

use zeroize::Zeroizing;

use crate::crypto::random;
use crate::crypto::token::Digest;
use crate::fault::Fault;

/// 120 bits, more than the 112 from which on a plain digest suffices (ASVS 6.5.2).
const BYTES: usize = 15;
/// Crockford's alphabet: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A recovery code: 24 characters of the alphabet.
pub struct Code(Zeroizing<String>);

impl Code {
    /// A fresh one.
    pub fn random() -> Result<Self, Fault> {
        let bytes = Zeroizing::new(random::bytes::<BYTES>()?);
        let mut code = Zeroizing::new(String::with_capacity(24));
        for five in bytes.chunks(5) {
            let number = five.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
            for place in (0..8).rev() {
                let at = usize::try_from(number >> (place * 5) & 31).unwrap_or_default();
                code.push(char::from(ALPHABET.get(at).copied().unwrap_or(b'0')));
            }
        }
        Ok(Self(code))
    }

    /// What a person typed, as it was printed: any case, any spaces and dashes, O for 0, I and L for 1.
    pub fn read(typed: &str) -> Option<Self> {
        let code: String = typed.chars().map(narrow).filter(|c| !is_gap(*c)).map(meant).take(25).collect();
        let good = code.len() == 24 && code.bytes().all(|b| ALPHABET.contains(&b));
        good.then(|| Self(Zeroizing::new(code)))
    }

    /// `K7QM-2VXA-…`: six groups of four.
    pub fn printed(&self) -> String {
        let groups: Vec<&str> = (0..6).filter_map(|group| self.0.get(group * 4..group * 4 + 4)).collect();
        groups.join("-")
    }

    /// What is stored of it.
    pub fn digest(&self) -> Digest {
        Digest::of_parts(&[b"latchkey/recovery/v1", self.0.as_bytes()])
    }
}

/// A Chinese keyboard may make full-width letters of what is typed.
fn narrow(c: char) -> char {
    char::from_u32(u32::from(c).wrapping_sub(0xFEE0)).filter(char::is_ascii_graphic).unwrap_or(c)
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}')
}

fn meant(c: char) -> char {
    match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let code = Code::random().unwrap();
        let printed = code.printed();
        let wide: String = printed.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
        for typed in [printed.clone(), format!(" {} ", printed.to_lowercase()), printed.replace('-', " "), wide] {
            assert_eq!(Code::read(&typed).unwrap().printed(), printed, "{typed}");
        }
        assert_eq!(*Code::read("oil0 1111 1111 1111 1111 1111").unwrap().0, "011011111111111111111111");
        for not in ["", "1111", &"1".repeat(25), &"U".repeat(24), "张"] {
            assert!(Code::read(not).is_none(), "{not}");
        }
    }

    #[test]
    fn a_code_has_120_bits() {
        let code = Code::random().unwrap();
        assert_eq!((code.0.len(), code.printed().len()), (24, 29));
        assert_ne!(code.printed(), Code::random().unwrap().printed());
    }
}
