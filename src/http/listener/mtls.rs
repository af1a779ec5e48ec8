//! The listener for programs that show a certificate (RFC 8705): the doors of clients, and nothing for residents.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::Extensions;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum_server::tls::TlsInfo;

use crate::app::App;
use crate::crypto::certificate::PeerCertificate;

/// Marks a request that came over this listener.
#[derive(Debug, Clone, Copy)]
struct OverMtls;

/// What answers here.
pub(super) fn doors(app: App) -> Router {
    crate::http::doors_of_clients(app).layer(from_fn(show))
}

/// Puts the certificate of the connection into the request. It comes from the TLS library alone: no header counts.
async fn show(mut request: Request, next: Next) -> Response {
    let tls = request.extensions().get::<Arc<TlsInfo>>();
    let shown = tls.and_then(|tls| PeerCertificate::shown(&tls.peer_certificates));
    if let Some(certificate) = shown {
        request.extensions_mut().insert(certificate);
    }
    request.extensions_mut().insert(OverMtls);
    next.run(request).await
}

/// The URL of `path` as whoever sent this request wrote it: of the listener it came over, made of the settings.
#[must_use]
pub fn here(app: &App, request: &Extensions, path: &str) -> String {
    let alias = request.get::<OverMtls>().and(app.config.mtls.base_url.as_ref());
    alias.map_or_else(|| app.config.server.issuer.at(path), |base| base.at(path))
}
