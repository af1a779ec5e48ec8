//! The listeners: what a connection may take its time for, what it proves, and how all of them end.
//!
//! Every request carries the address of its peer (`ConnectInfo<SocketAddr>`): of the other end of the connection,
//! whatever any header says. A certificate, too, is only what the connection itself showed ([`mtls`]).

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use axum_server::{Handle, Server};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::app::App;
use crate::fault::Fault;
use crate::witness::Witness;

mod certificates;
mod mtls;

pub use certificates::Certificates;
pub use mtls::here;

/// So long may a TLS handshake take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// So long may a request's head take to arrive, the first or the next: an idle connection is closed after it.
const HEAD: Duration = Duration::from_secs(20);
/// So long have open requests to end once the service is told to stop.
const LAST_WORDS: Duration = Duration::from_secs(20);

/// A socket on which the service answers.
pub struct Listener {
    socket: TcpListener,
    kind: Kind,
}

enum Kind {
    Plain,
    Tls(RustlsConfig),
    Mtls(RustlsConfig),
}

impl Listener {
    /// Without TLS: behind a proxy that has it, or on this machine alone.
    #[must_use]
    pub fn plain(socket: TcpListener) -> Self {
        Self { socket, kind: Kind::Plain }
    }

    /// With TLS, for everybody.
    #[must_use]
    pub fn tls(socket: TcpListener, certificates: &Certificates) -> Self {
        Self { socket, kind: Kind::Tls(certificates.current()) }
    }

    /// With TLS, for programs: they may show certificates of their own. `certificates` must have been opened for
    /// peers with certificates.
    #[must_use]
    pub fn mtls(socket: TcpListener, certificates: &Certificates) -> Self {
        Self { socket, kind: Kind::Mtls(certificates.current()) }
    }
}

/// Serves on one plain socket until `shutdown` ends; then no new connection is taken, and those that are open get 20
/// seconds.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    app: App, listener: TcpListener, shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Fault> {
    serve_all(app, vec![Listener::plain(listener)], shutdown).await
}

/// As [`serve`], on all of these.
///
/// # Errors
/// When one of the listeners fails; the others are stopped then.
pub async fn serve_all(
    app: App, listeners: Vec<Listener>, shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Fault> {
    let mut running = JoinSet::new();
    let mut handles = Vec::new();
    for listener in listeners {
        let handle = Handle::new();
        handles.push(handle.clone());
        running.spawn(run(listener, handle, app.clone()));
    }
    let mut shutdown = std::pin::pin!(shutdown);
    let mut told = false;
    loop {
        tokio::select! {
            () = &mut shutdown, if !told => {
                told = true;
                handles.iter().for_each(|handle| handle.graceful_shutdown(Some(LAST_WORDS)));
            }
            ended = running.join_next() => match ended {
                None => return Ok(()),
                Some(Ok(Ok(()))) => {}
                Some(Ok(Err(cause))) => return Err(Fault::File("listener", cause)),
                Some(Err(_)) => return Err(Fault::Internal("a listener's task ended")),
            },
        }
    }
}

/// Serves a witness, and nothing else, until `shutdown` ends.
///
/// # Errors
/// When the listener fails.
pub async fn serve_witness(
    witness: Arc<Witness>, listener: Listener, shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Fault> {
    let handle = Handle::new();
    let stop = handle.clone();
    tokio::spawn(async move {
        shutdown.await;
        stop.graceful_shutdown(Some(LAST_WORDS));
    });
    let server = bounded(listener.socket).handle(handle);
    let doors = super::witness::doors(witness).into_make_service();
    let served = match listener.kind {
        Kind::Plain => server.serve(doors).await,
        Kind::Tls(config) | Kind::Mtls(config) => server.acceptor(encrypted(config)).serve(doors).await,
    };
    served.map_err(|cause| Fault::File("listener", cause))
}

async fn run(listener: Listener, handle: Handle<SocketAddr>, app: App) -> std::io::Result<()> {
    let server = bounded(listener.socket).handle(handle);
    match listener.kind {
        Kind::Plain => server.serve(super::router(app).into_make_service_with_connect_info::<SocketAddr>()).await,
        Kind::Tls(config) => {
            let doors = super::router(app).into_make_service_with_connect_info::<SocketAddr>();
            server.acceptor(encrypted(config)).serve(doors).await
        }
        Kind::Mtls(config) => {
            let doors = mtls::doors(app).into_make_service_with_connect_info::<SocketAddr>();
            server.acceptor(encrypted(config)).serve(doors).await
        }
    }
}

fn encrypted(config: RustlsConfig) -> RustlsAcceptor {
    RustlsAcceptor::new(config).handshake_timeout(HANDSHAKE)
}

/// A server with our bounds. HTTP/1.1 alone is spoken.
fn bounded(socket: TcpListener) -> Server<SocketAddr> {
    let mut server = Server::from_listener(socket).http1_only().first_request_timeout(HEAD);
    server.http_builder().http1().header_read_timeout(HEAD);
    server.accept_error_handler(|peer, cause| match peer {
        // A handshake that came to nothing is the peer's affair; its address is nobody's.
        Some(_) => tracing::debug!(%cause, "a connection was not taken"),
        None => tracing::warn!(%cause, "no connection could be taken"),
    })
}
