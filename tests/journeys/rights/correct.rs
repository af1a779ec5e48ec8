//! Correcting: at once what she says of herself; by the staff what others rely on.

use latchkey::cases::{self, Outcome, Said, StaffAnswer};
use latchkey::crypto::random;
use latchkey::ids::{CaseId, PersonId, RequestId};
use latchkey::ledger::By;
use latchkey::rights::{self, Refusal};
use latchkey::vault;

use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::town::Neighbour;

const EVIDENCE: &str = "可以打新号码核对";

async fn corrects(alice: &Neighbour, field: &str, fields: &[(&str, &str)]) -> Answer {
    let address = format!("/me/rights/correct/{field}");
    let page = alice.browser.open(&address).await.expect(200);
    alice.browser.submit(&page, &address, fields).await
}

async fn field(town: &TestApp, who: &Neighbour, name: &str) -> String {
    let request: RequestId = random::id().unwrap();
    let names = [name.to_owned()];
    let fields = vault::look(&town.app, &who.resident.id, &By::Resident, &names, request).await.unwrap();
    fields.get(name).cloned().unwrap_or_default()
}

async fn decides(town: &TestApp, case: &CaseId, outcome: Outcome) -> Result<cases::Case, Refusal> {
    let person: PersonId = random::id().unwrap();
    let words = Said::parse("已核对").unwrap();
    let request: RequestId = random::id().unwrap();
    // Nobody agrees who has not read it; a case that is over is read as well.
    cases::read(&town.app, case, &person, &request).await.unwrap();
    let answer = StaffAnswer { person: &person, outcome, words: &words, request: Some(&request) };
    rights::decide(&town.app, case, answer, &request).await
}

async fn only_case(town: &TestApp, who: &Neighbour) -> CaseId {
    let cases = cases::of_resident(&mut town.app.db.read().await.unwrap(), &who.resident.id).await.unwrap();
    assert_eq!(cases.len(), 1);
    cases[0].id.clone()
}

#[tokio::test]
async fn what_she_says_of_herself_is_written_at_once_in_her_name() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let list = alice.browser.open("/me/rights/correct").await.expect(200).text();
    assert!(list.contains("电子邮箱") && list.contains("还没有填") && list.contains("马上生效"), "{list}");

    let done = corrects(&alice, "email", &[("value", " lihua@example.cn ")]).await.expect(200).text();
    assert!(done.contains("电子邮箱已改好") && done.contains("lihua@example.cn"), "{done}");
    assert_eq!(field(&town, &alice, "email").await, "lihua@example.cn");
    let data = alice.browser.open("/me/data").await.expect(200).text();
    assert!(data.contains("l***@example.cn") && !data.contains("lihua@example.cn"), "{data}");
    assert_eq!(town.entries_of(&alice.resident.id).await.iter().filter(|reason| *reason == "correction").count(), 1);

    let gone = corrects(&alice, "email", &[("value", "")]).await.expect(200).text();
    assert!(gone.contains("电子邮箱已删掉"), "{gone}");
    assert!(!alice.browser.open("/me/data").await.text().contains("电子邮箱"));
}

#[tokio::test]
async fn a_value_that_cannot_be_one_is_said_beside_the_field_and_nothing_changes() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    for (name, value) in [("email", "no address"), ("phone", "12345"), ("birth_date", "1962-02-30"), ("name", "")] {
        let way = [("value", value), ("evidence", EVIDENCE)];
        let sent = if name == "email" { &way[..1] } else { &way[..] };
        let page = corrects(&alice, name, sent).await.expect(422);
        assert!(page.body.contains("aria-invalid=\"true\"") && page.body.contains("role=\"alert\""), "{name}");
        assert!(value.is_empty() || page.body.contains(value), "what she typed is still there: {name}");
    }
    let page = corrects(&alice, "phone", &[("value", "13805519999"), ("evidence", " ")]).await.expect(422);
    assert!(page.text().contains("请写一句凭什么可以核对"), "{}", page.text());
    let reasons = town.entries_of(&alice.resident.id).await;
    assert!(!reasons.iter().any(|reason| reason == "correction" || reason == "case_correction"), "{reasons:?}");
    alice.browser.open("/me/rights/correct/no_such_field").await.expect(404);
    alice.browser.open("/me/rights/correct/language").await.expect(404);
}

#[tokio::test]
async fn a_phone_number_changes_when_the_staff_has_seen_evidence_and_not_before() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    let sent = corrects(&alice, "phone", &[("value", "138 0551 9999"), ("evidence", EVIDENCE)]).await.expect(200);
    assert!(sent.text().contains("已交给服务中心") && sent.text().contains("2026年12月7日"), "{}", sent.text());
    assert_eq!(field(&town, &alice, "phone").await, "13805510001");
    assert!(alice.browser.open("/me/rights/correct").await.text().contains("服务中心正在核对"));

    let case = only_case(&town, &alice).await;
    decides(&town, &case, Outcome::Agreed).await.unwrap();
    assert_eq!(field(&town, &alice, "phone").await, "13805519999");
    let reasons = town.entries_of(&alice.resident.id).await;
    assert_eq!(reasons.iter().filter(|reason| *reason == "correction_agreed").count(), 1);
    let inbox = alice.browser.open("/me/inbox").await.expect(200);
    assert!(inbox.text().contains("更正"), "{}", inbox.text());
    assert!(!alice.browser.open("/me/rights/correct").await.text().contains("服务中心正在核对"));
    // Decided once: the second answer changes nothing.
    assert!(matches!(decides(&town, &case, Outcome::Agreed).await, Err(Refusal::Case(cases::Refusal::NotNow))));
    let after = town.entries_of(&alice.resident.id).await.len();
    assert_eq!(after, reasons.len() + 2, "her look at the page, and the second colleague's at the case");
}

