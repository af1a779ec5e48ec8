//! A resident raises something herself, from a page of hers.

use super::open::{About, New, Opened, open};
use super::{Kind, Refusal, Said};
use crate::app::App;
use crate::custody::book;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{ClientId, ConsentId, RequestId, ResidentId};
use crate::ledger::{self, By};
use crate::{mandate, oauth};

/// What she raises.
#[derive(Debug, Clone)]
pub struct Wish {
    /// What it is.
    pub kind: Kind,
    /// The entry of her book that it is about.
    pub entry: Option<u64>,
    /// The client that it is about, where no entry says so.
    pub client: Option<ClientId>,
    /// Her words.
    pub words: Said,
    /// Whether the client may read them.
    pub shares: bool,
}

/// Opens the case of a wish, about an entry of her own book, about a client, or about nothing of the two.
///
/// # Errors
/// `Unknown` for an entry that is not hers and a client that is none, `Nothing` for a wish that says nothing.
pub async fn raise(
    app: &App, resident: &ResidentId, wish: &Wish, by: &By, request: &RequestId,
) -> Result<Opened, Refusal> {
    if wish.entry.is_none() && wish.words.as_str().is_empty() {
        return Err(Refusal::Nothing);
    }
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let (client, about) = about(&mut tx, app, resident, wish).await?;
    let new = New {
        resident,
        kind: wish.kind,
        client: client.as_ref(),
        about,
        words: &wish.words,
        shares: wish.shares && client.is_some(),
        proposed: serde_json::Value::Null,
        by,
        request: Some(request),
    };
    let opened = open(&mut tx, app, &mut head, new).await?;
    mandate::acted(&mut tx, resident, by, app.now()).await?;
    head.commit(tx).await?;
    Ok(opened)
}

async fn about(
    tx: &mut Tx, app: &App, resident: &ResidentId, wish: &Wish,
) -> Result<(Option<ClientId>, About), Refusal> {
    if let Some(entry) = wish.entry {
        let line = book::line(tx, &app.custody, resident, entry).await?.ok_or(Refusal::Unknown)?;
        let detail = line.detail;
        let about = About {
            entry: Some(entry),
            read_at: Some(detail.at.div_euclid(1_000)),
            consent: detail.consent.map(ConsentId::stored),
            purpose: detail.purpose,
            claims: detail.claims,
        };
        return Ok((known(tx, detail.client.map(ClientId::stored)).await?, about));
    }
    let client = known(tx, wish.client.clone()).await?;
    if wish.client.is_some() && client.is_none() {
        return Err(Refusal::Unknown);
    }
    Ok((client, About::default()))
}

/// A client that is gone cannot answer: then the staff does.
async fn known(tx: &mut Tx, client: Option<ClientId>) -> Result<Option<ClientId>, Fault> {
    let Some(id) = client else { return Ok(None) };
    Ok(oauth::client(tx, &id).await?.map(|client| client.id))
}
