//! All that is checked of a request before a resident is asked: its form, and what it names that is ours to know.

use super::authorization::{self, AuthorizationRequest};
use super::client::Client;
use super::params::Params;
use super::redirect::RegisteredRedirect;
use super::refusal::Refusal;
use super::{management, resource};
use crate::app::App;
use crate::db::Tx;

/// Checks the request of a client that is known good, for a redirect URI that is its own.
///
/// # Errors
/// As [`authorization::check`]; `invalid_target`; and as [`management::apply`].
pub(super) async fn check(
    tx: &mut Tx, app: &App, client: &Client, params: &Params, redirect: &RegisteredRedirect,
) -> Result<AuthorizationRequest, Refusal> {
    let defined = resource::scopes(tx, &app.config.server.issuer, client, &params.resources()).await?;
    let asked = authorization::check(params, client, redirect, &app.catalogue, &defined)?;
    management::apply(tx, app, client, params, asked).await
}
