//! Mandates: offered, accepted, used and ended; and what nobody may do by one.

use latchkey::inbox::Word;
use reqwest::StatusCode;

use super::{EVERYTHING, accepts, acts, consents, link_on, offers, told};
use crate::support::TestApp;
use crate::support::town::Neighbour;

async fn father_and_daughter(town: &TestApp) -> (Neighbour, Neighbour) {
    (town.neighbour("alice").await, town.neighbour("bob").await)
}

#[tokio::test]
async fn a_daughter_stops_an_app_for_her_father_and_both_see_it() {
    let town = TestApp::start().await;
    let parking = town.partner("rp-a").await;
    let (mut father, mut daughter) = father_and_daughter(&town).await;
    let code = father.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
    let token = parking.redeems(&code).await.expect(200).member("access_token");
    parking.reads("/vault/claims", &token).await.expect(200);

    let link = offers(&mut father, "family", &EVERYTHING).await;
    let base = accepts(&mut daughter, &link).await;
    let home = daughter.browser.open(&base).await.expect(200);
    assert!(home.text().contains("您正在替 张* 办事"), "{}", home.text());
    assert!(home.body.contains(&format!("href=\"{base}/book\"")), "links stay with the father");
    let given = consents(&town, &father.resident.id).await.remove(0);
    let stopped = daughter.browser.submit(&home, &format!("{base}/apps/{}/stop", given.id), &[]).await.expect(200);
    assert!(stopped.text().contains("甲停车"), "{}", stopped.text());

    let refused = parking.reads("/vault/claims", &token).await.expect(403);
    assert_eq!(refused.member("reason"), "consent_withdrawn");
    let his = acts(&town, &father.resident.id).await;
    assert!(his.contains(&("delegate".into(), "withdrawn".into())), "{his:?}");
    assert!(his.contains(&("delegate".into(), "greeting".into())), "that she was there is entered: {his:?}");
    let page = father.browser.open(&base.replace("/for/", "/me/family/")).await.expect(200).text();
    assert!(page.contains("李*（女儿）替您办事") && page.contains("甲停车"), "{page}");
    for who in [&father, &daughter] {
        assert!(told(&town, &who.resident.id).await.contains(&Word::MandateBegun));
    }
    let hers = acts(&town, &daughter.resident.id).await;
    assert!(hers.iter().all(|(_, reason)| reason != "withdrawn"), "nothing of his stands in her book: {hers:?}");
}

#[tokio::test]
async fn what_a_mandate_does_not_give_is_refused_and_what_it_hides_is_not_shown() {
    let town = TestApp::start().await;
    let (mut father, mut daughter) = father_and_daughter(&town).await;
    let terms = [("relation", "neighbour"), ("days", "3")];
    let base = accepts(&mut daughter, &offers(&mut father, "temporary", &terms).await).await;
    let refused = daughter.browser.open(&format!("{base}/data")).await.expect(403);
    assert!(refused.text().contains("没有交给您办"), "{}", refused.text());
    daughter.browser.open(&format!("{base}/book")).await.expect(200);

    let town = TestApp::start().await;
    let (mut father, mut daughter) = father_and_daughter(&town).await;
    let base = accepts(&mut daughter, &offers(&mut father, "family", &EVERYTHING).await).await;
    let data = daughter.browser.open(&format!("{base}/data")).await.expect(200);
    let fields = &father.resident.fields;
    assert!(data.text().contains(&fields["room"]), "{}", data.text());
    let tail = &fields["document_number"][14..];
    assert!(!data.body.contains(tail), "the document number is hidden");
    let shown = daughter.browser.submit(&data, &format!("{base}/data/reveal"), &[("field", "document_number")]).await;
    assert!(!shown.body.contains(&fields["document_number"]), "nor is it shown on press: {}", shown.text());
}

