//! `/docs/api`: the JSON API for whoever writes an app. The frame speaks the reader's language, the document English.

use askama::Template;

use super::Chrome;

/// `GET /docs/api`
#[derive(Debug, Template)]
#[template(path = "pages/api.html")]
pub struct ApiPage {
    /// Around the page.
    pub chrome: Chrome,
    /// The public URL of the service.
    pub server: String,
    /// The chapters.
    pub chapters: Vec<ApiChapter>,
}

/// Doors that belong together.
#[derive(Debug)]
pub struct ApiChapter {
    /// Its name.
    pub name: &'static str,
    /// What is in it.
    pub about: &'static str,
    /// Its doors.
    pub doors: Vec<ApiDoor>,
}

/// One door.
#[derive(Debug)]
pub struct ApiDoor {
    /// Its name for programs, and where on the page it stands.
    pub name: &'static str,
    /// `GET`, `POST` …
    pub method: &'static str,
    /// Its address.
    pub path: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// What there is to know of it.
    pub about: &'static str,
    /// Who may come: `anybody`, `client`, `proven`, `token` or `operator`.
    pub who: &'static str,
    /// What it reads.
    pub fields: Vec<ApiField>,
    /// What it answers.
    pub answers: Vec<ApiAnswer>,
}

/// A value that is sent.
#[derive(Debug)]
pub struct ApiField {
    /// Its name.
    pub name: &'static str,
    /// `form`, `query` …
    pub place: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// Its values, where they are few.
    pub values: Vec<&'static str>,
    /// What it is.
    pub about: &'static str,
}

/// An answer.
#[derive(Debug)]
pub struct ApiAnswer {
    /// Its status.
    pub status: u16,
    /// When it comes.
    pub about: &'static str,
    /// Media types of its body.
    pub kinds: Vec<&'static str>,
    /// Headers besides those that every answer has.
    pub headers: Vec<&'static str>,
}

impl ApiPage {
    fn who(&self, door: &ApiDoor) -> String {
        let words = self.chrome.words;
        match door.who {
            "client" => words.say("api-who-client"),
            "proven" => words.say("api-who-proven"),
            "operator" => words.say("api-who-operator"),
            "token" => words.say("api-who-token"),
            _ => words.say("api-who-anybody"),
        }
    }
}
