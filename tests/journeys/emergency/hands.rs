//! The second hand: another one, in time, word for word, once.

use latchkey::people;

use super::{FALL, asks, entered, id, opened, presses, signs, story};
use crate::support::browser::Answer;
use crate::support::desk::Colleague;

/// Signs the approval of one emergency on its page, and hands the signature in at another one.
async fn hands_in(who: &mut Colleague, signed: &str, at: &str) -> Answer {
    let page = who.browser.open(signed).await.expect(200);
    let (asked, answer) = who.browser.signs(&page, &format!("{signed}/approve"), &[], &mut who.phone).await.unwrap();
    who.browser.posts_confirmed(&page, &asked, &format!("{at}/approve"), &answer).await
}

/// Past what the page offers: begins the approval, and shows the finger all the same.
async fn forces(who: &mut Colleague, emergency: &str) -> Answer {
    let page = who.browser.open(emergency).await.expect(200);
    let csrf = page.csrf();
    let body = serde_json::json!({ "csrf": csrf, "fields": [] });
    let begun = who.browser.post_json(&format!("{emergency}/approve/begin"), &csrf, &body).await;
    if !begun.status.is_success() {
        return begun;
    }
    let shown = who.phone.get(&begun.json()).await.unwrap().to_string();
    who.browser.posts_confirmed(&page, &[], &format!("{emergency}/approve"), &shown).await
}

#[tokio::test]
async fn whoever_asked_cannot_approve_not_even_past_the_page() {
    let mut story = story().await;
    let page = asks(&mut story.wang, &FALL).await.expect(200);
    assert!(!page.body.contains("/approve"), "the page does not offer it");
    forces(&mut story.wang, &page.path).await.expect(403);
    presses(&story.wang, &page.path, "read").await.expect(409);
    assert_eq!(story.town.count("emergency WHERE approved_at IS NOT NULL").await, 0);
    let steps = entered(&story.town, &story.alice.resident.id).await;
    assert_eq!(steps.len(), 2);
    assert_eq!(steps[1], ("emergency_same_hand".to_owned(), "refused".to_owned()), "the attempt stands in her book");
    let book = story.alice.browser.open("/me/book").await.expect(200);
    assert!(book.text().contains("申请人想自己批准这次紧急查看"), "{}", book.text());
}

#[tokio::test]
async fn an_approval_fits_no_other_emergency_and_no_changed_one() {
    let mut story = story().await;
    let first = asks(&mut story.wang, &FALL).await.expect(200).path;
    let mut more = FALL.to_vec();
    more.push(("claim", "care_level_band"));
    let changed = asks(&mut story.wang, &more).await.expect(200).path;
    let refused = hands_in(&mut story.li, &first, &changed).await;
    assert_eq!(refused.status, 400, "{}", refused.text());
    // And one that asks for the same, word for word, a second time.
    let twin = asks(&mut story.wang, &FALL).await.expect(200).path;
    assert_eq!(hands_in(&mut story.li, &first, &twin).await.status, 400);
    assert_eq!(story.town.count("emergency WHERE approved_at IS NOT NULL").await, 0);
    signs(&mut story.li, &first, "approve", &[]).await.expect(200);
}

#[tokio::test]
async fn an_approval_comes_too_late_after_a_quarter_of_an_hour_and_after_the_end() {
    let mut story = story().await;
    let late = asks(&mut story.wang, &FALL).await.expect(200).path;
    story.town.pass_seconds(15 * 60);
    story.li.signs_in().await;
    forces(&mut story.li, &late).await.expect(403);
    story.wang.signs_in().await;
    let taken_back = asks(&mut story.wang, &FALL).await.expect(200).path;
    presses(&story.wang, &taken_back, "end").await.expect(200);
    forces(&mut story.li, &taken_back).await.expect(409);
    let declined = asks(&mut story.wang, &FALL).await.expect(200).path;
    presses(&story.li, &declined, "end").await.expect(200);
    forces(&mut story.li, &declined).await.expect(409);
    let steps: Vec<String> =
        entered(&story.town, &story.alice.resident.id).await.into_iter().map(|(reason, _)| reason).collect();
    let asked = "emergency_asked";
    assert_eq!(steps, [asked, asked, "emergency_cancelled", asked, "emergency_declined"]);
}

#[tokio::test]
async fn a_second_approval_of_the_same_changes_nothing() {
    let mut story = story().await;
    let mut zhao = story.town.staff("赵芳").await;
    let path = opened(&mut story).await;
    forces(&mut zhao, &path).await.expect(409);
    forces(&mut story.li, &path).await.expect(409);
    let one = id(&path);
    let by = story.li.id.clone();
    assert_eq!(story.town.count(&format!("emergency WHERE id = '{one}' AND approved_by = '{by}'")).await, 1);
}

