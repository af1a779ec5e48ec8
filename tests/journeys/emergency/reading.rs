//! What is opened: after two hands, before nobody's eyes but theirs, and written down first.

use latchkey::custody::book;
use latchkey::inbox::Word;
use latchkey::ledger::Kind;
use latchkey::people;

use super::{FALL, asks, entered, id, opened, presses, signs, story, told};

#[tokio::test]
async fn two_of_the_staff_open_what_they_signed_and_the_resident_is_told_before_anybody_has_seen_it() {
    let mut story = story().await;
    let page = asks(&mut story.wang, &FALL).await.expect(200);
    assert!(page.text().contains("要由第二位同事") && !page.body.contains("13805510001"), "{}", page.text());
    assert_eq!(told(&story.town, &story.alice.resident.id, Word::EmergencyOpened).await, 0);

    // The second hand reads the first one's words, from the bytes that were signed.
    let seen = story.li.browser.open(&page.path).await.expect(200);
    for part in ["张*", "她没有应门，邻居听到呼救声", "2027-0117", "完整手机号", "王敏"] {
        assert!(seen.text().contains(part), "{part}: {}", seen.text());
    }
    signs(&mut story.li, &page.path, "approve", &[]).await.expect(200);
    let alice = story.alice.resident.id.clone();
    assert_eq!(told(&story.town, &alice, Word::EmergencyOpened).await, 1, "told at once");
    let steps: Vec<String> = entered(&story.town, &alice).await.into_iter().map(|(reason, _)| reason).collect();
    assert_eq!(steps, ["emergency_asked", "emergency_approved"], "nothing was opened yet");

    let values = presses(&story.wang, &page.path, "read").await.expect(200);
    assert!(values.text().contains("13805510001") && values.text().contains("3-2-502"), "{}", values.text());
    assert!(!values.text().contains("340104196203152344"), "only what was named");
    assert_eq!(values.header("cache-control"), "no-store");
    presses(&story.li, &page.path, "read").await.expect(200);
    let steps = entered(&story.town, &alice).await;
    assert_eq!(steps.len(), 4);
    assert_eq!(steps[3], ("emergency_read".to_owned(), "allowed".to_owned()));

    // She reads it all on her own page, and in her book.
    let mine = story.alice.browser.open("/me/emergencies").await.expect(200);
    for part in ["王敏申请，李强批准", "有人生病或受伤", "打开了 2 次", "2027-0117", "还没有复核"]
    {
        assert!(mine.text().contains(part), "{part}: {}", mine.text());
    }
    let book = story.alice.browser.open("/me/book").await.expect(200);
    assert!(book.text().contains("因为紧急情况，服务中心打开了"), "{}", book.text());
}

#[tokio::test]
async fn the_entry_of_the_approval_names_both_hands_and_both_keys() {
    let mut story = story().await;
    opened(&mut story).await;
    let mut tx = story.town.app.db.read().await.unwrap();
    let alice = &story.alice.resident.id;
    let (lines, _) = book::lines(&mut tx, &story.town.app.custody, alice, None, 100).await.unwrap();
    let ours: Vec<_> = lines.iter().filter(|line| line.kind == Kind::BreakGlass).collect();
    let [approved, asked] = ours.as_slice() else { panic!("{} entries", ours.len()) };
    assert_eq!(asked.detail.note("staff"), Some(story.wang.id.as_str()));
    assert_eq!(approved.detail.note("asked_by"), Some(story.wang.id.as_str()));
    assert_eq!(approved.detail.note("staff"), Some(story.li.id.as_str()));
    let keys = [asked.detail.note("key").unwrap(), approved.detail.note("key").unwrap()];
    assert_ne!(keys[0], keys[1]);
    for key in keys {
        assert_eq!(story.town.count(&format!("person_passkey WHERE id = '{key}'")).await, 1);
    }
}

#[tokio::test]
async fn nothing_is_opened_by_one_hand_by_a_third_or_after_its_time() {
    let mut story = story().await;
    let zhao = story.town.staff("赵芳").await;
    let page = asks(&mut story.wang, &FALL).await.expect(200);
    presses(&story.wang, &page.path, "read").await.expect(409);
    signs(&mut story.li, &page.path, "approve", &[]).await.expect(200);

    let alice = story.alice.resident.id.clone();
    let refused = presses(&zhao, &page.path, "read").await.expect(403);
    assert!(!refused.body.contains("13805510001"));
    let last = entered(&story.town, &alice).await.pop().unwrap();
    assert_eq!(last, ("emergency_of_others".to_owned(), "refused".to_owned()), "the attempt stands in her book");

    story.town.pass_seconds(30 * 60);
    story.wang.signs_in().await;
    presses(&story.wang, &page.path, "read").await.expect(409);
}

#[tokio::test]
async fn after_twenty_reads_or_once_closed_there_are_none_left() {
    let mut story = story().await;
    let path = opened(&mut story).await;
    let alice = story.alice.resident.id.clone();
    for _ in 0..20 {
        presses(&story.wang, &path, "read").await.expect(200);
    }
    presses(&story.li, &path, "read").await.expect(403);
    let last = entered(&story.town, &alice).await.pop().unwrap();
    assert_eq!(last, ("emergency_reads_used".to_owned(), "refused".to_owned()));

    let again = opened(&mut story).await;
    presses(&story.li, &again, "end").await.expect(200);
    presses(&story.wang, &again, "read").await.expect(409);
    presses(&story.li, &again, "end").await.expect(409);
}

#[tokio::test]
async fn whoever_of_the_two_leaves_takes_the_access_of_both_along() {
    let mut story = story().await;
    let path = opened(&mut story).await;
    presses(&story.wang, &path, "read").await.expect(200);
    people::disable(&story.town.app, &story.li.id).await.unwrap();
    presses(&story.wang, &path, "read").await.expect(403);
    let last = entered(&story.town, &story.alice.resident.id).await.pop().unwrap();
    assert_eq!(last, ("emergency_hand_gone".to_owned(), "refused".to_owned()));
}

#[tokio::test]
async fn claims_that_were_raised_in_the_database_are_not_opened() {
    let mut story = story().await;
    let path = opened(&mut story).await;
    // Whoever can write to the database lets the gate allow more: what is asked for comes from the signed bytes.
    let more = r#"["phone_full","home_flat","care_level_band","contact_phone"]"#;
    story.town.force(&format!("UPDATE vault_emergency SET claims = '{more}'")).await;
    let values = presses(&story.wang, &path, "read").await.expect(200);
    assert!(!values.text().contains("需要照料的程度"), "{}", values.text());
    // Fewer, and the gate says no.
    story.town.force(r#"UPDATE vault_emergency SET claims = '["home_flat"]'"#).await;
    presses(&story.wang, &path, "read").await.expect(403);
    // What was signed for one emergency opens no other.
    let other = opened(&mut story).await;
    let (one, two) = (id(&path), id(&other));
    let page = story.wang.browser.open(&other).await.expect(200);
    story
        .town
        .force(&format!(
            "UPDATE emergency SET asked = (SELECT asked FROM emergency WHERE id = '{one}') WHERE id = '{two}'"
        ))
        .await;
    story.wang.browser.post(&format!("{other}/read"), &[("csrf", page.csrf())]).await.expect(500);
}
