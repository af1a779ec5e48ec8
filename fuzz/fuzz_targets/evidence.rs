//! Papers that somebody hands to an auditor. Evidence that nobody signed never holds; evidence that the ledger signed holds
//! until one thing in it is changed, whatever it is, and whatever stands in a detail. Bundles of leaves have one reading, and
//! an export that is none is only that.
#![no_main]

mod signed;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use latchkey::audit::{export, papers, source};
use latchkey::clock::Timestamp;
use latchkey::crypto::hash;
use latchkey::crypto::secret::Secret;
use latchkey::ids::ResidentId;
use latchkey::ledger::evidence::{Evidence, Piece, SCHEMA, check};
use latchkey::ledger::proof::line;
use latchkey::ledger::{Detail, Entry, Kind, Leaf, detail_commitment, leaf_hash};
use libfuzzer_sys::fuzz_target;
use tlog_tiles::tlog::{Hash, node_hash};

const RESIDENT: &str = "02020202020202020202020202020202";
const TAG_KEY: [u8; 32] = [3; 32];

fuzz_target!(|data: &[u8]| {
    if let Ok(evidence) = serde_json::from_slice::<Evidence>(data) {
        assert!(check(&evidence).is_err(), "nobody signed this");
    }
    if let Ok(text) = std::str::from_utf8(data) {
        assert!(!matches!(papers::evidence(text, None), Ok(Ok(_))), "nobody signed this either");
    }
    for width in [1, 2, 256] {
        if let Some(leaves) = source::leaves(data, width) {
            let again: Vec<u8> =
                leaves.iter().flat_map(|leaf| [&(leaf.len() as u16).to_be_bytes()[..], leaf].concat()).collect();
            assert_eq!(again, data, "a bundle has one reading");
        }
    }
    assert!(!matches!(export::export(data, br#"{"keys":[]}"#), Ok(Ok(_))), "signed by nobody");
    if let Some(([count, what, which, at, with], detail)) = data.split_first_chunk::<5>() {
        let count = u64::from(count % 8) + 1;
        one_change(count, [*what, *which, *at, *with]);
        any_detail(count, detail);
    }
});

/// Evidence that holds, and then does not.
fn one_change(count: u64, [what, which, at, with]: [u8; 4]) {
    let honest = signed(&(1..=count).map(own).collect::<Vec<_>>());
    assert!(check(&honest).is_ok_and(|checked| checked.lines.len() as u64 == count), "it is whole");
    let text = |evidence: &Evidence| serde_json::to_string(evidence).expect("evidence is JSON");
    let holds = |text: &str| matches!(papers::evidence(text, Some(&signed::key())), Ok(Ok(_)));
    let mut changed = honest.clone();
    change(&mut changed, [what, which, at, with]);
    let (honest, changed) = (text(&honest), text(&changed));
    assert!(holds(&honest), "an auditor agrees");
    assert!(changed == honest || !holds(&changed), "a change that nobody finds: {what}");
}

/// Changes one thing.
fn change(evidence: &mut Evidence, [what, which, at, with]: [u8; 4]) {
    let which = usize::from(which) % evidence.entries.len();
    match what % 10 {
        0 => evidence.resident = "04".repeat(16),
        1 => twist(&mut evidence.tag_key, at, with),
        2 => evidence.counter += u64::from(with),
        3 => {
            evidence.entries.remove(which);
        }
        more => {
            let piece = &mut evidence.entries[which];
            match more {
                4 => piece.n ^= u64::from(with),
                5 => piece.position ^= u64::from(with),
                6 => twist(&mut piece.leaf, at, with),
                7 => piece.blind.iter_mut().for_each(|blind| twist(blind, at, with)),
                8 => piece.detail.iter_mut().for_each(|detail| twist(detail, at, with)),
                _ => match piece.path.as_mut().filter(|path| !path.is_empty() && at % 2 == 0) {
                    Some(path) => twist(&mut path[0], at, with),
                    None => piece.path = None,
                },
            }
        }
    }
}

/// Changes one of the bytes that a text stands for.
fn twist(text: &mut String, at: u8, with: u8) {
    let mut bytes = STANDARD.decode(&*text).expect("it was base64");
    let at = usize::from(at) % bytes.len();
    bytes[at] ^= with;
    *text = STANDARD.encode(bytes);
}

/// Whatever is committed to and signed as the last detail: it is read, or refused.
fn any_detail(count: u64, detail: &[u8]) {
    let mut pieces: Vec<(Leaf, Vec<u8>)> = (1..count).map(own).collect();
    pieces.push(committed(count, 0, detail.to_vec()));
    if let Ok(checked) = check(&signed(&pieces)) {
        let read = Detail::decode(detail).expect("what holds reads");
        assert!(read.n == count && read.resident.as_deref() == Some(RESIDENT), "it is about her, in its place");
        assert_eq!(checked.lines.last().map(|line| &line.detail), Some(&read));
    }
}

/// Her entry of this number, as the service makes it: she looked at her own data.
fn own(n: u64) -> (Leaf, Vec<u8>) {
    let resident = ResidentId::parse(RESIDENT).expect("an id");
    let at = Timestamp::from_seconds(1_795_311_000);
    committed(n, at.hours(), Entry::about(Kind::SelfView, &resident, at).detail(n))
}

/// A leaf that is tagged as hers and commits to the detail, and blind ‖ detail.
fn committed(n: u64, hour: u32, detail: Vec<u8>) -> (Leaf, Vec<u8>) {
    let tag_key = Secret::<32>::take(&mut TAG_KEY.to_vec()).expect("32 bytes");
    let opened = [vec![5; 32], detail].concat();
    let (tag, detail) = (hash::hmac_sha256(&tag_key, &n.to_be_bytes()), detail_commitment(&opened));
    (Leaf { kind: Kind::SelfView, hour, tag, detail, review: [6; 32] }, opened)
}

/// Evidence of these entries, which are all that the ledger holds.
fn signed(pieces: &[(Leaf, Vec<u8>)]) -> Evidence {
    let hashes: Vec<Hash> = pieces.iter().map(|(leaf, _)| leaf_hash(&leaf.encode())).collect();
    let entry = |(at, (leaf, opened)): (usize, &(Leaf, Vec<u8>))| {
        let mut piece = Piece::of(at as u64 + 1, at as u64, &leaf.encode(), Some(opened));
        piece.path = Some(path(&hashes, at).iter().map(line).collect());
        piece
    };
    Evidence {
        schema: SCHEMA.to_owned(),
        key: signed::key().to_string(),
        checkpoint: signed::note(&format!("{}\n{}\n{}\n", signed::ORIGIN, hashes.len(), line(&root(&hashes)))),
        resident: RESIDENT.to_owned(),
        tag_key: STANDARD.encode(TAG_KEY),
        counter: pieces.len() as u64,
        entries: pieces.iter().enumerate().map(entry).collect(),
    }
}

/// RFC 6962 §2.1, as it stands there.
fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [one] => *one,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            node_hash(root(left), root(right))
        }
    }
}

/// RFC 6962 §2.1.1.
fn path(leaves: &[Hash], at: usize) -> Vec<Hash> {
    if leaves.len() < 2 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
    let (mut path, beside) = match at.checked_sub(left.len()) {
        None => (path(left, at), root(right)),
        Some(at) => (path(right, at), root(left)),
    };
    path.push(beside);
    path
}
