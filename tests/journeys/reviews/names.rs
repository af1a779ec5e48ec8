//! Who an alias is: one auditor asks and signs, another one approves, the name is shown once, and the resident is told.

use latchkey::ledger::Kind;
use latchkey::people;

use super::{auditor, link, newest, newest_act, size};
use crate::erasure::alice_and_parking;
use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::desk::Colleague;
use crate::support::town::Neighbour;

const HERE: &str = "/desk/reviews/names";
const REASON: &str = "核对夜里的读取";

struct Scene {
    town: TestApp,
    alice: Neighbour,
    zhao: Colleague,
    qian: Colleague,
}

async fn scene() -> Scene {
    let town = TestApp::start().await;
    let (alice, ..) = alice_and_parking(&town).await;
    let (zhao, qian) = (auditor(&town, "赵静").await, auditor(&town, "钱进").await);
    Scene { town, alice, zhao, qian }
}

/// Looks at what the app read, and asks whose that is.
async fn asks(who: &mut Colleague, reason: &str) -> Answer {
    let found = who.browser.open("/desk/reviews?kind=disclosure").await.expect(200);
    let entry = who.browser.open(&link(&found, "/desk/reviews/entry/")).await.expect(200);
    who.browser.confirms(&entry, HERE, &[("reason", reason)], &mut who.phone).await
}

/// Where a button of the newest request leads; none when there is no such button.
fn door(page: &Answer, step: &str) -> Option<String> {
    let mut paths = page.body.split("action=\"/desk/reviews/names/").skip(1).filter_map(|rest| rest.split('"').next());
    paths.find(|path| path.ends_with(&format!("/{step}"))).map(|path| format!("{HERE}/{path}"))
}

async fn approves(who: &mut Colleague) -> Answer {
    let page = who.browser.open(HERE).await.expect(200);
    let path = door(&page, "approve").unwrap_or_else(|| panic!("nothing to approve: {}", page.text()));
    who.browser.confirms(&page, &path, &[], &mut who.phone).await
}

async fn presses(who: &Colleague, step: &str) -> Answer {
    let page = who.browser.open(HERE).await.expect(200);
    let path = door(&page, step).unwrap_or_else(|| panic!("no {step}: {}", page.text()));
    who.browser.submit(&page, &path, &[]).await
}

/// How often the name was shown, by the entries of her own book.
async fn shown(scene: &Scene) -> usize {
    scene.town.kinds_of(&scene.alice.resident.id).await.into_iter().filter(|kind| *kind == Kind::Staff).count()
}

#[tokio::test]
async fn two_auditors_learn_a_name_once_and_the_resident_is_told() {
    let mut scene = scene().await;
    let page = asks(&mut scene.zhao, REASON).await.expect(200);
    assert_eq!(page.path, HERE);
    assert!(page.text().contains("要由另一位审计员批准"), "{}", page.text());
    assert!(door(&page, "approve").is_none() && door(&page, "open").is_none(), "not by the same hand");
    let (_, review, detail) = newest_act(&scene.town).await;
    assert_eq!((review.reason.as_str(), review.person()), ("identify_asked", Some(scene.zhao.id.as_str())));
    assert!(detail.unwrap().note("passkey").is_some());

    // The other one reads the very words that were signed, and that she looked at them is entered.
    let page = scene.qian.browser.open(HERE).await.expect(200);
    let (_, review, _) = newest(&scene.town).await;
    assert_eq!((review.reason.as_str(), review.person()), ("names_listed", Some(scene.qian.id.as_str())));
    assert!(page.text().contains("1 件等您批准") && page.text().contains(REASON), "{}", page.text());
    let page = approves(&mut scene.qian).await.expect(200);
    assert!(page.text().contains("已批准") && door(&page, "open").is_none(), "{}", page.text());
    assert_eq!(shown(&scene).await, 0, "nothing was opened yet");

    let name = presses(&scene.zhao, "open").await.expect(200);
    assert!(name.text().contains("张丽华") && name.text().contains("只显示这一次"), "{}", name.text());
    assert_eq!(name.header("cache-control"), "no-store");
    let (kind, review, detail) = newest_act(&scene.town).await;
    assert_eq!((kind, review.reason.as_str()), (Kind::Staff.number(), "identified"));
    assert_eq!((review.claims, detail), (vec!["name".to_owned()], None), "the detail is hers");
    let page = scene.zhao.browser.open(HERE).await.expect(200);
    assert!(page.text().contains("姓名已显示") && !page.text().contains("张丽华"), "{}", page.text());
    assert!(door(&page, "open").is_none());

    // She is told, and it stands in her book.
    let inbox = scene.alice.browser.open("/me/inbox").await.expect(200).text();
    assert!(inbox.contains("两位审计员查看了您的姓名"), "{inbox}");
    let book = scene.alice.browser.open("/me/book").await.expect(200).text();
    assert!(book.contains("两位审计员核对记录时查看了您的姓名"), "{book}");
    assert_eq!(shown(&scene).await, 1);
}

