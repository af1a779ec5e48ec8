//! SQL of what witnesses said.

use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;

/// The one row of the quorum.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct QuorumRow {
    pub policy: String,
    pub since: i64,
    pub met_at: Option<i64>,
    pub entered: String,
}

/// The row of a witness.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct WitnessRow {
    pub key: String,
    pub since: i64,
    pub size: i64,
    pub cosigned_at: Option<i64>,
    pub trouble: Option<String>,
    pub disputes: Option<String>,
    pub disputes_since: Option<i64>,
}

/// Makes the row of a witness that was never asked before.
pub async fn meet(tx: &mut Tx, key: &str, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO witness (key, since, asked_at, size) VALUES ($1, $2, 0, 0) ON CONFLICT (key) DO NOTHING",
        )
        .bind(key)
        .bind(now.seconds())
    )?;
    Ok(())
}

/// Takes a witness's turn: it was asked before `every`, or before `soonest` and the ledger grew since, or by a clock that
/// ran ahead and was set right: otherwise nobody would be asked until that day comes. Of two nodes one does; it gets the size
/// that the witness saw last.
pub async fn claim(
    tx: &mut Tx, key: &str, size: i64, now: Timestamp, [soonest, every]: [Timestamp; 2],
) -> Result<Option<u64>, Fault> {
    let known: Option<i64> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_scalar(
            "UPDATE witness SET asked_at = $2
              WHERE key = $1 AND (asked_at <= $3 OR asked_at > $2 OR (asked_at <= $4 AND size < $5)) RETURNING size",
        )
        .bind(key)
        .bind(now.seconds())
        .bind(every.seconds())
        .bind(soonest.seconds())
        .bind(size)
    )?;
    Ok(known.map(i64::cast_unsigned))
}

/// It signed this ledger: what it said against it is over.
pub async fn cosigned(tx: &mut Tx, key: &str, size: u64, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE witness SET cosigned_at = $3, trouble = NULL, disputes = NULL, disputes_since = NULL,
                    size = CASE WHEN size < $2 THEN $2 ELSE size END
              WHERE key = $1",
        )
        .bind(key)
        .bind(size.cast_signed())
        .bind(now.seconds())
    )?;
    Ok(())
}

pub async fn failed(tx: &mut Tx, key: &str, word: &str) -> Result<(), Fault> {
    execute!(tx, sqlx::query("UPDATE witness SET trouble = $2 WHERE key = $1").bind(key).bind(word))?;
    Ok(())
}

/// It says that this ledger is not what it was: that stays, whatever comes of later attempts, until it signs again.
pub async fn disputes(tx: &mut Tx, key: &str, word: &str, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE witness SET disputes = $2, disputes_since = COALESCE(disputes_since, $3) WHERE key = $1",)
            .bind(key)
            .bind(word)
            .bind(now.seconds())
    )?;
    Ok(())
}

/// Keeps a cosignature, the newest of each witness for a size.
pub async fn keep(tx: &mut Tx, size: u64, witness: &str, at: Timestamp, line: &str) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO ledger_cosignature (size, witness, at, line) VALUES ($1, $2, $3, $4)
             ON CONFLICT (size, witness) DO UPDATE SET at = excluded.at, line = excluded.line
              WHERE ledger_cosignature.at < excluded.at",
        )
        .bind(size.cast_signed())
        .bind(witness)
        .bind(at.seconds())
        .bind(line)
    )?;
    Ok(())
}

/// The cosignatures of a checkpoint: witness, line.
pub async fn lines_of(tx: &mut Tx, size: i64) -> Result<Vec<(String, String)>, Fault> {
    Ok(fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT witness, line FROM ledger_cosignature WHERE size = $1").bind(size)
    )?)
}

/// Cosignatures of the largest checkpoints smaller than `below` that have `least` of them or more, the largest first: size,
/// witness, line. Those of witnesses who are in no policy any more count here; the caller judges.
pub async fn lines_below(tx: &mut Tx, below: i64, least: i64, limit: i64) -> Result<Vec<(i64, String, String)>, Fault> {
    Ok(fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT size, witness, line FROM ledger_cosignature
              WHERE size IN (SELECT size FROM ledger_cosignature WHERE size < $1
                              GROUP BY size HAVING COUNT(*) >= $2 ORDER BY size DESC LIMIT $3)
              ORDER BY size DESC, witness",
        )
        .bind(below)
        .bind(least)
        .bind(limit)
    )?)
}

/// The largest checkpoint that a witness cosigned: size, line.
pub async fn largest_of(tx: &mut Tx, witness: &str) -> Result<Option<(i64, String)>, Fault> {
    Ok(fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT size, line FROM ledger_cosignature WHERE witness = $1 ORDER BY size DESC LIMIT 1")
            .bind(witness)
    )?)
}

/// The note of a checkpoint, as the ledger signed it.
pub async fn note(tx: &mut Tx, size: i64) -> Result<String, Fault> {
    let note: Option<String> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_scalar("SELECT note FROM ledger_checkpoint WHERE size = $1").bind(size)
    )?;
    note.ok_or(Fault::Ledger("a checkpoint that was cosigned is missing"))
}

pub async fn witnesses(tx: &mut Tx) -> Result<Vec<WitnessRow>, Fault> {
    Ok(fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT key, since, size, cosigned_at, trouble, disputes, disputes_since FROM witness")
    )?)
}

pub async fn quorum(tx: &mut Tx) -> Result<Option<QuorumRow>, Fault> {
    Ok(fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT policy, since, met_at, entered FROM witness_quorum WHERE only_one = 1")
    )?)
}

/// Puts another policy in force; whether it is another.
pub async fn put_policy(tx: &mut Tx, policy: &str, now: Timestamp) -> Result<bool, Fault> {
    let done = execute!(
        tx,
        sqlx::query(
            "INSERT INTO witness_quorum (only_one, policy, since, entered) VALUES (1, $1, $2, 'met')
             ON CONFLICT (only_one) DO UPDATE SET policy = excluded.policy WHERE witness_quorum.policy <> excluded.policy",
        )
        .bind(policy)
        .bind(now.seconds())
    )?;
    Ok(done > 0)
}

/// After a time without a policy, counting begins anew.
pub async fn begin_anew(tx: &mut Tx, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE witness_quorum SET since = $1, met_at = NULL, entered = 'met' WHERE only_one = 1")
            .bind(now.seconds())
    )?;
    Ok(())
}

/// Enough witnesses had cosigned at that moment.
pub async fn met(tx: &mut Tx, at: i64) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE witness_quorum SET met_at = $1 WHERE only_one = 1 AND (met_at IS NULL OR met_at < $1)")
            .bind(at)
    )?;
    Ok(())
}

/// Moves on from what was entered last; whether it was this call that did.
pub async fn enter(tx: &mut Tx, from: &str, to: &str) -> Result<bool, Fault> {
    let done = execute!(
        tx,
        sqlx::query("UPDATE witness_quorum SET entered = $2 WHERE only_one = 1 AND entered = $1").bind(from).bind(to)
    )?;
    Ok(done > 0)
}
