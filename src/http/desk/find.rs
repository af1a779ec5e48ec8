//! `GET /desk`, `POST /desk/find`: whom a member of staff has before them.

use std::time::Duration;

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::sitting::found;
use super::witness;
use crate::app::App;
use crate::desk::{self, Index};
use crate::emergency;
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Form, InConsole, Staff};
use crate::http::layers::detached;
use crate::http::pages::desk::{ConsoleHomePage, FoundPage, Place, TallyRow};
use crate::people::Role;
use crate::roster::ask::{self, Asked};

/// What auditors see of the staff: a week.
const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// `GET /desk`
pub async fn home(State(app): State<App>, who: InConsole) -> Result<Html<String>, PageError> {
    page(&app, &who, false).await
}

async fn page(app: &App, who: &InConsole, nobody: bool) -> Result<Html<String>, PageError> {
    let staff = who.session.person.role == Role::Staff;
    let waiting = if staff { witness::rows(app, who).await? } else { Vec::new() };
    let tallies = if staff {
        Vec::new()
    } else {
        let mut tx = app.db.read().await?;
        desk::tallies(&mut tx, who.now.minus(WEEK)).await?
    };
    let row = |tally: desk::Tally| TallyRow {
        name: tally.name,
        counts: [tally.looks, tally.looks_refused, tally.acts, tally.refused, tally.pressed],
    };
    let page = ConsoleHomePage {
        frame: who.frame_at(Some(Place::Home), "/desk".to_owned())?,
        nobody,
        waiting,
        emergencies: emergency::waiting(&mut app.db.read().await?, who.now).await?,
        tallies: tallies.into_iter().map(row).collect(),
    };
    Ok(Html(page.render()?))
}

/// `POST /desk/find`: by a number, or by name, birth date and flat together. Exactly, or not at all.
pub async fn find(State(app): State<App>, who: Staff, Form(mut fields): Form) -> Result<Response, PageError> {
    let number = fields.take("number")?.unwrap_or_default();
    let mut part = |name: &'static str| -> Result<String, Trouble> { Ok(fields.take(name)?.unwrap_or_default()) };
    let (name, born) = (part("name")?, part("born")?);
    let (building, unit, room) = (part("building")?, part("unit")?, part("room")?);
    fields.done()?;
    let wanted: Vec<Asked> = if number.is_empty() {
        ask::by_person(&name, &born, &building, &unit, &room).into_iter().collect()
    } else {
        ask::by_number(&number)
    };
    let (app_, who_) = (app.clone(), who.clone());
    let verb = async move {
        let indexes: Vec<Index<'_>> =
            wanted.iter().map(|asked| Index { field: asked.index, value: &asked.value }).collect();
        desk::find(&app_, &who_.session, &indexes, &who_.request).await
    };
    let sittings = detached(verb).await?;
    match sittings.as_slice() {
        [] => Ok(page(&app, &who, true).await?.into_response()),
        [one] => Ok(Redirect::to(&format!("/desk/sitting/{}", one.id)).into_response()),
        some => {
            let people = some.iter().map(found).collect();
            let frame = who.frame_at(Some(Place::Home), "/desk".to_owned())?;
            Ok(Html(FoundPage { frame, people }.render()?).into_response())
        }
    }
}
