//! Tokens.

use std::collections::HashMap;

use crate::clock::Timestamp;
use crate::crypto::token::Digest;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{ClientId, ConsentId, GrantId, ResidentId};
use crate::ledger::binding::Binding;
use crate::oauth::access::AccessRow;
use crate::oauth::scope::Scope;

/// What a token is good for; one is never taken for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// For reading.
    Access,
    /// For more access tokens.
    Refresh,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
        }
    }
}

/// A token as it is stored.
#[derive(Debug, Clone)]
pub struct Stored {
    /// What it is good for.
    pub kind: Kind,
    /// Its digest.
    pub digest: Digest,
    /// The grant it hangs from.
    pub grant: GrantId,
    /// What it was granted.
    pub scope: Scope,
    /// What it is bound to.
    pub binding: Option<Binding>,
    /// The resource server it is for; none is the vault and userinfo.
    pub resource: Option<String>,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// From when on it is dead.
    pub expires_at: Timestamp,
    /// Whether it was ended by itself (its grant may be, too).
    pub ended: bool,
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    kind: String,
    digest: String,
    grant_id: String,
    scope: String,
    jkt: Option<String>,
    x5t: Option<String>,
    resource: Option<String>,
    issued_at: i64,
    expires_at: i64,
    ended_at: Option<i64>,
}

impl From<Row> for Stored {
    fn from(row: Row) -> Self {
        Self {
            kind: if row.kind == "access" { Kind::Access } else { Kind::Refresh },
            digest: Digest::stored(row.digest),
            grant: GrantId::stored(row.grant_id),
            scope: Scope::stored(&row.scope),
            binding: Binding::stored(row.jkt, row.x5t),
            resource: row.resource,
            issued_at: Timestamp::from_seconds(row.issued_at),
            expires_at: Timestamp::from_seconds(row.expires_at),
            ended: row.ended_at.is_some(),
        }
    }
}

pub async fn insert_token(tx: &mut Tx, token: &Stored) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO oauth_token (digest, kind, grant_id, scope, jkt, x5t, resource, issued_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(token.digest.as_str())
        .bind(token.kind.as_str())
        .bind(token.grant.as_str())
        .bind(token.scope.to_string())
        .bind(token.binding.as_ref().and_then(Binding::jkt))
        .bind(token.binding.as_ref().and_then(Binding::x5t))
        .bind(token.resource.as_deref())
        .bind(token.issued_at.seconds())
        .bind(token.expires_at.seconds())
    )?;
    Ok(())
}

pub async fn token(tx: &mut Tx, digest: &Digest) -> Result<Option<Stored>, Fault> {
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT kind, digest, grant_id, scope, jkt, x5t, resource, issued_at, expires_at, ended_at
               FROM oauth_token WHERE digest = $1",
        )
        .bind(digest.as_str())
    )?;
    Ok(row.map(Stored::from))
}

pub async fn end_token(tx: &mut Tx, digest: &Digest, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE oauth_token SET ended_at = $2 WHERE digest = $1 AND ended_at IS NULL")
            .bind(digest.as_str())
            .bind(now.seconds())
    )?;
    Ok(())
}

/// Gives a refresh token that was used a later end.
pub async fn prolong(tx: &mut Tx, digest: &Digest, expires: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE oauth_token SET expires_at = $2 WHERE digest = $1 AND ended_at IS NULL")
            .bind(digest.as_str())
            .bind(expires.seconds())
    )?;
    Ok(())
}

/// Binds a refresh token to another key or certificate of its client.
pub async fn rebind(tx: &mut Tx, digest: &Digest, binding: &Binding) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE oauth_token SET jkt = $2, x5t = $3 WHERE digest = $1")
            .bind(digest.as_str())
            .bind(binding.jkt())
            .bind(binding.x5t())
    )?;
    Ok(())
}

