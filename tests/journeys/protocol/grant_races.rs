//! Races on what a grant gives: a session that is ended while its browser is let through, a refresh beside a change of
//! its grant; and old codes of a grant that was changed. `RACE_ROUNDS` says how many, a quarter of them here.

use std::pin::Pin;
use std::sync::Arc;

use super::scene;
use crate::support::browser::Answer;
use crate::support::races::{at_once, rounds};

const PLATE: &str = r#"[{"type":"cn-community-data","purpose":"parking.book","items":[{"claim":"plate_masked"}]}]"#;

type Racer = Pin<Box<dyn Future<Output = Answer> + Send>>;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn race_a_session_that_is_ended_leaves_no_grant_behind() {
    let mut scene = scene().await;
    scene.tokens().await;
    for round in 0..rounds().div_ceil(4) {
        // Somebody has another browser of hers, and an app that she agreed to; she ends all others at that moment.
        let thief = scene.town.browser();
        thief.signs_in(&mut scene.alice.phone).await.expect(200);
        let address = scene.a.pushed(&[]).await;
        let page = scene.alice.browser.open("/me/passkeys").await.expect(200);
        let (hers, his) = (scene.alice.browser.clone(), thief.clone());
        let racers: Vec<Racer> = vec![
            Box::pin(async move { hers.submit_only(&page, "/me/sessions/end-others", &[]).await }),
            Box::pin(async move { his.get(&address).await }),
        ];
        let answers = at_once(racers).await;
        assert!(answers.iter().all(|answer| answer.status.as_u16() == 303), "round {round}");
        // Whether he got a code depends on who was first; it is worth nothing in any case.
        if let Some(code) = answers.iter().find_map(|answer| answer.parameter("code")) {
            scene.a.redeems(&code).await.refused(400, "invalid_grant");
        }
        assert!(!thief.is_in().await, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn race_a_refresh_beside_a_change_gives_nothing_of_what_was_before() {
    let scene = scene().await;
    let a = Arc::new(scene.a);
    for round in 0..rounds().div_ceil(4) {
        let wide = [
            ("scope", "openid cc:parking.book offline_access"),
            ("authorization_details", PLATE),
            ("prompt", "consent"),
        ];
        let code = scene.alice.browser.agrees(&a.pushed(&wide).await, &["plate_masked"]).await;
        let tokens = a.redeems(&code).await.expect(200);
        let (id, refresh) = (tokens.member("grant_id"), tokens.member("refresh_token"));
        let narrow = [
            ("scope", "cc:parking.book"),
            ("authorization_details", PLATE),
            ("grant_management_action", "replace"),
            ("grant_id", id.as_str()),
        ];
        let page = scene.alice.browser.open(&a.pushed(&narrow).await).await.expect(200);
        let (her, app) = (scene.alice.browser.clone(), Arc::clone(&a));
        let racers: Vec<Racer> = vec![
            Box::pin(async move { her.submit_only(&page, &page.path.clone(), &[("decision", "yes")]).await }),
            Box::pin(async move { app.refreshes(&refresh, &[]).await }),
        ];
        let answers = at_once(racers).await;
        let statuses: Vec<u16> = answers.iter().map(|answer| answer.status.as_u16()).collect();
        assert!(statuses.contains(&303) && statuses.iter().all(|status| *status < 500), "round {round}: {statuses:?}");
        // What the refresh gave, if it was first, has ended with her yes: userinfo was in the scope before.
        if let Some(given) = answers.iter().find(|answer| answer.status.as_u16() == 200) {
            a.reads("/userinfo", &given.member("access_token")).await.refused(401, "invalid_token");
        }
    }
}

#[tokio::test]
async fn an_old_code_of_a_grant_that_was_changed_ends_nothing_of_the_change() {
    let scene = scene().await;
    let first = scene.code_after(&[("authorization_details", PLATE)]).await;
    let id = scene.a.redeems(&first).await.expect(200).member("grant_id");
    scene.town.pass_seconds(2);
    let change = [("authorization_details", PLATE), ("grant_management_action", "replace"), ("grant_id", id.as_str())];
    let unused = scene.code_after(&change).await;
    scene.town.pass_seconds(2);
    let tokens = scene.a.redeems(&scene.code_after(&change).await).await.expect(200);
    // The back button brings the callback's address again; and the code of a change that another change overtook.
    for old in [&first, &unused] {
        scene.a.redeems(old).await.refused(400, "invalid_grant");
    }
    scene.a.reads("/vault/claims", &tokens.member("access_token")).await.expect(200);
    scene.a.refreshes(&tokens.member("refresh_token"), &[]).await.expect(200);
}
