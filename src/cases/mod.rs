//! What residents ask of people: objections, corrections, explanations, complaints; who answers, and by when.
//!
//! 1. A case is opened in one press ([`open()`]), in the transaction of whatever it belongs to. It has somebody who looks
//!    after it, and a day by which there is an answer ([`due`]).
//! 2. What is about a client goes to the client first: it is told by an event, reads the case at a door of its own
//!    ([`for_client`]) and answers ([`answer_by_client`]). Everything else goes to the staff.
//! 3. A resident who is not content with a client's answer says so, and the staff decides ([`dispute`]); or she says that
//!    it is settled, or takes it back ([`settle()`], [`take_back`]). The staff's answer closes it ([`answer_by_staff`]).
//! 4. A case without an answer by its day is marked for good ([`mark_overdue`]): she is told, and the auditors see it.
//!
//! Every step is an entry of the resident's ledger (kind 16), so that a case that is taken out of the tables leaves a
//! gap that shows. What people write lies sealed under her log key ([`Said`] judges its length only).

mod answer;
mod basis;
mod body;
mod case;
mod client;
mod enter;
mod open;
mod overdue;
mod raise;
mod refusal;
pub mod reply;
mod said;
mod settle;
mod staff;
mod store;

pub use answer::{StaffAnswer, answer_by_client, answer_by_staff};
pub use basis::{basis_purpose, object_to_basis};
pub use body::{Step, history};
pub use case::{Case, Kind, Outcome, State};
pub use client::{ForClient, Listed, for_client, of_client};
pub use open::{About, New, Opened, due, open};
pub use overdue::{mark_overdue, run_overdue};
pub use raise::{Wish, raise};
pub use refusal::Refusal;
pub use said::Said;
pub use settle::{dispute, settle, take_back};
pub use staff::{assign, note_read, read};
pub use store::{Counts, Filter, count, counts_of_client, erased, find, list, of_resident, own, was_read_by};
