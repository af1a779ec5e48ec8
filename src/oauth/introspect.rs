//! A client, or a resource server, asks how a token stands (RFC 7662).
//!
//! It is answered out of the same rows that the gate reads, at this moment: a token is active when it would be taken
//! now. About a token that is not the caller's to know, it is told what it is told of one that never was.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::authorization::ACR;
use super::client::Client;
use super::grant::Grant;
use super::rar::Details;
use super::refusal::Refusal::{self, InvalidClient};
use super::store::{self, Stored};
use crate::app::App;
use crate::consent::{self, Record};
use crate::crypto::token::Digest;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ledger::binding::Binding;
use crate::resident;

/// The `typ` of a signed answer (RFC 9701 §5).
pub const SIGNED: &str = "token-introspection+jwt";

/// How a token stands (RFC 7662 §2.2). Nothing of a resident but the name that the token's client has for her.
#[derive(Debug, Serialize, ToSchema)]
pub struct Introspection {
    /// Whether it would be taken now. Where it would not, nothing else is said.
    active: bool,
    #[serde(flatten)]
    token: Option<Living>,
}

/// What the caller may know of a living token.
#[derive(Debug, Serialize, ToSchema)]
struct Living {
    /// What it is for, separated by spaces.
    scope: String,
    /// To whom it was issued.
    client_id: String,
    /// `DPoP` or `Bearer`; a refresh token has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    token_type: Option<&'static str>,
    /// When it ends, Unix seconds.
    exp: i64,
    /// When it was issued, Unix seconds.
    iat: i64,
    /// What its client calls the resident.
    sub: String,
    /// Where it is good.
    aud: String,
    /// Who issued it.
    iss: String,
    /// What it is bound to.
    #[serde(skip_serializing_if = "Option::is_none")]
    cnf: Option<Confirmation>,
    /// Purpose and claims as they were granted.
    #[serde(skip_serializing_if = "Option::is_none")]
    authorization_details: Option<Value>,
    /// How the resident signed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    acr: Option<&'static str>,
    /// When, Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_time: Option<i64>,
}

/// What a token is bound to, as tokens say it (RFC 7800 §3).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) enum Confirmation {
    /// RFC 9449 §6.
    #[serde(rename = "jkt")]
    Key(String),
    /// RFC 8705 §3.1.
    #[serde(rename = "x5t#S256")]
    Certificate(String),
}

impl From<&Binding> for Confirmation {
    fn from(binding: &Binding) -> Self {
        match binding {
            Binding::Key(jkt) => Self::Key(jkt.clone()),
            Binding::Certificate(x5t) => Self::Certificate(x5t.clone()),
        }
    }
}

/// How a token stands, for whoever may know.
///
/// # Errors
/// `invalid_client` for a public client: anybody could be it.
pub async fn introspect(app: &App, caller: &Client, token: &str) -> Result<Introspection, Refusal> {
    if caller.is_public() {
        return Err(InvalidClient("a public client asks about no token"));
    }
    let digest = Digest::of(token.as_bytes());
    let mut tx = app.db.read().await?;
    let found = Found::look_up(&mut tx, app, caller, &digest).await?;
    drop(tx);
    let token = match found {
        Some(found) => Some(found.told(app, caller).await?),
        None => None,
    };
    Ok(Introspection { active: token.is_some(), token })
}

/// Signs an answer for its caller alone (RFC 9701 §5).
///
/// # Errors
/// When there is no key to sign with.
pub fn signed(app: &App, caller: &Client, answer: &Introspection) -> Result<String, Fault> {
    #[derive(Serialize)]
    struct Claims<'a> {
        iss: &'a str,
        aud: &'a str,
        iat: i64,
        token_introspection: &'a Introspection,
    }
    let (iss, aud) = (app.config.server.issuer.as_str(), caller.id.as_str());
    let claims = Claims { iss, aud, iat: app.now().seconds(), token_introspection: answer };
    app.keyring.signer(app.now())?.sign(SIGNED, &claims)
}