#[tokio::test]
async fn what_only_the_person_may_do_has_no_door_for_anybody_else() {
    let town = TestApp::start().await;
    let (mut father, mut daughter) = father_and_daughter(&town).await;
    let base = accepts(&mut daughter, &offers(&mut father, "family", &EVERYTHING).await).await;
    let before = town.state().await;
    for path in ["passkeys", "family", "family/new/family", "inbox", "rights", "erasure", "welcome"] {
        assert_eq!(daughter.browser.get(&format!("{base}/{path}")).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    // Objecting takes a right of its own, which this mandate does not give; his cases are never anybody else's to read.
    for (path, status) in
        [("cases", StatusCode::FORBIDDEN), ("cases/00000000000000000000000000000000", StatusCode::NOT_FOUND)]
    {
        assert_eq!(daughter.browser.get(&format!("{base}/{path}")).await.status, status, "{path}");
    }
    let home = daughter.browser.open(&base).await.expect(200);
    for path in ["recovery-codes", "sessions/end-others", "passkeys/begin"] {
        let csrf = home.csrf();
        let answer = daughter.browser.post(&format!("{base}/{path}"), &[("csrf", csrf.as_str())]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let changed: Vec<_> = town.state().await.into_iter().zip(before).filter(|(now, was)| now != was).collect();
    assert!(changed.iter().all(|((what, _), _)| what.starts_with("ledger") || what.contains("entr")), "{changed:?}");
}

#[tokio::test]
async fn an_offer_is_good_once_and_for_somebody_else() {
    let town = TestApp::start().await;
    let (mut father, mut daughter) = father_and_daughter(&town).await;
    let mut stranger = town.neighbour("stranger").await;
    let link = offers(&mut father, "family", &EVERYTHING).await;
    town.browser().get(&link).await.expect(303);
    assert!(father.browser.open(&link).await.expect(409).text().contains("您自己发出的"));
    let page = stranger.browser.open(&link).await.expect(200);
    let base = accepts(&mut daughter, &link).await;
    stranger.browser.confirms(&page, &link, &[], &mut stranger.phone).await.expect(404);
    stranger.browser.open(&link).await.expect(404);
    stranger.browser.open(&base).await.expect(404);
    father.browser.open(&base).await.expect(404);

    let link = offers(&mut father, "temporary", &[("relation", "friend"), ("days", "1")]).await;
    let page = stranger.browser.open(&link).await.expect(200);
    stranger.browser.submit(&page, &link, &[("decision", "no")]).await.expect(200);
    daughter.browser.open(&link).await.expect(404);
    assert!(told(&town, &father.resident.id).await.contains(&Word::MandateEnded));

    let link = offers(&mut father, "temporary", &[("relation", "friend"), ("days", "1")]).await;
    let list = father.browser.open("/me/family").await.expect(200);
    let ids = list
        .body
        .split("/me/family/")
        .skip(1)
        .filter(|part| part.len() > 32 && part[..32].bytes().all(|byte| byte.is_ascii_hexdigit()));
    let mut waiting = None;
    for id in ids {
        let one = father.browser.open(&format!("/me/family/{}", &id[..32])).await.expect(200);
        waiting = waiting.or(one.body.contains("/show\"").then_some((id, one)));
    }
    let (id, one) = waiting.expect("one that nobody has accepted");
    let again = father.browser.submit(&one, &format!("/me/family/{}/show", &id[..32]), &[]).await.expect(200);
    stranger.browser.open(&link).await.expect(404);
    stranger.browser.open(&link_on(&again)).await.expect(200);
    town.pass_seconds(24 * 60 * 60 + 1);
    stranger.browser.signs_in(&mut stranger.phone).await.expect(200);
    stranger.browser.open(&link_on(&again)).await.expect(404);
}

#[tokio::test]
async fn a_mandate_ends_on_its_day_and_at_a_word_of_either() {
    let town = TestApp::start().await;
    let (mut father, mut daughter) = father_and_daughter(&town).await;
    let base =
        accepts(&mut daughter, &offers(&mut father, "temporary", &[("relation", "friend"), ("days", "1")]).await).await;
    daughter.browser.open(&base).await.expect(200);
    town.pass_seconds(24 * 60 * 60);
    daughter.browser.signs_in(&mut daughter.phone).await.expect(200);
    let over = daughter.browser.open(&base).await.expect(403);
    assert!(over.text().contains("已经结束"), "{}", over.text());

    father.browser.signs_in(&mut father.phone).await.expect(200);
    let base = accepts(&mut daughter, &offers(&mut father, "family", &EVERYTHING).await).await;
    let own = base.replace("/for/", "/me/family/");
    let page = daughter.browser.open(&own).await.expect(200);
    daughter.browser.submit(&page, &format!("{own}/end"), &[]).await.expect(200);
    daughter.browser.open(&base).await.expect(403);
    assert!(told(&town, &father.resident.id).await.contains(&Word::MandateEnded));
}

#[tokio::test]
async fn a_mandate_that_is_ended_quietly_tells_the_other_nothing() {
    let town = TestApp::start().await;
    let (mut father, mut daughter) = father_and_daughter(&town).await;
    let base = accepts(&mut daughter, &offers(&mut father, "family", &EVERYTHING).await).await;
    let own = base.replace("/for/", "/me/family/");
    let (book, inbox) = (acts(&town, &daughter.resident.id).await, told(&town, &daughter.resident.id).await);
    let page = father.browser.open(&own).await.expect(200);
    let ended = father.browser.submit(&page, &format!("{own}/end"), &[("quietly", "yes")]).await.expect(200);
    assert!(ended.text().contains("由本人停止"), "{}", ended.text());
    let hers = acts(&town, &daughter.resident.id).await;
    assert!(!hers.iter().any(|(_, reason)| reason.contains("ended")), "{hers:?}");
    assert!(hers.len() <= book.len() + 1 && told(&town, &daughter.resident.id).await == inbox);
    let page = daughter.browser.open(&own).await.expect(200).text();
    assert!(!page.contains("由本人停止"), "{page}");
    let tried = daughter.browser.open(&base).await.expect(403);
    assert!(tried.text().contains("已经结束"), "{}", tried.text());
}

#[tokio::test]
async fn a_confirmation_of_less_does_not_give_more() {
    let town = TestApp::start().await;
    let mut father = town.neighbour("alice").await;
    let path = "/me/family/new/family";
    let form = father.browser.open(path).await.expect(200);
    let few = [("relation", "daughter"), ("days", "30")];
    let (mut fields, signed) = father.browser.signs(&form, path, &few, &mut father.phone).await.unwrap();
    fields.push(("right".to_owned(), "decide".to_owned()));
    father.browser.posts_confirmed(&form, &fields, path, &signed).await.expect(400);
    assert!(father.browser.open("/me/family").await.expect(200).text().contains("没有人能替您办事"));
    for wrong in [("days", "400"), ("relation", "boss"), ("right", "erase"), ("hidden", "soul")] {
        let form = father.browser.open(path).await.expect(200);
        let mut terms = vec![("relation", "son"), ("days", "30")];
        terms.retain(|(name, _)| *name != wrong.0);
        terms.push(wrong);
        father.browser.confirms(&form, path, &terms, &mut father.phone).await.expect(400);
    }
}
