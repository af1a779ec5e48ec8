//! `/me/only-myself`: one press for whoever is afraid of somebody near her.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, Redirect};

use crate::app::App;
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Form, SignedIn};
use crate::http::layers::detached;
use crate::http::pages::{OnlyMyselfPage, Tab};
use crate::mandate;

const HERE: &str = "/me/only-myself";

pub async fn page(State(app): State<App>, who: SignedIn) -> Result<Html<String>, PageError> {
    let shielded = mandate::is_shielded(&mut app.db.read().await?, &who.session.resident).await?;
    Ok(Html(OnlyMyselfPage { chrome: who.chrome(Some(Tab::Mine))?, shielded }.render()?))
}

/// `shield` = `on` or `off`.
pub async fn answer(State(app): State<App>, who: SignedIn, Form(mut fields): Form) -> Result<Redirect, PageError> {
    let shield = fields.take("shield")?;
    fields.done()?;
    let on = match shield.as_deref() {
        Some("on") => true,
        Some("off") => false,
        _ => return Err(Trouble::bad_request("neither on nor off").into()),
    };
    let verb = async move {
        if on {
            mandate::only_myself(&app, &who.session, &who.request).await
        } else {
            mandate::open_again(&app, &who.session, &who.request).await
        }
    };
    detached(verb).await?;
    Ok(Redirect::to(HERE))
}
