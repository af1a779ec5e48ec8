//! What residents' passkeys and those of staff have in common: the relying party, and what webauthn-rs leaves to its
//! caller before it verifies: the exact origin and no frame ([`client_data`]), once and in one browser ([`ceremony`]).
//!
//! Whose a credential is, and what it opens, is for each of the two slices, in tables of its own: a passkey of the one
//! never opens a door of the other.

use serde::Serialize;
use serde_json::Value;
use webauthn_rs::prelude::{CreationChallengeResponse, Url, Webauthn, WebauthnBuilder};

use crate::config::Config;
use crate::fault::Fault;

pub mod ceremony;
pub mod client_data;

/// No authenticator may make a longer credential id (WebAuthn §5.8.3).
pub const LONGEST_ID: usize = 1023;

/// A no, before any signature is looked at. Reasons are for the log.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The ceremony is unknown, over, used, of another browser or of another sort.
    #[error("ceremony ended: {0}")]
    Ended(&'static str),
    /// The answer is not one to this page.
    #[error("passkey refused: {0}")]
    Answer(&'static str),
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Who asks authenticators: the issuer's host, under the issuer's origin and no other.
///
/// # Errors
/// Never with a configuration that was checked.
pub fn relying_party(config: &Config) -> Result<Webauthn, Fault> {
    let unfit = |_| Fault::Internal("no relying party");
    let issuer = &config.server.issuer;
    let origin = Url::parse(issuer.as_str()).map_err(|_| Fault::Internal("the issuer is no URL"))?;
    let builder = WebauthnBuilder::new(issuer.host(), &origin).map_err(unfit)?;
    builder.rp_name(&config.community.name).timeout(ceremony::LIFE).build().map_err(unfit)
}

/// webauthn-rs asks for a key that may need a user name first; ours must be found without one.
///
/// # Errors
/// When webauthn-rs makes options in another form than it did.
pub fn discoverable(options: &CreationChallengeResponse) -> Result<Value, Fault> {
    let mut options = serde_json::to_value(options).map_err(|_| Fault::Internal("options do not serialise"))?;
    let selection = options.pointer_mut("/publicKey/authenticatorSelection").and_then(Value::as_object_mut);
    let selection = selection.ok_or(Fault::Internal("webauthn-rs makes options in another form"))?;
    selection.insert("residentKey".to_owned(), "required".into());
    selection.insert("requireResidentKey".to_owned(), true.into());
    Ok(options)
}

/// A half of webauthn-rs's ceremony, as JSON, with a challenge of ours in the place of its own.
///
/// # Errors
/// When webauthn-rs makes ceremonies in another form than it did.
pub fn challenged(half: &impl Serialize, place: &str, challenge: &str) -> Result<Value, Fault> {
    let unknown = "webauthn-rs makes ceremonies in another form";
    let mut half = serde_json::to_value(half).map_err(|_| Fault::Internal(unknown))?;
    *half.pointer_mut(place).filter(|old| old.is_string()).ok_or(Fault::Internal(unknown))? = challenge.into();
    Ok(half)
}
