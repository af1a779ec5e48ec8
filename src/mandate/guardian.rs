//! Guardians of minors (民法典 27; PIPL 31): somebody of the same household asks, and it begins when staff has seen the
//! household register. Under fourteen the guardian acts for the child in everything that a delegate can; between
//! fourteen and eighteen the young person decides herself, and the guardian may look and stop. On the birthday it ends.

use std::time::Duration;

use jiff::civil::{Date, date};

use super::kind::Kind;
use super::offer::still_there;
use super::record::{EndedBy, Mandate, Standing};
use super::right::Right;
use super::{Refusal, end_one, enter, store, tell};
use crate::app::App;
use crate::claims::release::age;
use crate::clock::Timestamp;
use crate::crypto::random;
use crate::crypto::token::Token;
use crate::fault::Fault;
use crate::ids::{MandateId, RequestId, ResidentId};
use crate::inbox::Word;
use crate::ledger::{self, By};
use crate::once;
use crate::resident::{Act, Confirmed, Session};

/// From this age on a young person agrees for herself (PIPL 31).
const OWN_WORD: i16 = 14;
/// Of age (民法典 17).
const OF_AGE: i16 = 18;

/// A guardian tries so often in a day, at most, to name a child.
const TRIES: u32 = 5;
const DAY: Duration = Duration::from_secs(86_400);

/// Who a guardian asks to act for, as she says it: known to be true only when the record confirms it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The child's name.
    pub name: String,
    /// Her day of birth.
    pub born: Date,
    /// `parent` or `guardian`.
    pub relation: &'static str,
}

impl Claim {
    /// The act that the guardian confirms: her own words, whatever the record says of them.
    #[must_use]
    pub fn act(&self, guardian: &ResidentId) -> Act {
        Act::new("mandate.guardian", guardian)
            .with("name", self.name.as_str())
            .with("born", self.born.to_string())
            .with("relation", self.relation)
    }
}

/// Whether somebody born that day is not of age.
#[must_use]
pub fn is_child(app: &App, born: Date) -> bool {
    age(born, app.today()) < OF_AGE
}

/// Counts a try to name a child, over all nodes, before anything is looked up.
///
/// # Errors
/// `TriedTooOften`.
pub async fn count_try(app: &App, guardian: &ResidentId) -> Result<(), Refusal> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    // So that two that come together are counted one after the other.
    let head = ledger::hold(&mut tx).await?;
    let (kind, subject) = (once::Kind::ChildNamed, guardian.as_str());
    if once::count_issued(&mut tx, kind, subject, now.minus(DAY)).await? >= TRIES {
        return Err(Refusal::TriedTooOften);
    }
    let digest = &Token::random()?.digest();
    once::issue(&mut tx, once::Issue { kind, digest, subject, state: None, now, expires: now.plus(DAY) }).await?;
    head.commit(tx).await?;
    Ok(())
}

/// A guardian asks to act for a child. Nothing may be done by it until it is confirmed at the desk.
///
/// # Errors
/// `Unfit` when the child is of age, or she asked before; `Own`.
pub async fn ask(
    app: &App, session: &Session, child: &ResidentId, claim: &Claim, confirmed: &Confirmed, request: &RequestId,
) -> Result<Mandate, Refusal> {
    confirmed.proves(&claim.act(&session.resident))?;
    if *child == session.resident {
        return Err(Refusal::Own);
    }
    let now = app.now();
    let (until, rights) = term(app, claim.born)?;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    still_there(&mut tx, session).await?;
    let same = |one: &Mandate| {
        let open = matches!(one.standing(now), Standing::Waiting | Standing::InForce);
        one.kind == Kind::Guardian && one.principal == *child && open
    };
    if store::of_delegate(&mut tx, &session.resident).await?.iter().any(same) {
        return Err(Refusal::Unfit("she asked before"));
    }
    let mandate = Mandate {
        id: random::id()?,
        kind: Kind::Guardian,
        principal: child.clone(),
        delegate: Some(session.resident.clone()),
        relation: claim.relation.to_owned(),
        rights,
        hidden: Vec::new(),
        conflicts: Vec::new(),
        made_at: now.seconds(),
        until: until.seconds(),
        begun_at: None,
        ended: None,
        quiet: false,
    };
    store::insert(&mut tx, &mandate).await?;
    for (whose, by) in [(&mandate.principal, mandate.by()), (&session.resident, By::Resident)] {
        enter(&mut tx, app, &mut head, whose, &mandate, ("guardian_asked", &by), Some(request)).await?;
    }
    head.commit(tx).await?;
    Ok(mandate)
}

