//! Which resource server stands for which resource.

use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::ClientId;
use crate::oauth::client::Client;
use crate::oauth::resource::Resource;

/// The resource server that is registered for a resource, open or not.
pub async fn resource_server(tx: &mut Tx, uri: &str) -> Result<Option<Client>, Fault> {
    let row: Option<(String,)> =
        fetch!(tx, fetch_optional, sqlx::query_as("SELECT client FROM oauth_resource WHERE resource = $1").bind(uri))?;
    match row {
        Some((id,)) => super::client(tx, &ClientId::stored(id)).await,
        None => Ok(None),
    }
}

/// Makes `resource` what this client stands for, and nothing else. The caller has seen that nobody open has it.
pub async fn replace_resource(tx: &mut Tx, client: &ClientId, resource: Option<&Resource>) -> Result<(), Fault> {
    execute!(tx, sqlx::query("DELETE FROM oauth_resource WHERE client = $1").bind(client.as_str()))?;
    let Some(resource) = resource else { return Ok(()) };
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO oauth_resource (resource, client) VALUES ($1, $2)
             ON CONFLICT (resource) DO UPDATE SET client = $2",
        )
        .bind(resource.uri.as_str())
        .bind(client.as_str())
    )?;
    Ok(())
}
