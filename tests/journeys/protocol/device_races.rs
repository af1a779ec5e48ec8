//! Races on a device's request (T-RACE-10): however they end, they end once. `RACE_ROUNDS` says how many; 200 by default.

use std::pin::Pin;
use std::sync::Arc;

use latchkey::{erasure, resident};

use crate::support::TestApp;
use crate::support::browser::{Answer, Browser};
use crate::support::partner::Partner;
use crate::support::races::{at_once, rounds};
use crate::support::town::Neighbour;

/// What one of them came to.
enum Came {
    Answered(Answer),
    Polled(Answer),
    Locked,
}

type Racer = Pin<Box<dyn Future<Output = Came> + Send>>;

/// Yes and no on two pages of one question, three polls, and in every other round a lock, all at once. A no and a lock
/// are done sooner than a yes: `late` says how many other requests they send first, so that each comes first at times.
async fn race(
    town: &Arc<TestApp>, screen: &Arc<Partner>, alice: &Neighbour, codes: (&str, &str), lock: bool, late: usize,
) -> Vec<Came> {
    let (device_code, user_code) = codes;
    let first = alice.browser.enters(user_code).await.asks_about(user_code);
    let second = alice.browser.open(&first.path).await.asks_about(user_code);
    let mut racers: Vec<Racer> = Vec::new();
    for (page, decision) in [(first, "yes"), (second, "no")] {
        let (browser, late) = (alice.browser.clone(), if decision == "no" { late } else { 0 });
        racers.push(Box::pin(async move {
            linger(&browser, late).await;
            Came::Answered(browser.submit_only(&page, &page.path, &[("decision", decision)]).await)
        }));
    }
    for _ in 0..3 {
        let (screen, code) = (screen.clone(), device_code.to_owned());
        racers.push(Box::pin(async move { Came::Polled(screen.polls(&code, &[]).await) }));
    }
    let (town, id, browser) = (town.clone(), alice.resident.id.clone(), alice.browser.clone());
    racers.push(Box::pin(async move {
        linger(&browser, late).await;
        if lock {
            assert!(erasure::lock(&town.app, &id, "lost").await.unwrap());
        }
        Came::Locked
    }));
    at_once(racers).await
}

async fn linger(browser: &Browser, requests: usize) {
    for _ in 0..requests {
        browser.get("/health").await;
    }
}

/// Counts what counted: answers, and tokens. Nothing of it is a failure of ours.
fn counted(round: usize, came: Vec<Came>) -> (usize, usize) {
    let (mut answers, mut tokens) = (0, 0);
    for one in came {
        let (Came::Answered(answer) | Came::Polled(answer)) = &one else { continue };
        assert!(answer.status.as_u16() < 500, "round {round}: {} {}", answer.status, answer.text());
        match one {
            Came::Answered(answer) if answer.location().is_some_and(|to| to.starts_with("/device/")) => answers += 1,
            Came::Polled(answer) if answer.status == 200 => tokens += 1,
            _ => {}
        }
    }
    assert!(answers <= 1 && tokens <= 1, "round {round}: {answers} answers counted, {tokens} polls gave tokens");
    (answers, tokens)
}

/// What the screen is told from now on: the same, however often it asks. Tokens may still be to be had, once.
async fn end(screen: &Partner, device_code: &str, tokens: &mut usize) -> String {
    let mut last = screen.polls(device_code, &[]).await;
    if last.status == 200 {
        *tokens += 1;
        last = screen.polls(device_code, &[]).await;
    }
    let told = last.member("error");
    // A waiting screen that asks at once is too fast.
    let same = if told == "authorization_pending" { "slow_down" } else { &told };
    assert_eq!(screen.polls(device_code, &[]).await.member("error"), same);
    told
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn race_10_yes_no_polls_and_a_lock_end_in_one_state() {
    let town = Arc::new(TestApp::start().await);
    let screen = Arc::new(town.screen().await);
    let mut alice = town.neighbour("alice").await;
    let mut ends = [0; 3];
    for round in 0..rounds() {
        // A lock ends her sessions.
        alice.browser.signs_in(&mut alice.phone).await.expect(200);
        let (device_code, user_code) = screen.shows_a_code().await;
        let granted = town.count("oauth_grant").await;
        let lock = round % 2 == 1;
        let came = race(&town, &screen, &alice, (&device_code, &user_code), lock, round / 2 % 5 * 4).await;
        let (answers, mut tokens) = counted(round, came);
        town.pass_seconds(60);
        let told = end(&screen, &device_code, &mut tokens).await;
        let agreed = town.count("oauth_grant").await - granted;
        match (tokens, told.as_str()) {
            // The yes came first.
            (1, "invalid_grant") => {
                assert_eq!(agreed, 1, "round {round}");
                ends[0] += 1;
            }
            // The no did, or a lock took the yes back.
            (0, "access_denied") => ends[1] += 1,
            // The lock came before both.
            (0, "authorization_pending") => {
                assert_eq!((answers, agreed), (0, 0), "round {round}");
                ends[2] += 1;
            }
            other => panic!("round {round}: {other:?}"),
        }
        if lock {
            assert!(resident::unlock(&town.app, &alice.resident.id, "found").await.unwrap());
        }
    }
    assert_eq!(town.count("oauth_device WHERE agreed = 1 AND grant_id IS NULL").await, 0);
    assert!(ends[0] > 0 && ends[1] > 0, "{ends:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn case_89_one_device_code_redeemed_64_times_at_once_succeeds_once() {
    let town = TestApp::start().await;
    let screen = Arc::new(town.screen().await);
    let alice = town.neighbour("alice").await;
    for round in 0..rounds().div_ceil(10) {
        let (device_code, user_code) = screen.shows_a_code().await;
        alice.browser.answers_screen(&user_code, "yes", &["plate_masked"]).await.expect(200);
        let polling = (0..64).map(|_| {
            let (screen, code) = (screen.clone(), device_code.clone());
            async move { screen.polls(&code, &[]).await }
        });
        let mut good = Vec::new();
        for answer in at_once(polling.collect()).await {
            if answer.status == 200 {
                good.push(answer);
            } else {
                answer.refused(400, "invalid_grant");
            }
        }
        assert_eq!(good.len(), 1, "round {round}");
        screen.reads("/vault/claims", &good[0].member("access_token")).await.expect(200);
    }
}
