//! `GET /me/mine`: the way to data, passkeys, language and the exit.

use askama::Template;
use axum::extract::State;
use axum::response::Html;

use super::{inbox, values};
use crate::app::App;
use crate::http::error::PageError;
use crate::http::extract::SignedIn;
use crate::http::pages::{MinePage, Tab};
use crate::resident;

pub async fn mine(State(app): State<App>, signed_in: SignedIn) -> Result<Html<String>, PageError> {
    let resident = signed_in.whose();
    let name = "name_masked".to_owned();
    let mut values = values(&app, &signed_in, std::slice::from_ref(&name)).await?;
    let passkeys = resident::keys(&app, resident).await?.len();
    let page = MinePage {
        chrome: signed_in.chrome(Some(Tab::Mine))?,
        name: values.remove(&name).map(|(_, masked)| masked),
        unread: inbox::unread(&app, &signed_in).await?,
        passkeys: u32::try_from(passkeys).unwrap_or(u32::MAX),
    };
    Ok(Html(page.render()?))
}