#[tokio::test]
async fn a_name_is_shown_once_even_to_somebody_who_presses_twice() {
    let mut scene = scene().await;
    asks(&mut scene.zhao, REASON).await.expect(200);
    approves(&mut scene.qian).await.expect(200);
    let page = scene.zhao.browser.open(HERE).await.expect(200);
    let path = door(&page, "open").unwrap();
    let other = scene.zhao.browser.open(HERE).await.expect(200);
    scene.zhao.browser.submit(&page, &path, &[]).await.expect(200);
    let again = scene.zhao.browser.post(&path, &[("csrf", other.csrf())]).await.expect(409);
    assert!(!again.body.contains("张丽华"));
    assert_eq!(shown(&scene).await, 1);
}

#[tokio::test]
async fn whoever_asked_cannot_approve_and_whoever_approved_cannot_open() {
    let mut scene = scene().await;
    let page = asks(&mut scene.zhao, REASON).await.expect(200);
    let cancel = door(&page, "cancel").unwrap();
    let approve = cancel.replace("cancel", "approve");
    // She forges the form that her page does not have: the colleague's, with a token of her own.
    let theirs = scene.qian.browser.open(HERE).await.expect(200);
    let forged = Answer { body: theirs.body.replace(&theirs.csrf(), &page.csrf()), ..page };
    let answer = scene.zhao.browser.confirms(&forged, &approve, &[], &mut scene.zhao.phone).await.expect(403);
    assert!(answer.text().contains("要由另一位审计员来做"), "{}", answer.text());
    let page = scene.zhao.browser.open(HERE).await.expect(200);
    let open = cancel.replace("cancel", "open");
    scene.zhao.browser.post(&open, &[("csrf", page.csrf())]).await.expect(409);

    approves(&mut scene.qian).await.expect(200);
    let page = scene.qian.browser.open(HERE).await.expect(200);
    let refused = scene.qian.browser.post(&open, &[("csrf", page.csrf())]).await.expect(409);
    assert!(!refused.body.contains("张丽华"));
    assert_eq!(shown(&scene).await, 0);
}

#[tokio::test]
async fn time_runs_out_for_the_approval_and_for_the_name() {
    let mut scene = scene().await;
    asks(&mut scene.zhao, REASON).await.expect(200);
    let page = scene.qian.browser.open(HERE).await.expect(200);
    let approve = door(&page, "approve").unwrap();
    scene.town.pass_seconds(14 * 60);
    let page = scene.qian.browser.open(HERE).await.expect(200);
    let signed = scene.qian.browser.signs(&page, &approve, &[], &mut scene.qian.phone).await.unwrap();
    scene.town.pass_seconds(2 * 60);
    let late = scene.qian.browser.posts_confirmed(&page, &signed.0, &approve, &signed.1).await.expect(409);
    assert!(late.text().contains("现在办不了了"), "{}", late.text());
    assert!(scene.qian.browser.open(HERE).await.expect(200).text().contains("已过期"));

    scene.zhao.signs_in().await;
    asks(&mut scene.zhao, REASON).await.expect(200);
    approves(&mut scene.qian).await.expect(200);
    let page = scene.zhao.browser.open(HERE).await.expect(200);
    let open = door(&page, "open").unwrap();
    scene.town.pass_seconds(14 * 60);
    scene.zhao.browser.open(HERE).await.expect(200);
    scene.town.pass_seconds(60);
    let page = scene.zhao.browser.open(HERE).await.expect(200);
    assert!(door(&page, "open").is_none(), "{}", page.text());
    scene.zhao.browser.post(&open, &[("csrf", page.csrf())]).await.expect(409);
    assert_eq!(shown(&scene).await, 0);
}

#[tokio::test]
async fn a_request_is_cancelled_by_either_and_ends_with_whoever_leaves() {
    let mut scene = scene().await;
    asks(&mut scene.zhao, REASON).await.expect(200);
    approves(&mut scene.qian).await.expect(200);
    let page = presses(&scene.qian, "cancel").await.expect(200);
    assert!(page.text().contains("已取消"), "{}", page.text());
    assert!(door(&scene.zhao.browser.open(HERE).await.expect(200), "open").is_none());

    asks(&mut scene.zhao, REASON).await.expect(200);
    approves(&mut scene.qian).await.expect(200);
    people::disable(&scene.town.app, &scene.qian.id).await.unwrap();
    let refused = presses(&scene.zhao, "open").await.expect(409);
    assert!(!refused.body.contains("张丽华"));
    assert_eq!(shown(&scene).await, 0);

    // And whoever asked and was disabled before the approval gets none.
    let mut sun = auditor(&scene.town, "孙悦").await;
    presses(&scene.zhao, "cancel").await.expect(200);
    asks(&mut scene.zhao, REASON).await.expect(200);
    people::disable(&scene.town.app, &scene.zhao.id).await.unwrap();
    approves(&mut sun).await.expect(409);
}

