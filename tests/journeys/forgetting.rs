//! What an erasure takes out beside her record: what she wrote to others, leave to act, what the desk has of her; and
//! what stays because it is somebody else's.

use latchkey::cases::{self, Outcome, Said};
use latchkey::crypto::random;
use latchkey::erasure;
use latchkey::ids::{CaseId, RequestId};
use latchkey::ledger::By;
use latchkey::mandate::{EndedBy, Standing};
use latchkey::rights::{self, Wanted};

use crate::erasure::{DAY, asks, is_whole};
use crate::family::{EVERYTHING, accepts, offers};
use crate::support::TestApp;
use crate::support::database::Database;
use crate::support::town::Neighbour;

/// Past the seven days, and what is due then done.
async fn passes(town: &TestApp, days: u64) -> usize {
    town.pass_seconds(days * DAY);
    erasure::sweep(&town.app).await.unwrap()
}

/// A daughter who answers an app's question for her father, and has not answered yet; her mandate.
async fn about_to_answer(town: &TestApp, father: &mut Neighbour, daughter: &mut Neighbour) -> String {
    let parking = town.partner("rp-a").await;
    let base = accepts(daughter, &offers(father, "family", &EVERYTHING).await).await;
    let id = base.strip_prefix("/for/").unwrap().to_owned();
    let question = daughter.browser.open(&parking.pushed(&[]).await).await.expect(200);
    let action = format!("{}/for", question.path);
    daughter.browser.submit(&question, &action, &[("mandate", id.as_str())]).await.expect(200);
    assert_eq!(town.count("mandate_request").await, 1);
    id
}

#[tokio::test]
async fn a_question_that_was_answered_for_her_holds_no_erasure_back() {
    let town = TestApp::start().await;
    let (mut father, mut daughter) = (town.neighbour("alice").await, town.neighbour("bob").await);
    let id = about_to_answer(&town, &mut father, &mut daughter).await;
    asks(&mut father).await;
    assert_eq!(passes(&town, 7).await, 1);
    assert_eq!(town.count("mandate_request").await, 0);
    assert_eq!(town.count(&format!("mandate WHERE id = '{id}'")).await, 1, "as long as the log's details");
    passes(&town, 190).await;
    assert_eq!(town.count("erasure WHERE details_gone_at IS NOT NULL").await, 1);
    assert_eq!(town.count("mandate").await, 0);
    is_whole(&town).await;
}

#[tokio::test]
async fn the_leave_a_father_gave_stays_his_when_his_daughter_is_erased() {
    let town = TestApp::start().await;
    let (mut father, mut daughter) = (town.neighbour("alice").await, town.neighbour("bob").await);
    about_to_answer(&town, &mut father, &mut daughter).await;
    asks(&mut daughter).await;
    assert_eq!(passes(&town, 7).await, 1);
    passes(&town, 190).await;
    let mut tx = town.app.db.read().await.unwrap();
    let his = latchkey::mandate::of_principal(&mut tx, &father.resident.id).await.unwrap();
    drop(tx);
    assert_eq!(his.len(), 1, "a row of his is never deleted");
    assert_eq!(his[0].delegate, None, "though nobody can say any more whom he gave it to");
    assert_eq!(his[0].standing(town.app.now()), Standing::Ended(EndedBy::Delegate), "it was valid as long as it ran");
    father.browser.signs_in(&mut father.phone).await.expect(200);
    father.browser.open("/me/family").await.expect(200);
    father.browser.open(&format!("/me/family/{}", his[0].id)).await.expect(200);
}

