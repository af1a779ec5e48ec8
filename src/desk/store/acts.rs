//! SQL of acts.

use crate::clock::Timestamp;
use crate::custody::Custody;
use crate::db::{Tx, execute, fetch};
use crate::desk::act::{Act, Outcome, Way, unseal};
use crate::fault::Fault;
use crate::ids::{DeskActId, PersonId, ResidentId, SittingId};
use crate::once;

pub async fn acts_since(tx: &mut Tx, person: &PersonId, since: Timestamp) -> Result<i64, Fault> {
    Ok(fetch!(
        tx,
        fetch_one,
        sqlx::query_scalar("SELECT count(*) FROM desk_act WHERE person = $1 AND asked_at > $2")
            .bind(person.as_str())
            .bind(since.seconds())
    )?)
}

pub async fn insert_act(tx: &mut Tx, act: &Act, body: &[u8]) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO desk_act (id, sitting, resident, person, kind, digest, body, asked_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(act.id.as_str())
        .bind(act.sitting.as_str())
        .bind(act.resident.as_str())
        .bind(act.person.as_str())
        .bind(act.work.as_str())
        .bind(act.digest().as_str().to_owned())
        .bind(body)
        .bind(act.asked_at.seconds())
        .bind(act.expires_at.seconds())
    )?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    sitting: String,
    resident: String,
    person: String,
    body: Vec<u8>,
    asked_at: i64,
    expires_at: i64,
    settled_at: Option<i64>,
    outcome: Option<String>,
    way: Option<String>,
    witness: Option<String>,
    record: Option<String>,
    undo_until: Option<i64>,
    undone_at: Option<i64>,
}

impl Row {
    fn read(self, custody: &Custody) -> Result<Act, Fault> {
        let (token, work, label) = unseal(custody, &self.id, &self.body)?;
        let moment = Timestamp::from_seconds;
        let outcome = self.outcome.as_deref().and_then(Outcome::of);
        Ok(Act {
            id: DeskActId::stored(self.id),
            sitting: SittingId::stored(self.sitting),
            resident: ResidentId::stored(self.resident),
            person: PersonId::stored(self.person),
            work,
            label,
            asked_at: moment(self.asked_at),
            expires_at: moment(self.expires_at),
            settled: outcome.zip(self.settled_at.map(moment)),
            way: self.way.as_deref().and_then(Way::of),
            witness: self.witness.map(PersonId::stored),
            record: self.record,
            undo_until: self.undo_until.map(moment),
            undone_at: self.undone_at.map(moment),
            token,
        })
    }
}

/// An act, unless what it was is erased.
pub async fn act(tx: &mut Tx, custody: &Custody, id: &DeskActId) -> Result<Option<Act>, Fault> {
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT id, sitting, resident, person, body, asked_at, expires_at, settled_at, outcome, way, witness, record,
                    undo_until, undone_at
               FROM desk_act WHERE id = $1 AND length(body) > 0",
        )
        .bind(id.as_str())
    )?;
    row.map(|row| row.read(custody)).transpose()
}

pub async fn acts_of(tx: &mut Tx, custody: &Custody, resident: &ResidentId) -> Result<Vec<Act>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT id, sitting, resident, person, body, asked_at, expires_at, settled_at, outcome, way, witness, record,
                    undo_until, undone_at
               FROM desk_act WHERE resident = $1 AND length(body) > 0 ORDER BY asked_at DESC, id LIMIT 100",
        )
        .bind(resident.as_str())
    )?;
    rows.into_iter().map(|row| row.read(custody)).collect()
}

pub async fn open_acts(tx: &mut Tx, custody: &Custody, now: Timestamp) -> Result<Vec<Act>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT id, sitting, resident, person, body, asked_at, expires_at, settled_at, outcome, way, witness, record,
                    undo_until, undone_at
               FROM desk_act WHERE settled_at IS NULL AND expires_at > $1 ORDER BY asked_at, id LIMIT 100",
        )
        .bind(now.seconds())
    )?;
    rows.into_iter().map(|row| row.read(custody)).collect()
}

/// What becomes of an act.
pub struct Settled {
    pub id: DeskActId,
    pub outcome: Outcome,
    pub way: Option<Way>,
    pub witness: Option<PersonId>,
    pub record: Option<String>,
    pub undo_until: Option<Timestamp>,
    pub pressed: bool,
}

impl Settled {
    pub fn new(act: &Act, outcome: Outcome) -> Self {
        Self { id: act.id.clone(), outcome, way: None, witness: None, record: None, undo_until: None, pressed: false }
    }
}

pub async fn settle(tx: &mut Tx, settled: &Settled, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE desk_act SET settled_at = $2, outcome = $3, way = $4, witness = $5, record = $6, undo_until = $7,
                    pressed = $8
              WHERE id = $1 AND settled_at IS NULL",
        )
        .bind(settled.id.as_str())
        .bind(now.seconds())
        .bind(settled.outcome.as_str())
        .bind(settled.way.map(Way::as_str))
        .bind(settled.witness.as_ref().map(PersonId::as_str))
        .bind(settled.record.as_deref())
        .bind(settled.undo_until.map(Timestamp::seconds))
        .bind(i64::from(settled.pressed))
    )?;
    Ok(())
}

/// `false`: something came of it before.
pub async fn set_record(tx: &mut Tx, id: &DeskActId, record: &str) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query("UPDATE desk_act SET record = $2 WHERE id = $1 AND record IS NULL").bind(id.as_str()).bind(record)
    )?;
    Ok(changed == 1)
}

/// `false`: undone before, or too late.
pub async fn set_undone(tx: &mut Tx, id: &DeskActId, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE desk_act SET undone_at = $2
              WHERE id = $1 AND undone_at IS NULL AND outcome = 'done' AND undo_until > $2",
        )
        .bind(id.as_str())
        .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

/// Ends what is open in a sitting.
pub async fn stop_acts(tx: &mut Tx, sitting: &SittingId, now: Timestamp) -> Result<(), Fault> {
    let open: Vec<(String,)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT id FROM desk_act WHERE sitting = $1 AND settled_at IS NULL").bind(sitting.as_str())
    )?;
    for (id,) in open {
        once::end_all(tx, once::Kind::DeskAct, &id, now).await?;
    }
    execute!(
        tx,
        sqlx::query(
            "UPDATE desk_act SET settled_at = $2, outcome = 'stopped' WHERE sitting = $1 AND settled_at IS NULL",
        )
        .bind(sitting.as_str())
        .bind(now.seconds())
    )?;
    Ok(())
}
