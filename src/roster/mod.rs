//! What a property office exports becomes residents.
//!
//! 1. A file becomes rows ([`read`]): CSV in UTF-8 or GB18030, or the first sheet with headings of an XLSX, within
//!    [`limits`].
//! 2. The headings are recognised by name ([`heading`]); each row after them is a [`Line`].
//! 3. A line becomes a [`Candidate`] ([`record`]): every column by the rule in the file of its name, findings as
//!    [`Code`]s.
//! 4. A [`Judge`] goes through the candidates in order and gives each its [`Verdict`]: only here does it matter
//!    who came before.
//! 5. The [`import`](fn@import) seals what was accepted and makes invitations ([`invitation`]).
//!
//! Nothing before step 5 touches a database, a key or a clock: `today` comes in as a value, so a dry run needs no
//! installation. docs/roster.md tells the rules to those who write rosters.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

mod address;
pub mod ask;
mod birth_date;
mod care;
mod code;
mod document;
mod flats;
mod heading;
mod here;
mod household;
mod import;
pub mod invitation;
mod judge;
pub mod limits;
mod name;
mod phone;
mod plate;
mod record;
pub mod report;
mod sex;
mod spelling;
mod store;
mod table;
mod text_file;
mod unpack;
mod unreadable;
mod value;
mod workbook;

pub use address::Address;
pub use code::{Code, Codes, Words};
pub use document::{Kind as DocumentKind, check_digit};
pub use heading::Column;
pub use household::in_flat;
pub use import::{Invited, Outcome, import};
pub use judge::{Community, Judge, Nobody, Verdict};
pub use record::{Candidate, Document, Record, fingerprint};
pub use sex::Sex;
pub use table::{Line, Roster};
pub use unreadable::Unreadable;
pub use value::{NotAValue, value};

/// Reads a roster from a file.
///
/// # Errors
/// When the file as a whole is no roster; one record never makes it so.
pub fn open(path: &Path) -> Result<Roster, Unreadable> {
    let file = File::open(path).map_err(Unreadable::File)?;
    let mut bytes = Vec::new();
    let ceiling = u64::try_from(limits::FILE_BYTES).unwrap_or(u64::MAX) + 1;
    file.take(ceiling).read_to_end(&mut bytes).map_err(Unreadable::File)?;
    read(&bytes)
}

/// Reads a roster from the bytes of a file; what they are is seen from how they begin, not from a file's name.
///
/// # Errors
/// As [`open`].
pub fn read(bytes: &[u8]) -> Result<Roster, Unreadable> {
    match bytes {
        [] => Err(Unreadable::Empty),
        _ if bytes.len() > limits::FILE_BYTES => Err(Unreadable::TooLarge),
        [b'P', b'K', 3, 4, ..] => workbook::read(bytes),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(Unreadable::OldOrLocked),
        _ => text_file::read(bytes),
    }
}

/// The verdict on every record of a roster, in a community of nobody.
#[must_use]
pub fn judge_alone(roster: &Roster, today: jiff::civil::Date) -> Vec<Verdict> {
    let mut judge = Judge::default();
    roster.lines.iter().map(|line| judge.judge(Candidate::read(line, today), &Nobody)).collect()
}
