//! The answers that doors of one face have in common.

use super::door::{Answer, By, answer};

const RETRY: &str = "Retry-After";
const NONCE: &str = "DPoP-Nonce";

/// Of a door for clients: RFC 6749 §5.2.
pub fn of_clients(by: By, own: Vec<Answer>) -> Vec<Answer> {
    let error = |status, about| answer(status, about).json("OAuthError");
    let mut all = vec![
        error(400, "The request, the grant or the proof of possession is not good; `error` says which.").perhaps(NONCE),
        error(413, "The body is larger than 32 KiB."),
        error(429, "`temporarily_unavailable`: too often; come back after `Retry-After` seconds.").with(RETRY),
        error(500, "`server_error`: a failure of ours."),
        error(503, "`temporarily_unavailable`: a failure of ours that passes.").with(RETRY),
    ];
    all.extend(if by == By::Token {
        [
            error(401, "The token or its proof is not good.").with("WWW-Authenticate").perhaps(NONCE),
            error(403, "The token is good, but not for this.").with("WWW-Authenticate"),
        ]
    } else {
        [
            error(401, "`invalid_client`: the client did not prove who it is.").perhaps("WWW-Authenticate"),
            error(415, "The body is of another kind than this door takes."),
        ]
    });
    beside(own, all)
}

/// The door's own answers, and those of all for which it has none.
fn beside(mut own: Vec<Answer>, all: Vec<Answer>) -> Vec<Answer> {
    let more: Vec<Answer> = all.into_iter().filter(|no| own.iter().all(|known| known.status != no.status)).collect();
    own.extend(more);
    own
}

/// Of a door for programs: RFC 9457.
pub fn of_programs(own: Vec<Answer>) -> Vec<Answer> {
    let problem = |status, about| answer(status, about).problem();
    let all = [
        problem(400, "The request cannot be read."),
        problem(413, "A body larger than 32 KiB came."),
        problem(429, "Too often; come back after `Retry-After` seconds.").with(RETRY),
        problem(500, "A failure of ours."),
        problem(503, "A failure of ours that passes.").with(RETRY),
    ];
    beside(own, all.into())
}