/// A living token that the caller may know of, with what it hangs from.
struct Found {
    stored: Stored,
    grant: Grant,
    record: Record,
    /// The client that the token was issued to.
    owner: Client,
}

impl Found {
    /// `None`: there is no such token, it would not be taken, or the caller has no business with it.
    async fn look_up(tx: &mut Tx, app: &App, caller: &Client, digest: &Digest) -> Result<Option<Self>, Fault> {
        let now = app.now();
        let Some(stored) = store::token(tx, digest).await?.filter(|stored| !stored.ended && stored.expires_at > now)
        else {
            return Ok(None);
        };
        let grant = store::grant(tx, &stored.grant).await?.ok_or(Fault::Stored("a token without its grant"))?;
        let owner = store::client(tx, &grant.client).await?.ok_or(Fault::Stored("a grant without its client"))?;
        let living = !grant.ended && owner.is_open() && resident::is_read(tx, &grant.resident).await?;
        let living = living && owner.may_ask(&grant.purpose, &app.catalogue);
        if !living || !may_know(tx, caller, &owner, &stored).await? {
            return Ok(None);
        }
        let record = consent::current(tx, &grant.consent).await?.filter(|record| record.in_force(now).is_ok());
        Ok(record.map(|record| Self { stored, grant, record, owner }))
    }

    async fn told(self, app: &App, caller: &Client) -> Result<Living, Fault> {
        let Self { stored, grant, record, owner } = self;
        let issuer = app.config.server.issuer.as_str().to_owned();
        let is_access = stored.kind == store::Kind::Access;
        let bearer = if matches!(stored.binding, Some(Binding::Key(_))) { "DPoP" } else { "Bearer" };
        let claims = record.released_of(&grant.claims);
        let purpose = stored.scope.purpose.as_ref().filter(|_| owner.is_partner());
        // A resource server is told how the resident signed in when the client asked for something there: the moment
        // is the same in every app that she went to in one session.
        let told = owner.id == caller.id || grant.sign_in_asked;
        Ok(Living {
            scope: stored.scope.to_string(),
            client_id: owner.id.as_str().to_owned(),
            token_type: is_access.then_some(bearer),
            exp: stored.expires_at.seconds(),
            iat: stored.issued_at.seconds(),
            sub: name(app, &grant, &owner).await?,
            aud: stored.resource.unwrap_or_else(|| issuer.clone()),
            iss: issuer,
            cnf: stored.binding.as_ref().map(Confirmation::from),
            authorization_details: purpose.map(|purpose| Details::granted(purpose, &claims)),
            acr: told.then_some(ACR),
            auth_time: told.then(|| grant.signed_in_at.seconds()),
        })
    }
}

/// A client knows its own tokens; a resource server the access tokens that are for it, of clients that it serves.
async fn may_know(tx: &mut Tx, caller: &Client, owner: &Client, stored: &Stored) -> Result<bool, Fault> {
    if owner.id == caller.id {
        return Ok(true);
    }
    let Some(audience) = &stored.resource else { return Ok(false) };
    // Who stands for the resource now: one that was shut out may have lost its place before it was let in again.
    let server = store::resource_server(tx, audience).await?;
    Ok(server.is_some_and(|server| server.id == caller.id && server.serves(owner)))
}

/// What the token's client calls the resident. The name was made when she agreed; only a client that has moved to
/// another sector since is the first to hear a new one.
async fn name(app: &App, grant: &Grant, owner: &Client) -> Result<String, Fault> {
    let mut tx = app.db.read().await?;
    if let Some(known) = resident::known_subject(&mut tx, &grant.resident, &owner.sector).await? {
        return Ok(known);
    }
    drop(tx);
    let mut tx = app.db.begin().await?;
    let made = resident::subject(&mut tx, &grant.resident, &owner.sector).await?;
    tx.commit().await?;
    Ok(made)
}
