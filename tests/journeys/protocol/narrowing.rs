//! A client that may ask for less than before: what it was given is narrowed at its next use (V38), and a client that
//! is gone has nothing left (V36).

use latchkey::ids::ClientId;
use latchkey::oauth;
use reqwest::Method;

use super::{Scene, scene};
use crate::support::browser::Answer;
use crate::support::keys::with;
use crate::support::partner::Partner;

/// The manifest of `rp-a`, for these purposes.
fn manifest(a: &Partner, purposes: &str) -> String {
    a.manifest().replace("[\"parking.book\"]", purposes)
}

async fn introspected(a: &Partner, token: &str) -> Answer {
    let form = with(&a.authentication(), &[("token", token)]);
    a.post("/introspect", &form, None).await.expect(200)
}

/// What `rp-a` holds of the purpose that is about to be taken from it.
struct Holdings {
    access: String,
    refresh: String,
    code: String,
    pushed: String,
    question: String,
}

async fn holdings(scene: &Scene) -> Holdings {
    let tokens = scene.tokens().await;
    let code = scene.code().await;
    let pushed = scene.a.pushed(&[]).await;
    let question = scene.a.pushed(&[("prompt", "consent")]).await;
    let page = scene.alice.browser.open(&question).await.expect(200);
    let (access, refresh) = (tokens.member("access_token"), tokens.member("refresh_token"));
    Holdings { access, refresh, code, pushed, question: page.path }
}

#[tokio::test]
async fn v38_a_purpose_taken_from_a_client_narrows_what_it_was_given() {
    let scene = scene().await;
    scene.town.register(&manifest(&scene.a, "[\"parking.book\", \"feedback.submit\"]")).await;
    let held = holdings(&scene).await;
    scene.a.reads("/vault/claims", &held.access).await.expect(200);
    let page = scene.alice.browser.open(&held.question).await.expect(200);
    let entries = scene.town.count("ledger_entry WHERE 1 = 1").await;

    scene.town.register(&manifest(&scene.a, "[\"feedback.submit\"]")).await;
    let refused = scene.a.reads("/vault/claims", &held.access).await.expect(403);
    assert_eq!(refused.problem(), "purpose-withdrawn");
    assert_eq!(refused.json()["reason"], "purpose_withdrawn");
    assert!(!refused.body.contains("plate"), "{}", refused.body);
    assert_eq!(scene.town.count("ledger_entry").await, entries + 2, "the registration and the refusal");
    let book = scene.alice.browser.in_english().open("/me/book").await.expect(200);
    assert!(book.text().contains("no longer lets it ask for this purpose"), "{}", book.text());

    scene.a.refreshes(&held.refresh, &[]).await.refused(400, "invalid_grant");
    scene.a.refreshes(&held.refresh, &[("scope", "openid")]).await.refused(400, "invalid_grant");
    scene.a.reads("/userinfo", &held.access).await.refused(401, "invalid_token");
    for token in [&held.access, &held.refresh] {
        assert_eq!(introspected(&scene.a, token).await.body, "{\"active\":false}");
    }
    // What was pushed before leads back to the client, and the question that stood open cannot be answered with yes.
    let records = scene.town.count("consent_event").await;
    let back = scene.alice.browser.open(&held.pushed).await.expect(303);
    assert_eq!(back.parameter("error").unwrap(), "invalid_scope");
    let yes = scene.alice.browser.submit_only(&page, &held.question, &[("decision", "yes")]).await;
    assert_eq!(yes.parameter("error").unwrap(), "invalid_scope", "{}", yes.body);
    assert_eq!(scene.town.count("consent_event").await, records);
    scene.a.redeems(&held.code).await.refused(400, "invalid_grant");
    scene.a.pushes(&[]).await.refused(400, "invalid_scope");

    // Given back, the purpose is good again for what had not ended meanwhile.
    scene.town.register(&manifest(&scene.a, "[\"parking.book\"]")).await;
    scene.a.reads("/vault/claims", &held.access).await.expect(200);
    scene.a.refreshes(&held.refresh, &[]).await.expect(200);
    scene.a.redeems(&held.code).await.refused(400, "invalid_grant");
}

#[tokio::test]
async fn v38_a_partner_that_becomes_an_ordinary_client_reads_nothing_any_more() {
    let scene = scene().await;
    let held = holdings(&scene).await;
    let method = "token_endpoint_auth_method = \"private_key_jwt\"\nkind =";
    let ordinary = manifest(&scene.a, "[\"signin.basic\"]").replace("\"partner\"", "\"ordinary\"");
    scene.town.register(&ordinary.replace("kind =", method)).await;
    scene.a.reads("/vault/claims", &held.access).await.expect(403);
    scene.a.reads("/userinfo", &held.access).await.refused(401, "invalid_token");
    scene.a.refreshes(&held.refresh, &[]).await.refused(400, "invalid_grant");
    scene.a.redeems(&held.code).await.refused(400, "invalid_grant");
}

