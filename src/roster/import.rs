//! The import: what was read becomes residents, batch by batch.
//!
//! Each batch is one transaction:
//!
//! 1. hold the ledger's head: importers and everybody who reads take turns;
//! 2. look up who is here already, and judge each record;
//! 3. seal the accepted ones under a fresh key each, enter one write per resident, mark the blind indexes;
//! 4. make an invitation for those who may have one;
//! 5. commit.
//!
//! If we crash between two batches, those before are in: the same file again adds the rest and nobody twice.

use jiff::civil::Date;

use super::address::Address;
use super::flats::Flats;
use super::here::Here;
use super::judge::{Judge, Verdict};
use super::record::{Candidate, Record};
use super::store;
use super::table::{Line, Roster};
use crate::app::App;
use crate::crypto::random;
use crate::fault::Fault;
use crate::ids::ResidentId;
use crate::resident::Link;
use crate::vault::NewRecord;
use crate::{ledger, resident, vault};

/// Records of one transaction: readers wait for it, so it stays short.
const BATCH: usize = 200;

/// What an import did.
#[derive(Default)]
pub struct Outcome {
    /// The verdict on every record; what was accepted is sealed by now and not in here.
    pub verdicts: Vec<Verdict>,
    /// An invitation for each new resident who may have one.
    pub invitations: Vec<Invited>,
}

/// Somebody with a fresh invitation: what her slip says.
pub struct Invited {
    /// Her name, to hand her the right slip.
    pub name: String,
    /// Where to bring it.
    pub address: Address,
    /// Her link.
    pub link: Link,
}

/// Imports a roster; `done` hears how many records are through.
///
/// # Errors
/// When the database or the keys fail: the batches before are in, and the file may be imported again.
pub async fn import(app: &App, roster: &Roster, mut done: impl FnMut(usize)) -> Result<Outcome, Fault> {
    let today = app.today();
    let mut judge = Judge::default();
    let mut flats = Flats::default();
    let mut outcome = Outcome::default();
    for lines in roster.lines.chunks(BATCH) {
        import_batch(app, lines, today, &mut judge, &mut flats, &mut outcome).await?;
        done(outcome.verdicts.len());
    }
    // Counted last: a crash before leaves a building too small, and that releases less, never more.
    let mut tx = app.db.begin().await?;
    for (building, count) in flats.by_building() {
        vault::raise_flats(&mut tx, building, count, app.now()).await?;
    }
    tx.commit().await?;
    Ok(outcome)
}

async fn import_batch(
    app: &App, lines: &[Line], today: Date, judge: &mut Judge, flats: &mut Flats, outcome: &mut Outcome,
) -> Result<(), Fault> {
    let candidates: Vec<Candidate> = lines.iter().map(|line| Candidate::read(line, today)).collect();
    let sound = candidates.iter().filter(|candidate| !candidate.found.rejects());
    for record in sound.filter_map(|candidate| candidate.record.as_ref()) {
        flats.count(&record.address);
    }

    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let here = Here::look_up(&mut tx, &app.custody, &candidates).await?;
    let mut newcomers: Vec<(ResidentId, Record)> = Vec::new();
    for candidate in candidates {
        let mut verdict = judge.judge(candidate, &here);
        if let Some(record) = verdict.accepted.take() {
            newcomers.push((random::id()?, record));
        }
        outcome.verdicts.push(verdict);
    }
    if newcomers.is_empty() {
        return Ok(());
    }

    let ids: Vec<&ResidentId> = newcomers.iter().map(|(id, _)| id).collect();
    resident::admit_all(&mut tx, &ids, app.now()).await?;
    let sealed = newcomers.iter().map(|(id, record)| NewRecord { resident: id.clone(), fields: record.fields() });
    vault::admit(&mut tx, app, &mut head, &sealed.collect::<Vec<_>>()).await?;
    let marks: Vec<_> = newcomers.iter().flat_map(|(id, record)| here.marks(id, record)).collect();
    store::insert_marks(&mut tx, &marks).await?;
    let guests: Vec<_> = newcomers.into_iter().filter(|(_, record)| record.may_be_invited(today)).collect();
    let ids: Vec<&ResidentId> = guests.iter().map(|(id, _)| id).collect();
    let links = resident::invite_all(&mut tx, &app.custody, &ids, app.now()).await?;
    head.commit(tx).await?;

    let invited = |((_, record), link): ((ResidentId, Record), Link)| Invited {
        name: record.name,
        address: record.address,
        link,
    };
    outcome.invitations.extend(guests.into_iter().zip(links).map(invited));
    Ok(())
}
