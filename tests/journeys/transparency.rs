//! What everybody may know: counted behind the ledger, each entry once, with small numbers taken out.

use latchkey::custody::checkpointer;
use latchkey::ledger::{Kind, Leaf};
use latchkey::transparency;
use serde_json::{Value, json};

use crate::emergency::{opened, presses, signs, story};
use crate::erasure::alice_and_parking;
use crate::support::TestApp;
use crate::support::browser::Answer;
use crate::support::partner::Partner;
use crate::support::town::Neighbour;

async fn page(town: &TestApp) -> Answer {
    transparency::sweep(&town.app).await.unwrap();
    town.browser().open("/transparency").await.expect(200)
}

async fn figures(town: &TestApp) -> Value {
    transparency::sweep(&town.app).await.unwrap();
    town.browser().get("/transparency.json").await.expect(200).json()["figures"].clone()
}

/// Turns the clock to three hours after the end of the month.
fn the_month_ends(town: &TestApp) {
    let zone = town.app.config.zone();
    let now = town.app.now().seconds();
    let today = jiff::Timestamp::from_second(now).unwrap().to_zoned(zone.clone()).date();
    let next = today.first_of_month().checked_add(jiff::Span::new().months(1)).unwrap();
    let then = next.at(3, 0, 0, 0).to_zoned(zone).unwrap().timestamp().as_second();
    town.pass_seconds(u64::try_from(then - now).unwrap());
}

/// Reads of an app, however long ago it was let in.
async fn reads(app: &Partner, refresh: &str, times: usize) {
    let token = app.refreshes(refresh, &[]).await.expect(200).member("access_token");
    for _ in 0..times {
        app.reads("/vault/claims", &token).await.expect(200);
    }
}

/// Somebody lets an app read; what it renews its token with.
async fn lets_in(app: &Partner, who: &Neighbour) -> String {
    let code = who.browser.agrees(&app.pushed(&[]).await, &["plate_masked"]).await;
    app.redeems(&code).await.expect(200).member("refresh_token")
}

/// How many leaves of a kind the public tree has: what anybody can count without us.
async fn in_the_tree(town: &TestApp, kind: Kind) -> u64 {
    checkpointer::catch_up(&town.app.db, &town.app.custody, town.app.now()).await.unwrap();
    let size = town.count("ledger_entry").await;
    let path = format!("/ledger/tile/entries/000.p/{size}");
    let answer = town.browser().request(reqwest::Method::GET, &path).send().await.unwrap();
    let bundle = answer.bytes().await.unwrap();
    // Each leaf has 102 bytes behind two of length.
    let leaves = bundle.chunks(104).map(|chunk| Leaf::decode(&chunk[2..]).unwrap());
    leaves.filter(|leaf| leaf.kind == kind).count() as u64
}

#[tokio::test]
async fn the_page_says_what_was_read_and_refused_and_anybody_counts_the_same_in_the_tree() {
    let town = TestApp::start().await;
    let (_, parking, token) = alice_and_parking(&town).await;
    parking.reads("/vault/claims", &token).await.expect(200);
    parking.reads("/vault/claims?claims=phone_masked", &token).await.expect(403);
    let seen = page(&town).await;
    assert!(seen.text().contains("应用看了 2 次，被拒绝 1 次"), "{}", seen.text());
    let month = figures(&town).await["months"][0].clone();
    assert_eq!(month["month"], "2026-11");
    for (name, kind) in [
        ("disclosures", Kind::Disclosure),
        ("refusals", Kind::Refusal),
        ("given", Kind::ConsentGiven),
        ("withdrawn", Kind::ConsentWithdrawn),
        ("expired", Kind::ConsentExpired),
        ("erasures", Kind::Erasure),
    ] {
        assert_eq!(month[name], in_the_tree(&town, kind).await, "{name}");
    }
    assert_eq!(figures(&town).await["counted"], town.count("ledger_entry").await, "each once, however often it looks");
}

