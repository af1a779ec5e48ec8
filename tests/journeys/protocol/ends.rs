//! What ends everything that was let in for a resident, at once and on every node (case 81, V33, V34, V35).

use latchkey::{erasure, resident};
use serde_json::json;

use super::rotation::{Family, family};
use crate::support::browser::{Answer, Browser};
use crate::support::partner::Partner;
use crate::support::{SoftPasskey, html};

/// Alice has let in a public app and a partner.
struct LetIn {
    of: Family,
    a: Partner,
    partner: Answer,
}

async fn let_in() -> LetIn {
    let of = family().await;
    let a = of.town.partner("rp-a").await;
    let code = of.alice.browser.agrees(&a.pushed(&[]).await, &["plate_masked"]).await;
    let partner = a.redeems(&code).await.expect(200);
    let all = LetIn { of, a, partner };
    all.assert_in().await;
    all
}

impl LetIn {
    fn tokens(&self) -> [(&Partner, &Answer); 2] {
        [(&self.of.native, &self.of.first), (&self.a, &self.partner)]
    }

    async fn assert_in(&self) {
        for (client, tokens) in self.tokens() {
            client.reads("/userinfo", &tokens.member("access_token")).await.expect(200);
        }
        self.a.reads("/vault/claims", &self.partner.member("access_token")).await.expect(200);
        assert_eq!(self.a.introspects(&self.partner.member("refresh_token")).await.json()["active"], json!(true));
    }

    async fn assert_out(&self) {
        self.assert_out_but_for_the_vault().await;
        self.a.reads("/vault/claims", &self.partner.member("access_token")).await.refused(401, "invalid_token");
    }

    async fn assert_out_but_for_the_vault(&self) {
        for (client, tokens) in self.tokens() {
            client.reads("/userinfo", &tokens.member("access_token")).await.refused(401, "invalid_token");
            client.refreshes(&tokens.member("refresh_token"), &[]).await.refused(400, "invalid_grant");
        }
        for token in ["access_token", "refresh_token"] {
            self.a.finds_dead(&self.partner.member(token)).await;
        }
    }

    /// What she agreed to stands: her browser lets the apps in again, without a page.
    async fn assert_may_come_again(&self, browser: &Browser) {
        for (client, address) in [
            (&self.of.native, self.of.native.plain(&[("scope", "openid offline_access")])),
            (&self.a, self.a.pushed(&[]).await),
        ] {
            let code = browser.open(&address).await.parameter("code").expect("a code at once");
            let tokens = client.redeems(&code).await.expect(200);
            client.reads("/userinfo", &tokens.member("access_token")).await.expect(200);
            client.refreshes(&tokens.member("refresh_token"), &[]).await.expect(200);
        }
    }

    async fn signs_out_everywhere(&self, browser: &Browser) {
        let page = browser.open("/me/passkeys").await.expect(200);
        browser.submit(&page, "/me/sessions/end-others", &[]).await.expect(200);
    }
}

#[tokio::test]
async fn case_81_signing_out_everywhere_ends_every_app_at_once() {
    let mut all = let_in().await;
    let elsewhere = all.of.town.browser();
    elsewhere.signs_in(&mut all.of.alice.phone).await.expect(200);
    let here = all.of.alice.browser.clone();
    // A code that is on its way does not arrive after it.
    let code = here.open(&all.a.pushed(&[]).await).await.parameter("code").unwrap();
    all.signs_out_everywhere(&here).await;
    all.assert_out().await;
    all.a.redeems(&code).await.refused(400, "invalid_grant");
    assert!(here.is_in().await && !elsewhere.is_in().await);
    all.assert_may_come_again(&here).await;
    // Nobody was taken for a thief.
    assert!(!all.of.town.entries_of(&all.of.alice.resident.id).await.contains(&"refresh_replayed".to_owned()));
}

