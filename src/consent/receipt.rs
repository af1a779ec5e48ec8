//! The body of a consent: what was shown, and the receipt, a JWS (ES256) that the resident keeps.
//!
//! Fields follow ISO/IEC TS 27560 as the schema `cn.community.authorization/1` names them.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::draft::Separate;
use super::give::Given;
use super::record::Record;
use super::store;
use crate::app::App;
use crate::crypto::hash;
use crate::custody::wrapped_keys;
use crate::db::Tx;
use crate::fault::Fault;

/// What proves a consent, sealed under the resident's log key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The notice's language.
    pub language: String,
    /// The notice as shown.
    pub notice: String,
    /// The recipient's name.
    pub recipient: String,
    /// Who is responsible.
    pub controller: String,
    /// How to reach them.
    pub contact: String,
    /// What was offered and left out.
    pub refused: Vec<String>,
    /// SHA-256 (hex) of all that the page said, with the resident's values.
    #[serde(default)]
    pub rendered: String,
    /// Her acts on sensitive claims, each with what her device signed.
    #[serde(default)]
    pub acts: Vec<Separate>,
    /// The receipt, a compact JWS.
    pub receipt: String,
}

impl Body {
    pub(super) fn new(app: &App, record: &Record, given: &Given<'_>) -> Result<Self, Fault> {
        let notice = &given.notice;
        Ok(Self {
            language: notice.language.to_owned(),
            notice: notice.text.clone(),
            recipient: notice.recipient.clone(),
            controller: notice.controller.clone(),
            contact: notice.contact.clone(),
            refused: given.refused.clone(),
            rendered: notice.rendered.clone(),
            acts: given.acts.clone(),
            receipt: app.keyring.signer(app.now())?.sign("consent-receipt+jwt", &claims(app, record, given))?,
        })
    }
}

fn claims(app: &App, record: &Record, given: &Given<'_>) -> Value {
    let item = |claim: &String, chosen: bool| {
        let (form, required) = (record.released(claim), given.purpose.requires(claim));
        if form == claim {
            json!({ "claim": claim, "required": required, "chosen": chosen })
        } else {
            json!({ "claim": claim, "form": form, "required": required, "chosen": chosen })
        }
    };
    let act = |act: &Separate| json!({ "article": "29", "act_id": act.id(), "claim": act.claim, "given": act.given, "at": act.at });
    let chosen = record.claims.iter().map(|claim| item(claim, true));
    let items: Vec<Value> = chosen.chain(given.refused.iter().map(|claim| item(claim, false))).collect();
    json!({
        "iss": app.config.server.issuer.as_str(),
        "iat": record.given_at,
        "exp": record.valid_until,
        "sub": given.subject,
        "schema": "cn.community.authorization/1",
        "record_id": record.id.as_str(),
        "community": app.config.community.id,
        "lawful_basis": { "pipl13": "1", "dpv": "dpv:Consent" },
        "consent_kind": if given.purpose.separate.iter().any(|claim| record.claims.contains(claim)) { "separate" } else { "general" },
        "separate_acts": given.acts.iter().map(act).collect::<Vec<_>>(),
        "controller": { "name": given.notice.controller, "contact": given.notice.contact },
        "recipient": { "client_id": record.client.as_str(), "name": given.notice.recipient },
        "purpose": { "code": record.purpose, "text": { given.notice.language: given.notice.text } },
        "items": items,
        "valid_from": record.given_at,
        "valid_until": record.valid_until,
        "notice": {
            "lang": given.notice.language,
            "sha256": hex::encode(hash::sha256(given.notice.text.as_bytes())),
            "rendered_sha256": given.notice.rendered,
            "form": "screen",
        },
        "withdrawal": {
            "method": ["app", "desk"],
            "uri": app.config.server.issuer.at("/me/apps"),
            "effect": "reads from the moment of withdrawal are refused; what was read before is not undone (PIPL 15)",
        },
        "state": record.state.as_str(),
    })
}

pub(super) fn encode(body: &Body) -> Result<Vec<u8>, Fault> {
    serde_json::to_vec(body).map_err(|_| Fault::Internal("a consent body does not serialise"))
}

/// Opens the body of a consent, for the resident whose it is.
///
/// # Errors
/// When the database fails or the body was altered.
pub async fn body(tx: &mut Tx, app: &App, record: &Record) -> Result<Option<Body>, Fault> {
    let Some(sealed) = store::body(tx, &record.id).await? else { return Ok(None) };
    let Some(keys) = wrapped_keys(tx, &record.resident).await? else { return Ok(None) };
    let log_key = app.custody.log_key(&record.resident, &keys.wrapped_lk)?;
    let opened = log_key.open_consent(&app.custody, &record.id, 1, &sealed)?;
    serde_json::from_slice(&opened).map(Some).map_err(|_| Fault::Stored("a consent body does not read"))
}
