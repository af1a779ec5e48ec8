//! What may be used once, and was it?
//!
//! One table for codes, handles, ceremonies, invitations, recovery codes and everything of the like. What we
//! issued is consumed by one conditional UPDATE; what others present (a `jti`) is remembered by one INSERT that
//! meets a primary key. Nothing else in the code decides whether something was used before, so the answer is the
//! same across threads, nodes, restarts and seconds.

use crate::clock::Timestamp;
use crate::crypto::token::Digest;
use crate::db::Tx;
use crate::fault::Fault;

mod store;

/// What kind of thing may be used once. The name in the table never changes meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An authorization code; its subject is the grant.
    Code,
    /// A `request_uri` handle from `/par`; its subject is the pending authorization request.
    RequestUri,
    /// A public client's refresh token, which is exchanged for a new one; its subject is the grant.
    RefreshToken,
    /// The `jti` of a DPoP proof (RFC 9449 §11.1).
    DpopProof,
    /// The `jti` of a client assertion (RFC 7523 §3).
    ClientAssertion,
    /// A WebAuthn ceremony under way, with its sealed state; its subject is the browser it began in.
    Ceremony,
    /// A passkey assertion that was accepted: webauthn-rs would verify it again.
    PasskeyAssertion,
    /// An invitation to make the first passkey; its subject is the resident.
    Invitation,
    /// A recovery code; its subject is the resident.
    RecoveryCode,
    /// What stands in the letter that confirms a mail address; its subject is the resident.
    MailAddress,
    /// The right to make a new passkey that a recovery code gave; its subject is the resident.
    Recovery,
    /// An operator's leave for one client to register itself (RFC 7591 §1.2).
    InitialAccessToken,
    /// The token of a form (CSRF); presented, not issued.
    FormToken,
    /// A device code (RFC 8628 §3.2), used up when it is redeemed; its subject is the device's request.
    DeviceCode,
    /// The user code beside it, used up by the resident's answer; its subject is the device's request.
    UserCode,
    /// A link to recover that two members of staff gave out; its subject is the resident.
    DeskRecovery,
    /// What staff prepared, until the resident confirms it; its subject is the act.
    DeskAct,
    /// The operator's link for a member of staff or an auditor; its subject is the person.
    PersonInvitation,
    /// A WebAuthn ceremony of such a person; its subject is the browser it began in.
    PersonCeremony,
    /// The link of an offered mandate; its subject is the mandate.
    Mandate,
    /// A guardian named a child: only counted; its subject is the guardian.
    ChildNamed,
}

impl Kind {
    /// The name in the table.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::RequestUri => "request_uri",
            Self::RefreshToken => "refresh_token",
            Self::DpopProof => "dpop_jti",
            Self::ClientAssertion => "assertion_jti",
            Self::Ceremony => "ceremony",
            Self::PasskeyAssertion => "passkey_assertion",
            Self::Invitation => "invitation",
            Self::RecoveryCode => "recovery_code",
            Self::MailAddress => "mail_address",
            Self::ChildNamed => "child_named",
            Self::Recovery => "recovery",
            Self::InitialAccessToken => "initial_access_token",
            Self::FormToken => "form_token",
            Self::DeviceCode => "device_code",
            Self::UserCode => "user_code",
            Self::DeskRecovery => "desk_recovery",
            Self::DeskAct => "desk_act",
            Self::PersonInvitation => "person_invitation",
            Self::PersonCeremony => "person_ceremony",
            Self::Mandate => "mandate",
        }
    }
}

/// Something to be used once, about to be issued.
#[derive(Debug)]
pub struct Issue<'a> {
    /// What kind of thing.
    pub kind: Kind,
    /// The digest of the secret, never the secret.
    pub digest: &'a Digest,
    /// What it leads to: the id of a grant, a resident …
    pub subject: &'a str,
    /// Sealed state that travels with it, if any.
    pub state: Option<&'a [u8]>,
    /// From when …
    pub now: Timestamp,
    /// … until when it may be used.
    pub expires: Timestamp,
}

/// What a single-use thing led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The id given at its issue.
    pub subject: String,
    /// The sealed state given at its issue.
    pub state: Option<Vec<u8>>,
}

/// How a single-use thing stands, without using it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Never issued, or forgotten long after its end.
    Unknown,
    /// Its time is over and it was never used.
    Expired(Subject),
    /// Somebody used it.
    Used(Subject),
    /// It may still be used.
    Open(Subject),
}

/// Issues something.
///
/// # Errors
/// When the database fails, or the digest was issued before (which 256 random bits do not).
pub async fn issue(tx: &mut Tx, issue: Issue<'_>) -> Result<(), Fault> {
    store::insert(tx, &issue).await
}

