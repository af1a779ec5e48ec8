//! `POST /consent/{id}/for`: for whom a question is answered, and back to it.

use axum::extract::{Path, State};
use axum::response::Redirect;

use super::error::{PageError, Trouble};
use super::extract::{Form, SignedIn};
use super::layers::detached;
use crate::app::App;
use crate::ids::{AuthorizationId, MandateId};
use crate::{mandate, oauth};

/// `mandate`: which, or nothing for herself.
pub async fn choose(
    State(app): State<App>, who: SignedIn, Path(id): Path<String>, Form(mut fields): Form,
) -> Result<Redirect, PageError> {
    let id = AuthorizationId::parse(&id).map_err(|_| PageError::not_found("not a question's id"))?;
    let mandate = fields.take("mandate")?.unwrap_or_default();
    fields.done()?;
    let mandate = match mandate.as_str() {
        "" => None,
        text => Some(MandateId::parse(text).map_err(|_| Trouble::bad_request("not a mandate's id"))?),
    };
    // Only the browser that brought the question says for whom it is answered, and only while it waits.
    let open = oauth::waiting(&app, &id, &who.browser.digest()).await?.filter(|open| !open.answered);
    open.ok_or_else(|| PageError::not_found("not asked here, or answered"))?;
    let page = format!("/consent/{id}");
    detached(async move { mandate::answer_for(&app, &who.session.holder, &id, mandate.as_ref()).await }).await?;
    Ok(Redirect::to(&page))
}
