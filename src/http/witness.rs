//! The doors of a witness (C2SP tlog-witness): a server of its own, without anything of the service.
//!
//! `POST /add-checkpoint` cosigns; `GET /` says who the witness is and what it saw, `GET /{log}/checkpoint` shows it, so
//! that others may compare.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use super::layers::detached;
use crate::fault::Fault;
use crate::witness::{Refusal, Witness, memory, request};

/// So long may a request take in all.
const DEADLINE: Duration = Duration::from_secs(20);
const TEXT: (HeaderName, &str) = (header::CONTENT_TYPE, "text/plain; charset=utf-8");
const NOSNIFF: (HeaderName, &str) = (header::X_CONTENT_TYPE_OPTIONS, "nosniff");
const AFRESH: (HeaderName, &str) = (header::CACHE_CONTROL, "no-store");

type Doors = State<Arc<Witness>>;

/// Every URL of a witness.
pub fn doors(witness: Arc<Witness>) -> Router {
    Router::new()
        .route("/add-checkpoint", post(add))
        .route("/", get(about))
        .route("/health", get(|| async { said(StatusCode::OK, "ok\n".to_owned()) }))
        .route("/{log}/checkpoint", get(last))
        .fallback(|| async { said(StatusCode::NOT_FOUND, "no such door\n".to_owned()) })
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, DEADLINE))
        .layer(RequestBodyLimitLayer::new(request::LARGEST))
        .layer(CatchPanicLayer::new())
        .with_state(witness)
}

async fn add(State(witness): Doors, body: Bytes) -> Response {
    // Not given up half-way when the log goes away: what is written is written to its end.
    let done = detached(blocking(move || witness.add_checkpoint(&body))).await;
    match done {
        Ok(line) => said(StatusCode::OK, line),
        Err(refusal) => refused(&refusal),
    }
}

/// Runs what waits for the disk where it holds up nobody else.
async fn blocking<T, E>(verb: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, E>
where
    T: Send + 'static,
    E: From<Fault> + Send + 'static,
{
    tokio::task::spawn_blocking(verb).await.unwrap_or_else(|_| Err(Fault::Internal("a witness's task ended").into()))
}

fn refused(refusal: &Refusal) -> Response {
    let status = match refusal {
        Refusal::Malformed(_) | Refusal::Shrinks => StatusCode::BAD_REQUEST,
        Refusal::UnknownLog => StatusCode::NOT_FOUND,
        Refusal::NotSigned => StatusCode::FORBIDDEN,
        Refusal::Stale(size) => {
            let size_alone = (header::CONTENT_TYPE, "text/x.tlog.size");
            return (StatusCode::CONFLICT, [size_alone, NOSNIFF, AFRESH], format!("{size}\n")).into_response();
        }
        Refusal::Forked => StatusCode::CONFLICT,
        Refusal::NotGrown => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::Fault(fault) => return broken(fault),
    };
    said(status, format!("{refusal}\n"))
}

fn broken(fault: &Fault) -> Response {
    tracing::error!(%fault, "the witness failed");
    said(StatusCode::INTERNAL_SERVER_ERROR, "the witness failed; its own log says why\n".to_owned())
}

fn said(status: StatusCode, text: String) -> Response {
    (status, [TEXT, NOSNIFF, AFRESH], text).into_response()
}

/// Who this is, and what it saw last of each log.
async fn about(State(witness): Doors) -> Response {
    let read = move || {
        let mut text = format!("witness {}\n", witness.verifier_key());
        for (origin, seen) in witness.logs()? {
            let size = seen.map_or(0, |seen| seen.checkpoint.size);
            let _ = writeln!(text, "log {origin} {size} /{}/checkpoint", memory::name(origin));
        }
        Ok::<_, Fault>(text)
    };
    match blocking(read).await {
        Ok(text) => said(StatusCode::OK, text),
        Err(fault) => broken(&fault),
    }
}

/// The checkpoint that was cosigned last of a log, named by the SHA-256 of its origin.
async fn last(State(witness): Doors, Path(log): Path<String>) -> Response {
    let read = move || {
        let logs = witness.logs()?;
        let seen = logs.into_iter().find(|(origin, _)| memory::name(origin) == log).and_then(|(_, seen)| seen);
        Ok::<_, Fault>(seen)
    };
    match blocking(read).await {
        Ok(Some(seen)) => said(StatusCode::OK, seen.note),
        Ok(None) => said(StatusCode::NOT_FOUND, "nothing was cosigned of such a log\n".to_owned()),
        Err(fault) => broken(&fault),
    }
}
