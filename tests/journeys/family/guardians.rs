//! Guardians of minors: asked for by somebody of the same flat, confirmed at the desk, and over on a birthday.

use latchkey::consent::{self, State};
use latchkey::ids::{MandateId, PersonId, ResidentId};
use latchkey::inbox::Word;
use latchkey::ledger::By;
use latchkey::mandate::{self, guardian};
use latchkey::roster;

use super::{acts, consents, told};
use crate::support::TestApp;
use crate::support::passkey::SoftPasskey;
use crate::support::town::{Neighbour, Resident};

const HEAD: &str = "姓名,证件类型,证件号码,性别,出生日期,手机号,楼栋,单元,房号,与户主关系,产权关系";

/// A mother and her daughter, of one flat, from the roster; the child was born that day.
async fn household(town: &TestApp, born: &str) -> (Neighbour, ResidentId) {
    let number = document_number(born);
    let text = format!(
        "{HEAD}\n赵敏,居民身份证,34010419800505002X,女,1980-05-05,13811110001,5,1,301,户主,业主\n赵小雨,居民身份证,{number},女,{born},,5,1,301,女,业主家属\n"
    );
    let roster = roster::read(text.as_bytes()).unwrap();
    let outcome = roster::import(&town.app, &roster, |_| {}).await.unwrap();
    let mother = outcome.invitations.iter().find(|one| one.name == "赵敏").expect("the mother is invited");
    let invitation = mother.link.token.expose().to_owned();
    let (browser, mut phone) = (town.browser(), SoftPasskey::new());
    browser.enrols(&invitation, &mut phone).await.expect(200);
    let id = |sql: &'static str| async move { ResidentId::stored(text_of(town, sql).await) };
    let mother = id("SELECT resident FROM resident_passkey").await;
    let child = id("SELECT id FROM resident WHERE id NOT IN (SELECT resident FROM resident_passkey)").await;
    let resident = Resident { id: mother, invitation, fields: Default::default() };
    (Neighbour { resident, browser, phone }, child)
}

/// A number that somebody born on that day may have (GB 11643).
fn document_number(born: &str) -> String {
    let digits = format!("340104{}002", born.replace('-', ""));
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    digits + &"10X98765432"[(sum % 11) as usize..][..1]
}

async fn text_of(town: &TestApp, sql: &'static str) -> String {
    match &town.app.db {
        latchkey::db::Db::Sqlite { readers, .. } => sqlx::query_scalar(sql).fetch_one(readers).await.unwrap(),
        latchkey::db::Db::Postgres(pool) => sqlx::query_scalar(sql).fetch_one(pool).await.unwrap(),
    }
}

fn staff() -> By {
    By::Staff(PersonId::from_bytes([7; 16]))
}

/// Asks to act for the child; the answer.
async fn asks(mother: &mut Neighbour, name: &str, born: &str) -> crate::support::browser::Answer {
    let form = mother.browser.open("/me/family/child").await.expect(200);
    let fields = [("name", name), ("born", born), ("relation", "parent")];
    mother.browser.confirms(&form, "/me/family/child", &fields, &mut mother.phone).await
}

/// Asked and confirmed; the mandate.
async fn guards(town: &TestApp, mother: &mut Neighbour, born: &str) -> MandateId {
    let asked = asks(mother, "赵小雨", born).await.expect(200);
    assert!(asked.text().contains("等服务台当面核对"), "the desk, not the child: {}", asked.text());
    let waiting = guardian::asked(&town.app).await.unwrap();
    guardian::confirm(&town.app, &waiting[0].id, &staff(), "household-register", None).await.unwrap();
    waiting[0].id.clone()
}