#[tokio::test]
async fn what_somebody_asked_for_who_has_left_since_is_not_approved() {
    let mut story = story().await;
    let path = asks(&mut story.wang, &FALL).await.expect(200).path;
    people::disable(&story.town.app, &story.wang.id).await.unwrap();
    forces(&mut story.li, &path).await.expect(403);
    assert_eq!(story.town.count("vault_emergency").await, 0);
}

#[tokio::test]
async fn what_is_asked_for_is_bounded_before_a_finger_is_shown() {
    let mut story = story().await;
    let claims = ["name_masked", "phone_full", "contact_name", "contact_phone", "home_flat", "care_level_band"];
    let six: Vec<(&str, &str)> = FALL[..3].iter().copied().chain(claims.map(|claim| ("claim", claim))).collect();
    let with = |name: &str, value: &'static str| -> Vec<(&'static str, &'static str)> {
        FALL.iter().map(|(known, old)| (*known, if *known == name { value } else { *old })).collect()
    };
    for fields in [six, with("case", ""), with("case", "a b"), with("words", ""), with("reason", "curious")] {
        asks(&mut story.wang, &fields).await.expect(409);
    }
    // No catalogue lets anybody ask for this.
    asks(&mut story.wang, &with("claim", "plate_masked")).await.expect(409);
    assert_eq!(story.town.count("emergency").await, 0);
}

#[tokio::test]
async fn auditors_see_no_name_read_words_when_they_review_and_can_neither_ask_nor_approve_nor_open() {
    let mut story = story().await;
    let mut auditor = story.town.colleague(people::Role::Auditor, "陈静").await;
    let colleague = story.town.colleague(people::Role::Auditor, "赵静").await;
    let path = asks(&mut story.wang, &FALL).await.expect(200).path;
    let words = "她没有应门";
    let page = auditor.browser.open(&path).await.expect(200);
    assert!(page.text().contains("一位居民") && !page.text().contains("张*"), "{}", page.text());
    assert!(!page.text().contains(words), "not while it is none of theirs: {}", page.text());
    forces(&mut auditor, &path).await.expect(404);
    signs(&mut story.li, &path, "approve", &[]).await.expect(200);
    presses(&auditor, &path, "read").await.expect(404);
    auditor.browser.open("/desk/emergencies/building").await.expect(404);

    // Over, it is theirs to review: the words are shown, and that they were looked at was entered before.
    presses(&story.wang, &path, "end").await.expect(200);
    let page = auditor.browser.open(&path).await.expect(200);
    assert!(page.text().contains(words) && !page.text().contains("张*"), "{}", page.text());
    let (_, review, detail) = crate::reviews::newest(&story.town).await;
    assert_eq!((review.reason.as_str(), review.person()), ("emergency_seen", Some(auditor.id.as_str())));
    assert_eq!(detail.unwrap().note("emergency"), Some(id(&path).as_str()));
    signs(&mut auditor, &path, "review", &[("finding", "justified"), ("words", "救护车记录相符")]).await.expect(200);
    // Reviewed, it is nobody's any more but theirs who had to do with it.
    let page = colleague.browser.open(&path).await.expect(200);
    assert!(page.text().contains("有必要") && !page.text().contains(words), "{}", page.text());
    assert!(!page.text().contains("救护车记录相符"), "{}", page.text());
    let list = colleague.browser.open("/desk/emergencies").await.expect(200);
    assert!(!list.text().contains("张*"), "{}", list.text());
    assert_eq!(crate::reviews::newest(&story.town).await.1.reason, "emergencies_listed");
}

#[tokio::test]
async fn a_colleague_is_shown_whom_it_is_about_while_it_waits_and_no_longer() {
    let mut story = story().await;
    let mut zhao = story.town.staff("赵芳").await;
    let path = asks(&mut story.wang, &FALL).await.expect(200).path;
    let named = |page: &Answer| page.text().contains("张*") || page.text().contains("她没有应门");
    assert!(named(&zhao.browser.open(&path).await.expect(200)), "who is to approve it reads it");
    signs(&mut story.li, &path, "approve", &[]).await.expect(200);
    presses(&story.wang, &path, "end").await.expect(200);
    signs(&mut zhao, &path, "review", &[("finding", "justified"), ("words", "属实")]).await.expect(200);
    let sun = story.town.staff("孙悦").await;
    for at in [path.as_str(), "/desk/emergencies"] {
        let page = sun.browser.open(at).await.expect(200);
        assert!(!named(&page) && page.text().contains("一位居民"), "{}", page.text());
        assert!(named(&story.li.browser.open(at).await.expect(200)), "the two hands know it");
    }
    let declined = asks(&mut story.wang, &FALL).await.expect(200).path;
    presses(&zhao, &declined, "end").await.expect(200);
    assert!(!named(&sun.browser.open(&declined).await.expect(200)));
}
