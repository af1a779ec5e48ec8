//! T-RACE-3, as whoever asks about tokens sees it: refresh ∥ give back ∥ introspect.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::introspection::INACTIVE;
use super::{Scene, scene};
use crate::support::browser::Answer;
use crate::support::partner::Partner;
use crate::support::races::{at_once, rounds};

/// What one of the racers does.
#[derive(Clone, Copy)]
enum Does {
    Refresh,
    GiveBack,
    Ask,
}

/// One racer; the access token of a refresh that succeeded.
async fn race(a: Arc<Partner>, token: String, given_back: Arc<AtomicBool>, does: Does) -> Option<String> {
    let form = [("token", token.as_str())];
    match does {
        Does::Refresh => {
            let answer: Answer = a.refreshes(&token, &[]).await;
            if answer.status.as_u16() == 200 {
                return Some(answer.member("access_token"));
            }
            answer.refused(400, "invalid_grant");
        }
        Does::GiveBack => {
            a.asks("/revoke", &form).await.expect(200);
            given_back.store(true, Ordering::SeqCst);
        }
        Does::Ask => {
            for _ in 0..3 {
                let late = given_back.load(Ordering::SeqCst);
                let answer = a.asks("/introspect", &form).await.expect(200);
                assert!(!late || answer.body == INACTIVE, "it lived after it was given back: {}", answer.body);
            }
        }
    }
    None
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn race_3_after_a_token_was_given_back_nobody_is_told_that_its_family_lives() {
    let Scene { town, a, alice } = scene().await;
    let a = Arc::new(a);
    let mut survived_until_then = 0;
    for _ in 0..rounds().div_ceil(8) {
        let code = alice.browser.agrees(&a.pushed(&[]).await, &["plate_masked"]).await;
        let tokens = a.redeems(&code).await.expect(200);
        let (refresh, given_back) = (tokens.member("refresh_token"), Arc::new(AtomicBool::new(false)));
        let all = [Does::Refresh, Does::Ask, Does::Refresh, Does::GiveBack, Does::Refresh, Does::Ask, Does::Refresh];
        let racers = all.map(|does| race(Arc::clone(&a), refresh.clone(), Arc::clone(&given_back), does));
        let issued: Vec<String> = at_once(racers.into()).await.into_iter().flatten().collect();
        survived_until_then += issued.len();
        for token in issued.iter().chain([&refresh, &tokens.member("access_token")]) {
            a.finds_dead(token).await;
        }
        for token in &issued {
            a.reads("/vault/claims", token).await.refused(401, "invalid_token");
        }
    }
    assert!(survived_until_then > 0, "some of the refreshes came first");
    assert_eq!(town.count("oauth_grant WHERE ended_at IS NULL").await, 0);
}
