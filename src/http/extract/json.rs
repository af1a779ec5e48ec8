//! What the passkey script posts: JSON, from our own pages, with the page's form token in a header.
//!
//! The token is judged but not used up: a ceremony that the resident cancels may begin again on the same page. What
//! works once is the ceremony itself.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

use super::form::{csrf, from_our_own_page, is};
use super::{Fields, Visit};
use crate::app::App;
use crate::http::error::{Problem, Trouble};

/// What a ceremony begins with. The token stands in the header as well, and that is the one which is judged.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The page's form token.
    #[expect(dead_code, reason = "part of what the script sends")]
    csrf: String,
}

/// What a confirmation begins with: the fields of the form that it stands in, as they are when the button is pressed.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskedWith {
    /// The page's form token.
    #[expect(dead_code, reason = "part of what the script sends")]
    csrf: String,
    fields: Vec<(String, String)>,
}

impl AskedWith {
    /// The form's fields.
    #[must_use]
    pub fn fields(self) -> Fields {
        Fields::of(self.fields)
    }
}

/// The JSON body of a ceremony's step.
#[derive(Debug)]
pub struct CeremonyJson<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for CeremonyJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, app).await?;
        from_our_own_page(&parts.headers, app)?;
        let token = parts.headers.get("x-csrf").and_then(|value| value.to_str().ok());
        if !token.is_some_and(|token| visit.form_key().knows(token, visit.now)) {
            return Err(csrf("the form token is not this session's").into());
        }
        if !is(&parts.headers, "application/json") {
            return Err(Trouble::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "bad-request", "not JSON").into());
        }
        let body = Bytes::from_request(Request::from_parts(parts, body), app).await;
        let body = body.map_err(|no| Trouble::of_status(no.status()))?;
        let unreadable = |_| Trouble::bad_request("the JSON is not what this step expects");
        Ok(Self(serde_json::from_slice(&body).map_err(unreadable)?))
    }
}
