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
    presses(&story.wang, &page.path, "read").await.expect(403);
    let last = entered(&story.town, &alice).await.pop().unwrap();
    assert_eq!(last, ("emergency_over".to_owned(), "refused".to_owned()), "and so does one that comes too late");
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
    presses(&story.wang, &again, "read").await.expect(403);
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
}

#[tokio::test]
async fn what_was_signed_for_one_emergency_opens_no_other_and_hides_none() {
    let mut story = story().await;
    let mut zhao = story.town.staff("赵芳").await;
    let (path, other) = (opened(&mut story).await, opened(&mut story).await);
    let (one, two) = (id(&path), id(&other));
    let moved =
        format!("UPDATE emergency SET asked = (SELECT asked FROM emergency WHERE id = '{one}') WHERE id = '{two}'");
    story.town.force(&moved).await;
    presses(&story.wang, &other, "read").await.expect(409);
    // The list and her own page go on, and say what is wrong with it.
    let list = story.wang.browser.open("/desk/emergencies").await.expect(200);
    assert!(list.text().contains("被改动过") && list.text().contains("现在可以查看"), "{}", list.text());
    let page = story.wang.browser.open(&other).await.expect(200);
    assert!(page.text().contains("凭它什么都打不开") && !page.body.contains("/read\""), "{}", page.text());
    story.alice.browser.open("/me/emergencies").await.expect(200);
    presses(&story.wang, &path, "read").await.expect(200);
    presses(&story.wang, &path, "end").await.expect(200);
    // It is reviewed all the same: nobody is kept from the next emergency for ever.
    for path in [&path, &other] {
        let found = [("finding", "unjustified"), ("words", "记录被改过")];
        signs(&mut zhao, path, "review", &found).await.expect(200);
    }
    story.town.pass_seconds(72 * super::HOUR);
    story.wang.signs_in().await;
    asks(&mut story.wang, &FALL).await.expect(200);
}

#[tokio::test]
async fn columns_that_say_a_second_hand_agreed_open_nothing_and_tell_of_no_reading() {
    let mut story = story().await;
    let path = asks(&mut story.wang, &FALL).await.expect(200).path;
    let (one, alice) = (id(&path), story.alice.resident.id.clone());
    let (wang, li) = (story.wang.id.clone(), story.li.id.clone());
    let now = story.town.app.now().seconds();
    let (end, due) = (now + 1_800, now + 259_200);
    let approved = format!("approved_by = '{li}', approved_at = {now}, ends_at = {end}, review_due = {due}");
    // With no approval at all, and with what the first hand signed in its place.
    for approved in [approved.clone(), format!("{approved}, approved = asked")] {
        story.town.force(&format!("UPDATE emergency SET {approved} WHERE id = '{one}'")).await;
        story.town.tamper("DELETE FROM vault_emergency_resident").await;
        story.town.tamper("DELETE FROM vault_emergency").await;
        let columns = "id, asked_by, approved_by, claims, until";
        let values = format!(r#"'{one}', '{wang}', '{li}', '["phone_full","home_flat"]', {end}"#);
        story.town.force(&format!("INSERT INTO vault_emergency ({columns}) VALUES ({values})")).await;
        story.town.force(&format!("INSERT INTO vault_emergency_resident VALUES ('{one}', '{alice}', 20)")).await;
        refuses(&story, &path).await;
    }
    // Nor with what the gate sealed for another emergency, of the same two about the same resident.
    let other = id(&opened(&mut story).await);
    let moved = format!(
        "UPDATE vault_emergency SET opened = (SELECT v.opened FROM vault_emergency v WHERE v.id = '{other}') WHERE id = '{one}'"
    );
    story.town.force(&moved).await;
    refuses(&story, &path).await;
}

/// Wang Min presses past the page: it is refused, entered as that, and Alice is told of nothing that was opened.
async fn refuses(story: &super::Story, path: &str) {
    let alice = &story.alice.resident.id;
    let before = told(&story.town, alice, Word::EmergencyOpened).await;
    let page = story.wang.browser.open(path).await.expect(200);
    assert!(!page.body.contains("/read\""), "the page does not offer it: {}", page.text());
    let refused = presses(&story.wang, path, "read").await.expect(403);
    assert!(!refused.body.contains("13805510001"), "{}", refused.text());
    let steps = entered(&story.town, alice).await;
    assert_eq!(steps.last().unwrap(), &("emergency_not_open".to_owned(), "refused".to_owned()));
    assert!(steps.iter().all(|(step, _)| step != "emergency_read"), "{steps:?}");
    assert_eq!(told(&story.town, alice, Word::EmergencyOpened).await, before);
}

#[tokio::test]
async fn a_resident_or_an_hour_that_was_added_in_the_database_opens_nothing() {
    let mut story = story().await;
    let bob = story.town.neighbour("bob").await;
    let path = opened(&mut story).await;
    let (one, hers) = (id(&path), bob.resident.id.clone());
    story.town.force(&format!("INSERT INTO vault_emergency_resident VALUES ('{one}', '{hers}', 20)")).await;
    let values = presses(&story.wang, &path, "read").await.expect(200);
    assert!(values.text().contains("13805510001") && !values.text().contains("13905510002"), "{}", values.text());
    assert!(values.text().contains("还有 1 份档案没有打开"), "{}", values.text());
    let last = entered(&story.town, &hers).await.pop().unwrap();
    assert_eq!(last, ("emergency_not_open".to_owned(), "refused".to_owned()), "the attempt stands in his book");
    assert_eq!(told(&story.town, &hers, Word::EmergencyOpened).await, 0);

    // Later than what was sealed is too late, whatever both tables say.
    let later = story.town.app.now().seconds() + 7_200;
    story.town.force(&format!("UPDATE vault_emergency SET until = {later}")).await;
    story.town.force(&format!("UPDATE emergency SET ends_at = {later}")).await;
    story.town.pass_seconds(30 * 60);
    story.wang.signs_in().await;
    let refused = presses(&story.wang, &path, "read").await.expect(403);
    assert!(!refused.body.contains("13805510001"), "{}", refused.text());
    let last = entered(&story.town, &story.alice.resident.id).await.pop().unwrap();
    assert_eq!(last, ("emergency_over".to_owned(), "refused".to_owned()));
}
