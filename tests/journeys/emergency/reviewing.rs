//! The third person, within 72 hours; or nobody may break the glass again.

use latchkey::inbox::Word;
use latchkey::people::Role;

use super::{FALL, HOUR, asks, entered, opened, presses, signs, story, told};

const FOUND: [(&str, &str); 2] = [("finding", "justified"), ("words", "救护车记录相符")];

#[tokio::test]
async fn an_auditor_reviews_it_and_the_resident_reads_what_came_of_it() {
    let mut story = story().await;
    let mut auditor = story.town.colleague(Role::Auditor, "陈静").await;
    let path = opened(&mut story).await;
    let open = auditor.browser.open(&path).await.expect(200);
    assert!(!open.body.contains("/review\""), "not while it is open");
    presses(&story.wang, &path, "end").await.expect(200);
    let home = auditor.browser.open("/desk").await.expect(200);
    assert!(home.text().contains("1 次紧急查看等待复核"), "{}", home.text());

    // Neither of the two, and no colleague while it is the auditors'.
    let mut zhao = story.town.staff("赵芳").await;
    for colleague in [&story.wang, &story.li, &zhao] {
        let page = colleague.browser.open(&path).await.expect(200);
        assert!(!page.body.contains("/review\""), "{}", page.text());
    }
    let page = signs(&mut auditor, &path, "review", &FOUND).await.expect(200);
    assert!(page.text().contains("有必要") && page.text().contains("陈静复核"), "{}", page.text());
    let alice = story.alice.resident.id.clone();
    assert_eq!(told(&story.town, &alice, Word::EmergencyReviewed).await, 1);
    assert_eq!(entered(&story.town, &alice).await.pop().unwrap().0, "emergency_reviewed");
    let mine = story.alice.browser.open("/me/emergencies").await.expect(200);
    assert!(mine.text().contains("有必要") && !mine.text().contains("救护车记录相符"), "{}", mine.text());

    // Once.
    let csrf = zhao.browser.open(&path).await.expect(200).csrf();
    let fields: Vec<(String, String)> = FOUND.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    let body = serde_json::json!({ "csrf": csrf, "fields": fields });
    let begun = zhao.browser.post_json(&format!("{path}/review/begin"), &csrf, &body).await.expect(200);
    let shown = zhao.phone.get(&begun.json()).await.unwrap().to_string();
    let page = zhao.browser.open(&path).await.expect(200);
    zhao.browser.posts_confirmed(&page, &fields, &format!("{path}/review"), &shown).await.expect(409);
}

#[tokio::test]
async fn without_a_review_within_three_days_nobody_breaks_the_glass_until_it_is_done() {
    let mut story = story().await;
    let mut zhao = story.town.staff("赵芳").await;
    let mut auditor = story.town.colleague(Role::Auditor, "陈静").await;
    let first = opened(&mut story).await;
    // Another one is asked for in time, and not approved yet when the review is due.
    story.town.pass_seconds(72 * HOUR - 60);
    story.wang.signs_in().await;
    let second = asks(&mut story.wang, &FALL).await.expect(200).path;
    story.town.pass_seconds(60);
    zhao.signs_in().await;
    let sitting = zhao.finds("13805510001").await;
    let form = zhao.browser.open(&format!("{}/emergency", sitting.path)).await.expect(200);
    assert!(form.text().contains("有一次复核已经超时") && !form.body.contains("data-ceremony"), "{}", form.text());
    story.li.signs_in().await;
    let page = story.li.browser.open(&second).await.expect(200);
    assert!(!page.body.contains("/approve"), "{}", page.text());
    let home = story.li.browser.open("/desk").await.expect(200);
    assert!(home.text().contains("复核已经超时") && home.text().contains("等第二位同事批准"), "{}", home.text());
    let list = story.li.browser.open("/desk/emergencies").await.expect(200);
    assert!(list.text().contains("有一次复核已经超时"), "{}", list.text());
    assert_eq!(story.town.count("emergency WHERE approved_at IS NOT NULL").await, 1);

    auditor.signs_in().await;
    let found = [("finding", "unjustified"), ("words", "没有紧急情况")];
    signs(&mut auditor, &first, "review", &found).await.expect(200);
    signs(&mut story.li, &second, "approve", &[]).await.expect(200);
    presses(&story.wang, &second, "read").await.expect(200);
    story.alice.browser.signs_in(&mut story.alice.phone).await.expect(200);
    let mine = story.alice.browser.open("/me/emergencies").await.expect(200);
    assert!(mine.text().contains("没有必要"), "{}", mine.text());
}

