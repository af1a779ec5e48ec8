//! The personal data, and the gate before them.
//!
//! 1. Fields lie sealed under a key of each resident's own ([`admit()`] writes the first ones).
//! 2. Every read goes through the gate ([`gate`]): one transaction for all that wait holds the ledger's head, looks
//!    up every basis afresh, decides, enters each read, allowed or refused, and commits.
//! 3. Only then is the data key unwrapped, and only the asked claims are opened and brought into their released
//!    form ([`disclose()`], [`look()`]).
//! 4. What is corrected becomes the next version of a field, in step with the blind indexes ([`write()`]).
//! 5. What was written stands in the ledger with its hash; [`verify`] compares.

mod admit;
pub mod break_glass;
mod decide;
mod disclose;
mod eyes;
pub mod gate;
mod look;
pub mod reads;
mod refusal;
mod store;
pub mod verify;
mod write;

pub use admit::{NewRecord, admit};
pub use disclose::{Disclosed, disclose};
pub use look::{Shown, greeting, look, look_at_desk, look_for, look_for_slip, look_to_write, name, name_by, preview};
pub use refusal::Refusal;
pub use store::{Origin, flats_of, origins, raise_flats, version_of, versions};
pub use write::{Change, NotWritten, write};
