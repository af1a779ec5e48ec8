//! How was this decided? Each access is explained to her, and to nobody else.

use crate::support::TestApp;

fn link(page: &str) -> String {
    let mut links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links.find(|link| link.starts_with("/me/book/") && link.ends_with("/why")).unwrap().to_owned()
}

#[tokio::test]
async fn an_access_and_a_refusal_are_explained_by_purpose_basis_and_rule() {
    let town = TestApp::start().await;
    let (parking, alice, bob) =
        (town.partner("rp-a").await, town.neighbour("alice").await, town.neighbour("bob").await);
    let code = alice.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
    let token = parking.redeems(&code).await.expect(200).member("access_token");
    parking.reads("/vault/claims", &token).await.expect(200);

    let book = alice.browser.open("/me/book").await.expect(200);
    let address = link(&book.body);
    let why = alice.browser.open(&address).await.expect(200).text();
    for said in ["为什么能看", "预约车位", "2026年11月22日", "没有人工参与", "这个用途必须有它", "您选择给的", "车牌号"]
    {
        assert!(why.contains(said), "{said}:\n{why}");
    }
    bob.browser.open(&address).await.expect(404);
    alice.browser.open("/me/book/999999/why").await.expect(404);
    alice.browser.open("/me/book/0/why").await.expect(404);

    let apps = alice.browser.open("/me/apps").await;
    let record = apps.body.split("/me/apps/").nth(1).unwrap().split(['/', '"']).next().unwrap().to_owned();
    alice.browser.submit(&apps, &format!("/me/apps/{record}/stop"), &[]).await.expect(200);
    assert!(!parking.reads("/vault/claims", &token).await.status.is_success());
    let book = alice.browser.open("/me/book").await.expect(200);
    let why = alice.browser.open(&link(&book.body)).await.expect(200).text();
    assert!(why.contains("为什么没看成"), "{why}");
}