#[tokio::test]
async fn what_is_asked_every_minute_tells_nothing_of_a_neighbour_who_agrees_and_is_read() {
    let town = TestApp::start().await;
    let (parking, meals) = (town.partner("rp-a").await, town.partner("rp-b").await);
    let bob = town.neighbour("bob").await;
    let of_bob = [lets_in(&parking, &bob).await, lets_in(&meals, &bob).await];
    reads(&parking, &of_bob[0], 45).await;
    reads(&meals, &of_bob[1], 12).await;
    the_month_ends(&town);
    let november = figures(&town).await["months"][1]["closed"].clone();
    let told = |card: usize, member: &str| november["cards"][card][member].clone();
    assert_eq!((told(0, "reads"), told(1, "reads"), told(0, "refused")), (json!(45), json!(12), json!(0)));

    // Somebody asks every minute, and takes away what the public tree says to everybody in any case.
    let mut polled = Vec::new();
    let mut ask = async |town: &TestApp| {
        town.pass_seconds(60);
        transparency::sweep(&town.app).await.unwrap();
        let mut answer = town.browser().get("/transparency.json").await.expect(200).json();
        let counted = answer["figures"]["counted"].take();
        assert_eq!(counted, town.count("ledger_entry").await);
        for (name, kind) in [("disclosures", Kind::Disclosure), ("given", Kind::ConsentGiven)] {
            let both = in_the_tree(town, kind).await;
            let months = answer["figures"]["months"].as_array().unwrap();
            let sum: u64 = months.iter().map(|month| month[name].as_u64().unwrap()).sum();
            assert_eq!(sum, both, "{name}: no more than the tree tells");
            answer["figures"]["months"][0][name].take();
        }
        answer["figures"]["made_at"].take();
        answer["checkpoint"].take();
        polled.push(answer.to_string());
    };
    ask(&town).await;
    let alice = town.neighbour("alice").await;
    ask(&town).await;
    let of_alice = lets_in(&meals, &alice).await;
    ask(&town).await;
    reads(&meals, &of_alice, 1).await;
    ask(&town).await;
    reads(&parking, &of_bob[0], 20).await;
    ask(&town).await;
    assert!(polled.iter().all(|answer| *answer == polled[0]), "{polled:#?}");
    let page = page(&town).await.text();
    assert!(page.contains("等这个月结束后公布") && page.contains("应用查看 45"), "{page}");

    // Nor does the month's end tell of her: one read of 21 could be any of 21.
    the_month_ends(&town);
    let all = figures(&town).await;
    let december = &all["months"][1]["closed"]["cards"];
    assert_eq!((&december[0]["reads"], &december[1]["reads"]), (&json!("withheld"), &json!("withheld")));
    assert_eq!(all["months"][2]["closed"], november, "a month that is over does not change");
}

