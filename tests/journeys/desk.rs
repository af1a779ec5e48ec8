//! The desk: what staff do together with a resident, and what they can never do alone.

use latchkey::ledger::Kind;
use latchkey::people::Role;

use crate::support::browser::Answer;
use crate::support::desk::Colleague;
use crate::support::{SoftPasskey, TestApp, html};

/// The last part of an address on a page.
fn after<'a>(page: &'a str, mark: &str) -> &'a str {
    let at = page.find(mark).unwrap_or_else(|| panic!("no {mark}")) + mark.len();
    let rest = &page[at..];
    &rest[..rest.find(['"', '<', '/', ' ']).unwrap_or(rest.len())]
}

/// The link that a page shows to be scanned.
pub fn link_of(page: &Answer) -> String {
    let text = &page.body;
    let at = text.find("data-link>").expect("a link") + "data-link>".len();
    text[at..at + text[at..].find('<').unwrap()].trim_start_matches("https://id.test").to_owned()
}

/// The card number that a page shows to be printed.
pub fn card_of(page: &Answer) -> String {
    let text = &page.body;
    let at = text.find("data-card>").expect("a card") + "data-card>".len();
    text[at..at + text[at..].find('<').unwrap()].to_owned()
}

/// The address that the code for the resident's phone leads to.
async fn at_desk(town: &TestApp, act: &Answer) -> String {
    let id = after(&act.body, "action=\"/desk/acts/").to_owned();
    let act = latchkey::desk::act(&town.app, &latchkey::ids::DeskActId::parse(&id).unwrap()).await.unwrap();
    format!("/at-desk/{}", act.token())
}

/// A colleague bears witness to what waits.
pub async fn bears_witness(colleague: &mut Colleague) -> Answer {
    colleague.signs_in().await;
    let home = colleague.browser.open("/desk").await.expect(200);
    let action = format!("/desk/acts/{}/witness", after(&home.body, "action=\"/desk/acts/"));
    colleague.browser.submit(&home, &action, &[("decision", "yes")]).await.expect(200)
}

/// A card with the number 270416 for granny, witnessed; its code.
pub async fn carded(town: &TestApp, wang: &Colleague, li: &mut Colleague, sitting: &Answer) -> String {
    let action = format!("{}/prepare", sitting.path);
    let sitting = wang.browser.open(&sitting.path).await.expect(200);
    let act = wang.browser.submit(&sitting, &action, &[("kind", "card")]).await.expect(200);
    bears_witness(li).await;
    let done = wang.browser.open(&act.path).await.expect(200);
    let fields = [("number", "270416"), ("again", "270416")];
    let card = wang.browser.submit(&done, &format!("{}/issue", act.path), &fields).await.expect(200);
    assert_eq!(town.count("desk_card WHERE ended_at IS NULL").await, 1);
    card_of(&card)
}

#[tokio::test]
async fn somebody_without_a_document_number_is_enrolled_with_two_of_the_staff_and_her_own_phone() {
    let town = TestApp::start().await;
    let (wang, mut li) = (town.staff("王敏").await, town.staff("李强").await);
    let granny = town.known("granny").await;
    let sitting = wang.finds_person("王桂英", "1944-02-01", "3", "2", "101").await;
    assert!(sitting.text().contains("王* · 1944 年出生 · 3-2-101"), "{}", sitting.text());
    assert!(!sitting.text().contains("王桂英"), "no more than is needed to compare");
    assert_eq!(town.entries_of(&granny.id).await[0], "desk_look");

    let action = format!("{}/prepare", sitting.path);
    let act = wang.browser.submit(&sitting, &action, &[("kind", "enrol")]).await.expect(200);
    assert!(act.text().contains("请一位同事作证"));
    let page = wang.browser.open(&act.path).await;
    assert!(!page.body.contains(&format!("{}/link", act.path)), "no link before a witness");
    wang.browser.post(&format!("{}/link", act.path), &[("csrf", page.csrf())]).await.expect(409);

    bears_witness(&mut li).await;
    let done = wang.browser.open(&act.path).await.expect(200);
    assert!(done.text().contains("一位同事见过本人和证件"), "{}", done.text());
    let shown = wang.browser.submit(&done, &format!("{}/link", act.path), &[]).await.expect(200);
    let (browser, mut phone) = (town.browser(), SoftPasskey::new());
    let invited = browser.open(&link_of(&shown)).await.expect(200);
    browser.registers(&invited, &mut phone).await.expect(200);
    assert_eq!(town.key_count(&granny.id).await, 1);
    let reasons = town.entries_of(&granny.id).await;
    for reason in ["desk_prepared", "desk_confirmed", "passkey_added"] {
        assert!(reasons.contains(&reason.to_owned()), "{reasons:?}");
    }
    // She reads at home who helped, and takes it back in one press.
    let mine = browser.open("/me/desk").await.expect(200);
    assert!(mine.text().contains("开通本人手机") && mine.text().contains("王敏"), "{}", mine.text());
    let undo = format!("/me/desk/{}/undo", after(&mine.body, "action=\"/me/desk/"));
    browser.submit(&mine, &undo, &[]).await;
    assert!(!browser.is_in().await);
    assert_eq!(town.key_count(&granny.id).await, 0);
}

