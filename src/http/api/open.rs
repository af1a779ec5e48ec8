//! The doors of programs with a token, and of anybody, in the document.

use super::clients::proof;
use super::door::{Answer, By, Chapter, Door, Field, Takes, answer, field, text};
use super::refusals;

/// All of them.
pub fn doors() -> Vec<Door> {
    let rooms = [vec![vault()], what_this_is(), schemas(), of_the_figures(), of_the_ledger(), of_its_proofs()];
    rooms.into_iter().flatten().collect()
}

/// How the service is, and what it says of itself.
fn what_this_is() -> Vec<Door> {
    vec![
        open(
            "/health",
            "getHealth",
            ("Whether the service can do its work", "For probes."),
            vec![answer(200, "It can.").json("Health"), answer(503, "The database does not answer.").json("Health")],
        ),
        open(
            "/.well-known/openid-configuration",
            "getOpenidConfiguration",
            ("What this service is", "OpenID Connect Discovery §3. Made of what is enforced; may be kept for an hour."),
            vec![answer(200, "The metadata.").json("Metadata").with("Cache-Control")],
        ),
        open(
            "/.well-known/oauth-authorization-server",
            "getServerMetadata",
            ("What this service is", "The same document, where RFC 8414 §3 looks for it."),
            vec![answer(200, "The metadata.").json("Metadata").with("Cache-Control")],
        ),
        resource(
            "/.well-known/oauth-protected-resource",
            "getResourceMetadata",
            "Of the service as a whole (RFC 9728). Every challenge points to the metadata of its door.",
            Vec::new(),
        ),
        resource(
            "/.well-known/oauth-protected-resource/{path}",
            "getResourceMetadataOf",
            "Of one door that takes tokens (RFC 9728 §3.1).",
            vec![
                field("path", "path", "The path of the door, without its first slash.")
                    .needed()
                    .one_of(&doors_with_tokens()),
            ],
        ),
        open(
            "/jwks",
            "getKeys",
            ("The keys that sign tokens", "RFC 7517 §5. The next key stands here a day before it signs."),
            vec![answer(200, "The public keys.").json("Keys").with("Cache-Control")],
        ),
        open(
            "/openapi.json",
            "getDocument",
            ("This document", "OpenAPI 3.1, made of the code that it describes."),
            vec![answer(200, "The document.").kind("application/json", serde_json::json!({ "type": "object" }))],
        ),
    ]
}

/// The schemas of what residents and auditors are handed.
fn schemas() -> Vec<Door> {
    vec![
        open(
            "/schemas/export-1.json",
            "getExportSchema",
            (
                "What a resident's copy holds",
                "JSON Schema (2020-12) of the file that residents take with them (PIPL 45).",
            ),
            vec![answer(200, "The schema.").kind("application/json", serde_json::json!({ "type": "object" }))],
        ),
        open(
            "/schemas/reviews-1.json",
            "getReviewsSchema",
            (
                "What an auditor's export holds",
                "JSON Schema (2020-12) of export.json, the entries that auditors take out of the console, signed.",
            ),
            vec![answer(200, "The schema.").kind("application/json", serde_json::json!({ "type": "object" }))],
        ),
        open(
            "/schemas/evidence-1.json",
            "getEvidenceSchema",
            (
                "What a resident's evidence holds",
                "JSON Schema (2020-12) of the file with which residents check their entries of the ledger offline.",
            ),
            vec![answer(200, "The schema.").kind("application/json", serde_json::json!({ "type": "object" }))],
        ),
    ]
}

/// What holds the ledger to its word.
fn of_the_ledger() -> Vec<Door> {
    vec![
        open(
            "/ledger/checkpoint",
            "getCheckpoint",
            (
                "The last signed checkpoint of the ledger",
                "Size and root hash of the access log, as a signed note (C2SP tlog-checkpoint). Keep one, and the log can \
                 no longer be rewritten behind your back.",
            ),
            vec![
                answer(200, "The signed note.").kind("text/plain", text()),
                answer(404, "Nothing was signed yet.").problem(),
            ],
        ),
        open(
            "/ledger/checkpoint/witnessed",
            "getWitnessedCheckpoint",
            (
                "The last checkpoint that enough witnesses cosigned",
                "As above, with the cosignatures of a quorum of the service's witnesses (C2SP tlog-cosignature). In a busy \
                 hour it is some seconds older than the last one.",
            ),
            vec![
                answer(200, "The signed note.").kind("text/plain", text()),
                answer(404, "There are no witnesses, or too few of them have cosigned.").problem(),
            ],
        ),
        open(
            "/ledger/key",
            "getLedgerKey",
            ("The ledger's public key", "As a verifier key of signed notes (C2SP signed-note)."),
            vec![answer(200, "Name, id and key.").kind("text/plain", text())],
        ),
        open(
            "/ledger/tile/{path}",
            "getTile",
            (
                "A tile of the ledger's tree",
                "256 hashes side by side, or 256 leaves: `<L>/<N>[.p/<W>]`, or `entries/<N>[.p/<W>]` (C2SP tlog-tiles). It \
                 never changes.",
            ),
            vec![
                answer(200, "The hashes, or the leaves behind their lengths.").kind("application/octet-stream", text()),
                answer(400, "Not the address of a tile.").problem(),
                answer(404, "The signed tree has no such tile.").problem(),
            ],
        )
        .reading(vec![field("path", "path", "The address of the tile.").needed()]),
    ]
}