#[tokio::test]
async fn v38_a_client_of_an_older_version_is_narrowed_by_its_manifest() {
    let scene = scene().await;
    let held = holdings(&scene).await;
    scene.town.force("UPDATE oauth_client SET purposes = NULL").await;
    scene.a.reads("/vault/claims", &held.access).await.expect(200);
    scene.town.force("UPDATE oauth_client SET manifest = REPLACE(manifest, 'parking.book', 'elder.care')").await;
    scene.a.reads("/vault/claims", &held.access).await.expect(403);
}

#[tokio::test]
async fn v36_every_door_is_shut_to_a_disabled_client_and_opens_again() {
    let scene = scene().await;
    let held = holdings(&scene).await;
    let id = ClientId::parse("rp-a").unwrap();
    assert!(oauth::disable(&scene.town.app, &id).await.unwrap());
    let before = scene.town.state().await;
    scene.a.pushes(&[]).await.refused(401, "invalid_client");
    scene.a.redeems(&held.code).await.refused(401, "invalid_client");
    scene.a.refreshes(&held.refresh, &[]).await.refused(401, "invalid_client");
    for door in ["/introspect", "/revoke"] {
        let form = with(&scene.a.authentication(), &[("token", &held.access)]);
        scene.a.post(door, &form, None).await.refused(401, "invalid_client");
    }
    scene.a.reads("/userinfo", &held.access).await.refused(401, "invalid_token");
    for address in [&held.pushed, &held.question] {
        let page = scene.alice.browser.open(address).await;
        assert!(page.status.is_client_error() && page.location().is_none(), "{address}: {}", page.status);
    }
    assert_eq!(scene.town.state().await, before);
    let refused = scene.a.reads("/vault/claims", &held.access).await.expect(403);
    assert_eq!(refused.json()["reason"], "client_disabled");
    // Registering it again does not let it in by the way.
    scene.town.register(&scene.a.manifest()).await;
    scene.a.pushes(&[]).await.refused(401, "invalid_client");
    assert!(oauth::enable(&scene.town.app, &id).await.unwrap());
    scene.a.reads("/vault/claims", &held.access).await.expect(200);
    scene.a.redeems(&held.code).await.expect(200);
    scene.a.refreshes(&held.refresh, &[]).await.expect(200);
}

#[tokio::test]
async fn v36_nothing_is_left_of_a_deleted_client_but_its_name() {
    let scene = scene().await;
    let held = holdings(&scene).await;
    let id = ClientId::parse("rp-a").unwrap();
    assert!(oauth::delete(&scene.town.app, &id).await.unwrap());
    assert!(!oauth::delete(&scene.town.app, &id).await.unwrap());
    scene.a.pushes(&[]).await.refused(401, "invalid_client");
    scene.a.redeems(&held.code).await.refused(401, "invalid_client");
    scene.a.refreshes(&held.refresh, &[]).await.refused(401, "invalid_client");
    scene.a.reads("/vault/claims", &held.access).await.refused(401, "invalid_token");
    assert_eq!(scene.town.count("oauth_grant WHERE ended_at IS NULL").await, 0);
    let address = format!("/authorize?client_id=rp-a&redirect_uri={}", "https://a.test/cb");
    scene.alice.browser.get(&address).await.error_page();
    let revoked = with(&scene.a.authentication(), &[("token", &held.access)]);
    scene.a.http.send(scene.a.http.request(Method::POST, "/revoke").form(&revoked), "/revoke").await.expect(401);

    // Alice's list and her book still say who it was; her consent can still be stopped.
    let apps = scene.alice.browser.open("/me/apps").await.expect(200);
    assert!(apps.text().contains("甲停车"), "{}", apps.text());
    assert!(scene.alice.browser.open("/me/book").await.expect(200).text().contains("甲停车"));
    // The id is never given again, and nothing brings it back.
    assert!(oauth::register(&scene.town.app, &scene.a.manifest()).await.is_err());
    assert!(!oauth::enable(&scene.town.app, &id).await.unwrap());
    assert!(!oauth::approve_client(&scene.town.app, &id).await.unwrap());
    scene.a.pushes(&[]).await.refused(401, "invalid_client");
}
