//! Custody: the keys of residents and of the ledger, behind one seam.
//!
//! 1. The root key and what is wrapped under it lie in files that nobody else may read ([`files`]).
//! 2. An entry's leaf, tag, commitments and sealed halves are made with the resident's log key ([`enter()`]).
//! 3. A resident's data key is unwrapped only against a [`Logged`](crate::ledger::Logged) ([`DataKey`]).
//! 4. What was destroyed stays destroyed: custody remembers it apart from the database, and opens it never again.
//! 5. Checkpoints are signed only when they extend the last one that was signed ([`checkpointer`]); when they cannot be, gate
//!    and pages know ([`signing`]).
//!
//! Today this lives in the service's own process; it may move to one of its own without touching a caller.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::RwLock;

use ring::signature::{Ed25519KeyPair, KeyPair};

use crate::clock::Timestamp;
use crate::crypto::keyring::Keyring;
use crate::crypto::rs256::{Imported, NotImported};
use crate::crypto::secret::Secret;
use crate::crypto::wrap::{Binding, Purpose};
use crate::crypto::{hash, sealed};
use crate::fault::Fault;
use crate::ids::ResidentId;
use crate::ledger::verifier_key::{Signs, VerifierKey};

mod alias;
mod auditors;
pub mod book;
pub mod checkpointer;
mod destroyed;
mod enter;
pub mod evidence;
mod files;
mod keys;
pub mod signing;
mod state;
mod store;
pub mod verify;

pub use alias::whose;
pub use auditors::Desk;
pub use destroyed::{destroy_data_key, destroy_log_key};
pub use enter::{enter, enter_all};
pub use keys::{DataKey, LogKey, NewResident, SealingKey};
pub use store::{WrappedKeys, insert_keys, many_wrapped_keys, wrapped_keys};

/// The epoch whose key-encryption key wraps residents' keys.
const EPOCH: u32 = 1;

/// Holder of all keys.
pub struct Custody {
    folder: PathBuf,
    installation: [u8; 16],
    root: Secret<32>,
    kek: Secret<32>,
    index: Secret<32>,
    state: Secret<32>,
    review: Secret<32>,
    ledger: Ed25519KeyPair,
    ledger_public: [u8; 32],
    origin: String,
    verifier: VerifierKey,
    /// Whose data keys were destroyed for good.
    destroyed: RwLock<HashSet<ResidentId>>,
    signing: signing::Known,
}

impl Custody {
    /// Opens the key folder; at first start makes it, with fresh keys.
    ///
    /// # Errors
    /// When a key file is readable by others, missing while others are there, or does not open.
    pub fn open(folder: &Path) -> Result<Self, Fault> {
        files::prepare_folder(folder)?;
        let fresh = files::is_empty(folder)?;
        let installation: [u8; 16] = files::read_or_make(folder, "installation.id", fresh)?;
        let mut root_bytes: [u8; 32] = files::read_or_make(folder, "root.key", fresh)?;
        let root = Secret::take(&mut root_bytes).ok_or(Fault::Key("root.key has another length"))?;
        let key = |name: &'static str, purpose, owner| {
            files::wrapped(folder, name, fresh, &root, Binding { installation: &installation, purpose, owner })
        };
        let kek = key("kek-1.key", Purpose::Kek, "1")?;
        let index = key("index.key", Purpose::Ik, "1")?;
        let state = key("state.key", Purpose::Token, "state")?;
        let review = key("review.key", Purpose::Ledger, "review")?;
        let seed = key("ledger.key", Purpose::Ledger, "checkpoint")?;
        let ledger = Ed25519KeyPair::from_seed_unchecked(seed.expose()).map_err(|_| Fault::Key("ledger.key"))?;
        let ledger_public = ledger.public_key().as_ref().try_into().map_err(|_| Fault::Key("ledger.key"))?;
        let origin = crate::ledger::checkpoint::origin(&installation);
        let verifier = VerifierKey::new(&origin, Signs::Checkpoints, ledger_public);
        let verifier = verifier.map_err(|_| Fault::Key("ledger.key"))?;
        let destroyed = RwLock::new(destroyed::read(folder)?);
        let folder = folder.to_owned();
        Ok(Self {
            folder,
            installation,
            root,
            kek,
            index,
            state,
            review,
            ledger,
            ledger_public,
            origin,
            verifier,
            destroyed,
            signing: signing::Known::default(),
        })
    }

    /// As [`Self::open`], but makes nothing: for commands that only check.
    ///
    /// # Errors
    /// As [`Self::open`], and when there are no keys.
    pub fn open_existing(folder: &Path) -> Result<Self, Fault> {
        if !folder.is_dir() || files::is_empty(folder)? {
            return Err(Fault::Key("there are no keys in the key folder"));
        }
        Self::open(folder)
    }

    /// Who this installation is.
    #[must_use]
    pub fn installation(&self) -> &[u8; 16] {
        &self.installation
    }

    /// The ledger's name in its checkpoints.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The ledger's Ed25519 public key.
    #[must_use]
    pub fn ledger_public_key(&self) -> &[u8; 32] {
        &self.ledger_public
    }

    /// Both, as whoever checks the ledger keeps them.
    #[must_use]
    pub fn verifier_key(&self) -> &VerifierKey {
        &self.verifier
    }

    /// The folder of the keys: token signing keys lie there too.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Opens the token signing keys, which are wrapped under the root key; makes the next one when it is time.
    ///
    /// # Errors
    /// When their file is readable by others or does not open.
    pub fn keyring(&self, now: Timestamp) -> Result<Keyring, Fault> {
        Keyring::open(&self.folder, &self.root, &self.installation, now)
    }

    /// The RSA keys that lie in the folder now.
    ///
    /// # Errors
    /// As [`Self::keyring`].
    pub fn imported(&self) -> Result<Imported, Fault> {
        Imported::open(&self.folder, &self.root, &self.installation)
    }

    /// Keeps an RSA key that signs ID tokens, sealed like the others; its name.
    ///
    /// # Errors
    /// When the PEM holds no such key, or it was imported before.
    pub fn import_rs256(&self, pem: &[u8], now: Timestamp) -> Result<String, NotImported> {
        Imported::import(&self.folder, &self.root, &self.installation, pem, now)
    }

    /// The blind index of a value: an HMAC under a key per field. Leaks equality, so only for fields whose
    /// values are unique, or by a decision that says what it leaks.
    ///
    /// # Errors
    /// Never with keys of the right length.
    pub fn blind_index(&self, field: &str, normalised: &str) -> Result<String, Fault> {
        let key: Secret<32> = hash::hkdf_sha256(&self.index, b"", &[b"latchkey/index/v1/", field.as_bytes()])?;
        Ok(hex::encode(hash::hmac_sha256(&key, normalised.as_bytes())))
    }

    fn binding<'a>(&'a self, purpose: Purpose, owner: &'a str) -> Binding<'a> {
        Binding { installation: &self.installation, purpose, owner }
    }

    fn place<'a>(&'a self, field: &'a str, resident: Option<&'a ResidentId>, position: u64) -> sealed::Place<'a> {
        sealed::Place {
            installation: &self.installation,
            table: "ledger_entry",
            field,
            resident: resident.map_or("", ResidentId::as_str),
            record_version: position,
            schema_version: 1,
        }
    }
}

impl std::fmt::Debug for Custody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Custody({})", self.origin)
    }
}
