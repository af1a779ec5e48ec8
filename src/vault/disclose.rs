//! The only way out: gate, then open.

use serde_json::{Map, Value};

use super::{Refusal, store};
use crate::app::App;
use crate::claims::release::{self, Fields, Surroundings};
use crate::fault::Fault;
use crate::ids::{ClientId, ConsentId, RequestId, ResidentId};
use crate::ledger::queue::{Allowed, Asker};

/// What left the vault, and where that stands in the ledger.
#[derive(Debug)]
pub struct Disclosed {
    /// The entry.
    pub position: u64,
    /// Whose data: for finding the pairwise subject; never sent.
    pub resident: ResidentId,
    /// To whom.
    pub client: Option<ClientId>,
    /// What for.
    pub purpose: Option<String>,
    /// The consent record it rests on.
    pub consent: Option<ConsentId>,
    /// Unix seconds at which that consent ends.
    pub valid_until: Option<i64>,
    /// The claims in their released forms.
    pub claims: Map<String, Value>,
}

/// Hands claims to whoever asks: all that the grant covers, or those named.
///
/// The access is in the ledger, committed, before the first byte is opened. If we crash in between, the ledger
/// tells of a disclosure that did not happen; never the other way round.
///
/// # Errors
/// What the gate refuses, each basis refusal entered as well.
pub async fn disclose(
    app: &App, asker: Asker, claims: Option<Vec<String>>, request: RequestId,
) -> Result<Disclosed, Refusal> {
    let allowed = app.gate.ask(asker, claims, request).await?;
    let fields = open(app, &allowed, &app.catalogue.fields_of(&allowed.claims)).await?;
    // In the form that she was shown: a building that has grown since stays behind its community.
    let agreed_at = allowed.given_at.unwrap_or(app.now().seconds());
    let around = surroundings(app, &fields, agreed_at).await?;
    let released = allowed.claims.iter().filter_map(|claim| release::release(claim, &fields, &around)).collect();
    Ok(Disclosed {
        position: allowed.logged.position(),
        resident: allowed.resident,
        client: allowed.client,
        purpose: allowed.purpose,
        consent: allowed.consent,
        valid_until: allowed.valid_until,
        claims: released,
    })
}

/// Opens the named fields of the resident whose access was logged.
pub(super) async fn open(app: &App, allowed: &Allowed, names: &[String]) -> Result<Fields, Fault> {
    let mut tx = app.db.read().await?;
    let sealed = store::of_resident(&mut tx, &allowed.resident).await?;
    drop(tx);
    let (wrapped, version) = &allowed.wrapped_key;
    let key = app.custody.unlock(&allowed.logged, &allowed.resident, wrapped, *version)?;
    let mut fields = Fields::new();
    for field in sealed.into_iter().filter(|field| names.contains(&field.field)) {
        let value = key.open(&allowed.logged, &field.field, field.version.cast_unsigned(), &field.sealed)?;
        fields.insert(field.field, value.as_str().to_owned());
    }
    Ok(fields)
}

/// What the released forms depend on besides the fields, as of the moment at which they were agreed to.
pub(super) async fn surroundings(app: &App, fields: &Fields, agreed_at: i64) -> Result<Surroundings, Fault> {
    let flats = match fields.get("building") {
        Some(building) => store::flats_as_of(&mut app.db.read().await?, building, agreed_at).await?,
        None => None,
    };
    Ok(Surroundings { today: app.today(), community: app.config.community.id.clone(), flats })
}
