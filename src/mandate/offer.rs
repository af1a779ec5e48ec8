//! Step 1: a resident offers a mandate. She confirms it with her passkey, and gets a link that is good once and for
//! three days; until somebody has accepted, nobody may do anything by it.

use std::time::Duration;

use super::kind::{Kind, days};
use super::record::{Mandate, Standing};
use super::right::Right;
use super::{Refusal, enter, store};
use crate::app::App;
use crate::claims::FIELDS;
use crate::clock::Timestamp;
use crate::crypto::random;
use crate::crypto::token::{Digest, Token};
use crate::db::Tx;
use crate::ids::{MandateId, RequestId, ResidentId};
use crate::ledger::{self, By};
use crate::once::{self, Issue};
use crate::resident::{self, Act, Confirmed, Session};

/// How long an offer waits for its answer.
const LIFE: Duration = Duration::from_secs(3 * 24 * 60 * 60);
/// Nobody has use for more helpers at a time, and a list that long nobody reads.
const MOST: usize = 10;

/// What the delegate is to the principal: the codes that pages know.
pub const RELATIONS: [&str; 9] =
    ["daughter", "son", "spouse", "grandchild", "sibling", "relative", "neighbour", "friend", "carer"];

/// What a mandate is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// What kind of leave.
    pub kind: Kind,
    /// One of [`RELATIONS`].
    pub relation: String,
    /// What the delegate may do; to see is always part of it.
    pub rights: Vec<Right>,
    /// Fields that stay hidden.
    pub hidden: Vec<String>,
    /// For how many days from now.
    pub days: u32,
}

impl Terms {
    /// Reads what a form says.
    ///
    /// # Errors
    /// `Unfit` when it names something that is not there to choose.
    pub fn read(kind: &str, relation: &str, rights: &[String], hidden: &[String], days: &str) -> Result<Self, Refusal> {
        let kind = Kind::of(kind).filter(|kind| Kind::OFFERED.contains(kind)).ok_or(Refusal::Unfit("the kind"))?;
        let days = days.parse().ok().filter(|days| kind.may_last(*days)).ok_or(Refusal::Unfit("the length"))?;
        let known = |word: &String| Right::of(word).ok_or(Refusal::Unfit("a right"));
        let chosen: Vec<Right> = rights.iter().map(known).collect::<Result<_, _>>()?;
        let fits = RELATIONS.contains(&relation) && hidden.iter().all(|field| FIELDS.contains(&field.as_str()));
        if !fits {
            return Err(Refusal::Unfit("the relation, or a field"));
        }
        // In one order, however the form came: the act that is signed is made of it.
        let rights = Right::ALL.into_iter().filter(|right| *right == Right::See || chosen.contains(right)).collect();
        let hidden = FIELDS.iter().filter(|field| hidden.iter().any(|one| one == *field));
        let hidden = hidden.map(|field| (*field).to_owned()).collect();
        Ok(Self { kind, relation: relation.to_owned(), rights, hidden, days })
    }

    /// The act that the principal confirms.
    #[must_use]
    pub fn act(&self, principal: &ResidentId) -> Act {
        let rights: Vec<&str> = self.rights.iter().map(|right| right.as_str()).collect();
        Act::new("mandate.offer", principal)
            .with("kind", self.kind.as_str())
            .with("relation", self.relation.as_str())
            .with("rights", rights.join(" "))
            .with("hidden", self.hidden.join(" "))
            .with("days", self.days.to_string())
    }
}

/// An offer, and the link to it.
#[derive(Debug)]
pub struct Offered {
    /// The mandate that waits.
    pub mandate: Mandate,
    /// Belongs into `/mandate/{token}`.
    pub token: Token,
    /// Until when the link is good.
    pub until: Timestamp,
}

/// Offers a mandate.
///
/// # Errors
/// `TooMany`, or that something else was confirmed.
pub async fn offer(
    app: &App, session: &Session, terms: &Terms, confirmed: &Confirmed, request: &RequestId,
) -> Result<Offered, Refusal> {
    confirmed.proves(&terms.act(&session.resident))?;
    let now = app.now();
    let mandate = Mandate {
        id: random::id()?,
        kind: terms.kind,
        principal: session.resident.clone(),
        delegate: None,
        relation: terms.relation.clone(),
        rights: terms.rights.clone(),
        hidden: terms.hidden.clone(),
        conflicts: Vec::new(),
        made_at: now.seconds(),
        until: now.plus(days(terms.days)).seconds(),
        begun_at: None,
        ended: None,
        quiet: false,
    };
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    still_there(&mut tx, session).await?;
    let open = store::of_principal(&mut tx, &session.resident).await?;
    let is_open = |one: &&Mandate| matches!(one.standing(now), Standing::Waiting | Standing::InForce);
    if open.iter().filter(is_open).count() >= MOST {
        return Err(Refusal::TooMany);
    }
    store::insert(&mut tx, &mandate).await?;
    let (token, until) = link(&mut tx, &mandate, now).await?;
    let (principal, by) = (&mandate.principal, &By::Resident);
    enter(&mut tx, app, &mut head, principal, &mandate, ("mandate_offered", by), Some(request)).await?;
    head.commit(tx).await?;
    Ok(Offered { mandate, token, until })
}

/// A new link to an offer that waits; the old one ends.
///
/// # Errors
/// `NotFound` when no such offer of hers waits.
pub async fn show_again(app: &App, session: &Session, id: &MandateId) -> Result<Offered, Refusal> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mandate = store::mandate(&mut tx, id).await?.filter(|one| one.principal == session.resident);
    let waits = |one: &Mandate| one.standing(now) == Standing::Waiting && one.kind != Kind::Guardian;
    let mandate = mandate.filter(waits).ok_or(Refusal::NotFound)?;
    let (token, until) = link(&mut tx, &mandate, now).await?;
    tx.commit().await?;
    Ok(Offered { mandate, token, until })
}

/// The offer of a link, whoever looks at it. Looking changes nothing.
///
/// # Errors
/// `OfferGone`.
pub async fn offered(app: &App, token: &str) -> Result<Mandate, Refusal> {
    let mut tx = app.db.read().await?;
    let digest = Digest::of(token.as_bytes());
    let once::Standing::Open(found) = once::standing(&mut tx, once::Kind::Mandate, &digest, app.now()).await? else {
        return Err(Refusal::OfferGone);
    };
    let mandate = store::mandate(&mut tx, &MandateId::stored(found.subject)).await?;
    mandate.filter(|mandate| mandate.standing(app.now()) == Standing::Waiting).ok_or(Refusal::OfferGone)
}

async fn link(tx: &mut Tx, mandate: &Mandate, now: Timestamp) -> Result<(Token, Timestamp), Refusal> {
    let (token, kind, subject) = (Token::random()?, once::Kind::Mandate, mandate.id.as_str());
    let until = Timestamp::from_seconds(now.plus(LIFE).seconds().min(mandate.until));
    once::end_all(tx, kind, subject, now).await?;
    once::issue(tx, Issue { kind, digest: &token.digest(), subject, state: None, now, expires: until }).await?;
    Ok((token, until))
}

/// Whoever ended the session meanwhile must not be overtaken.
pub(super) async fn still_there(tx: &mut Tx, session: &Session) -> Result<(), Refusal> {
    let ended = resident::Refusal::CeremonyEnded("the session was ended meanwhile");
    if resident::session_is_open(tx, session).await? { Ok(()) } else { Err(ended.into()) }
}
