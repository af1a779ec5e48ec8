//! What the document says of one door. From these values come `/openapi.json` and the page that is read.

use serde_json::{Value, json};

/// An operation: one method at one address.
pub struct Door {
    /// `GET`, `POST`, `DELETE` …
    pub method: &'static str,
    /// As the router knows it.
    pub path: &'static str,
    /// Its name for programs (`operationId`), unique.
    pub name: &'static str,
    /// The chapter it stands in.
    pub chapter: Chapter,
    /// What it does, in half a sentence.
    pub summary: &'static str,
    /// What there is to know of it, in plain words.
    pub about: &'static str,
    /// Who may come.
    pub by: By,
    /// What it reads besides a body: path, query, headers.
    pub reads: Vec<Field>,
    /// What it takes.
    pub takes: Takes,
    /// What it answers.
    pub answers: Vec<Answer>,
}

impl Door {
    /// With what it reads of path and query.
    pub fn reading(self, reads: Vec<Field>) -> Self {
        Self { reads, ..self }
    }
}

/// The chapters of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chapter {
    /// Where clients ask for what a resident may give.
    Protocol,
    /// Where tokens are shown.
    Data,
    /// What anybody may read.
    Open,
}

impl Chapter {
    /// In the order of the page.
    pub const ALL: [Self; 3] = [Self::Protocol, Self::Data, Self::Open];

    /// Its name and what is in it.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Protocol => {
                ("Clients", "Where a registered client asks, gives back and looks up. Forms in, JSON out.")
            }
            Self::Data => ("Tokens", "Where an access token is shown, with a proof of its key."),
            Self::Open => ("Anybody", "What this service is, its keys, and what holds its ledger to its word."),
        }
    }
}

/// Who may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Anybody.
    Anybody,
    /// A client that says who it is; a public one only gives its name.
    Client,
    /// A client that proves who it is.
    ProvenClient,
    /// A client that proves who it is in the `Authorization` header, because its body is no form.
    ClientOfHeader,
    /// Whoever holds an initial access token of the operator's.
    InitialToken,
    /// Whoever holds an access token (and its key).
    Token,
}

/// A value that is sent: in a form, the address, the query or a header.
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// `form`, `json`, `path`, `query` or `header`.
    pub place: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// Its values, where they are few.
    pub values: Vec<&'static str>,
    /// Its schema, where it is not a text.
    pub kind: Option<Value>,
    /// What it is.
    pub about: &'static str,
}

/// A field that may be left out.
pub fn field(place: &'static str, name: &'static str, about: &'static str) -> Field {
    Field { name, place, required: false, values: Vec::new(), kind: None, about }
}

impl Field {
    /// It must be there.
    pub fn needed(self) -> Self {
        Self { required: true, ..self }
    }

    /// It is of this schema.
    pub fn of(self, kind: Value) -> Self {
        Self { kind: Some(kind), ..self }
    }

    /// It has one of these values.
    pub fn one_of(self, values: &[&'static str]) -> Self {
        Self { values: values.to_vec(), ..self }
    }
}

/// What a door takes as a body.
pub enum Takes {
    /// None.
    Nothing,
    /// `application/x-www-form-urlencoded`.
    Form(Vec<Field>),
    /// `application/json`, an object.
    Json(Vec<Field>),
}

/// One answer.
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// When it comes.
    pub about: &'static str,
    /// Its media types, each with the schema of its body.
    pub bodies: Vec<(&'static str, Value)>,
    /// Its headers, and whether they always come.
    pub headers: Vec<(&'static str, bool)>,
}

/// An answer without a body.
pub fn answer(status: u16, about: &'static str) -> Answer {
    Answer { status, about, bodies: Vec::new(), headers: Vec::new() }
}

impl Answer {
    /// With JSON of a named schema.
    pub fn json(self, schema: &str) -> Self {
        self.kind("application/json", named(schema))
    }

    /// With a problem (RFC 9457).
    pub fn problem(self) -> Self {
        self.kind(crate::http::error::KIND, named("Problem"))
    }

    /// With a body of this media type.
    pub fn kind(mut self, kind: &'static str, schema: Value) -> Self {
        self.bodies.push((kind, schema));
        self
    }

    /// With a header that always comes.
    pub fn with(mut self, header: &'static str) -> Self {
        self.headers.push((header, true));
        self
    }

    /// With a header that may come.
    pub fn perhaps(mut self, header: &'static str) -> Self {
        self.headers.push((header, false));
        self
    }
}

/// The schema of that name.
pub fn named(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

/// A text.
pub fn text() -> Value {
    json!({ "type": "string" })
}
