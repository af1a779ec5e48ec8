//! Who an alias is. One auditor asks, with a reason, signed with the passkey; another one approves those very bytes within
//! fifteen minutes; then the first one sees the name, once. The resident is told in the same transaction that opens it.

mod record;

use std::time::Duration;

use zeroize::Zeroizing;

use record::{read, seal};

use super::search::{entry, still_auditor};
use super::{Opens, Refusal, opens, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::random;
use crate::custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{IdentifyId, PersonId, RequestId, ResidentId};
use crate::inbox::{self, Tell, Word};
use crate::ledger::{self, By, Entry, Extra, Head, Kind};
use crate::people::{self, Act, Confirmed, Proof, Session};
use crate::vault;

/// What is signed by whoever asks.
const ASK: &str = "review.identify";
/// What is signed by whoever approves.
const APPROVE: &str = "review.identify.approve";
/// A reason has at least, and at most, so many characters.
pub const REASON: std::ops::RangeInclusive<usize> = 6..=300;

/// For so long a request is kept, with its reason; the entries that tell of it stay.
const KEPT: Duration = Duration::from_secs(180 * 24 * 60 * 60);

/// A request.
#[derive(Debug, Clone)]
pub struct Identify {
    /// Its id.
    pub id: IdentifyId,
    /// Whose name, by alias; read from the signed bytes, like the reason.
    pub alias: String,
    /// Why.
    pub reason: String,
    /// Who asked.
    pub asked_by: PersonId,
    /// When, Unix seconds.
    pub asked_at: i64,
    /// Who approved.
    pub approved_by: Option<PersonId>,
    /// How it stands.
    pub standing: Standing,
    /// What was signed, for whoever approves.
    pub proof: Proof,
}

/// How a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It waits for another auditor, until then (Unix seconds).
    Waiting(i64),
    /// It is approved; whoever asked may open it, until then.
    Approved(i64),
    /// The name was shown.
    Opened,
    /// It was cancelled.
    Cancelled,
    /// Its time is over.
    Lapsed,
}

/// The act that whoever asks signs.
///
/// # Errors
/// `Unreadable` when the alias is not a whole one, or there is no reason.
pub fn ask_act(alias: &str, reason: &str) -> Result<Act, Refusal> {
    let reason = reason.trim();
    let whole = alias.len() == 32 && alias.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if !whole || !REASON.contains(&reason.chars().count()) {
        return Err(Refusal::Unreadable("not an alias, or no reason"));
    }
    Ok(Act::new(ASK).with("alias", alias).with("reason", reason))
}

/// The act that whoever approves signs: all the bytes of the request are in it.
#[must_use]
pub fn approve_act(asked: &Proof) -> Act {
    people::confirm::approval(asked, APPROVE)
}

/// Asks.
///
/// # Errors
/// `NotAnAuditor`, `NotFresh` when something else was confirmed, or by somebody else.
pub async fn ask(
    app: &App, session: &Session, (alias, reason): (&str, &str), confirmed: &Confirmed, request: &RequestId,
) -> Result<IdentifyId, Refusal> {
    let act = ask_act(alias, reason)?;
    let proof = confirmed.proves(&act).map_err(|_| Refusal::NotFresh)?;
    if confirmed.by() != &session.person.id {
        return Err(Refusal::NotFresh);
    }
    let id: IdentifyId = random::id()?;
    let sealed = seal(app, &id, "asked", proof)?;
    let (mut tx, mut head) = start(app, session).await?;
    store::insert_name(&mut tx, &id, &session.person.id, &sealed, app.now()).await?;
    let notes = notes(&id, alias, Some(confirmed));
    step(&mut tx, app, &mut head, session, "identify_asked", notes, request).await?;
    head.commit(tx).await?;
    Ok(id)
}

/// Approves, as another auditor.
///
/// # Errors
/// `SameHand`, `Over` when it is too late, cancelled or approved before, `NotFresh` when other bytes were signed.
pub async fn approve(
    app: &App, session: &Session, id: &IdentifyId, confirmed: &Confirmed, request: &RequestId,
) -> Result<(), Refusal> {
    let (mut tx, mut head) = start(app, session).await?;
    let asked = find(&mut tx, app, id).await?;
    if confirmed.by() != &session.person.id {
        return Err(Refusal::NotFresh);
    }
    people::two_hands(app, &asked.proof, confirmed, APPROVE).map_err(two)?;
    // Whoever has left meanwhile asked for nothing.
    if !people::is_auditor(&mut tx, &asked.asked_by).await? {
        return Err(Refusal::Over("whoever asked has left"));
    }
    let proof = confirmed.proves(&approve_act(&asked.proof)).map_err(two)?;
    let sealed = seal(app, id, "approval", proof)?;
    if !store::approve_name(&mut tx, id, &session.person.id, &sealed, app.now()).await? {
        return Err(Refusal::Over("approved before, or ended"));
    }
    let notes = notes(id, &asked.alias, Some(confirmed));
    step(&mut tx, app, &mut head, session, "identify_approved", notes, request).await?;
    head.commit(tx).await?;
    Ok(())
}

/// Cancels, as any auditor, before the name is shown.
///
/// # Errors
/// `NotFound`, `Over`.
pub async fn cancel(app: &App, session: &Session, id: &IdentifyId, request: &RequestId) -> Result<(), Refusal> {
    let (mut tx, mut head) = start(app, session).await?;
    let asked = find(&mut tx, app, id).await?;
    if !store::end_name(&mut tx, id, &session.person.id, "cancelled", app.now()).await? {
        return Err(Refusal::Over("ended before"));
    }
    let notes = notes(id, &asked.alias, None);
    step(&mut tx, app, &mut head, session, "identify_cancelled", notes, request).await?;
    head.commit(tx).await?;
    Ok(())
}

