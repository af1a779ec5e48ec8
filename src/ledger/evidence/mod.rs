//! Evidence: a resident's entries opened, each with its proof, in one document that is checked without trusting whoever
//! made it: by the script of her own page, or offline by `latchkey audit evidence`.

mod check;

pub use check::{Checked, Line, Wrong, check};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where the schema of the document is served; a change that breaks readers gets another number.
pub const SCHEMA: &str = "/schemas/evidence-1.json";

/// A resident's entries, each with what it takes to check it. Whoever holds it reads who looked at what, and with the tag
/// key tells her later entries from others' in the public tree: it is for her own hands.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Where the schema of this document is published.
    pub schema: String,
    /// The ledger's public key: a verifier key of signed notes (C2SP signed-note).
    pub key: String,
    /// The checkpoint that all paths lead to, a signed note with whatever cosignatures there are (C2SP tlog-checkpoint).
    pub checkpoint: String,
    /// Whose entries.
    pub resident: String,
    /// HMAC-SHA256 of an entry's number (u64, big-endian) under this key is the tag in its leaf (base64, 32 bytes).
    pub tag_key: String,
    /// How many entries there are about this resident.
    pub counter: u64,
    /// The entries from the first to the last of this document; their numbers have no gap.
    pub entries: Vec<Piece>,
}

/// One entry.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    /// Its number among the resident's entries, from 1.
    pub n: u64,
    /// Where it stands in the ledger, from 0.
    pub position: u64,
    /// What the public tree holds of it (base64, 102 bytes).
    pub leaf: String,
    /// SHA-256(01 ‖ blind ‖ detail) is the leaf's commitment to the detail (base64, 32 bytes). Missing: it did not open.
    pub blind: Option<String>,
    /// All that was recorded (base64 of CBOR). Missing: it did not open.
    pub detail: Option<String>,
    /// The hashes beside its way to the root, from the leaf up (base64). Missing: it is younger than the checkpoint.
    pub path: Option<Vec<String>>,
}

impl Piece {
    /// An entry as it lies in the ledger, with what could be opened of it: blind ‖ detail.
    #[must_use]
    pub fn of(n: u64, position: u64, leaf: &[u8], opened: Option<&[u8]>) -> Self {
        let halves = opened.and_then(|opened| opened.split_at_checked(32));
        Self {
            n,
            position,
            leaf: STANDARD.encode(leaf),
            blind: halves.map(|(blind, _)| STANDARD.encode(blind)),
            detail: halves.map(|(_, detail)| STANDARD.encode(detail)),
            path: None,
        }
    }
}
