//! `GET /ledger/checkpoint` and `/ledger/key`: what anybody may keep to hold the ledger to its word.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::error::Problem;
use crate::app::App;
use crate::ledger;

const TEXT: (header::HeaderName, &str) = (header::CONTENT_TYPE, "text/plain; charset=utf-8");

/// The last checkpoint that was signed, a C2SP signed note.
pub async fn checkpoint(State(app): State<App>) -> Result<Response, Problem> {
    let last = ledger::last_checkpoint(&mut app.db.read().await?).await?;
    let (_, _, note) = last.ok_or(Problem::refused(StatusCode::NOT_FOUND, "not-found", "nothing was signed yet"))?;
    Ok(([TEXT], note).into_response())
}

/// The ledger's public key, as a verifier key of signed notes: name, id, and base64 of type and key.
pub async fn key(State(app): State<App>) -> Response {
    let (origin, public) = (app.custody.origin(), app.custody.ledger_public_key());
    let id = ledger::checkpoint::key_id(origin, public);
    let typed = STANDARD.encode([&[1], public.as_slice()].concat());
    ([TEXT], format!("{origin}+{id:08x}+{typed}\n")).into_response()
}