#[tokio::test]
async fn staff_alone_can_complete_nothing() {
    let town = TestApp::start().await;
    let (mut wang, mut li) = (town.staff("王敏").await, town.staff("李强").await);
    let auditor = town.colleague(Role::Auditor, "赵静").await;
    let granny = town.known("granny").await;
    let sitting = wang.finds_person("王桂英", "1944-02-01", "3", "2", "101").await;
    let action = format!("{}/prepare", sitting.path);
    let act = wang.browser.submit(&sitting, &action, &[("kind", "enrol")]).await.expect(200);

    // Neither is the one who prepared it a witness, nor an auditor, nor whoever signed in too long ago.
    wang.signs_in().await;
    let page = wang.browser.open(&act.path).await;
    let witness = format!("{}/witness", act.path);
    let yes = |csrf: String| vec![("csrf", csrf), ("decision", "yes".to_owned())];
    let refused = wang.browser.in_english().post(&witness, &yes(page.csrf())).await.expect(403);
    assert!(refused.text().contains("Another colleague is needed"));
    let page = auditor.browser.open("/desk").await;
    auditor.browser.post(&witness, &yes(page.csrf())).await.expect(404);
    town.pass_seconds(301);
    let page = li.browser.open("/desk").await.expect(200);
    let again = li.browser.post(&witness, &yes(page.csrf())).await.expect(303);
    assert!(again.location().unwrap().starts_with("/desk/sign-in?again=1"));
    assert_eq!(town.key_count(&granny.id).await, 0);
    assert_eq!(town.count("desk_act WHERE settled_at IS NOT NULL").await, 0);

    // A colleague's act is not a colleague's to finish.
    bears_witness(&mut li).await;
    let page = li.browser.open("/desk").await;
    li.browser.post(&format!("{}/link", act.path), &[("csrf", page.csrf())]).await.expect(404);
    // A witness does not stand in for a consent, ever.
    let app = town.partner("rp-a").await.id;
    let code = carded(&town, &wang, &mut li, &sitting).await;
    let act = wang.prepares_consent(&sitting, &app).await;
    li.signs_in().await;
    let page = li.browser.open("/desk").await;
    assert!(!page.body.contains(&act.path), "nobody is asked to witness it");
    li.browser.post(&format!("{}/witness", act.path), &yes(page.csrf())).await.expect(409);
    assert_eq!(town.count("consent_event").await, 0);
    // The number is not on the card, and five guesses are all there are.
    let mut statuses = Vec::new();
    for guess in ["112233", "190444", "010244", "020144", "101101", "270416"] {
        let page = wang.browser.open(&act.path).await;
        let fields = [("code", code.as_str()), ("number", guess)];
        let answer = wang.browser.submit_only(&page, &format!("{}/card", act.path), &fields).await;
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(statuses, [403; 6], "the right number comes too late");
    assert_eq!(town.count("consent_event").await, 0);
    let reasons = town.entries_of(&granny.id).await;
    assert_eq!(reasons.iter().filter(|reason| *reason == "desk_card_wrong").count(), 5, "{reasons:?}");
}

#[tokio::test]
async fn a_resident_agrees_at_the_desk_with_her_card_and_undoes_it_there() {
    let town = TestApp::start().await;
    let (wang, mut li) = (town.staff("王敏").await, town.staff("李强").await);
    let granny = town.known("granny").await;
    let app = town.partner("rp-a").await.id;
    let sitting = wang.finds_person("王桂英", "1944-02-01", "3", "2", "101").await;
    let code = carded(&town, &wang, &mut li, &sitting).await;

    let act = wang.prepares_consent(&sitting, &app).await;
    let notice = html::text(&act.body);
    assert!(notice.contains("请念给本人听") && notice.contains("不同意，别的什么都不变"), "{notice}");
    assert!(!notice.contains("皖A"), "her values are not for the screen at the desk");
    let typed = code.to_lowercase().replace('-', " ");
    let fields = [("code", typed.as_str()), ("number", "270416")];
    let done = wang.browser.submit(&act, &format!("{}/card", act.path), &fields).await.expect(200);
    assert!(done.text().contains("本人用服务卡确认的"), "{}", done.text());
    assert_eq!(town.count("consent_current WHERE ended_at IS NULL").await, 1);
    let receipt = wang.browser.open(&format!("{}/receipt", act.path)).await.expect(200);
    assert!(receipt.body.contains("<svg") && receipt.text().contains("王敏"), "{}", receipt.text());
    let kinds = town.kinds_of(&granny.id).await;
    assert!(kinds.contains(&Kind::ConsentGiven), "{kinds:?}");

    // A week later it is too late; two days later it is not.
    town.pass_seconds(2 * 86_400);
    let mut wang = wang;
    wang.signs_in().await;
    let sitting = wang.finds_person("王桂英", "1944-02-01", "3", "2", "101").await;
    let prepare = format!("{}/prepare", sitting.path);
    let consent = html::attribute(&sitting.body, "name=\"act\"", "value").expect("something to undo");
    let undo =
        wang.browser.submit(&sitting, &prepare, &[("kind", "undo"), ("act", consent.as_str())]).await.expect(200);
    let fields = [("code", code.as_str()), ("number", "270416")];
    wang.browser.submit(&undo, &format!("{}/card", undo.path), &fields).await.expect(200);
    assert!(town.entries_of(&granny.id).await.contains(&"desk_undone".to_owned()));
}

#[tokio::test]
async fn a_resident_confirms_on_her_own_phone_and_nobody_else_can() {
    let town = TestApp::start().await;
    let wang = town.staff("王敏").await;
    let mut alice = town.neighbour("alice").await;
    town.index(&alice.resident).await;
    let bob = town.neighbour("bob").await;
    let app = town.partner("rp-a").await.id;
    let sitting = wang.finds("13805510001").await;
    let act = wang.prepares_consent(&sitting, &app).await;
    let path = at_desk(&town, &act).await;

    bob.browser.open(&path).await.expect(404);
    assert!(town.browser().open(&path).await.path.starts_with("/sign-in"));
    let page = alice.browser.open(&path).await.expect(200);
    assert!(page.text().contains("王敏准备的") && page.text().contains("不是我自己的意思"), "{}", page.text());
    assert_eq!(town.count("consent_event").await, 0, "opening the page changes nothing");
    let done = alice.browser.confirms(&page, &path, &[], &mut alice.phone).await.expect(200);
    assert!(done.text().contains("办好了"), "{}", done.text());
    assert_eq!(town.count("consent_current WHERE ended_at IS NULL").await, 1);
    alice.browser.open(&path).await.expect(409);
    assert!(wang.browser.open(&act.path).await.text().contains("本人用手机确认的"));

    // Undone at home; the week is hers.
    let mine = alice.browser.open("/me/desk").await.expect(200);
    let undo = format!("/me/desk/{}/undo", after(&mine.body, "action=\"/me/desk/"));
    alice.browser.submit(&mine, &undo, &[]).await.expect(200);
    assert_eq!(town.count("consent_current WHERE ended_at IS NULL").await, 0);
    alice.browser.post(&undo, &[("csrf", alice.browser.open("/me").await.csrf())]).await.expect(409);
}

#[tokio::test]
async fn a_no_under_pressure_looks_like_any_no_at_the_desk_and_auditors_count_it() {
    let town = TestApp::start().await;
    let (wang, auditor) = (town.staff("王敏").await, town.colleague(Role::Auditor, "赵静").await);
    let alice = town.neighbour("alice").await;
    town.index(&alice.resident).await;
    let app = town.partner("rp-a").await.id;
    let sitting = wang.finds("13805510001").await;
    let mut said = Vec::new();
    for decision in ["no", "pressed"] {
        let act = wang.prepares_consent(&sitting, &app).await;
        let path = at_desk(&town, &act).await;
        let page = alice.browser.open(&path).await.expect(200);
        let answer = alice.browser.submit(&page, &path, &[("decision", decision)]).await.expect(200);
        let desk = wang.browser.open(&act.path).await.expect(200);
        said.push((answer.text(), desk.text()));
    }
    assert_eq!(said[0], said[1]);
    assert!(said[0].1.contains("没有办成"));
    assert_eq!(town.count("consent_event").await, 0);
    let tally = auditor.browser.open("/desk").await.expect(200).text();
    // Searches, too many, prepared, refused, under pressure.
    assert!(tally.contains("王敏 1 0 2 2 1"), "{tally}");

    // Staff under pressure stop, and all that is open ends with it.
    let act = wang.prepares_consent(&sitting, &app).await;
    let path = at_desk(&town, &act).await;
    wang.browser.submit(&sitting, &format!("{}/pressure", sitting.path), &[]).await.expect(200);
    alice.browser.open(&path).await.expect(409);
    wang.browser.open(&sitting.path).await.expect(409);
    assert!(auditor.browser.open("/desk").await.text().contains("王敏 1 0 3 2 2"));
    let reasons = town.entries_of(&alice.resident.id).await;
    assert!(!reasons.iter().any(|reason| reason.contains("pressure")), "{reasons:?}");
}

#[tokio::test]
async fn looks_are_exact_entered_and_counted() {
    let town = TestApp::start_with(|config| config.desk.looks_per_hour = 3).await;
    let wang = town.staff("王敏").await;
    let alice = town.known("alice").await;
    let bob = town.known("bob").await;
    for wrong in ["1380551000", "13805510002", "张丽华"] {
        let page = wang.browser.open("/desk").await;
        let answer = wang.browser.submit(&page, "/desk/find", &[("number", wrong)]).await.expect(200);
        assert!(answer.text().contains("没有找到"), "{wrong}: {}", answer.text());
    }
    let page = wang.browser.open("/desk").await;
    wang.browser.submit(&page, "/desk/find", &[("number", "13805510001")]).await.expect(429);
    assert!(!town.entries_of(&alice.id).await.contains(&"desk_look".to_owned()));
    town.pass_seconds(3_601);
    let mut wang = wang;
    wang.signs_in().await;
    let sitting = wang.finds("138-0551-0001").await;
    assert_eq!(town.entries_of(&alice.id).await.iter().filter(|reason| *reason == "desk_look").count(), 1);
    wang.browser.open(&sitting.path).await.expect(200);
    assert_eq!(town.entries_of(&alice.id).await.len(), town.entries_of(&bob.id).await.len() + 1, "a reload is no look");
    // A sitting is its own member of staff's, and half an hour long.
    let li = town.staff("李强").await;
    li.browser.open(&sitting.path).await.expect(409);
    town.pass_seconds(13 * 60);
    wang.browser.open(&sitting.path).await.expect(200);
    town.pass_seconds(14 * 60);
    assert!(wang.is_in().await);
    town.pass_seconds(4 * 60);
    wang.browser.open(&sitting.path).await.expect(409);
}
