//! What a workbook unpacks to, found out before anything is kept.
//!
//! A workbook is a zip archive, and 32 MiB of zip can hold 32 GiB of blanks. Every part is unpacked once into one
//! buffer with a ceiling, the bytes are counted as they come (the archive's directory may lie), and only an archive
//! that stays below the ceiling reaches the reader of workbooks.

use std::io::{Cursor, Read};

use super::limits;
use super::unreadable::Unreadable;

/// Checks that an archive is small and honest enough to be opened.
///
/// # Errors
/// When it is no zip archive, or unpacks to more than a roster can hold.
pub fn check(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::BrokenWorkbook)?;
    if archive.len() > limits::WORKBOOK_PARTS {
        return Err(Unreadable::UnpacksTooLarge);
    }
    let mut left = limits::UNPACKED_BYTES;
    let mut part = Vec::new();
    for place in 0..archive.len() {
        let file = archive.by_index(place).map_err(|_| Unreadable::BrokenWorkbook)?;
        let holds_strings =
            file.name().map_err(|_| Unreadable::BrokenWorkbook)?.to_ascii_lowercase().ends_with("sharedstrings.xml");
        part.clear();
        let ceiling = u64::try_from(left).unwrap_or(u64::MAX).saturating_add(1);
        file.take(ceiling).read_to_end(&mut part).map_err(|_| Unreadable::BrokenWorkbook)?;
        left = left.checked_sub(part.len()).ok_or(Unreadable::UnpacksTooLarge)?;
        if holds_strings && promises_too_many_strings(&part) {
            return Err(Unreadable::BrokenWorkbook);
        }
    }
    Ok(())
}

/// The reader of workbooks makes room for as many strings as `uniqueCount` says before it has seen one: a part
/// may not promise more of them than it has bytes.
fn promises_too_many_strings(part: &[u8]) -> bool {
    const WORD: &[u8] = b"uniqueCount";
    part.windows(WORD.len()).enumerate().filter(|(_, window)| *window == WORD).any(|(place, _)| {
        let after = part.get(place + WORD.len()..).unwrap_or_default().iter();
        let digits: String = after
            .skip_while(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'=' | b'"' | b'\''))
            .take_while(|b| b.is_ascii_digit())
            .map(|b| char::from(*b))
            .collect();
        !digits.is_empty() && digits.parse::<usize>().map_or(true, |promised| promised > part.len())
    })
}
