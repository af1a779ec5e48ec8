//! Receivers that are down, slow, wrong or elsewhere.

use std::collections::HashSet;
use std::time::Duration;

use latchkey::app::App;
use latchkey::config::Config;
use latchkey::events::{deliver_due, operator};
use serde_json::json;

use super::{all_at, listens, names, scene, with};
use crate::support::races::at_once;
use crate::support::receiver::{Receiver, Reply};

const HOUR: u64 = 3_600;

#[tokio::test]
async fn a_receiver_that_is_down_is_tried_again_under_the_same_name() {
    let scene = scene().await;
    scene.gives(&[]).await;
    scene.server.next([Reply::Status(500), Reply::Status(503), Reply::Status(404), Reply::Json(400, json!("no"))]);
    let mut attempts = 0;
    for failures in 0..4_u32 {
        assert_eq!(scene.deliver().await, 0);
        attempts += 1;
        assert_eq!(scene.server.arrived().len(), attempts);
        // Not before half of the pause is over, and surely after the whole.
        let whole = 5 * 2_u64.pow(failures);
        scene.town.pass_seconds(whole / 2 - 1);
        assert_eq!((scene.deliver().await, scene.server.arrived().len()), (0, attempts), "too early");
        scene.town.pass_seconds(whole - (whole / 2 - 1));
    }
    assert_eq!(scene.deliver().await, 1);
    let names: HashSet<String> = names(&scene.server.arrived()).into_iter().collect();
    assert_eq!((names.len(), scene.server.arrived().len()), (1, 5));
    assert_eq!(scene.deliver().await, 0);
}

#[tokio::test]
async fn after_a_day_it_is_given_up_and_the_operator_has_it_tried_again() {
    let scene = scene().await;
    scene.gives(&[]).await;
    scene.server.always(Reply::Status(500));
    let mut hours = 0;
    while operator::list(&scene.town.app, true).await.unwrap().1.dead == 0 {
        scene.deliver().await;
        scene.town.pass_seconds(HOUR);
        hours += 1;
        assert!(hours <= 25, "not given up in time");
    }
    assert_eq!(hours, 25, "a day, not less");
    let tried = scene.server.arrived().len();
    scene.town.pass_seconds(48 * HOUR);
    assert_eq!((scene.deliver().await, scene.server.arrived().len()), (0, tried), "nobody tries it again");
    let (dead, counts) = operator::list(&scene.town.app, true).await.unwrap();
    assert_eq!((dead.len(), counts.open, dead[0].failed.as_deref()), (1, 0, Some("status_5xx")));

    scene.server.always(Reply::Accepted);
    assert_eq!(operator::retry(&scene.town.app, Some("nobody")).await.unwrap(), 0);
    assert_eq!(operator::retry(&scene.town.app, Some(&dead[0].jti)).await.unwrap(), 1);
    assert_eq!(scene.deliver().await, 1);
    assert_eq!(names(&scene.server.arrived()).last(), Some(&dead[0].jti));
}

#[tokio::test]
async fn an_event_that_is_refused_is_given_up_at_once() {
    let scene = scene().await;
    scene.gives(&[]).await;
    scene.server.next([Reply::Json(400, json!({ "err": "invalid_audience", "description": "<b>" }))]);
    assert_eq!(scene.deliver().await, 0);
    let (dead, _) = operator::list(&scene.town.app, true).await.unwrap();
    assert_eq!((dead[0].failed.as_deref(), dead[0].tries), (Some("invalid_audience"), 1));
    scene.town.pass_seconds(600);
    assert_eq!((scene.deliver().await, scene.server.arrived().len()), (0, 1));
    // The next one is not held up by it.
    scene.stops().await;
    assert_eq!(scene.deliver().await, 1);
    assert_eq!(operator::drop_dead(&scene.town.app, None).await.unwrap(), 1);
    assert_eq!(operator::list(&scene.town.app, false).await.unwrap().0.len(), 0);
}

#[tokio::test]
async fn a_receiver_that_leads_elsewhere_or_stands_inside_gets_nothing_there() {
    let scene = scene().await;
    let elsewhere = Receiver::start().await;
    scene.server.next([Reply::To(elsewhere.at("/events"))]);
    scene.gives(&[]).await;
    assert_eq!(scene.deliver().await, 0);
    assert!(elsewhere.arrived().is_empty());
    let failed = async || operator::list(&scene.town.app, false).await.unwrap().0.remove(0).failed.unwrap();
    assert_eq!(failed().await, "redirected");

    for inside in ["https://10.0.0.7/events", "https://169.254.169.254/latest", "https://[fd00::1]/events"] {
        scene.town.register(&with(&scene.a, &format!("events = \"{inside}\""))).await;
        scene.town.pass_seconds(HOUR);
        assert_eq!((scene.deliver().await, failed().await.as_str()), (0, "barred"), "{inside}");
    }
    // What it was not told yet goes where it listens now.
    scene.town.register(&with(&scene.a, &format!("events = \"{}\"", elsewhere.at("/new")))).await;
    scene.town.pass_seconds(HOUR);
    assert_eq!((scene.deliver().await, elsewhere.arrived()[0].path.as_str()), (1, "/new"));
}

