//! Acting for somebody: who may, how far, until when, and that both see it.
//!
//! 1. A resident offers a mandate ([`offer()`]): a link, or the QR code that holds it, good once and for three days.
//! 2. Whoever she gives it to accepts it with her passkey ([`accept()`]); both are told, and it stands in both books.
//! 3. While it is in force ([`in_force`]) the delegate's pages lie under `/for/{mandate}`; every act there is entered
//!    as done by this mandate ([`Mandate::by`]), in the principal's book.
//! 4. Both can end it at any time ([`end()`]); nobody can make it last longer, and nobody can take it out of the books.
//! 5. A guardianship begins at the desk, and ends by itself when the young person turns fourteen or eighteen.

mod accept;
mod behalf;
mod end;
pub mod guardian;
mod kind;
mod offer;
mod quiet;
mod record;
mod refusal;
mod right;
mod store;

pub use accept::{accept, acceptance, decline};
pub use behalf::{Agreeing, answer_for, answered_for, longest, may_agree, may_answer_for, may_stop};
pub use end::{end, end_all, end_one};
pub use kind::Kind;
pub use offer::{Offered, RELATIONS, Terms, offer, offered, show_again};
pub use quiet::{only_myself, open_again};
pub use record::{EndedBy, HIDDEN_AT_FIRST, Mandate, Standing};
pub use refusal::Refusal;
pub use right::Right;
pub use store::{consents_of, in_force, is_shielded, mandate, of_delegate, of_principal, run_out, shielded, sweep};

use crate::app::App;
use crate::clock::Timestamp;
use crate::custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{ConsentId, MandateId, RequestId, ResidentId};
use crate::inbox::{self, Tell, Word};
use crate::ledger::{self, By, Entry, Extra, Head};

/// Remembers, in the transaction that gives it, under which mandate a consent was given.
///
/// # Errors
/// When the database fails.
pub async fn keep_consent(tx: &mut Tx, record: &ConsentId, mandate: &MandateId) -> Result<(), Fault> {
    store::insert_consent(tx, record, mandate).await
}

/// Enters an act about a mandate in the book of one of its two (kind 10), with the mandate's id.
async fn enter(
    tx: &mut Tx, app: &App, head: &mut Head, whose: &ResidentId, mandate: &Mandate, (reason, by): (&'static str, &By),
    request: Option<&RequestId>,
) -> Result<(), Fault> {
    let note = || vec![("mandate", mandate.id.to_string())];
    let entry = Entry {
        reason,
        request: request.cloned(),
        extra: if by.mandate().is_some() { Extra::Nothing } else { Extra::Notes(note()) },
        ..Entry::about(ledger::Kind::Mandate, whose, app.now())
    };
    let _pending = custody::enter(tx, &app.custody, head, entry.by(by)).await?;
    Ok(())
}

/// Tells a resident, in the transaction of the act, that somebody acted for her; of her own hand she needs no telling.
/// Which act it was stands in her book: a message that leaves the portal must not say it.
///
/// # Errors
/// When the database fails.
pub async fn acted(tx: &mut Tx, whose: &ResidentId, by: &By, now: Timestamp) -> Result<(), Fault> {
    let Some(id) = by.mandate() else { return Ok(()) };
    let told = Tell { resident: whose, word: Word::ActedFor, client: None, about: Some(id.as_str()) };
    inbox::put(tx, &told, now).await
}

/// Puts a word about a mandate into the inbox of one of its two.
async fn tell(tx: &mut Tx, whose: &ResidentId, mandate: &Mandate, word: Word, now: Timestamp) -> Result<(), Fault> {
    let about = Some(mandate.id.as_str());
    inbox::put(tx, &Tell { resident: whose, word, client: None, about }, now).await
}
