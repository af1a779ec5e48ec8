//! Who did something in a resident's name or for her: named in her book.

use std::collections::HashMap;

use super::book_filter::on_behalf;
use crate::app::App;
use crate::custody::book::Line;
use crate::fault::Fault;
use crate::http::pages::BookDay;
use crate::ids::MandateId;
use crate::text::Words;
use crate::{mandate, people};

/// Says in the lines of the days by whom each was done, where it was not the resident's own hand.
pub async fn name(app: &App, words: Words, lines: &[Line], days: &mut [BookDay]) -> Result<(), Fault> {
    let mut said: HashMap<u64, String> = HashMap::new();
    let mut colleagues: Option<HashMap<String, String>> = None;
    for line in lines.iter().filter(|line| on_behalf(line)) {
        let detail = &line.detail;
        let sentence = match (detail.actor.as_str(), detail.note("mandate"), detail.note("staff")) {
            ("staff", _, Some(id)) => {
                if colleagues.is_none() {
                    let all = people::list(app).await?.into_iter();
                    colleagues = Some(all.map(|one| (one.person.id.to_string(), one.person.name)).collect());
                }
                let name = colleagues.as_ref().and_then(|all| all.get(id));
                name.map(|name| words.fill("book-by-staff-name", "name", name.as_str()))
            }
            (actor, Some(id), _) => by_mandate(app, words, actor, id).await?,
            _ => None,
        };
        let plain = || words.say(format!("book-by-{}", detail.actor));
        said.insert(line.position, sentence.unwrap_or_else(plain));
    }
    for line in days.iter_mut().flat_map(|day| &mut day.lines) {
        line.by = said.remove(&line.number);
    }
    Ok(())
}

async fn by_mandate(app: &App, words: Words, actor: &str, id: &str) -> Result<Option<String>, Fault> {
    let Ok(id) = MandateId::parse(id) else { return Ok(None) };
    let mandate = mandate::mandate(&mut app.db.read().await?, &id).await?;
    let relation = mandate.map(|mandate| format!("mandate-relation-{}", mandate.relation));
    let relation = relation.filter(|key| actor == "delegate" && words.has(key));
    Ok(relation.map(|key| words.fill("book-by-relation", "who", words.say(key))))
}