#[tokio::test]
async fn one_erasure_that_cannot_be_done_holds_up_nobody_else() {
    if Database::is_postgres() {
        return; // What stands in the way is a trigger of SQLite; the sweep is the same.
    }
    let town = TestApp::start().await;
    let (mut alice, mut bob) = (town.neighbour("alice").await, town.neighbour("bob").await);
    asks(&mut alice).await;
    town.pass_seconds(1);
    asks(&mut bob).await;
    let hers = alice.resident.id.as_str();
    let stands = format!(
        "CREATE TRIGGER in_the_way BEFORE DELETE ON resident_passkey WHEN OLD.resident = '{hers}'
         BEGIN SELECT RAISE(ABORT, 'in the way'); END"
    );
    town.force_schema(&stands).await;
    assert_eq!(passes(&town, 8).await, 1, "his");
    assert_eq!(town.count("erasure WHERE certificate IS NOT NULL").await, 1);
    assert_eq!(town.count(&format!("resident WHERE id = '{hers}' AND erased_at IS NULL")).await, 1);
    town.force_schema("DROP TRIGGER in_the_way").await;
    assert_eq!(erasure::sweep(&town.app).await.unwrap(), 1, "and hers the next time");
    // The same when their details go.
    let stands = stands.replace("resident_passkey", "resident_key");
    town.force_schema(&stands).await;
    passes(&town, 190).await;
    assert_eq!(town.count("erasure WHERE details_gone_at IS NOT NULL").await, 1);
}

#[tokio::test]
async fn what_was_undone_and_asked_for_anew_is_not_due_by_the_first_time() {
    if Database::is_postgres() {
        return; // The change in between is a trigger of SQLite; the statement is the same.
    }
    let town = TestApp::start().await;
    let (mut alice, mut bob) = (town.neighbour("alice").await, town.neighbour("bob").await);
    asks(&mut alice).await;
    town.pass_seconds(1);
    asks(&mut bob).await;
    let (hers, his) = (alice.resident.id.as_str(), bob.resident.id.as_str());
    // Between the sweep's look and his turn he undid it, and asked for it once more.
    let meanwhile = format!(
        "CREATE TRIGGER meanwhile AFTER UPDATE OF erased_at ON resident WHEN NEW.id = '{hers}'
         BEGIN
           UPDATE erasure SET undone_at = due_at WHERE resident = '{his}' AND undone_at IS NULL;
           INSERT INTO erasure (id, resident, begun_at, due_at, link)
             SELECT '{:032}', resident, due_at, due_at + 604800, 'another' FROM erasure WHERE resident = '{his}';
         END",
        7
    );
    town.force_schema(&meanwhile).await;
    assert_eq!(passes(&town, 8).await, 1, "hers alone");
    assert!(!town.app.custody.is_destroyed(&bob.resident.id), "custody was told nothing of him");
    bob.browser.signs_in(&mut bob.phone).await.expect(200);
    bob.browser.open("/me/data").await.expect(200);
}

#[tokio::test]
async fn what_she_wrote_to_the_staff_is_nobodys_to_read_any_more() {
    let town = TestApp::start().await;
    let mut alice = town.neighbour("alice").await;
    let said = Said::parse("换了号码，带了手机来").unwrap();
    let wanted = Wanted { field: "phone", text: "13905519999", document_type: "id_card", evidence: &said };
    let request: RequestId = random::id().unwrap();
    let case: CaseId = rights::ask(&town.app, &alice.resident.id, &wanted, &By::Resident, &request).await.unwrap();
    let mut wang = town.staff("王敏").await;
    let address = format!("/desk/cases/{case}");
    let page = wang.browser.open(&address).await.expect(200);
    let read = wang.browser.submit(&page, &format!("{address}/read"), &[]).await.expect(200);
    assert!(read.text().contains("13905519999"), "{}", read.text());
    asks(&mut alice).await;
    assert_eq!(passes(&town, 7).await, 1);

    assert_eq!(town.count("case_event WHERE body IS NOT NULL").await, 0);
    assert!(town.count("case_event").await > 0, "that there was a case is kept as long as the log's details");
    wang.signs_in().await;
    let list = wang.browser.open("/desk/cases?show=over").await.expect(200);
    assert!(!list.body.contains(case.as_str()), "{}", list.text());
    wang.browser.open(&address).await.expect(404);
    let csrf = list.csrf();
    wang.browser.post(&format!("{address}/read"), &[("csrf", csrf)]).await.expect(404);
    let again = cases::read(&town.app, &case, &wang.id, &request).await;
    assert!(matches!(again, Err(cases::Refusal::Unknown)));
    let words = Said::parse("已核对").unwrap();
    let answer =
        cases::StaffAnswer { person: &wang.id, outcome: Outcome::Agreed, words: &words, request: Some(&request) };
    assert!(matches!(rights::decide(&town.app, &case, answer, &request).await, Err(rights::Refusal::Unknown)));
    is_whole(&town).await;
}

