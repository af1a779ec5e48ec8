//! `POST /introspect`: how a token stands (RFC 7662 §2), signed for those who want it so (RFC 9701 §4).

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

use super::error::OAuthError;
use super::extract::ClientRequest;
use crate::app::App;
use crate::oauth::{self, introspect};

/// The media type of a signed answer (RFC 9701 §10.2.1).
const SIGNED: &str = "application/token-introspection+jwt";

/// `POST /introspect`
pub async fn tell(State(app): State<App>, headers: HeaderMap, asked: ClientRequest) -> Result<Response, OAuthError> {
    let token = asked.params.required("token", "no token")?;
    let answer = oauth::introspect(&app, &asked.client, token).await?;
    if wants_it_signed(&headers) {
        let signed = introspect::signed(&app, &asked.client, &answer)?;
        return Ok(([(header::CONTENT_TYPE, SIGNED)], signed).into_response());
    }
    Ok(Json(answer).into_response())
}

/// Whether `Accept` names the signed form; what else it names does not matter, nor in which order.
fn wants_it_signed(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::ACCEPT).iter().filter_map(|line| line.to_str().ok());
    let mut ranges = lines.flat_map(|line| line.split(','));
    ranges.any(|range| range.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(SIGNED)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn only_who_names_the_signed_form_gets_it() {
        let accept = |line: &'static str| HeaderMap::from_iter([(header::ACCEPT, line.parse().unwrap())]);
        for line in [SIGNED, "application/json, Application/Token-Introspection+JWT;q=0.5"] {
            assert!(wants_it_signed(&accept(line)), "{line}");
        }
        for line in ["application/json", "*/*", "application/jwt", "text/token-introspection+jwt"] {
            assert!(!wants_it_signed(&accept(line)), "{line}");
        }
        assert!(!wants_it_signed(&HeaderMap::new()));
    }
}