#[tokio::test]
async fn a_slow_receiver_holds_up_nobody_and_is_asked_once_for_all_that_waits() {
    let scene = scene().await;
    let fast = Receiver::start().await;
    let b = listens(&scene.town, "rp-b", &all_at(&fast)).await;
    scene.server.always(Reply::Stall(Duration::from_secs(60)));
    for _ in 0..12 {
        scene.gives(&[]).await;
        scene.town.pass_seconds(1);
    }
    scene.alice.browser.agrees(&b.pushed(&[]).await, &[]).await;
    assert_eq!(scene.deliver().await, 1);
    assert_eq!((fast.arrived().len(), scene.server.arrived().len()), (1, 1), "one attempt, not twelve");
    assert_eq!(scene.town.count("outbox WHERE failed = 'slow'").await, 1);

    scene.server.always(Reply::Accepted);
    scene.town.pass_seconds(10);
    assert_eq!(scene.deliver().await, 12);
}

#[tokio::test]
async fn a_client_that_is_shut_out_is_told_nothing_until_it_is_let_in() {
    let scene = scene().await;
    scene.gives(&[]).await;
    let id = latchkey::ids::ClientId::parse("rp-a").unwrap();
    assert!(latchkey::oauth::disable(&scene.town.app, &id).await.unwrap());
    for _ in 0..5 {
        assert_eq!((scene.deliver().await, scene.server.arrived().len()), (0, 0));
        scene.town.pass_seconds(HOUR);
    }
    let (open, counts) = operator::list(&scene.town.app, false).await.unwrap();
    assert_eq!((open[0].failed.as_deref(), open[0].tries), (Some("client_disabled"), 5));
    assert_eq!((counts.open, counts.dead), (1, 0), "it is not given up for a few hours");
    assert!(latchkey::oauth::enable(&scene.town.app, &id).await.unwrap());
    assert_eq!(scene.deliver().await, 1);
}

#[tokio::test]
async fn an_event_that_cannot_be_made_holds_up_no_other() {
    let scene = scene().await;
    scene.gives(&[]).await;
    // Sorted, and nobody knows about whom: no token can be made of it.
    scene.town.force("UPDATE outbox SET way = 'push'").await;
    scene.town.pass_seconds(1);
    scene.stops().await;
    assert_eq!((scene.deliver().await, scene.kinds().await), (1, vec!["consent-withdrawn".to_owned()]));
    let list = async |dead| operator::list(&scene.town.app, dead).await.unwrap().0;
    assert_eq!((list(false).await[0].failed.as_deref(), list(false).await[0].tries), (Some("not_made"), 1));
    assert_eq!(scene.deliver().await, 0);
    assert_eq!(list(false).await[0].tries, 1, "it has a pause like any other");
    scene.town.pass_seconds(24 * HOUR);
    assert_eq!((scene.deliver().await, list(true).await.len()), (0, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_take_an_act_apart_once() {
    let scene = scene().await;
    let other = Config::clone(&scene.town.app.config);
    let (other, _) = App::open(other, scene.town.app.clock.clone()).await.unwrap();
    scene.gives(&[]).await;
    scene.deliver().await;
    assert!(latchkey::erasure::lock(&scene.town.app, &scene.alice.resident.id, "lost").await.unwrap());
    scene.town.force("UPDATE outbox SET jti = 'act', dead_at = 0 WHERE client = ''").await;
    scene.deliver().await; // the sign-out
    let before = scene.kinds().await.len();
    let rounds = 25;
    for round in 1..=rounds {
        // The same act again, as if it had happened once more.
        let columns = "event, resident, facts, made_at, due_at";
        let copy = format!("INSERT INTO outbox (jti, client, {columns}) SELECT 'act-{round}', '', {columns}");
        scene.town.force(&format!("{copy} FROM outbox WHERE jti = 'act'")).await;
        let node = |app: &App| {
            let app = app.clone();
            async move { deliver_due(&app).await }
        };
        let sent: usize =
            at_once(vec![node(&scene.town.app), node(&other)]).await.into_iter().map(Result::unwrap).sum();
        let more = scene.deliver().await;
        assert_eq!(sent + more, 1, "round {round}");
    }
    other.db.close().await;
    assert_eq!(scene.kinds().await.len(), before + rounds);
}

#[tokio::test]
async fn two_nodes_deliver_each_event_once() {
    let scene = scene().await;
    let other = Config::clone(&scene.town.app.config);
    let (other, _) = App::open(other, scene.town.app.clock.clone()).await.unwrap();
    for _ in 0..20 {
        scene.gives(&[]).await;
        scene.town.pass_seconds(1);
    }
    let (mine, theirs) = tokio::join!(deliver_due(&scene.town.app), deliver_due(&other));
    let (more, _) = (scene.deliver().await, other.db.close().await);
    assert_eq!(mine.unwrap() + theirs.unwrap() + more, 20);
    let names = names(&scene.server.arrived());
    assert_eq!((names.len(), names.iter().collect::<HashSet<_>>().len()), (20, 20));
}

#[tokio::test]
async fn delivered_events_are_forgotten_after_a_while() {
    let scene = scene().await;
    scene.gives(&[]).await;
    scene.deliver().await;
    assert_eq!(scene.town.count("outbox WHERE done_at IS NOT NULL AND resident IS NULL").await, 1);
    let sweep = async || {
        let mut tx = scene.town.app.db.begin().await.unwrap();
        latchkey::events::sweep(&mut tx, &scene.town.app).await.unwrap();
        tx.commit().await.unwrap();
    };
    scene.town.pass_seconds(14 * 24 * HOUR);
    sweep().await;
    assert_eq!(scene.town.count("outbox").await, 1);
    scene.town.pass_seconds(1);
    sweep().await;
    assert_eq!(scene.town.count("outbox").await, 0);
}
