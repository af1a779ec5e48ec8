//! A refresh token came again that was exchanged before: its family ends, and the resident is told.

use super::super::client::Client;
use super::super::ending;
use super::super::grant::Grant;
use super::super::push::use_proof;
use super::super::refusal::Refusal::{self, InvalidGrant};
use super::super::store;
use super::Refresh;
use crate::app::App;
use crate::custody;
use crate::ledger::{self, Actor, Entry, Kind, Outcome};

/// Ends every token of the grant, and enters why in the resident's book. The refusal to answer with.
///
/// Two requests at once may both come here: one of them enters it.
pub(super) async fn end_family(app: &App, client: &Client, grant: &Grant, asked: &Refresh) -> Result<Refusal, Refusal> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if let Some(proof) = &asked.held.proof {
        use_proof(&mut tx, proof, app).await?;
    }
    let replayed = InvalidGrant("the refresh token was exchanged before: its family has ended");
    if !store::end_grant(&mut tx, &grant.id, "replayed", now).await? {
        return Ok(replayed);
    }
    ending::tell(&mut tx, grant, "replayed", now).await?;
    let entry = Entry {
        actor: Actor::Client,
        client: Some(client.id.clone()),
        purpose: Some(grant.purpose.clone()),
        outcome: Outcome::Refused,
        reason: "refresh_replayed",
        request: Some(asked.request.clone()),
        ..Entry::about(Kind::Credential, &grant.resident, now)
    };
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    head.commit(tx).await?;
    tracing::warn!(
        event = "refresh_token_replayed", client = %client.id, request = %asked.request,
        "an exchanged refresh token came again: its family has ended"
    );
    Ok(replayed)
}
