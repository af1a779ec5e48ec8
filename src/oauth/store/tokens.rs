//! Tokens.

use crate::clock::Timestamp;
use crate::crypto::token::Digest;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::GrantId;
use crate::ledger::binding::Binding;
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

/// Forgets tokens that died before `before`.
pub async fn sweep_tokens(tx: &mut Tx, before: Timestamp) -> Result<u64, Fault> {
    Ok(execute!(tx, sqlx::query("DELETE FROM oauth_token WHERE expires_at < $1").bind(before.seconds()))?)
}