#[tokio::test]
async fn what_the_staff_declines_stays_as_it_was() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    corrects(&alice, "name", &[("value", "张丽花"), ("evidence", "户口本")]).await.expect(200);
    decides(&town, &only_case(&town, &alice).await, Outcome::Declined).await.unwrap();
    assert_eq!(field(&town, &alice, "name").await, "张丽华");
    assert!(!town.entries_of(&alice.resident.id).await.iter().any(|reason| reason == "correction_agreed"));
}

#[tokio::test]
async fn a_corrected_name_is_found_by_what_it_is_now() {
    let town = TestApp::start().await;
    let granny = town.neighbour("granny").await;
    corrects(&granny, "name", &[("value", "王贵英"), ("evidence", "户口本")]).await.expect(200);
    decides(&town, &only_case(&town, &granny).await, Outcome::Agreed).await.unwrap();
    let address = latchkey::roster::Address { building: "3".into(), unit: "2".into(), room: "101".into() };
    let known = latchkey::roster::fingerprint("王贵英", "1944-02-01", &address);
    let digest = town.app.custody.blind_index("fingerprint", &known).unwrap();
    let found = format!("SELECT count(*) FROM resident_index WHERE field = 'fingerprint' AND digest = '{digest}'");
    assert_eq!(town.number(&found).await, 1);
}

#[tokio::test]
async fn nobody_corrects_somebody_else_and_a_field_the_staff_checks_is_not_written_by_hand() {
    let town = TestApp::start().await;
    let (alice, bob) = (town.neighbour("alice").await, town.neighbour("bob").await);
    corrects(&alice, "note", &[("value", "怕狗")]).await.expect(200);
    assert_eq!(field(&town, &bob, "note").await, "");
    let request: RequestId = random::id().unwrap();
    let no = rights::correct(&town.app, &bob.resident.id, "phone", "13805519999", &By::Resident, &request).await;
    assert!(matches!(no, Err(Refusal::Checked)));
    assert_eq!(field(&town, &bob, "phone").await, "13905510002");
    assert_eq!(town.browser().get("/me/rights/correct").await.status, 303);
}

#[tokio::test]
async fn whoever_agrees_to_a_correction_has_read_it_whatever_the_page_shows() {
    let town = TestApp::start().await;
    let alice = town.neighbour("alice").await;
    corrects(&alice, "phone", &[("value", "13805519999"), ("evidence", EVIDENCE)]).await.expect(200);
    let case = only_case(&town, &alice).await;
    let (wang, li) = (town.staff("王敏").await, town.staff("李强").await);
    let address = format!("/desk/cases/{case}");
    // A colleague's reading is nobody else's.
    let page = li.browser.open(&address).await.expect(200);
    li.browser.submit(&page, &format!("{address}/read"), &[]).await.expect(200);
    let page = wang.browser.open(&address).await.expect(200);
    let csrf = page.csrf();
    let agreed = [("csrf", csrf.as_str()), ("outcome", "agreed"), ("words", "好")];
    wang.browser.post(&format!("{address}/answer"), &agreed).await.expect(400);
    assert_eq!(field(&town, &alice, "phone").await, "13805510001");
    assert_eq!(town.count("case_current WHERE closed_at IS NULL").await, 1);
}

#[tokio::test]
async fn two_corrections_agreed_at_once_leave_her_known_by_both() {
    let town = TestApp::start().await;
    let granny = town.neighbour("granny").await;
    corrects(&granny, "name", &[("value", "王贵英"), ("evidence", "户口本")]).await.expect(200);
    let name = only_case(&town, &granny).await;
    corrects(&granny, "birth_date", &[("value", "1944-03-01"), ("evidence", "户口本")]).await.expect(200);
    let cases = cases::of_resident(&mut town.app.db.read().await.unwrap(), &granny.resident.id).await.unwrap();
    let born = cases.iter().map(|case| case.id.clone()).find(|id| *id != name).unwrap();
    let (one, other) = tokio::join!(decides(&town, &name, Outcome::Agreed), decides(&town, &born, Outcome::Agreed));
    one.unwrap();
    other.unwrap();
    let address = latchkey::roster::Address { building: "3".into(), unit: "2".into(), room: "101".into() };
    let known = latchkey::roster::fingerprint("王贵英", "1944-03-01", &address);
    let digest = town.app.custody.blind_index("fingerprint", &known).unwrap();
    let found = format!("SELECT count(*) FROM resident_index WHERE field = 'fingerprint' AND digest = '{digest}'");
    assert_eq!(town.number(&found).await, 1);
}
