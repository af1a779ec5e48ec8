//! `GET /docs/api`: the document as a page, made of the same values.

use askama::Template;
use axum::extract::State;
use axum::response::Html;

use super::door::{Answer, By, Chapter, Door, Field, Takes};
use crate::app::App;
use crate::http::error::PageError;
use crate::http::extract::Visit;
use crate::http::pages::{ApiAnswer, ApiChapter, ApiDoor, ApiField, ApiPage};

/// `GET /docs/api`
pub async fn page(State(app): State<App>, visit: Visit) -> Result<Html<String>, PageError> {
    let server = app.config.server.issuer.as_str().to_owned();
    Ok(Html(ApiPage { chrome: visit.chrome(None)?, server, chapters: chapters() }.render()?))
}

/// The whole document, as the page shows it.
pub fn chapters() -> Vec<ApiChapter> {
    let of = |chapter: Chapter| {
        let (name, about) = chapter.words();
        let doors = super::doors().into_iter().filter(|door| door.chapter == chapter).map(shown).collect();
        ApiChapter { name, about, doors }
    };
    Chapter::ALL.into_iter().map(of).collect()
}

fn shown(door: Door) -> ApiDoor {
    let mut fields: Vec<Field> = door.reads;
    if let Takes::Form(form) | Takes::Json(form) = door.takes {
        fields.extend(form);
    }
    let field = |field: Field| ApiField {
        name: field.name,
        place: field.place,
        required: field.required,
        values: field.values,
        about: field.about,
    };
    let answer = |answer: Answer| ApiAnswer {
        status: answer.status,
        about: answer.about,
        kinds: answer.bodies.iter().map(|(kind, _)| *kind).collect(),
        headers: answer.headers.iter().map(|(name, _)| *name).collect(),
    };
    ApiDoor {
        name: door.name,
        method: door.method,
        path: door.path,
        summary: door.summary,
        about: door.about,
        who: match door.by {
            By::Anybody => "anybody",
            By::Client => "client",
            By::ProvenClient | By::ClientOfHeader => "proven",
            By::InitialToken => "operator",
            By::Token => "token",
        },
        fields: fields.into_iter().map(field).collect(),
        answers: door.answers.into_iter().map(answer).collect(),
    }
}
