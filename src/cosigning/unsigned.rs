//! A ledger that is not signed any more: nobody can check what is entered, so it is told and stops reads like one that nobody
//! outside has seen.

use super::{STOP_AFTER, TELL_AFTER, Warning};
use crate::app::App;
use crate::custody::signing::Signing;

/// What is to be told of the signing. A contradiction at once, whoever runs the service cannot wait it out; entries that only
/// wait after the time that witnesses may be missing.
#[must_use]
pub fn of(app: &App) -> Option<Warning> {
    match app.custody.signing() {
        Signing::Contradicted(since) => Some(Warning::Contradicted(since)),
        Signing::Waiting(since) if app.now() >= since.plus(STOP_AFTER) => Some(Warning::UnsignedStopped(since)),
        Signing::Waiting(since) if app.now() >= since.plus(TELL_AFTER) => Some(Warning::Unsigned(since)),
        Signing::Waiting(_) | Signing::Signed => None,
    }
}
