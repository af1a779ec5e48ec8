//! Races on the code (T-RACE-1). `RACE_ROUNDS` says how many; 200 by default.

use std::sync::Arc;

use tokio::sync::Barrier;

use super::scene;
use crate::support::browser::Answer;
pub use crate::support::races::rounds;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn case_40_and_v20_one_code_redeemed_64_times_at_once_succeeds_once() {
    let scene = scene().await;
    let town = scene.town;
    let (a, alice) = (Arc::new(scene.a), scene.alice);
    for round in 0..rounds() {
        let code = alice.browser.agrees(&a.pushed(&[]).await, &["plate_masked"]).await;
        let barrier = Arc::new(Barrier::new(64));
        let redeeming = (0..64).map(|_| {
            let (a, code, barrier) = (a.clone(), code.clone(), barrier.clone());
            tokio::spawn(async move {
                barrier.wait().await;
                a.redeems(&code).await
            })
        });
        let mut answers: Vec<Answer> = Vec::new();
        for task in redeeming.collect::<Vec<_>>() {
            answers.push(task.await.unwrap());
        }
        let (good, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status.as_u16() == 200);
        assert_eq!(good.len(), 1, "round {round}");
        for answer in refused {
            answer.refused(400, "invalid_grant");
        }
        // The others came after it: what it gave is dead.
        a.reads("/userinfo", &good[0].member("access_token")).await.refused(401, "invalid_token");
        a.refreshes(&good[0].member("refresh_token"), &[]).await.refused(400, "invalid_grant");
    }
    assert_eq!(town.count("oauth_grant WHERE ended_at IS NULL").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v46_one_assertion_sent_64_times_at_once_is_good_once() {
    let scene = scene().await;
    let a = Arc::new(scene.a);
    for _ in 0..rounds().div_ceil(20) {
        let authentication = a.authentication();
        let sending = (0..64).map(|_| {
            let (a, form) = (a.clone(), [authentication.clone(), vec![("token".to_owned(), "x".to_owned())]].concat());
            tokio::spawn(async move { a.post("/revoke", &form, None).await.status.as_u16() })
        });
        let mut good = 0;
        for task in sending.collect::<Vec<_>>() {
            match task.await.unwrap() {
                200 => good += 1,
                status => assert_eq!(status, 401),
            }
        }
        assert_eq!(good, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_proof_sent_64_times_at_once_is_good_once() {
    let scene = scene().await;
    let token = scene.tokens().await.member("access_token");
    let a = Arc::new(scene.a);
    for path in ["/userinfo", "/vault/claims"] {
        let proof = a.proof("GET", path, Some(&token));
        let sending = (0..64).map(|_| {
            let (a, token, proof) = (a.clone(), token.clone(), proof.clone());
            tokio::spawn(async move { a.reads_with(path, &token, &proof).await.status.as_u16() })
        });
        let mut good = 0;
        for task in sending.collect::<Vec<_>>() {
            match task.await.unwrap() {
                200 => good += 1,
                status => assert_eq!(status, 401, "{path}"),
            }
        }
        assert_eq!(good, 1, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_answer_given_16_times_at_once_counts_once() {
    let scene = scene().await;
    let address = scene.a.pushed(&[]).await;
    let mut pages = Vec::new();
    for _ in 0..16 {
        pages.push(scene.alice.browser.open(&address).await.expect(200));
    }
    let answering = pages.into_iter().map(|page| {
        let browser = scene.alice.browser.clone();
        tokio::spawn(async move { browser.submit_only(&page, &page.path, &[("decision", "yes")]).await })
    });
    let mut codes = 0;
    for task in answering.collect::<Vec<_>>() {
        codes += usize::from(task.await.unwrap().parameter("code").is_some());
    }
    assert_eq!(codes, 1);
    assert_eq!(scene.town.count("consent_event").await, 1);
    assert_eq!(scene.town.count("oauth_grant").await, 1);
}
