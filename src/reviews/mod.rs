//! The auditors' work: looking through what the ledger holds of everybody, with aliases in place of names.
//!
//! 1. A search ([`search()`]) is entered first, with who asks and what for; only then are reviews opened, in steps, each
//!    held against what its leaf commits to, and the leaf against the tree ([`look`]). So whoever watches is watched in the
//!    same book, and what was altered is named ([`Altered`]) and hides nothing else.
//! 2. What is sought is a [`Filter`], and where a page goes on is a [`Cursor`]: one spelling each.
//! 3. Charts and what is not as usual ([`anomaly`]) are counted from reviews ([`count()`]); what a stretch of the ledger comes
//!    to is kept sealed under the auditors' key, so nothing is counted twice, and counted in the background ([`run_counting`]).
//! 4. What they find goes into a case file ([`dossier`]), and out of the house signed ([`export`]).
//! 5. Who an alias is, two auditors must want to know, with a reason, signed ([`identify`]); and she is told.
//! 6. Auditors see reviews, never details: the code of an app, a purpose, claims by name, an alias. Nothing here opens a
//!    value of anybody's data.

mod agreed;
mod altered;
pub mod anomaly;
mod count;
pub mod cursor;
pub mod dossier;
pub mod export;
pub mod filter;
pub mod identify;
pub mod look;
mod opens;
mod refusal;
mod search;
mod store;
mod survey;
pub mod tally;

pub use agreed::{Agreed, agreed};
pub use altered::Altered;
pub use count::{Counted, count, count_ahead, run_counting};
pub use cursor::Cursor;
pub use filter::Filter;
pub use look::{Found, Row, Through};
pub use opens::{Opens, opens};
pub use refusal::Refusal;
pub use search::{Page, Seen, one, search};
pub use survey::{Survey, survey};
