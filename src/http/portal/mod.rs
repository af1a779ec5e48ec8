//! The resident's own pages: `/me` and what hangs from it.

use std::collections::{HashMap, HashSet};

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;
use crate::consent::never::{Never, keeps_back as never_keeps_back};
use crate::consent::{Record, State};
use crate::fault::Fault;
use crate::http::extract::SignedIn;
use crate::http::pages::{Fact, RecordState};
use crate::ids::ClientId;
use crate::mandate::Right;
use crate::oauth;
use crate::text::{Locale, Words};
use crate::vault::{self, Refusal, Shown};

mod apps;
mod bases;
mod behalf;
mod book;
mod book_chart;
mod book_evidence;
mod book_filter;
mod cases;
mod data;
mod deletion;
mod emergencies;
mod erase;
mod family;
mod home;
mod inbox;
mod mine;
mod never;
mod noes;
mod paper;
mod pausing;
mod rights;
mod ways;

/// The addresses below `/for/{mandate}`, as they are called below `/me`: what somebody may do for somebody else, each
/// behind the right to it. What is not here nobody may: passkeys, recovery, rights, erasure, mandates.
pub fn delegated(only: impl Fn(Right, Router<App>) -> Router<App>) -> Router<App> {
    let see = Router::new()
        .route("/me", get(home::home))
        .route("/me/apps", get(apps::apps))
        .route("/me/apps/{record}", get(apps::app))
        .route("/me/apps/{record}/receipt", get(apps::receipt))
        .route("/me/apps/{record}/paper", get(paper::receipt))
        .route("/me/apps/paper", get(paper::list))
        .route("/me/book", get(book::book))
        .route("/me/book/{position}/why", get(rights::why::why));
    let data = Router::new().route("/me/data", get(data::data)).route("/me/data/reveal", post(data::reveal));
    let stop = Router::new()
        .route("/me/apps/{record}/stop", post(apps::stop))
        .route("/me/apps/{record}/pause", post(pausing::pause))
        .route("/me/apps/{record}/resume", post(pausing::resume));
    let object = Router::new().route("/me/cases/new", get(cases::new)).route("/me/cases", post(cases::raise));
    only(Right::See, see)
        .merge(only(Right::Data, data))
        .merge(only(Right::Stop, stop))
        .merge(only(Right::Object, object))
}

/// The addresses below `/me`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/me", get(home::home))
        .route("/me/apps", get(apps::apps))
        .route("/me/apps/ask-again", post(noes::ask_again))
        .route("/me/apps/{record}", get(apps::app))
        .route("/me/apps/{record}/receipt", get(apps::receipt))
        .route("/me/apps/{record}/paper", get(paper::receipt))
        .route("/me/apps/paper", get(paper::list))
        .route("/me/apps/{record}/stop", post(apps::stop))
        .route("/me/apps/{record}/pause", post(pausing::pause))
        .route("/me/apps/{record}/resume", post(pausing::resume))
        .route("/me/bases/{code}", get(bases::page))
        .route("/me/bases/{code}/object", post(bases::object))
        .route("/me/never", get(never::page).post(never::change))
        .route("/me/book", get(book::book))
        .route("/me/book/challenge", post(book_evidence::challenge))
        .route("/me/book/evidence", get(book_evidence::part))
        .route("/me/book/evidence/file", get(book_evidence::file))
        .route("/me/book/{position}/why", get(rights::why::why))
        .route("/me/data", get(data::data))
        .route("/me/data/reveal", post(data::reveal))
        .route("/me/emergencies", get(emergencies::page).post(emergencies::change))
        .route("/me/inbox", get(inbox::inbox))
        .route("/me/inbox/seen", post(inbox::seen))
        .route("/me/inbox/ways", get(ways::ways).post(ways::switch))
        .route("/me/inbox/mail", post(ways::send))
        .route("/me/inbox/mail/{token}", get(ways::letter).post(ways::confirm))
        .route("/me/mine", get(mine::mine))
        .route("/me/cases", get(cases::list).post(cases::raise))
        .route("/me/cases/new", get(cases::new))
        .route("/me/cases/{case}", get(cases::one))
        .route("/me/cases/{case}/settle", post(cases::settle))
        .route("/me/cases/{case}/dispute", post(cases::dispute))
        .route("/me/cases/{case}/take-back", post(cases::take_back))
        .merge(family::routes())
        .route("/me/erasure", get(erase::page).post(erase::begin))
        .route("/me/erasure/confirm", post(erase::confirm))
        .route("/me/erasure/undo", post(erase::undo))
        .route("/erased/{token}", get(erase::erased))
        .route("/erased/{token}/certificate", get(erase::certificate))
        .route("/erased/{token}/qr", get(erase::qr))
        .merge(rights::routes())
}

