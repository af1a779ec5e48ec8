//! The one database of the service, on either engine.
//!
//! SQL, parameters and row types are written once: `Db` and `Tx` are enums of the two native drivers, and
//! [`fetch!`](crate::db) and `execute!` run a query on whichever it is. The portable subset stands at the head
//! of `migrations/0001_start.sql`.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Executor, PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use crate::fault::Fault;

/// The oldest SQLite that may carry the records: 3.51.3 mended a WAL reset that could corrupt a database.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
/// What the writer keeps of the database in memory: 64 MiB, as SQLite says it.
const CACHE: &str = "-65536";

/// The one database of the service, on either engine.
#[derive(Clone, Debug)]
pub enum Db {
    /// One connection writes, many read.
    Sqlite {
        /// The only connection that may write.
        writer: SqlitePool,
        /// Connections that cannot write (`query_only`).
        readers: SqlitePool,
    },
    /// A pool of equal connections.
    Postgres(PgPool),
}

/// A transaction in progress. Dropping it undoes everything.
#[derive(Debug)]
pub enum Tx {
    /// On SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

impl Db {
    /// Opens `sqlite:PATH` (made when it is not there) or `postgres://…`.
    ///
    /// # Errors
    /// When it cannot be opened, or the SQLite in this binary is too old to be trusted.
    pub async fn open(url: &str) -> Result<Self, Fault> {
        if url.starts_with("postgres") {
            let pool = PgPoolOptions::new()
                .max_connections(16)
                .acquire_timeout(Duration::from_secs(10))
                .after_release(|connection, _| Box::pin(undo_postgres(connection)))
                // Whatever the server's default: an acknowledged entry is on disk.
                .connect_with(PgConnectOptions::from_str(url)?.options([("synchronous_commit", "on")]))
                .await?;
            return Ok(Self::Postgres(pool));
        }
        Self::open_sqlite(url).await
    }

    async fn open_sqlite(url: &str) -> Result<Self, Fault> {
        let path = url.strip_prefix("sqlite:").unwrap_or(url);
        if let Some(folder) = Path::new(path).parent() {
            std::fs::create_dir_all(folder).map_err(|cause| Fault::File("database folder", cause))?;
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // The command line works beside a running server: wait for its transaction, it is short.
            .busy_timeout(Duration::from_secs(20))
            .pragma("secure_delete", "ON");
        let pool = || {
            SqlitePoolOptions::new()
                .acquire_timeout(Duration::from_secs(30))
                .idle_timeout(None)
                .max_lifetime(None)
                .after_release(|connection, _| Box::pin(undo_sqlite(connection)))
        };
        // Tags of entries are random, so each touches another page of their index: the writer keeps those of a million
        // entries in memory. (A WAL that grows longer before it is copied back made appending no faster, and reads slower.)
        let writer = pool().max_connections(1).connect_with(options.clone().pragma("cache_size", CACHE)).await?;
        assert_sqlite_is_new_enough(&writer).await?;
        let readers = pool().max_connections(8).connect_with(options.pragma("query_only", "ON")).await?;
        Ok(Self::Sqlite { writer, readers })
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// When a step fails; each step is one transaction, so the schema is the old or the new one.
    pub async fn migrate(&self) -> Result<(), Fault> {
        let steps = sqlx::migrate!("./migrations");
        match self {
            Self::Sqlite { writer, .. } => steps.run(writer).await?,
            Self::Postgres(pool) => steps.run(pool).await?,
        }
        Ok(())
    }

    /// Begins a transaction that may write.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin(&self) -> Result<Tx, Fault> {
        Ok(match self {
            // Take the write lock now: upgrading a read lock later can fail half-way.
            Self::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Begins a transaction that only reads, all of it as of one moment, and never waits for a writer.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn read(&self) -> Result<Tx, Fault> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?),
            // As SQLite does by itself: all statements see one moment, so a walk over the ledger beside a running
            // server does not take what was committed meanwhile for tampering.
            Self::Postgres(pool) => {
                Tx::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
    }

    /// Closes all connections; on SQLite the last one folds the WAL into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes everything durable.
    ///
    /// # Errors
    /// When the database cannot say that it is: then nothing is to be believed done.
    pub async fn commit(self) -> Result<(), Fault> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

async fn assert_sqlite_is_new_enough(pool: &SqlitePool) -> Result<(), Fault> {
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(pool).await?;
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let found = (parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    if found < OLDEST_SQLITE {
        return Err(Fault::Internal("the bundled SQLite is older than 3.51.3"));
    }
    Ok(())
}

// A connection whose task was dropped in the middle of a transaction must not come back with it still open.
// SQLite answers an error when none is open, which is the good case.
async fn undo_sqlite(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    let _ = connection.execute("ROLLBACK").await;
    Ok(true)
}

async fn undo_postgres(connection: &mut sqlx::PgConnection) -> Result<bool, sqlx::Error> {
    connection.execute("ROLLBACK").await?;
    Ok(true)
}

/// Runs a query that returns rows: `fetch!(tx, fetch_optional, query)`.
macro_rules! fetch {
    ($tx:expr, $how:ident, $query:expr) => {
        match $tx {
            $crate::db::Tx::Sqlite(tx) => $query.$how(&mut **tx).await,
            $crate::db::Tx::Postgres(tx) => $query.$how(&mut **tx).await,
        }
    };
}

/// Runs a query that changes rows, and says how many it changed.
macro_rules! execute {
    ($tx:expr, $query:expr) => {
        match $tx {
            $crate::db::Tx::Sqlite(tx) => $query.execute(&mut **tx).await.map(|done| done.rows_affected()),
            $crate::db::Tx::Postgres(tx) => $query.execute(&mut **tx).await.map(|done| done.rows_affected()),
        }
    };
}

pub(crate) use {execute, fetch};
