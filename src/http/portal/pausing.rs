//! `POST /me/apps/{record}/pause` and `/resume`: nothing may be read for a while, and nothing is given up.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Redirect;

use crate::app::App;
use crate::consent::{self, Pausing};
use crate::http::error::{PageError, mandate_over};
use crate::http::extract::{Form, SignedIn};
use crate::http::layers::detached;
use crate::ids::ConsentId;

pub async fn pause(
    State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>, Form(fields): Form,
) -> Result<Redirect, PageError> {
    fields.done()?;
    turn(app, signed_in, &id, true).await
}

pub async fn resume(
    State(app): State<App>, signed_in: SignedIn, Path(id): Path<String>, Form(fields): Form,
) -> Result<Redirect, PageError> {
    fields.done()?;
    turn(app, signed_in, &id, false).await
}

/// Pressed twice is pressed once: the app's page says how it stands.
async fn turn(app: App, signed_in: SignedIn, id: &str, pauses: bool) -> Result<Redirect, PageError> {
    let unknown = || PageError::not_found("no such consent of this resident");
    let id = ConsentId::parse(id).map_err(|_| unknown())?;
    let page = signed_in.at(&format!("/apps/{id}"));
    let (by, resident, request) = (signed_in.by(), signed_in.whose().clone(), signed_in.request.clone());
    let turned = detached(async move {
        if pauses {
            consent::pause(&app, &resident, &id, &by, &request).await
        } else {
            consent::resume(&app, &resident, &id, &by, &request).await
        }
    });
    match turned.await? {
        Pausing::Done(..) | Pausing::WasSo(_) => Ok(Redirect::to(&page)),
        Pausing::HersAlone => {
            Err(PageError::refused(StatusCode::FORBIDDEN, "paused-by-herself", "a delegate resumes what she paused"))
        }
        Pausing::MandateOver => Err(mandate_over()),
        Pausing::Unknown => Err(unknown()),
    }
}
