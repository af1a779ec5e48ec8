//! Step 2: a resident types the code that a screen shows.

use super::{Guesser, UserCode};
use crate::app::App;
use crate::fault::Fault;
use crate::ids::AuthorizationId;
use crate::oauth::store;
use crate::once::{self, Kind, Standing};

/// What came of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    /// It leads to a question, for the browser that entered it.
    Found(AuthorizationId),
    /// It cannot be a code: a letter too many or too few, or one that no code has. Costs no try.
    NotACode,
    /// No screen shows it.
    Wrong,
    /// A screen showed it until its time was over.
    Expired,
    /// It was answered.
    Used,
    /// Too many wrong ones, for so many seconds.
    TooMany(i64),
}

/// Enters a code. The question then belongs to the browser that entered its code last: a link to it opens nothing
/// elsewhere.
///
/// # Errors
/// When the database fails.
pub async fn enter(app: &App, guesser: &Guesser, typed: &str) -> Result<Entered, Fault> {
    let Some(code) = UserCode::read(typed) else { return Ok(Entered::NotACode) };
    let (now, digest) = (app.now(), code.digest(&app.custody)?);
    let mut tx = app.db.begin().await?;
    // Every try is paid for before it is looked at, so that a hundred at once are a hundred.
    if let Some(seconds) = guesser.take(&mut tx, app, now).await? {
        tracing::warn!(event = "user_code_guessing", "too many wrong user codes from one browser or network");
        return Ok(Entered::TooMany(seconds));
    }
    let entered = match once::standing(&mut tx, Kind::UserCode, &digest, now).await? {
        Standing::Unknown => Entered::Wrong,
        Standing::Expired(_) => Entered::Expired,
        Standing::Used(_) => Entered::Used,
        Standing::Open(found) => {
            let id = AuthorizationId::stored(found.subject);
            store::open_device(&mut tx, &id, &guesser.browser, now).await?;
            guesser.give_back(&mut tx, app).await?;
            Entered::Found(id)
        }
    };
    tx.commit().await?;
    Ok(entered)
}
