//! The auditors' work: looking through what the ledger holds of everybody, with aliases in place of names.
//!
//! 1. A search ([`search()`]) is entered first, with who asks and what for; only then are reviews opened, in steps, each
//!    held against what its leaf commits to ([`look`]). So whoever watches is watched in the same book.
//! 2. What is sought is a [`Filter`], and where a page goes on is a [`Cursor`]: one spelling each.
//! 3. Auditors see reviews, never details: the code of an app, a purpose, claims by name, an alias. Nothing here opens a
//!    value of anybody's data.

pub mod cursor;
pub mod filter;
pub mod look;
mod refusal;
mod search;

pub use cursor::Cursor;
pub use filter::Filter;
pub use look::{Found, Row, Through};
pub use refusal::Refusal;
pub use search::{Page, Seen, one, search};