#[tokio::test]
async fn what_was_signed_cannot_be_exchanged_and_an_erased_resident_has_no_name() {
    let mut scene = scene().await;
    let before = size(&scene.town).await;
    let found = scene.zhao.browser.open("/desk/reviews?kind=disclosure").await.expect(200);
    let entry = scene.zhao.browser.open(&link(&found, "/desk/reviews/entry/")).await.expect(200);
    let phone = &mut scene.zhao.phone;
    let signed = scene.zhao.browser.signs(&entry, HERE, &[("reason", REASON)], phone).await.unwrap();
    let mut other = signed.0.clone();
    other.iter_mut().filter(|(name, _)| name == "reason").for_each(|(_, value)| value.push('！'));
    scene.zhao.browser.posts_confirmed(&entry, &other, HERE, &signed.1).await.expect(400);
    let no_reason =
        scene.zhao.browser.signs(&entry, HERE, &[("reason", "短")], &mut scene.zhao.phone).await.unwrap_err();
    no_reason.expect(400);
    assert_eq!(size(&scene.town).await, before + 2, "one search, one look, nothing asked");

    asks(&mut scene.zhao, REASON).await.expect(200);
    approves(&mut scene.qian).await.expect(200);
    scene.town.force("UPDATE resident_key SET wrapped_rk = NULL").await;
    presses(&scene.zhao, "open").await.expect(409);
    let wang = scene.town.staff("王敏").await;
    wang.browser.open(HERE).await.expect(404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_presses_and_cancellings_at_once_at_most_one_shows_the_name() {
    let mut scene = scene().await;
    for round in 1..=4 {
        asks(&mut scene.zhao, REASON).await.expect(200);
        approves(&mut scene.qian).await.expect(200);
        let page = scene.zhao.browser.open(HERE).await.expect(200);
        let (open, cancel) = (door(&page, "open").unwrap(), door(&page, "cancel").unwrap());
        let mut all = tokio::task::JoinSet::new();
        for press in 0..8 {
            let path = if press % 4 == 3 { cancel.clone() } else { open.clone() };
            let browser = scene.zhao.browser.clone();
            all.spawn(async move {
                let csrf = browser.open(HERE).await.expect(200).csrf();
                let answer = browser.post(&path, &[("csrf", csrf)]).await;
                (answer.status.as_u16(), answer.body.contains("张丽华"))
            });
        }
        let answers = all.join_all().await;
        let names = answers.iter().filter(|(_, named)| *named).count();
        assert!(names <= 1, "round {round}: {answers:?}");
        assert_eq!(answers.iter().filter(|(status, _)| matches!(status, 200 | 303)).count(), 1, "{answers:?}");
    }
    let told = scene.town.count("inbox_message WHERE word = 'identified'").await;
    assert_eq!(i64::try_from(shown(&scene).await).unwrap(), told, "each look is told, and nothing else is");
}

#[tokio::test]
async fn an_approval_that_somebody_wrote_into_the_database_opens_nothing() {
    let mut scene = scene().await;
    let asked = asks(&mut scene.zhao, REASON).await.expect(200);
    let id = asked.body.split("action=\"/desk/reviews/names/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let forged = [
        format!("approved_by = '{}', approved_at = asked_at", scene.qian.id),
        // What zhao signed himself, as if it were the approval.
        "approval = asked".to_owned(),
    ];
    for forged in forged {
        scene.town.tamper(&format!("UPDATE review_name SET {forged} WHERE id = '{id}'")).await;
        let page = scene.zhao.browser.open(HERE).await.expect(200);
        assert!(door(&page, "open").is_none(), "{}", page.text());
        let form = crate::support::html::hidden_fields(&page.body, &format!("{HERE}/{id}/cancel")).unwrap();
        let form: Vec<_> = form.into_iter().collect();
        let no = scene.zhao.browser.post(&format!("{HERE}/{id}/open"), &form).await;
        assert_eq!(no.status, 409, "{}", no.text());
        assert!(!no.text().contains("张丽华") && shown(&scene).await == 0);
    }
}

#[tokio::test]
async fn a_request_that_was_altered_hides_no_other() {
    let mut scene = scene().await;
    asks(&mut scene.zhao, "第一次请求，稍后被改").await.expect(200);
    scene.town.force("UPDATE review_name SET asked_by = (SELECT max(id) FROM person WHERE id <> asked_by)").await;
    scene.town.pass_seconds(1);
    asks(&mut scene.zhao, REASON).await.expect(200);
    let page = scene.qian.browser.open(HERE).await.expect(200);
    assert!(page.text().contains(REASON) && page.text().contains("还有 1 份读不出来"), "{}", page.text());
}
