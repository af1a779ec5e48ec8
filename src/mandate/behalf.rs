//! Answering an app's question for somebody else: for whom, and whether the mandate covers it.

use super::record::{Mandate, Standing};
use super::right::Right;
use super::{Refusal, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{AuthorizationId, MandateId, ResidentId};
use crate::ledger::By;

/// For whom a resident may answer questions now.
///
/// # Errors
/// When the database fails.
pub async fn may_answer_for(tx: &mut Tx, delegate: &ResidentId, now: Timestamp) -> Result<Vec<Mandate>, Fault> {
    let held = store::of_delegate(tx, delegate).await?;
    let may = |one: &&Mandate| one.standing(now) == Standing::InForce && one.allows(Right::Decide);
    let mut found = Vec::new();
    for one in held.iter().filter(may) {
        // Either of the two may be locked, or one's erasure wait for its day.
        found.extend(store::in_force(tx, &one.id, now).await?);
    }
    Ok(found)
}

/// She answers this question for somebody, or (`None`) for herself. The caller has seen that the question is open in her
/// browser.
///
/// # Errors
/// `NotFound` when no mandate of hers lets her.
pub async fn answer_for(
    app: &App, delegate: &ResidentId, request: &AuthorizationId, mandate: Option<&MandateId>,
) -> Result<(), Refusal> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    match mandate {
        None => store::forget_request(&mut tx, request).await?,
        Some(id) => {
            let may = may_answer_for(&mut tx, delegate, now).await?;
            let mandate = may.iter().find(|one| one.id == *id).ok_or(Refusal::NotFound)?;
            store::keep_request(&mut tx, request, &mandate.id, now).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// By which mandate a resident answers this question, if by one that is in force.
///
/// # Errors
/// When the database fails.
pub async fn answered_for(
    tx: &mut Tx, delegate: &ResidentId, request: &AuthorizationId, now: Timestamp,
) -> Result<Option<Mandate>, Fault> {
    let Some(id) = store::of_request(tx, request).await? else { return Ok(None) };
    let mandate = store::in_force(tx, &id, now).await?;
    Ok(mandate.filter(|one| one.delegate.as_ref() == Some(delegate) && one.allows(Right::Decide)))
}

/// What is about to be agreed to.
#[derive(Debug, Clone, Copy)]
pub struct Agreeing<'a> {
    /// Whose consent it will be.
    pub principal: &'a ResidentId,
    /// Who is responsible for the client.
    pub controller: &'a str,
    /// Whether a sensitive claim is among what is given.
    pub sensitive: bool,
    /// The fields that the claims are made of.
    pub fields: &'a [String],
}

/// Whether this hand may agree to it, looked at again at the held head: the mandate may have ended meanwhile. The
/// resident's own hand may.
///
/// # Errors
/// When the database fails. Inside, why not: `mandate-over`, `mandate-scope` or `mandate-conflict`.
pub async fn may_agree(
    tx: &mut Tx, by: &By, asked: Agreeing<'_>, now: Timestamp,
) -> Result<Result<(), &'static str>, Fault> {
    let Some(id) = by.mandate() else { return Ok(Ok(())) };
    let mandate = store::in_force(tx, id, now).await?.filter(|one| one.principal == *asked.principal);
    let Some(mandate) = mandate else { return Ok(Err("mandate-over")) };
    let covers = mandate.allows(Right::Decide)
        && (!asked.sensitive || mandate.kind.covers_sensitive())
        && asked.fields.iter().all(|field| mandate.shows(field));
    Ok(match covers {
        false => Err("mandate-scope"),
        // Nobody lets her own employer in for somebody else (民法典 168: 自己代理).
        true if mandate.conflicts.iter().any(|party| party == asked.controller) => Err("mandate-conflict"),
        true => Ok(()),
    })
}

/// Whether this hand may stop, pause and resume what the resident gave, looked at again at the held head. Her own may.
///
/// # Errors
/// When the database fails.
pub async fn may_stop(tx: &mut Tx, by: &By, principal: &ResidentId, now: Timestamp) -> Result<bool, Fault> {
    let Some(id) = by.mandate() else { return Ok(true) };
    let mandate = store::in_force(tx, id, now).await?.filter(|one| one.principal == *principal);
    Ok(mandate.is_some_and(|mandate| mandate.allows(Right::Stop)))
}

/// The last moment of a consent that is given by this hand: a guardian's word does not outlive the guardianship.
///
/// # Errors
/// When the database fails.
pub async fn longest(tx: &mut Tx, by: &By, until: i64) -> Result<i64, Fault> {
    let By::Guardian(id) = by else { return Ok(until) };
    let mandate = store::mandate(tx, id).await?.ok_or(Fault::Stored("a guardian without a mandate"))?;
    Ok(until.min(mandate.until))
}
