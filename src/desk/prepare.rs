//! Preparing an act: whether it fits how the resident stands, and how many in an hour.

use std::time::Duration;

use super::act::{Act, Body, entry, has};
use super::sitting::{self, Label};
use super::work::Work;
use super::{Refusal, store};
use crate::app::App;
use crate::claims::release::age;
use crate::crypto::random;
use crate::crypto::token::Token;
use crate::custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{DeskActId, RequestId, ResidentId, SittingId};
use crate::ledger;
use crate::once::{self, Issue, Kind};
use crate::people::Session;
use crate::resident;

/// How long an act waits to be confirmed: as long as one stands at a counter.
const LIFE: Duration = Duration::from_secs(15 * 60);
/// An hour, in which so many acts may be prepared.
const HOUR: Duration = Duration::from_secs(60 * 60);
/// Younger residents have guardians who decide (PIPL 31).
const LEAST_AGE: i16 = 14;

/// Prepares an act. Nothing is done yet; that it was prepared stands in her book.
///
/// # Errors
/// `Over` without an open sitting, `Unfit` when it does not fit how she stands, `TooMany`.
pub async fn prepare(
    app: &App, session: &Session, sitting: &SittingId, work: Work, request: &RequestId,
) -> Result<Act, Refusal> {
    let now = app.now();
    let sitting = sitting::sitting(app, session, sitting).await?;
    may_decide(app, &sitting.label)?;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if store::acts_since(&mut tx, &session.person.id, now.minus(HOUR)).await?
        >= i64::from(app.config.desk.acts_per_hour)
    {
        return Err(Refusal::TooMany("acts of a member of staff"));
    }
    fits(&mut tx, &sitting.resident, &work).await?;
    let (id, token): (DeskActId, Token) = (random::id()?, Token::random()?);
    let body = Body { token: token.expose().to_owned(), work, label: sitting.label };
    let sealed = serde_json::to_vec(&body).map_err(|_| Fault::Internal("an act does not serialise"))?;
    let sealed = app.custody.seal_state("desk_act", id.as_str(), &sealed)?;
    let act = Act {
        id,
        sitting: sitting.id,
        resident: sitting.resident,
        person: session.person.id.clone(),
        work: body.work,
        label: body.label,
        asked_at: now,
        expires_at: now.plus(LIFE),
        settled: None,
        way: None,
        witness: None,
        record: None,
        undo_until: None,
        undone_at: None,
        token: body.token,
    };
    let (kind, digest, subject) = (Kind::DeskAct, act.digest(), act.id.as_str());
    once::issue(&mut tx, Issue { kind, digest: &digest, subject, state: None, now, expires: act.expires_at }).await?;
    store::insert_act(&mut tx, &act, &sealed).await?;
    let entry = entry(&act, "desk_prepared", None, request, now);
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    head.commit(tx).await?;
    Ok(act)
}

/// Whoever is under fourteen decides nothing at the desk either; nor is anybody enrolled whose birth date nobody knows.
pub(super) fn may_decide(app: &App, label: &Label) -> Result<(), Refusal> {
    match label.born() {
        Some(born) if age(born, app.today()) >= LEAST_AGE => Ok(()),
        Some(_) => Err(Refusal::Unfit("a guardian decides")),
        None => Err(Refusal::Unfit("no birth date")),
    }
}

async fn fits(tx: &mut Tx, resident: &ResidentId, work: &Work) -> Result<(), Refusal> {
    if !resident::is_open(tx, resident).await? {
        return Err(Refusal::NotFound);
    }
    let has = has(tx, resident).await?;
    match work {
        // Whoever has a passkey adds another one herself; whoever lost it recovers.
        Work::Enrol if has.passkey => Err(Refusal::Unfit("enrolled already")),
        Work::Consent(_) | Work::Undo(_) | Work::Keep if !has.anything() => {
            Err(Refusal::Unfit("nothing to confirm with"))
        }
        _ => Ok(()),
    }
}
