//! V28: that a refresh token was exchanged is known after a `kill -9`, and so is what it was exchanged for.

use latchkey::clock::Clock;

use crate::process::{self, Service};
use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v28_an_exchanged_refresh_token_is_known_as_one_after_a_kill() {
    let _alone = crate::ALONE.lock().await;
    process::quiet_after_a_kill();
    let mut town = TestApp::start_by(Clock::System, |_| {}).await;
    let native = town.native().await;
    let alice = town.neighbour("alice").await;
    let code = alice.browser.agrees(&native.plain(&[("scope", "openid offline_access")]), &[]).await;
    let first = native.redeems(&code).await.expect(200);
    town.close().await;

    let service = Service::start(&town).await;
    let second = native.refreshes(&first.member("refresh_token"), &[]).await.expect(200);
    service.kill();

    // The answer may have been lost with the service: it is given again.
    let service = Service::start(&town).await;
    let again = native.refreshes(&first.member("refresh_token"), &[]).await.expect(200);
    assert_eq!(again.member("refresh_token"), second.member("refresh_token"));
    let third = native.refreshes(&second.member("refresh_token"), &[]).await.expect(200);
    service.kill();

    // But the successor was used since: whoever comes with the first one is a thief.
    let service = Service::start(&town).await;
    native.reads("/userinfo", &third.member("access_token")).await.expect(200);
    native.refreshes(&first.member("refresh_token"), &[]).await.refused(400, "invalid_grant");
    for dead in [&first, &second, &again, &third] {
        native.reads("/userinfo", &dead.member("access_token")).await.refused(401, "invalid_token");
        native.refreshes(&dead.member("refresh_token"), &[]).await.refused(400, "invalid_grant");
    }
    service.kill();

    let service = Service::start(&town).await;
    native.refreshes(&third.member("refresh_token"), &[]).await.refused(400, "invalid_grant");
    service.verify();
    service.kill();
    let log = std::fs::read_to_string(town.folder().join("log")).unwrap();
    assert_eq!(log.matches("refresh_token_replayed").count(), 1, "{log}");
}
