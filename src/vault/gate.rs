//! The gate: the one place where a read becomes allowed.
//!
//! It takes the reads that are waiting and, in ONE transaction for all of them:
//!
//! 1. holds the ledger's head, so that on every node "after" means the same;
//! 2. looks up tokens, proofs, consents and keys afresh: no answer of a moment ago counts;
//! 3. decides each read, and enters it, allowed or refused, and counts it;
//! 4. commits.
//!
//! Only then does each reader get its `Logged`, or its refusal. If we crash before the commit, nobody got anything;
//! after it, the ledger tells of disclosures that may not have happened, never the other way round. One read alone
//! goes through at once; a batch forms by itself while a commit is under way.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use super::decide::{Decision, Facts, No, Verdict};
use super::{break_glass, reads};
use crate::app::App;
use crate::consent;
use crate::cosigning;
use crate::custody::{self, WrappedKeys};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{EmergencyId, ResidentId};
use crate::ledger::queue::{Allowed, Answer, Ask, Asker, Denied, Waiting};
use crate::ledger::{self, Committed, Pending};
use crate::mandate;
use crate::oauth;
use crate::once::{self, Kind as Once};

/// Reads decided in one transaction, at most.
const LARGEST: usize = 256;
/// A log that cannot be written for so long counts as failed (vault-and-ledger 4.1).
const PATIENCE: Duration = Duration::from_secs(2);
/// A proof's `jti` is kept for its whole window of acceptance and some more.
const REMEMBER: Duration = Duration::from_secs(300);

/// Runs the gate until nobody can ask any more.
pub async fn run(app: App, mut waiting: Waiting) {
    while let Some(first) = waiting.recv().await {
        let mut batch = vec![first];
        while batch.len() < LARGEST
            && let Ok(next) = waiting.try_recv()
        {
            batch.push(next);
        }
        match in_time(&app, &batch).await {
            // One damaged record must not cost the others of its batch their answer.
            Err(fault) if batch.len() > 1 && fault.is_about_records() => {
                for ask in batch {
                    let alone = vec![ask];
                    let answers = in_time(&app, &alone).await;
                    reply(alone, answers);
                }
            }
            answers => reply(batch, answers),
        }
    }
}

async fn in_time(app: &App, batch: &[Ask]) -> Result<Vec<Answer>, Fault> {
    let outcome = tokio::time::timeout(PATIENCE, pass(app, batch)).await;
    outcome.unwrap_or(Err(Fault::AuditUnavailable("the log did not take the entry in time")))
}

fn reply(batch: Vec<Ask>, answers: Result<Vec<Answer>, Fault>) {
    match answers {
        Ok(answers) => {
            for (ask, answer) in batch.into_iter().zip(answers) {
                // Whoever asked may have gone away; the entry stands all the same.
                let _ = ask.answer.send(answer);
            }
        }
        Err(fault) => {
            tracing::error!(%fault, reads = batch.len(), "nothing was decided");
            for ask in batch {
                let unavailable = Fault::AuditUnavailable("the entry could not be made durable");
                let _ = ask.answer.send(Err(Denied::Fault(unavailable)));
            }
        }
    }
}

/// One transaction: decide and enter all of a batch.
async fn pass(app: &App, batch: &[Ask]) -> Result<Vec<Answer>, Fault> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let mut facts = look_up(app, &mut tx, batch).await?;
    let mut decisions: Vec<Decision> = batch.iter().map(|ask| facts.decide(ask)).collect();
    // The ledger is not signed any more, or nobody outside has seen it for a day: what it says of a disclosure may not be
    // trusted, so there is none.
    if let Some(why) = cosigning::reads_are_stopped(&mut tx, app).await? {
        for (ask, decision) in batch.iter().zip(&mut decisions) {
            let is_of_third_party = matches!(ask.asker, Asker::Client { .. } | Asker::Userinfo { .. });
            decision.refuse_if(|_| is_of_third_party, why);
        }
    }

    let residents: Vec<&ResidentId> =
        decisions.iter().filter_map(Decision::verdict).map(|verdict| &verdict.resident).collect();
    let keys = custody::many_wrapped_keys(&mut tx, &residents).await?;
    // After an erasure nothing is entered as if it had been opened, whoever asked.
    let is_gone = |resident: &ResidentId| keys.get(resident).is_some_and(|keys| keys.wrapped_rk.is_none());
    for decision in &mut decisions {
        decision.refuse_if(is_gone, "resident_erased");
    }
    take_emergency_reads(&mut tx, batch, &mut decisions).await?;
    let entries: Vec<_> = decisions.iter().filter_map(Decision::verdict).map(|verdict| verdict.entry.clone()).collect();
    let pending = custody::enter_all(&mut tx, &app.custody, &mut head, entries).await?;
    reads::count(&mut tx, app, decisions.iter().filter_map(allowed)).await?;
    let committed = head.commit(tx).await?;

    let mut pending = pending.into_iter();
    decisions.into_iter().map(|decision| answer(decision, &mut pending, &committed, &keys)).collect()
}

