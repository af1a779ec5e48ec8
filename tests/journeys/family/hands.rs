//! What another's hand never does: see what is hidden, open what she closed, or answer a page that was somebody else's.

use latchkey::consent::{self, Pausing};
use latchkey::ids::{MandateId, RequestId};
use latchkey::ledger::By;
use latchkey::vault;

use super::{EVERYTHING, accepts, acts, consents, offers};
use crate::deciding::{ASKS, scene};
use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::partner::Partner;
use crate::support::town::Neighbour;

/// A father who lets a parking app see his plate, and his daughter.
async fn agreed(town: &TestApp) -> (Partner, Neighbour, Neighbour) {
    let parking = town.partner("rp-a").await;
    let (father, daughter) = (town.neighbour("alice").await, town.neighbour("bob").await);
    let question = father.browser.open(&parking.pushed(&[]).await).await.expect(200);
    father.browser.agrees(&question.path, &["plate_masked"]).await;
    (parking, father, daughter)
}

#[tokio::test]
async fn an_answer_to_a_page_about_her_is_not_made_into_one_about_somebody_else() {
    let town = TestApp::start().await;
    let parking = town.partner("rp-a").await;
    let (mut father, mut daughter) = (town.neighbour("alice").await, town.neighbour("bob").await);
    let base = accepts(&mut daughter, &offers(&mut father, "family", &EVERYTHING).await).await;
    let id = base.strip_prefix("/for/").unwrap();
    let own = daughter.browser.open(&parking.pushed(&[]).await).await.expect(200);
    let action = format!("{}/for", own.path);
    let mut tabs = Vec::new();
    for decision in ["yes", "no", "later"] {
        tabs.push((decision, daughter.browser.open(&own.path).await.expect(200)));
    }
    let his = daughter.browser.submit(&own, &action, &[("mandate", id)]).await.expect(200);

    assert!(his.text().contains("皖A·**123"), "{}", his.text());
    for decision in ["yes", "no", "later"] {
        tabs.push((decision, daughter.browser.open(&own.path).await.expect(200)));
    }
    let stale = async |tabs: &[(&str, Answer)]| {
        for (decision, page) in tabs {
            let again = daughter.browser.submit_only(page, &page.path, &[("decision", decision)]).await.expect(303);
            assert_eq!(again.location(), Some(own.path.as_str()), "{decision}: the question is put again");
        }
    };
    // The pages of before lay open in other tabs: they showed her own data.
    stale(&tabs[..3]).await;
    // The mandate ends while the pages about him lie open.
    let family = format!("/me/family/{id}");
    let page = father.browser.open(&family).await.expect(200);
    father.browser.submit(&page, &format!("{family}/end"), &[]).await.expect(200);
    stale(&tabs[3..]).await;
    for who in [&father.resident.id, &daughter.resident.id] {
        assert!(consents(&town, who).await.is_empty());
        assert!(!acts(&town, who).await.iter().any(|(_, reason)| reason == "refused"), "nor a no");
    }
    // Her own answer to her own page counts.
    daughter.browser.agrees(&own.path, &[]).await;
    assert_eq!(consents(&town, &daughter.resident.id).await.len(), 1);
}

#[tokio::test]
async fn what_a_mandate_hides_is_in_no_question_that_a_delegate_opens() {
    let mut scene = scene().await;
    let mut carer = scene.town.neighbour("bob").await;
    let terms = [("relation", "daughter"), ("right", "decide"), ("hidden", "care_level"), ("days", "180")];
    let base = accepts(&mut carer, &offers(&mut scene.granny, "family", &terms).await).await;
    let question = carer.browser.open(&scene.care.pushed(&ASKS).await).await.expect(200);
    let fields = [("mandate", base.strip_prefix("/for/").unwrap())];
    let hers = carer.browser.submit(&question, &format!("{}/for", question.path), &fields).await.expect(200);
    assert!(!hers.body.contains("care_level_band") && !hers.body.contains("care_needed"), "{}", hers.text());
    assert!(hers.body.contains("phone_masked"), "what is not hidden is there: {}", hers.text());
    let own = scene.question().await;
    assert!(own.body.contains("care_level_band"), "she herself sees it");
}

