//! `DPoP-Nonce` (RFC 9449 §8.2): a fresh nonce for whoever will need one with the next proof.
//!
//! A door says what it saw of a proof: an extractor marks the request when the nonce that came is ageing
//! ([`Ageing`]), an error about a proof marks its answer ([`Renew`]). The header itself is written here alone. It goes
//! with `Cache-Control: no-store`, and no other site may read it (there is no CORS).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{Request, State};
use axum::http::{Extensions, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::App;

const HEADER: HeaderName = HeaderName::from_static("dpop-nonce");

/// In a request's extensions: whether the nonce of its proof is ageing.
#[derive(Debug, Clone, Default)]
pub struct Ageing(Arc<AtomicBool>);

impl Ageing {
    /// Marks the request that these extensions are of.
    pub fn mark(extensions: &Extensions) {
        if let Some(ageing) = extensions.get::<Self>() {
            ageing.0.store(true, Ordering::Relaxed);
        }
    }
}

/// In an answer's extensions: it is about a proof that did not hold.
#[derive(Debug, Clone)]
pub struct Renew;

/// The layer around doors that take proofs.
pub async fn supply(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let ageing = Ageing::default();
    request.extensions_mut().insert(ageing.clone());
    let mut response = next.run(request).await;
    let wanted = ageing.0.load(Ordering::Relaxed) || response.extensions().get::<Renew>().is_some();
    if wanted && let Ok(nonce) = HeaderValue::from_str(&app.nonces.issue(app.now())) {
        response.headers_mut().insert(HEADER, nonce);
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}
