//! How much, and for how long.

use serde_json::json;

use super::scene;

#[tokio::test]
async fn a_claim_is_given_in_a_lower_form_and_stands_so_in_her_book_and_list() {
    let scene = scene().await;
    let alice = scene.town.neighbour("alice").await;
    let page = alice.browser.open(&scene.parking.pushed(&[]).await).await.expect(200);
    // The value of each form stands beside it before anything is agreed.
    assert!(page.text().contains("皖A·**123") && page.text().contains("车牌号后 2 位"), "{}", page.text());

    let fields = [("claim", "plate_masked"), ("form.plate_masked", "plate_tail"), ("decision", "yes")];
    let answer = alice.browser.submit_only(&page, &page.path, &fields).await.expect(303);
    let tokens = scene.parking.redeems(&answer.parameter("code").unwrap()).await.expect(200);
    let given = json!([{ "claim": "is_resident" }, { "claim": "plate_tail" }]);
    assert_eq!(tokens.json()["authorization_details"][0]["items"], given, "what was given, not what was asked for");
    let token = tokens.member("access_token");
    let looked = scene.parking.asks("/introspect", &[("token", &token)]).await.expect(200).json();
    assert_eq!(looked["authorization_details"][0]["items"], given);
    let renewed = scene.parking.refreshes(&tokens.member("refresh_token"), &[]).await.expect(200).json();
    assert_eq!(renewed["authorization_details"][0]["items"], given);
    let read = scene.parking.reads("/vault/claims", &token).await.expect(200);
    assert_eq!(read.json()["claims"], json!({ "is_resident": true, "plate_tail": "23" }));
    for name in ["plate_masked", "plate_tail"] {
        let read = scene.parking.reads(&format!("/vault/claims?claims={name}"), &token).await.expect(200);
        assert_eq!(read.json()["claims"], json!({ "plate_tail": "23" }), "asked for by {name}");
    }
    let book = alice.browser.open("/me/book").await.expect(200).text();
    assert!(book.contains("车牌号后 2 位") && !book.contains("车牌号（打码）"), "{book}");
    let apps = alice.browser.open("/me/apps").await.expect(200).text();
    assert!(apps.contains("车牌尾号 23") && !apps.contains("皖A·**123"), "{apps}");
}

#[tokio::test]
async fn a_form_that_tells_more_or_something_else_is_refused() {
    let scene = scene().await;
    let alice = scene.town.neighbour("alice").await;
    for (claim, form) in [
        ("plate_masked", "phone_masked"),
        ("plate_masked", "plate"),
        ("plate_masked", "care_needed"),
        ("is_resident", "community_id"),
    ] {
        let page = alice.browser.open(&scene.parking.pushed(&[]).await).await.expect(200);
        let name = format!("form.{claim}");
        let fields = [("claim", "plate_masked"), (name.as_str(), form), ("decision", "yes")];
        alice.browser.submit_only(&page, &page.path, &fields).await.error_page();
    }
    let mut tx = scene.town.app.db.read().await.unwrap();
    assert!(latchkey::consent::of_resident(&mut tx, &alice.resident.id).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_end_is_hers_to_choose_as_far_as_the_purpose_goes() {
    let scene = scene().await;
    let alice = scene.town.neighbour("alice").await;
    let page = alice.browser.open(&scene.parking.pushed(&[]).await).await.expect(200);
    assert!(page.text().contains("7 天（到 2026年11月29日）"), "{}", page.text());
    assert!(!page.text().contains("24 个月"), "longer than parking lasts");
    let fields = [("decision", "yes"), ("length", "24m")];
    alice.browser.submit_only(&page, &page.path, &fields).await.error_page();

    let page = alice.browser.open(&scene.parking.pushed(&[]).await).await.expect(200);
    let fields = [("decision", "yes"), ("length", "7d")];
    let code = alice.browser.submit_only(&page, &page.path, &fields).await.expect(303).parameter("code").unwrap();
    let tokens = scene.parking.redeems(&code).await.expect(200);
    scene.town.pass_seconds(7 * 86_400 - 1);
    let token = scene.parking.refreshes(&tokens.member("refresh_token"), &[]).await.expect(200).member("access_token");
    scene.parking.reads("/vault/claims", &token).await.expect(200);
    scene.town.pass_seconds(1);
    scene.parking.reads("/vault/claims", &token).await.refused(401, "invalid_token");
    scene.parking.refreshes(&tokens.member("refresh_token"), &[]).await.refused(400, "invalid_grant");
}

#[tokio::test]
async fn an_answer_to_a_page_that_nobody_showed_is_none() {
    let scene = scene().await;
    let alice = scene.town.neighbour("alice").await;
    let page = alice.browser.open(&scene.parking.pushed(&[]).await).await.expect(200);
    let forged = format!("{}.{}", "0".repeat(64), "0".repeat(64));
    let fields = [("csrf", page.csrf()), ("shown", forged), ("decision", "yes".to_owned())];
    let again = alice.browser.post(&page.path, &fields).await.expect(303);
    assert_eq!(again.location(), Some(page.path.as_str()), "the question is put again");
    let mut tx = scene.town.app.db.read().await.unwrap();
    assert!(latchkey::consent::of_resident(&mut tx, &alice.resident.id).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_notice_says_all_in_a_hundred_and_fifty_characters() {
    let scene = scene().await;
    let page = scene.question().await;
    let start = page.body.find("用来做什么").unwrap();
    let notice = crate::support::html::text(&page.body[start..start + page.body[start..].find("</section>").unwrap()]);
    assert!(notice.chars().count() <= 150 + "用来做什么 ".chars().count(), "{}: {notice}", notice.chars().count());
    for part in ["幸福助餐", "满没满 60 岁", "2027年5月22日", "不同意，别的都不变"] {
        assert!(notice.contains(part), "{part}: {notice}");
    }
}
