//! A resident has died: her record is sealed, and near relatives ask for what the law gives them (PIPL 49).
//!
//! 1. A member of staff who has seen a paper says so in a sitting ([`ask()`]); another one, with a fresh sign-in, confirms
//!    it ([`confirm`]). It cannot be confirmed when she was seen here since it was asked: then she is alive.
//! 2. From that second no app reads, nobody signs in, and nothing is done for her at the desk. She is told, in her inbox and
//!    by mail, and for seven days her passkey undoes it ([`still_here`]). Nothing is lost by then.
//! 3. After the seven days ([`sweep()`]) her consents and mandates end, for good. Two members of staff can still open a
//!    record that was sealed by mistake ([`ask_lift`], [`lift()`]).
//! 4. A near relative, who is a resident herself, asks by a case ([`relative`]); the staff grants a copy, or the erasure
//!    of the record, unless the resident arranged otherwise in her lifetime ([`arrangement`]).
//!
//! Every step is an entry in her book, with the member of staff's id.

mod arrange;
mod lift;
pub mod relative;
mod sealed;
mod store;
mod sweep;

pub use crate::desk::Refusal;
pub use arrange::{Arrangement, arrange, arrangement};
pub use lift::{ask_lift, lift, still_here, stop};
pub use sealed::{Evidence, Sealing, WAIT, ask, confirm};
pub use store::{all as open, grant_of, is_said};
pub use sweep::{run, sweep};
