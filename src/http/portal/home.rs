//! `GET /me`: the answer in one sentence, then who sees what, then the week.

use askama::Template;
use axum::extract::State;
use axum::response::Html;

use super::{Names, apps, book, inbox};
use crate::app::App;
use crate::consent;
use crate::http::error::PageError;
use crate::http::extract::SignedIn;
use crate::http::pages::{HomePage, LastAccess, Tab};
use crate::ids::ClientId;
use crate::ledger::Kind;

pub async fn home(State(app): State<App>, signed_in: SignedIn) -> Result<Html<String>, PageError> {
    let resident = signed_in.whose();
    let records = consent::of_resident(&mut app.db.read().await?, resident).await?;
    let records: Vec<_> = records.into_iter().filter(|record| record.in_force(signed_in.now).is_ok()).collect();
    let chrome = signed_in.chrome(Some(Tab::Home))?;
    let lines = book::recent(&app, resident, chrome.calendar.day_start(6)).await?;
    let last = lines.iter().find(|line| line.kind == Kind::Disclosure);

    let clients = last.and_then(|line| line.detail.client.clone()).map(ClientId::stored);
    let known = records.iter().map(|record| record.client.clone()).chain(clients);
    let names = Names::of(&app, signed_in.words, known).await?;
    let last = last.map(|line| LastAccess {
        client: line.detail.client.clone().map_or_else(String::new, |id| names.get(&ClientId::stored(id))),
        at: line.detail.at.div_euclid(1_000),
        claims: line.detail.claims.clone(),
    });
    let apps = apps::rows(&app, &signed_in, &records, &names).await?;
    let week = book::week(&lines, &chrome.calendar);
    let unread = if chrome.base == "/me" { inbox::unread(&app, &signed_in).await? } else { 0 };
    Ok(Html(HomePage { chrome, apps, last, unread, week }.render()?))
}