#[tokio::test]
async fn v34_removing_a_passkey_and_signing_out_everywhere_leaves_no_family() {
    let mut all = let_in().await;
    let browser = all.of.alice.browser.clone();
    let lost = resident::keys(&all.of.town.app, &all.of.alice.resident.id).await.unwrap()[0].id.clone();
    let page = browser.open("/me/passkeys").await;
    let mut phone = SoftPasskey::new();
    browser.registers(&page, &mut phone).await.expect(200);
    all.assert_in().await;

    let new = all.of.town.browser();
    new.signs_in(&mut phone).await.expect(200);
    let page = new.open("/me/passkeys").await.expect(200);
    new.submit(&page, &format!("/me/passkeys/{lost}/remove"), &[]).await.expect(200);
    all.assert_out().await;
    assert!(!browser.is_in().await, "the session that the lost one opened");
    all.signs_out_everywhere(&new).await;
    all.assert_out().await;
    all.assert_may_come_again(&new).await;
    all.of.alice.phone = phone;
}

#[tokio::test]
async fn case_81_a_recovery_ends_every_app_at_once() {
    let all = let_in().await;
    let page = all.of.alice.browser.open("/me/passkeys").await.expect(200);
    let sheet = all.of.alice.browser.submit(&page, "/me/recovery-codes", &[]).await.expect(200);
    let is_code = |word: &&str| word.len() == 29 && word.matches('-').count() == 5;
    let text = html::text(&sheet.body);
    let code = text.split(' ').find(is_code).unwrap();
    let browser = all.of.town.browser();
    let page = browser.open("/recover").await.expect(200);
    let page = browser.submit(&page, "/recover", &[("code", code)]).await.expect(200);
    all.assert_in().await;
    browser.registers(&page, &mut SoftPasskey::new()).await.expect(200);
    all.assert_out().await;
    all.assert_may_come_again(&browser).await;
}

#[tokio::test]
async fn signing_out_of_one_browser_leaves_the_apps() {
    let all = let_in().await;
    let page = all.of.alice.browser.open("/me/mine").await.expect(200);
    all.of.alice.browser.submit(&page, "/sign-out", &[]).await;
    assert!(!all.of.alice.browser.is_in().await);
    all.assert_in().await;
    all.a.refreshes(&all.partner.member("refresh_token"), &[]).await.expect(200);
}

#[tokio::test]
async fn v35_a_session_that_was_ended_opens_nothing_at_the_next_request() {
    let mut all = let_in().await;
    let elsewhere = all.of.town.browser();
    elsewhere.signs_in(&mut all.of.alice.phone).await.expect(200);
    let page = elsewhere.open("/me/passkeys").await.expect(200);
    let address = all.a.pushed(&[("prompt", "consent")]).await;
    let question = elsewhere.open(&address).await.expect(200);
    all.signs_out_everywhere(&all.of.alice.browser).await;

    let before = all.of.town.state().await;
    let script = elsewhere.with_header("sec-fetch-dest", "empty");
    script.get("/me/book").await.expect(401);
    let (begin, _, csrf) = page.ceremony();
    script.post_json(&begin, &csrf, &json!({ "csrf": csrf })).await.expect(401);
    elsewhere.submit_only(&page, "/me/recovery-codes", &[]).await.expect(401);
    let answered = elsewhere.submit_only(&question, &question.path, &[("decision", "yes")]).await;
    assert!(answered.parameter("code").is_none(), "{:?}", answered.location());
    assert!(elsewhere.get("/me").await.location().unwrap().starts_with("/sign-in"));
    assert_eq!(all.of.town.state().await, before);
}

