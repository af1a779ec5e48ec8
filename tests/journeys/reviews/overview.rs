//! Charts, and what is not as usual: counted from reviews, explained with numbers, and linked to the entries.

use latchkey::reviews;

use super::{auditor, lines, link, newest, size};
use crate::cases;
use crate::support::TestApp;
use crate::support::partner::Partner;
use crate::support::town::Neighbour;

const DAY: u64 = 86_400;

/// Turns the clock to this hour of the day, the next time there is one.
fn until_hour(town: &TestApp, hour: i8) {
    let now = town.app.now().seconds();
    let here = jiff::Timestamp::from_second(now).unwrap().to_zoned(town.app.config.zone());
    let mut then = here.date().at(hour, 5, 0, 0).to_zoned(town.app.config.zone()).unwrap();
    if then.timestamp().as_second() <= now {
        then = then.checked_add(jiff::Span::new().days(1)).unwrap();
    }
    town.pass_seconds(u64::try_from(then.timestamp().as_second() - now).unwrap());
}

async fn reads(parking: &Partner, refresh: &str, times: usize) {
    let token = parking.refreshes(refresh, &[]).await.expect(200).member("access_token");
    for _ in 0..times {
        parking.reads("/vault/claims", &token).await.expect(200);
    }
}

/// An app that reads twice each morning for eight days.
async fn a_quiet_week(town: &TestApp) -> (Neighbour, Partner, String) {
    let (parking, alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
    let code = alice.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
    let refresh = parking.redeems(&code).await.expect(200).member("refresh_token");
    for _ in 0..8 {
        until_hour(town, 10);
        reads(&parking, &refresh, 2).await;
    }
    (alice, parking, refresh)
}

#[tokio::test]
async fn a_quiet_week_shows_nothing_unusual_and_that_somebody_looked_is_entered() {
    let town = TestApp::start().await;
    a_quiet_week(&town).await;
    let zhao = auditor(&town, "赵静").await;
    let before = size(&town).await;
    let page = zhao.browser.open("/desk/reviews/anomalies").await.expect(200);
    assert!(page.text().contains("最近 7 天没有发现异常"), "{}", page.text());
    assert_eq!(size(&town).await, before + 1);
    assert_eq!(newest(&town).await.1.reason, "review_anomalies");
}

#[tokio::test]
async fn reads_at_night_and_refusals_in_a_row_are_explained_and_lead_to_their_entries() {
    let town = TestApp::start().await;
    let (mut alice, parking, refresh) = a_quiet_week(&town).await;
    until_hour(&town, 23);
    reads(&parking, &refresh, 5).await;
    let token = parking.refreshes(&refresh, &[]).await.expect(200).member("access_token");
    alice.browser.signs_in(&mut alice.phone).await.expect(200);
    let page = alice.browser.open("/me/apps").await.expect(200);
    let consent = link(&page, "/me/apps/");
    let page = alice.browser.open(&consent).await.expect(200);
    alice.browser.submit(&page, &format!("{consent}/stop"), &[]).await.expect(200);
    for _ in 0..12 {
        parking.reads("/vault/claims", &token).await.expect(403);
    }
    until_hour(&town, 9);

    let zhao = auditor(&town, "赵静").await;
    let page = zhao.browser.open("/desk/reviews/anomalies").await.expect(200);
    let text = page.text();
    assert!(text.contains("最近 7 天有 2 处值得看一看"), "{text}");
    assert!(
        text.contains("从 昨天 23 点到次日 6 点读取了 5 次") && text.contains("7 天读取过，夜里读取的有 0 夜"),
        "{text}"
    );
    assert!(text.contains("连续被拒 12 次"), "{text}");
    assert!(!text.contains("张丽华"));
    let refused = zhao.browser.open(&link(&page, "/desk/reviews?app=rp-a&#38;kind=refusal")).await.expect(200);
    assert_eq!(lines(&refused), 12, "{}", refused.text());
    let night = zhao.browser.open(&link(&page, "/desk/reviews?app=rp-a&#38;kind=disclosure")).await.expect(200);
    assert_eq!(lines(&night), 5, "{}", night.text());
    let english = zhao.browser.in_english().open("/desk/reviews/anomalies").await.expect(200);
    assert!(
        english.text().contains("Parking A read 5 times between 23:00 (yesterday) and 06:00"),
        "{}",
        english.text()
    );
}

#[tokio::test]
async fn charts_count_reads_refusals_residents_and_objections_each_with_its_table() {
    let town = TestApp::start().await;
    let (_, parking, refresh) = a_quiet_week(&town).await;
    reads(&parking, &refresh, 3).await;
    let zhao = auditor(&town, "赵静").await;
    let page = zhao.browser.open("/desk/reviews/charts?days=30").await.expect(200);
    let text = page.text();
    assert!(text.contains("最近 30 天，应用读取 19 次，被拒 0 次"), "{text}");
    assert!(text.contains("10:00–11:00") && text.contains("11–20"), "hours and the distribution, as tables: {text}");
    assert!(text.contains("没有等待答复的反对"), "{text}");
    assert!(!page.body.contains("alias="), "no way from a column to a resident");
    let today = zhao.browser.open("/desk/reviews/charts?days=1").await.expect(200);
    assert!(today.text().contains("最近 1 天，应用读取 5 次"), "{}", today.text());
    zhao.browser.open("/desk/reviews/charts?days=8").await.expect(400);
    let wang = town.staff("王敏").await;
    wang.browser.open("/desk/reviews/charts").await.expect(404);
    wang.browser.open("/desk/reviews/anomalies").await.expect(404);
}

#[tokio::test]
async fn what_was_counted_is_kept_sealed_and_counts_the_same_again() {
    let town = TestApp::start().await;
    let (_, parking, refresh) = a_quiet_week(&town).await;
    fill(&town, 8_300).await;
    reads(&parking, &refresh, 1).await;
    let zhao = auditor(&town, "赵静").await;
    let heading = |text: String| text.split("次").next().unwrap().to_owned();
    let first = zhao.browser.open("/desk/reviews/charts?days=30").await.expect(200).text();
    assert!(first.contains("应用读取 17 次"), "{first}");
    assert_eq!(town.number("SELECT count(*) FROM review_block").await, 2);
    let again = zhao.browser.open("/desk/reviews/charts?days=30").await.expect(200).text();
    assert_eq!(heading(again), heading(first));
    // What one block came to is not taken for another's: it is counted anew, and kept again.
    town.force("UPDATE review_block SET sealed = (SELECT sealed FROM review_block WHERE block = 0) WHERE block = 1")
        .await;
    let again = zhao.browser.open("/desk/reviews/charts?days=30").await.expect(200).text();
    assert!(again.contains("应用读取 17 次"), "{again}");
    // And where it is lost.
    town.force("DELETE FROM review_block WHERE block = 1").await;
    let again = zhao.browser.open("/desk/reviews/charts?days=30").await.expect(200).text();
    assert!(again.contains("应用读取 17 次"), "{again}");
}

#[tokio::test]
async fn a_ledger_that_is_not_all_counted_says_so_until_it_is_counted_in_the_background() {
    let town = TestApp::start_with(|config| config.reviews.fresh_blocks = 0).await;
    let (_, parking, refresh) = a_quiet_week(&town).await;
    until_hour(&town, 23);
    reads(&parking, &refresh, 5).await;
    until_hour(&town, 9);
    fill(&town, 4_100).await;
    reads(&parking, &refresh, 12).await;
    let zhao = auditor(&town, "赵静").await;
    let page = zhao.browser.open("/desk/reviews/anomalies").await.expect(200).text();
    assert!(page.contains("还没有数完：从今天") && page.contains("没有发现异常，更早的还不知道"), "{page}");
    assert!(!page.contains("最近 7 天没有发现异常"), "no good word: {page}");
    assert!(page.contains("要与此前 30 天比较的规则") && page.contains("这次没有算"), "{page}");
    let charts = zhao.browser.open("/desk/reviews/charts?days=7").await.expect(200).text();
    assert!(charts.contains("还没有数完：从今天") && charts.contains("应用读取 12 次"), "{charts}");
    let english = zhao.browser.in_english().open("/desk/reviews/anomalies").await.expect(200).text();
    assert!(english.contains("Not all counted yet: nothing unusual since"), "{english}");

    assert_eq!(reviews::count_ahead(&town.app).await.unwrap(), 1);
    assert_eq!(reviews::count_ahead(&town.app).await.unwrap(), 0, "once");
    let page = zhao.browser.open("/desk/reviews/anomalies").await.expect(200).text();
    assert!(page.contains("最近 7 天有 2 处值得看一看") && !page.contains("还没有数完"), "{page}");
    let charts = zhao.browser.open("/desk/reviews/charts?days=30").await.expect(200).text();
    assert!(charts.contains("最近 30 天，应用读取 33 次"), "{charts}");
}

#[tokio::test]
async fn what_was_agreed_to_months_ago_and_is_never_read_stands_out_as_long_as_it_is_agreed_to() {
    let town = TestApp::start().await;
    let (parking, mut alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
    let code = alice.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
    let refresh = parking.redeems(&code).await.expect(200).member("refresh_token");
    for _ in 0..9 {
        town.pass_seconds(5 * DAY);
        let token = parking.refreshes(&refresh, &[]).await.expect(200).member("access_token");
        for _ in 0..2 {
            parking.reads("/vault/claims?claims=is_resident", &token).await.expect(200);
        }
    }
    let zhao = auditor(&town, "赵静").await;
    let page = zhao.browser.open("/desk/reviews/anomalies").await.expect(200).text();
    assert!(page.contains("要了却从不读") && page.contains("却一次也没有读过"), "{page}");
    alice.browser.signs_in(&mut alice.phone).await.expect(200);
    let apps = alice.browser.open("/me/apps").await.expect(200);
    let consent = link(&apps, "/me/apps/");
    let one = alice.browser.open(&consent).await.expect(200);
    alice.browser.submit(&one, &format!("{consent}/stop"), &[]).await.expect(200);
    let page = zhao.browser.open("/desk/reviews/anomalies").await.expect(200).text();
    assert!(!page.contains("要了却从不读"), "nobody agrees to it any more: {page}");
}

#[tokio::test]
async fn an_auditor_who_searches_without_end_holds_up_no_app() {
    let town = TestApp::start().await;
    let (_, parking, refresh) = a_quiet_week(&town).await;
    let zhao = auditor(&town, "赵静").await;
    let searches = || town.count("ledger_entry");
    // Whoever looks through the ledger at this moment has both turns.
    let turns = town.app.looking.clone().acquire_many_owned(2).await.unwrap();
    let before = searches().await;
    let many: Vec<_> = (0..20)
        .map(|_| {
            let browser = zhao.browser.clone();
            tokio::spawn(async move { browser.open("/desk/reviews").await.status })
        })
        .collect();
    for _ in 0..5_000 {
        if searches().await == before + 20 {
            break;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(searches().await, before + 20, "each is entered before it waits");
    // Twenty searches are entered and wait, and none of them has a connection that an app needs.
    reads(&parking, &refresh, 3).await;
    assert!(many.iter().all(|search| !search.is_finished()));
    drop(turns);
    for search in many {
        assert_eq!(search.await.unwrap(), 200);
    }
}

/// So many acts of the operator.
async fn fill(town: &TestApp, count: usize) {
    use latchkey::ledger::{self, Entry, Kind};
    let mut tx = town.app.db.begin().await.unwrap();
    let mut head = ledger::hold(&mut tx).await.unwrap();
    let one = || Entry { reason: "test", ..Entry::about_nobody(Kind::Operator, town.app.now()) };
    let entries = (0..count).map(|_| one()).collect();
    latchkey::custody::enter_all(&mut tx, &town.app.custody, &mut head, entries).await.unwrap();
    head.commit(tx).await.unwrap();
}

#[tokio::test]
async fn an_objection_that_waits_is_in_the_chart_and_past_its_day_it_is_marked() {
    let scene = cases::scene().await;
    scene.objects(&[]).await.expect(200);
    let town = &scene.town;
    let zhao = auditor(town, "赵静").await;
    let page = zhao.browser.open("/desk/reviews/charts").await.expect(200);
    assert!(page.text().contains("0–3") && !page.text().contains("没有等待答复的反对"), "{}", page.text());
    town.pass_seconds(17 * DAY);
    let mut zhao = zhao;
    zhao.signs_in().await;
    let page = zhao.browser.open("/desk/reviews/charts").await.expect(200);
    assert!(page.text().contains(">15"), "{}", page.text());
    assert!(page.body.contains("class=\"bar series-no\""), "{}", page.body);
}
