//! `/ledger/…`: what anybody may fetch to hold the ledger to its word: checkpoint and key, the tree in tiles, proofs.
//!
//! Nothing here needs a token: what the public tree holds says nothing about whose an entry is. Only what a signed
//! checkpoint covers is served.

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::error::Problem;
use super::extract::Fields;
use crate::app::App;
use crate::cosigning;
use crate::db::Tx;
use crate::ledger;
use crate::ledger::proof::{self, Inclusion};
use crate::ledger::tile::{self, Tile};

const TEXT: (HeaderName, &str) = (header::CONTENT_TYPE, "text/plain; charset=utf-8");
const BYTES: (HeaderName, &str) = (header::CONTENT_TYPE, "application/octet-stream");
/// What was served once stays as it is for ever (C2SP tlog-tiles).
const FOR_EVER: (HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=31536000, immutable");
/// A checkpoint comes a second after an entry.
const A_MOMENT: (HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=1");

/// The last checkpoint that was signed, a C2SP signed note, with the cosignatures that it has by now.
pub async fn checkpoint(State(app): State<App>) -> Result<Response, Problem> {
    let (_, note) = last(&mut app.db.read().await?, &app).await?;
    Ok(([TEXT, A_MOMENT], note).into_response())
}

/// The last checkpoint that a quorum of the policy's witnesses cosigned. In a busy hour it is some seconds older.
pub async fn witnessed(State(app): State<App>) -> Result<Response, Problem> {
    let note = cosigning::witnessed(&mut app.db.read().await?, &app).await?;
    let none = Problem::refused(StatusCode::NOT_FOUND, "not-found", "no checkpoint has a quorum of witnesses");
    let (_, note) = note.ok_or(none)?;
    Ok(([TEXT, A_MOMENT], note).into_response())
}

/// The ledger's public key, as a verifier key of signed notes: name, id, and base64 of type and key.
pub async fn key(State(app): State<App>) -> Response {
    ([TEXT], format!("{}\n", app.custody.verifier_key())).into_response()
}

/// `GET /ledger/tile/<L>/<N>[.p/<W>]` and `/ledger/tile/entries/<N>[.p/<W>]` (C2SP tlog-tiles).
pub async fn tile(State(app): State<App>, Path(path): Path<String>) -> Result<Response, Problem> {
    let tile = Tile::parse(&path).map_err(|_| bad("not the address of a tile"))?;
    let mut tx = app.db.read().await?;
    let (size, _) = last(&mut tx, &app).await?;
    let bytes = tile::read(&mut tx, &tile, size).await?;
    let bytes = bytes.ok_or(Problem::refused(StatusCode::NOT_FOUND, "not-found", "no such tile in the signed tree"))?;
    Ok(([BYTES, FOR_EVER], bytes).into_response())
}

/// `GET /ledger/proof/{position}`: that an entry is in the tree of the last checkpoint (C2SP tlog-proof); with
/// `?checkpoint=witnessed` of the last one that a quorum of witnesses cosigned.
pub async fn inclusion(
    State(app): State<App>, Path(position): Path<String>, RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let position = number(&position)?;
    let mut fields = Fields::parse(query.as_deref().unwrap_or_default().as_bytes())?;
    let which = fields.take("checkpoint")?;
    fields.done()?;
    let mut tx = app.db.read().await?;
    let (size, note) = match which.as_deref() {
        None => last(&mut tx, &app).await?,
        Some("witnessed") => cosigning::witnessed(&mut tx, &app).await?.ok_or_else(unsigned)?,
        Some(_) => return Err(bad("the checkpoint can only be witnessed")),
    };
    if position >= size {
        return Err(unsigned());
    }
    let path = proof::inclusion(&mut tx, position, size).await?;
    let leaf = ledger::leaf(&mut tx, position).await?;
    let proof = Inclusion { leaf, position, path, note };
    Ok(([TEXT, A_MOMENT], proof.text()).into_response())
}

/// `GET /ledger/consistency?from=N&to=M`: that the tree of M leaves begins with that of N (RFC 6962 §2.1.2), a hash on
/// each line. Without `to`, the tree of the last checkpoint.
pub async fn consistency(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let mut fields = Fields::parse(query.as_deref().unwrap_or_default().as_bytes())?;
    let (from, to) = (fields.take("from")?, fields.take("to")?);
    fields.done()?;
    let from = number(&from.unwrap_or_default())?;
    let mut tx = app.db.read().await?;
    let (size, _) = last(&mut tx, &app).await?;
    let to = to.map_or(Ok(size), |to| number(&to))?;
    if to > size {
        return Err(unsigned());
    }
    if from > to {
        return Err(bad("the earlier tree is the larger one"));
    }
    let path = proof::growth(&mut tx, from, to).await?;
    let lines: String = path.iter().map(|hash| STANDARD.encode(hash.0) + "\n").collect();
    Ok(([TEXT, A_MOMENT], lines).into_response())
}

/// Size and note of the last checkpoint, cosigned.
async fn last(tx: &mut Tx, app: &App) -> Result<(u64, String), Problem> {
    cosigning::last(tx, app).await?.ok_or_else(unsigned)
}

/// A whole number in its one spelling.
fn number(text: &str) -> Result<u64, Problem> {
    let number: u64 = text.parse().map_err(|_| bad("not a whole number"))?;
    if number.to_string() == text { Ok(number) } else { Err(bad("not a whole number")) }
}

fn bad(reason: &'static str) -> Problem {
    Problem::refused(StatusCode::BAD_REQUEST, "bad-request", reason)
}

fn unsigned() -> Problem {
    Problem::refused(StatusCode::NOT_FOUND, "not-found", "no checkpoint was signed over it yet")
}
