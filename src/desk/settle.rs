//! An act is confirmed, or refused: once, in one transaction with what it does.

use std::collections::BTreeMap;
use std::time::Duration;

use super::act::{Act, Outcome, Way, entry};
use super::store::{self, Settled};
use super::undo::take_back;
use super::work::{Agreement, Work};
use super::{Refusal, act};
use crate::app::App;
use crate::claims::Length;
use crate::clock::Timestamp;
use crate::consent::{self, Given, Notice, never};
use crate::crypto::hash;
use crate::crypto::token::Token;
use crate::custody;
use crate::db::Tx;
use crate::erasure;
use crate::ids::{ClientId, DeskActId, RequestId, ResidentId};
use crate::inbox::{self, Tell, Word};
use crate::ledger::{self, By, Head, Outcome as Entered};
use crate::oauth;
use crate::once::{self, Kind};
use crate::people::{self, Session};
use crate::resident::{self, Confirmed};

/// A day.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// A link for a phone that is at the counter.
const LINK: Duration = Duration::from_secs(10 * 60);

/// What a resident signs with her passkey: this act and no other.
#[must_use]
pub fn to_sign(act: &Act) -> resident::Act {
    let signed =
        resident::Act::new("desk.confirm", &act.resident).with("act", act.id.as_str()).with("kind", act.work.as_str());
    match &act.work {
        Work::Consent(agreed) => signed
            .with("client", &agreed.client)
            .with("purpose", &agreed.purpose)
            .with("claims", agreed.claims.join(" "))
            .with("length", &agreed.length)
            .with("notice", &agreed.notice),
        Work::Undo(earlier) => signed.with("earlier", earlier),
        Work::Keep => signed.with("earlier", "erasure"),
        Work::Enrol | Work::Card => signed,
    }
}

/// The resident confirms on her own phone.
///
/// # Errors
/// `Over` when it is settled or too old, `NotFound` when it is not about her, a refusal when she signed something else.
pub async fn confirm_by_phone(
    app: &App, token: &str, confirmed: &Confirmed, request: &RequestId,
) -> Result<Act, Refusal> {
    let act = act::by_token(app, confirmed.by(), token).await?;
    confirmed.proves(&to_sign(&act))?;
    settle(app, act, Way::Phone, None, request).await
}

/// The resident says no on her own phone; `pressed`: and that it was not her own will. Only auditors are told that.
///
/// # Errors
/// As [`confirm_by_phone`].
pub async fn refuse_by_phone(
    app: &App, resident: &ResidentId, token: &str, pressed: bool, request: &RequestId,
) -> Result<(), Refusal> {
    let act = act::by_token(app, resident, token).await?;
    refuse(app, &act, Some(Way::Phone), pressed, request).await
}

/// A second member of staff, who saw her and her papers, bears witness or does not.
///
/// # Errors
/// `SameHand` for whoever prepared it, `NotFresh` when the passkey was shown too long ago, `Unfit` for an act that only
/// the resident may confirm, `Over`.
pub async fn witness(
    app: &App, session: &Session, id: &DeskActId, agrees: bool, request: &RequestId,
) -> Result<Act, Refusal> {
    let act = act::act(app, id).await?;
    if act.person == session.person.id {
        return Err(Refusal::SameHand);
    }
    if !session.is_fresh(app.now()) {
        return Err(Refusal::NotFresh);
    }
    if agrees {
        return settle(app, act, Way::Witness, Some(session), request).await;
    }
    if !act::takes_a_witness(app, &act).await? {
        return Err(Refusal::Unfit("the resident's own word is needed"));
    }
    refuse(app, &act, Some(Way::Witness), false, request).await?;
    act::act(app, id).await
}

/// Does what was prepared.
pub(super) async fn settle(
    app: &App, act: Act, way: Way, witness: Option<&Session>, request: &RequestId,
) -> Result<Act, Refusal> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    settle_in(&mut tx, app, &mut head, &act, way, witness, request).await?;
    head.commit(tx).await?;
    act::act(app, &act.id).await
}

