//! The desk of the service centre: what staff do together with a resident, and what they can never do alone.
//!
//! 1. A member of staff finds a resident by what she says or shows ([`find()`]), exactly and not too often; each look is
//!    an entry in her book with the person's id. What comes of it is a [`Sitting`] of half an hour.
//! 2. In it staff prepare an act ([`prepare()`]): a first passkey, a card, a consent, taking something back. Nothing is
//!    done by that.
//! 3. The resident confirms it ([`confirm_by_phone`], [`confirm_by_card`]); where she has nothing yet to confirm it with, a
//!    second member of staff who saw her and her papers bears witness ([`witness`]), and never where she has. She may say
//!    no, and that it is not her own will; what the screen at the desk says then is the same.
//! 4. For seven days she may undo it ([`undo()`]), at home in one press.
//! 5. Who lost every key, or the card, is let in again by two members of staff, after a wait in which she can say that it is not her
//!    ([`recovery`]).

mod act;
mod card;
mod find;
mod prepare;
pub mod recovery;
mod refusal;
mod settle;
mod sitting;
mod store;
mod undo;
mod work;

pub use act::{Act, Outcome, Way, act, acts_of, by_token, cancel, takes_a_witness, waiting_for_witness};
pub use card::{confirm_by_card, has_card, issue_card};
pub use find::{Index, find};
pub use prepare::prepare;
pub use refusal::Refusal;
pub use settle::{confirm_by_phone, enrol_link, refuse_by_phone, to_sign, witness};
pub use sitting::{Label, Sitting, sitting, stop_under_pressure};
pub use store::{Tally, sweep, tallies};
pub use undo::undo;
pub use work::{Agreement, Work};
