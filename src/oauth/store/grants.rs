//! Grants.

use crate::clock::Timestamp;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{ClientId, ConsentId, GrantId, ResidentId};
use crate::oauth::grant::Grant;
use crate::oauth::pkce::Challenge;
use crate::oauth::scope::Scope;

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    client: String,
    resident: String,
    consent: String,
    purpose: String,
    claims: String,
    asked: String,
    scope: String,
    redirect_uri: String,
    challenge: String,
    nonce: Option<String>,
    dpop_jkt: Option<String>,
    resources: String,
    signed_in_at: i64,
    sign_in_asked: i64,
    made_at: i64,
    ended_at: Option<i64>,
    is_out: i64,
}

fn list(text: &str) -> Result<Vec<String>, Fault> {
    serde_json::from_str(text).map_err(|_| Fault::Stored("claims of a grant"))
}

impl TryFrom<Row> for Grant {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        Ok(Self {
            id: GrantId::stored(row.id),
            client: ClientId::stored(row.client),
            resident: ResidentId::stored(row.resident),
            consent: ConsentId::stored(row.consent),
            purpose: row.purpose,
            claims: list(&row.claims)?,
            asked: list(&row.asked)?,
            scope: Scope::stored(&row.scope),
            redirect_uri: row.redirect_uri,
            challenge: Challenge::stored(row.challenge),
            nonce: row.nonce,
            dpop_jkt: row.dpop_jkt,
            resources: list(&row.resources)?,
            signed_in_at: Timestamp::from_seconds(row.signed_in_at),
            sign_in_asked: row.sign_in_asked == 1,
            made_at: Timestamp::from_seconds(row.made_at),
            ended: row.ended_at.is_some() || row.is_out != 0,
        })
    }
}

pub async fn insert_grant(tx: &mut Tx, grant: &Grant) -> Result<(), Fault> {
    let list = |claims: &[String]| serde_json::json!(claims).to_string();
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO oauth_grant (id, client, resident, consent, purpose, claims, asked, scope, redirect_uri,
                                      challenge, nonce, dpop_jkt, resources, signed_in_at, sign_in_asked, made_at,
                                      stamp)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
                     (SELECT resident.stamp FROM resident WHERE resident.id = $3))",
        )
        .bind(grant.id.as_str())
        .bind(grant.client.as_str())
        .bind(grant.resident.as_str())
        .bind(grant.consent.as_str())
        .bind(grant.purpose.as_str())
        .bind(list(&grant.claims))
        .bind(list(&grant.asked))
        .bind(grant.scope.to_string())
        .bind(grant.redirect_uri.as_str())
        .bind(grant.challenge.as_str())
        .bind(grant.nonce.as_deref())
        .bind(grant.dpop_jkt.as_deref())
        .bind(list(&grant.resources))
        .bind(grant.signed_in_at.seconds())
        .bind(i64::from(grant.sign_in_asked))
        .bind(grant.made_at.seconds())
    )?;
    Ok(())
}

/// Puts another content into a living grant of the same client and resident, and ends what was issued under it.
/// `false`: it ended meanwhile, or is somebody else's.
pub async fn change_grant(tx: &mut Tx, grant: &Grant) -> Result<bool, Fault> {
    let list = |claims: &[String]| serde_json::json!(claims).to_string();
    let changed = execute!(
        tx,
        sqlx::query(
            "UPDATE oauth_grant
                SET consent = $4, claims = $5, asked = $6, scope = $7, redirect_uri = $8, challenge = $9, nonce = $10,
                    dpop_jkt = $11, resources = $12, signed_in_at = $13, sign_in_asked = $14, made_at = $15,
                     stamp = (SELECT resident.stamp FROM resident WHERE resident.id = $3)
              WHERE id = $1 AND client = $2 AND resident = $3 AND ended_at IS NULL",
        )
        .bind(grant.id.as_str())
        .bind(grant.client.as_str())
        .bind(grant.resident.as_str())
        .bind(grant.consent.as_str())
        .bind(list(&grant.claims))
        .bind(list(&grant.asked))
        .bind(grant.scope.to_string())
        .bind(grant.redirect_uri.as_str())
        .bind(grant.challenge.as_str())
        .bind(grant.nonce.as_deref())
        .bind(grant.dpop_jkt.as_deref())
        .bind(list(&grant.resources))
        .bind(grant.signed_in_at.seconds())
        .bind(i64::from(grant.sign_in_asked))
        .bind(grant.made_at.seconds())
    )?;
    if changed == 1 {
        execute!(
            tx,
            sqlx::query("UPDATE oauth_token SET ended_at = $2 WHERE grant_id = $1 AND ended_at IS NULL")
                .bind(grant.id.as_str())
                .bind(grant.made_at.seconds())
        )?;
    }
    Ok(changed == 1)
}

