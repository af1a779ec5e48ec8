//! The metadata of RFC 7591 §2 by which a client registers itself, translated into a manifest.
//!
//! What is not known is ignored, as the RFC demands (§2). Nothing can be assigned by it all the same: only the members
//! that stand here get into the manifest, and id, sector and standing are not among them.

use serde_json::{Map, Value, json};

use super::NotAClient;
use super::members::Members;
use crate::crypto::jwk::Alg;
use crate::ids::ClientId;
use crate::oauth::client::GrantType;

/// Members that mean the same in a manifest.
const SAME: [&str; 24] = [
    "redirect_uris",
    "application_type",
    "jwks",
    "jwks_uri",
    "client_uri",
    "logo_uri",
    "policy_uri",
    "tos_uri",
    "post_logout_redirect_uris",
    "backchannel_logout_uri",
    "backchannel_logout_session_required",
    "tls_client_certificate_bound_access_tokens",
    "tls_client_auth_subject_dn",
    "tls_client_auth_san_dns",
    "tls_client_auth_san_uri",
    "tls_client_auth_san_ip",
    "tls_client_auth_san_email",
    // Not of the RFC: what this service wants to know besides.
    "class",
    "kind",
    "controller",
    "contact",
    "purposes",
    "events",
    "token_endpoint_auth_method",
];

/// Metadata, taken apart.
pub struct Translated {
    /// The manifest (TOML).
    pub manifest: String,
    /// What was registered, in the words of the RFC: the answer to the client, without its id and secret.
    pub metadata: Map<String, Value>,
}

impl Translated {
    /// Translates metadata, for a client of this id.
    ///
    /// # Errors
    /// The member that cannot be served, with the code of RFC 7591 §3.2.2.
    pub fn of(metadata: Map<String, Value>, id: &ClientId) -> Result<Self, NotAClient> {
        let mut asked = Members::of_json(metadata);
        refuse_statement(&mut asked)?;
        check_fixed(&mut asked)?;
        let mut told = Map::new();
        for member in SAME {
            if let Some(value) = asked.take::<Value>(member)? {
                told.insert(member.to_owned(), value);
            }
        }
        told.entry("class").or_insert(json!("ordinary"));
        told.entry("kind").or_insert(json!("company"));
        // The defaults of the RFC, which are not those of a manifest.
        told.entry("token_endpoint_auth_method").or_insert(json!("client_secret_basic"));
        let grants: Vec<String> = asked.take("grant_types")?.unwrap_or_else(|| vec![GrantType::Code.name().to_owned()]);
        told.insert("grant_types".to_owned(), json!(grants));
        if told.get("class") == Some(&json!("resource_server")) {
            return Err(NotAClient::metadata("class: a resource server is registered by the operator"));
        }
        scope(&mut asked, &mut told)?;

        let mut manifest = told.clone();
        manifest.insert("id".to_owned(), json!(id.as_str()));
        names(&mut asked, &mut manifest, &mut told)?;
        let manifest = toml::Table::try_from(manifest).and_then(|table| toml::to_string(&table));
        let manifest = manifest.map_err(|_| NotAClient::metadata("a member of a kind that cannot be kept"))?;
        told.insert("response_types".to_owned(), json!(["code"]));
        told.insert("subject_type".to_owned(), json!("pairwise"));
        told.insert("id_token_signed_response_alg".to_owned(), json!(Alg::Es256.name()));
        Ok(Self { manifest, metadata: told })
    }
}

/// Nobody's word about a client is believed but the operator's (§2.3).
fn refuse_statement(asked: &mut Members) -> Result<(), NotAClient> {
    if asked.take::<Value>("software_statement")?.is_none() {
        return Ok(());
    }
    let sentence = "no software statement is trusted here: leave it out".to_owned();
    Err(NotAClient { code: "invalid_software_statement", sentence })
}

/// Members of which one value is served: whoever asks for another would be surprised later.
fn check_fixed(asked: &mut Members) -> Result<(), NotAClient> {
    let responses: Option<Vec<String>> = asked.take("response_types")?;
    if responses.is_some_and(|types| types.iter().any(|kind| kind != "code")) {
        return Err(NotAClient::metadata("response_types: code alone"));
    }
    let fixed: [(&str, &[&str]); 3] = [
        ("subject_type", &["pairwise"]),
        ("id_token_signed_response_alg", &[Alg::Es256.name()]),
        ("token_endpoint_auth_signing_alg", &Alg::ACCEPTED),
    ];
    for (member, served) in fixed {
        if asked.take::<String>(member)?.is_some_and(|value| !served.contains(&value.as_str())) {
            return Err(NotAClient::metadata(format!("{member}: {}", served.join(" or "))));
        }
    }
    Ok(())
}

/// `scope` may say which purposes the client wants to ask for; the other scopes are open to all of its class.
fn scope(asked: &mut Members, told: &mut Map<String, Value>) -> Result<(), NotAClient> {
    let Some(scope) = asked.take::<String>("scope")? else { return Ok(()) };
    let (purposes, others): (Vec<&str>, Vec<&str>) =
        scope.split(' ').filter(|name| !name.is_empty()).partition(|name| name.starts_with("cc:"));
    if others.iter().any(|name| !["openid", "profile", "offline_access"].contains(name)) {
        return Err(NotAClient::metadata("scope: openid, profile, offline_access, and cc:PURPOSE"));
    }
    let purposes: Vec<&str> = purposes.iter().filter_map(|name| name.strip_prefix("cc:")).collect();
    if !purposes.is_empty() {
        told.entry("purposes").or_insert(json!(purposes));
    }
    told.insert("scope".to_owned(), json!(scope));
    Ok(())
}

/// What residents read, and how somebody is reached (§2.2: a name in another language has a tag behind it).
fn names(
    asked: &mut Members, manifest: &mut Map<String, Value>, told: &mut Map<String, Value>,
) -> Result<(), NotAClient> {
    manifest.remove("scope");
    let mut take = |member: &str| -> Result<Option<String>, NotAClient> {
        let text: Option<String> = asked.take(member)?;
        if let Some(text) = &text {
            told.insert(member.to_owned(), json!(text));
        }
        Ok(text)
    };
    let plain = take("client_name")?;
    let (chinese, english) = (take("client_name#zh-Hans")?, take("client_name#en")?);
    let missing = || NotAClient::metadata("client_name: what residents read; client_name#zh-Hans and #en besides");
    let zh = chinese.as_ref().or(plain.as_ref()).or(english.as_ref()).ok_or_else(missing)?;
    let en = english.as_ref().or(plain.as_ref()).unwrap_or(zh);
    manifest.insert("name".to_owned(), json!({ "zh-Hans": zh, "en": en }));
    manifest.entry("controller").or_insert(json!(zh));
    let contacts: Vec<String> = asked.take("contacts")?.unwrap_or_default();
    if !contacts.is_empty() {
        told.insert("contacts".to_owned(), json!(contacts));
    }
    if let Some(first) = contacts.first() {
        manifest.entry("contact").or_insert(json!(first));
    }
    if manifest.contains_key("contact") {
        return Ok(());
    }
    Err(NotAClient::metadata("contacts: how residents reach the person responsible"))
}
