//! The second hand.

use super::{Emergency, OPEN, REVIEW, Refusal, State, Step, Target, Wanted, enter, find, is_blocked, listed, store};
use crate::app::App;
use crate::custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{EmergencyId, PersonId, RequestId, ResidentId};
use crate::inbox::{self, Tell, Word};
use crate::ledger::{self, By, Head};
use crate::people::{self, Confirmed, Session, two_hands};
use crate::vault;

/// What the approving act is called ([`people::confirm::approval`]).
pub const APPROVE: &str = "emergency.approve";

/// Approves, word for word what was asked for: from now on the two may read, and whom it is about is told.
///
/// # Errors
/// `People` (`SameHand` for whoever asked, entered as well; `Late`, another act signed), `Over` when it was approved or
/// ended before or whoever asked has left, `Blocked`, `Unfit` when there is nobody any more whom it is about.
pub async fn approve(
    app: &App, session: &Session, id: &EmergencyId, confirmed: &Confirmed, request: &RequestId,
) -> Result<(), Refusal> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let emergency = find(&mut tx, app, id).await?.ok_or(Refusal::NotFound)?;
    let asked = emergency.asked.as_ref().ok_or(Refusal::Over("the resident was erased, or it does not read"))?;
    if emergency.approved.is_some() || emergency.ended.is_some() {
        return Err(Refusal::Over("approved or ended before"));
    }
    let signed = match two_hands(app, asked, confirmed, APPROVE) {
        Err(no @ people::Refusal::SameHand) => {
            same_hand(tx, head, app, session, (&emergency, request)).await?;
            return Err(no.into());
        }
        judged => judged?,
    };
    let wanted = Wanted::read(&signed).ok_or(Refusal::Unfit("not what emergencies are asked for with"))?;
    wanted.check(app)?;
    if emergency.state(now) != State::Asked || signed.person != emergency.asked_by {
        return Err(Refusal::Over("too late, or altered"));
    }
    if !people::session_is_open(&mut tx, session).await? || *confirmed.by() != session.person.id {
        return Err(people::Refusal::CeremonyEnded("the session ended").into());
    }
    if !people::is_here(&mut tx, &signed.person).await? {
        return Err(Refusal::OtherHand("whoever asked has left"));
    }
    if is_blocked(&mut tx, app).await? {
        return Err(Refusal::Blocked);
    }
    let residents = about(&mut tx, app, &wanted).await?;
    let proof = confirmed.proves(&people::confirm::approval(asked, APPROVE))?;
    let approved = store::Approved { by: &session.person.id, proof, ends_at: now.plus(OPEN), due: now.plus(REVIEW) };
    if !store::approve(&mut tx, app, id, &approved).await? {
        return Err(Refusal::Over("approved or ended before"));
    }
    let key = confirmed.key().to_string();
    open(&mut tx, app, &mut head, (id, &signed.person, &session.person.id, key), (&wanted, &residents, request))
        .await?;
    head.commit(tx).await?;
    tracing::warn!(event = "emergency_approved", request = %request, residents = residents.len(), "break-glass was approved");
    Ok(())
}

/// Tells the gate, the ledger and whom it is about.
async fn open(
    tx: &mut Tx, app: &App, head: &mut Head, (id, first, second, key): (&EmergencyId, &PersonId, &PersonId, String),
    (wanted, residents, request): (&Wanted, &[ResidentId], &RequestId),
) -> Result<(), Fault> {
    let now = app.now();
    let opened = vault::break_glass::Opened {
        id: id.clone(),
        asked_by: first.clone(),
        approved_by: second.clone(),
        claims: wanted.claims.clone(),
        until: now.plus(OPEN),
    };
    vault::break_glass::open(tx, &app.custody, &opened, residents).await?;
    let notes = vec![
        ("case", wanted.case.clone()),
        ("asked_by", first.to_string()),
        ("key", key),
        ("claims", wanted.claims.join(" ")),
    ];
    let by = By::Staff(second.clone());
    let step = Step { id, reason: "emergency_approved", is_refused: false, by: &by, notes, request };
    enter(tx, app, head, &step, residents).await?;
    let tell = |resident| Tell { resident, word: Word::EmergencyOpened, client: None, about: Some(id.as_str()) };
    let all: Vec<Tell<'_>> = residents.iter().map(tell).collect();
    inbox::put_all(tx, &all, now).await
}

/// Whoever asked has tried to approve as well: that stands in the book of whom it is about.
async fn same_hand(
    mut tx: Tx, mut head: Head, app: &App, session: &Session, (emergency, request): (&Emergency, &RequestId),
) -> Result<(), Fault> {
    let about = match emergency.wanted.as_ref().map(|wanted| &wanted.target) {
        Some(Target::Resident(resident, _)) => vec![resident.clone()],
        _ => Vec::new(),
    };
    let by = By::Staff(session.person.id.clone());
    let (id, reason) = (&emergency.id, "emergency_same_hand");
    let step = Step { id, reason, is_refused: true, by: &by, notes: Vec::new(), request };
    enter(&mut tx, app, &mut head, &step, &about).await?;
    head.commit(tx).await?;
    Ok(())
}

/// Whom it is about: everybody on the list of a building as it is at this moment, but for those in whose book nothing can
/// be written because somebody damaged their keys: they must not keep the others from being found.
async fn about(tx: &mut Tx, app: &App, wanted: &Wanted) -> Result<Vec<ResidentId>, Refusal> {
    let mut residents = match &wanted.target {
        Target::Resident(resident, _) => return Ok(vec![resident.clone()]),
        Target::Building(name) => listed::of_building(tx, app, name).await?,
    };
    let all: Vec<&ResidentId> = residents.iter().collect();
    let keys = custody::many_wrapped_keys(tx, &all).await?;
    let listed = residents.len();
    residents.retain(|one| keys.get(one).is_some_and(|keys| app.custody.log_key(one, &keys.wrapped_lk).is_ok()));
    if residents.len() < listed {
        tracing::error!(left_out = listed - residents.len(), "keys of residents on a list do not open");
    }
    if residents.is_empty() { Err(Refusal::Unfit("nobody in this building agreed")) } else { Ok(residents) }
}