/// As [`grant`], its row held until the transaction ends: what is issued from it now is issued before or after a
/// change or an end of it, never in between. The row of a grant comes before those of its tokens, everywhere.
pub async fn hold_grant(tx: &mut Tx, id: &GrantId) -> Result<Option<Grant>, Fault> {
    execute!(tx, sqlx::query("UPDATE oauth_grant SET id = id WHERE id = $1").bind(id.as_str()))?;
    grant(tx, id).await
}

/// A grant. It has ended, too, when everything was put out that was let in for its resident, or she is locked.
pub async fn grant(tx: &mut Tx, id: &GrantId) -> Result<Option<Grant>, Fault> {
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT g.id, client, resident, consent, purpose, claims, asked, scope, redirect_uri, challenge, nonce,
                    dpop_jkt, resources, signed_in_at, sign_in_asked, made_at, ended_at,
                    CAST(CASE WHEN g.stamp = r.stamp AND r.locked_at IS NULL AND r.erased_at IS NULL
                              THEN 0 ELSE 1 END AS BIGINT) AS is_out
               FROM oauth_grant AS g JOIN resident AS r ON r.id = g.resident WHERE g.id = $1",
        )
        .bind(id.as_str())
    )?;
    row.map(Grant::try_from).transpose()
}

/// Ends a grant, and with it whatever hangs from it. `false`: it had ended before.
pub async fn end_grant(tx: &mut Tx, id: &GrantId, why: &'static str, now: Timestamp) -> Result<bool, Fault> {
    let changed = execute!(
        tx,
        sqlx::query("UPDATE oauth_grant SET ended_at = $3, ended_why = $2 WHERE id = $1 AND ended_at IS NULL")
            .bind(id.as_str())
            .bind(why)
            .bind(now.seconds())
    )?;
    Ok(changed == 1)
}

/// Whether a grant that rests on this consent has `offline_access`: the first of them was agreed to on a page.
pub async fn offline_agreed(tx: &mut Tx, consent: &ConsentId) -> Result<bool, Fault> {
    let row: Option<(String,)> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT id FROM oauth_grant
              WHERE consent = $1 AND ' ' || scope || ' ' LIKE '% offline_access %' LIMIT 1",
        )
        .bind(consent.as_str())
    )?;
    Ok(row.is_some())
}

/// Ends all grants of a client.
pub async fn end_grants_of(tx: &mut Tx, client: &ClientId, why: &'static str, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE oauth_grant SET ended_at = $3, ended_why = $2 WHERE client = $1 AND ended_at IS NULL")
            .bind(client.as_str())
            .bind(why)
            .bind(now.seconds())
    )?;
    Ok(())
}

/// Every claim that was asked for when a consent was given or rested on: what she left out was asked, too.
pub async fn asked_before(tx: &mut Tx, consent: &ConsentId) -> Result<Vec<String>, Fault> {
    let rows: Vec<(String,)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as("SELECT DISTINCT asked FROM oauth_grant WHERE consent = $1").bind(consent.as_str())
    )?;
    let lists: Result<Vec<Vec<String>>, Fault> = rows.iter().map(|(text,)| list(text)).collect();
    Ok(lists?.into_iter().flatten().collect())
}

/// In which sign-in a grant was made.
pub async fn set_sid(tx: &mut Tx, id: &GrantId, sid: &str) -> Result<(), Fault> {
    execute!(tx, sqlx::query("UPDATE oauth_grant SET sid = $2 WHERE id = $1").bind(id.as_str()).bind(sid))?;
    Ok(())
}

/// The sign-in in which a grant was made; none if it was made elsewhere.
pub async fn sid(tx: &mut Tx, id: &GrantId) -> Result<Option<String>, Fault> {
    let sid: Option<Option<String>> =
        fetch!(tx, fetch_optional, sqlx::query_scalar("SELECT sid FROM oauth_grant WHERE id = $1").bind(id.as_str()))?;
    Ok(sid.flatten())
}

/// Consents on which grants of a resident rested that were made under this stamp, and were not ended one by one: whose,
/// which, and what for.
///
/// # Errors
/// When the database fails.
pub async fn put_out(
    tx: &mut Tx, resident: &ResidentId, stamp: i64,
) -> Result<Vec<(ClientId, ConsentId, String)>, Fault> {
    let rows: Vec<(String, String, String)> = fetch!(
        tx,
        fetch_all,
        sqlx::query_as(
            "SELECT DISTINCT client, consent, purpose FROM oauth_grant
              WHERE resident = $1 AND stamp = $2 AND ended_at IS NULL ORDER BY client, consent",
        )
        .bind(resident.as_str())
        .bind(stamp)
    )?;
    Ok(rows
        .into_iter()
        .map(|(client, consent, purpose)| (ClientId::stored(client), ConsentId::stored(consent), purpose))
        .collect())
}
