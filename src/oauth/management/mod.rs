//! Grant Management for OAuth 2.0 (FAPI working group): a client keeps one grant of a resident, and asks for other
//! things under the same `grant_id`, looks what it holds, and gives it back.
//!
//! 1. `grant_management_action` of an authorization request says what its answer does ([`apply`]): `create` makes a
//!    grant of its own; `replace` and `merge` change one that is there, so the resident is always asked, and her yes is a
//!    new consent that supersedes the old one. What was issued under the grant before ends with that yes.
//! 2. `GET` and `DELETE /grants/{grant_id}` are authorised by an access token of that very grant with the scope for it:
//!    there is no `client_credentials` grant here, and so no token that reaches another resident's grant ([`query`],
//!    [`revoke`]).

mod door;

pub use door::{Granted, query, revoke};

use super::authorization::AuthorizationRequest;
use super::client::Client;
use super::grant::Grant;
use super::params::Params;
use super::rar::Details;
use super::refusal::Refusal::{self, InvalidGrantId, InvalidRequest};
use super::store;
use crate::app::App;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::GrantId;

/// What may be done with grants, as metadata list it (§7.1).
pub const ACTIONS: [&str; 5] = ["create", "query", "replace", "merge", "revoke"];

/// Reads what a request wants done with a grant. One that is merged asks for all that the grant has, and more.
///
/// # Errors
/// `invalid_request` when the two parameters do not fit each other, or the grant is for another purpose;
/// `invalid_grant_id` when there is no such living grant of this client.
pub(super) async fn apply(
    tx: &mut Tx, app: &App, client: &Client, params: &Params, asked: AuthorizationRequest,
) -> Result<AuthorizationRequest, Refusal> {
    let merge = match (params.get("grant_management_action"), params.get("grant_id")) {
        (None | Some("create"), None) => return Ok(asked),
        (Some("replace"), Some(_)) => false,
        (Some("merge"), Some(_)) => true,
        (Some("replace" | "merge"), None) => return Err(InvalidRequest("no grant_id to change")),
        (None | Some("create"), Some(_)) => return Err(InvalidRequest("a grant_id that nothing is to be done with")),
        (Some(_), _) => return Err(InvalidRequest("an unknown grant_management_action")),
    };
    let id = GrantId::parse(params.get("grant_id").unwrap_or_default());
    let id = id.map_err(|_| InvalidGrantId("no grant has such an id"))?;
    let grant = store::grant(tx, &id).await?.filter(|grant| grant.client == client.id && !grant.ended);
    let grant = grant.ok_or(InvalidGrantId("no living grant of this client"))?;
    if grant.purpose != asked.details.purpose {
        return Err(InvalidRequest("a grant is for one purpose, and stays with it"));
    }
    let mut asked = if merge { merged(app, asked, grant)? } else { asked };
    asked.changes = Some(id.as_str().to_owned());
    Ok(asked)
}

/// A request for what a grant has, and what is asked besides.
fn merged(app: &App, mut asked: AuthorizationRequest, grant: Grant) -> Result<AuthorizationRequest, Fault> {
    let row = app.catalogue.purpose(&grant.purpose).ok_or(Fault::Stored("a grant for an unknown purpose"))?;
    let has = |list: &[String], claim: &str| list.iter().any(|known| known == claim);
    asked.details = Details::of(row, |claim| has(&asked.details.claims, claim) || has(&grant.claims, claim));
    asked.scope = asked.scope.with(&grant.scope);
    let new = grant.resources.into_iter().filter(|resource| !asked.resources.contains(resource));
    let new: Vec<String> = new.collect();
    asked.resources.extend(new);
    asked.sign_in_asked |= grant.sign_in_asked;
    Ok(asked)
}
