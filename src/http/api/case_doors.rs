//! The doors to what residents ask of a client, in the document.

use serde_json::json;

use super::door::{Answer, By, Chapter, Door, Field, Takes, answer, field};
use super::refusals;

/// All of them.
pub fn doors() -> Vec<Door> {
    vec![list(), one(), reply()]
}

fn door(
    (method, path, name): (&'static str, &'static str, &'static str), (summary, about): (&'static str, &'static str),
    own: Vec<Answer>,
) -> Door {
    Door {
        method,
        path,
        name,
        chapter: Chapter::Protocol,
        summary,
        about,
        by: By::ClientOfHeader,
        reads: Vec::new(),
        takes: Takes::Nothing,
        answers: refusals::of_clients(By::ClientOfHeader, own),
    }
}

fn case() -> Field {
    field("path", "case", "The case, as the event `case-opened` names it.").needed()
}

fn unknown() -> Answer {
    answer(404, "No such case, or not about you.").json("OAuthError")
}

fn list() -> Door {
    let words = (
        "See what residents ask",
        "The cases that wait for your answer: a resident objects to an access, or wants it explained. You have until \
         `due_at`; the silence of whoever does not answer stands on record, and residents and auditors see it.",
    );
    door(("GET", "/cases", "listCases"), words, vec![answer(200, "What waits for you.").json("Cases")])
}

fn one() -> Door {
    let words =
        ("See one case", "However it stands. The resident's words are there only if she wants you to read them.");
    let own = vec![answer(200, "The case.").json("Case"), unknown()];
    Door { reads: vec![case()], ..door(("GET", "/cases/{case}", "getCase"), words, own) }
}

fn reply() -> Door {
    let words = (
        "Answer a case",
        "The resident reads it as you wrote it, and says whether that settles it; if not, the service centre decides. \
         Answered once; the same answer again is taken as the one that is there.",
    );
    let text = json!({ "type": "string", "minLength": 1, "maxLength": 1000, "pattern": "\\S" });
    let own = vec![
        answer(200, "The case, answered.").json("Case"),
        unknown(),
        answer(409, "It is over, or was answered otherwise.").json("OAuthError"),
    ];
    Door {
        reads: vec![case()],
        takes: Takes::Json(vec![
            field("json", "outcome", "Whether the resident is right.").needed().one_of(&["agreed", "declined"]),
            field("json", "answer", "What the resident is told: plain text, no control characters.").needed().of(text),
        ]),
        ..door(("POST", "/cases/{case}/answer", "answerCase"), words, own)
    }
}
