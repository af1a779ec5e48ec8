//! Paper that can be checked: a printed sheet carries a mark in a QR code, and `/verify/{mark}` says whether the sheet
//! is ours and whether what stands on it still holds.
//!
//! 1. A sheet is printed ([`Sheet`]). Its mark names it and the moment, sealed under a key of this use alone: whoever
//!    scans it learns nothing from it, two marks of one resident have nothing in common, and nothing is stored.
//! 2. Whoever holds the sheet scans it. The answer ([`Verdict`]): ours or not, printed when, and how things stand
//!    today. Never whose it is, and no value of hers.

mod mark;
mod qr;
mod verdict;

pub use mark::{Mark, Sheet};
pub use qr::qr;
pub use verdict::{Standing, Verdict, list_of, verify};
