//! Before the first answer: is this still the ledger that the witnesses saw?

use std::time::Duration;

use tokio::task::JoinSet;

use super::ask::{self, Trouble};
use super::{keep, store, watch};
use crate::app::App;
use crate::fault::Fault;
use crate::ledger;
use crate::ledger::cosignature::Cosignature;
use crate::ledger::policy::Witness;

/// A start does not wait longer for a witness.
const PATIENCE: Duration = Duration::from_secs(5);

/// Puts the policy in force, and compares the ledger with what was cosigned: what is kept, and what witnesses remember who
/// can be reached. One who cannot be reached holds up no start.
///
/// # Errors
/// [`Fault::Ledger`] when a witness cosigned more than there is, or something else. Nothing may be served then. A witness
/// that says so wrongly has to be taken out of the policy, which is entered.
pub async fn check_at_start(app: &App) -> Result<(), Fault> {
    watch::in_force(app).await?;
    let Some(policy) = &app.policy else { return Ok(()) };
    let Some((size, _, note)) = ledger::last_checkpoint(&mut app.db.read().await?).await? else { return Ok(()) };
    let mut asked = JoinSet::new();
    for witness in policy.witnesses() {
        let known = kept(app, witness).await?;
        let mut tx = app.db.begin().await?;
        store::meet(&mut tx, &witness.key.to_string(), app.now()).await?;
        tx.commit().await?;
        if witness.url.is_some() {
            let (app, witness, note) = (app.clone(), witness.clone(), note.clone());
            asked.spawn(async move {
                let answer = {
                    let asked = ask::ask(&app, &witness, known, size.cast_unsigned(), &note);
                    tokio::time::timeout(PATIENCE, asked).await
                };
                (witness, answer)
            });
        }
    }
    while let Some(done) = asked.join_next().await {
        let Ok((witness, Ok(answer))) = done else { continue };
        let answer = answer?;
        match answer {
            Err(Trouble::Ahead) => {
                return Err(Fault::Ledger("a witness saw a larger tree than there is: the database was put back"));
            }
            Err(Trouble::Forked) => return Err(Fault::Ledger("a witness saw another tree than this database holds")),
            answer => keep(app, &witness, size.cast_unsigned(), answer).await?,
        }
    }
    // After a long stand the witnesses were missing only because nobody asked them.
    watch::judge(app, policy).await
}

/// The size that a witness cosigned last by what is kept; its cosignature must be over the checkpoint that is there.
async fn kept(app: &App, witness: &Witness) -> Result<u64, Fault> {
    let mut tx = app.db.read().await?;
    let Some((size, line)) = store::largest_of(&mut tx, &witness.key.to_string()).await? else { return Ok(0) };
    let note = store::note(&mut tx, size).await?;
    let text = note.rsplit_once("\n\n").map(|(text, _)| format!("{text}\n")).unwrap_or_default();
    if Cosignature::find(&line, &witness.key, text.as_bytes()).is_err() {
        return Err(Fault::Ledger("a cosignature that is kept is of another tree than this database holds"));
    }
    Ok(size.cast_unsigned())
}
