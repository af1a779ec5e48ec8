//! Giving: one act for one recipient and one purpose, claim by claim.

use std::collections::BTreeMap;

use super::draft::Separate;
use super::receipt::{self, Body};
use super::record::{Record, State, Turn};
use super::store::{self, Event};
use super::tell;
use crate::app::App;
use crate::claims::{Length, Purpose};
use crate::clock::Timestamp;
use crate::crypto::{hash, random};
use crate::custody::{self, wrapped_keys};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{ClientId, ConsentId, RequestId, ResidentId};
use crate::ledger::cbor;
use crate::ledger::{By, Entry, Head, Kind};
use crate::mandate;
use crate::orders::{self, Order, Reason};

/// What a resident agreed to.
#[derive(Debug)]
pub struct Given<'a> {
    /// Who agrees.
    pub resident: &'a ResidentId,
    /// To whom.
    pub client: &'a ClientId,
    /// What for.
    pub purpose: &'a Purpose,
    /// Exactly which claims: the required ones and those she chose.
    pub claims: Vec<String>,
    /// Which she was offered and left out.
    pub refused: Vec<String>,
    /// Of the claims, those that she gives in a form that tells less.
    pub lowered: BTreeMap<String, String>,
    /// Her acts on sensitive claims, given or not.
    pub acts: Vec<Separate>,
    /// For how long; one of the purpose's.
    pub length: Length,
    /// What she was shown.
    pub notice: Notice,
    /// What this recipient calls her (pairwise), for the receipt.
    pub subject: &'a str,
    /// By whose hand.
    pub by: &'a By,
    /// The HTTP request.
    pub request: &'a RequestId,
}

/// The notice as it was shown, so that "what was shown" can be proved (PIPL 69).
#[derive(Debug, Clone)]
pub struct Notice {
    /// `zh-Hans` or `en`.
    pub language: &'static str,
    /// The text with real names and claims filled in, without the resident's values.
    pub text: String,
    /// SHA-256 (hex) of all that the page said, with the resident's values.
    pub rendered: String,
    /// The recipient's name, as shown.
    pub recipient: String,
    /// Who is responsible, as shown.
    pub controller: String,
    /// How to reach them, as shown.
    pub contact: String,
}

/// Until when a consent of this length lasts, from now, in the community's calendar.
#[must_use]
pub fn valid_until(app: &App, length: Length) -> Timestamp {
    let now = app.now();
    let moment = jiff::Timestamp::from_millisecond(now.millis()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let later = moment.to_zoned(app.config.zone()).checked_add(length.span());
    later.map_or(now, |later| Timestamp::from_seconds(later.timestamp().as_second()))
}

/// Gives consent, at the held head: what was in force for the same recipient and purpose is superseded.
///
/// The caller commits, together with whatever the consent is for.
///
/// # Errors
/// When the database fails or the resident has no keys.
pub async fn give(tx: &mut Tx, app: &App, head: &mut Head, given: Given<'_>) -> Result<Record, Fault> {
    let now = app.now();
    let mut replaced = Vec::new();
    for old in store::open(tx, given.resident, given.client, given.purpose.code()).await? {
        super::end::end_one(tx, app, head, &old, State::Superseded, given.by, Some(given.request)).await?;
        if old.stands(now) {
            replaced.push(old);
        }
    }
    let length = Some(given.length).filter(|length| given.purpose.lengths().contains(length));
    let length = length.unwrap_or(given.purpose.default_length());
    let record = Record {
        id: random::id()?,
        resident: given.resident.clone(),
        client: given.client.clone(),
        purpose: given.purpose.code().to_owned(),
        claims: given.claims.clone(),
        state: State::Given,
        given_at: now.seconds(),
        valid_until: mandate::longest(tx, given.by, valid_until(app, length).seconds()).await?,
        ended_at: None,
        seq: 1,
        paused_at: None,
        lowered: given.lowered.clone(),
        terms: Some(terms(given.purpose)),
    };
    let body = Body::new(app, &record, &given)?;
    let act = Act { kind: Kind::ConsentGiven, reason: "given", by: given.by, request: Some(given.request) };
    let position = enter(tx, app, head, act, &record).await?;
    let sealed = seal_body(tx, app, &record, &body).await?;
    store::insert_current(tx, &record).await?;
    if let Some(mandate) = given.by.mandate() {
        mandate::keep_consent(tx, &record.id, mandate).await?;
        mandate::acted(tx, given.resident, given.by, now).await?;
    }
    let happened = Happened { record: &record, turn: Turn::To(State::Given), by: given.by, position };
    append_event(tx, &happened, now, Vec::new(), Some(sealed)).await?;
    let order = order_what_is_left_out(tx, app, &record, &replaced).await?;
    orders::lift(tx, given.resident, (given.client, given.purpose.code()), &record.all_released(), now).await?;
    tell::given(tx, &record, &replaced, order.as_ref(), given.request, now).await?;
    Ok(record)
}

/// What a smaller consent does not name any more is to be deleted.
async fn order_what_is_left_out(
    tx: &mut Tx, app: &App, record: &Record, replaced: &[Record],
) -> Result<Option<Order>, Fault> {
    let Some(last) = replaced.last() else { return Ok(None) };
    // What was given in full before, and now in a lower form, is less as well.
    let less = |old: &Record, claim: &String| {
        !record.claims.contains(claim)
            || record.lowered.get(claim).is_some_and(|form| form.as_str() != old.released(claim))
    };
    let of_one = |old: &Record| -> Vec<String> {
        let claims = old.claims.iter().filter(|claim| less(old, claim));
        claims.map(|claim| old.released(claim).to_owned()).collect()
    };
    let mut claims: Vec<String> = replaced.iter().flat_map(of_one).collect();
    claims.sort_unstable();
    claims.dedup();
    if claims.is_empty() {
        return Ok(None);
    }
    orders::place(tx, app, &super::end::ended(last, &claims, Reason::Narrowed)).await.map(Some)
}

/// The digest of what the catalogue says of a purpose: another one is a reason to ask again.
#[must_use]
pub fn terms(purpose: &Purpose) -> String {
    hex::encode(hash::sha256(purpose.terms().as_bytes()))
}

async fn seal_body(tx: &mut Tx, app: &App, record: &Record, body: &Body) -> Result<Vec<u8>, Fault> {
    let keys = wrapped_keys(tx, &record.resident).await?.ok_or(Fault::Key("a resident without keys"))?;
    let log_key = app.custody.log_key(&record.resident, &keys.wrapped_lk)?;
    log_key.seal_consent(&app.custody, &record.id, 1, &receipt::encode(body)?)
}

/// An act about a consent, as its entry says it.
pub(super) struct Act<'a> {
    pub(super) kind: Kind,
    pub(super) reason: &'static str,
    pub(super) by: &'a By,
    pub(super) request: Option<&'a RequestId>,
}

