//! What the paper says, and what is so today.

use super::mark::{Mark, Sheet};
use crate::app::App;
use crate::clock::Timestamp;
use crate::consent::{self, Record};
use crate::crypto::hash;
use crate::fault::Fault;
use crate::resident;

/// Whether what stands on a sheet holds today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Holds,
    /// The consent stands, but the resident lets it rest.
    Paused,
    /// It did when the sheet was printed.
    Over,
}

/// What is said of a sheet that is ours.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// Which sheet, and when it was printed.
    pub mark: Mark,
    /// How things stand today.
    pub standing: Standing,
    /// The consent of a receipt, as long as there is one.
    pub consent: Option<Record>,
}

/// Looks at a mark that somebody scanned; `None` when it is not ours. Changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn verify(app: &App, text: &str) -> Result<Option<Verdict>, Fault> {
    let Some(mark) = Mark::read(&app.custody, text)? else { return Ok(None) };
    let now = app.now();
    let mut consent = None;
    let standing = match &mark.sheet {
        Sheet::Receipt(id) => {
            consent = consent::current(&mut app.db.read().await?, id).await?;
            match consent.as_ref().map(|record| record.in_force(now)) {
                Some(Ok(())) => Standing::Holds,
                Some(Err("consent_paused")) => Standing::Paused,
                _ => Standing::Over,
            }
        }
        Sheet::Apps(resident, list) => {
            let records = consent::of_resident(&mut app.db.read().await?, resident).await?;
            if list_of(&records, now) == *list { Standing::Holds } else { Standing::Over }
        }
        Sheet::Codes(resident, made_at) => {
            let sheet = resident::sheet(app, resident).await?;
            let same = sheet.made_at.is_some_and(|at| at.seconds() == *made_at);
            if same && sheet.left > 0 { Standing::Holds } else { Standing::Over }
        }
    };
    Ok(Some(Verdict { mark, standing, consent }))
}

/// The consents in force of a list of records, as eight bytes that change when the list does.
#[must_use]
pub fn list_of(records: &[Record], now: Timestamp) -> [u8; 8] {
    let in_force = records.iter().filter(|record| record.in_force(now).is_ok());
    let mut ids: Vec<&str> = in_force.map(|record| record.id.as_str()).collect();
    ids.sort_unstable();
    let digest = hash::sha256(ids.join("\n").as_bytes());
    digest.first_chunk::<8>().copied().unwrap_or_default()
}
