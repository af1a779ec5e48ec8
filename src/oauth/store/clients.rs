//! Registered clients.

use crate::clock::Timestamp;
use crate::crypto::jwk::PublicKey;
use crate::crypto::jwks;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::ClientId;
use crate::oauth::client::{Client, Former, Standing};

#[derive(sqlx::FromRow)]
struct Row {
    manifest: String,
    disabled_at: Option<i64>,
    awaits_since: Option<i64>,
    deleted_at: Option<i64>,
    jwks: Option<String>,
    former_jwks: Option<String>,
    former_until: Option<i64>,
}

impl TryFrom<Row> for Client {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let mut client = Self::parse(&row.manifest).map_err(|_| Fault::Stored("a manifest does not read any more"))?;
        client.standing = match (row.deleted_at, row.awaits_since, row.disabled_at) {
            (Some(_), _, _) => Standing::Deleted,
            (None, Some(_), _) => Standing::AwaitsApproval,
            (None, None, Some(_)) => Standing::Disabled,
            (None, None, None) => Standing::Open,
        };
        if let Some(set) = &row.jwks {
            client.keys = keys(set)?;
        }
        if let (Some(set), Some(until)) = (&row.former_jwks, row.former_until) {
            client.former = Some(Former { keys: keys(set)?, until: Timestamp::from_seconds(until) });
        }
        Ok(client)
    }
}

fn keys(set: &str) -> Result<Vec<PublicKey>, Fault> {
    jwks::handed(set.as_bytes()).map_err(|_| Fault::Stored("keys of a client do not read any more"))
}

/// What a client is registered for. Only one that an older version registered has its manifest read for it.
pub(super) fn purposes_of(purposes: Option<&str>, manifest: Option<&str>) -> Result<Vec<String>, Fault> {
    match (purposes, manifest) {
        (Some(list), _) => serde_json::from_str(list).map_err(|_| Fault::Stored("purposes of a client")),
        (None, Some(manifest)) => {
            let client = Client::parse(manifest).map_err(|_| Fault::Stored("a manifest does not read any more"))?;
            Ok(client.purposes)
        }
        (None, None) => Ok(Vec::new()),
    }
}

/// What body stands behind a client. Only one that an older version registered has its manifest read for it.
pub(super) fn party_of(party: Option<String>, manifest: Option<&str>) -> Result<String, Fault> {
    match (party, manifest) {
        (Some(party), _) => Ok(party),
        (None, Some(manifest)) => {
            let client = Client::parse(manifest).map_err(|_| Fault::Stored("a manifest does not read any more"))?;
            Ok(client.kind.code().to_owned())
        }
        (None, None) => Err(Fault::Stored("a client without a manifest")),
    }
}

/// The client of this id, whatever its standing.
///
/// # Errors
/// When the database fails.
pub async fn client(tx: &mut Tx, id: &ClientId) -> Result<Option<Client>, Fault> {
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT manifest, disabled_at, awaits_since, deleted_at, jwks, former_jwks, former_until
               FROM oauth_client WHERE id = $1",
        )
        .bind(id.as_str())
    )?;
    row.map(Client::try_from).transpose()
}

/// All clients, by id.
///
/// # Errors
/// When the database fails.
pub async fn clients(tx: &mut Tx) -> Result<Vec<Client>, Fault> {
    let rows: Vec<Row> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT manifest, disabled_at, awaits_since, deleted_at, jwks, former_jwks, former_until
               FROM oauth_client ORDER BY id",
        )
    )?;
    rows.into_iter().map(Client::try_from).collect()
}

/// Registers a client, or replaces the manifest of its id: whether its doors are open stays as it was, keys of a
/// rotation give way to those of the manifest. `false`: the id was deleted.
pub async fn replace(tx: &mut Tx, client: &Client, manifest: &str, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "INSERT INTO oauth_client (id, manifest, registered_at, purposes, party) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (id) DO UPDATE SET manifest = $2, registered_at = $3, purposes = $4, party = $5,
                                            jwks = NULL, former_jwks = NULL, former_until = NULL
                                      WHERE oauth_client.deleted_at IS NULL",
        )
        .bind(client.id.as_str())
        .bind(manifest)
        .bind(now.seconds())
        .bind(serde_json::json!(client.purposes).to_string())
        .bind(client.kind.code())
    )?;
    Ok(changed == 1)
}

/// Registers a client whose doors are shut until the operator has looked at it.
pub async fn insert_awaiting(tx: &mut Tx, client: &Client, manifest: &str, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO oauth_client (id, manifest, registered_at, purposes, party, disabled_at, awaits_since)
             VALUES ($1, $2, $3, $4, $5, $3, $3)",
        )
        .bind(client.id.as_str())
        .bind(manifest)
        .bind(now.seconds())
        .bind(serde_json::json!(client.purposes).to_string())
        .bind(client.kind.code())
    )?;
    Ok(())
}

/// Puts keys in place of a client's, which stay good until `until`.
pub async fn replace_keys(tx: &mut Tx, client: &Client, keys: &[PublicKey], until: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE oauth_client SET jwks = $2, former_jwks = $3, former_until = $4 WHERE id = $1")
            .bind(client.id.as_str())
            .bind(jwks::document(keys).to_string())
            .bind(jwks::document(&client.keys).to_string())
            .bind(until.seconds())
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

/// Lets a client in that was shut out. `false`: there is none that was.
pub async fn enable(tx: &mut Tx, id: &ClientId) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE oauth_client SET disabled_at = NULL
              WHERE id = $1 AND disabled_at IS NOT NULL AND awaits_since IS NULL AND deleted_at IS NULL",
        )
        .bind(id.as_str())
    )?;
    Ok(changed == 1)
}

/// Lets a client in that registered itself. `false`: there is none that waits.
pub async fn approve(tx: &mut Tx, id: &ClientId) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE oauth_client SET disabled_at = NULL, awaits_since = NULL
              WHERE id = $1 AND awaits_since IS NOT NULL AND deleted_at IS NULL",
        )
        .bind(id.as_str())
    )?;
    Ok(changed == 1)
}

/// Ends a client for ever; its manifest stays, which names it. `false`: there is none, or it is gone already.
pub async fn delete(tx: &mut Tx, id: &ClientId, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE oauth_client SET deleted_at = $2, disabled_at = COALESCE(disabled_at, $2), awaits_since = NULL,
                                     jwks = NULL, former_jwks = NULL, former_until = NULL
              WHERE id = $1 AND deleted_at IS NULL",
        )
        .bind(id.as_str())
        .bind(now.seconds())
    )?;
    Ok(changed == 1)
}
