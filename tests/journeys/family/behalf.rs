//! Agreeing for somebody: who may, what never, and what happens to whom one works for; and the quiet way out.

use latchkey::inbox::Word;
use latchkey::mandate;

use super::{EVERYTHING, accepts, acts, consents, offers, told};
use crate::support::TestApp;

#[tokio::test]
async fn a_daughter_agrees_for_her_father_and_the_app_gets_his_data() {
    let town = TestApp::start().await;
    let parking = town.partner("rp-a").await;
    let (mut father, mut daughter) = (town.neighbour("alice").await, town.neighbour("bob").await);
    let base = accepts(&mut daughter, &offers(&mut father, "family", &EVERYTHING).await).await;
    let id = base.strip_prefix("/for/").unwrap();
    let question = daughter.browser.open(&parking.pushed(&[]).await).await.expect(200);
    let action = format!("{}/for", question.path);
    let his = daughter.browser.submit(&question, &action, &[("mandate", id)]).await.expect(200);
    assert!(his.text().contains("皖A·**123"), "the father's plate: {}", his.text());
    let own = daughter.browser.submit(&his, &action, &[("mandate", "")]).await.expect(200);
    assert!(own.text().contains("皖A·**456"), "and her own again: {}", own.text());
    daughter.browser.submit(&own, &action, &[("mandate", id)]).await.expect(200);
    let code = daughter.browser.agrees(&question.path, &["plate_masked"]).await;
    let token = parking.redeems(&code).await.expect(200).member("access_token");
    let read = parking.reads("/vault/claims", &token).await.expect(200);
    assert_eq!(read.json()["claims"]["plate_masked"], "皖A·**123");
    assert_eq!(
        (consents(&town, &father.resident.id).await.len(), consents(&town, &daughter.resident.id).await.len()),
        (1, 0)
    );
    assert!(acts(&town, &father.resident.id).await.contains(&("delegate".into(), "given".into())));
    let page = father.browser.open("/me/apps").await.expect(200);
    assert!(page.text().contains("甲停车"), "he sees it, and can stop it: {}", page.text());
}

