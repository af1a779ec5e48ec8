//! Races on refresh tokens (T-RACE-2, T-RACE-3, case 70).

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;

use super::rotation::{Family, family};
use super::{Scene, scene};
use crate::support::browser::Answer;
use crate::support::keys::{Key, with};
use crate::support::partner::Partner;
use crate::support::races::{at_once, rounds};

type Form = Vec<(String, String)>;

/// A refresh under this key, its request made beforehand.
fn refresh(client: &Arc<Partner>, token: &str, key: &Key) -> impl Future<Output = Answer> + Send + 'static {
    let client = client.clone();
    let form: Form = with(&client.authentication(), &[("grant_type", "refresh_token"), ("refresh_token", token)]);
    let proof = client.proof_by(key, &client.proof_claims("POST", "/token", None), json!({}));
    async move { client.post("/token", &form, Some(&proof)).await }
}

/// Another family of the same app; the consent is there.
async fn another(family: &Family, native: &Partner) -> Answer {
    let address = native.plain(&[("scope", "openid offline_access")]);
    let code = family.alice.browser.get(&address).await;
    let code = family.alice.browser.follow(code).await.parameter("code").unwrap();
    native.redeems(&code).await.expect(200)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn race_2_case_78_and_v27_one_token_refreshed_64_times_at_once_has_one_successor() {
    let mut family = family().await;
    let native = std::mem::replace(&mut family.native, family.town.unregistered("rp-x"));
    let native = Arc::new(native);
    for round in 0..rounds() / 2 {
        let first = another(&family, &native).await;
        let token = first.member("refresh_token");
        let answers = at_once((0..64).map(|_| refresh(&native, &token, &native.dpop)).collect()).await;
        let successors: HashSet<String> =
            answers.into_iter().map(|answer| answer.expect(200).member("refresh_token")).collect();
        assert_eq!(successors.len(), 1, "round {round}");
        // It was not used elsewhere, so the family lives.
        let next = native.refreshes(successors.iter().next().unwrap(), &[]).await.expect(200);
        native.reads("/userinfo", &next.member("access_token")).await.expect(200);
    }
    assert_eq!(family.town.count("oauth_grant WHERE ended_at IS NOT NULL").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn race_2_and_v31_two_keys_on_one_token_are_told_yes_or_no_and_nothing_else() {
    let mut family = family().await;
    let native = std::mem::replace(&mut family.native, family.town.unregistered("rp-x"));
    let (native, thief) = (Arc::new(native), Key::new());
    let (mut lived, mut died) = (0, 0);
    for round in 0..rounds() / 2 {
        let first = another(&family, &native).await;
        let token = first.member("refresh_token");
        // The thief is rare in every other round: sometimes he comes too early to be taken for a replay.
        let thieves = if round % 2 == 0 { 32 } else { 1 };
        let racers = (0..64).map(|at| refresh(&native, &token, if at < thieves { &thief } else { &native.dpop }));
        let mut given = Vec::new();
        for answer in at_once(racers.collect::<Vec<_>>()).await {
            if answer.status.as_u16() == 200 {
                given.push(answer);
            } else {
                answer.refused(400, "invalid_grant");
            }
        }
        let successors: HashSet<String> = given.iter().map(|answer| answer.member("refresh_token")).collect();
        assert!(successors.len() <= 1, "round {round}");
        assert!(given.len() <= 64 - thieves, "round {round}: the thief was served");
        let Some(successor) = successors.iter().next() else { continue };
        let living = native.reads("/userinfo", &first.member("access_token")).await.status.as_u16() == 200;
        let next = native.refreshes(successor, &[]).await;
        if living {
            next.expect(200);
            lived += 1;
        } else {
            next.refused(400, "invalid_grant");
            for answer in &given {
                let read = native.reads("/userinfo", &answer.member("access_token")).await;
                read.refused(401, "invalid_token");
            }
            died += 1;
        }
    }
    // Each end was entered once, however many came too late at the same moment.
    let entered = family.town.entries_of(&family.alice.resident.id).await;
    assert_eq!(entered.iter().filter(|reason| *reason == "refresh_replayed").count(), died);
    assert!(lived + died > 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn race_3_case_84_and_v30_nothing_of_a_family_survives_its_revocation() {
    let Scene { town, a, alice } = scene().await;
    let a = Arc::new(a);
    alice.browser.agrees(&a.pushed(&[]).await, &[]).await;
    for round in 0..rounds() {
        let code = alice.browser.get(&a.pushed(&[]).await).await;
        let code = alice.browser.follow(code).await.parameter("code").unwrap();
        let tokens = a.redeems(&code).await.expect(200);
        let (access, token) = (tokens.member("access_token"), tokens.member("refresh_token"));
        let revoked = Arc::new(AtomicBool::new(false));

        let mut racers: Vec<std::pin::Pin<Box<dyn Future<Output = Option<Answer>> + Send>>> = Vec::new();
        for _ in 0..4 {
            let refresh = refresh(&a, &token, &a.dpop);
            racers.push(Box::pin(async move { Some(refresh.await) }));
        }
        let (client, giving_up, done) = (a.clone(), token.clone(), revoked.clone());
        racers.push(Box::pin(async move {
            client.asks("/revoke", &[("token", &giving_up)]).await.expect(200);
            done.store(true, Ordering::SeqCst);
            None
        }));
        for introspects in [false, true] {
            let (client, access, revoked) = (a.clone(), access.clone(), revoked.clone());
            racers.push(Box::pin(async move {
                let too_late = revoked.load(Ordering::SeqCst);
                let living = if introspects {
                    client.introspects(&access).await.json()["active"] == json!(true)
                } else {
                    client.reads("/userinfo", &access).await.status.as_u16() == 200
                };
                assert!(!(too_late && living), "used after the revocation was acknowledged");
                None
            }));
        }
        let answers: Vec<Answer> = at_once(racers).await.into_iter().flatten().collect();
        let mut all = vec![access];
        for answer in answers {
            match answer.status.as_u16() {
                200 => all.push(answer.member("access_token")),
                _ => drop(answer.refused(400, "invalid_grant")),
            }
        }
        for access in all {
            a.reads("/userinfo", &access).await.refused(401, "invalid_token");
            a.finds_dead(&access).await;
        }
        a.refreshes(&token, &[]).await.refused(400, "invalid_grant");
        a.finds_dead(&token).await;
        assert_eq!(town.count("oauth_grant WHERE ended_at IS NULL").await, 1, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn case_70_of_two_new_keys_at_once_one_is_left() {
    let Scene { town: _town, a, alice } = scene().await;
    let a = Arc::new(a);
    alice.browser.agrees(&a.pushed(&[]).await, &[]).await;
    for _ in 0..rounds() / 4 {
        let code = alice.browser.get(&a.pushed(&[]).await).await;
        let code = alice.browser.follow(code).await.parameter("code").unwrap();
        let token = a.redeems(&code).await.expect(200).member("refresh_token");
        let keys = [Key::new(), Key::new()];
        let racers = (0..8).map(|at| {
            let (key, refresh) = (at % 2, refresh(&a, &token, &keys[at % 2]));
            async move { (key, refresh.await.expect(200).member("access_token")) }
        });
        let mut living = HashSet::new();
        for (key, access) in at_once(racers.collect::<Vec<_>>()).await {
            let claims = a.proof_claims("GET", "/userinfo", Some(&access));
            let read = a.reads_with("/userinfo", &access, &a.proof_by(&keys[key], &claims, json!({}))).await;
            if read.status.as_u16() == 200 {
                living.insert(key);
            }
        }
        assert_eq!(living.len(), 1, "tokens of the key before are dead, those of the last one live");
    }
}
