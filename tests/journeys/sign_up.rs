//! From the invitation in the letter box to the next sign-in.

use crate::support::{SoftPasskey, TestApp};

#[tokio::test]
async fn an_invitation_becomes_a_passkey_and_the_passkey_signs_in() {
    let town = TestApp::start().await;
    let alice = town.resident("alice").await;
    let browser = town.browser();
    let mut phone = SoftPasskey::new();

    let welcome = browser.enrols(&alice.invitation, &mut phone).await.expect(200);
    assert_eq!(welcome.path, "/me/welcome");
    browser.open("/me/passkeys").await.expect(200);

    let other = town.browser();
    other.signs_in(&mut phone).await;
    other.open("/me/passkeys").await.expect(200);
}
