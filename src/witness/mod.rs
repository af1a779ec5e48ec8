//! A witness: somebody else's server, that says of a log "I saw this checkpoint, and the tree only grew" (C2SP
//! tlog-witness). Whoever shows two people two trees needs it to sign both, and it never does.
//!
//! 1. A request is read ([`request`]): the size that the log believes was seen last, a proof, a signed checkpoint.
//! 2. The log must be one that the witness was told of, and the signature its own ([`settings`]).
//! 3. What was seen last is read and compared, the proof checked, the new checkpoint kept durably, all of it by one
//!    request at a time ([`memory`]).
//! 4. Only then the cosignature leaves. If we crash between 3 and 4, the log asks again and gets it.
//!
//! A witness knows no resident, opens no database, and holds no key but its own.

use std::path::Path;

use signed_note::{Note, Verifier, VerifierList};
use tlog_tiles::tlog::EMPTY_HASH;

use crate::clock::Clock;
use crate::fault::Fault;
use crate::ledger::checkpoint::Checkpoint;
use crate::ledger::cosignature::Cosigner;
use crate::ledger::proof;
use crate::ledger::verifier_key::VerifierKey;

mod contrary;
pub mod key;
pub mod memory;
pub mod request;
pub mod settings;

use memory::{Memory, Seen};
use request::{Malformed, Request};

/// A witness at work.
#[derive(Debug)]
pub struct Witness {
    cosigner: Cosigner,
    logs: Vec<VerifierKey>,
    memory: Memory,
    clock: Clock,
}

/// Why a checkpoint is not cosigned (C2SP tlog-witness, add-checkpoint).
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// 400: not written like a request.
    #[error("{0}")]
    Malformed(#[from] Malformed),
    /// 404: no log of this origin is witnessed here.
    #[error("no log of this origin is witnessed here")]
    UnknownLog,
    /// 403: no good signature of the log.
    #[error("the checkpoint carries no good signature of its log")]
    NotSigned,
    /// 400: the old size is larger than the checkpoint.
    #[error("the old size is larger than the checkpoint's")]
    Shrinks,
    /// 409: another size than this was cosigned last.
    #[error("another size was cosigned last")]
    Stale(u64),
    /// 409: a tree of this size with another root was cosigned.
    #[error("another tree of this size was cosigned before: this log shows two")]
    Forked,
    /// 422: the proof does not lead from what was cosigned last to this checkpoint.
    #[error("the proof does not show that the tree only grew")]
    NotGrown,
    /// Ours.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Witness {
    /// The witness whose key and memory lie in this folder, for these logs.
    ///
    /// # Errors
    /// When its key is missing or readable by others, its memory is gone, or another process uses it.
    pub fn open(folder: &Path, logs: Vec<VerifierKey>, clock: Clock) -> Result<Self, Fault> {
        let memory = Memory::open(folder)?;
        Ok(Self { cosigner: key::read(folder)?, logs, memory, clock })
    }

    /// What others verify its cosignatures with.
    #[must_use]
    pub fn verifier_key(&self) -> &VerifierKey {
        self.cosigner.verifier_key()
    }

    /// The origins of its logs, each once, with what was cosigned last.
    ///
    /// # Errors
    /// When its memory does not read.
    pub fn logs(&self) -> Result<Vec<(&str, Option<Seen>)>, Fault> {
        let mut origins: Vec<&str> = self.logs.iter().map(Verifier::name).collect();
        origins.sort_unstable();
        origins.dedup();
        origins.into_iter().map(|origin| Ok((origin, self.memory.last(origin)?))).collect()
    }

    /// Cosigns the checkpoint of an add-checkpoint request; the line of the cosignature. Blocks: it waits for the disk.
    ///
    /// # Errors
    /// Why not.
    pub fn add_checkpoint(&self, body: &[u8]) -> Result<String, Refusal> {
        let request = Request::parse(body)?;
        let signed = self.signed(&request)?;
        if request.old > request.checkpoint.size {
            return Err(Refusal::Shrinks);
        }
        self.memory.advance(&request.origin, |last| {
            if let Err(refusal) = grows(&request, last.map(|last| &last.checkpoint)) {
                self.keep_contrary(&request, &refusal, last, &signed);
                return Err(refusal);
            }
            let line = self.cosigner.sign(request.text(), self.clock.now())?;
            Ok((Seen { checkpoint: request.checkpoint, note: format!("{signed}{line}") }, line))
        })
    }

    /// Whoever doubts the log will want what was not cosigned.
    fn keep_contrary(&self, request: &Request, refusal: &Refusal, last: Option<&Seen>, signed: &str) {
        let (home, origin, size) = (self.memory.folder(), &request.origin, request.checkpoint.size);
        match (refusal, last) {
            (Refusal::Forked, Some(last)) => {
                tracing::error!(origin, size, "the log signed two trees of one size; both are kept as evidence");
                contrary::keep_fork(home, origin, last, &request.checkpoint, signed);
            }
            (Refusal::NotGrown, _) => {
                tracing::warn!(origin, size, "a checkpoint came without a proof that it grew out of what was cosigned");
                contrary::keep_unproved(home, origin, &request.checkpoint, signed);
            }
            _ => {}
        }
    }

    /// The checkpoint with the signatures of its log, once one of them was found good.
    fn signed(&self, request: &Request) -> Result<String, Refusal> {
        let keys: Vec<Box<dyn Verifier>> = self
            .logs
            .iter()
            .filter(|key| key.name() == request.origin)
            .map(|key| Box::new(key.clone()) as Box<dyn Verifier>)
            .collect();
        if keys.is_empty() {
            return Err(Refusal::UnknownLog);
        }
        let (good, _) = request.note.verify(&VerifierList::new(keys)).map_err(|_| Refusal::NotSigned)?;
        let note = Note::new(request.text(), &good).map_err(|_| Refusal::NotSigned)?;
        String::from_utf8(note.to_bytes()).map_err(|_| Refusal::NotSigned)
    }
}

/// Whether the tree of the request only adds to what was cosigned last.
fn grows(request: &Request, last: Option<&Checkpoint>) -> Result<(), Refusal> {
    let last = last.copied().unwrap_or(Checkpoint { size: 0, root: EMPTY_HASH });
    if request.old != last.size {
        return Err(Refusal::Stale(last.size));
    }
    if request.checkpoint.size == last.size && request.checkpoint.root != last.root {
        return Err(Refusal::Forked);
    }
    proof::check_growth(&request.proof, &last, &request.checkpoint).map_err(|_| Refusal::NotGrown)
}
