//! Step 2: somebody accepts an offered mandate with her passkey, or says no.

use super::offer::still_there;
use super::record::{EndedBy, Mandate};
use super::{Refusal, enter, store, tell};
use crate::app::App;
use crate::crypto::token::Digest;
use crate::ids::{MandateId, RequestId};
use crate::inbox::Word;
use crate::ledger::{self, By};
use crate::once;
use crate::resident::{Act, Confirmed, Session};

/// The act that the delegate confirms: this mandate, and for whom of those that may ask she works.
#[must_use]
pub fn acceptance(mandate: &Mandate, conflicts: &[String]) -> Act {
    Act::new("mandate.accept", &mandate.principal)
        .with("mandate", mandate.id.as_str())
        .with("until", mandate.until.to_string())
        .with("conflicts", conflicts.join("\n"))
}

/// Accepts the offer of a link. From its commit on the delegate may act; both are told, and it stands in both books.
///
/// # Errors
/// `OfferGone` (also for the slower of two), `Own`, or that something else was confirmed.
pub async fn accept(
    app: &App, session: &Session, token: &str, conflicts: &[String], confirmed: &Confirmed, request: &RequestId,
) -> Result<Mandate, Refusal> {
    let now = app.now();
    let digest = Digest::of(token.as_bytes());
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    still_there(&mut tx, session).await?;
    let used = once::consume(&mut tx, once::Kind::Mandate, &digest, now).await?.ok_or(Refusal::OfferGone)?;
    let id = MandateId::stored(used.subject);
    let mandate = store::mandate(&mut tx, &id).await?.ok_or(Refusal::OfferGone)?;
    if mandate.principal == session.resident {
        return Err(Refusal::Own);
    }
    confirmed.proves(&acceptance(&mandate, conflicts))?;
    if !store::begin(&mut tx, &id, &session.resident, conflicts, now).await? {
        return Err(Refusal::OfferGone);
    }
    let begun = store::mandate(&mut tx, &id).await?.ok_or(Refusal::OfferGone)?;
    for (whose, by) in [(&begun.principal, begun.by()), (&session.resident, By::Resident)] {
        enter(&mut tx, app, &mut head, whose, &begun, ("mandate_begun", &by), Some(request)).await?;
        tell(&mut tx, whose, &begun, Word::MandateBegun, now).await?;
    }
    head.commit(tx).await?;
    Ok(begun)
}

/// Says no to the offer of a link: nobody can take it any more.
///
/// # Errors
/// `OfferGone`, `Own`.
pub async fn decline(app: &App, session: &Session, token: &str, request: &RequestId) -> Result<(), Refusal> {
    let now = app.now();
    let digest = Digest::of(token.as_bytes());
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let used = once::consume(&mut tx, once::Kind::Mandate, &digest, now).await?.ok_or(Refusal::OfferGone)?;
    let mandate = store::mandate(&mut tx, &MandateId::stored(used.subject)).await?.ok_or(Refusal::OfferGone)?;
    if mandate.principal == session.resident {
        return Err(Refusal::Own);
    }
    if !store::end(&mut tx, &mandate.id, EndedBy::Declined, false, now).await? {
        return Err(Refusal::OfferGone);
    }
    let act = ("mandate_declined", &mandate.by());
    enter(&mut tx, app, &mut head, &mandate.principal, &mandate, act, Some(request)).await?;
    tell(&mut tx, &mandate.principal, &mandate, Word::MandateEnded, now).await?;
    head.commit(tx).await?;
    Ok(())
}