fn of_the_figures() -> Vec<Door> {
    vec![open(
        "/transparency.json",
        "getTransparency",
        (
            "What everybody may know",
            "How much is read, refused, withdrawn and overdue, how each app keeps its word, who watches the ledger. No \
                 personal data: what counts residents, or is split by app, is told of a month once, when it is over, and \
                 `withheld` stands in the place of a small number and of one that would tell it.",
        ),
        vec![answer(200, "The figures.").kind("application/json", serde_json::json!({ "type": "object" }))],
    )]
}

fn of_its_proofs() -> Vec<Door> {
    vec![
        open(
            "/ledger/proof/{position}",
            "getInclusionProof",
            (
                "Proof that an entry is in the ledger",
                "Leaf, path and signed checkpoint (C2SP tlog-proof), to be kept and checked offline. `Ledger-Proof` of a \
                 disclosure leads here.",
            ),
            vec![
                answer(200, "The proof.").kind("text/plain", text()),
                answer(400, "Not a position.").problem(),
                answer(404, "No checkpoint covers it yet; one comes within a second or so.").problem(),
            ],
        )
        .reading(vec![
            field("path", "position", "Position of the entry, from 0.").needed(),
            field("query", "checkpoint", "`witnessed`: under the last checkpoint that a quorum of witnesses cosigned."),
        ]),
        open(
            "/ledger/consistency",
            "getConsistencyProof",
            (
                "Proof that the ledger only grew",
                "The hashes that lead from the tree of `from` leaves to that of `to` (RFC 6962 §2.1.2), one on each line.",
            ),
            vec![
                answer(200, "The path.").kind("text/plain", text()),
                answer(400, "Not two sizes.").problem(),
                answer(404, "No checkpoint covers it yet.").problem(),
            ],
        )
        .reading(vec![
            field("query", "from", "Size of the earlier tree.").needed(),
            field("query", "to", "Size of the later tree; without it, that of the last checkpoint."),
        ]),
    ]
}

fn doors_with_tokens() -> Vec<&'static str> {
    crate::oauth::resource::OWN
        .iter()
        .map(|path| path.trim_start_matches('/'))
        .filter(|path| !path.is_empty())
        .collect()
}

fn resource(path: &'static str, name: &'static str, about: &'static str, reads: Vec<Field>) -> Door {
    let mut own = vec![answer(200, "The metadata.").json("ResourceMetadata").with("Cache-Control")];
    if !reads.is_empty() {
        own.push(answer(404, "No door of that path takes tokens.").problem());
    }
    Door { reads, ..open(path, name, ("What it takes to show a token here", about), own) }
}

fn open(
    path: &'static str, name: &'static str, (summary, about): (&'static str, &'static str), own: Vec<Answer>,
) -> Door {
    Door {
        method: "GET",
        path,
        name,
        chapter: Chapter::Open,
        summary,
        about,
        by: By::Anybody,
        reads: Vec::new(),
        takes: Takes::Nothing,
        answers: refusals::of_programs(own),
    }
}

fn vault() -> Door {
    let own = vec![
        answer(200, "The claims, in the forms that were agreed to.")
            .json("Disclosure")
            .with("Ledger-Position")
            .with("Ledger-Proof")
            .perhaps("DPoP-Nonce"),
        answer(400, "A claim that nobody knows, or a request that cannot be read.").problem().json("OAuthError"),
        answer(401, "The token or its proof is not good.")
            .json("OAuthError")
            .with("WWW-Authenticate")
            .perhaps("DPoP-Nonce"),
        answer(403, "No consent in force covers this read; it is entered all the same. Or the token is not for it.")
            .problem()
            .json("OAuthError")
            .perhaps("Ledger-Position")
            .perhaps("Ledger-Proof")
            .perhaps("WWW-Authenticate"),
        answer(429, "Too often; come back after `Retry-After` seconds.")
            .problem()
            .json("OAuthError")
            .with("Retry-After"),
    ];
    let claims = "Some of the granted claims, separated by commas; without it, all of them.";
    Door {
        method: "GET",
        path: "/vault/claims",
        name: "readClaims",
        chapter: Chapter::Data,
        summary: "Read claims",
        about: "What a resident agreed to give this partner for this purpose. Every read, given or refused for want of a \
                consent, stands in the ledger before the answer leaves; `Ledger-Position` says where.",
        by: By::Token,
        reads: vec![proof(true), field("query", "claims", claims)],
        takes: Takes::Nothing,
        answers: refusals::of_programs(own),
    }
}
