//! What the public tree holds of an entry.
//!
//! `ver 01 ‖ kind u8 ‖ hour u32 ‖ tag 32 ‖ detail commitment 32 ‖ review commitment 32`, 102 bytes.

use super::kind::Kind;

/// The public part of an entry: without the log key it is indistinguishable from noise about nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf {
    /// What kind of event.
    pub kind: Kind,
    /// Whole hours since 1970 UTC.
    pub hour: u32,
    /// HMAC of the resident's counter, or random bytes where the entry is about nobody.
    pub tag: [u8; 32],
    /// Commitment to the detail.
    pub detail: [u8; 32],
    /// Commitment to the review.
    pub review: [u8; 32],
}

/// The bytes are no leaf of a version we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a ledger leaf")]
pub struct NotALeaf;

const VERSION: u8 = 1;

impl Leaf {
    /// Bytes of an encoded leaf.
    pub const LENGTH: usize = 102;

    /// The one encoding of this leaf.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(Self::LENGTH);
        out.extend_from_slice(&[VERSION, self.kind.number()]);
        out.extend_from_slice(&self.hour.to_be_bytes());
        out.extend_from_slice(&self.tag);
        out.extend_from_slice(&self.detail);
        out.extend_from_slice(&self.review);
        out
    }

    /// Reads a leaf.
    ///
    /// # Errors
    /// When it is not 102 bytes of version 1 with a kind we know.
    pub fn decode(bytes: &[u8]) -> Result<Self, NotALeaf> {
        let bytes: &[u8; Self::LENGTH] = bytes.try_into().map_err(|_| NotALeaf)?;
        let (head, rest) = bytes.split_first_chunk::<6>().ok_or(NotALeaf)?;
        let (tag, rest) = rest.split_first_chunk::<32>().ok_or(NotALeaf)?;
        let (detail, rest) = rest.split_first_chunk::<32>().ok_or(NotALeaf)?;
        let review = rest.first_chunk::<32>().ok_or(NotALeaf)?;
        let [VERSION, kind, a, b, c, d] = *head else { return Err(NotALeaf) };
        let kind = Kind::of_number(kind).ok_or(NotALeaf)?;
        Ok(Self { kind, hour: u32::from_be_bytes([a, b, c, d]), tag: *tag, detail: *detail, review: *review })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_leaf_has_the_bytes_of_the_test_vector() {
        let leaf =
            Leaf { kind: Kind::Disclosure, hour: 0x0007_8901, tag: [0xaa; 32], detail: [0xbb; 32], review: [0xcc; 32] };
        let vector = format!("010100078901{}{}{}", "aa".repeat(32), "bb".repeat(32), "cc".repeat(32));
        assert_eq!(hex::encode(leaf.encode()), vector);
        assert_eq!(Leaf::decode(&leaf.encode()), Ok(leaf));
    }

    #[test]
    fn other_lengths_versions_and_kinds_are_no_leaves() {
        let good = Leaf { kind: Kind::Padding, hour: 1, tag: [0; 32], detail: [0; 32], review: [0; 32] }.encode();
        assert!(Leaf::decode(&good).is_ok());
        let with = |at: usize, byte: u8| {
            let mut bytes = good.clone();
            *bytes.get_mut(at).unwrap() = byte;
            Leaf::decode(&bytes)
        };
        assert_eq!(with(0, 2), Err(NotALeaf));
        assert_eq!(with(1, 99), Err(NotALeaf));
        assert_eq!(Leaf::decode(good.get(1..).unwrap()), Err(NotALeaf));
    }
}
