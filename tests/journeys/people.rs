//! The people of the service centre: how they come in, and how they are kept out.

use std::process::{Command, Output};

use latchkey::people::{self, Role};
use serde_json::json;

use crate::support::app::ISSUER;
use crate::support::{SoftPasskey, TestApp};

async fn latchkey(town: &TestApp, arguments: &[&str]) -> Output {
    let config = town.folder().join("latchkey.toml");
    let (database, keys) = (&town.app.config.database.url, &town.app.config.keys.folder);
    let text = format!(
        "[server]\nissuer = \"{ISSUER}\"\n[database]\nurl = \"{database}\"\n[keys]\nfolder = \"{}\"\n",
        keys.display()
    );
    std::fs::write(&config, text).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_latchkey"));
    command.arg("--config").arg(config).args(arguments);
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test]
async fn the_operator_invites_staff_by_command_and_the_link_works_once() {
    let town = TestApp::start().await;
    let told = said(&latchkey(&town, &["people", "invite", "--role", "staff", "--name", "王敏"]).await);
    let link = told.lines().find_map(|line| line.strip_prefix(ISSUER)).unwrap().to_owned();
    assert!(link.starts_with("/desk/invitation/"), "{told}");

    let (browser, mut phone) = (town.browser(), SoftPasskey::new());
    for _ in 0..3 {
        // Chat programs open links to preview them.
        assert!(town.browser().open(&link).await.expect(200).text().contains("王敏"));
    }
    let page = browser.open(&link).await.expect(200);
    let home = browser.registers(&page, &mut phone).await.expect(200);
    assert_eq!(home.path, "/desk");
    assert!(home.text().contains("王敏，您好"), "{}", home.text());
    assert!(home.text().contains("工作人员"));

    let refused = town.browser().in_english().open(&link).await.expect(400);
    assert!(refused.text().contains("This link cannot be used"));
    let listed = said(&latchkey(&town, &["people", "list"]).await);
    assert!(listed.contains("staff") && listed.contains("王敏") && listed.contains("enrolled"), "{listed}");
    for wrong in [
        vec!["people", "invite", "--role", "chief", "--name", "x"],
        vec!["people", "invite", "--role", "staff", "--name", " "],
        vec!["people", "disable", "王敏"],
    ] {
        assert!(!latchkey(&town, &wrong).await.status.success(), "{wrong:?}");
    }
}

#[tokio::test]
async fn a_disabled_person_is_out_at_the_next_request() {
    let town = TestApp::start().await;
    let mut wang = town.staff("王敏").await;
    assert!(wang.is_in().await);
    let done = said(&latchkey(&town, &["people", "disable", wang.id.as_str()]).await);
    assert!(done.contains("disabled"));
    assert!(!wang.is_in().await);
    let page = wang.browser.open("/desk/sign-in").await.expect(200);
    assert!(page.text().contains("登录已经结束"), "{}", page.text());
    let options = wang.browser.begins(&page).await;
    let shown = wang.phone.get(&options).await.unwrap();
    assert_eq!(wang.browser.finishes(&page, &shown).await.expect(400).problem(), "passkey-refused");
    assert!(people::renew(&town.app, &wang.id).await.is_err(), "whoever left gets no new link");
}

#[tokio::test]
async fn a_session_at_the_console_ends_after_fifteen_minutes_without_use_and_after_eight_hours() {
    let town = TestApp::start().await;
    let mut wang = town.staff("王敏").await;
    town.pass_seconds(14 * 60);
    assert!(wang.is_in().await);
    town.pass_seconds(15 * 60);
    assert!(!wang.is_in().await);
    wang.signs_in().await;
    for _ in 0..34 {
        town.pass_seconds(14 * 60);
        assert!(wang.is_in().await);
    }
    town.pass_seconds(4 * 60);
    assert!(!wang.is_in().await, "eight hours are a working day");
}

