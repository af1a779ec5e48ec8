//! The mark of a sheet: which one it is and when it was printed, in 29 sealed bytes, 76 characters in all.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::clock::Timestamp;
use crate::custody::Custody;
use crate::fault::Fault;
use crate::ids::{ConsentId, ResidentId};

/// What marks are sealed as.
const USE: &str = "paper";
/// kind u8 ‖ printed u32 (Unix seconds) ‖ id 16 ‖ state 8, big-endian.
const BYTES: usize = 29;
/// Characters of a mark: nonce 12, the bytes, tag 16, in base64url.
const CHARACTERS: usize = 76;

/// What was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sheet {
    /// The receipt of one consent.
    Receipt(ConsentId),
    /// Which apps may see something of a resident; the list as it was ([`super::list_of`]).
    Apps(ResidentId, [u8; 8]),
    /// The recovery codes that were made at that moment (Unix seconds).
    Codes(ResidentId, i64),
}

/// A sheet, and when it was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What was printed.
    pub sheet: Sheet,
    /// When, Unix seconds.
    pub printed_at: i64,
}

impl Mark {
    /// The mark of a sheet that is printed now.
    #[must_use]
    pub fn now(sheet: Sheet, now: Timestamp) -> Self {
        Self { sheet, printed_at: now.seconds() }
    }

    /// The mark as it stands in the address of a QR code.
    ///
    /// # Errors
    /// When the operating system has no random bytes.
    pub fn sealed(&self, custody: &Custody) -> Result<String, Fault> {
        Ok(URL_SAFE_NO_PAD.encode(custody.seal_mark(USE, &self.encode()?)?))
    }

    /// Reads a mark that somebody scanned; `None` when this installation never made it.
    ///
    /// # Errors
    /// Never with keys of the right length.
    pub fn read(custody: &Custody, text: &str) -> Result<Option<Self>, Fault> {
        if text.len() != CHARACTERS {
            return Ok(None);
        }
        let Ok(sealed) = URL_SAFE_NO_PAD.decode(text) else { return Ok(None) };
        let plain = custody.open_mark(USE, &sealed)?;
        Ok(plain.as_deref().and_then(Self::decode))
    }

    fn encode(&self) -> Result<[u8; BYTES], Fault> {
        let (kind, id, state) = match &self.sheet {
            Sheet::Receipt(consent) => (1, consent.as_str(), [0; 8]),
            Sheet::Apps(resident, list) => (2, resident.as_str(), *list),
            Sheet::Codes(resident, made_at) => (3, resident.as_str(), made_at.to_be_bytes()),
        };
        let id = hex::decode(id).map_err(|_| Fault::Internal("an id that is not hexadecimal"))?;
        let printed = u32::try_from(self.printed_at).unwrap_or(u32::MAX).to_be_bytes();
        let bytes = [&[kind][..], &printed, &id, &state].concat();
        bytes.try_into().map_err(|_| Fault::Internal("a mark of another length"))
    }

    /// The mark of these bytes, if they are one.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (kind, rest) = bytes.split_first()?;
        let (printed, rest) = rest.split_first_chunk::<4>()?;
        let (id, state) = rest.split_first_chunk::<16>()?;
        let state: [u8; 8] = state.try_into().ok()?;
        let sheet = match kind {
            1 if state == [0; 8] => Sheet::Receipt(ConsentId::from_bytes(*id)),
            2 => Sheet::Apps(ResidentId::from_bytes(*id), state),
            3 => Sheet::Codes(ResidentId::from_bytes(*id), i64::from_be_bytes(state)),
            _ => return None,
        };
        Some(Self { sheet, printed_at: i64::from(u32::from_be_bytes(*printed)) })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn sheets() -> [Sheet; 3] {
        let resident = ResidentId::from_bytes([7; 16]);
        let apps = Sheet::Apps(resident.clone(), [9; 8]);
        [Sheet::Receipt(ConsentId::from_bytes([3; 16])), apps, Sheet::Codes(resident, 1_795_311_000)]
    }

    #[test]
    fn a_mark_is_read_as_it_was_made_and_each_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let custody = Custody::open(folder.path()).unwrap();
        for sheet in sheets() {
            let mark = Mark::now(sheet, Timestamp::from_seconds(1_795_311_000));
            let (one, other) = (mark.sealed(&custody).unwrap(), mark.sealed(&custody).unwrap());
            assert_eq!(one.len(), CHARACTERS);
            assert_ne!(one, other);
            assert_eq!(Mark::read(&custody, &one).unwrap().as_ref(), Some(&mark));
            assert_eq!(Mark::read(&custody, &other).unwrap(), Some(mark));
        }
    }

    #[test]
    fn what_is_no_mark_of_this_installation_is_none() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (ours, theirs) = (Custody::open(here.path()).unwrap(), Custody::open(there.path()).unwrap());
        let [sheet, ..] = sheets();
        let mark = Mark::now(sheet, Timestamp::from_seconds(1)).sealed(&ours).unwrap();
        assert_eq!(Mark::read(&theirs, &mark).unwrap(), None);
        for at in 0..mark.len() {
            let mut changed = mark.clone().into_bytes();
            let byte = changed.get_mut(at).unwrap();
            *byte = if *byte == b'A' { b'B' } else { b'A' };
            assert_eq!(Mark::read(&ours, &String::from_utf8(changed).unwrap()).unwrap(), None, "character {at}");
        }
        for text in ["", "A", "门钥", &"A".repeat(75), &"A".repeat(76), &"A".repeat(10_000), &"=".repeat(76)] {
            assert_eq!(Mark::read(&ours, text).unwrap(), None);
        }
    }

    #[test]
    fn bytes_that_are_no_mark_are_none() {
        for bytes in [&[][..], &[1; 28], &[1; 29], &[1; 30], &[0; 29], &[4; 29]] {
            assert_eq!(Mark::decode(bytes), None, "{bytes:?}");
        }
    }
}
