//! Wrong user codes are counted: five an hour for a browser (and for a session), fifty for a network. The counts lie
//! in the database, so that all nodes count together, and a restart forgets nothing.

use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::token::Digest;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::SessionId;
use crate::oauth::store;

/// For a browser, and for a session.
const MOST_OF_ONE: i64 = 5;
/// For all browsers of a network.
const MOST_OF_NETWORK: i64 = 50;
/// Seconds after the first wrong code until it starts again.
pub const WINDOW_SECONDS: i64 = 3600;

/// Who tries codes.
#[derive(Debug, Clone)]
pub struct Guesser {
    /// The browser, by its cookie's digest.
    pub browser: Digest,
    /// The session, when somebody is signed in.
    pub session: Option<SessionId>,
    /// The network it comes from.
    pub network: String,
}

impl Guesser {
    /// What is counted for it, and up to where; in one order, so that two requests cannot wait for each other.
    fn counts(&self, app: &App) -> Result<Vec<(String, i64)>, Fault> {
        // Keyed: a list of networks cannot be tried on it.
        let who = |kind: &str, name: &str| -> Result<String, Fault> {
            let mac = app.custody.mac("user-code-guess", format!("{kind}/{name}").as_bytes())?;
            Ok(Digest::of(&mac).as_str().to_owned())
        };
        let mut counts = vec![
            (who("browser", self.browser.as_str())?, MOST_OF_ONE),
            (who("network", &self.network)?, MOST_OF_NETWORK),
        ];
        if let Some(session) = &self.session {
            counts.push((who("session", session.as_str())?, MOST_OF_ONE));
        }
        counts.sort_unstable();
        Ok(counts)
    }

    /// Takes one try; `Some`: there is none left, for so many seconds (then roll back).
    pub(super) async fn take(&self, tx: &mut Tx, app: &App, now: Timestamp) -> Result<Option<i64>, Fault> {
        for (who, most) in self.counts(app)? {
            if !store::count_guess(tx, &who, most, now).await? {
                return Ok(Some(store::guesses_until(tx, &who, now).await?));
            }
        }
        Ok(None)
    }

    /// Gives the try back: the code was right.
    pub(super) async fn give_back(&self, tx: &mut Tx, app: &App) -> Result<(), Fault> {
        for (who, _) in self.counts(app)? {
            store::uncount_guess(tx, &who).await?;
        }
        Ok(())
    }
}
