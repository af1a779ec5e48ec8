//! Races on passkeys: one assertion, two counters (T-RACE-6); one invitation, one credential (T-RACE-11).

use crate::support::TestApp;
use crate::support::forge::{Forge, Lies};
use crate::support::races::{at_once, rounds};

/// Asserts that one of them succeeded, and that the others were refused in one of these ways.
#[track_caller]
fn assert_one(mut statuses: Vec<u16>, refusals: &[u16], round: usize) {
    statuses.sort_unstable();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "round {round}: {statuses:?}");
    assert!(statuses.iter().all(|status| *status == 200 || refusals.contains(status)), "round {round}: {statuses:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn race_6_one_assertion_opens_one_session() {
    let town = TestApp::start().await;
    let alice = town.forged("alice", &Lies::default()).await;
    let before = town.count("resident_session").await;
    for round in 0..rounds() {
        let browser = town.browser();
        let page = browser.open("/sign-in").await;
        let options = browser.begins(&page).await;
        let answer = alice.forge.get(&options, &Lies::default());
        let finish = |_| {
            let (browser, page, answer) = (browser.clone(), page.clone(), answer.clone());
            async move { browser.finishes(&page, &answer).await.status.as_u16() }
        };
        // The browser that was let in sends its new cookie with the late ones, whose page is then another session's.
        assert_one(at_once((0..64).map(finish).collect()).await, &[400, 403], round);
    }
    let opened = town.count("resident_session").await - before;
    assert_eq!(usize::try_from(opened).unwrap(), rounds());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn race_6_counters_never_run_backwards_in_either_order() {
    let town = TestApp::start().await;
    let alice = town.forged("alice", &Lies { counter: 1, ..Lies::default() }).await;
    for round in 0..u32::try_from(rounds()).unwrap() {
        let pair = [2 * round + 2, 2 * round + 3];
        let mut ready = Vec::new();
        for counter in pair {
            let browser = town.browser();
            let page = browser.open("/sign-in").await;
            let options = browser.begins(&page).await;
            let answer = alice.forge.get(&options, &Lies { counter, ..Lies::default() });
            ready.push(async move { (counter, browser.finishes(&page, &answer).await.status.as_u16()) });
        }
        let mut done = at_once(ready).await;
        done.sort_unstable();
        assert_eq!(done[1].1, 200, "the later counter is always good: {done:?}");
        // What was seen is kept: neither of the two is good again.
        for counter in pair {
            let again = Lies { counter, ..Lies::default() };
            town.browser().forges_sign_in(&alice.forge, &again).await.expect(400);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn race_11_one_invitation_makes_one_passkey() {
    let town = TestApp::start().await;
    for round in 0..rounds().div_ceil(4) {
        let resident = town.resident(&format!("居民{round}")).await;
        let mut ready = Vec::new();
        for _ in 0..64 {
            let browser = town.browser();
            let page = browser.open(&format!("/invitation/{}", resident.invitation)).await;
            let options = browser.begins(&page).await;
            let made = Forge::new().create(&options, &Lies::default());
            ready.push(async move { browser.finishes(&page, &made).await.status.as_u16() });
        }
        assert_one(at_once(ready).await, &[400], round);
        assert_eq!(town.key_count(&resident.id).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn race_11_one_credential_has_one_owner() {
    let town = TestApp::start().await;
    let mut residents = Vec::new();
    for n in 0..64 {
        residents.push(town.resident(&format!("居民{n}")).await);
    }
    for round in 0..rounds().div_ceil(4) {
        let id = format!("credential {round:05}").into_bytes();
        let mut ready = Vec::new();
        for (n, resident) in residents.iter().enumerate() {
            let browser = town.browser();
            let page = browser.open(&format!("/invitation/{}", resident.invitation)).await;
            let options = browser.begins(&page).await;
            let made = Forge::with_id(id.clone()).create(&options, &Lies::default());
            ready.push(async move { (browser.finishes(&page, &made).await.status.as_u16(), n) });
        }
        let done = at_once(ready).await;
        let owner = done.iter().find(|(status, _)| *status == 200).map(|(_, n)| *n);
        assert_one(done.into_iter().map(|(status, _)| status).collect(), &[400], round);
        // Whoever got it has used the invitation up; somebody new takes the place.
        residents[owner.unwrap()] = town.resident(&format!("新居民{round}")).await;
    }
}
