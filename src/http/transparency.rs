//! `/transparency`: what everybody may know, as a page and as JSON. No sign-in, no personal data.

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::error::{PageError, Problem};
use super::extract::Visit;
use super::pages::{TransparencyPage, Tree, WitnessWarning};
use crate::app::App;
use crate::cosigning::{self, Quorum, Status};
use crate::custody::signing::Signing;
use crate::fault::Fault;
use crate::transparency;

/// The same for everybody, and a minute old at most.
const A_MINUTE: (HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=60");
/// A page holds form tokens of whoever looks: it is kept by that browser alone, and anew in another language.
const OWN_MINUTE: (HeaderName, &str) = (header::CACHE_CONTROL, "private, max-age=60");
const BY: (HeaderName, &str) = (header::VARY, "Cookie, Accept-Language");

/// Seconds: figures are made each minute, and older ones are shown with a warning.
const STALE: i64 = 600;

/// `GET /transparency`
pub async fn page(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    let (status, tree) = state(&app).await?;
    let figures = transparency::figures(&app).await?;
    let unsigned = cosigning::unsigned(&app).map(WitnessWarning);
    let stale = figures.as_ref().is_some_and(|figures| app.now().seconds() - figures.made_at > STALE);
    let page = TransparencyPage { chrome: visit.chrome(None)?, figures, status, tree, unsigned, stale };
    Ok(([OWN_MINUTE, BY], Html(page.render()?)).into_response())
}

/// `GET /transparency.json`: the same, for programs. `"withheld"` stands where a number is not told.
pub async fn numbers(State(app): State<App>) -> Result<Response, Problem> {
    let (status, tree) = state(&app).await?;
    let figures = transparency::figures(&app).await?;
    let tree = tree.map(|tree| json!({ "size": tree.size, "root": tree.root }));
    let signing = signing(app.custody.signing());
    let document = json!({ "figures": figures, "witnesses": watched(&status), "checkpoint": tree, "signing": signing });
    Ok(([A_MINUTE], Json(document)).into_response())
}

async fn state(app: &App) -> Result<(Status, Option<Tree>), Fault> {
    let mut tx = app.db.read().await?;
    let status = cosigning::status(&mut tx, app).await?;
    let tree = crate::ledger::last_checkpoint(&mut tx)
        .await?
        .map(|(size, root, _)| Tree { size: size.cast_unsigned(), root: STANDARD.encode(root) });
    Ok((status, tree))
}

fn signing(signing: Signing) -> Value {
    let (state, since) = match signing {
        Signing::Signed => ("signed", None),
        Signing::Waiting(since) => ("waiting", Some(since)),
        Signing::Contradicted(since) => ("contradicted", Some(since)),
    };
    json!({ "state": state, "since": since.map(crate::clock::Timestamp::seconds) })
}

fn watched(status: &Status) -> Value {
    let Status::Watched(watched) = status else { return json!({ "configured": 0 }) };
    let (state, at) = match watched.quorum {
        Quorum::NotAsked => ("not_asked", None),
        Quorum::Met(at) => ("met", at),
        Quorum::Missing(since) => ("missing", Some(since)),
        Quorum::Stopped(since) => ("stopped", Some(since)),
    };
    let each = |seen: &cosigning::Seen| {
        json!({
            "name": seen.name,
            "key": seen.key,
            "size": seen.size,
            "cosigned_at": seen.cosigned_at.map(crate::clock::Timestamp::seconds),
            "missing_since": seen.missing_since.map(crate::clock::Timestamp::seconds),
            "disputes_since": seen.disputes.map(|(_, since)| since.seconds()),
        })
    };
    json!({
        "configured": watched.witnesses.len(),
        "least": watched.least,
        "quorum": state,
        "quorum_at": at.map(crate::clock::Timestamp::seconds),
        "disputed": watched.is_disputed(),
        "each": watched.witnesses.iter().map(each).collect::<Vec<_>>(),
    })
}
