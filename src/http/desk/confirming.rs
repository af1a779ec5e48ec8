//! Acts that somebody of the service centre confirms with a passkey: a form with `form::confirm` in it, as a
//! resident's ([`crate::http::confirming`]). The act is made twice from the same fields, once at each door; if they
//! differ, the signature is of another act and the second door refuses.

use axum::Json;
use webauthn_rs::prelude::PublicKeyCredential;

use crate::app::App;
use crate::http::error::{PageError, Problem, Trouble};
use crate::http::extract::{Fields, InConsole};
use crate::http::layers::detached;
use crate::people::{self, Act, Confirmed, confirm};
use crate::webauthn::ceremony::Begun;

/// The door where a confirmation begins.
///
/// # Errors
/// When there is no passkey any more, or the database fails.
pub async fn begin(app: &App, who: &InConsole, act: Act) -> Result<Json<Begun>, Problem> {
    let (app, who) = (app.clone(), who.clone());
    let verb = async move { confirm::begin(&app, &who.browser.digest(), &who.session, &act).await };
    Ok(Json(detached(verb).await?))
}

/// What a submitted form confirms: takes its `confirmation` out.
///
/// # Errors
/// When it is not there, or the device did not sign this act in this session and browser.
pub async fn confirmed(app: &App, who: &InConsole, act: Act, fields: &mut Fields) -> Result<Confirmed, PageError> {
    let missing = || Trouble::from(people::Refusal::PasskeyRefused("nothing was confirmed"));
    let answer = fields.take("confirmation")?.ok_or_else(missing)?;
    let answer: PublicKeyCredential =
        serde_json::from_str(&answer).map_err(|_| Trouble::bad_request("the confirmation does not read"))?;
    let (app, who) = (app.clone(), who.clone());
    let verb = async move { confirm::finish(&app, &who.browser.digest(), &who.session, act, &answer).await };
    Ok(detached(verb).await?)
}
