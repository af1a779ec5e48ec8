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
        let name = file.name().map_err(|_| Unreadable::BrokenWorkbook)?.to_ascii_lowercase();
        part.clear();
        let ceiling = u64::try_from(left).unwrap_or(u64::MAX).saturating_add(1);
        file.take(ceiling).read_to_end(&mut part).map_err(|_| Unreadable::BrokenWorkbook)?;
        left = left.checked_sub(part.len()).ok_or(Unreadable::UnpacksTooLarge)?;
        // In these two parts a few bytes make a large value: an empty string, an empty font.
        let swells = match name.rsplit(['/', '\\']).next() {
            Some("sharedstrings.xml") => promised(&part) > limits::STRINGS || strings(&part) > limits::STRINGS,
            Some("styles.xml") => part.len() > limits::STYLE_BYTES,
            _ => false,
        };
        if swells {
            return Err(Unreadable::UnpacksTooLarge);
        }
    }
    Ok(())
}

/// The largest `uniqueCount` that a part names: the reader of workbooks makes room for so many strings before it has
/// seen one.
fn promised(part: &[u8]) -> usize {
    const WORD: &[u8] = b"uniqueCount";
    let named = part.windows(WORD.len()).enumerate().filter(|(_, window)| *window == WORD);
    let numbers = named.map(|(place, _)| {
        let after = part.get(place + WORD.len()..).unwrap_or_default().iter();
        let digits: String = after
            .skip_while(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'=' | b'"' | b'\''))
            .take_while(|b| b.is_ascii_digit())
            .map(|b| char::from(*b))
            .collect();
        if digits.is_empty() { 0 } else { digits.parse().unwrap_or(usize::MAX) }
    });
    numbers.max().unwrap_or(0)
}

/// How many strings a part holds: the elements `si`, whatever prefix they have.
fn strings(part: &[u8]) -> usize {
    let names = part.split(|b| *b == b'<').skip(1).map(|tag| {
        let end = tag.iter().position(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'>' | b'/'));
        tag.get(..end.unwrap_or(tag.len())).unwrap_or_default()
    });
    names.filter(|name| name.rsplit(|b| *b == b':').next() == Some(b"si")).count()
}
