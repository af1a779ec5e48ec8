//! One attempt: a token is posted, and the answer judged.

use url::Url;

use crate::app::App;
use crate::fault::Fault;
use crate::oauth::Client;
use crate::oauth::listening::Delivery;
use crate::outbox::{Message, Way};
use crate::outgoing::Answer;

use super::token;

/// What came of an attempt; a fixed word says why it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The client has it.
    Delivered,
    /// The client says that it will never take it.
    Refused(&'static str),
    /// We could not make it: it comes later, and nothing else waits for it.
    Unmade(&'static str),
    /// Another attempt may help; others at this endpoint had better wait, too.
    Later(&'static str),
}

/// The codes that a receiver may answer with a 400 (RFC 8935 §2.4).
const CODES: [&str; 6] =
    ["invalid_request", "invalid_key", "invalid_issuer", "invalid_audience", "authentication_failed", "access_denied"];

/// Posts a message to a client.
///
/// # Errors
/// When it cannot be signed.
pub async fn attempt(app: &App, client: &Client, message: &Message) -> Result<Outcome, Fault> {
    if !client.is_open() {
        return Ok(Outcome::Later("client_disabled"));
    }
    let Some((way, url)) = endpoint(client, message) else { return Ok(Outcome::Refused("no_endpoint")) };
    let token = token::sign(app, client, message)?;
    let (kind, body) = match way {
        Way::Logout => ("application/x-www-form-urlencoded", form(&token)),
        Way::Push | Way::Poll => ("application/secevent+jwt", token),
    };
    match app.outgoing.post(&url, kind, body.into_bytes(), None).await {
        Ok(answer) => Ok(judge(&answer)),
        Err(failed) => Ok(Outcome::Later(failed.word())),
    }
}

fn endpoint(client: &Client, message: &Message) -> Option<(Way, Url)> {
    let way = message.way?;
    let url = match (way, &client.listening.events) {
        (Way::Logout, _) => client.listening.backchannel_logout.clone(),
        (Way::Push, Some(Delivery::Push(url))) => Some(url.clone()),
        _ => None,
    };
    url.map(|url| (way, url))
}

fn form(token: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair("logout_token", token).finish()
}

/// 202 is what RFC 8935 wants, 200 (or 204) what Back-Channel Logout does; every other success is one, too.
fn judge(answer: &Answer) -> Outcome {
    match answer.status {
        200..=299 => Outcome::Delivered,
        400 => match code(&answer.body) {
            Some(code) => Outcome::Refused(code),
            None => Outcome::Later("status_400"),
        },
        401 | 403 => Outcome::Later("not_let_in"),
        404 | 410 => Outcome::Later("not_found"),
        429 => Outcome::Later("too_many"),
        500..=599 => Outcome::Later("status_5xx"),
        _ => Outcome::Later("status"),
    }
}

/// The code of an answer, as one of the words that we know: what a stranger writes gets into no table.
fn code(body: &[u8]) -> Option<&'static str> {
    let answer: serde_json::Value = serde_json::from_slice(body).ok()?;
    let said = answer.get("err").or_else(|| answer.get("error"))?.as_str()?;
    Some(known_code(said))
}

/// One of the codes of RFC 8935 §2.4, or `other`.
#[must_use]
pub fn known_code(said: &str) -> &'static str {
    CODES.into_iter().find(|code| *code == said).unwrap_or("other")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(status: u16, body: &str) -> Outcome {
        judge(&Answer { status, body: body.as_bytes().to_vec() })
    }

    #[test]
    fn an_answer_is_a_success_a_refusal_or_a_reason_to_come_back() {
        assert_eq!(
            (of(202, ""), of(200, "ok"), of(204, "")),
            (Outcome::Delivered, Outcome::Delivered, Outcome::Delivered)
        );
        assert_eq!(of(400, r#"{"err":"invalid_issuer","description":"x"}"#), Outcome::Refused("invalid_issuer"));
        assert_eq!(of(400, r#"{"err":"<script>"}"#), Outcome::Refused("other"));
        assert_eq!(of(400, r#"{"error":"invalid_request"}"#), Outcome::Refused("invalid_request"));
        for (status, body) in
            [(400, "no"), (400, r#"{"err":7}"#), (401, ""), (404, ""), (429, ""), (500, ""), (503, "")]
        {
            assert!(matches!(of(status, body), Outcome::Later(_)), "{status} {body}");
        }
    }
}