/// Enters an act about a consent; the position it will have.
pub(super) async fn enter(
    tx: &mut Tx, app: &App, head: &mut Head, act: Act<'_>, record: &Record,
) -> Result<u64, Fault> {
    let mut entry = Entry::about(act.kind, &record.resident, app.now());
    entry.client = Some(record.client.clone());
    entry.purpose = Some(record.purpose.clone());
    entry.claims = record.all_released();
    entry.consent = Some(record.id.clone());
    entry.reason = act.reason;
    entry.request = act.request.cloned();
    let pending = custody::enter(tx, &app.custody, head, entry.by(act.by)).await?;
    Ok(pending.position())
}

/// Something that was done with a record.
pub(super) struct Happened<'a> {
    /// The record after it.
    pub(super) record: &'a Record,
    /// What became of it.
    pub(super) turn: Turn,
    /// By whose hand.
    pub(super) by: &'a By,
    /// Where its entry stands.
    pub(super) position: u64,
}

/// Appends an event; its hash covers the one before, so that none can be taken out of the middle.
pub(super) async fn append_event(
    tx: &mut Tx, happened: &Happened<'_>, now: Timestamp, previous: Vec<u8>, body: Option<Vec<u8>>,
) -> Result<(), Fault> {
    let Happened { record, turn, by, position } = *happened;
    let (actor, channel) = (by.actor().as_str(), by.channel());
    let hash = event_hash(happened, now, &previous, body.as_deref());
    let at = now.seconds();
    store::insert_event(tx, Event { record, turn, at, actor, channel, position, previous, hash, body }).await
}

fn event_hash(happened: &Happened<'_>, now: Timestamp, previous: &[u8], body: Option<&[u8]>) -> [u8; 32] {
    use ciborium::Value;
    let Happened { record, turn, by, position } = *happened;
    let text = |id: &str| cbor::text(id);
    let mut facts = vec![
        // 2: with the lowered forms and the terms at the end.
        Value::from(2),
        text(ConsentId::as_str(&record.id)),
        Value::from(record.seq),
        text(turn.as_str()),
        Value::from(now.seconds()),
        text(by.actor().as_str()),
        text(by.channel()),
        text(record.resident.as_str()),
        text(record.client.as_str()),
        text(&record.purpose),
        cbor::texts(&record.claims),
        Value::from(record.valid_until),
        Value::from(position),
        Value::Bytes(previous.to_vec()),
        body.map_or(Value::Null, |body| Value::Bytes(hash::sha256(body).to_vec())),
    ];
    let pair = |(claim, form): (&String, &String)| Value::Array(vec![text(claim), text(form)]);
    facts.push(Value::Array(record.lowered.iter().map(pair).collect()));
    facts.push(cbor::text_or_null(record.terms.as_deref()));
    hash::sha256(&cbor::encode(&Value::Array(facts)))
}