/// Each read in an emergency takes one of the few there are.
async fn take_emergency_reads(tx: &mut Tx, batch: &[Ask], decisions: &mut [Decision]) -> Result<(), Fault> {
    for (ask, decision) in batch.iter().zip(decisions) {
        let Asker::Emergency { resident, emergency, .. } = &ask.asker else { continue };
        if allowed(decision).is_some() && !break_glass::take(tx, emergency, resident).await? {
            decision.refuse_if(|_| true, "emergency_reads_used");
        }
    }
    Ok(())
}

fn allowed(decision: &Decision) -> Option<&Verdict> {
    match decision {
        Decision::Entered(verdict) if verdict.claims.is_ok() => Some(verdict),
        _ => None,
    }
}

async fn look_up<'a>(app: &'a App, tx: &mut Tx, batch: &[Ask]) -> Result<Facts<'a>, Fault> {
    let now = app.now();
    let mut tokens = Vec::new();
    let mut proofs = Vec::new();
    for ask in batch {
        if let Asker::Client { token, held } | Asker::Userinfo { token, held } = &ask.asker {
            tokens.push(token.clone());
            proofs.extend(held.proof.as_ref().map(|proof| proof.jti.clone()));
        }
    }
    let mut facts = Facts {
        catalogue: &app.catalogue,
        limits: &app.limits,
        now,
        access: HashMap::new(),
        new_proofs: HashSet::new(),
        consents: HashMap::new(),
        nevers: HashMap::new(),
        mandates: HashMap::new(),
        emergencies: HashMap::new(),
    };
    let mut emergencies: HashMap<&EmergencyId, Vec<&ResidentId>> = HashMap::new();
    for ask in batch {
        let Asker::Emergency { resident, emergency, .. } = &ask.asker else { continue };
        emergencies.entry(emergency).or_default().push(resident);
    }
    for (id, residents) in emergencies {
        let approved = break_glass::approved(tx, &app.custody, id, &residents).await?;
        facts.emergencies.extend(approved.into_iter().map(|(resident, one)| ((id.clone(), resident), one)));
    }
    for ask in batch {
        let Asker::OwnEyes { by, .. } = &ask.asker else { continue };
        if let Some(id) = by.mandate()
            && let Some(mandate) = mandate::in_force(tx, id, now).await?
        {
            facts.mandates.insert(id.clone(), mandate);
        }
    }
    if !tokens.is_empty() {
        facts.access = oauth::access_rows(tx, &tokens).await?;
        let ids: Vec<_> = facts.access.values().filter_map(|access| access.consent.as_ref()).collect();
        facts.consents = consent::read::records(tx, &ids).await?;
        let residents: Vec<_> = facts.access.values().map(|access| &access.resident).collect();
        facts.nevers = consent::never::of_residents(tx, &residents).await?;
    }
    if !proofs.is_empty() {
        facts.new_proofs = once::present_all(tx, Once::DpopProof, &proofs, now, now.plus(REMEMBER)).await?;
    }
    Ok(facts)
}

fn answer(
    decision: Decision, pending: &mut impl Iterator<Item = Pending>, committed: &Committed,
    keys: &HashMap<ResidentId, WrappedKeys>,
) -> Result<Answer, Fault> {
    let verdict = match decision {
        Decision::Denied(denied) => return Ok(Err(denied)),
        Decision::Entered(verdict) => *verdict,
    };
    let logged = pending.next().ok_or(Fault::Internal("an entry vanished"))?.logged(committed)?;
    let claims = match verdict.claims {
        Err(No::Basis(reason)) => return Ok(Err(Denied::Basis(reason, logged.position()))),
        Err(No::SignIn(max_age)) => return Ok(Err(Denied::SignIn(max_age, logged.position()))),
        Ok(claims) => claims,
    };
    let Some(keys) = keys.get(&verdict.resident) else {
        return Ok(Err(Denied::Fault(Fault::Key("a resident without keys"))));
    };
    let Some(wrapped) = keys.wrapped_rk.clone() else {
        return Ok(Err(Denied::Basis("resident_erased", logged.position())));
    };
    Ok(Ok(Allowed {
        logged,
        resident: verdict.resident,
        client: verdict.entry.client,
        purpose: verdict.entry.purpose,
        consent: verdict.entry.consent,
        given_at: verdict.given_at,
        valid_until: verdict.valid_until,
        claims,
        wrapped_key: (wrapped, keys.rk_version),
    }))
}