/// Ends the access tokens of a grant that are bound to something else.
pub async fn end_bound_otherwise(tx: &mut Tx, grant: &GrantId, binding: &Binding, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query(
            "UPDATE oauth_token SET ended_at = $4
              WHERE grant_id = $1 AND kind = 'access' AND ended_at IS NULL
                AND (COALESCE(jkt, '') <> $2 OR COALESCE(x5t, '') <> $3)",
        )
        .bind(grant.as_str())
        .bind(binding.jkt().unwrap_or_default())
        .bind(binding.x5t().unwrap_or_default())
        .bind(now.seconds())
    )?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Access {
    digest: String,
    grant_id: String,
    client: String,
    disabled_at: Option<i64>,
    allowed: Option<String>,
    manifest: Option<String>,
    resident: String,
    jkt: Option<String>,
    x5t: Option<String>,
    scope: String,
    purpose: String,
    claims: String,
    consent: String,
    expires_at: i64,
    token_ended: Option<i64>,
    ended_why: Option<String>,
}

impl TryFrom<Access> for AccessRow {
    type Error = Fault;

    fn try_from(row: Access) -> Result<Self, Fault> {
        let purpose_withdrawn =
            !super::clients::purposes_of(row.allowed.as_deref(), row.manifest.as_deref())?.contains(&row.purpose);
        // A token that was narrowed to a scope without the purpose leads to no claim.
        let purpose = Scope::stored(&row.scope).purpose.filter(|purpose| *purpose == row.purpose);
        let claims = match purpose {
            Some(_) => serde_json::from_str(&row.claims).map_err(|_| Fault::Stored("claims of a grant"))?,
            None => Vec::new(),
        };
        Ok(Self {
            grant: GrantId::stored(row.grant_id),
            client: ClientId::stored(row.client),
            client_disabled: row.disabled_at.is_some(),
            purpose_withdrawn,
            resident: ResidentId::stored(row.resident),
            binding: Binding::stored(row.jkt, row.x5t),
            scope: row.scope,
            purpose,
            claims,
            consent: Some(ConsentId::stored(row.consent)),
            expires_at: row.expires_at,
            // A consent that has ended does not end the grant: the gate finds it, and enters why it refuses.
            revoked: row.token_ended.is_some() || row.ended_why.is_some(),
        })
    }
}

/// Of the tokens that are for the vault and userinfo: one for a resource server is none of these doors' (case 94).
pub async fn access_rows(tx: &mut Tx, tokens: &[Digest]) -> Result<HashMap<String, AccessRow>, Fault> {
    let list: Vec<&str> = tokens.iter().map(Digest::as_str).collect();
    let list = serde_json::json!(list).to_string();
    let rows: Vec<Access> =
        match tx {
            Tx::Sqlite(tx) => sqlx::query_as(
                "SELECT t.digest, t.grant_id, g.client, c.disabled_at,
                        c.purposes AS allowed, CASE WHEN c.purposes IS NULL THEN c.manifest END AS manifest, g.resident, t.jkt, t.x5t, t.scope, g.purpose,
                        g.claims, g.consent, t.expires_at, t.ended_at AS token_ended, g.ended_why
                   FROM json_each($1) AS wanted
                   JOIN oauth_token AS t ON t.digest = wanted.value AND t.kind = 'access' AND t.resource IS NULL
                   JOIN oauth_grant AS g ON g.id = t.grant_id
                   JOIN oauth_client AS c ON c.id = g.client",
            )
            .bind(list)
            .fetch_all(&mut **tx)
            .await?,
            Tx::Postgres(tx) => sqlx::query_as(
                "SELECT t.digest, t.grant_id, g.client, c.disabled_at,
                        c.purposes AS allowed, CASE WHEN c.purposes IS NULL THEN c.manifest END AS manifest, g.resident, t.jkt, t.x5t, t.scope, g.purpose,
                        g.claims, g.consent, t.expires_at, t.ended_at AS token_ended, g.ended_why
                   FROM json_array_elements_text($1::json) AS wanted (value)
                   JOIN oauth_token AS t ON t.digest = wanted.value AND t.kind = 'access' AND t.resource IS NULL
                   JOIN oauth_grant AS g ON g.id = t.grant_id
                   JOIN oauth_client AS c ON c.id = g.client",
            )
            .bind(list)
            .fetch_all(&mut **tx)
            .await?,
        };
    rows.into_iter().map(|row| Ok((row.digest.clone(), AccessRow::try_from(row)?))).collect()
}

/// Forgets tokens that died before `before`.
pub async fn sweep_tokens(tx: &mut Tx, before: Timestamp) -> Result<u64, Fault> {
    Ok(execute!(tx, sqlx::query("DELETE FROM oauth_token WHERE expires_at < $1").bind(before.seconds()))?)
}