/// Issues many things in one statement.
///
/// # Errors
/// As [`issue`].
pub async fn issue_all(tx: &mut Tx, issues: &[Issue<'_>]) -> Result<(), Fault> {
    store::insert_all(tx, issues).await
}

/// Uses it. `None` when it is unknown, expired or was used before; ask [`standing`] which.
///
/// # Errors
/// When the database fails.
pub async fn consume(tx: &mut Tx, kind: Kind, digest: &Digest, now: Timestamp) -> Result<Option<Subject>, Fault> {
    store::consume(tx, kind, digest, now).await
}

/// As [`consume`], and leaves something sealed for whoever presents it again: [`standing`] has it as its state, until
/// it is wiped ([`wipe_left`]).
///
/// # Errors
/// When the database fails.
pub async fn consume_leaving(
    tx: &mut Tx, kind: Kind, digest: &Digest, now: Timestamp, left: Option<&[u8]>,
) -> Result<Option<Subject>, Fault> {
    store::consume_leaving(tx, kind, digest, now, left).await
}

/// Wipes what things of a kind left behind that were used before `before`.
///
/// # Errors
/// When the database fails.
pub async fn wipe_left(tx: &mut Tx, kind: Kind, before: Timestamp) -> Result<u64, Fault> {
    store::wipe_left(tx, kind, before).await
}

/// How it stands, without using it.
///
/// # Errors
/// When the database fails.
pub async fn standing(tx: &mut Tx, kind: Kind, digest: &Digest, now: Timestamp) -> Result<Standing, Fault> {
    store::standing(tx, kind, digest, now).await
}

/// Remembers what somebody else made unique. `false`: it was presented before.
///
/// # Errors
/// When the database fails.
pub async fn present(
    tx: &mut Tx, kind: Kind, digest: &Digest, now: Timestamp, forget: Timestamp,
) -> Result<bool, Fault> {
    store::present(tx, kind, digest, now, forget).await
}

/// As [`present`], for many of one kind in one statement: the digests that are new. A digest that stands in the
/// list twice is new once.
///
/// # Errors
/// When the database fails.
pub async fn present_all(
    tx: &mut Tx, kind: Kind, digests: &[Digest], now: Timestamp, forget: Timestamp,
) -> Result<std::collections::HashSet<String>, Fault> {
    store::present_all(tx, kind, digests, now, forget).await
}

/// Ends everything of a kind that still leads to `subject`; how many that were.
///
/// # Errors
/// When the database fails.
pub async fn end_all(tx: &mut Tx, kind: Kind, subject: &str, now: Timestamp) -> Result<u64, Fault> {
    store::end_all(tx, kind, subject, now).await
}

/// How many of a kind that lead to `subject` may still be used.
///
/// # Errors
/// When the database fails.
pub async fn count_open(tx: &mut Tx, kind: Kind, subject: &str, now: Timestamp) -> Result<u32, Fault> {
    store::count_open(tx, kind, subject, now).await
}

/// How many of a kind that lead to `subject` were issued after `since`, whatever became of them. At most a day back:
/// older ones are swept ([`sweep`]).
///
/// # Errors
/// When the database fails.
pub async fn count_issued(tx: &mut Tx, kind: Kind, subject: &str, since: Timestamp) -> Result<u32, Fault> {
    store::count_issued(tx, kind, subject, since).await
}

/// As [`end_all`], for many subjects in one statement.
///
/// # Errors
/// When the database fails.
pub async fn end_all_of(tx: &mut Tx, kind: Kind, subjects: &[&str], now: Timestamp) -> Result<u64, Fault> {
    store::end_all_of(tx, kind, subjects, now).await
}

/// Everything of a kind that may still be used: its digest, and what it leads to.
///
/// # Errors
/// When the database fails.
pub async fn all_open(tx: &mut Tx, kind: Kind, now: Timestamp) -> Result<Vec<(Digest, Subject)>, Fault> {
    store::all_open(tx, kind, now).await
}

/// Gives an open thing a later (or earlier) end. `false` when it is not open any more.
///
/// # Errors
/// When the database fails.
pub async fn prolong(
    tx: &mut Tx, kind: Kind, digest: &Digest, now: Timestamp, expires: Timestamp,
) -> Result<bool, Fault> {
    store::prolong(tx, kind, digest, now, expires).await
}

/// Forgets what ended before `before`: keep it for a day, so that a late replay is still known as one. What others
/// present is forgotten as soon as it is over: it is refused for its age then, and there is the most of it.
///
/// # Errors
/// When the database fails.
pub async fn sweep(tx: &mut Tx, before: Timestamp, now: Timestamp) -> Result<u64, Fault> {
    store::sweep(tx, before, now).await
}
