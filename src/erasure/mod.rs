//! Erasure: everything about a resident goes, key first, and a certificate stays (PIPL 47).
//!
//! 1. She asks for it and confirms ([`begin()`]). From that moment nobody reads anything of hers; she may still sign in.
//! 2. For seven days she, or staff at her word, may undo it ([`undo()`]), and everything is as it was. Should she be
//!    locked meanwhile, because somebody else has her device, it is undone with the lock ([`lock()`]).
//! 3. On the seventh day ([`sweep()`]) her consents end and her apps are told, her data key is overwritten, and every row
//!    about her is taken out ([`destroy`]).
//! 4. The files of the database are rewritten where the key lay ([`store::scrub`]), and a certificate is signed
//!    ([`certificate`]). Its address outlives the account.
//! 5. The details of the access log and the proofs of consents lie sealed for the months that a law wants. Then their
//!    key is destroyed as well, and what is left in the ledger is noise that still verifies.
//!
//! Each step is one transaction and says in the row that it is done: after a crash the next sweep goes on with it.

mod begin;
mod certificate;
mod destroy;
mod lock;
mod refusal;
mod store;
mod sweep;

pub use begin::{Pending, WAIT, act, begin, begin_for, pending, undo, undo_in};
pub use certificate::{Counts, Standing, standing};
pub use destroy::again;
pub use lock::lock;
pub use refusal::Refusal;
pub use store::TABLES;
pub use sweep::{run, sweep};
