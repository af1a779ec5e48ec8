//! A copy of everything, for her own hand, in a format that is published.

use serde_json::Value;

use crate::support::TestApp;

/// Checks a value against the parts of JSON Schema that our schemas use.
fn fits(schema: &Value, whole: &Value, value: &Value, at: &str) {
    if let Some(target) = schema["$ref"].as_str() {
        let found = whole.pointer(target.strip_prefix('#').unwrap()).unwrap_or_else(|| panic!("{target}"));
        return fits(found, whole, value, at);
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(some) => some.iter().map(|one| one.as_str().unwrap()).collect(),
        other => panic!("{at}: no type in {other}"),
    };
    let is = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    assert!(types.contains(&is), "{at}: {is} is none of {types:?}");
    if let Value::Array(items) = value {
        items.iter().enumerate().for_each(|(n, item)| fits(&schema["items"], whole, item, &format!("{at}/{n}")));
    }
    let Value::Object(members) = value else { return };
    for name in schema["required"].as_array().unwrap() {
        assert!(members.contains_key(name.as_str().unwrap()), "{at}: {name} is missing");
    }
    for (name, member) in members {
        let known = &schema["properties"][name];
        assert!(known.is_object(), "{at}: {name} is not in the schema");
        fits(known, whole, member, &format!("{at}/{name}"));
    }
}

#[tokio::test]
async fn the_copy_holds_everything_and_fits_its_published_schema() {
    let town = TestApp::start().await;
    let (parking, alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
    let code = alice.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
    let token = parking.redeems(&code).await.expect(200).member("access_token");
    parking.reads("/vault/claims", &token).await.expect(200);

    let page = alice.browser.open("/me/rights/copy").await.expect(200);
    assert!(page.text().contains("没有打码"), "{}", page.text());
    let file = alice.browser.open("/me/rights/copy/file").await.expect(200);
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"latchkey-copy.json\"");
    let copy = file.json();
    let schema = town.browser().get("/schemas/export-1.json").await.expect(200).json();
    assert_eq!(copy["schema"], schema["$id"]);
    fits(&schema, &schema, &copy, "");

    let field = |name: &str| copy["record"].as_array().unwrap().iter().find(|field| field["name"] == name).unwrap();
    assert_eq!(field("phone")["value"], "13805510001");
    assert_eq!(field("document_number")["value"], "340104196203152344");
    let filled = alice.resident.fields.values().filter(|value| !value.is_empty()).count();
    assert_eq!(copy["record"].as_array().unwrap().len(), filled);
    assert_eq!(copy["consents"][0]["client"], "rp-a");
    assert_eq!(copy["consents"][0]["claims"], serde_json::json!(["is_resident", "plate_masked"]));
    assert!(copy["consents"][0]["receipt"].as_str().unwrap().split('.').count() == 3);
    let book = copy["book"].as_array().unwrap();
    assert!(book.iter().any(|entry| entry["kind"] == "disclosure" && entry["client"] == "rp-a"));
    assert!(book.iter().any(|entry| entry["reason"] == "export"), "the copy itself is in the book");
    assert_eq!(book.len(), town.entries_of(&alice.resident.id).await.len());
    assert_eq!(copy["passkeys"].as_array().unwrap().len(), 1);

    let seen = alice.browser.open("/me/book").await.expect(200).text();
    assert!(seen.contains("您拿了一份全部信息的副本"), "{seen}");
}

#[tokio::test]
async fn the_copy_on_paper_says_it_all_in_words() {
    let town = TestApp::start().await;
    let (parking, alice) = (town.partner("rp-a").await, town.neighbour("alice").await);
    let code = alice.browser.agrees(&parking.pushed(&[]).await, &["plate_masked"]).await;
    let token = parking.redeems(&code).await.expect(200).member("access_token");
    parking.reads("/vault/claims", &token).await.expect(200);
    let paper = alice.browser.open("/me/rights/copy/paper").await.expect(200).text();
    for shown in ["张丽华", "340104196203152344", "13805510001", "预约车位", "共 1 次"] {
        assert!(paper.contains(shown), "{shown} is not on the paper:\n{paper}");
    }
    assert!(town.entries_of(&alice.resident.id).await.contains(&"export_paper".to_owned()));
}

#[tokio::test]
async fn whoever_finds_the_phone_unlocked_carries_no_copy_away() {
    let town = TestApp::start().await;
    let mut alice = town.neighbour("alice").await;
    town.pass_seconds(300);
    for address in ["/me/rights/copy/file", "/me/rights/copy/paper", "/me/rights/move/package"] {
        let answer = alice.browser.get(address).await;
        assert_eq!(answer.status, 303, "{address}");
        assert!(answer.location().unwrap().starts_with("/sign-in?again=1&next=%2Fme%2Frights"), "{address}");
    }
    let reasons = town.entries_of(&alice.resident.id).await;
    assert!(!reasons.iter().any(|reason| reason.starts_with("export") || reason == "move_package"), "{reasons:?}");
    let page = alice.browser.open("/me/rights/copy/file").await.expect(200);
    let page = alice.browser.signs_in_on(&page, &mut alice.phone).await.expect(200);
    assert_eq!(page.path, "/me/rights/copy");
    assert_eq!(alice.browser.get("/me/rights/copy/file").await.status, 200);
    assert_eq!(town.browser().get("/me/rights/copy/file").await.status, 303);
}
