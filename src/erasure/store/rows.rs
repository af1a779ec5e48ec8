//! Erasures as they lie in the table.

use super::Counts;
use crate::clock::Timestamp;
use crate::crypto::token::Digest;
use crate::db::{Tx, fetch};
use crate::fault::Fault;
use crate::ids::{ErasureId, ResidentId};

/// So many are taken at a time.
const AT_ONCE: i64 = 50;

/// An erasure that something is due of.
#[derive(Debug)]
pub struct Open {
    /// Its id.
    pub id: ErasureId,
    /// Whose.
    pub resident: ResidentId,
    /// When it was asked for.
    pub begun_at: Timestamp,
    /// From then on it can be undone no more.
    pub due_at: Timestamp,
    /// The address of its certificate, sealed.
    pub sealed_link: Option<Vec<u8>>,
}

type OpenRow = (String, String, i64, i64, Option<Vec<u8>>);

fn read((id, resident, begun_at, due_at, sealed_link): OpenRow) -> Open {
    Open {
        id: ErasureId::stored(id),
        resident: ResidentId::stored(resident),
        begun_at: Timestamp::from_seconds(begun_at),
        due_at: Timestamp::from_seconds(due_at),
        sealed_link,
    }
}

/// The one of a resident that is neither undone nor done.
pub async fn open(tx: &mut Tx, resident: &ResidentId) -> Result<Option<Open>, Fault> {
    let row: Option<OpenRow> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT id, resident, begun_at, due_at, sealed_link FROM erasure
              WHERE resident = $1 AND undone_at IS NULL AND erased_at IS NULL",
        )
        .bind(resident.as_str())
    )?;
    Ok(row.map(read))
}

/// Those whose seven days are over, of residents who are not locked.
pub async fn due(tx: &mut Tx, now: Timestamp) -> Result<Vec<Open>, Fault> {
    let rows: Vec<OpenRow> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT e.id, e.resident, e.begun_at, e.due_at, e.sealed_link
               FROM erasure AS e JOIN resident AS r ON r.id = e.resident
              WHERE e.undone_at IS NULL AND e.erased_at IS NULL AND e.due_at <= $1
                AND (r.locked_at IS NULL OR r.sealed_at IS NOT NULL)
              ORDER BY e.due_at LIMIT $2",
        )
        .bind(now.seconds())
        .bind(AT_ONCE)
    )?;
    Ok(rows.into_iter().map(read).collect())
}

/// Open ones of residents who are locked.
pub async fn of_locked(tx: &mut Tx) -> Result<Vec<Open>, Fault> {
    let rows: Vec<OpenRow> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT e.id, e.resident, e.begun_at, e.due_at, e.sealed_link
               FROM erasure AS e JOIN resident AS r ON r.id = e.resident
              WHERE e.undone_at IS NULL AND e.erased_at IS NULL AND r.locked_at IS NOT NULL AND r.sealed_at IS NULL
              ORDER BY e.due_at LIMIT $1",
        )
        .bind(AT_ONCE)
    )?;
    Ok(rows.into_iter().map(read).collect())
}

/// Those whose details have been kept long enough.
pub async fn details_due(tx: &mut Tx, now: Timestamp) -> Result<Vec<Open>, Fault> {
    let rows: Vec<OpenRow> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT id, resident, begun_at, due_at, sealed_link FROM erasure
              WHERE details_gone_at IS NULL AND details_until <= $1 AND resident IS NOT NULL
              ORDER BY details_until LIMIT $2",
        )
        .bind(now.seconds())
        .bind(AT_ONCE)
    )?;
    Ok(rows.into_iter().map(read).collect())
}

/// A whole row, without whose it is.
#[derive(Debug, sqlx::FromRow)]
pub struct Row {
    pub id: String,
    pub begun_at: i64,
    pub due_at: i64,
    pub undone_at: Option<i64>,
    pub erased_at: Option<i64>,
    pub details_until: Option<i64>,
    pub details_gone_at: Option<i64>,
    pub position: Option<i64>,
    pub counts: Option<String>,
    pub certificate: Option<String>,
}

/// What a row says of an erasure that is done.
pub struct Done {
    pub erased_at: i64,
    pub details_until: i64,
    pub position: u64,
    pub counts: Counts,
}

impl Row {
    /// What is known once it is done.
    pub fn done(&self) -> Result<Option<Done>, Fault> {
        let Some(erased_at) = self.erased_at else { return Ok(None) };
        let unreadable = Fault::Stored("an erasure that is done does not read");
        let (Some(details_until), Some(position), Some(counts)) = (self.details_until, self.position, &self.counts)
        else {
            return Err(unreadable);
        };
        let counts = serde_json::from_str(counts).map_err(|_| unreadable)?;
        Ok(Some(Done { erased_at, details_until, position: position.cast_unsigned(), counts }))
    }
}

/// Those that are done and not certified.
pub async fn uncertified(tx: &mut Tx) -> Result<Vec<Row>, Fault> {
    Ok(fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT id, begun_at, due_at, undone_at, erased_at, details_until, details_gone_at, position, counts,
                    certificate
               FROM erasure WHERE certificate IS NULL AND erased_at IS NOT NULL ORDER BY erased_at LIMIT $1",
        )
        .bind(AT_ONCE)
    )?)
}

/// The one whose address this is.
pub async fn by_link(tx: &mut Tx, link: &Digest) -> Result<Option<Row>, Fault> {
    Ok(fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT id, begun_at, due_at, undone_at, erased_at, details_until, details_gone_at, position, counts,
                    certificate
               FROM erasure WHERE link = $1",
        )
        .bind(link.as_str())
    )?)
}