#[tokio::test]
async fn a_month_that_is_over_is_told_once_whatever_is_read_or_erased_or_closed_later() {
    let mut story = story().await;
    let parking = story.town.partner("rp-a").await;
    let refresh = lets_in(&parking, &story.alice).await;
    reads(&parking, &refresh, 12).await;
    let record = story.alice.browser.open("/me/apps").await.expect(200);
    let path = record.body.split("href=\"/me/apps/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(figures(&story.town).await["months"][0]["closed"], Value::Null, "not before it is over");
    story.town.pass_seconds(3_600);
    the_month_ends(&story.town);
    // Alice stops the app in December; it never says that it deleted what it had.
    story.alice.browser.signs_in(&mut story.alice.phone).await.expect(200);
    let one = story.alice.browser.open(&format!("/me/apps/{path}")).await.expect(200);
    story.alice.browser.submit(&one, &format!("/me/apps/{path}/stop"), &[]).await.expect(200);
    let november = figures(&story.town).await["months"][1]["closed"].clone();
    assert_eq!(november["cards"][0]["reads"], 12);
    assert_eq!(november["cards"][0]["deletions"], "nothing_late");
    the_month_ends(&story.town);
    let all = figures(&story.town).await;
    let december = all["months"][1]["closed"].clone();
    assert_eq!(december["cards"][0]["deletions"], "some_late");
    assert_eq!((&december["deletions_overdue"], &december["answers_overdue"]), (&json!("withheld"), &json!(0)));
    let seen = page(&story.town).await.text();
    assert!(seen.contains("到期的删除 有拖延的"), "{seen}");
    assert!(seen.contains("到月底还没有确认的逾期删除 不公布"), "{seen}");

    // What stood behind it goes: the order is answered, the app is closed, and whatever was counted is lost.
    story.town.force("UPDATE deletion_order SET outcome = 'deleted', answered_at = due_at - 1").await;
    story.town.force("UPDATE oauth_client SET disabled_at = 1").await;
    story.town.force("DELETE FROM transparency_tally WHERE client <> ''").await;
    let after = figures(&story.town).await;
    assert_eq!((&after["months"][1]["closed"], &after["months"][2]["closed"]), (&december, &november));
    assert_eq!(after["apps"], 0);

    // An app that closed is told with others that did, and not by its name.
    the_month_ends(&story.town);
    let january = figures(&story.town).await["months"][1]["closed"].clone();
    assert_eq!(january["cards"], json!([]), "nothing was read, and nothing is said of it");
}

#[tokio::test]
async fn what_staff_did_is_told_as_it_is_and_at_once() {
    let mut story = story().await;
    let emergency = opened(&mut story).await;
    presses(&story.wang, &emergency, "read").await.expect(200);
    let seen = page(&story.town).await;
    assert!(seen.text().contains("工作人员的紧急查看 1"), "told as it is: {}", seen.text());
    story.town.pass_seconds(31 * 86_400);
    assert_eq!(figures(&story.town).await["reviews_overdue"], 1);
    let mut zhao = story.town.staff("赵芳").await;
    let found = [("finding", "unjustified"), ("words", "没有紧急情况")];
    signs(&mut zhao, &emergency, "review", &found).await.expect(200);
    let all = figures(&story.town).await;
    assert_eq!(all["reviews_overdue"], 0);
    let months = all["months"].as_array().unwrap();
    let of = |name: &str| months.iter().map(|month| month[name].as_u64().unwrap()).collect::<Vec<_>>();
    assert_eq!((of("emergencies"), of("unjustified")), (vec![0, 1], vec![0, 1]), "in the month of the emergency");

    // Neither the stored rows nor the document say anything of anybody.
    let whole = story.town.browser().get("/transparency.json").await.expect(200).body;
    let her = story.alice.resident.id.as_str();
    for table in ["transparency_figures", "transparency_month"] {
        assert_eq!(story.town.count(&format!("{table} WHERE body LIKE '%{her}%'")).await, 0, "{table}");
        assert_eq!(story.town.count(table).await, 1, "{table}");
    }
    for part in [her, "张", "13805510001", "3-2-502"] {
        assert!(!whole.contains(part), "{part}: {whole}");
    }
}

#[tokio::test]
async fn entries_that_somebody_altered_stop_no_figures_and_the_page_says_how_many() {
    let town = TestApp::start().await;
    let (_, parking, token) = alice_and_parking(&town).await;
    for _ in 0..3 {
        parking.reads("/vault/claims", &token).await.expect(200);
    }
    let least = town.number("SELECT max(position) - 2 FROM ledger_entry").await;
    // The review of one read is another's, and another read is gone.
    let other = "SELECT review FROM ledger_entry WHERE position = 0";
    town.force(&format!("UPDATE ledger_entry SET review = ({other}) WHERE position = {least}")).await;
    parking.reads("/vault/claims", &token).await.expect(200);
    town.force(&format!("DELETE FROM ledger_entry WHERE position = {}", least + 2)).await;
    let all = figures(&town).await;
    assert_eq!((&all["unread"], &all["behind"]), (&json!(2), &json!(false)));
    assert_eq!(all["counted"], least + 4);
    assert_eq!(all["months"][0]["disclosures"], 4, "all five but the one that is gone");
    let seen = page(&town).await.text();
    assert!(seen.contains("有 2 条记录在统计时已经不是写下时的样子"), "{seen}");
    assert_eq!(figures(&town).await["unread"], 2, "once");

    // Figures that nobody made for a while are shown as what they are.
    assert!(!seen.contains("这些数字已经旧了"));
    town.pass_seconds(660);
    let seen = town.browser().open("/transparency").await.expect(200).text();
    assert!(seen.contains("这些数字已经旧了"), "{seen}");
    // The month is closed all the same, and what cannot be told to be anybody's is a part of its own.
    the_month_ends(&town);
    let cards = figures(&town).await["months"][1]["closed"]["cards"].clone();
    assert_eq!((&cards[0]["client"], &cards[1]["client"]), (&json!("rp-a"), &Value::Null));
}

#[tokio::test]
async fn counting_that_fails_closes_no_month_and_the_figures_say_so() {
    let town = TestApp::start().await;
    alice_and_parking(&town).await;
    figures(&town).await;
    the_month_ends(&town);
    town.neighbour("bob").await;
    town.force_schema("ALTER TABLE ledger_entry RENAME TO ledger_entry_away").await;
    assert!(transparency::sweep(&town.app).await.is_err());
    let seen = town.browser().open("/transparency").await.expect(200).text();
    town.force_schema("ALTER TABLE ledger_entry_away RENAME TO ledger_entry").await;
    assert!(seen.contains("有些记录这次没有数到") && seen.contains("应用看了 0 次"), "{seen}");
    assert_eq!(town.count("transparency_month").await, 0, "nothing is closed by half");
    assert_eq!(figures(&town).await["behind"], false);
    assert_eq!(town.count("transparency_month").await, 1);
}

#[tokio::test]
async fn a_new_service_says_that_it_counts_and_nobody_pretends_to_be_watched() {
    let town = TestApp::start().await;
    let first = town.browser().open("/transparency").await.expect(200);
    assert!(first.text().contains("数字正在第一次统计"), "{}", first.text());
    assert!(first.text().contains("没有独立的见证人"), "{}", first.text());
    assert_eq!(first.header("cache-control"), "private, max-age=60");
    assert!(first.header("vary").contains("Cookie"), "another language is another page");
    let document = town.browser().get("/transparency.json").await.expect(200);
    assert_eq!(document.header("cache-control"), "public, max-age=60");
    assert_eq!(document.json()["witnesses"], json!({ "configured": 0 }));
    assert_eq!(document.json()["figures"], Value::Null);
    // Two nodes that count at the same time count once.
    town.neighbour("alice").await;
    let (one, other) = tokio::join!(transparency::sweep(&town.app), transparency::sweep(&town.app));
    assert!(one.is_ok() && other.is_ok());
    let counted = town.number("SELECT CAST(SUM(count) AS BIGINT) FROM transparency_tally WHERE client = ''").await;
    assert_eq!(counted, town.count("ledger_entry").await);
    for path in ["/sign-in", "/transparency"] {
        assert!(town.browser().open(path).await.expect(200).body.contains("href=\"/transparency\""), "{path}");
    }
}
