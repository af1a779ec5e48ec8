//! T-RACE-4: eight readers against a resident who withdraws and gives again, round after round.
//!
//! What must hold is checked twice: by what the readers saw (a read that started after a withdrawal was acknowledged
//! is refused), and on the ledger and its reviews alone (between the end of a consent and its next giving there is no
//! disclosure), as an auditor could check it for ever.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use latchkey::app::App;
use latchkey::consent::{self, Withdrawal};
use latchkey::crypto::random;
use latchkey::crypto::token::Digest;
use latchkey::ids::{ConsentId, RequestId};
use latchkey::ledger::queue::{Asker, Denied, Proof};
use latchkey::ledger::{self, Kind, Leaf, Review};

use crate::support::TestApp;

const READERS: usize = 8;

/// A token under a consent, and whether the withdrawal of that consent was acknowledged.
struct Held {
    token: Digest,
    thumbprint: String,
    withdrawn: AtomicBool,
}

#[derive(Default)]
struct Seen {
    allowed: AtomicUsize,
    refused: AtomicUsize,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn t_race_4_no_read_passes_after_an_acknowledged_withdrawal() {
    let town = TestApp::start().await;
    let parking = town.partner("rp-a").await;
    let alice = town.neighbour("alice").await;
    let current: Arc<Mutex<Option<Arc<Held>>>> = Arc::default();
    let seen = Arc::new(Seen::default());
    let over = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..READERS)
        .map(|_| tokio::spawn(read(town.app.clone(), current.clone(), seen.clone(), over.clone())))
        .collect();

    for _ in 0..crate::rounds(500) {
        let code = alice.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
        let tokens = parking.redeems(&code).await.expect(200);
        let held = Arc::new(Held {
            token: Digest::of(tokens.member("access_token").as_bytes()),
            thumbprint: parking.dpop.thumbprint(),
            withdrawn: AtomicBool::new(false),
        });
        *current.lock().unwrap() = Some(held.clone());
        let before = seen.allowed.load(Ordering::SeqCst);
        while seen.allowed.load(Ordering::SeqCst) < before + READERS {
            tokio::task::yield_now().await;
        }
        let record = in_force(&town.app, &alice.resident.id).await;
        let request: RequestId = random::id().unwrap();
        let done = consent::withdraw(&town.app, &alice.resident.id, &record, &latchkey::ledger::By::Resident, &request)
            .await
            .unwrap();
        held.withdrawn.store(true, Ordering::SeqCst);
        assert!(matches!(done, Withdrawal::Done(..)));
        let before = seen.refused.load(Ordering::SeqCst);
        while seen.refused.load(Ordering::SeqCst) < before + READERS {
            tokio::task::yield_now().await;
        }
    }
    over.store(true, Ordering::SeqCst);
    for reader in readers {
        reader.await.unwrap();
    }
    check_the_log(&town.app, crate::rounds(500)).await;
}

async fn in_force(app: &App, resident: &latchkey::ids::ResidentId) -> ConsentId {
    let mut tx = app.db.read().await.unwrap();
    let records = consent::of_resident(&mut tx, resident).await.unwrap();
    records.into_iter().find(|record| record.in_force(app.now()).is_ok()).unwrap().id
}

async fn read(app: App, current: Arc<Mutex<Option<Arc<Held>>>>, seen: Arc<Seen>, over: Arc<AtomicBool>) {
    while !over.load(Ordering::SeqCst) {
        let Some(held) = current.lock().unwrap().clone() else {
            tokio::task::yield_now().await;
            continue;
        };
        let jti = Digest::of(&random::bytes::<16>().unwrap());
        let proof = Some(Proof { thumbprint: held.thumbprint.clone(), jti });
        let withdrawn_before = held.withdrawn.load(Ordering::SeqCst);
        let asker = Asker::Client { token: held.token.clone(), held: latchkey::ledger::binding::Held::key(proof) };
        match app.gate.ask(asker, None, random::id().unwrap()).await {
            Ok(_) => {
                assert!(!withdrawn_before, "a read passed that started after the withdrawal was acknowledged");
                seen.allowed.fetch_add(1, Ordering::SeqCst);
            }
            Err(Denied::Basis("consent_withdrawn", _)) => {
                seen.refused.fetch_add(1, Ordering::SeqCst);
            }
            Err(other) => panic!("{other:?}"),
        }
    }
}

/// Reads ledger and reviews alone.
async fn check_the_log(app: &App, rounds: usize) {
    let mut open: HashMap<Vec<u8>, bool> = HashMap::new();
    let (mut disclosures, mut refusals, mut position) = (0, 0, 0);
    let mut tx = app.db.read().await.unwrap();
    loop {
        let entries = ledger::entries_from(&mut tx, position, 1_000).await.unwrap();
        let Some(last) = entries.last() else { break };
        position = last.position.cast_unsigned() + 1;
        for entry in &entries {
            let leaf = Leaf::decode(&entry.leaf).unwrap();
            let review = Review::decode(&app.custody.open_review(entry).unwrap()[32..]).unwrap();
            let Some(alias) = review.consent else { continue };
            match leaf.kind {
                Kind::ConsentGiven => assert_eq!(open.insert(alias, true), None, "given twice"),
                Kind::ConsentWithdrawn => assert_eq!(open.insert(alias, false), Some(true), "withdrawn, not given"),
                Kind::Disclosure => {
                    assert_eq!(open.get(&alias), Some(&true), "a disclosure outside its consent, entry {position}");
                    disclosures += 1;
                }
                Kind::Refusal => {
                    assert_eq!(open.get(&alias), Some(&false), "a refusal inside its consent");
                    refusals += 1;
                }
                other => panic!("{other:?}"),
            }
        }
    }
    assert_eq!(open.len(), rounds);
    assert!(disclosures >= rounds * READERS && refusals >= rounds * READERS, "{disclosures}, {refusals}");
}
