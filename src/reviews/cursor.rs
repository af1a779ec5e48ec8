//! Where the next page of a search goes on: a version, the position it goes on before, and a mark of the search, as
//! base64url. One place of one search has one spelling.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::crypto::hash;

/// Bytes of the mark of a search.
const MARK: usize = 6;
const VERSION: u8 = 1;
/// Bytes of a cursor: a multiple of three, so that base64url has no spare bits.
const LENGTH: usize = 1 + 8 + MARK;

/// A place in a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    before: u64,
    mark: [u8; MARK],
}

/// The text is no cursor, or one of another search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of this search")]
pub struct NotACursor;

impl Cursor {
    /// The place before this position in the search with this query ([`super::Filter::query`]).
    #[must_use]
    pub fn before(position: u64, query: &str) -> Self {
        let digest = hash::sha256_of(&[b"latchkey/reviews/cursor/v1", query.as_bytes()]);
        Self { before: position, mark: *digest.first_chunk().unwrap_or(&[0; MARK]) }
    }

    /// Reads a cursor, of whatever search.
    ///
    /// # Errors
    /// When it is not the one spelling of one.
    pub fn parse(text: &str) -> Result<Self, NotACursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| NotACursor)?;
        let bytes: [u8; LENGTH] = bytes.try_into().map_err(|_| NotACursor)?;
        let ([VERSION], rest) = bytes.split_first_chunk::<1>().ok_or(NotACursor)? else { return Err(NotACursor) };
        let (position, mark) = rest.split_first_chunk::<8>().ok_or(NotACursor)?;
        let mark = *mark.first_chunk().ok_or(NotACursor)?;
        let before = u64::from_be_bytes(*position);
        // Columns are signed: a position beyond them is nobody's.
        if before > i64::MAX.cast_unsigned() { Err(NotACursor) } else { Ok(Self { before, mark }) }
    }

    /// The position it goes on before, in the search with this query.
    ///
    /// # Errors
    /// When it is a place of another search.
    pub fn of(self, query: &str) -> Result<u64, NotACursor> {
        if self == Self::before(self.before, query) { Ok(self.before) } else { Err(NotACursor) }
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut bytes = Vec::with_capacity(LENGTH);
        bytes.push(VERSION);
        bytes.extend_from_slice(&self.before.to_be_bytes());
        bytes.extend_from_slice(&self.mark);
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_in_its_own_search_only() {
        let text = Cursor::before(4_711, "app=rp-a").to_string();
        assert_eq!(text.len(), 20);
        let read = Cursor::parse(&text).unwrap();
        assert_eq!((read.to_string(), read.of("app=rp-a")), (text, Ok(4_711)));
        assert_eq!(read.of("app=rp-b"), Err(NotACursor));
    }

    #[test]
    fn there_is_one_spelling_and_nothing_else_is_a_cursor() {
        let good = Cursor::before(1, "").to_string();
        let other_version = format!("Ag{}", good.get(2..).unwrap());
        let beyond = Cursor { before: u64::MAX, mark: [0; MARK] }.to_string();
        for not in
            ["", "AQ", &format!("{good}="), &format!("{good}A"), &good.replace('A', "+"), &other_version, &beyond]
        {
            assert_eq!(Cursor::parse(not), Err(NotACursor), "{not}");
        }
    }
}