#[tokio::test]
async fn v33_a_locked_resident_is_refused_at_every_door_at_the_next_request() {
    let mut all = let_in().await;
    let (town, alice) = (&all.of.town, &mut all.of.alice);
    // Under way when it happens: a sign-in, a recovery, a code.
    let thief = town.browser();
    let signing_in = thief.open("/sign-in?again=1").await.expect(200);
    let options = thief.begins(&signing_in).await;
    let shown = alice.phone.get(&options).await.unwrap();
    let code = alice.browser.open(&all.a.pushed(&[]).await).await.parameter("code").unwrap();

    assert!(erasure::lock(&town.app, &alice.resident.id, "called: phone stolen").await.unwrap());
    assert!(!erasure::lock(&town.app, &alice.resident.id, "again").await.unwrap());
    let entries = town.entries_of(&alice.resident.id).await;
    assert_eq!(entries[0], "resident_locked");
    assert!(!alice.browser.is_in().await);
    assert!(!thief.finishes(&signing_in, &serde_json::to_value(&shown).unwrap()).await.status.is_success());
    all.a.redeems(&code).await.refused(400, "invalid_grant");
    let (all, alice) = (&all, &all.of.alice);
    all.assert_out_but_for_the_vault().await;

    // The vault says so, and enters that somebody asked.
    let refused = all.a.reads("/vault/claims", &all.partner.member("access_token")).await.expect(403);
    assert_eq!(
        (refused.problem().as_str(), &refused.json()["reason"]),
        ("access-suspended", &json!("access_suspended"))
    );
    assert!(refused.headers.contains_key("ledger-position"));
    assert_eq!(all.of.town.entries_of(&alice.resident.id).await[0], "access_suspended");
    assert_eq!(all.of.town.count("resident_session WHERE ended_at IS NULL").await, 0);
}

#[tokio::test]
async fn v33_what_a_lock_ended_stays_ended_after_it() {
    let mut all = let_in().await;
    let id = all.of.alice.resident.id.clone();
    erasure::lock(&all.of.town.app, &id, "called").await.unwrap();
    assert!(!all.of.town.browser().signs_in(&mut all.of.alice.phone).await.status.is_success());
    assert!(resident::unlock(&all.of.town.app, &id, "came to the desk").await.unwrap());
    assert!(!resident::unlock(&all.of.town.app, &id, "again").await.unwrap());
    all.assert_out().await;
    let browser = all.of.town.browser();
    browser.signs_in(&mut all.of.alice.phone).await.expect(200);
    let book = browser.in_english().open("/me/book").await.expect(200).text();
    assert!(book.contains("The operator locked your account") && book.contains("The operator unlocked"), "{book}");
    all.assert_may_come_again(&browser).await;
}

#[tokio::test]
async fn a_locked_resident_cannot_come_in_by_paper() {
    let of = family().await;
    let page = of.alice.browser.open("/me/passkeys").await.expect(200);
    let sheet = of.alice.browser.submit(&page, "/me/recovery-codes", &[]).await.expect(200);
    let text = html::text(&sheet.body);
    let mut codes = text.split(' ').filter(|word| word.len() == 29 && word.matches('-').count() == 5);
    let enters = |browser: Browser, code: String| async move {
        let page = browser.open("/recover").await.expect(200);
        browser.submit(&page, "/recover", &[("code", &code)]).await
    };
    let begun = of.town.browser();
    let page = enters(begun.clone(), codes.next().unwrap().to_owned()).await.expect(200);
    let bob = of.town.resident("bob").await;
    let with_a_slip = of.town.browser();
    let invitation = with_a_slip.open(&format!("/invitation/{}", bob.invitation)).await.expect(200);
    for resident in [&of.alice.resident.id, &bob.id] {
        erasure::lock(&of.town.app, resident, "called").await.unwrap();
    }
    for (browser, page) in [(&begun, &page), (&with_a_slip, &invitation)] {
        assert!(!browser.registers(page, &mut SoftPasskey::new()).await.status.is_success());
    }
    enters(of.town.browser(), codes.next().unwrap().to_owned()).await.expect(400);
    assert_ne!(of.town.browser().open(&format!("/invitation/{}", bob.invitation)).await.status, 200);
    assert_eq!((of.town.key_count(&of.alice.resident.id).await, of.town.key_count(&bob.id).await), (1, 0));
}
