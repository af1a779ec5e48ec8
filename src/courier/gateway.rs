//! The gateway that short messages hang on: a signed `POST` for each message.
//!
//! The body is a JWS (ES256, `typ` of `notice+jwt`) by the service's own key, which the gateway checks against `/jwks`: nobody
//! else can have it write to residents. It knows a message that comes twice by `jti`.

use std::time::Duration;

use serde_json::json;

use super::letter::Letter;
use crate::app::App;
use crate::fault::Fault;

/// How long a gateway may take a message for fresh.
const FRESH: Duration = Duration::from_secs(300);

/// Hands a letter over; a fixed word says why it was not taken.
///
/// # Errors
/// When it cannot be signed.
pub(super) async fn send(app: &App, phone: &str, letter: &Letter) -> Result<Result<(), &'static str>, Fault> {
    let Some(url) = app.config.notices.webhook() else { return Ok(Err("no_gateway")) };
    let now = app.now();
    let claims = json!({
        "iss": app.config.server.issuer.as_str(),
        "aud": url.as_str(),
        "iat": now.seconds(),
        "exp": now.plus(FRESH).seconds(),
        "jti": letter.id,
        "to": { "phone": phone },
        "language": letter.language,
        "text": letter.text,
        "happened_at": letter.at,
    });
    let token = app.keyring.signer(now)?.sign("notice+jwt", &claims)?;
    Ok(match app.outgoing.post(&url, "application/jwt", token.into_bytes(), None).await {
        Ok(answer) if (200..300).contains(&answer.status) => Ok(()),
        Ok(_) => Err("status"),
        Err(failed) => Err(failed.word()),
    })
}
