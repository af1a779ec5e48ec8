//! SQL of the single-use table.

use std::collections::HashSet;

use super::{Issue, Kind, Standing, Subject};
use crate::clock::Timestamp;
use crate::crypto::token::Digest;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;

pub async fn insert(tx: &mut Tx, issue: &Issue<'_>) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO once (kind, digest, subject, state, issued_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(issue.kind.as_str())
        .bind(issue.digest.as_str())
        .bind(issue.subject)
        .bind(issue.state)
        .bind(issue.now.seconds())
        .bind(issue.expires.seconds())
    )?;
    Ok(())
}

pub async fn insert_all(tx: &mut Tx, issues: &[Issue<'_>]) -> Result<(), Fault> {
    let row = |issue: &Issue<'_>| {
        let state = issue.state.map(hex::encode);
        let (kind, digest) = (issue.kind.as_str(), issue.digest.as_str());
        serde_json::json!([kind, digest, issue.subject, state, issue.now.seconds(), issue.expires.seconds()])
    };
    let rows = serde_json::Value::Array(issues.iter().map(row).collect()).to_string();
    match tx {
        Tx::Sqlite(tx) => {
            sqlx::query(
                "INSERT INTO once (kind, digest, subject, state, issued_at, expires_at)
                 SELECT value ->> 0, value ->> 1, value ->> 2, unhex(value ->> 3), value ->> 4, value ->> 5
                   FROM json_each($1)",
            )
            .bind(rows)
            .execute(&mut **tx)
            .await?;
        }
        Tx::Postgres(tx) => {
            sqlx::query(
                "INSERT INTO once (kind, digest, subject, state, issued_at, expires_at)
                 SELECT value ->> 0, value ->> 1, value ->> 2, decode(value ->> 3, 'hex'),
                        (value ->> 4)::bigint, (value ->> 5)::bigint
                   FROM json_array_elements($1::json)",
            )
            .bind(rows)
            .execute(&mut **tx)
            .await?;
        }
    }
    Ok(())
}

pub async fn consume(tx: &mut Tx, kind: Kind, digest: &Digest, now: Timestamp) -> Result<Option<Subject>, Fault> {
    let row: Option<(String, Option<Vec<u8>>)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "UPDATE once SET used_at = $3
              WHERE kind = $1 AND digest = $2 AND used_at IS NULL AND expires_at > $3
          RETURNING subject, state",
        )
        .bind(kind.as_str())
        .bind(digest.as_str())
        .bind(now.seconds())
    )?;
    Ok(row.map(|(subject, state)| Subject { subject, state }))
}

pub async fn consume_leaving(
    tx: &mut Tx, kind: Kind, digest: &Digest, now: Timestamp, left: Option<&[u8]>,
) -> Result<Option<Subject>, Fault> {
    let row: Option<(String,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "UPDATE once SET used_at = $3, state = $4
              WHERE kind = $1 AND digest = $2 AND used_at IS NULL AND expires_at > $3
          RETURNING subject",
        )
        .bind(kind.as_str())
        .bind(digest.as_str())
        .bind(now.seconds())
        .bind(left)
    )?;
    Ok(row.map(|(subject,)| Subject { subject, state: None }))
}

pub async fn wipe_left(tx: &mut Tx, kind: Kind, before: Timestamp) -> Result<u64, Fault> {
    Ok(execute!(
        tx,
        sqlx::query(
            "UPDATE once SET state = NULL
              WHERE kind = $1 AND state IS NOT NULL AND used_at IS NOT NULL AND used_at < $2",
        )
        .bind(kind.as_str())
        .bind(before.seconds())
    )?)
}

pub async fn standing(tx: &mut Tx, kind: Kind, digest: &Digest, now: Timestamp) -> Result<Standing, Fault> {
    let row: Option<(String, Option<Vec<u8>>, i64, Option<i64>)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT subject, state, expires_at, used_at FROM once WHERE kind = $1 AND digest = $2")
            .bind(kind.as_str())
            .bind(digest.as_str())
    )?;
    Ok(match row {
        None => Standing::Unknown,
        Some((subject, state, _, Some(_))) => Standing::Used(Subject { subject, state }),
        Some((subject, state, expires_at, None)) if expires_at <= now.seconds() => {
            Standing::Expired(Subject { subject, state })
        }
        Some((subject, state, _, None)) => Standing::Open(Subject { subject, state }),
    })
}

pub async fn present(
    tx: &mut Tx, kind: Kind, digest: &Digest, now: Timestamp, forget: Timestamp,
) -> Result<bool, Fault> {
    let inserted = execute!(
        tx,
        sqlx::query(
            "INSERT INTO once (kind, digest, subject, issued_at, expires_at, used_at) VALUES ($1, $2, '', $3, $4, $3)
             ON CONFLICT (kind, digest) DO NOTHING",
        )
        .bind(kind.as_str())
        .bind(digest.as_str())
        .bind(now.seconds())
        .bind(forget.seconds())
    )?;
    Ok(inserted == 1)
}

