//! An export as it is handed out. Its schema is made of these structs, so neither can go its own way.

use serde::Serialize;
use utoipa::ToSchema;

/// What auditors take out: entries with all that is needed to check them against the public tree.
#[derive(Debug, Serialize, ToSchema)]
pub struct Export {
    /// Where the schema of this document is published.
    pub schema: String,
    /// The service that made it.
    pub issuer: String,
    /// The ledger's name in its checkpoints.
    pub origin: String,
    /// When it was made.
    #[schema(format = DateTime)]
    pub made_at: String,
    /// The id of the auditor who made it.
    pub made_by: String,
    /// The search, as a query, if it is one's result.
    pub search: Option<String>,
    /// The case file, if it is one.
    pub dossier: Option<File>,
    /// Whether these are all the entries that were found. If not, older ones have not been looked at.
    pub complete: bool,
    /// How many entries of the stretch that was looked through are not what was entered, or are gone. They are left out.
    pub altered: u64,
    /// Where the newest of those stand or stood, 20 at most.
    pub altered_positions: Vec<u64>,
    /// The newest signed checkpoint (C2SP tlog-checkpoint) when it was made. Entries may be newer.
    pub checkpoint: Option<String>,
    /// The entries.
    pub entries: Vec<Line>,
}

/// A case file.
#[derive(Debug, Serialize, ToSchema)]
pub struct File {
    /// Its id.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// The id of the auditor who opened it.
    pub opened_by: String,
    /// When it was opened.
    #[schema(format = DateTime)]
    pub opened_at: String,
    /// When it was closed.
    #[schema(format = DateTime)]
    pub closed_at: Option<String>,
    /// Its notes, the oldest first.
    pub notes: Vec<Remark>,
}

/// A note of a case file.
#[derive(Debug, Serialize, ToSchema)]
pub struct Remark {
    /// The position of the entry that tells of it.
    pub position: u64,
    /// The id of the auditor who wrote it.
    pub author: String,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// What.
    pub words: String,
}

/// One entry. What stands before `leaf` is what `review` says, in words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Line {
    /// Where it stands in the ledger, counted from 0.
    pub position: u64,
    /// What kind of event: `disclosure`, `refusal` …
    pub kind: String,
    /// When, to the millisecond.
    #[schema(format = DateTime)]
    pub at: String,
    /// The resident's alias, 32 hexadecimal digits; none where it is about nobody.
    pub resident: Option<String>,
    /// The alias of the consent record.
    pub consent: Option<String>,
    /// The client.
    pub client: Option<String>,
    /// Who acted: `resident`, a word, or `staff:ID` and `auditor:ID`.
    pub actor: String,
    /// The purpose's code.
    pub purpose: Option<String>,
    /// Claims or fields.
    pub claims: Vec<String>,
    /// `allowed` or `refused`.
    pub outcome: String,
    /// Why, as a code.
    pub reason: String,
    /// The public leaf, 102 bytes, hexadecimal.
    pub leaf: String,
    /// What blinds the commitment, 32 bytes, hexadecimal.
    pub blind: String,
    /// The review as it is committed to (CBOR), hexadecimal.
    pub review: String,
}
