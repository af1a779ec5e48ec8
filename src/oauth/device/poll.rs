//! Step 5: the device comes for its tokens (RFC 8628 §3.4, §3.5).

use crate::app::App;
use crate::consent::Record;
use crate::crypto::token::Digest;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{AuthorizationId, GrantId};
use crate::ledger::binding::{Binding, Held};
use crate::oauth::client::Client;
use crate::oauth::exchange::consent_in_force;
use crate::oauth::grant::Grant;
use crate::oauth::push::use_proof;
use crate::oauth::refusal::Refusal::{self, InvalidDpopProof, InvalidGrant};
use crate::oauth::resource;
use crate::oauth::scope::Scope;
use crate::oauth::store::{self, Device, DeviceAnswer};
use crate::oauth::token::{self, For, TokenSet};
use crate::once::{self, Kind, Standing};

/// What a device presents.
pub struct Poll {
    /// The device code.
    pub device_code: Digest,
    /// A smaller scope, if it wants one.
    pub scope: Option<String>,
    /// The resource that the access token is for (RFC 8707).
    pub resources: Vec<String>,
    /// What it proved to hold.
    pub held: Held,
}

/// One poll.
///
/// # Errors
/// `authorization_pending`, `slow_down`, `access_denied` and `expired_token` as RFC 8628 §3.5 has them; `invalid_grant`
/// when the code is not this client's, not this key's, or was redeemed; `invalid_scope` for more than was asked.
pub async fn poll(app: &App, client: &Client, asked: Poll) -> Result<TokenSet, Refusal> {
    let binding = client.binding(&asked.held)?;
    let mut tx = app.db.begin().await?;
    let (device, expired) = find(&mut tx, app, client, &asked.device_code).await?;
    check_holder(&device, &asked.held)?;
    let scope = match &asked.scope {
        Some(scope) => device.asked.scope.narrowed(scope)?,
        None => device.asked.scope.clone(),
    };
    if let Some(proof) = &asked.held.proof {
        use_proof(&mut tx, proof, app).await?;
    }
    let outcome = match &device.answer {
        Some(DeviceAnswer::No) => Err(Refusal::AccessDenied),
        _ if expired => Err(Refusal::ExpiredToken),
        Some(DeviceAnswer::Yes(grant)) => {
            let yes = Redeem { client, device: &device, grant, scope: &scope, binding, resources: &asked.resources };
            redeem(&mut tx, app, yes).await
        }
        None => Err(wait(&mut tx, app, &device).await?),
    };
    match outcome {
        Err(Refusal::Fault(fault)) => Err(fault.into()),
        // A refusal is kept, too: the proof, the time of this poll, the no that came of a lock.
        settled => {
            tx.commit().await?;
            settled
        }
    }
}

/// The request of a device code, and whether its time is over. Another client learns nothing and changes nothing.
async fn find(tx: &mut Tx, app: &App, client: &Client, code: &Digest) -> Result<(Device, bool), Refusal> {
    let (found, expired) = match once::standing(tx, Kind::DeviceCode, code, app.now()).await? {
        Standing::Open(found) => (found, false),
        Standing::Expired(found) => (found, true),
        Standing::Used(_) => return Err(InvalidGrant("the device code was redeemed before")),
        Standing::Unknown => return Err(InvalidGrant("no such device code")),
    };
    let device = store::device(tx, &AuthorizationId::stored(found.subject)).await?;
    let device = device.ok_or(InvalidGrant("the device's request was forgotten"))?;
    if device.client != client.id {
        tracing::warn!(client = %client.id, event = "device_code_injection_suspected", "another client's device code");
        return Err(InvalidGrant("the device code belongs to another client"));
    }
    Ok((device, expired))
}

/// The device code is good with what was proved when it was asked for.
fn check_holder(device: &Device, held: &Held) -> Result<(), Refusal> {
    match device.asked.binding() {
        None => Ok(()),
        Some(Binding::Key(_)) if held.proof.is_none() => {
            Err(InvalidDpopProof("the device code is bound to a key, and none was proved"))
        }
        bound => held.fits(bound.as_ref()).map_err(InvalidGrant),
    }
}

/// Nobody has answered yet: whether the device waits as long as it was told to.
async fn wait(tx: &mut Tx, app: &App, device: &Device) -> Result<Refusal, Fault> {
    let in_time = store::device_polled(tx, &device.id, app.now()).await?;
    Ok(if in_time { Refusal::AuthorizationPending } else { Refusal::SlowDown })
}

/// A device that comes for what was agreed.
struct Redeem<'a> {
    client: &'a Client,
    device: &'a Device,
    grant: &'a GrantId,
    scope: &'a Scope,
    binding: Option<Binding>,
    resources: &'a [String],
}

async fn redeem(tx: &mut Tx, app: &App, yes: Redeem<'_>) -> Result<TokenSet, Refusal> {
    let Redeem { client, device, grant, scope, binding, resources } = yes;
    let grant = store::hold_grant(tx, grant).await?.ok_or(Fault::Stored("an answer without its grant"))?;
    let Some(record) = still_agreed(tx, app, client, &grant).await? else {
        // The yes was taken back, or its giver locked, before the device came: from now on it is a no.
        store::answer_device(tx, &device.id, None, app.now()).await?;
        store::end_grant(tx, &grant.id, "device", app.now()).await?;
        return Err(Refusal::AccessDenied);
    };
    // Whoever asks for another resource is told so, and the code stays good.
    let server = resource::target(tx, &app.config.server.issuer, client, &grant.resources, resources).await?;
    if once::consume(tx, Kind::DeviceCode, &device.device_code, app.now()).await?.is_none() {
        return Err(InvalidGrant("the device code was redeemed at the same time"));
    }
    let to = For { client, grant: &grant, consent: &record, scope, binding, server: server.as_ref() };
    let tokens = token::issue(tx, app, &to).await?.with_id_token(tx, app, &to).await?;
    Ok(tokens.with_due_refresh_token(tx, app, &to).await?)
}

/// The consent, when it is still in force and whoever gave it may act.
async fn still_agreed(tx: &mut Tx, app: &App, client: &Client, grant: &Grant) -> Result<Option<Record>, Fault> {
    // A grant has ended, too, when its resident is locked or was signed out everywhere.
    if grant.ended {
        return Ok(None);
    }
    match consent_in_force(tx, app, client, grant).await {
        Ok(record) => Ok(Some(record)),
        Err(Refusal::Fault(fault)) => Err(fault),
        Err(_) => Ok(None),
    }
}
