//! Between the act and the message there is nothing to fall into.

use latchkey::app::App;
use latchkey::config::Config;
use latchkey::events::deliver_due;

use super::{kind, names, scene};
use crate::support::receiver::Reply;

#[tokio::test]
async fn v40_what_could_not_be_written_for_its_client_did_not_happen() {
    let scene = scene().await;
    scene.gives(&["plate_masked"]).await;
    let before = scene.town.state().await;
    scene.town.force_schema("ALTER TABLE outbox RENAME TO outbox_away").await;
    let page = scene.alice.browser.open("/me/apps").await.expect(200);
    let link = page.body.split("/me/apps/").nth(1).unwrap().split(['"', '/']).next().unwrap().to_owned();
    let page = scene.alice.browser.open(&format!("/me/apps/{link}")).await.expect(200);
    scene.alice.browser.submit(&page, &format!("/me/apps/{link}/stop"), &[]).await.expect(503);
    let page = scene.alice.browser.open("/me/mine").await.expect(200);
    scene.alice.browser.submit(&page, "/sign-out", &[]).await.expect(503);
    scene.town.force_schema("ALTER TABLE outbox_away RENAME TO outbox").await;
    assert!(scene.alice.browser.is_in().await);
    assert_eq!(scene.town.count("consent_current WHERE ended_at IS NULL").await, 1);
    let entries = |state: &[(&str, i64)]| state.iter().find(|(what, _)| *what == "ledger_entry").unwrap().1;
    assert_eq!(
        scene.town.count("consent_event").await,
        before.iter().find(|(what, _)| *what == "consent_event").unwrap().1
    );
    assert!(scene.town.count("ledger_entry").await >= entries(&before));
    scene.town.pass_seconds(1);
    scene.stops().await;
    scene.deliver().await;
    assert_eq!(scene.kinds().await, ["consent-given", "consent-withdrawn"]);
}

#[tokio::test]
async fn a_crash_between_the_act_and_the_post_loses_nothing() {
    let mut scene = scene().await;
    scene.gives(&[]).await;
    scene.town.pass_seconds(1);
    scene.stops().await;
    let config = Config::clone(&scene.town.app.config);
    let clock = scene.town.app.clock.clone();
    scene.town.close().await;
    assert!(scene.server.arrived().is_empty());

    let (after, _) = App::open(config, clock).await.unwrap();
    assert_eq!(deliver_due(&after).await.unwrap(), 2);
    let kinds: Vec<String> =
        scene.server.arrived().iter().map(|arrived| kind(&crate::protocol::payload(&arrived.body))).collect();
    assert_eq!(kinds, ["consent-given", "consent-withdrawn"]);
    assert_eq!(deliver_due(&after).await.unwrap(), 0);
    after.db.close().await;
}

#[tokio::test]
async fn a_crash_between_the_post_and_its_note_posts_it_again_under_the_same_name() {
    let scene = scene().await;
    scene.gives(&[]).await;
    scene.server.next([Reply::Status(500)]);
    scene.deliver().await;
    // As the node that crashed left it: claimed, and nothing noted.
    let until = scene.town.app.now().seconds() + 60;
    scene.town.force(&format!("UPDATE outbox SET lease = 'gone', leased_until = {until}")).await;
    scene.town.pass_seconds(59);
    assert_eq!((scene.deliver().await, scene.server.arrived().len()), (0, 1), "another node has it");
    scene.town.pass_seconds(1);
    assert_eq!(scene.deliver().await, 1);
    let names = names(&scene.server.arrived());
    assert_eq!(names[0], names[1]);
}
