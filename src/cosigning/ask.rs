//! Asking a witness to cosign a checkpoint (C2SP tlog-witness, the log's side).

use std::fmt;
use std::time::Duration;

use url::Url;

use crate::app::App;
use crate::clock::Timestamp;
use crate::fault::Fault;
use crate::ledger;
use crate::ledger::cosignature::Cosignature;
use crate::ledger::policy::Witness;
use crate::ledger::proof;
use crate::outgoing::Failed;
use crate::witness::request;

/// A witness is told a newer size at most so often before we give up for this time.
const TRIES: u32 = 3;
/// A cosignature whose time is further off says nothing about now: it is an old one, or a clock is wrong.
const OFF: Duration = Duration::from_secs(300);

/// Why a witness did not cosign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It was not reached.
    Away,
    /// It does not witness this log.
    Unknown,
    /// It does not know this log's key.
    NotTrusted,
    /// It answered, but not as a witness does.
    Odd,
    /// What it signed is no good cosignature of its key over this checkpoint.
    BadSignature,
    /// Its clock, or ours, is off.
    Clock,
    /// It saw a larger tree than this ledger has: this one was put back.
    Ahead,
    /// It saw another tree: this ledger is not the one that it was.
    Forked,
}

impl Trouble {
    const ALL: [Self; 8] = [
        Self::Away,
        Self::Unknown,
        Self::NotTrusted,
        Self::Odd,
        Self::BadSignature,
        Self::Clock,
        Self::Ahead,
        Self::Forked,
    ];

    /// The word in the table, and in the names of sentences.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Away => "away",
            Self::Unknown => "unknown",
            Self::NotTrusted => "not_trusted",
            Self::Odd => "odd",
            Self::BadSignature => "bad_signature",
            Self::Clock => "clock",
            Self::Ahead => "ahead",
            Self::Forked => "forked",
        }
    }

    /// The trouble of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trouble| trouble.word() == word)
    }

    /// Whether the witness says that this ledger is not what it was: more than an absence.
    #[must_use]
    pub const fn is_grave(self) -> bool {
        matches!(self, Self::Ahead | Self::Forked)
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Asks for a cosignature on the checkpoint of `size`, from the size `known` on that the witness saw last; from the one it
/// names, if it names another.
///
/// # Errors
/// When the database fails.
pub async fn ask(
    app: &App, witness: &Witness, known: u64, size: u64, note: &str,
) -> Result<Result<Cosignature, Trouble>, Fault> {
    let Some(url) = door(witness) else { return Ok(Err(Trouble::Away)) };
    let mut old = known.min(size);
    for _ in 0..TRIES {
        let proof = proof::growth(&mut app.db.read().await?, old, size).await?;
        let body = request::body(old, &proof, note).into_bytes();
        let answer = match app.outgoing.post(&url, "text/plain; charset=utf-8", body, None).await {
            Ok(answer) => answer,
            Err(failed) => return Ok(Err(away(failed))),
        };
        let said = String::from_utf8_lossy(&answer.body);
        let trouble = match answer.status {
            200 => return Ok(judge(app, witness, note, &said)),
            403 => Trouble::NotTrusted,
            404 => Trouble::Unknown,
            // The proof is ours and was right for the root that we signed at that size: it must have seen another.
            422 => Trouble::Forked,
            409 => match said.strip_suffix('\n').and_then(request::size) {
                Some(seen) if seen > size => ahead(app, seen).await?,
                Some(seen) if seen != old => {
                    old = seen;
                    continue;
                }
                // Its own size, and it still says no; or no size at all: the roots are not the same.
                _ => Trouble::Forked,
            },
            _ => Trouble::Odd,
        };
        return Ok(Err(trouble));
    }
    Ok(Err(Trouble::Odd))
}

/// More than this checkpoint was seen: perhaps another node has shown a newer one meanwhile.
async fn ahead(app: &App, seen: u64) -> Result<Trouble, Fault> {
    let last = ledger::last_checkpoint(&mut app.db.read().await?).await?;
    let is_newer = last.is_some_and(|(size, _, _)| size.cast_unsigned() >= seen);
    Ok(if is_newer { Trouble::Odd } else { Trouble::Ahead })
}

/// The door below the witness's submission prefix.
fn door(witness: &Witness) -> Option<Url> {
    let prefix = witness.url.as_ref()?.as_str();
    Url::parse(&format!("{}/add-checkpoint", prefix.trim_end_matches('/'))).ok()
}

fn away(failed: Failed) -> Trouble {
    match failed {
        Failed::TooLong | Failed::Broken | Failed::Redirected | Failed::Status(_) => Trouble::Odd,
        _ => Trouble::Away,
    }
}

/// Whether the answer holds a good cosignature, made now.
fn judge(app: &App, witness: &Witness, note: &str, said: &str) -> Result<Cosignature, Trouble> {
    let (text, _) = note.rsplit_once("\n\n").ok_or(Trouble::Odd)?;
    let text = format!("{text}\n");
    let cosignature = Cosignature::find(said, &witness.key, text.as_bytes()).map_err(|_| Trouble::BadSignature)?;
    if is_now(cosignature.at(), app.now()) { Ok(cosignature) } else { Err(Trouble::Clock) }
}

fn is_now(at: Timestamp, now: Timestamp) -> bool {
    at >= now.minus(OFF) && at <= now.plus(OFF)
}