/// Shows the name to whoever asked: once. That it is shown stands in the resident's book, and she is told, before it is
/// opened. If we crash in between, she was told of a look that did not happen.
///
/// # Errors
/// `Over` when it is not approved, too late, opened before, or there is nobody any more whose name could be shown.
pub async fn open(
    app: &App, session: &Session, id: &IdentifyId, request: &RequestId,
) -> Result<Zeroizing<String>, Refusal> {
    // What costs is done for nobody who may not see it: to find whose alias it is, every log key is tried.
    let asked = find(&mut app.db.read().await?, app, id).await?;
    approver(&asked, session)?;
    let resident = whose(app, &asked.alias).await?;
    let now = app.now();
    let (mut tx, mut head) = start(app, session).await?;
    let approver = approver(&find(&mut tx, app, id).await?, session)?;
    if !people::is_auditor(&mut tx, &approver).await? {
        return Err(Refusal::Over("whoever approved has left"));
    }
    if !store::end_name(&mut tx, id, &session.person.id, "opened", now).await? {
        return Err(Refusal::Over("opened or cancelled before"));
    }
    let entry = Entry {
        reason: "identified",
        claims: vec!["name".to_owned()],
        request: Some(request.clone()),
        extra: Extra::Notes(vec![("identify", id.to_string()), ("approved_by", approver.to_string())]),
        ..Entry::about(Kind::Staff, &resident, now)
    };
    let by = By::Auditor(session.person.id.clone());
    let pending = custody::enter(&mut tx, &app.custody, &mut head, entry.by(&by)).await?;
    let told = Tell { resident: &resident, word: Word::Identified, client: None, about: None };
    inbox::put(&mut tx, &told, now).await?;
    let logged = pending.logged(&head.commit(tx).await?)?;
    let name = vault::name_by(app, &logged, &resident).await?.ok_or(Refusal::Over("a record without a name"))?;
    Ok(Zeroizing::new(name))
}

/// Who approved what this auditor asked for, as long as it may be opened.
fn approver(asked: &Identify, session: &Session) -> Result<PersonId, Refusal> {
    let open = matches!(asked.standing, Standing::Approved(_)) && asked.asked_by == session.person.id;
    let approver = asked.approved_by.clone().filter(|_| open);
    approver.ok_or(Refusal::Over("somebody else's, not approved, too late, or opened before"))
}

/// The newest requests, once it stands in the ledger who looks at them; and how many more there are that do not read any
/// more: one that was altered must not hide the others.
///
/// # Errors
/// `NotAnAuditor`.
pub async fn list(app: &App, session: &Session, request: &RequestId) -> Result<(Vec<Identify>, usize), Refusal> {
    opens(app, session, &Opens::Names, request).await?;
    let rows = store::names(&mut app.db.read().await?).await?;
    let all = rows.len();
    let read: Vec<Identify> = rows.into_iter().filter_map(|row| read(app, row).ok()).collect();
    let unread = all - read.len();
    Ok((read, unread))
}

/// One request.
///
/// # Errors
/// `NotFound`.
pub async fn one(app: &App, id: &IdentifyId) -> Result<Identify, Refusal> {
    find(&mut app.db.read().await?, app, id).await
}

/// Deletes requests whose time is over.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64, Fault> {
    store::forget_names(tx, now.minus(KEPT)).await
}

fn two(refusal: people::Refusal) -> Refusal {
    match refusal {
        people::Refusal::SameHand => Refusal::SameHand,
        people::Refusal::Late => Refusal::Over("too late to approve it"),
        people::Refusal::Fault(fault) => Refusal::Fault(fault),
        _ => Refusal::NotFresh,
    }
}

/// The resident of an alias, as long as there is a record of hers.
async fn whose(app: &App, alias: &str) -> Result<ResidentId, Refusal> {
    let gone = || Refusal::Over("nobody has this alias any more");
    let bytes = hex::decode(alias).ok().and_then(|bytes| <[u8; 16]>::try_from(bytes).ok()).ok_or_else(gone)?;
    let mut tx = app.db.read().await?;
    let resident = custody::whose(&mut tx, &app.custody, &bytes).await?.ok_or_else(gone)?;
    let keys = custody::wrapped_keys(&mut tx, &resident).await?;
    if keys.is_some_and(|keys| keys.wrapped_rk.is_some()) { Ok(resident) } else { Err(gone()) }
}

async fn start(app: &App, session: &Session) -> Result<(Tx, Head), Refusal> {
    let mut tx = app.db.begin().await?;
    let head = ledger::hold(&mut tx).await?;
    still_auditor(&mut tx, session).await?;
    Ok((tx, head))
}

async fn find(tx: &mut Tx, app: &App, id: &IdentifyId) -> Result<Identify, Refusal> {
    let row = store::name(tx, id).await?.ok_or(Refusal::NotFound)?;
    Ok(read(app, row)?)
}

fn notes(id: &IdentifyId, alias: &str, confirmed: Option<&Confirmed>) -> Vec<(&'static str, String)> {
    let mut notes = vec![("identify", id.to_string()), ("alias", alias.to_owned())];
    notes.extend(confirmed.map(|confirmed| ("passkey", confirmed.key().to_string())));
    notes
}

async fn step(
    tx: &mut Tx, app: &App, head: &mut Head, session: &Session, reason: &'static str,
    notes: Vec<(&'static str, String)>, request: &RequestId,
) -> Result<(), Fault> {
    let _pending = custody::enter(tx, &app.custody, head, entry(app, session, reason, notes, request)).await?;
    Ok(())
}
