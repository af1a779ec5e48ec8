//! Devices that ask, and wrong user codes.

use crate::clock::Timestamp;
use crate::crypto::token::Digest;
use crate::db::{Tx, execute, fetch};
use crate::fault::Fault;
use crate::ids::{AuthorizationId, ClientId, GrantId};
use crate::oauth::device::{DeviceRequest, WINDOW_SECONDS};

/// How many milliseconds a poll may come early: clocks and networks are not exact.
const EARLY_MS: i64 = 500;

/// What a resident said to a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceAnswer {
    /// No, for ever.
    No,
    /// Yes, and what she allowed.
    Yes(GrantId),
}

/// A device's request as it is stored.
#[derive(Debug, Clone)]
pub struct Device {
    /// Its id, in our own URLs.
    pub id: AuthorizationId,
    /// Whose device it is.
    pub client: ClientId,
    /// Of the code that it polls with.
    pub device_code: Digest,
    /// Of the code that it shows.
    pub user_code: Digest,
    /// What is asked.
    pub asked: DeviceRequest,
    /// When it asked.
    pub made_at: Timestamp,
    /// Until when it may be answered.
    pub expires_at: Timestamp,
    /// The browser in which the code was entered last, and when.
    pub opened: Option<(Digest, Timestamp)>,
    /// What the resident said, if she has answered.
    pub answer: Option<DeviceAnswer>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    client: String,
    device_code: String,
    user_code: String,
    asked: String,
    made_at: i64,
    expires_at: i64,
    browser: Option<String>,
    opened_at: Option<i64>,
    agreed: Option<i64>,
    grant_id: Option<String>,
}

impl TryFrom<Row> for Device {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let answer = match (row.agreed, row.grant_id) {
            (None, _) => None,
            (Some(1), Some(grant)) => Some(DeviceAnswer::Yes(GrantId::stored(grant))),
            (Some(_), _) => Some(DeviceAnswer::No),
        };
        Ok(Self {
            id: AuthorizationId::stored(row.id),
            client: ClientId::stored(row.client),
            device_code: Digest::stored(row.device_code),
            user_code: Digest::stored(row.user_code),
            asked: serde_json::from_str(&row.asked).map_err(|_| Fault::Stored("a device's request"))?,
            made_at: Timestamp::from_seconds(row.made_at),
            expires_at: Timestamp::from_seconds(row.expires_at),
            opened: row.browser.map(Digest::stored).zip(row.opened_at.map(Timestamp::from_seconds)),
            answer,
        })
    }
}

pub async fn insert_device(tx: &mut Tx, device: &Device, interval: i64) -> Result<(), Fault> {
    let asked = serde_json::to_string(&device.asked).map_err(|_| Fault::Internal("a request does not serialise"))?;
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO oauth_device (id, client, device_code, user_code, asked, made_at, expires_at, interval_seconds)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(device.id.as_str())
        .bind(device.client.as_str())
        .bind(device.device_code.as_str())
        .bind(device.user_code.as_str())
        .bind(asked)
        .bind(device.made_at.seconds())
        .bind(device.expires_at.seconds())
        .bind(interval)
    )?;
    Ok(())
}

pub async fn device(tx: &mut Tx, id: &AuthorizationId) -> Result<Option<Device>, Fault> {
    let row: Option<Row> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_as(
            "SELECT id, client, device_code, user_code, asked, made_at, expires_at, browser, opened_at, agreed, grant_id
               FROM oauth_device WHERE id = $1",
        )
        .bind(id.as_str())
    )?;
    row.map(Device::try_from).transpose()
}

/// Binds a question to the browser in which its code was entered now.
pub async fn open_device(tx: &mut Tx, id: &AuthorizationId, browser: &Digest, now: Timestamp) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE oauth_device SET browser = $2, opened_at = $3 WHERE id = $1 AND agreed IS NULL")
            .bind(id.as_str())
            .bind(browser.as_str())
            .bind(now.seconds())
    )?;
    Ok(())
}

/// Keeps the answer: yes with its grant, or no.
pub async fn answer_device(
    tx: &mut Tx, id: &AuthorizationId, grant: Option<&GrantId>, now: Timestamp,
) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE oauth_device SET agreed = $2, grant_id = $3, answered_at = $4 WHERE id = $1")
            .bind(id.as_str())
            .bind(i64::from(grant.is_some()))
            .bind(grant.map(GrantId::as_str))
            .bind(now.seconds())
    )?;
    Ok(())
}

/// A poll before the answer. `false`: it came too soon, and the interval has grown by five seconds.
pub async fn device_polled(tx: &mut Tx, id: &AuthorizationId, now: Timestamp) -> Result<bool, Fault> {
    let in_time = execute!(
        tx,
        sqlx::query(
            "UPDATE oauth_device SET polled_ms = $2
              WHERE id = $1 AND (polled_ms IS NULL OR polled_ms + interval_seconds * 1000 <= $2 + $3)",
        )
        .bind(id.as_str())
        .bind(now.millis())
        .bind(EARLY_MS)
    )?;
    if in_time == 1 {
        return Ok(true);
    }
    execute!(
        tx,
        sqlx::query("UPDATE oauth_device SET polled_ms = $2, interval_seconds = interval_seconds + 5 WHERE id = $1",)
            .bind(id.as_str())
            .bind(now.millis())
    )?;
    Ok(false)
}

/// Counts one more wrong code. `false`: there have been `most` already since the window began.
pub async fn count_guess(tx: &mut Tx, who: &str, most: i64, now: Timestamp) -> Result<bool, Fault> {
    let counted = execute!(
        tx,
        sqlx::query(
            "INSERT INTO oauth_device_guess (who, since, count) VALUES ($1, $2, 1)
             ON CONFLICT (who) DO UPDATE
                SET count = CASE WHEN oauth_device_guess.since <= $3 THEN 1 ELSE oauth_device_guess.count + 1 END,
                    since = CASE WHEN oauth_device_guess.since <= $3 THEN $2 ELSE oauth_device_guess.since END
              WHERE oauth_device_guess.since <= $3 OR oauth_device_guess.count < $4",
        )
        .bind(who)
        .bind(now.seconds())
        .bind(now.seconds() - WINDOW_SECONDS)
        .bind(most)
    )?;
    Ok(counted == 1)
}

/// Takes one back: the code was right.
pub async fn uncount_guess(tx: &mut Tx, who: &str) -> Result<(), Fault> {
    execute!(
        tx,
        sqlx::query("UPDATE oauth_device_guess SET count = count - 1 WHERE who = $1 AND count > 0").bind(who)
    )?;
    Ok(())
}

/// In how many seconds the window of a count is over.
pub async fn guesses_until(tx: &mut Tx, who: &str, now: Timestamp) -> Result<i64, Fault> {
    let since: Option<i64> = fetch!(
        tx,
        fetch_optional,
        sqlx::query_scalar("SELECT since FROM oauth_device_guess WHERE who = $1").bind(who)
    )?;
    Ok((since.unwrap_or(now.seconds()) + WINDOW_SECONDS - now.seconds()).max(1))
}

pub async fn sweep_devices(tx: &mut Tx, before: Timestamp) -> Result<u64, Fault> {
    let gone = execute!(tx, sqlx::query("DELETE FROM oauth_device WHERE expires_at < $1").bind(before.seconds()))?;
    execute!(tx, sqlx::query("DELETE FROM oauth_device_guess WHERE since < $1").bind(before.seconds()))?;
    Ok(gone)
}
