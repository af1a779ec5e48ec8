//! What a DELETE leaves in the files of a database.
//!
//! SQLite overwrites what is deleted (`secure_delete`), but the write-ahead log keeps old pages until it is truncated:
//! 47 copies of one key were once counted in it. PostgreSQL keeps dead rows until a table is rewritten. What is further
//! away (the write-ahead log of PostgreSQL and its archives, replicas, backups, blocks of an SSD) no statement reaches;
//! the certificate says until when such copies may exist.

use std::time::Duration;

use sqlx::Executor;

use crate::db::Db;
use crate::fault::Fault;

/// Tries before the next sweep goes on: readers hold the log back only for moments.
const TRIES: u32 = 20;

/// Tables whose rows mean something beside the data key: the keys themselves, what lies under a key for all (how the desk
/// calls somebody, half an answer, what a link stands for, why there was an emergency), and what lies under the log key, which is kept for longer.
const REWRITTEN: [&str; 13] = [
    "VACUUM FULL resident_key",
    "VACUUM FULL resident_index",
    "VACUUM FULL resident_passkey",
    "VACUUM FULL resident_subject",
    "VACUUM FULL resident",
    "VACUUM FULL desk_sitting",
    "VACUUM FULL desk_act",
    "VACUUM FULL desk_card",
    "VACUUM FULL desk_recovery",
    "VACUUM FULL consent_draft",
    "VACUUM FULL once",
    "VACUUM FULL case_event",
    "VACUUM FULL emergency",
];

/// Takes what was deleted out of the files of the database.
///
/// # Errors
/// When the database fails, or readers did not let go of the old pages: try again.
pub async fn scrub(db: &Db) -> Result<(), Fault> {
    match db {
        Db::Sqlite { writer, .. } => {
            for _ in 0..TRIES {
                let (busy, _, _): (i64, i64, i64) =
                    sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(writer).await?;
                if busy == 0 {
                    return Ok(());
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            Err(Fault::Internal("the write-ahead log could not be truncated: somebody reads for very long"))
        }
        Db::Postgres(pool) => {
            let mut connection = pool.acquire().await?;
            // Nobody may wait for long behind a table that is waited for.
            connection.execute("SET lock_timeout = '2s'").await?;
            let mut done = Ok(());
            for statement in REWRITTEN {
                done = connection.execute(statement).await.map(|_| ());
                if done.is_err() {
                    break;
                }
            }
            connection.execute("RESET lock_timeout").await?;
            Ok(done?)
        }
    }
}
