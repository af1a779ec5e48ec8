//! Acts that a resident confirms with her passkey: a form with `form::confirm` in it.
//!
//! The script sends the form's fields to the address of `begin`, has the device sign, and submits the form with the
//! answer in the field `confirmation`. The act is made twice from the same fields, once at each door; if they differ,
//! the signature is of another act and the second door refuses.

use axum::Json;
use webauthn_rs::prelude::PublicKeyCredential;

use super::error::{PageError, Problem, Trouble};
use super::extract::{Fields, SignedIn};
use super::layers::detached;
use crate::app::App;
use crate::resident::{self, Act, Confirmed, confirm};
use crate::webauthn::ceremony::Begun;

/// The door where a confirmation begins.
///
/// # Errors
/// When she has no passkey, or the database fails.
pub async fn begin(app: &App, who: &SignedIn, act: Act) -> Result<Json<Begun>, Problem> {
    let (app, who) = (app.clone(), who.clone());
    let verb = async move { confirm::begin(&app, &who.browser.digest(), &who.session, &act).await };
    Ok(Json(detached(verb).await?))
}

/// What a submitted form confirms: takes its `confirmation` out.
///
/// # Errors
/// When it is not there, or the device did not sign this act in this session and browser.
pub async fn confirmed(app: &App, who: &SignedIn, act: Act, fields: &mut Fields) -> Result<Confirmed, PageError> {
    let missing = || Trouble::from(resident::Refusal::PasskeyRefused("nothing was confirmed"));
    let answer = fields.take("confirmation")?.ok_or_else(missing)?;
    let answer: PublicKeyCredential =
        serde_json::from_str(&answer).map_err(|_| Trouble::bad_request("the confirmation does not read"))?;
    let (app, who) = (app.clone(), who.clone());
    let verb =
        async move { confirm::finish(&app, &who.browser.digest(), &who.session, act, &answer, &who.request).await };
    Ok(detached(verb).await?)
}
