//! What apps and people are called, for the auditors' pages.

use std::collections::HashMap;

use crate::app::App;
use crate::fault::Fault;
use crate::http::extract::InConsole;
use crate::http::pages::desk::ReviewRow;
use crate::reviews::Row;
use crate::text::Locale;
use crate::{oauth, people};

/// Names by id.
pub struct Names {
    /// Apps, in the order of their names.
    pub apps: Vec<(String, String)>,
    /// People of the service centre, the oldest first.
    pub people: Vec<(String, String)>,
    by_id: HashMap<String, String>,
}

impl Names {
    /// Names in the language of the visit.
    pub async fn read(app: &App, who: &InConsole) -> Result<Self, Fault> {
        let chinese = who.words.locale() == Locale::ZhHans;
        let clients = oauth::clients(&mut app.db.read().await?).await?;
        let mut apps: Vec<_> =
            clients.iter().map(|client| (client.id.to_string(), client.name_in(chinese).to_owned())).collect();
        apps.sort_by(|a, b| a.1.cmp(&b.1));
        let people = people::list(app).await?;
        let people: Vec<_> = people.into_iter().map(|one| (one.person.id.to_string(), one.person.name)).collect();
        let by_id = apps.iter().chain(&people).cloned().collect();
        Ok(Self { apps, people, by_id })
    }

    /// What an app or a person is called; its id where nobody knows.
    pub fn of(&self, id: &str) -> String {
        self.by_id.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    /// An entry, as a line of a table.
    pub fn row(&self, row: &Row) -> ReviewRow {
        let review = &row.review;
        ReviewRow {
            position: row.position,
            at: review.at.div_euclid(1_000),
            kind: row.kind.as_str(),
            refused: review.outcome == "refused",
            client: review.client.as_ref().map(|id| (id.clone(), self.of(id))),
            purpose: review.purpose.clone(),
            claims: review.claims.clone(),
            is_write: row.kind == crate::ledger::Kind::Write,
            role: review.role().unwrap_or("resident").to_owned(),
            person: review.person().map(|id| (id.to_owned(), self.of(id))),
            alias: review.resident.as_deref().map(hex::encode),
            consent: review.consent.as_deref().map(hex::encode),
            reason: review.reason.clone(),
        }
    }
}