#[tokio::test]
async fn who_may_look_but_not_at_the_data_sees_no_value_anywhere() {
    let town = TestApp::start().await;
    let (_, mut father, mut neighbour) = agreed(&town).await;
    let terms = [("relation", "friend"), ("right", "stop"), ("days", "3")];
    let base = accepts(&mut neighbour, &offers(&mut father, "temporary", &terms).await).await;
    let record = consents(&town, &father.resident.id).await.remove(0).id;
    for page in ["", "/apps", &format!("/apps/{record}"), "/book"] {
        let text = neighbour.browser.open(&format!("{base}{page}")).await.expect(200).text();
        assert!(!text.contains("皖A"), "{page}: {text}");
    }
    assert!(father.browser.open("/me/apps").await.expect(200).text().contains("皖A·**123"));
}

#[tokio::test]
async fn pages_about_somebody_else_do_not_call_it_her_own() {
    let town = TestApp::start().await;
    let (_, mut father, mut daughter) = agreed(&town).await;
    let base = accepts(&mut daughter, &offers(&mut father, "family", &EVERYTHING).await).await;
    let record = consents(&town, &father.resident.id).await.remove(0).id;
    for page in ["", "/apps", &format!("/apps/{record}"), "/book", "/data"] {
        let his = daughter.browser.open(&format!("{base}{page}")).await.expect(200).text();
        for wrong in ["您的信息", "您的部分信息", "我的信息", "您同意", "您是谁"] {
            assert!(!his.contains(wrong), "{page} says {wrong}: {his}");
        }
        assert!(his.contains("对方"), "{page}: {his}");
        let own = father.browser.open(&format!("/me{page}")).await.expect(200).text();
        assert!(!own.contains("对方的"), "{page}: {own}");
    }
}

#[tokio::test]
async fn the_gate_asks_for_the_mandate_at_the_moment_of_the_look() {
    let town = TestApp::start().await;
    let (_, mut father, mut daughter) = agreed(&town).await;
    let record = consents(&town, &father.resident.id).await.remove(0).id;
    let base = accepts(&mut daughter, &offers(&mut father, "family", &EVERYTHING).await).await;
    let by = By::Delegate(MandateId::parse(base.strip_prefix("/for/").unwrap()).unwrap());
    let (app, his) = (&town.app, &father.resident.id);
    let request = || RequestId::parse("0123456789abcdef0123456789abcdef").unwrap();
    let phone = ["phone".to_owned()];
    let look = || vault::look(app, his, &by, &phone, request());
    look().await.expect("while it is in force");
    assert!(matches!(consent::pause(app, his, &record, &by, &request()).await, Ok(Pausing::Done(..))));

    let page = father.browser.open("/me/only-myself").await.expect(200);
    father.browser.submit(&page, "/me/only-myself", &[("shield", "on")]).await.expect(200);
    // The door had let her in before; the gate does not.
    let refused = look().await.expect_err("it is over");
    assert!(matches!(refused, vault::Refusal::NoBasis { reason: "mandate_over", .. }), "{refused}");
    assert!(acts(&town, his).await.contains(&("delegate".into(), "mandate_over".into())), "and he can see it");
    assert_eq!(consent::resume(app, his, &record, &by, &request()).await.unwrap(), Pausing::MandateOver);
    let gone = consent::withdraw(app, his, &record, &by, &request()).await.unwrap();
    assert_eq!(gone, consent::Withdrawal::MandateOver);
}

#[tokio::test]
async fn nobody_is_let_into_an_app_as_somebody_else_without_a_new_yes() {
    let town = TestApp::start().await;
    let (parking, mut father, mut daughter) = agreed(&town).await;
    let base = accepts(&mut daughter, &offers(&mut father, "family", &EVERYTHING).await).await;
    let question = daughter.browser.open(&parking.pushed(&[]).await).await.expect(200);
    let fields = [("mandate", base.strip_prefix("/for/").unwrap())];
    let his = daughter.browser.submit(&question, &format!("{}/for", question.path), &fields).await.expect(200);
    assert!(his.text().contains("皖A·**123"), "she is asked, though he agreed before: {}", his.text());
}
