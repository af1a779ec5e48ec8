//! What a resident said no or "not now" to, beside her apps; and her leave to be asked again.

use axum::extract::State;
use axum::response::Redirect;

use super::Names;
use crate::app::App;
use crate::consent::no::{self, How};
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Form, SignedIn};
use crate::http::layers::detached;
use crate::http::pages::NoRow;
use crate::ids::ClientId;

/// The rows, the newest first.
pub(super) async fn rows(app: &App, signed_in: &SignedIn) -> Result<Vec<NoRow>, PageError> {
    let noes = no::of_resident(&mut app.db.read().await?, signed_in.whose(), signed_in.now).await?;
    let names = Names::of(app, signed_in.words, noes.iter().map(|no| no.client.clone())).await?;
    let row = |no: &no::No| NoRow {
        client: no.client.to_string(),
        name: names.get(&no.client),
        purpose: no.purpose.clone(),
        at: no.at,
        quiet_until: (no.how == How::Refused).then(|| no.quiet_until()),
    };
    Ok(noes.iter().map(row).collect())
}

/// `POST /me/apps/ask-again`: `client` may ask for `purpose` again.
pub async fn ask_again(
    State(app): State<App>, signed_in: SignedIn, Form(mut fields): Form,
) -> Result<Redirect, PageError> {
    let (client, purpose) = (fields.take("client")?, fields.take("purpose")?);
    fields.done()?;
    let (Some(client), Some(purpose)) = (client, purpose) else {
        return Err(Trouble::bad_request("nobody who may ask again").into());
    };
    let client = ClientId::parse(&client).map_err(|_| PageError::not_found("no such client"))?;
    let page = signed_in.at("/apps");
    let (by, resident, request) = (signed_in.by(), signed_in.whose().clone(), signed_in.request.clone());
    // Pressed twice is pressed once.
    detached(async move { no::lift(&app, &resident, &client, &purpose, &by, &request).await }).await?;
    Ok(Redirect::to(&page))
}
