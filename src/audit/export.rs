//! What auditors took out of the console (docs/export-reviews.md), checked outside: the signature, each entry's commitment,
//! and the order of consents and disclosures.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use serde::Deserialize;
use zip::ZipArchive;

use super::order::Order;
use super::{Finding, Stopped};
use crate::crypto::jws::Unverified;
use crate::crypto::{hash, jwks};
use crate::ledger::{Leaf, Review, review_commitment};

/// The type in the header of its signature.
const TYPE: &str = "reviews-export+jwt";
/// The longest part that is read: some thousand entries.
const LONGEST: u64 = 64 * 1024 * 1024;

/// What is read of `export.json`; the other members repeat what the reviews say, for people.
#[derive(Debug, Deserialize)]
struct Document {
    complete: bool,
    search: Option<String>,
    entries: Vec<Line>,
}

#[derive(Debug, Deserialize)]
struct Line {
    position: u64,
    kind: String,
    resident: Option<String>,
    consent: Option<String>,
    client: Option<String>,
    purpose: Option<String>,
    claims: Vec<String>,
    outcome: String,
    reason: String,
    leaf: String,
    blind: String,
    review: String,
}

#[derive(Debug, Deserialize)]
struct Claims {
    iss: String,
    sha256: BTreeMap<String, String>,
    entries: usize,
}

/// An export that holds.
#[derive(Debug)]
pub struct Held {
    /// The service that signed it.
    pub issuer: String,
    /// Whether all entries of the search are in it.
    pub complete: bool,
    /// The leaves, by their positions: what the public tree has to hold there.
    pub leaves: BTreeMap<u64, Vec<u8>>,
}

/// Checks an export (a ZIP file) against the keys of its service (a JWK Set).
///
/// # Errors
/// [`Stopped::Given`] when the files are none; else the first thing that is wrong.
pub fn export(file: &[u8], keys: &[u8]) -> Result<Result<Held, Finding>, Stopped> {
    let given = |what: &str| Stopped::Given(what.to_owned());
    let keys = jwks::published(keys).map_err(|bad| given(bad.0))?;
    let mut archive = ZipArchive::new(Cursor::new(file)).map_err(|_| given("not a ZIP file"))?;
    let mut part = |name: &str| {
        let mut bytes = Vec::new();
        let part = archive.by_name(name).map_err(|_| given("a part of the export is missing"))?;
        part.take(LONGEST).read_to_end(&mut bytes).map_err(|_| given("a part of the export does not unpack"))?;
        Ok::<_, Stopped>(bytes)
    };
    let (json, csv) = (part("export.json")?, part("entries.csv")?);
    let jws = String::from_utf8(part("signature.jws")?).map_err(|_| given("the signature is no text"))?;
    let wrong = |what: &str| Ok(Err(Finding::Paper(what.to_owned())));
    let Ok(unverified) = Unverified::read(jws.trim()) else { return wrong("the signature does not read") };
    let key = keys.iter().find(|key| key.kid().is_some() && key.kid() == unverified.header("kid"));
    let Some(key) = key.filter(|_| unverified.header("typ") == Some(TYPE)) else {
        return wrong("signed with a key that is not among these, or not as an export");
    };
    let Ok(claims) = unverified.verify::<Claims>(key) else { return wrong("the signature is not good") };
    for (name, bytes) in [("export.json", &json), ("entries.csv", &csv)] {
        if claims.sha256.get(name) != Some(&hex::encode(hash::sha256(bytes))) {
            return wrong(&format!("{name} is not what was signed"));
        }
    }
    let Ok(document) = serde_json::from_slice::<Document>(&json) else { return wrong("export.json does not read") };
    if document.entries.len() != claims.entries {
        return wrong("another number of entries than was signed");
    }
    Ok(entries(&document).map(|leaves| Held { issuer: claims.iss, complete: document.complete, leaves }))
}

fn entries(document: &Document) -> Result<BTreeMap<u64, Vec<u8>>, Finding> {
    let mut lines: Vec<&Line> = document.entries.iter().collect();
    lines.sort_by_key(|line| line.position);
    // The order of consents is told by all entries, or by none: a case file may hold a pause and not its end.
    let all = document.complete && document.search.as_deref() == Some("");
    let mut order = Order::from_the_first();
    let mut leaves = BTreeMap::new();
    for line in lines {
        let wrong = |what: &str| Finding::Paper(format!("entry {}: {what}", line.position));
        let (bytes, leaf, review) = opened(line).ok_or_else(|| wrong("what it says is not what was recorded"))?;
        if !repeats(line, &leaf, &review) {
            return Err(wrong("the words beside the review say something else than the review"));
        }
        if all {
            order.next(line.position, leaf.kind, review.consent, &review.reason)?;
        }
        if leaves.insert(line.position, bytes).is_some() {
            return Err(wrong("it stands there twice"));
        }
    }
    Ok(leaves)
}

/// Leaf and review, when the leaf commits to the review.
fn opened(line: &Line) -> Option<(Vec<u8>, Leaf, Review)> {
    let (bytes, blind, body) =
        (hex::decode(&line.leaf).ok()?, hex::decode(&line.blind).ok()?, hex::decode(&line.review).ok()?);
    let leaf = Leaf::decode(&bytes).ok()?;
    let fits = blind.len() == 32 && review_commitment(&[blind, body.clone()].concat()) == leaf.review;
    let review = Review::decode(&body).ok()?;
    fits.then_some((bytes, leaf, review))
}

/// Whether the members for people say what the review says.
fn repeats(line: &Line, leaf: &Leaf, review: &Review) -> bool {
    let alias = |bytes: &Option<Vec<u8>>| bytes.as_deref().map(hex::encode);
    line.kind == leaf.kind.as_str()
        && (&line.resident, &line.consent) == (&alias(&review.resident), &alias(&review.consent))
        && (&line.client, &line.purpose, &line.claims) == (&review.client, &review.purpose, &review.claims)
        && (&line.outcome, &line.reason) == (&review.outcome, &review.reason)
}
