//! Somebody's server: takes what the service sends it, keeps it, and answers as it is told.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// What the server does with a request.
#[derive(Debug, Clone)]
pub enum Reply {
    /// 202, without a body.
    Accepted,
    /// A status, and a JSON body.
    Json(u16, serde_json::Value),
    /// A status alone.
    Status(u16),
    /// Leads to another address.
    To(String),
    /// A body of so many bytes.
    Long(usize),
    /// No answer for so long.
    Stall(Duration),
}

/// A request that arrived.
#[derive(Debug, Clone)]
pub struct Arrived {
    pub method: Method,
    pub path: String,
    pub headers: HeaderMap,
    pub body: String,
}

/// A server on a loopback port of its own, as long as the story's runtime lives.
#[derive(Clone)]
pub struct Receiver {
    pub address: SocketAddr,
    told: Arc<Mutex<Told>>,
}

#[derive(Default)]
struct Told {
    replies: VecDeque<Reply>,
    always: Option<Reply>,
    arrived: Vec<Arrived>,
}

impl Receiver {
    /// A server that answers 202 until it is told otherwise.
    pub async fn start() -> Self {
        let told: Arc<Mutex<Told>> = Arc::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(axum::serve(listener, Self::router(told.clone())).into_future());
        Self { address, told }
    }

    /// The same over TLS, with this certificate and key (PEM).
    pub async fn start_tls(certificate: &str, key: &str) -> Self {
        latchkey::crypto::tls::ready();
        let told: Arc<Mutex<Told>> = Arc::default();
        let config = axum_server::tls_rustls::RustlsConfig::from_pem(certificate.into(), key.into()).await.unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let server = axum_server::from_tcp_rustls(listener, config).unwrap();
        tokio::spawn(server.serve(Self::router(told.clone()).into_make_service()));
        Self { address, told }
    }

    fn router(told: Arc<Mutex<Told>>) -> Router {
        Router::new().fallback(take).with_state(told)
    }

    /// Its address, in clear.
    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What it does with the next request, and with each after it in turn.
    pub fn next(&self, replies: impl IntoIterator<Item = Reply>) {
        self.told.lock().unwrap().replies.extend(replies);
    }

    /// What it does whenever nothing else was said.
    pub fn always(&self, reply: Reply) {
        self.told.lock().unwrap().always = Some(reply);
    }

    /// What arrived until now, oldest first.
    pub fn arrived(&self) -> Vec<Arrived> {
        self.told.lock().unwrap().arrived.clone()
    }
}

async fn take(
    State(told): State<Arc<Mutex<Told>>>, method: Method, OriginalUri(uri): OriginalUri, headers: HeaderMap,
    body: Bytes,
) -> Response {
    let reply = {
        let mut told = told.lock().unwrap();
        let body = String::from_utf8_lossy(&body).into_owned();
        told.arrived.push(Arrived { method, path: uri.to_string(), headers, body });
        told.replies.pop_front().or_else(|| told.always.clone()).unwrap_or(Reply::Accepted)
    };
    match reply {
        Reply::Accepted => StatusCode::ACCEPTED.into_response(),
        Reply::Json(status, body) => (StatusCode::from_u16(status).unwrap(), Json(body)).into_response(),
        Reply::Status(status) => StatusCode::from_u16(status).unwrap().into_response(),
        Reply::To(address) => (StatusCode::FOUND, [(header::LOCATION, address)]).into_response(),
        Reply::Long(length) => vec![b' '; length].into_response(),
        Reply::Stall(span) => {
            tokio::time::sleep(span).await;
            StatusCode::ACCEPTED.into_response()
        }
    }
}

/// A server that says its length to nobody: it answers every connection with a head and then one piece of 64 KiB
/// after the other, so many of them, and falls silent without closing. Where it stands.
pub async fn without_length(pieces: usize) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut head = [0; 4096];
                let _ = stream.read(&mut head).await;
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").await;
                for _ in 0..pieces {
                    if stream.write_all(&[b' '; 65_536]).await.is_err() {
                        return;
                    }
                }
                std::future::pending::<()>().await;
            });
        }
    });
    address
}
