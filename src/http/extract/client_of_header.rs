//! A client that says who it is in the `Authorization` header alone, because its body is no form.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::Caller;
use super::client::{Proved, authenticate, authorization, claimed, proves};
use crate::app::App;
use crate::crypto::certificate::PeerCertificate;
use crate::fault::Fault;
use crate::http::error::OAuthError;
use crate::http::limit::{self, Attempt};
use crate::oauth::assertion;
use crate::oauth::{Client, Params, Refusal};

/// An authenticated client: by `Basic` with its secret, by `Bearer` with an assertion that it signed, or by the
/// certificate of the connection, with `client_id` in the address.
pub struct ClientOfHeader(pub Client);

impl FromRequestParts<App> for ClientOfHeader {
    type Rejection = OAuthError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, OAuthError> {
        let caller = parts.extensions.get::<Caller>().copied();
        let caller = caller.ok_or(Fault::Internal("this door is not behind the limits"))?;
        let header = authorization(&parts.headers)?;
        let certificate = parts.extensions.get::<PeerCertificate>().cloned();
        let assertion = header.as_deref().and_then(bearer);
        let (params, header) = match (assertion, parts.uri.query()) {
            (Some(assertion), None) => (said_in_a_form(assertion)?, None),
            (None, None) => (Params::default(), header),
            // A certificate does not say which client: its name is no secret, and stands in the address.
            (None, Some(query)) if certificate.is_some() && header.is_none() => (named(query)?, None),
            _ => return Err(Refusal::InvalidRequest("parameters in the URL").into()),
        };
        let attempt = Attempt::begin(app, claimed(&params, &parts.headers), proves(&params, &parts.headers), &caller)?;
        let (client, _) = authenticate(app, params, Proved { header, certificate }, attempt).await?;
        limit::by_client(app, &client, &caller, parts.uri.path())?;
        Ok(Self(client))
    }
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// The client of a query that says nothing else.
fn named(query: &str) -> Result<Params, Refusal> {
    let mut form = form_urlencoded::Serializer::new(String::new());
    let params = Params::parse(query.as_bytes())?;
    form.append_pair("client_id", params.required("client_id", "parameters in the URL")?);
    Params::parse(form.finish().as_bytes())
}

/// The assertion, as a form would have brought it.
fn said_in_a_form(assertion: &str) -> Result<Params, Refusal> {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("client_assertion_type", assertion::TYPE).append_pair("client_assertion", assertion);
    Params::parse(form.finish().as_bytes())
}