#[tokio::test]
async fn while_an_erasure_waits_nobody_acts_for_her_either() {
    let town = TestApp::start().await;
    let (mut father, mut daughter) = (town.neighbour("alice").await, town.neighbour("bob").await);
    let base = accepts(&mut daughter, &offers(&mut father, "family", &EVERYTHING).await).await;
    daughter.browser.open(&format!("{base}/data")).await.expect(200);
    asks(&mut father).await;
    daughter.browser.open(&format!("{base}/data")).await.expect(403);
    daughter.browser.open(&base).await.expect(403);
    let entries = town.entries_of(&father.resident.id).await.len();
    let list = daughter.browser.open("/me/family").await.expect(200);
    assert!(!list.text().contains("张*"), "not even his name: {}", list.text());
    assert_eq!(town.entries_of(&father.resident.id).await.len(), entries);
    let page = father.browser.open("/me/erasure").await.expect(200);
    father.browser.submit(&page, "/me/erasure/undo", &[]).await.expect(200);
    daughter.browser.open(&format!("{base}/data")).await.expect(200);
}

#[tokio::test]
async fn for_whom_a_question_is_answered_is_said_in_the_browser_that_has_it_open() {
    let town = TestApp::start().await;
    let (mut father, mut daughter) = (town.neighbour("alice").await, town.neighbour("bob").await);
    let id = about_to_answer(&town, &mut father, &mut daughter).await;
    let elsewhere = town.browser();
    let page = elsewhere.signs_in(&mut daughter.phone).await.expect(200).path;
    for nowhere in ["0".repeat(32), random::id::<RequestId>().unwrap().to_string()] {
        let csrf = elsewhere.open(&page).await.expect(200).csrf();
        let fields = [("csrf", csrf.as_str()), ("mandate", id.as_str())];
        elsewhere.post(&format!("/consent/{nowhere}/for"), &fields).await.expect(404);
    }
    assert_eq!(town.count("mandate_request").await, 1);
    town.pass_seconds(2 * DAY);
    let mut tx = town.app.db.begin().await.unwrap();
    let before = town.app.now().minus(std::time::Duration::from_secs(DAY));
    latchkey::mandate::sweep(&mut tx, before).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(town.count("mandate_request").await, 0, "a day later nobody remembers");
}

#[tokio::test]
async fn what_the_desk_did_is_counted_when_whom_it_did_it_for_is_erased() {
    let town = TestApp::start().await;
    let mut alice = town.neighbour("alice").await;
    let wang = town.staff("王敏").await;
    let (now, hers, person) = (town.app.now().seconds(), alice.resident.id.as_str().to_owned(), &wang.id);
    town.force(&format!(
        "INSERT INTO desk_act (id, sitting, resident, person, kind, digest, body, asked_at, expires_at, pressed)
         VALUES ('{0}', '{0}', '{hers}', '{person}', 'card', 'x', 'sealed', {now}, {now}, 1)",
        "0".repeat(32)
    ))
    .await;
    asks(&mut alice).await;
    assert_eq!(passes(&town, 7).await, 1);
    assert_eq!(town.count("desk_act WHERE pressed = 1 AND length(body) = 0 AND outcome = 'stopped'").await, 1);
    passes(&town, 190).await;
    assert_eq!(town.count("desk_act").await, 0, "until the log's details go as well");
}
