//! The tree as anybody fetches it: tiles that never change, and proofs that are checked with nothing but the key.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use latchkey::custody::checkpointer;
use latchkey::ledger::checkpoint::{self, Checkpoint};
use latchkey::ledger::proof::{self, Inclusion};
use latchkey::ledger::{StoredTree, leaf_hash};

use crate::support::TestApp;
use crate::support::browser::Browser;

async fn signs(town: &TestApp) {
    checkpointer::catch_up(&town.app.db, &town.app.custody, town.app.now()).await.unwrap();
}

/// The last checkpoint, its signature checked by the published key alone.
async fn head(town: &TestApp, anybody: &Browser) -> Checkpoint {
    let key = anybody.get("/ledger/key").await.expect(200).body;
    let typed = STANDARD.decode(key.trim().splitn(3, '+').nth(2).unwrap()).unwrap();
    let public: [u8; 32] = typed[1..].try_into().unwrap();
    let origin = checkpoint::origin(town.app.custody.installation());
    let note = anybody.get("/ledger/checkpoint").await.expect(200).body;
    checkpoint::verify(&origin, &public, note.as_bytes()).unwrap()
}

async fn bytes(anybody: &Browser, path: &str) -> Vec<u8> {
    let answer = anybody.request(reqwest::Method::GET, path).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    assert_eq!(answer.headers()["content-type"], "application/octet-stream");
    assert!(answer.headers()["cache-control"].to_str().unwrap().contains("immutable"));
    answer.bytes().await.unwrap().to_vec()
}

/// The leaves of an entry bundle.
fn leaves(mut bundle: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    while let [high, low, rest @ ..] = bundle {
        let (leaf, rest) = rest.split_at(usize::from(u16::from_be_bytes([*high, *low])));
        found.push(leaf.to_vec());
        bundle = rest;
    }
    found
}

#[tokio::test]
async fn anybody_rebuilds_the_tree_from_its_tiles_and_comes_to_the_signed_root() {
    let town = TestApp::start().await;
    for name in ["alice", "bob", "granny"] {
        town.neighbour(name).await;
    }
    let anybody = town.browser();
    anybody.get("/ledger/tile/0/000.p/1").await.expect(404);
    signs(&town).await;
    let head = head(&town, &anybody).await;
    let leaves = leaves(&bytes(&anybody, &format!("/ledger/tile/entries/000.p/{}", head.size)).await);
    let hashes = bytes(&anybody, &format!("/ledger/tile/0/000.p/{}", head.size)).await;
    let mut tree = StoredTree::empty();
    for (leaf, hash) in leaves.iter().zip(hashes.chunks(32)) {
        assert_eq!(leaf_hash(leaf).0, hash, "the tile holds the hashes of the leaves");
        tree.push(leaf_hash(leaf)).unwrap();
    }
    assert_eq!((tree.size(), tree.root().unwrap()), (head.size, head.root));
    for (path, status) in [
        (format!("0/000.p/{}", head.size + 1), 404),
        ("0/000".into(), 404),
        ("1/000.p/1".into(), 404),
        ("63/000".into(), 404),
        ("64/000".into(), 400),
        ("0/000.p/0".into(), 400),
        ("0/000.p/256".into(), 400),
        ("0/0".into(), 400),
        ("entries/x001/x000".into(), 400),
        ("0/x999/x999/x999/x999/x999/x999/x999".into(), 400),
    ] {
        assert_eq!(anybody.get(&format!("/ledger/tile/{path}")).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn an_app_keeps_the_proof_of_its_read_and_checks_it_alone() {
    let town = TestApp::start().await;
    let (parking, alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
    let question = alice.browser.open(&parking.pushed(&[]).await).await.expect(200);
    let code = alice.browser.agrees(&question.path, &[]).await;
    let token = parking.redeems(&code).await.expect(200).member("access_token");
    let read = parking.reads("/vault/claims", &token).await.expect(200);
    let at = read.header("ledger-proof").strip_prefix(crate::support::app::ISSUER).unwrap().to_owned();
    assert!(at.ends_with(&format!("/{}", read.header("ledger-position"))));
    let anybody = town.browser();
    anybody.get(&at).await.expect(404);
    signs(&town).await;
    let text = anybody.get(&at).await.expect(200).body;
    let proof = Inclusion::parse(&text).unwrap();
    let head = head(&town, &anybody).await;
    proof.check(&head).unwrap();
    assert_eq!(proof.leaf[1], 1, "a disclosure");

    // Nothing in it may be changed.
    let other = Inclusion { position: proof.position + 1, ..proof.clone() };
    assert!(other.check(&head).is_err(), "another place");
    let mut leaf = proof.leaf.clone();
    leaf[9] ^= 1;
    assert!(Inclusion { leaf, ..proof.clone() }.check(&head).is_err(), "another leaf");
    for spelled in
        [text.replace("index ", "index 0"), text.replace("extra ", "extra  "), text.replacen('\n', "\r\n", 1)]
    {
        assert!(Inclusion::parse(&spelled).is_err(), "{spelled}");
    }
}

#[tokio::test]
async fn a_later_tree_is_proved_to_hold_every_earlier_one() {
    let town = TestApp::start().await;
    let anybody = town.browser();
    let mut heads = Vec::new();
    for name in ["alice", "bob", "granny"] {
        town.neighbour(name).await;
        signs(&town).await;
        heads.push(head(&town, &anybody).await);
    }
    let path = async |from: u64, to: u64| {
        let lines = anybody.get(&format!("/ledger/consistency?from={from}&to={to}")).await.expect(200).body;
        lines.lines().map(|line| proof::hash(line).unwrap()).collect::<Vec<_>>()
    };
    for earlier in &heads {
        for later in heads.iter().filter(|later| later.size >= earlier.size) {
            let path = path(earlier.size, later.size).await;
            proof::check_growth(&path, earlier, later).unwrap();
            let forked = Checkpoint { root: heads[0].root, ..*later };
            assert!(later.size == heads[0].size || proof::check_growth(&path, earlier, &forked).is_err());
        }
    }
    let last = heads[2].size;
    for (query, status) in [
        (format!("from=1&to={}", last + 1), 404),
        (format!("from={last}&to=1"), 400),
        ("from=-1".into(), 400),
        ("from=01".into(), 400),
        ("".into(), 400),
        ("from=1&from=2".into(), 400),
        ("from=18446744073709551616".into(), 400),
    ] {
        assert_eq!(anybody.get(&format!("/ledger/consistency?{query}")).await.status, status, "{query}");
    }
}
