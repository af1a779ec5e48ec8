//! What anybody may keep to hold the ledger to its word.

use latchkey::custody::checkpointer;
use latchkey::ledger::checkpoint;
use signed_note::{Note, StandardVerifier, VerifierList};

use crate::support::TestApp;

#[tokio::test]
async fn anybody_can_check_the_checkpoint_against_the_published_key() {
    let town = TestApp::start().await;
    let anybody = town.browser();
    let none = anybody.get("/ledger/checkpoint").await.expect(404);
    assert_eq!(none.header("content-type"), "application/problem+json");

    town.neighbour("alice").await;
    checkpointer::catch_up(&town.app.db, &town.app.custody, town.app.now()).await.unwrap();
    let key = anybody.get("/ledger/key").await.expect(200).body;
    let note = anybody.get("/ledger/checkpoint").await.expect(200).body;

    // By the library's own verifier, from nothing but the two answers.
    let verifier = StandardVerifier::new(key.trim()).unwrap();
    let note = Note::from_bytes(note.as_bytes()).unwrap();
    let (verified, unknown) = note.verify(&VerifierList::new(vec![Box::new(verifier)])).unwrap();
    assert_eq!((verified.len(), unknown.len()), (1, 0));
    let text = String::from_utf8(note.text().to_vec()).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some(checkpoint::origin(town.app.custody.installation()).as_str()));
    // The import, the passkey and the recovery sheet of one neighbour.
    let size: u64 = lines.next().unwrap().parse().unwrap();
    assert!(size >= 2, "{text}");
}
