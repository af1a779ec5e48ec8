//! Access tokens with all that decides about them, many in one statement.

use std::collections::HashMap;

use crate::crypto::token::Digest;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{ClientId, ConsentId, GrantId, ResidentId};
use crate::ledger::binding::Binding;
use crate::oauth::access::AccessRow;
use crate::oauth::scope::Scope;
#[derive(sqlx::FromRow)]
struct Access {
    digest: String,
    grant_id: String,
    client: String,
    disabled_at: Option<i64>,
    allowed: Option<String>,
    party: Option<String>,
    manifest: Option<String>,
    resident: String,
    jkt: Option<String>,
    x5t: Option<String>,
    scope: String,
    purpose: String,
    claims: String,
    consent: String,
    signed_in_at: i64,
    expires_at: i64,
    token_ended: Option<i64>,
    ended_why: Option<String>,
    locked_at: Option<i64>,
    sealed_at: Option<i64>,
    erases_at: Option<i64>,
    grant_stamp: i64,
    stamp: i64,
}

impl TryFrom<Access> for AccessRow {
    type Error = Fault;

    fn try_from(row: Access) -> Result<Self, Fault> {
        let purpose_withdrawn =
            !super::clients::purposes_of(row.allowed.as_deref(), row.manifest.as_deref())?.contains(&row.purpose);
        let party = super::clients::party_of(row.party, row.manifest.as_deref())?;
        // A token that was narrowed to a scope without the purpose leads to no claim.
        let purpose = Scope::stored(&row.scope).purpose.filter(|purpose| *purpose == row.purpose);
        let claims = match purpose {
            Some(_) => serde_json::from_str(&row.claims).map_err(|_| Fault::Stored("claims of a grant"))?,
            None => Vec::new(),
        };
        // While she is locked, the gate says so, and enters it; what was put out then stays out afterwards.
        let is_out = row.grant_stamp != row.stamp && row.locked_at.is_none();
        Ok(Self {
            grant: GrantId::stored(row.grant_id),
            client: ClientId::stored(row.client),
            party,
            client_disabled: row.disabled_at.is_some(),
            purpose_withdrawn,
            resident: ResidentId::stored(row.resident),
            binding: Binding::stored(row.jkt, row.x5t),
            scope: row.scope,
            purpose,
            claims,
            consent: Some(ConsentId::stored(row.consent)),
            signed_in_at: row.signed_in_at,
            expires_at: row.expires_at,
            // A consent that has ended does not end the grant: the gate finds it, and enters why it refuses.
            revoked: row.token_ended.is_some() || row.ended_why.is_some() || is_out,
            resident_sealed: row.sealed_at.is_some(),
            resident_locked: row.locked_at.is_some() || row.erases_at.is_some(),
        })
    }
}

/// Of the tokens that are for the vault and userinfo: one for a resource server is none of these doors' (case 94).
pub async fn access_rows(tx: &mut Tx, tokens: &[Digest]) -> Result<HashMap<String, AccessRow>, Fault> {
    let list: Vec<&str> = tokens.iter().map(Digest::as_str).collect();
    let list = serde_json::json!(list).to_string();
    let rows: Vec<Access> = match tx {
        Tx::Sqlite(tx) => {
            sqlx::query_as(
                "SELECT t.digest, t.grant_id, g.client, c.disabled_at,
                        c.purposes AS allowed, c.party,
                        CASE WHEN c.purposes IS NULL OR c.party IS NULL THEN c.manifest END AS manifest,
                        g.resident, t.jkt, t.x5t, t.scope, g.purpose, g.claims, g.consent, g.signed_in_at, t.expires_at,
                        t.ended_at AS token_ended, g.ended_why,
                        r.locked_at, r.sealed_at, r.erases_at, g.stamp AS grant_stamp, r.stamp
                   FROM json_each($1) AS wanted
                   JOIN oauth_token AS t ON t.digest = wanted.value AND t.kind = 'access' AND t.resource IS NULL
                   JOIN oauth_grant AS g ON g.id = t.grant_id
                   JOIN resident AS r ON r.id = g.resident
                   JOIN oauth_client AS c ON c.id = g.client",
            )
            .bind(list)
            .fetch_all(&mut **tx)
            .await?
        }
        Tx::Postgres(tx) => {
            sqlx::query_as(
                "SELECT t.digest, t.grant_id, g.client, c.disabled_at,
                        c.purposes AS allowed, c.party,
                        CASE WHEN c.purposes IS NULL OR c.party IS NULL THEN c.manifest END AS manifest,
                        g.resident, t.jkt, t.x5t, t.scope, g.purpose, g.claims, g.consent, g.signed_in_at, t.expires_at,
                        t.ended_at AS token_ended, g.ended_why,
                        r.locked_at, r.sealed_at, r.erases_at, g.stamp AS grant_stamp, r.stamp
                   FROM json_array_elements_text($1::json) AS wanted (value)
                   JOIN oauth_token AS t ON t.digest = wanted.value AND t.kind = 'access' AND t.resource IS NULL
                   JOIN oauth_grant AS g ON g.id = t.grant_id
                   JOIN resident AS r ON r.id = g.resident
                   JOIN oauth_client AS c ON c.id = g.client",
            )
            .bind(list)
            .fetch_all(&mut **tx)
            .await?
        }
    };
    rows.into_iter().map(|row| Ok((row.digest.clone(), AccessRow::try_from(row)?))).collect()
}