#[tokio::test]
async fn a_colleague_reviews_after_a_day_or_where_there_is_no_auditor() {
    let mut story = story().await;
    let mut zhao = story.town.staff("赵芳").await;
    let path = opened(&mut story).await;
    presses(&story.wang, &path, "end").await.expect(200);
    // There is no auditor.
    signs(&mut zhao, &path, "review", &FOUND).await.expect(200);

    story.town.colleague(Role::Auditor, "陈静").await;
    let path = opened(&mut story).await;
    story.town.pass_seconds(23 * HOUR);
    zhao.signs_in().await;
    assert!(!zhao.browser.open(&path).await.expect(200).body.contains("/review\""));
    story.town.pass_seconds(HOUR);
    zhao.signs_in().await;
    signs(&mut zhao, &path, "review", &FOUND).await.expect(200);
}

#[tokio::test]
async fn an_emergency_of_somebody_who_was_erased_since_names_nobody_and_is_reviewed_all_the_same() {
    let mut story = story().await;
    let mut auditor = story.town.colleague(Role::Auditor, "陈静").await;
    let path = opened(&mut story).await;
    presses(&story.wang, &path, "read").await.expect(200);
    crate::erasure::asks(&mut story.alice).await;
    story.town.pass_seconds(7 * 24 * HOUR);
    assert_eq!(latchkey::erasure::sweep(&story.town.app).await.unwrap(), 1);
    let alice = story.alice.resident.id.clone();
    let hers = format!("emergency WHERE resident = '{alice}' OR length(asked) > 0 OR approved IS NOT NULL");
    assert_eq!(story.town.count(&hers).await, 0, "what was signed is gone with her");
    assert_eq!(story.town.count(&format!("vault_emergency_resident WHERE resident = '{alice}'")).await, 0);

    story.wang.signs_in().await;
    let list = story.wang.browser.open("/desk/emergencies").await.expect(200);
    assert!(!list.text().contains("张*") && list.text().contains("档案已经删除"), "{}", list.text());
    auditor.signs_in().await;
    let page = signs(&mut auditor, &path, "review", &FOUND).await.expect(200);
    assert!(page.text().contains("已经复核"), "{}", page.text());
    presses(&story.wang, &path, "read").await.expect(409);
}

#[tokio::test]
async fn what_was_written_is_deleted_half_a_year_after_the_review_and_not_before_one() {
    let mut story = story().await;
    let mut auditor = story.town.colleague(Role::Auditor, "陈静").await;
    let (reviewed, waits) = (opened(&mut story).await, opened(&mut story).await);
    for path in [&reviewed, &waits] {
        presses(&story.wang, path, "end").await.expect(200);
    }
    let declined = asks(&mut story.wang, &FALL).await.expect(200).path;
    presses(&story.li, &declined, "end").await.expect(200);
    signs(&mut auditor, &reviewed, "review", &FOUND).await.expect(200);

    story.town.pass_seconds(180 * 24 * HOUR);
    assert_eq!(sweeps(&story.town).await, 0, "a minute too early");
    story.town.pass_seconds(16 * 60);
    assert_eq!(sweeps(&story.town).await, 2, "the one that was reviewed, and the one that came to nothing");
    let kept = "emergency WHERE length(asked) > 0 OR approved IS NOT NULL OR review IS NOT NULL";
    assert_eq!(story.town.count(kept).await, 1, "the one that waits for its review");
    assert_eq!(sweeps(&story.town).await, 0);

    story.wang.signs_in().await;
    let page = story.wang.browser.open(&reviewed).await.expect(200);
    assert!(page.text().contains("说明已经按期删除") && page.text().contains("有必要"), "{}", page.text());
    assert!(!page.text().contains("张*") && !page.text().contains("她没有应门"), "{}", page.text());
    presses(&story.wang, &reviewed, "read").await.expect(409);
    story.alice.browser.signs_in(&mut story.alice.phone).await.expect(200);
    let mine = story.alice.browser.open("/me/emergencies").await.expect(200);
    assert!(mine.text().contains("王敏申请，李强批准") && mine.text().contains("说明已经按期删除"), "{}", mine.text());
    auditor.signs_in().await;
    signs(&mut auditor, &waits, "review", &FOUND).await.expect(200);
}

async fn sweeps(town: &crate::support::TestApp) -> u64 {
    let mut tx = town.app.db.begin().await.unwrap();
    let count = latchkey::emergency::sweep(&mut tx, town.app.now()).await.unwrap();
    tx.commit().await.unwrap();
    count
}

#[tokio::test]
async fn nobody_asks_about_somebody_whose_record_is_gone() {
    let mut story = story().await;
    let sitting = story.wang.finds("13805510001").await;
    let form = format!("{}/emergency", sitting.path);
    let page = story.wang.browser.open(&form).await.expect(200);
    let (fields, shown) = story.wang.browser.signs(&page, &form, &FALL, &mut story.wang.phone).await.unwrap();
    // Her key is destroyed between the finger and the request.
    story.town.force("UPDATE resident_key SET wrapped_rk = NULL").await;
    story.wang.browser.posts_confirmed(&page, &fields, &form, &shown).await.expect(409);
    assert_eq!(story.town.count("emergency").await, 0);
}
