//! What the database holds, in numbers: a refusal must leave them as they were.

use latchkey::db::Db;
use sqlx::AssertSqlSafe;

use super::app::TestApp;

/// What is counted. Things that are remembered so that they cannot be used again (`once`) are not: an attempt may
/// use up what it presents.
const COUNTS: [&str; 10] = [
    "consent_event",
    "consent_current WHERE ended_at IS NULL",
    "oauth_client WHERE disabled_at IS NULL",
    "oauth_request",
    "oauth_request WHERE agreed IS NOT NULL",
    "oauth_device WHERE agreed IS NOT NULL",
    "oauth_grant WHERE ended_at IS NULL",
    "oauth_token WHERE ended_at IS NULL",
    "ledger_entry",
    "resident_session WHERE ended_at IS NULL",
];

impl TestApp {
    /// The numbers.
    pub async fn state(&self) -> Vec<(&'static str, i64)> {
        let mut all = Vec::new();
        for what in COUNTS {
            all.push((what, self.count(what).await));
        }
        all
    }

    /// How many rows there are of something.
    pub async fn count(&self, what: &str) -> i64 {
        self.number(&format!("SELECT COUNT(*) FROM {what}")).await
    }

    /// The one number that a query gives.
    pub async fn number(&self, sql: &str) -> i64 {
        let query = sqlx::query_scalar(AssertSqlSafe(sql.to_owned()));
        match &self.app.db {
            Db::Sqlite { readers, .. } => query.fetch_one(readers).await.unwrap(),
            Db::Postgres(pool) => sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(pool).await.unwrap(),
        }
    }

    /// Forces a state that no door leads to.
    pub async fn force(&self, sql: &str) {
        assert!(self.force_schema(sql).await > 0, "{sql}");
    }

    /// As [`Self::force`], for statements that count no rows.
    pub async fn force_schema(&self, sql: &str) -> u64 {
        match &self.app.db {
            Db::Sqlite { writer, .. } => {
                sqlx::query(AssertSqlSafe(sql.to_owned())).execute(writer).await.unwrap().rows_affected()
            }
            Db::Postgres(pool) => {
                sqlx::query(AssertSqlSafe(sql.to_owned())).execute(pool).await.unwrap().rows_affected()
            }
        }
    }
}
