//! Registered clients.

use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::ClientId;
use crate::oauth::client::{Client, Standing};

#[derive(sqlx::FromRow)]
struct Row {
    manifest: String,
    disabled_at: Option<i64>,
}

impl TryFrom<Row> for Client {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let client = Self::parse(&row.manifest).map_err(|_| Fault::Stored("a manifest does not read any more"))?;
        let standing = if row.disabled_at.is_some() { Standing::Disabled } else { Standing::Open };
        Ok(Self { standing, ..client })
    }
}

/// The client of this id, disabled or not.
///
/// # Errors
/// When the database fails.
pub async fn client(tx: &mut Tx, id: &ClientId) -> Result<Option<Client>, Fault> {
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as("SELECT manifest, disabled_at FROM oauth_client WHERE id = $1").bind(id.as_str())
    )?;
    row.map(Client::try_from).transpose()
}

/// All clients, by id.
///
/// # Errors
/// When the database fails.
pub async fn clients(tx: &mut Tx) -> Result<Vec<Client>, Fault> {
    let rows: Vec<Row> =
        fetch!(tx, fetch_all, sqlx::query_as("SELECT manifest, disabled_at FROM oauth_client ORDER BY id"))?;
    rows.into_iter().map(Client::try_from).collect()
}

/// Registers a client, or replaces the one of its id; it is enabled then.
pub async fn replace(tx: &mut Tx, id: &ClientId, manifest: &str, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO oauth_client (id, manifest, registered_at) VALUES ($1, $2, $3)
             ON CONFLICT (id) DO UPDATE SET manifest = $2, registered_at = $3, disabled_at = NULL",
        )
        .bind(id.as_str())
        .bind(manifest)
        .bind(now.seconds())
    )?;
    Ok(())
}

/// Shuts a client out. `false`: there is none, or it is shut out already.
pub async fn disable(tx: &mut Tx, id: &ClientId, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query("UPDATE oauth_client SET disabled_at = $2 WHERE id = $1 AND disabled_at IS NULL")
            .bind(id.as_str())
            .bind(now.seconds())
    )?;
    Ok(changed == 1)
}
