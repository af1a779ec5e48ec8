//! Keys that clients publish (`jwks_uri`, RFC 7591 §2), fetched when they are needed and kept for a minute.
//!
//! A key that its owner took out of the document is refused within that minute, whatever happens: a document that cannot
//! be fetched again is not used on. Anybody can name a client and a key, so how often its server is asked is bounded,
//! and of many who wait for one document one fetches it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Mutex as Turn;
use url::Url;

use super::{Failed, Outgoing};
use crate::clock::{Clock, Timestamp};
use crate::crypto::jwk::{BadKey, PublicKey};
use crate::crypto::jwks;

/// For how long a document is believed.
const KEPT: Duration = Duration::from_secs(60);
/// A key that is not in the document makes it be fetched again, but not before it is so old.
const SOONEST: Duration = Duration::from_secs(30);
/// After a failure nobody knocks again for so long.
const REST: Duration = Duration::from_secs(5);
/// So many documents are kept; beyond, all are forgotten that nobody waits for.
const MOST: usize = 1_024;

/// Why there are no keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoKeys {
    /// Nothing came.
    #[error(transparent)]
    Failed(#[from] Failed),
    /// What came is no set of public keys.
    #[error("{0}")]
    Document(#[from] BadKey),
    /// The last attempt failed a moment ago.
    #[error("the last attempt failed a moment ago")]
    Resting,
}

/// The documents, by address.
#[derive(Debug, Default)]
pub struct KeySets(Mutex<HashMap<Url, Arc<Turn<Slot>>>>);

#[derive(Debug, Default)]
struct Slot {
    /// Since when it is believed, counted from before it was asked for.
    set: Option<(Arc<Vec<PublicKey>>, Timestamp)>,
    failed_at: Option<Timestamp>,
}

impl Slot {
    fn age(&self, now: Timestamp) -> Option<Duration> {
        let (_, since) = self.set.as_ref()?;
        u64::try_from(now.millis().saturating_sub(since.millis())).ok().map(Duration::from_millis)
    }

    /// The keys, if they need not be fetched now.
    fn kept(&self, kid: Option<&str>, now: Timestamp) -> Option<Arc<Vec<PublicKey>>> {
        let age = self.age(now).filter(|age| *age < KEPT)?;
        let (keys, _) = self.set.as_ref()?;
        let fits = |key: &PublicKey| kid.is_none() || key.kid().is_none() || key.kid() == kid;
        (age < SOONEST || keys.iter().any(fits)).then(|| keys.clone())
    }
}

impl KeySets {
    /// The keys at `url`, with the one named `kid` if it is there by now.
    ///
    /// # Errors
    /// When the document is too old to be believed and cannot be fetched, or is none.
    pub async fn keys(
        &self, outgoing: &Outgoing, url: &Url, kid: Option<&str>, clock: &Clock,
    ) -> Result<Arc<Vec<PublicKey>>, NoKeys> {
        let slot = self.slot(url);
        let mut slot = slot.lock().await;
        let now = clock.now();
        if let Some(keys) = slot.kept(kid, now) {
            return Ok(keys);
        }
        if slot.failed_at.is_some_and(|failed| now < failed.plus(REST)) {
            // What is still believed is good, though it may lack the key that was asked for.
            return slot.kept(None, now).ok_or(NoKeys::Resting);
        }
        match fetch(outgoing, url).await {
            Ok(keys) => {
                *slot = Slot { set: Some((keys.clone(), now)), failed_at: None };
                Ok(keys)
            }
            Err(cause) => {
                let later = clock.now();
                slot.failed_at = Some(later);
                slot.kept(None, later).ok_or(cause)
            }
        }
    }

    fn slot(&self, url: &Url) -> Arc<Turn<Slot>> {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= MOST && !slots.contains_key(url) {
            // Those that somebody waits for stay.
            slots.retain(|_, slot| Arc::strong_count(slot) > 1);
        }
        slots.entry(url.clone()).or_default().clone()
    }
}

async fn fetch(outgoing: &Outgoing, url: &Url) -> Result<Arc<Vec<PublicKey>>, NoKeys> {
    let document = outgoing.get_json(url, jwks::LARGEST).await?;
    Ok(Arc::new(jwks::published(&document)?))
}