#[tokio::test]
async fn residents_and_people_of_the_centre_never_share_a_door() {
    let town = TestApp::start().await;
    let mut alice = town.neighbour("alice").await;
    let mut wang = town.staff("王敏").await;

    // A resident's session opens nothing at the console, nor does her passkey.
    assert_eq!(alice.browser.open("/desk").await.expect(200).path, "/desk/sign-in?next=%2Fdesk");
    let page = alice.browser.open("/desk/sign-in").await.expect(200);
    let options = alice.browser.begins(&page).await;
    let shown = alice.phone.get(&options).await.unwrap();
    assert_eq!(alice.browser.finishes(&page, &shown).await.expect(400).problem(), "passkey-refused");
    // And the other way round; not even the ceremony may be carried over.
    assert!(!wang.browser.is_in().await);
    let page = wang.browser.open("/sign-in").await.expect(200);
    let options = wang.browser.begins(&page).await;
    let shown = wang.phone.get(&options).await.unwrap();
    assert_eq!(wang.browser.finishes(&page, &shown).await.expect(400).problem(), "passkey-refused");
    let console = wang.browser.open("/desk/sign-in?again=1").await.expect(200);
    let options = wang.browser.begins(&console).await;
    let shown = wang.phone.get(&options).await.unwrap();
    assert_eq!(wang.browser.finishes(&page, &shown).await.expect(400).problem(), "ceremony-ended");

    // One browser may hold both, each for its own pages.
    assert!(alice.browser.is_in().await);
    let page = alice.browser.open("/desk/sign-in").await.expect(200);
    alice.browser.signs_in_on(&page, &mut wang.phone).await.expect(200);
    assert!(alice.browser.is_in().await);
    assert_eq!(alice.browser.get("/desk").await.status, 200);
    let page = alice.browser.open("/desk").await;
    alice.browser.submit(&page, "/desk/sign-out", &[]).await.expect(200);
    assert!(alice.browser.is_in().await, "leaving the console is not signing out of the portal");
}

#[tokio::test]
async fn a_form_of_the_console_wants_the_token_of_the_console() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let wang = town.staff("王敏").await;
    let hers = alice.browser.open("/me").await.csrf();
    wang.browser.post("/desk/sign-out", &[("csrf", hers)]).await.expect(403);
    assert!(wang.is_in().await);
    let page = wang.browser.open("/desk").await;
    let english = wang.browser.submit(&page, "/desk/preferences", &[("language", "en")]).await.expect(200);
    assert!(english.text().contains("Hello, 王敏"), "{}", english.text());
}

#[tokio::test]
async fn a_new_link_puts_the_lost_passkey_out() {
    let town = TestApp::start().await;
    let mut wang = town.colleague(Role::Auditor, "赵静").await;
    let renewed = people::renew(&town.app, &wang.id).await.unwrap();
    assert!(!wang.is_in().await);
    let page = wang.browser.open("/desk/sign-in").await.expect(200);
    let options = wang.browser.begins(&page).await;
    let shown = wang.phone.get(&options).await.unwrap();
    assert_eq!(wang.browser.finishes(&page, &shown).await.expect(400).problem(), "passkey-refused");
    let page = wang.browser.open(&format!("/desk/invitation/{}", renewed.token.expose())).await.expect(200);
    let home = wang.browser.registers(&page, &mut SoftPasskey::new()).await.expect(200);
    assert!(home.text().contains("审计员"), "{}", home.text());

    // A link that was begun with and is replaced meanwhile ends nowhere.
    let (first, browser) = (people::invite(&town.app, Role::Staff, "李强").await.unwrap(), town.browser());
    let page = browser.open(&format!("/desk/invitation/{}", first.token.expose())).await.expect(200);
    let options = browser.begins(&page).await;
    people::renew(&town.app, &first.person.id).await.unwrap();
    let made = SoftPasskey::new().create(&options).await.unwrap();
    assert_eq!(browser.finishes(&page, &made).await.expect(400).problem(), "console-invitation");
    let (begin, _, csrf) = page.ceremony();
    let body = json!({ "csrf": csrf });
    assert_eq!(browser.post_json(&begin, &csrf, &body).await.expect(400).problem(), "console-invitation");
}
