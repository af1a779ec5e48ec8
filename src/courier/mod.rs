//! Carries messages of the inbox out of the portal: by mail, and to a gateway that the operator's SMS or WeChat hangs on.
//!
//! 1. The act wrote the message; nothing here decides whether somebody is told.
//! 2. What is due is claimed by a conditional update, so that two nodes do not write twice ([`store`]).
//! 3. The address is opened through the gate, which enters that first; the resident's book shows it ([`ways`]).
//! 4. The letter says the sentence of the message's kind and nothing else: no name, no app, no value ([`letter`]). Whoever
//!    shares her mail or her phone learns that something happened, not what about whom.
//! 5. What cannot be delivered is tried again, ever later, for a day. The inbox has it all the same. A message that we
//!    cannot even read is one of those: it holds up nobody else's.

use std::time::Duration;

use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::random;
use crate::fault::Fault;

mod gateway;
mod letter;
mod mail;
mod store;
pub mod ways;

use letter::Letter;
pub use mail::Mail;
use ways::Way;

/// Messages in one round.
const AT_ONCE: i64 = 16;
/// A claim of one message, that outlasts the slowest relay and the slowest gateway together.
const LEASE: Duration = Duration::from_secs(120);
/// After so long a message is old news.
const GIVE_UP: Duration = Duration::from_secs(86_400);

/// A message that is due.
#[derive(Debug, Clone)]
struct Due {
    id: String,
    resident: crate::ids::ResidentId,
    word: Option<crate::inbox::Word>,
    at: i64,
    tries: i64,
    is_mailed: bool,
    is_texted: bool,
}

/// Delivers what is due, every second, for ever.
pub async fn run(app: App) {
    let mail = match Mail::open(&app.config) {
        Ok(mail) => mail,
        Err(fault) => {
            tracing::error!(%fault, "no mail is sent");
            None
        }
    };
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        if let Err(fault) = deliver_due(&app, mail.as_ref()).await {
            tracing::error!(%fault, "messages were not delivered");
        }
    }
}

/// Delivers what is due now; how many letters went out.
///
/// # Errors
/// When the database fails; what was claimed is due again when the claim ends.
pub async fn deliver_due(app: &App, mail: Option<&Mail>) -> Result<usize, Fault> {
    let now = app.now();
    if mail.is_none() && app.config.notices.webhook().is_none() {
        let mut tx = app.db.begin().await?;
        store::nobody_to_carry(&mut tx).await?;
        tx.commit().await?;
        return Ok(0);
    }
    let mut sent = 0;
    let due = store::due(&mut app.db.read().await?, now, AT_ONCE).await?;
    for id in due {
        // Each is claimed when its turn comes: the lease of the last does not run while the first is carried.
        let Some(due) = claim(app, &id).await? else { continue };
        match carry(app, mail, &due).await {
            Ok(letters) => sent += letters,
            Err(fault) => {
                tracing::error!(message = due.id, %fault, "a message was not carried");
                later(app, &due).await?;
            }
        }
    }
    Ok(sent)
}

/// Claims one message, as it stands now. `None`: another node has it, or had it meanwhile.
async fn claim(app: &App, id: &str) -> Result<Option<Due>, Fault> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let due = store::claim(&mut tx, id, now, now.plus(LEASE)).await?;
    tx.commit().await?;
    Ok(due)
}

/// Carries one message by every way that is open to it; how many letters that were.
async fn carry(app: &App, mail: Option<&Mail>, due: &Due) -> Result<usize, Fault> {
    let mut sent = 0;
    let mut failed = false;
    let Some(word) = due.word else { return done(app, due).await.map(|()| 0) };
    for (way, is_done) in [(Way::Mail, due.is_mailed), (Way::Phone, due.is_texted)] {
        if is_done {
            continue;
        }
        let Some(to) = ways::address(app, &due.resident, way).await? else { continue };
        let letter = Letter::of(app, &due.id, word, to.language, due.at);
        let outcome = match way {
            Way::Mail => match mail {
                Some(mail) => mail.send(&to.address, &letter).await,
                None => continue,
            },
            Way::Phone => gateway::send(app, &to.address, &letter).await?,
        };
        match outcome {
            Ok(()) => {
                sent += 1;
                let mut tx = app.db.begin().await?;
                store::carried(&mut tx, &due.id, way, app.now()).await?;
                tx.commit().await?;
            }
            Err(why) => {
                failed = true;
                tracing::info!(message = due.id, way = way.as_str(), why, "a message was not delivered yet");
            }
        }
    }
    if failed {
        later(app, due).await?
    } else {
        done(app, due).await?
    }
    Ok(sent)
}

async fn done(app: &App, due: &Due) -> Result<(), Fault> {
    let mut tx = app.db.begin().await?;
    store::done(&mut tx, &due.id).await?;
    tx.commit().await
}

/// The pause doubles up to an hour, half of it left to chance.
async fn later(app: &App, due: &Due) -> Result<(), Fault> {
    let now = app.now();
    if now >= Timestamp::from_seconds(due.at).plus(GIVE_UP) {
        tracing::warn!(message = due.id, "a message could not be delivered: it is given up");
        return done(app, due).await;
    }
    let tries = u32::try_from(due.tries).unwrap_or(u32::MAX).min(10);
    let whole = 10_u64.saturating_mul(1 << tries).min(3_600);
    let chance = u64::from_be_bytes(random::bytes::<8>()?) % (whole / 2 + 1);
    let mut tx = app.db.begin().await?;
    store::later(&mut tx, &due.id, now.plus(Duration::from_secs(whole / 2 + chance))).await?;
    tx.commit().await
}
