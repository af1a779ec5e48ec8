//! What residents' pages have to say of the ledger.

use super::{Quorum, Status, status, unsigned};
use crate::app::App;
use crate::clock::Timestamp;
use crate::fault::Fault;

/// What residents' pages have to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// The ledger has contradicted what was signed since then: nothing is signed, and nothing released to third parties.
    Contradicted(Timestamp),
    /// A witness says that this ledger is not the one it saw.
    Disputed,
    /// No quorum since then.
    Missing(Timestamp),
    /// No quorum since then, for more than a day.
    Stopped(Timestamp),
    /// Entries have been waiting for a signature since then.
    Unsigned(Timestamp),
    /// Entries have been waiting for a signature since then, for more than a day.
    UnsignedStopped(Timestamp),
}

impl Warning {
    /// Whether nothing is released to third parties for this reason.
    #[must_use]
    pub const fn stops(self) -> bool {
        matches!(self, Self::Contradicted(_) | Self::Stopped(_) | Self::UnsignedStopped(_))
    }

    /// The gravest first.
    const fn rank(self) -> u8 {
        match self {
            Self::Contradicted(_) => 0,
            Self::Disputed => 1,
            Self::UnsignedStopped(_) => 2,
            Self::Stopped(_) => 3,
            Self::Missing(_) => 4,
            Self::Unsigned(_) => 5,
        }
    }
}

/// What residents have to be told, if anything: of several the gravest.
///
/// # Errors
/// When the database fails.
pub async fn warning(app: &App) -> Result<Option<Warning>, Fault> {
    Ok([unsigned::of(app), of_witnesses(app).await?].into_iter().flatten().min_by_key(|warning| warning.rank()))
}

async fn of_witnesses(app: &App) -> Result<Option<Warning>, Fault> {
    if app.policy.is_none() {
        return Ok(None);
    }
    let Status::Watched(watched) = status(&mut app.db.read().await?, app).await? else { return Ok(None) };
    Ok(match watched.quorum {
        _ if watched.is_disputed() => Some(Warning::Disputed),
        Quorum::Missing(since) => Some(Warning::Missing(since)),
        Quorum::Stopped(since) => Some(Warning::Stopped(since)),
        Quorum::NotAsked | Quorum::Met(_) => None,
    })
}
