//! The grant as a resource: what is in it, and its end.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::app::App;
use crate::consent;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::GrantId;
use crate::oauth::access::{PresentedToken, access_rows};
use crate::oauth::grant::Grant;
use crate::oauth::push::use_proof;
use crate::oauth::rar::Details;
use crate::oauth::refusal::Refusal::{self, InsufficientScope, InvalidToken};
use crate::oauth::scope::{ON_GRANTS, Scope};
use crate::oauth::{resource, store};

/// What a client holds of a resident (§6.3): nothing but what its token answers said.
#[derive(Debug, Serialize, ToSchema)]
pub struct Granted {
    /// Scopes, and where they are good.
    scopes: Vec<Scoped>,
    /// Claims of the userinfo endpoint.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    claims: Vec<String>,
    /// For partners: purpose and claims (RFC 9396).
    #[serde(skip_serializing_if = "Option::is_none")]
    authorization_details: Option<Value>,
}

/// Scopes, and the resources that they are good at: ours, where none is named.
#[derive(Debug, Serialize, ToSchema)]
struct Scoped {
    /// Separated by spaces.
    scope: String,
    /// Resource servers; ours, where none is named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    resources: Vec<String>,
}

/// What is in the grant of this id; `None` when the token is not one of it.
///
/// # Errors
/// `invalid_token`, `invalid_dpop_proof`, or `insufficient_scope` without `grant_management_query`.
pub async fn query(app: &App, id: &str, presented: &PresentedToken) -> Result<Option<Granted>, Refusal> {
    let [scope, _] = ON_GRANTS;
    let mut tx = app.db.begin().await?;
    let Some((grant, claims)) = authorised(&mut tx, app, id, presented, scope).await? else {
        tx.commit().await?;
        return Ok(None);
    };
    let client = store::client(&mut tx, &grant.client).await?.ok_or(Fault::Stored("a grant without its client"))?;
    let mut scopes = vec![Scoped { scope: grant.scope.for_us().to_string(), resources: Vec::new() }];
    for uri in grant.resources.iter().filter(|uri| !resource::is_own(&app.config.server.issuer, uri)) {
        let server = store::resource_server(&mut tx, uri).await?.and_then(|server| server.resource);
        let scope = server.map(|server| grant.scope.for_server(&server.scopes)).unwrap_or_default();
        scopes.push(Scoped { scope: scope.to_string(), resources: vec![uri.clone()] });
    }
    tx.commit().await?;
    let purpose = grant.scope.purpose.as_ref().filter(|_| client.is_partner());
    let authorization_details = purpose.map(|purpose| Details::granted(purpose, &claims));
    let claims = if client.is_partner() { Vec::new() } else { claims };
    Ok(Some(Granted { scopes, claims, authorization_details }))
}

/// Ends the grant of this id with all that hangs from it. The consent stays as the resident gave it: her word is hers
/// to take back, and her list says that the app may ask again. `false`: the token is not one of it.
///
/// # Errors
/// `invalid_token`, `invalid_dpop_proof`, or `insufficient_scope` without `grant_management_revoke`.
pub async fn revoke(app: &App, id: &str, presented: &PresentedToken) -> Result<bool, Refusal> {
    let [_, scope] = ON_GRANTS;
    let mut tx = app.db.begin().await?;
    let found = authorised(&mut tx, app, id, presented, scope).await?;
    if let Some((grant, _)) = &found {
        store::end_grant(&mut tx, &grant.id, "client", app.now()).await?;
    }
    tx.commit().await?;
    Ok(found.is_some())
}

/// The grant of a token that may do this with it, and the claims that it leads to now.
async fn authorised(
    tx: &mut Tx, app: &App, id: &str, presented: &PresentedToken, scope: &'static str,
) -> Result<Option<(Grant, Vec<String>)>, Refusal> {
    let now = app.now();
    let mut rows = access_rows(tx, std::slice::from_ref(&presented.digest)).await?;
    let row = rows.remove(presented.digest.as_str()).ok_or(InvalidToken("no such token"))?;
    row.check(&presented.held, now)?;
    let grant = store::grant(tx, &row.grant).await?.ok_or(Fault::Stored("a token without its grant"))?;
    let record = consent::current(tx, &grant.consent).await?.filter(|record| record.in_force(now).is_ok());
    let record = record.ok_or(InvalidToken("the consent has ended"))?;
    if !Scope::stored(&row.scope).has(scope) {
        return Err(InsufficientScope(scope));
    }
    if let Some(proof) = &presented.held.proof {
        use_proof(tx, proof, app).await?;
    }
    let own = GrantId::parse(id).is_ok_and(|id| id == grant.id);
    let claims = record.released_of(&grant.claims);
    Ok(own.then_some((grant, claims)))
}