pub async fn present_all(
    tx: &mut Tx, kind: Kind, digests: &[Digest], now: Timestamp, forget: Timestamp,
) -> Result<HashSet<String>, Fault> {
    // In one order, so that two nodes that remember the same two proofs cannot wait for each other.
    let mut wanted: Vec<&str> = digests.iter().map(Digest::as_str).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let list = serde_json::to_string(&wanted).map_err(|_| Fault::Internal("digests do not serialise"))?;
    let rows: Vec<(String,)> = match tx {
        Tx::Sqlite(tx) => {
            sqlx::query_as(
                "INSERT INTO once (kind, digest, subject, issued_at, expires_at, used_at)
                 SELECT $1, value, '', $3, $4, $3 FROM json_each($2) WHERE 1
                 ON CONFLICT (kind, digest) DO NOTHING RETURNING digest",
            )
            .bind(kind.as_str())
            .bind(&list)
            .bind(now.seconds())
            .bind(forget.seconds())
            .fetch_all(&mut **tx)
            .await?
        }
        Tx::Postgres(tx) => {
            sqlx::query_as(
                "INSERT INTO once (kind, digest, subject, issued_at, expires_at, used_at)
                 SELECT $1, value, '', $3, $4, $3 FROM json_array_elements_text($2::json) AS value
                 ON CONFLICT (kind, digest) DO NOTHING RETURNING digest",
            )
            .bind(kind.as_str())
            .bind(&list)
            .bind(now.seconds())
            .bind(forget.seconds())
            .fetch_all(&mut **tx)
            .await?
        }
    };
    Ok(rows.into_iter().map(|(digest,)| digest).collect())
}

pub async fn end_all(tx: &mut Tx, kind: Kind, subject: &str, now: Timestamp) -> Result<u64, Fault> {
    Ok(execute!(
        tx,
        sqlx::query("UPDATE once SET used_at = $3 WHERE kind = $1 AND subject = $2 AND used_at IS NULL")
            .bind(kind.as_str())
            .bind(subject)
            .bind(now.seconds())
    )?)
}

pub async fn count_issued(tx: &mut Tx, kind: Kind, subject: &str, since: Timestamp) -> Result<u32, Fault> {
    let count: i64 = fetch!(
        tx,
        fetch_one,
        sqlx::query_scalar("SELECT count(*) FROM once WHERE kind = $1 AND subject = $2 AND issued_at > $3")
            .bind(kind.as_str())
            .bind(subject)
            .bind(since.seconds())
    )?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

pub async fn count_open(tx: &mut Tx, kind: Kind, subject: &str, now: Timestamp) -> Result<u32, Fault> {
    let count: i64 = fetch!(
        tx,
        fetch_one,
        sqlx::query_scalar(
            "SELECT count(*) FROM once WHERE kind = $1 AND subject = $2 AND used_at IS NULL AND expires_at > $3",
        )
        .bind(kind.as_str())
        .bind(subject)
        .bind(now.seconds())
    )?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

pub async fn end_all_of(tx: &mut Tx, kind: Kind, subjects: &[&str], now: Timestamp) -> Result<u64, Fault> {
    let list = serde_json::json!(subjects).to_string();
    let done = match tx {
        Tx::Sqlite(tx) => sqlx::query(
            "UPDATE once SET used_at = $3
              WHERE kind = $1 AND subject IN (SELECT value FROM json_each($2)) AND used_at IS NULL",
        )
        .bind(kind.as_str())
        .bind(list)
        .bind(now.seconds())
        .execute(&mut **tx)
        .await?
        .rows_affected(),
        Tx::Postgres(tx) => sqlx::query(
            "UPDATE once SET used_at = $3
              WHERE kind = $1 AND subject IN (SELECT json_array_elements_text($2::json)) AND used_at IS NULL",
        )
        .bind(kind.as_str())
        .bind(list)
        .bind(now.seconds())
        .execute(&mut **tx)
        .await?
        .rows_affected(),
    };
    Ok(done)
}

pub async fn all_open(tx: &mut Tx, kind: Kind, now: Timestamp) -> Result<Vec<(Digest, Subject)>, Fault> {
    let rows: Vec<(String, String, Option<Vec<u8>>)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT digest, subject, state FROM once WHERE kind = $1 AND used_at IS NULL AND expires_at > $2",
        )
        .bind(kind.as_str())
        .bind(now.seconds())
    )?;
    Ok(rows.into_iter().map(|(digest, subject, state)| (Digest::stored(digest), Subject { subject, state })).collect())
}

pub async fn prolong(
    tx: &mut Tx, kind: Kind, digest: &Digest, now: Timestamp, expires: Timestamp,
) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE once SET expires_at = $4
              WHERE kind = $1 AND digest = $2 AND used_at IS NULL AND expires_at > $3",
        )
        .bind(kind.as_str())
        .bind(digest.as_str())
        .bind(now.seconds())
        .bind(expires.seconds())
    )?;
    Ok(changed == 1)
}

pub async fn sweep(tx: &mut Tx, before: Timestamp, now: Timestamp) -> Result<u64, Fault> {
    Ok(execute!(
        tx,
        sqlx::query(
            "DELETE FROM once
              WHERE expires_at < $1 OR (expires_at < $2 AND kind IN ('dpop_jti', 'assertion_jti', 'form_token'))",
        )
        .bind(before.seconds())
        .bind(now.seconds())
    )?)
}
