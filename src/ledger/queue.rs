//! The queue before the gate: reads that wait for their entry.
//!
//! The queue is a type of this floor so that the bundle of a request can hold it; `vault/gate.rs` runs it.

use tokio::sync::{mpsc, oneshot};

use super::binding::Held;
use super::{By, Logged};
use crate::crypto::token::Digest;
use crate::fault::Fault;
use crate::ids::{ClientId, ConsentId, EmergencyId, PersonId, RequestId, ResidentId};
use crate::limit::TooMany;

/// Who asks, as far as the door could check without the database.
#[derive(Debug, Clone)]
pub enum Asker {
    /// A client with an access token.
    Client {
        /// The token.
        token: Digest,
        /// What its holder proved to hold.
        held: Held,
    },
    /// A client with an access token, at userinfo: what ordinary clients were given, and nothing of the vault's.
    Userinfo {
        /// The token.
        token: Digest,
        /// What its holder proved to hold.
        held: Held,
    },
    /// The resident herself, signed in, or somebody who may act for her: her own data page, or the values on a
    /// consent page.
    OwnEyes {
        /// Whose data.
        resident: ResidentId,
        /// Whose eyes.
        by: By,
        /// The occasion, as a code: `my_data`, `consent_page`.
        reason: &'static str,
    },
    /// A member of staff at the desk, who looks for somebody: sees the same few fields, and the resident sees that.
    Staff {
        /// Whose data.
        resident: ResidentId,
        /// Who looks.
        person: PersonId,
        /// The occasion, as a code: `desk_look`.
        reason: &'static str,
    },
    /// A member of staff in an emergency that another one approved.
    Emergency {
        /// Whose data.
        resident: ResidentId,
        /// Who looks.
        person: PersonId,
        /// Which.
        emergency: EmergencyId,
    },
    /// The operator at the command line: sees the few fields that a slip of paper says, and the resident sees that.
    Operator {
        /// Whose data.
        resident: ResidentId,
        /// The occasion, as a code: `invitation`.
        reason: &'static str,
    },
}

/// A DPoP proof whose signature, method, URI, age and `ath` hold (RFC 9449 §4.3); its key must still be the
/// token's, and its `jti` new.
#[derive(Debug, Clone)]
pub struct Proof {
    /// JWK thumbprint of the proof's key (RFC 7638).
    pub thumbprint: String,
    /// Digest of key and `jti`.
    pub jti: Digest,
}

/// What is asked of the gate.
#[derive(Debug)]
pub struct Ask {
    /// Who asks.
    pub asker: Asker,
    /// Which claims (or fields, for own eyes); `None`: all that the grant covers.
    pub claims: Option<Vec<String>>,
    /// The HTTP request.
    pub request: RequestId,
    /// Where the answer goes.
    pub answer: oneshot::Sender<Answer>,
}

/// What the gate answers: only `Ok` opens anything.
pub type Answer = Result<Allowed, Denied>;

/// The read may go on: the entry is durable.
#[derive(Debug)]
pub struct Allowed {
    /// The proof.
    pub logged: Logged,
    /// Whose data.
    pub resident: ResidentId,
    /// The client, if one asked.
    pub client: Option<ClientId>,
    /// The purpose's code.
    pub purpose: Option<String>,
    /// The consent record it rests on.
    pub consent: Option<ConsentId>,
    /// Unix seconds at which the consent was given.
    pub given_at: Option<i64>,
    /// Unix seconds at which the consent ends.
    pub valid_until: Option<i64>,
    /// Exactly these claims.
    pub claims: Vec<String>,
    /// The resident's data key, wrapped, with its version.
    pub wrapped_key: (Vec<u8>, u32),
}

/// The read may not go on.
#[derive(Debug)]
pub enum Denied {
    /// The token is unknown, expired, revoked or bound to another key (RFC 6750 `invalid_token`).
    Token(&'static str),
    /// The proof was used before or is missing (RFC 9449 `invalid_dpop_proof`).
    Proof(&'static str),
    /// There is no basis: refused and entered, with the reason's code and the entry's position.
    Basis(&'static str, u64),
    /// The client read as often as it may in this minute; nothing is entered.
    TooMany(TooMany),
    /// There is a basis, but the resident signed in longer ago than these seconds: refused and entered at this position.
    SignIn(u32, u64),
    /// Ours: nothing was decided, nothing opened.
    Fault(Fault),
}

/// The sending end, for everybody who wants to read.
#[derive(Debug, Clone)]
pub struct Queue(mpsc::Sender<Ask>);

/// The receiving end, for the gate.
pub type Waiting = mpsc::Receiver<Ask>;

/// A queue of at most so many waiting reads; more are told to come back later.
#[must_use]
pub fn queue(capacity: usize) -> (Queue, Waiting) {
    let (sender, receiver) = mpsc::channel(capacity);
    (Queue(sender), receiver)
}

impl Queue {
    /// Waits for the gate's answer. If the caller goes away, the entry stands all the same.
    ///
    /// # Errors
    /// What the gate denies, or a fault when the gate is not there or too many wait.
    pub async fn ask(&self, asker: Asker, claims: Option<Vec<String>>, request: RequestId) -> Answer {
        let (answer, decided) = oneshot::channel();
        let ask = Ask { asker, claims, request, answer };
        self.0.try_send(ask).map_err(|_| Denied::Fault(Fault::AuditUnavailable("too many reads wait")))?;
        decided.await.map_err(|_| Denied::Fault(Fault::AuditUnavailable("the gate is closed")))?
    }
}
