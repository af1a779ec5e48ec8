//! An export on another machine: `latchkey audit export` needs the keys of the service, and believes nothing else.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use latchkey::crypto::hash;
use serde_json::{Value, json};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::auditor;
use crate::audit_command::{audit, code};
use crate::clients_command::said;
use crate::erasure::alice_and_parking;
use crate::support::TestApp;

const PARTS: [&str; 3] = ["export.json", "entries.csv", "signature.jws"];

fn unpacked(bytes: &[u8]) -> BTreeMap<&'static str, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let part = |name: &'static str| {
        let mut out = Vec::new();
        zip.by_name(name).unwrap().read_to_end(&mut out).unwrap();
        (name, out)
    };
    PARTS.map(part).into()
}

fn packed(folder: &Path, parts: &BTreeMap<&'static str, Vec<u8>>) {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    std::fs::write(folder.join("export.zip"), zip.finish().unwrap().into_inner()).unwrap();
}

/// Signs other contents as the service would: whoever holds its token key.
fn signed_anew(town: &TestApp, parts: &mut BTreeMap<&'static str, Vec<u8>>, document: &Value) {
    parts.insert("export.json", serde_json::to_vec(document).unwrap());
    let digest = |name: &str| hex::encode(hash::sha256(&parts[name]));
    let claims = json!({
        "iss": "https://id.test", "iat": 1, "jti": "x", "entries": document["entries"].as_array().unwrap().len(),
        "sha256": { "export.json": digest("export.json"), "entries.csv": digest("entries.csv") },
    });
    let jws = town.app.keyring.signer(town.app.now()).unwrap().sign("reviews-export+jwt", &claims).unwrap();
    parts.insert("signature.jws", jws.into_bytes());
}

#[tokio::test]
async fn an_export_is_checked_on_another_machine_and_whatever_was_changed_is_named() {
    let town = TestApp::start().await;
    alice_and_parking(&town).await;
    latchkey::custody::checkpointer::catch_up(&town.app.db, &town.app.custody, town.app.now()).await.unwrap();
    let zhao = auditor(&town, "赵静").await;
    let page = zhao.browser.open("/desk/reviews?kind=disclosure").await.expect(200);
    let fields = crate::support::html::hidden_fields(&page.body, "/desk/reviews/export").unwrap();
    let request = zhao.browser.request(reqwest::Method::POST, "/desk/reviews/export").form(&fields);
    let bytes = request.send().await.unwrap().bytes().await.unwrap();
    let honest = unpacked(&bytes);

    let folder = tempfile::tempdir().unwrap();
    let keys = town.browser().get("/jwks").await.expect(200).body;
    std::fs::write(folder.path().join("jwks.json"), keys).unwrap();
    let address = format!("http://{}", town.address);
    let offline = ["export", "export.zip", "--jwks", "jwks.json"];
    let online = [&offline[..], &["--service", &address]].concat();
    packed(folder.path(), &honest);
    for arguments in [&offline[..], &online] {
        let good = audit(folder.path(), arguments).await;
        assert!(code(&good) == 0 && said(&good).contains("signed by: https://id.test"), "{}", said(&good));
    }

    let mut changed = honest.clone();
    changed.get_mut("entries.csv").unwrap().push(b' ');
    packed(folder.path(), &changed);
    let bad = audit(folder.path(), &offline).await;
    assert!(code(&bad) == 1 && said(&bad).contains("entries.csv is not what was signed"), "{}", said(&bad));

    // Lies that the service itself signs.
    let document: Value = serde_json::from_slice(&honest["export.json"]).unwrap();
    let lies: [(&dyn Fn(&mut Value), &str); 4] = [
        (&|entry| entry["client"] = "rp-b".into(), "say something else than the review"),
        (&|entry| entry["blind"] = "00".repeat(32).into(), "is not what was recorded"),
        (&|entry| entry["kind"] = "refusal".into(), "say something else than the review"),
        (&|entry| entry["leaf"] = entry["leaf"].as_str().unwrap().replacen("0101", "0102", 1).into(), "something else"),
    ];
    for (lie, told) in lies {
        let (mut document, mut parts) = (document.clone(), honest.clone());
        lie(&mut document["entries"][0]);
        signed_anew(&town, &mut parts, &document);
        packed(folder.path(), &parts);
        let bad = audit(folder.path(), &offline).await;
        assert!(code(&bad) == 1 && said(&bad).contains(told), "{told}: {}", said(&bad));
    }

    // An entry that is good in itself and stands elsewhere: only the ledger can tell.
    let (mut document, mut parts) = (document.clone(), honest.clone());
    let position = document["entries"][0]["position"].as_u64().unwrap();
    document["entries"][0]["position"] = (position - 1).into();
    signed_anew(&town, &mut parts, &document);
    packed(folder.path(), &parts);
    assert_eq!(code(&audit(folder.path(), &offline).await), 0);
    let bad = audit(folder.path(), &online).await;
    assert!(code(&bad) == 1 && said(&bad).contains("is another one in the ledger"), "{}", said(&bad));

    std::fs::write(folder.path().join("export.zip"), b"PK nothing").unwrap();
    assert_eq!(code(&audit(folder.path(), &offline).await), 2);
}
