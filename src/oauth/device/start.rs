//! Step 1: a device asks (RFC 8628 §3.1, §3.2).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::UserCode;
use crate::app::App;
use crate::crypto::random;
use crate::crypto::token::Token;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ledger::binding::{Binding, Held};
use crate::oauth::authorization;
use crate::oauth::client::{Client, GrantType};
use crate::oauth::params::Params;
use crate::oauth::push::use_proof;
use crate::oauth::rar::Details;
use crate::oauth::refusal::Refusal::{self, InvalidRequest};
use crate::oauth::resource;
use crate::oauth::scope::Scope;
use crate::oauth::store::{self, Device};
use crate::once::{self, Issue, Kind, Standing};

/// For how long both codes are good.
pub const LIFE: Duration = Duration::from_secs(600);
/// How many seconds a device waits between two polls, to begin with.
pub const INTERVAL_SECONDS: i64 = 5;
/// Longest name that a device may call itself by, in characters.
const LONGEST_NAME: usize = 40;

/// What a device asks, checked: what is kept until the resident answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRequest {
    /// What is asked for, by name.
    pub scope: Scope,
    /// What is asked for, claim by claim.
    pub details: Details,
    /// The key that the device proved to hold when it asked: the device code is good with it alone.
    pub jkt: Option<String>,
    /// The certificate of the connection it asked on, for a partner that proved no key: the same.
    pub x5t: Option<String>,
    /// For which resources tokens are wanted (RFC 8707).
    pub resources: Vec<String>,
    /// Whether the client asked how the resident signs in.
    pub sign_in_asked: bool,
    /// What the device calls itself. Nobody vouches for it.
    pub name: Option<String>,
    /// From which network it asked.
    pub network: String,
}

impl DeviceRequest {
    /// What the device code is bound to.
    #[must_use]
    pub fn binding(&self) -> Option<Binding> {
        Binding::stored(self.jkt.clone(), self.x5t.clone())
    }
}

/// The answer to a device, to be handed out once.
#[derive(Debug)]
pub struct Started {
    /// What the device polls with.
    pub device_code: Token,
    /// What it shows.
    pub user_code: UserCode,
}

/// Checks and keeps the request of an authenticated client; `network` is where it came from.
///
/// # Errors
/// `unauthorized_client` when it did not register for this; else as an authorization request.
pub async fn start(
    app: &App, client: &Client, params: &Params, held: &Held, network: String,
) -> Result<Started, Refusal> {
    client.check_grant_type(GrantType::Device)?;
    authorization::check_acr(params)?;
    let name = name(params.get("device_name"))?;
    let binding = client.binding(held)?;
    let (jkt, x5t) = (binding.as_ref().and_then(Binding::jkt), binding.as_ref().and_then(Binding::x5t));
    let (jkt, x5t) = (jkt.map(str::to_owned), x5t.map(str::to_owned));

    let mut tx = app.db.begin().await?;
    let resources = params.resources();
    let defined = resource::scopes(&mut tx, &app.config.server.issuer, client, &resources).await?;
    let scope = Scope::parse_with(params.get("scope").unwrap_or_default(), client, &defined)?;
    let details = params.get("authorization_details");
    let (scope, details) = authorization::check_asked(scope, details, client, &app.catalogue)?;
    if let Some(proof) = &held.proof {
        use_proof(&mut tx, proof, app).await?;
    }
    let sign_in_asked = params.get("acr_values").is_some();
    let asked = DeviceRequest { scope, details, jkt, x5t, resources, sign_in_asked, name, network };
    let started = keep(&mut tx, app, client, asked).await?;
    tx.commit().await?;
    Ok(started)
}

async fn keep(tx: &mut Tx, app: &App, client: &Client, asked: DeviceRequest) -> Result<Started, Fault> {
    let now = app.now();
    let (device_code, user_code) = (Token::random()?, unused(tx, app).await?);
    let device = Device {
        id: random::id()?,
        client: client.id.clone(),
        device_code: device_code.digest(),
        user_code: user_code.digest(&app.custody)?,
        asked,
        made_at: now,
        expires_at: now.plus(LIFE),
        opened: None,
        answer: None,
    };
    store::insert_device(tx, &device, INTERVAL_SECONDS).await?;
    let (subject, expires) = (device.id.as_str(), device.expires_at);
    let digest = &device.device_code;
    once::issue(tx, Issue { kind: Kind::DeviceCode, digest, subject, state: None, now, expires }).await?;
    // The page shows the code again, for the resident to compare.
    let digest = &device.user_code;
    let shown = app.custody.seal_state("user_code", digest.as_str(), user_code.shown().as_bytes())?;
    once::issue(tx, Issue { kind: Kind::UserCode, digest, subject, state: Some(&shown), now, expires }).await?;
    Ok(Started { device_code, user_code })
}

/// A user code that nobody was shown in the last day.
async fn unused(tx: &mut Tx, app: &App) -> Result<UserCode, Fault> {
    for _ in 0..8 {
        let code = UserCode::random()?;
        let digest = code.digest(&app.custody)?;
        if once::standing(tx, Kind::UserCode, &digest, app.now()).await? == Standing::Unknown {
            return Ok(code);
        }
    }
    Err(Fault::Internal("no user code is free"))
}

/// What the device calls itself: a short line of letters and digits, in which nothing can hide.
fn name(text: Option<&str>) -> Result<Option<String>, Refusal> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let plain = |c: char| c.is_alphanumeric() || " -_.·#'’()（）".contains(c);
    if text.chars().count() > LONGEST_NAME || !text.chars().all(plain) {
        return Err(InvalidRequest("device_name: up to 40 letters, digits and spaces"));
    }
    Ok(Some(text.to_owned()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_device_calls_itself_by_a_short_plain_name() {
        for good in ["3 号楼大堂屏", "Lobby screen #2", "Wang's TV (living room)", "  x "] {
            assert_eq!(name(Some(good)).unwrap().unwrap(), good.trim(), "{good}");
        }
        assert_eq!((name(None).unwrap(), name(Some("  ")).unwrap()), (None, None));
        for not in
            [&"x".repeat(41), "https://evil.test", "<b>x</b>", "a\u{202E}b", "a\u{200B}b", "a/b", "“x”", "一、二"]
        {
            assert_eq!(name(Some(not)).unwrap_err().code(), "invalid_request", "{not}");
        }
    }
}