#[tokio::test]
async fn a_guardian_agrees_for_a_child_until_the_day_she_turns_fourteen() {
    let town = TestApp::start().await;
    let today = town.app.today();
    let born = today.checked_sub(jiff::ToSpan::years(14)).unwrap().checked_add(jiff::ToSpan::days(2)).unwrap();
    let (mut mother, child) = household(&town, &born.to_string()).await;
    let parking = town.partner("rp-a").await;

    let asked = asks(&mut mother, "赵小雨", &born.to_string()).await.expect(200);
    let waiting = guardian::asked(&town.app).await.unwrap().remove(0);
    mother.browser.open(&format!("/for/{}", waiting.id)).await.expect(404);
    assert!(asked.path.ends_with(waiting.id.as_str()));
    let id = guardian::confirm(&town.app, &waiting.id, &staff(), "household-register", None).await.unwrap().id;
    mother.browser.open(&format!("/for/{id}")).await.expect(200);

    let address = parking.pushed(&[]).await;
    let question = mother.browser.open(&address).await.expect(200);
    assert!(question.text().contains("为谁办"), "{}", question.text());
    let action = format!("{}/for", question.path);
    let hers = mother.browser.submit(&question, &action, &[("mandate", id.as_str())]).await.expect(200);
    assert!(hers.text().contains("您正在替 赵* 办事"), "{}", hers.text());
    let code = mother.browser.agrees(&question.path, &[]).await;
    let tokens = parking.redeems(&code).await.expect(200);
    let token = tokens.member("access_token");
    parking.reads("/vault/claims", &token).await.expect(200);
    let record = consents(&town, &child).await.remove(0);
    assert!(consents(&town, &mother.resident.id).await.is_empty(), "the mother agreed to nothing for herself");
    assert!(acts(&town, &child).await.contains(&("guardian".into(), "given".into())));
    let birthday = mandate::mandate(&mut town.app.db.read().await.unwrap(), &id).await.unwrap().unwrap().until;
    assert_eq!(record.valid_until, birthday, "a guardian's word does not outlive the guardianship");

    let left = u64::try_from(birthday - town.app.now().seconds()).unwrap();
    town.pass_seconds(left);
    // By the clock alone: no sweeper has been here yet.
    parking.refreshes(&tokens.member("refresh_token"), &[]).await.refused(400, "invalid_grant");
    mother.browser.signs_in(&mut mother.phone).await.expect(200);
    mother.browser.open(&format!("/for/{id}")).await.expect(403);
    consent::expire(&town.app).await.unwrap();
    let record = consents(&town, &child).await.remove(0);
    assert_eq!(record.state, State::Deferred);
    assert_eq!(told(&town, &child).await[0], Word::CameOfAge);
    let done = acts(&town, &child).await;
    assert!(done.contains(&("service".into(), "deferred".into())), "{done:?}");

    // Now she is asked herself.
    let renewed = latchkey::roster::invitation::renew(&town.app, false).await.unwrap();
    let hers = renewed.iter().find(|one| one.name == "赵小雨").expect("she is old enough for an invitation");
    let (browser, mut phone) = (town.browser(), SoftPasskey::new());
    browser.enrols(hers.link.token.expose(), &mut phone).await.expect(200);
    let apps = browser.open("/me/apps").await.expect(200).text();
    assert!(apps.contains("等您自己决定"), "{apps}");
    let question = browser.open(&parking.pushed(&[]).await).await.expect(200);
    let code = browser.agrees(&question.path, &[]).await;
    let token = parking.redeems(&code).await.expect(200).member("access_token");
    parking.reads("/vault/claims", &token).await.expect(200);
    let own = consents(&town, &child).await.into_iter().find(|one| one.state == State::Given).unwrap();
    assert!(own.valid_until > birthday);
}

