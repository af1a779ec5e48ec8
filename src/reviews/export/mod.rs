//! What auditors take out of the house: the entries of a search or of a case file, as JSON and as a table, signed.
//!
//! One file (ZIP) with `export.json`, `entries.csv`, and `signature.jws`: a JWS by a key of `/jwks` over the SHA-256 of the
//! other two. Each entry brings its leaf, blind and review, so that anybody can hold it against the public tree
//! (docs/export-reviews.md). That it was made stands in the ledger, before it is made with what it is of, and afterwards with
//! its digest.

use std::io::{Cursor, Write};

use serde_json::{Value, json};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::dossier::{self, Whole};
use super::look::{self, Row, Through};
use super::search::enter;
use super::{Filter, Refusal};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::hash;
use crate::crypto::token::Token;
use crate::fault::Fault;
use crate::ids::{DossierId, RequestId};
use crate::ledger;
use crate::people::Session;
use crate::rights::published;

mod document;
mod table;

use document::{Export, File, Line, Remark};

/// Where the schema is published.
pub const SCHEMA: &str = "/schemas/reviews-1.json";
/// The type in the header of the signature.
const TYPE: &str = "reviews-export+jwt";
/// What an export of a search holds at most, and how much work it may be.
const MOST: Through = Through { rows: 5_000, opened: 100_000, leaves: 1_000_000 };

/// A file to hand out.
#[derive(Debug)]
pub struct Packed {
    /// The ZIP file.
    pub bytes: Vec<u8>,
    /// What to call it.
    pub name: String,
}

/// Takes out what a search finds.
///
/// # Errors
/// `NotAnAuditor`.
pub async fn of_search(app: &App, session: &Session, filter: &Filter, request: &RequestId) -> Result<Packed, Refusal> {
    let query = filter.query();
    let entered = enter(app, session, "review_exported", vec![("search", query.clone())], request).await?;
    let found = look::look(app, filter, entered, MOST).await?;
    let mut export = begun(app, session, &found.rows).await?;
    export.search = Some(query);
    export.complete = found.older.is_none();
    export.altered = found.altered.count;
    export.altered_positions = found.altered.positions.into_iter().collect();
    signed(app, session, &export, request).await
}

/// Takes out a case file.
///
/// # Errors
/// `NotFound`, `NotAnAuditor`.
pub async fn of_dossier(app: &App, session: &Session, id: &DossierId, request: &RequestId) -> Result<Packed, Refusal> {
    let whole = dossier::whole(app, session, id, "dossier_exported", request).await?;
    let mut export = begun(app, session, &whole.rows).await?;
    export.dossier = Some(file(app, &whole));
    signed(app, session, &export, request).await
}

async fn begun(app: &App, session: &Session, rows: &[Row]) -> Result<Export, Fault> {
    let checkpoint = ledger::last_checkpoint(&mut app.db.read().await?).await?;
    Ok(Export {
        schema: app.config.server.issuer.at(SCHEMA),
        issuer: app.config.server.issuer.as_str().to_owned(),
        origin: app.custody.origin().to_owned(),
        made_at: said(app, app.now().millis()),
        made_by: session.person.id.to_string(),
        search: None,
        dossier: None,
        complete: true,
        altered: 0,
        altered_positions: Vec::new(),
        checkpoint: checkpoint.map(|(_, _, note)| note),
        entries: rows.iter().map(|row| line(app, row)).collect(),
    })
}

fn line(app: &App, row: &Row) -> Line {
    let review = &row.review;
    Line {
        position: row.position,
        kind: row.kind.as_str().to_owned(),
        at: said(app, review.at),
        resident: review.resident.as_deref().map(hex::encode),
        consent: review.consent.as_deref().map(hex::encode),
        client: review.client.clone(),
        actor: review.actor.as_text().unwrap_or("resident").to_owned(),
        purpose: review.purpose.clone(),
        claims: review.claims.clone(),
        outcome: review.outcome.clone(),
        reason: review.reason.clone(),
        leaf: hex::encode(&row.leaf),
        blind: hex::encode(&row.blind),
        review: hex::encode(&row.bytes),
    }
}

fn file(app: &App, whole: &Whole) -> File {
    let dossier = &whole.dossier;
    let remark = |note: &dossier::Note| Remark {
        position: note.position,
        author: note.author.to_string(),
        at: said(app, note.at * 1_000),
        words: note.words.clone(),
    };
    File {
        id: dossier.id.to_string(),
        title: dossier.title.clone(),
        opened_by: dossier.opened_by.to_string(),
        opened_at: said(app, dossier.opened_at * 1_000),
        closed_at: dossier.closed_at.map(|at| said(app, at * 1_000)),
        notes: whole.notes.iter().map(remark).collect(),
    }
}

/// A moment as RFC 3339 has it, in the community's time zone, to the millisecond.
fn said(app: &App, millis: i64) -> String {
    let moment = jiff::Timestamp::from_millisecond(millis).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    moment.to_zoned(app.config.zone()).strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

async fn signed(app: &App, session: &Session, export: &Export, request: &RequestId) -> Result<Packed, Refusal> {
    let mut json = serde_json::to_vec_pretty(export).map_err(|_| Fault::Internal("an export does not serialise"))?;
    json.push(b'\n');
    let csv = table::csv(&export.entries)?;
    let digest = |bytes: &[u8]| hex::encode(hash::sha256(bytes));
    let now = app.now();
    let claims = json!({
        "iss": app.config.server.issuer.as_str(),
        "iat": now.seconds(),
        "jti": Token::random()?.expose(),
        "sha256": { "export.json": digest(&json), "entries.csv": digest(&csv) },
        "entries": export.entries.len(),
    });
    let jws = app.keyring.signer(now)?.sign(TYPE, &claims)?;
    let notes = vec![("sha256", digest(&json)), ("entries", export.entries.len().to_string())];
    enter(app, session, "review_export_signed", notes, request).await?;
    let bytes = packed(&[("export.json", &json), ("entries.csv", &csv), ("signature.jws", jws.as_bytes())])?;
    Ok(Packed { bytes, name: format!("latchkey-reviews-{}.zip", day(app, now)) })
}

fn day(app: &App, now: Timestamp) -> String {
    app.config.day_of(now).strftime("%Y-%m-%d").to_string()
}

/// Files side by side, as they are: whoever checks them needs no more than `unzip` and `sha256sum`.
fn packed(files: &[(&str, &[u8])]) -> Result<Vec<u8>, Fault> {
    let failed = |_| Fault::Internal("a ZIP file was not written");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(*name, options).map_err(failed)?;
        zip.write_all(bytes).map_err(|_| Fault::Internal("a ZIP file was not written"))?;
    }
    Ok(zip.finish().map_err(failed)?.into_inner())
}

/// The JSON Schema (2020-12) of `export.json`.
#[must_use]
pub fn schema(app: &App) -> Value {
    published::<Export>(app, SCHEMA, "Entries of a ledger, as auditors export them")
}
