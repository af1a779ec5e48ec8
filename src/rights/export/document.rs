//! The copy as it is handed out. Its schema is made of these structs, so neither can go its own way.

use serde::Serialize;
use utoipa::ToSchema;

/// Everything that this service keeps about one resident.
#[derive(Debug, Serialize, ToSchema)]
pub struct Export {
    /// Where the schema of this document is published.
    pub schema: String,
    /// The community that keeps the record.
    pub community: Community,
    /// When the copy was made.
    #[schema(format = DateTime)]
    pub made_at: String,
    /// The record, field by field.
    pub record: Vec<Field>,
    /// What was agreed with apps, the newest first, ended ones included.
    pub consents: Vec<Standing>,
    /// The visitors' book, the newest first: who looked, who was turned away, and every act about the record.
    pub book: Vec<Seen>,
    /// The passkeys that open this resident's pages.
    pub passkeys: Vec<Key>,
    /// What the service told the resident.
    pub messages: Vec<Told>,
}

/// A community.
#[derive(Debug, Serialize, ToSchema)]
pub struct Community {
    /// Its code.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The address of its service.
    pub issuer: String,
}

/// One field of the record.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Field {
    /// Its name, for example `phone`.
    pub name: String,
    /// Its value, in full.
    pub value: String,
    /// By whose hand it was last written: `operator` (the property office's roster), `resident`, `staff` …
    pub source: String,
    /// When it was last written.
    #[schema(format = DateTime)]
    pub written_at: String,
}

/// One consent.
#[derive(Debug, Serialize, ToSchema)]
pub struct Standing {
    /// Its id.
    pub id: String,
    /// The recipient's id.
    pub client: String,
    /// The recipient's name, as it was shown.
    pub recipient: String,
    /// Who is responsible, as it was shown.
    pub controller: String,
    /// How to reach them, as it was shown.
    pub contact: String,
    /// The code of the purpose.
    pub purpose: String,
    /// The claims that were agreed to.
    pub claims: Vec<String>,
    /// Those that were offered and left out.
    pub refused: Vec<String>,
    /// How it stands: `given`, `withdrawn`, `expired` …
    pub state: String,
    /// When it was given.
    #[schema(format = DateTime)]
    pub given_at: String,
    /// Until when it was given.
    #[schema(format = DateTime)]
    pub valid_until: String,
    /// When it ended, if it did before that.
    #[schema(format = DateTime)]
    pub ended_at: Option<String>,
    /// The notice as it was shown.
    pub notice: String,
    /// The signed receipt (JWS).
    pub receipt: String,
}

/// One entry of the visitors' book.
#[derive(Debug, Serialize, ToSchema)]
pub struct Seen {
    /// Its number in the ledger.
    pub position: u64,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// What kind of event: `disclosure`, `refusal`, `consent_given`, `write`, `self_view` …
    pub kind: String,
    /// Who acted: `client`, `resident`, `operator`, `staff` …
    pub actor: String,
    /// The app's id, where there is one.
    pub client: Option<String>,
    /// The code of the purpose, where there is one.
    pub purpose: Option<String>,
    /// The claims or fields it is about.
    pub claims: Vec<String>,
    /// The consent it rested on.
    pub consent: Option<String>,
    /// `allowed` or `refused`.
    pub outcome: String,
    /// Why, as a code.
    pub reason: String,
}

/// One passkey. Its secret half never left the resident's device.
#[derive(Debug, Serialize, ToSchema)]
pub struct Key {
    /// When it was made.
    #[schema(format = DateTime)]
    pub made_at: String,
    /// When it was last used.
    #[schema(format = DateTime)]
    pub used_at: Option<String>,
    /// Whether the device copies it to the owner's other devices.
    pub synced: bool,
}

/// One message of the inbox.
#[derive(Debug, Serialize, ToSchema)]
pub struct Told {
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// What happened, as a code; missing for one that this version does not know.
    pub word: Option<String>,
    /// The app it is about.
    pub client: Option<String>,
}
