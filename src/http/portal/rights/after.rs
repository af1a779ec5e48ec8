//! `/me/rights/after`: what a resident arranges for after her death, and what she asks when somebody near her has died
//! (PIPL 49).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::copy::in_full;
use crate::app::App;
use crate::cases::{self, Said};
use crate::fault::Fault;
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Form, SignedIn};
use crate::http::layers::detached;
use crate::http::pages::{AfterPage, Chrome, RelativeCopyPage, RelativePage, Tab};
use crate::http::sign_in::again;
use crate::ids::CaseId;
use crate::sealing::relative::{self, Asks, RELATIONS, Wish};
use crate::sealing::{self, Arrangement};
use crate::vault;

const AFTER: &str = "/me/rights/after";

/// The longest name, in characters.
const LONGEST: usize = 60;

/// `GET /me/rights/after`
pub async fn page(State(app): State<App>, who: SignedIn) -> Result<Html<String>, PageError> {
    let word = sealing::arrangement(&mut app.db.read().await?, &app, who.whose()).await?;
    let named = match &word {
        Arrangement::Named(name) => name.clone(),
        _ => String::new(),
    };
    Ok(Html(AfterPage { chrome: who.chrome(Some(Tab::Mine))?, choice: word.as_str(), named }.render()?))
}

/// `POST /me/rights/after`
pub async fn arrange(State(app): State<App>, who: SignedIn, Form(mut fields): Form) -> Result<Redirect, PageError> {
    let choice = fields.take("choice")?.unwrap_or_default();
    let named = Said::parse(&fields.take("named")?.unwrap_or_default())?;
    fields.done()?;
    let word = match choice.as_str() {
        "law" => Arrangement::AsTheLaw,
        "nobody" => Arrangement::Nobody,
        "named" if (1..=LONGEST).contains(&named.as_str().chars().count()) => {
            Arrangement::Named(named.as_str().to_owned())
        }
        _ => return Err(Trouble::bad_request("no such arrangement, or no name").into()),
    };
    let verb = async move { sealing::arrange(&app, who.whose(), &word, &who.request).await };
    detached(verb).await?;
    Ok(Redirect::to(AFTER))
}

/// `GET /me/rights/relative`
pub async fn form(State(app): State<App>, who: SignedIn) -> Result<Html<String>, PageError> {
    let due = cases::due(&app).seconds();
    Ok(Html(RelativePage { chrome: who.chrome(Some(Tab::Mine))?, relations: RELATIONS, due }.render()?))
}

/// `POST /me/rights/relative`
pub async fn ask(State(app): State<App>, who: SignedIn, Form(mut fields): Form) -> Result<Redirect, PageError> {
    let asks = fields.take("asks")?.and_then(|word| Asks::of(&word));
    let deceased = Said::something(&fields.take("deceased")?.unwrap_or_default())?;
    let wish = Wish {
        deceased: deceased.as_str().chars().take(LONGEST).collect(),
        relation: fields.take("relation")?.unwrap_or_default(),
        asks: asks.ok_or(Trouble::bad_request("nothing that a relative may ask"))?,
    };
    let words = Said::something(&fields.take("words")?.unwrap_or_default())?;
    fields.done()?;
    let verb = async move { relative::ask(&app, who.whose(), &wish, &words, &who.request).await };
    let case = detached(verb).await?;
    Ok(Redirect::to(&format!("/me/cases/{case}")))
}

/// `GET /me/rights/relative/{case}`: the copy that was granted. The passkey must have been shown just now.
pub async fn copy(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Result<Response, PageError> {
    if !who.session.is_fresh(who.now) {
        return Ok(again(&format!("/me/rights/relative/{id}")).into_response());
    }
    let case = CaseId::parse(&id).map_err(|_| PageError::not_found("not a case's id"))?;
    let (resident, values) = relative::copy(&app, who.whose(), &case, &who.request).await?;
    let origins = vault::origins(&mut app.db.read().await?, &resident).await?;
    let groups = in_full(&values, &origins);
    let chrome = who.chrome(Some(Tab::Mine))?;
    let chrome = Chrome { words: chrome.words.about_another(), ..chrome };
    let page = RelativeCopyPage { chrome, case: id, groups, made_at: who.now.seconds() };
    Ok(Html(page.render().map_err(|_| Fault::Internal("a page did not render"))?).into_response())
}