/// What a guardian of somebody born that day may do, and until when.
fn term(app: &App, born: Date) -> Result<(Timestamp, Vec<Right>), Refusal> {
    match age(born, app.today()) {
        years if years < OWN_WORD => Ok((birthday(app, born, OWN_WORD)?, Right::ALL.to_vec())),
        years if years < OF_AGE => Ok((birthday(app, born, OF_AGE)?, vec![Right::See, Right::Stop, Right::Object])),
        _ => Err(Refusal::Unfit("of age")),
    }
}

/// The first moment of a birthday in the community. Who was born on 29 February has it on 1 March in other years.
fn birthday(app: &App, born: Date, years: i16) -> Result<Timestamp, Fault> {
    let impossible = |_| Fault::Internal("a birthday out of the calendar");
    let year = born.year() + years;
    let day = Date::new(year, born.month(), born.day()).unwrap_or_else(|_| date(year, 3, 1));
    let begins = day.to_zoned(app.config.zone()).map_err(impossible)?;
    Ok(Timestamp::from_seconds(begins.timestamp().as_second()))
}

/// What guardians ask for and nobody has confirmed yet, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn asked(app: &App) -> Result<Vec<Mandate>, Fault> {
    let waiting = store::guardians_waiting(&mut app.db.read().await?).await?;
    Ok(waiting.into_iter().filter(|one| one.standing(app.now()) == Standing::Waiting).collect())
}

/// Staff, or the operator, has seen the paper that says so (`paper`: which one, never its number): the guardian may act.
///
/// # Errors
/// `NotFound` when nobody asked, it ended meanwhile, or the birthday has come.
pub async fn confirm(
    app: &App, id: &MandateId, by: &By, paper: &str, request: Option<&RequestId>,
) -> Result<Mandate, Refusal> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let asked = store::mandate(&mut tx, id).await?.filter(|one| one.kind == Kind::Guardian);
    let asked = asked.filter(|one| one.standing(now) == Standing::Waiting).ok_or(Refusal::NotFound)?;
    let guardian = asked.delegate.clone().ok_or(Refusal::NotFound)?;
    if *by == By::Resident || !store::confirm(&mut tx, id, &said(by), paper, now).await? {
        return Err(Refusal::NotFound);
    }
    let begun = store::mandate(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    for whose in [&begun.principal, &guardian] {
        enter(&mut tx, app, &mut head, whose, &begun, ("mandate_begun", by), request).await?;
        tell(&mut tx, whose, &begun, Word::MandateBegun, now).await?;
    }
    head.commit(tx).await?;
    Ok(begun)
}

/// Staff, or the operator, does not believe it: it ends before it began.
///
/// # Errors
/// As [`confirm`].
pub async fn refuse(app: &App, id: &MandateId, by: &By, request: Option<&RequestId>) -> Result<(), Refusal> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let asked = store::mandate(&mut tx, id).await?.filter(|one| one.kind == Kind::Guardian);
    let asked = asked.filter(|one| one.standing(app.now()) == Standing::Waiting).ok_or(Refusal::NotFound)?;
    if !end_one(&mut tx, app, &mut head, &asked, (EndedBy::Desk, by, false), request).await? {
        return Err(Refusal::NotFound);
    }
    head.commit(tx).await?;
    Ok(())
}

/// Who confirmed, for the row.
fn said(by: &By) -> String {
    match by {
        By::Staff(person) => person.to_string(),
        other => other.actor().as_str().to_owned(),
    }
}