#[tokio::test]
async fn nobody_agrees_for_somebody_after_the_mandate_ended_or_for_her_own_employer() {
    let town = TestApp::start().await;
    let parking = town.partner("rp-a").await;
    let (mut father, mut carer) = (town.neighbour("alice").await, town.neighbour("bob").await);
    let link = offers(&mut father, "family", &EVERYTHING).await;
    let offer = carer.browser.open(&link).await.expect(200);
    let party = offer.body.split("name=\"works_for\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let page =
        carer.browser.confirms(&offer, &link, &[("works_for", party.as_str())], &mut carer.phone).await.expect(200);
    let id = page.path.rsplit('/').next().unwrap().to_owned();
    assert!(father.browser.open(&page.path).await.expect(200).text().contains(&party), "the father sees it");
    let question = carer.browser.open(&parking.pushed(&[]).await).await.expect(200);
    let action = format!("{}/for", question.path);
    carer.browser.submit(&question, &action, &[("mandate", id.as_str())]).await.expect(200);
    let refused = carer.browser.says(&question.path, "yes", &[]).await;
    assert!(refused.text().contains("您为这家单位工作"), "{}", refused.text());

    let shop = father.browser.open(&page.path).await.expect(200);
    father.browser.submit(&shop, &format!("{}/end", page.path), &[]).await.expect(200);
    let after = carer.browser.open(&question.path).await;
    assert!(!after.text().contains("您正在替"), "it is her own question again: {}", after.text());
    assert!(consents(&town, &father.resident.id).await.is_empty());
}

#[tokio::test]
async fn only_myself_ends_everything_and_tells_nobody() {
    let town = TestApp::start().await;
    let (mut wife, mut husband) = (town.neighbour("alice").await, town.neighbour("bob").await);
    let base = accepts(&mut husband, &offers(&mut wife, "family", &EVERYTHING).await).await;
    let open = offers(&mut wife, "temporary", &[("relation", "friend"), ("days", "3")]).await;
    let elsewhere = town.browser();
    elsewhere.signs_in(&mut wife.phone).await.expect(200);
    let (words, before) = (told(&town, &husband.resident.id).await, acts(&town, &husband.resident.id).await);

    let page = wife.browser.open("/me/only-myself").await.expect(200);
    let done = wife.browser.submit(&page, "/me/only-myself", &[("shield", "on")]).await.expect(200);
    assert!(done.text().contains("现在只由您自己办"), "{}", done.text());
    husband.browser.open(&base).await.expect(403);
    husband.browser.open(&open).await.expect(404);
    assert!(!elsewhere.is_in().await, "the other browser is out");
    assert_eq!(told(&town, &husband.resident.id).await, words);
    assert_eq!(acts(&town, &husband.resident.id).await, before, "and his book says nothing");
    assert!(acts(&town, &wife.resident.id).await.contains(&("resident".into(), "shielded".into())));
    let shielded = |id| async move { mandate::is_shielded(&mut town.app.db.read().await.unwrap(), id).await.unwrap() };
    assert!(shielded(&wife.resident.id).await);
}

#[tokio::test]
async fn whoever_acts_is_announced_sees_her_own_mandate_alone_and_may_object() {
    let town = TestApp::start().await;
    let parking = town.partner("rp-a").await;
    let (mut father, mut daughter) = (town.neighbour("alice").await, town.neighbour("bob").await);
    let mut terms = EVERYTHING.to_vec();
    terms.push(("right", "object"));
    let base = accepts(&mut daughter, &offers(&mut father, "family", &terms).await).await;
    // Somebody else helps as well, and that is not hers to know.
    let mut friend = town.neighbour("stranger").await;
    let other = offers(&mut father, "temporary", &[("relation", "friend"), ("days", "3"), ("right", "stop")]).await;
    let other = accepts(&mut friend, &other).await;
    let code = father.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
    let token = parking.redeems(&code).await.expect(200).member("access_token");
    parking.reads("/vault/claims", &token).await.expect(200);
    let given = consents(&town, &father.resident.id).await.remove(0);

    assert!(!told(&town, &father.resident.id).await.contains(&Word::ActedFor));
    let page = friend.browser.open(&format!("{other}/apps/{}", given.id)).await.expect(200);
    friend.browser.submit(&page, &format!("{other}/apps/{}/pause", given.id), &[]).await.expect(200);
    assert!(told(&town, &father.resident.id).await.contains(&Word::ActedFor), "he is told that somebody acted");
    assert!(!told(&town, &friend.resident.id).await.contains(&Word::ActedFor));
    let inbox = father.browser.open("/me/inbox").await.expect(200).text();
    assert!(inbox.contains("代办人替您办了一件事"), "{inbox}");

    let his = father.browser.open("/me/book").await.expect(200).text();
    assert!(his.contains("由朋友代办"), "{his}");
    let hers = daughter.browser.open(&format!("{base}/book")).await.expect(200);
    assert!(!hers.text().contains("朋友") && hers.text().contains("甲停车"), "{}", hers.text());
    // What an app did she may object to in his name; he reads of it, and the answer is his.
    let link = hers.body.split("class=\"object\" href=\"").nth(1).expect("a way to object");
    let link = link.split('"').next().unwrap();
    let form = daughter.browser.open(link).await.expect(200);
    assert!(!form.body.contains("value=\"explanation\""), "an objection, and nothing else");
    let action = format!("{base}/cases");
    daughter.browser.submit_only(&form, &action, &[("kind", "explanation")]).await.expect(403);
    let form = daughter.browser.open(link).await.expect(200);
    let done = daughter.browser.submit(&form, &action, &[("kind", "objection")]).await.expect(200);
    assert_eq!(done.path, format!("{base}/book"));
    assert_eq!(town.count("case_current").await, 1);
    assert!(acts(&town, &father.resident.id).await.iter().any(|(actor, _)| actor == "delegate"));
    let list = father.browser.open("/me/cases").await.expect(200).text();
    assert!(list.contains("甲停车"), "{list}");

    // Who was not given it finds no way to do it.
    let seen = friend.browser.open(&format!("{other}/book")).await.expect(200);
    assert!(!seen.body.contains("class=\"object\""));
    friend.browser.open(&link.replace(&base, &other)).await.expect(403);
}

#[tokio::test]
async fn who_is_shielded_is_found_by_her_document_alone() {
    let town = TestApp::start().await;
    let wang = town.staff("王敏").await;
    let alice = town.neighbour("alice").await;
    town.index(&alice.resident).await;
    wang.finds("13805510001").await;
    let page = alice.browser.open("/me/only-myself").await.expect(200);
    alice.browser.submit(&page, "/me/only-myself", &[("shield", "on")]).await.expect(200);
    let page = wang.browser.open("/desk").await.expect(200);
    let missed = wang.browser.submit(&page, "/desk/find", &[("number", "13805510001")]).await;
    assert!(!missed.path.starts_with("/desk/sitting/"), "the household's telephone finds nobody: {}", missed.text());
    let number = alice.resident.fields["document_number"].clone();
    let found = wang.finds(&number).await;
    assert!(found.path.starts_with("/desk/sitting/"), "her own paper does: {}", found.path);
}
