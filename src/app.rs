//! What a request may use; built once at start, cloned cheaply.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::claims::Catalogue;
use crate::clock::{Clock, Timestamp};
use crate::config::Config;
use crate::crypto::certificate::Authorities;
use crate::crypto::keyring::Keyring;
use crate::crypto::nonce::NonceKey;
use crate::crypto::tls;
use crate::custody::{Custody, checkpointer};
use crate::db::Db;
use crate::fault::Fault;
use crate::ledger::policy::Policy;
use crate::ledger::queue::{Queue, Waiting, queue};
use crate::ledger::verifier_key::VerifierKey;
use crate::limit::{Limits, LongPolls};
use crate::outgoing::Outgoing;
use crate::outgoing::key_sets::KeySets;

/// Reads that may wait for the gate; more are told to come back.
const WAITING: usize = 4_096;

/// So many look through the ledger at a time for auditors: opening what is sealed there is work, and not the gate's.
const LOOKING: usize = 2;

/// What a request may use.
#[derive(Clone, Debug)]
pub struct App {
    /// The settings, checked.
    pub config: Arc<Config>,
    /// What may be released, and why.
    pub catalogue: Arc<Catalogue>,
    /// The database.
    pub db: Db,
    /// Where the time comes from.
    pub clock: Clock,
    /// The keys of residents and of the ledger.
    pub custody: Arc<Custody>,
    /// The keys that sign tokens and receipts.
    pub keyring: Arc<Keyring>,
    /// What makes the nonces of proofs of possession.
    pub nonces: Arc<NonceKey>,
    /// How often somebody may ask.
    pub limits: Arc<Limits>,
    /// Which clients wait for their events.
    pub long_polls: Arc<LongPolls>,
    /// Whose certificates clients may authenticate by (RFC 8705 §2.1).
    pub authorities: Option<Authorities>,
    /// Where reads wait for their entry.
    pub gate: Queue,
    /// Who watches the ledger, and how many of them are enough.
    pub policy: Option<Arc<Policy>>,
    /// How others are reached.
    pub outgoing: Outgoing,
    /// Keys that clients publish.
    pub key_sets: Arc<KeySets>,
    /// Turns of those who look through the ledger.
    pub looking: Arc<Semaphore>,
}

/// Reads the policy that the settings name.
fn policy(config: &Config, custody: &Custody) -> Result<Option<Arc<Policy>>, Fault> {
    let path = &config.witnesses.policy;
    if path.as_os_str().is_empty() {
        return Ok(None);
    }
    let text = std::fs::read_to_string(path).map_err(|cause| Fault::File("witnesses.policy", cause))?;
    let policy = Policy::parse(&text).map_err(|cause| {
        tracing::error!(policy = %path.display(), %cause, "not a policy");
        Fault::Key("witnesses.policy is no policy")
    })?;
    let ours = |log: &VerifierKey| log.bytes() == custody.ledger_public_key();
    if !policy.logs().is_empty() && !policy.logs().iter().any(ours) {
        return Err(Fault::Key("witnesses.policy names logs, and this ledger is not among them"));
    }
    Ok(Some(Arc::new(policy)))
}

impl App {
    /// Opens keys and database, brings the schema up to date, and checks that both belong together and that
    /// nothing signed is missing. The second half is what the gate reads from: hand it to `vault::gate::run`.
    ///
    /// # Errors
    /// When any of that is not so; nothing may be served then.
    pub async fn open(config: Config, clock: Clock) -> Result<(Self, Waiting), Fault> {
        tls::ready();
        let outgoing = Outgoing::new(&config.outgoing)?;
        let custody = Custody::open(&config.keys.folder)?;
        let db = Db::open(&config.database.url).await?;
        db.migrate().await?;
        checkpointer::check_at_start(&db, &custody, clock.now()).await?;
        let catalogue = Catalogue::built_in().map_err(|_| Fault::Internal("the built-in catalogue is unsound"))?;
        let authorities = config.mtls.client_ca.as_deref().map(Authorities::read).transpose();
        let authorities = authorities.map_err(|_| Fault::Key("mtls.client_ca cannot be used"))?;
        let policy = policy(&config, &custody)?;
        let (gate, waiting) = queue(WAITING);
        let keyring = Arc::new(custody.keyring(clock.now())?);
        let nonces = Arc::new(custody.nonce_key()?);
        let limits = Arc::new(Limits::new(&config.limits, &clock));
        let (config, catalogue, custody) = (Arc::new(config), Arc::new(catalogue), Arc::new(custody));
        let (key_sets, long_polls) = (Arc::default(), Arc::default());
        let app = Self {
            config,
            catalogue,
            db,
            clock,
            custody,
            keyring,
            nonces,
            limits,
            long_polls,
            authorities,
            gate,
            policy,
            outgoing,
            key_sets,
            looking: Arc::new(Semaphore::new(LOOKING)),
        };
        Ok((app, waiting))
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Today, in the community's time zone.
    #[must_use]
    pub fn today(&self) -> jiff::civil::Date {
        self.config.day_of(self.now())
    }
}
