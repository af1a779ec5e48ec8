//! What was agreed: append-only events, and a current state that can be rebuilt from them.
//!
//! 1. A resident gives consent to one recipient for one purpose, claim by claim ([`give()`]). A record that was in
//!    force for the same two is superseded in the same transaction.
//! 2. It is in force while it was given, not ended, and `valid_until` is after now: the gate looks, every time.
//! 3. The resident withdraws it in one press ([`withdraw`]); a read that starts afterwards is refused.
//! 4. She may pause it ([`pause()`]) and resume it ([`resume()`]): while it is paused, nothing rests on it. Its end
//!    comes no later for it.
//! 5. It runs out by itself: the gate refuses by the clock, and a sweeper enters it within a minute or so
//!    ([`expire`]); nothing depends on the sweeper.
//!
//! Whatever changes a basis holds the ledger's head and appends its entry in the same transaction, so the order of
//! the log is the order of consent.

pub mod draft;
mod end;
mod give;
pub mod never;
pub mod no;
mod of_age;
mod pause;
mod receipt;
mod record;
mod store;
mod tell;

pub use end::{Withdrawal, end_all, expire, run_expiry, withdraw, withdraw_in};
pub use give::{Given, Notice, give, terms, valid_until};
pub use of_age::void_guardianship;
pub use pause::{Pausing, pause, resume};
pub use receipt::{Body, body};
pub use record::{Record, State, Turn};
pub use store::{current, in_force, of_resident, rebuilt};

/// SQL reads that a floor above may make.
pub mod read {
    pub use super::store::records;
}
