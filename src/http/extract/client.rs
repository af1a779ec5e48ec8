//! A request of a client at a door of its own: one form, one client behind it, perhaps one proof of a key.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};

use super::{Caller, is_form};
use crate::app::App;
use crate::crypto::certificate::PeerCertificate;
use crate::fault::Fault;
use crate::http::error::OAuthError;
use crate::http::layers::detached;
use crate::http::limit::{self, Attempt};
use crate::http::listener;
use crate::http::nonce::Ageing;
use crate::ledger::binding::Held;
use crate::oauth::dpop::{self, Target};
use crate::oauth::{self, Client, Params, Refusal};

/// A request of an authenticated client (or of a public one, which only says its name).
pub struct ClientRequest {
    /// Who asks.
    pub client: Client,
    /// What it says.
    pub params: Params,
    /// The key and the certificate that it proved to hold; the proof is not used up yet.
    pub held: Held,
}

impl FromRequest<App> for ClientRequest {
    type Rejection = OAuthError;

    async fn from_request(request: Request, app: &App) -> Result<Self, OAuthError> {
        let (headers, extensions) = (request.headers().clone(), request.extensions().clone());
        let certificate = extensions.get::<PeerCertificate>().cloned();
        let caller = extensions.get::<Caller>().copied();
        let caller = caller.ok_or(Fault::Internal("this door is not behind the limits"))?;
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        if request.uri().query().is_some() {
            return Err(Refusal::InvalidRequest("parameters in the URL").into());
        }
        if !is_form(&headers) {
            let refusal = Refusal::InvalidRequest("not a form");
            return Err(OAuthError::with_status(refusal, StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let body = Bytes::from_request(request, app)
            .await
            .map_err(|no| OAuthError::with_status(Refusal::InvalidRequest("the body cannot be read"), no.status()))?;
        let params = Params::parse(&body)?;

        let attempt = Attempt::begin(app, claimed(&params, &headers), proves(&params, &headers), &caller)?;
        let uri = listener::here(app, &extensions, &path);
        let target = Target { method: method.as_str(), uri: &uri, access_token: None };
        let check = |proof| dpop::check(proof, target, &app.nonces, app.now());
        let checked = one_proof(&headers).and_then(|proof| proof.map(check).transpose());
        // Told so before anything is used up: the same assertion may come again beside the next proof.
        if let Err(Refusal::UseDpopNonce(reason)) = checked {
            return Err(Refusal::UseDpopNonce(reason).into());
        }
        let proved = Proved { header: authorization(&headers)?, certificate: certificate.clone() };
        let (client, params) = authenticate(app, params, proved, attempt).await?;
        limit::by_client(app, &client, &caller, &path)?;
        let checked = checked?;
        if let Some(checked) = &checked {
            limit::by_key(app, &checked.proof.thumbprint)?;
        }
        if checked.as_ref().is_some_and(|checked| checked.renew) {
            Ageing::mark(&extensions);
        }
        let proof = checked.map(|checked| checked.proof);
        let certificate = certificate.map(|shown| shown.thumbprint().to_owned());
        Ok(Self { client, params, held: Held { proof, certificate } })
    }
}

/// What proves who asks, besides the form.
pub(super) struct Proved {
    pub(super) header: Option<String>,
    pub(super) certificate: Option<PeerCertificate>,
}

pub(super) async fn authenticate(
    app: &App, params: Params, proved: Proved, attempt: Attempt,
) -> Result<(Client, Params), OAuthError> {
    let (app, basic) = (app.clone(), proved.header.is_some());
    let verb = async move {
        let client = oauth::authenticate(&app, &params, proved.header.as_deref(), proved.certificate.as_ref()).await;
        if matches!(client, Err(Refusal::InvalidClient(_))) {
            attempt.failed(&app).await?;
        }
        client.map(|client| (client, params))
    };
    detached(verb).await.map_err(|refusal| OAuthError::from(refusal).told_basic(basic))
}

/// The one `Authorization` header, if there is one.
pub(super) fn authorization(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    let Some(header) = all.next() else { return Ok(None) };
    if all.next().is_some() {
        return Err(Refusal::InvalidRequest("more than one Authorization header"));
    }
    // What is not ASCII fits no client, and is told so like any other wrong secret.
    Ok(Some(header.to_str().unwrap_or_default().to_owned()))
}

/// Who a request says it is by, to count its failures: nothing of it is known to be true.
pub(super) fn claimed(params: &Params, headers: &HeaderMap) -> String {
    if let Some(id) = params.get("client_id") {
        return id.to_owned();
    }
    if let Some(assertion) = params.get("client_assertion") {
        return oauth::assertion::claimed_by(assertion).map_or_else(|_| String::new(), |id| id.to_string());
    }
    // Read as it is when it is checked: another spelling of a name is not another name to count by.
    let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    oauth::named_by_basic(header).unwrap_or_default()
}

/// Whether a request brings something that could be wrong besides its name.
pub(super) fn proves(params: &Params, headers: &HeaderMap) -> bool {
    let said = ["client_assertion", "client_secret"].iter().any(|name| params.get(name).is_some());
    said || headers.contains_key(header::AUTHORIZATION)
}

/// The proof that came, of which there must be exactly one in exactly one header (RFC 9449 §4.3 item 1).
///
/// # Errors
/// `invalid_dpop_proof` when there are more.
pub fn one_proof(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let mut all = headers.get_all("dpop").iter();
    let Some(proof) = all.next() else { return Ok(None) };
    if all.next().is_some() {
        return Err(Refusal::InvalidDpopProof("more than one proof"));
    }
    proof.to_str().map(Some).map_err(|_| Refusal::InvalidDpopProof("not ASCII"))
}
