//! Telling clients what happened elsewhere: logouts, and what became of consents, as signed security event tokens.
//!
//! 1. The act itself wrote a message into the `outbox`, in its own transaction.
//! 2. [`deliver`] looks how each client wants to be told, claims what is due, signs it ([`token`]) and posts it
//!    (RFC 8935, OpenID Connect Back-Channel Logout 1.0); [`patience`] says when there is another attempt, and when it
//!    is given up.
//! 3. A client that fetches (RFC 8936) brings a [`request`] and gets what waits for it ([`poll()`],
//!    [`wait`]).
//! 4. The operator sees what was given up, and has it tried again or drops it ([`operator`]).
//!
//! A token says nothing of a resident but what this client calls her. Whatever is delivered may be delivered twice (a
//! crash between the post and its note): the `jti` stays the same.

mod acts;
pub mod deliver;
pub mod operator;
pub mod patience;
mod poll;
mod post;
pub mod request;
mod sort;
pub mod token;

pub use acts::{erased, moved_out};
pub use deliver::{deliver_due, run};
pub use poll::{Fetched, poll, wait};

use std::time::Duration;

use crate::app::App;
use crate::db::Tx;
use crate::fault::Fault;
use crate::outbox;

/// Gives up what was never fetched, and forgets what was delivered long ago.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, app: &App) -> Result<(), Fault> {
    let now = app.now();
    let kept = Duration::from_secs(u64::from(app.config.events.keep_days) * 86_400);
    outbox::never_fetched(tx, now.minus(kept), now).await?;
    outbox::sweep(tx, now.minus(kept)).await?;
    let counts = outbox::counts(tx).await?;
    if counts.dead > 0 {
        tracing::warn!(dead = counts.dead, open = counts.open, "events were given up: latchkey events list");
    }
    Ok(())
}