/// Names of clients in the language of a page; a client that is gone keeps its id.
struct Names {
    names: HashMap<ClientId, String>,
    parties: HashMap<ClientId, &'static str>,
}

impl Names {
    async fn of(app: &App, words: Words, clients: impl Iterator<Item = ClientId>) -> Result<Self, Fault> {
        let clients: HashSet<ClientId> = clients.collect();
        let chinese = words.locale() == Locale::ZhHans;
        let (mut names, mut parties) = (HashMap::new(), HashMap::new());
        let mut tx = app.db.read().await?;
        for id in clients {
            let client = oauth::client(&mut tx, &id).await?;
            if let Some(client) = &client {
                parties.insert(id.clone(), client.kind.code());
            }
            let name = client.map_or_else(|| id.to_string(), |client| client.name_in(chinese).to_owned());
            names.insert(id, name);
        }
        Ok(Self { names, parties })
    }

    fn get(&self, id: &ClientId) -> String {
        self.names.get(id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// What body stands behind it, by its code.
    fn party(&self, id: &ClientId) -> &'static str {
        self.parties.get(id).copied().unwrap_or_default()
    }
}

/// The claims of a record as they go out: without those that she keeps back from such a party.
fn goes_out(record: &Record, party: &str, nevers: &[Never]) -> Vec<String> {
    let free = |claim: &&String| !never_keeps_back(nevers, claim, party);
    record.claims.iter().filter(free).map(|claim| record.released(claim).to_owned()).collect()
}

/// How a record stands now, as pages say it.
fn standing(record: &Record, now: i64) -> RecordState {
    match record.state {
        State::Given if record.valid_until > now => match record.paused_at {
            Some(at) => RecordState::Paused(at),
            None => RecordState::InForce(record.valid_until),
        },
        State::Given | State::Expired => RecordState::Expired(record.valid_until),
        State::Withdrawn | State::Superseded => RecordState::Withdrawn(record.ended_at.unwrap_or(record.given_at)),
        State::Deferred => RecordState::Deferred(record.ended_at.unwrap_or(record.given_at)),
        State::Revoked | State::Invalidated => RecordState::Revoked(record.ended_at.unwrap_or(record.given_at)),
    }
}

/// What goes out for these claims, opened for the resident's own eyes: under which name, and the value as text.
/// What somebody who acts for her may not see is not opened.
async fn values(
    app: &App, signed_in: &SignedIn, claims: &[String],
) -> Result<HashMap<String, (String, String)>, Refusal> {
    if signed_in.mandate().is_some_and(|mandate| !mandate.allows(Right::Data)) {
        return Ok(HashMap::new());
    }
    let may_see = |claim: &&String| {
        let fields = app.catalogue.fields_of(std::slice::from_ref(*claim));
        fields.iter().all(|field| signed_in.may_see(field))
    };
    let claims: Vec<String> = claims.iter().filter(may_see).cloned().collect();
    if claims.is_empty() {
        return Ok(HashMap::new());
    }
    let shown = vault::preview(app, signed_in.whose(), &signed_in.by(), &claims, signed_in.request.clone()).await?;
    let text = |shown: Shown| {
        let (name, value) = shown.released?;
        Some((shown.claim, (name, as_text(&value))))
    };
    Ok(shown.into_iter().filter_map(text).collect())
}

/// A claim of a record with its value, if that was opened. A coarser claim stands under its own name.
fn fact(claim: &str, values: &HashMap<String, (String, String)>) -> Fact {
    match values.get(claim) {
        Some((name, value)) => Fact { claim: name.clone(), value: Some(value.clone()) },
        None => Fact { claim: claim.to_owned(), value: None },
    }
}

fn as_text(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
