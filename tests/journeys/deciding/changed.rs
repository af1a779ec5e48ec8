//! Changed terms are asked about again, and the page says what is different.

use super::scene;

const MORE: &str = r#"[{"type":"cn-community-data","purpose":"parking.book","items":[{"claim":"plate_masked"},{"claim":"building_no"}]}]"#;
const LESS: &str = r#"[{"type":"cn-community-data","purpose":"parking.book","items":[{"claim":"plate_masked"}]}]"#;

#[tokio::test]
async fn what_is_new_is_said_on_top() {
    let scene = scene().await;
    let alice = scene.town.neighbour("alice").await;
    let address = scene.parking.pushed(&[("authorization_details", LESS)]).await;
    alice.browser.agrees(&address, &["plate_masked"]).await;
    scene.town.register(&scene.parking.manifest().replace("甲公司", "乙停车公司")).await;

    let page = alice.browser.open(&scene.parking.pushed(&[("authorization_details", MORE)]).await).await.expect(200);
    let text = page.text();
    for part in ["和上次不一样的地方", "这次多问了：楼栋号", "负责的单位从甲公司换成了乙停车公司"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[tokio::test]
async fn a_purpose_whose_terms_changed_is_asked_about_again() {
    let scene = scene().await;
    let alice = scene.town.neighbour("alice").await;
    alice.browser.agrees(&scene.parking.pushed(&[]).await, &["plate_masked"]).await;
    let settled = alice.browser.get(&scene.parking.pushed(&[]).await).await.expect(303);
    assert!(settled.parameter("code").is_some(), "the same question is answered without a page");

    // As if the community had changed the catalogue's row since.
    scene.town.force("UPDATE consent_current SET terms = 'other'").await;
    let page = alice.browser.open(&scene.parking.pushed(&[]).await).await.expect(200);
    assert!(page.text().contains("社区改了这个用途的规定"), "{}", page.text());
    alice.browser.agrees(&scene.parking.pushed(&[]).await, &["plate_masked"]).await;
    let settled = alice.browser.get(&scene.parking.pushed(&[]).await).await.expect(303);
    assert!(settled.parameter("code").is_some());
}