pub(super) async fn settle_in(
    tx: &mut Tx, app: &App, head: &mut Head, act: &Act, way: Way, witness: Option<&Session>, request: &RequestId,
) -> Result<(), Refusal> {
    let now = app.now();
    if let Some(session) = witness
        && !people::session_is_open(tx, session).await?
    {
        return Err(Refusal::NotFresh);
    }
    if !resident::is_open(tx, &act.resident).await? {
        return Err(Refusal::NotFound);
    }
    // Here, at the held head, and not when it was prepared: by now she may have a passkey or a card.
    if way == Way::Witness && !act.work.takes_a_witness(act::has(tx, &act.resident).await?) {
        return Err(Refusal::Unfit("the resident's own word is needed"));
    }
    once::consume(tx, Kind::DeskAct, &act.digest(), now).await?.ok_or(Refusal::Over("settled or too old"))?;
    let by = By::Staff(act.person.clone());
    let record = match &act.work {
        Work::Enrol | Work::Card => None,
        Work::Consent(agreed) => Some(give(tx, app, head, act, agreed, &by, request).await?),
        Work::Undo(earlier) => {
            take_back(tx, app, head, &act.resident, &DeskActId::stored(earlier.clone()), &by, request).await?;
            Some(earlier.clone())
        }
        Work::Keep => {
            erasure::undo_in(tx, app, head, &act.resident, &by, request).await?;
            None
        }
    };
    let undo_until = now.plus(DAY * app.config.desk.undo_days);
    let settled = Settled {
        way: Some(way),
        witness: witness.map(|session| session.person.id.clone()),
        record,
        undo_until: Some(undo_until),
        ..Settled::new(act, Outcome::Done)
    };
    store::settle(tx, &settled, now).await?;
    let mut entered = entry(act, "desk_confirmed", Some(way), request, now);
    if let (Some(session), ledger::Extra::Notes(notes)) = (witness, &mut entered.extra) {
        notes.push(("witness", session.person.id.to_string()));
    }
    let _pending = custody::enter(tx, &app.custody, head, entered).await?;
    let tell = Tell { resident: &act.resident, word: Word::DeskAct, client: None, about: Some(act.id.as_str()) };
    inbox::put(tx, &tell, now).await?;
    Ok(())
}

async fn give(
    tx: &mut Tx, app: &App, head: &mut Head, act: &Act, agreed: &Agreement, by: &By, request: &RequestId,
) -> Result<String, Refusal> {
    let purpose = app.catalogue.purpose(&agreed.purpose).ok_or(Refusal::Unfit("an unknown purpose"))?;
    let id = ClientId::stored(agreed.client.clone());
    let client = oauth::client(tx, &id).await?.filter(|client| client.is_open());
    let client = client.filter(|client| client.may_ask(&agreed.purpose, &app.catalogue));
    let client = client.ok_or(Refusal::Unfit("the client may not ask"))?;
    // Not prepared where she keeps it back; she may have said so since.
    if !never::kept(tx, &act.resident, client.kind.code(), &agreed.claims).await?.is_empty() {
        return Err(Refusal::KeptBack);
    }
    let subject = resident::subject(tx, &act.resident, &client.sector).await?;
    let length =
        Length::read(&agreed.length, &purpose.lengths()).ok_or(Refusal::Unfit("a length that is not offered"))?;
    let given = Given {
        resident: &act.resident,
        client: &client.id,
        purpose,
        claims: agreed.claims.clone(),
        refused: agreed.refused.clone(),
        lowered: BTreeMap::new(),
        acts: Vec::new(),
        length,
        notice: Notice {
            language: if agreed.language == "en" { "en" } else { "zh-Hans" },
            text: agreed.notice.clone(),
            rendered: hex::encode(hash::sha256(agreed.notice.as_bytes())),
            recipient: agreed.name.clone(),
            controller: agreed.controller.clone(),
            contact: agreed.contact.clone(),
        },
        subject: &subject,
        by,
        request,
    };
    Ok(consent::give(tx, app, head, given).await?.id.to_string())
}

/// A no, however it came. The screen at the desk says the same for each.
pub(super) async fn refuse(
    app: &App, act: &Act, way: Option<Way>, pressed: bool, request: &RequestId,
) -> Result<(), Refusal> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    once::consume(&mut tx, Kind::DeskAct, &act.digest(), now).await?.ok_or(Refusal::Over("settled or too old"))?;
    store::settle(&mut tx, &Settled { way, pressed, ..Settled::new(act, Outcome::Refused) }, now).await?;
    // In her book a no under pressure reads as any other: whoever pressed her may read that. The auditors count it.
    let mut entered = entry(act, "desk_refused", way, request, now);
    entered.outcome = Entered::Refused;
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entered).await?;
    head.commit(tx).await?;
    Ok(())
}

/// After an enrolment was witnessed: the link for the phone at the counter. Pressed again, the one before ends.
///
/// # Errors
/// `Over` when it was not confirmed, its time is over, or she has a passkey by now; `NotFound` for a colleague's.
pub async fn enrol_link(app: &App, session: &Session, id: &DeskActId) -> Result<(Act, Token, Timestamp), Refusal> {
    let now = app.now();
    let act = act::act(app, id).await?;
    if act.person != session.person.id || act.work != Work::Enrol {
        return Err(Refusal::NotFound);
    }
    let in_time = act.is_done() && act.undone_at.is_none() && now < act.expires_at.plus(LINK);
    if !in_time {
        return Err(Refusal::Over("not confirmed, or too late"));
    }
    let mut tx = app.db.begin().await?;
    if resident::has_passkey(&mut tx, &act.resident).await? {
        return Err(Refusal::Over("enrolled by now"));
    }
    let link = resident::invite_for(&mut tx, &app.custody, &act.resident, now, LINK).await?;
    tx.commit().await?;
    Ok((act, link.token, link.until))
}