#[tokio::test]
async fn nobody_becomes_guardian_of_whom_the_household_does_not_hold() {
    let town = TestApp::start().await;
    let (mut mother, child) = household(&town, "2018-03-04").await;
    for (name, born) in [("赵小雨", "2018-03-05"), ("赵大雨", "2018-03-04"), ("赵敏", "1980-05-05"), ("赵小雨", "soon")]
    {
        let answer = asks(&mut mother, name, born).await;
        assert_eq!(answer.status, 404, "{name} {born}");
    }
    let mut stranger = town.neighbour("bob").await;
    assert_eq!(asks(&mut stranger, "赵小雨", "2018-03-04").await.status, 404, "of another flat");
    assert!(guardian::asked(&town.app).await.unwrap().is_empty());
    // Of the four, two named nobody's child and were not tries. After five the right name leads nowhere either, today.
    for _ in 0..3 {
        assert_eq!(asks(&mut mother, "赵大雨", "2018-03-04").await.status, 404);
    }
    assert_eq!(asks(&mut mother, "赵小雨", "2018-03-04").await.status, 429);
    assert!(!acts(&town, &child).await.iter().any(|(_, reason)| reason.contains("guardian")));
}

#[tokio::test]
async fn what_was_agreed_under_a_guardianship_that_never_was_is_void() {
    let town = TestApp::start().await;
    let (mut mother, child) = household(&town, "2018-03-04").await;
    let parking = town.partner("rp-a").await;
    let id = guards(&town, &mut mother, "2018-03-04").await;
    let question = mother.browser.open(&parking.pushed(&[]).await).await.expect(200);
    let action = format!("{}/for", question.path);
    mother.browser.submit(&question, &action, &[("mandate", id.as_str())]).await.expect(200);
    let code = mother.browser.agrees(&question.path, &[]).await;
    let token = parking.redeems(&code).await.expect(200).member("access_token");
    consent::void_guardianship(&town.app, &id, &By::Operator, None).await.unwrap();
    assert_eq!(consents(&town, &child).await[0].state, State::Invalidated);
    let refused = parking.reads("/vault/claims", &token).await.expect(403);
    assert_eq!(refused.member("reason"), "consent_invalidated");
    mother.browser.open(&format!("/for/{id}")).await.expect(403);
}

#[tokio::test]
async fn between_fourteen_and_eighteen_a_guardian_may_look_and_stop_and_decides_nothing() {
    let town = TestApp::start().await;
    let born = town.app.today().checked_sub(jiff::ToSpan::years(15)).unwrap().to_string();
    let (mut mother, child) = household(&town, &born).await;
    let parking = town.partner("rp-a").await;
    let id = guards(&town, &mut mother, &born).await;
    mother.browser.open(&format!("/for/{id}/book")).await.expect(200);
    mother.browser.open(&format!("/for/{id}/data")).await.expect(403);
    let question = mother.browser.open(&parking.pushed(&[]).await).await.expect(200);
    assert!(!question.text().contains("为谁办"), "there is nobody she may decide for");
    let csrf = question.csrf();
    let fields = [("csrf", csrf.as_str()), ("mandate", id.as_str())];
    mother.browser.post(&format!("{}/for", question.path), &fields).await.expect(404);

    // What the young person closed, the guardian does not open.
    let renewed = latchkey::roster::invitation::renew(&town.app, true).await.unwrap();
    let hers = renewed.iter().find(|one| one.name == "赵小雨").expect("she is old enough for an invitation");
    let (browser, mut phone) = (town.browser(), SoftPasskey::new());
    browser.enrols(hers.link.token.expose(), &mut phone).await.expect(200);
    let question = browser.open(&parking.pushed(&[]).await).await.expect(200);
    browser.agrees(&question.path, &[]).await;
    let record = consents(&town, &child).await.remove(0).id;
    let page = browser.open(&format!("/me/apps/{record}")).await.expect(200);
    browser.submit(&page, &format!("/me/apps/{record}/pause"), &[]).await.expect(200);
    let app = format!("/for/{id}/apps/{record}");
    let page = mother.browser.open(&app).await.expect(200);
    let fields = [("csrf", page.csrf())];
    mother.browser.post(&format!("{app}/resume"), &fields).await.expect(403);
    assert!(consents(&town, &child).await[0].paused_at.is_some());
}
