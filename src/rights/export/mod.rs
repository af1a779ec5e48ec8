//! A copy of everything that is kept about a resident (PIPL 45), for herself.
//!
//! The record is read through the gate, so the copy stands in her book before its first byte is opened; the rest is what
//! her own pages show, all of it at once.

mod document;

use document::{Community, Key, Told};
pub use document::{Export, Field, Seen, Standing};

use super::Refusal;
use crate::app::App;
use crate::claims::FIELDS;
use crate::clock::Timestamp;
use crate::consent;
use crate::custody::book::{self, Line};
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{RequestId, ResidentId};
use crate::inbox;
use crate::ledger::By;
use crate::resident;
use crate::vault;

/// Where the schema of a copy is served; a change that breaks readers gets another number.
pub const SCHEMA: &str = "/schemas/export-1.json";

/// Entries opened at a time, and messages in all.
const STEP: u64 = 200;
const MESSAGES: u32 = 10_000;

/// Why a copy is made: the code that its entry carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// As a file.
    File,
    /// To be printed.
    Paper,
}

impl Copied {
    const fn reason(self) -> &'static str {
        match self {
            Self::File => "export",
            Self::Paper => "export_paper",
        }
    }
}

/// Makes the copy.
///
/// # Errors
/// When the record is erased, the gate cannot enter the look, or the database fails.
pub async fn export(app: &App, resident: &ResidentId, how: Copied, request: RequestId) -> Result<Export, Refusal> {
    let record = fields(app, resident, how.reason(), request).await?;
    let passkeys = resident::keys(app, resident).await?;
    let mut tx = app.db.read().await?;
    let key = |key: resident::KeyView| Key {
        made_at: said(app, key.made_at),
        used_at: key.used_at.map(|at| said(app, at)),
        synced: key.synced,
    };
    let told = |message: inbox::Message| Told {
        at: said(app, Timestamp::from_seconds(message.at)),
        word: message.word.map(|word| word.as_str().to_owned()),
        client: message.client.map(|client| client.to_string()),
    };
    Ok(Export {
        schema: app.config.server.issuer.at(SCHEMA),
        community: Community {
            id: app.config.community.id.clone(),
            name: app.config.community.name.clone(),
            issuer: app.config.server.issuer.as_str().to_owned(),
        },
        made_at: said(app, app.now()),
        record,
        consents: consents(&mut tx, app, resident).await?,
        book: whole_book(&mut tx, app, resident).await?,
        passkeys: passkeys.into_iter().map(key).collect(),
        messages: inbox::latest(&mut tx, resident, MESSAGES).await?.into_iter().map(told).collect(),
    })
}

/// The record in full, opened for this occasion; emptied fields are left out.
pub(super) async fn fields(
    app: &App, resident: &ResidentId, reason: &'static str, request: RequestId,
) -> Result<Vec<Field>, Refusal> {
    let names = FIELDS.map(str::to_owned);
    let values = vault::look_for(app, resident, &By::Resident, &names, reason, request).await?;
    let origins = vault::origins(&mut app.db.read().await?, resident).await?;
    let field = |name: &&str| {
        let value = values.get(*name).filter(|value| !value.is_empty())?;
        let origin = origins.get(*name)?;
        Some(Field {
            name: (*name).to_owned(),
            value: value.clone(),
            source: origin.source.clone(),
            written_at: said(app, Timestamp::from_seconds(origin.at)),
        })
    };
    Ok(FIELDS.iter().filter_map(field).collect())
}

async fn consents(tx: &mut Tx, app: &App, resident: &ResidentId) -> Result<Vec<Standing>, Fault> {
    let mut all = Vec::new();
    for record in consent::of_resident(tx, resident).await? {
        let body = consent::body(tx, app, &record).await?.unwrap_or_default();
        all.push(Standing {
            id: record.id.to_string(),
            client: record.client.to_string(),
            recipient: body.recipient,
            controller: body.controller,
            contact: body.contact,
            purpose: record.purpose,
            claims: record.claims,
            refused: body.refused,
            state: record.state.as_str().to_owned(),
            given_at: said(app, Timestamp::from_seconds(record.given_at)),
            valid_until: said(app, Timestamp::from_seconds(record.valid_until)),
            ended_at: record.ended_at.map(|at| said(app, Timestamp::from_seconds(at))),
            notice: body.notice,
            receipt: body.receipt,
        });
    }
    Ok(all)
}

async fn whole_book(tx: &mut Tx, app: &App, resident: &ResidentId) -> Result<Vec<Seen>, Fault> {
    let mut all = Vec::new();
    let mut to = None;
    loop {
        let (lines, _) = book::lines(tx, &app.custody, resident, to, STEP).await?;
        let oldest = lines.last().map(|line| line.detail.n);
        all.extend(lines.into_iter().map(|line| seen(app, line)));
        match oldest {
            Some(n) if n > 1 => to = Some(n - 1),
            _ => return Ok(all),
        }
    }
}

fn seen(app: &App, line: Line) -> Seen {
    let detail = line.detail;
    Seen {
        position: line.position,
        at: said(app, Timestamp::from_millis(detail.at)),
        kind: line.kind.as_str().to_owned(),
        actor: detail.actor,
        client: detail.client,
        purpose: detail.purpose,
        claims: detail.claims,
        consent: detail.consent,
        outcome: detail.outcome,
        reason: detail.reason,
    }
}

/// A moment as RFC 3339 has it, in the community's time zone.
pub(super) fn said(app: &App, at: Timestamp) -> String {
    let moment = jiff::Timestamp::from_millisecond(at.millis()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    moment.to_zoned(app.config.zone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
