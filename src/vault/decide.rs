//! The decision on one read: pure, from rows that were looked up while the ledger's head was held.

use std::collections::{HashMap, HashSet};

use super::break_glass::Approved;
use crate::claims::{Catalogue, ClientClass};
use crate::clock::Timestamp;
use crate::consent::Record;
use crate::consent::never::{self, Never};
use crate::ids::{ConsentId, EmergencyId, MandateId, ResidentId};
use crate::ledger::binding::Held;
use crate::ledger::queue::{Ask, Asker, Denied};
use crate::ledger::{Actor, Entry, Kind, Outcome};
use crate::limit::{Key, Limits, What};
use crate::mandate::Mandate;
use crate::oauth::AccessRow;

/// What was looked up for a batch, all of it after the head was held.
pub struct Facts<'a> {
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// How often a client may read.
    pub limits: &'a Limits,
    /// The present moment.
    pub now: Timestamp,
    /// Tokens, by digest.
    pub access: HashMap<String, AccessRow>,
    /// Proofs that were never seen before, by digest; a decision takes the one it rests on.
    pub new_proofs: HashSet<String>,
    /// Consent records.
    pub consents: HashMap<ConsentId, Record>,
    /// What residents never give.
    pub nevers: HashMap<ResidentId, Vec<Never>>,
    /// Mandates that are in force.
    pub mandates: HashMap<MandateId, Mandate>,
    /// Emergencies that were approved, each with one of the residents it is about.
    pub emergencies: HashMap<(EmergencyId, ResidentId), Approved>,
}

/// What becomes of a read: denied at the door, or entered, allowed or refused.
pub enum Decision {
    /// Nobody's access: the token or the proof is no good, and nothing is entered.
    Denied(Denied),
    /// To be entered.
    Entered(Box<Verdict>),
}

impl Decision {
    /// What is entered, if anything.
    pub fn verdict(&self) -> Option<&Verdict> {
        match self {
            Self::Entered(verdict) => Some(verdict),
            Self::Denied(_) => None,
        }
    }

    /// Refuses what was allowed, when it is about such a resident.
    pub fn refuse_if(&mut self, is_so: impl Fn(&ResidentId) -> bool, reason: &'static str) {
        let Self::Entered(verdict) = self else { return };
        if verdict.claims.is_err() || !is_so(&verdict.resident) {
            return;
        }
        if verdict.entry.kind == Kind::Disclosure {
            verdict.entry.kind = Kind::Refusal;
        }
        verdict.entry.outcome = Outcome::Refused;
        verdict.entry.reason = reason;
        verdict.claims = Err(No::Basis(reason));
    }
}

/// Why a read is refused that is entered all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum No {
    /// There is no basis for it.
    Basis(&'static str),
    /// The resident signed in more than so many seconds ago.
    SignIn(u32),
}

impl No {
    /// The code that the entry carries.
    fn reason(self) -> &'static str {
        match self {
            Self::Basis(reason) => reason,
            Self::SignIn(_) => "sign_in_too_old",
        }
    }
}

/// A read about to be entered.
pub struct Verdict {
    /// The entry.
    pub entry: Entry,
    /// Whose data.
    pub resident: ResidentId,
    /// The claims that may be opened, or why none.
    pub claims: Result<Vec<String>, No>,
    /// When the consent it rests on was given, and when it ends, Unix seconds.
    pub given_at: Option<i64>,
    /// As above.
    pub valid_until: Option<i64>,
}

impl Facts<'_> {
    /// Decides one read. A proof that two reads of a batch carry counts for the first of them.
    pub fn decide(&mut self, ask: &Ask) -> Decision {
        let proved = match &ask.asker {
            Asker::Client { held, .. } | Asker::Userinfo { held, .. } => {
                held.proof.as_ref().is_some_and(|proof| self.new_proofs.remove(proof.jti.as_str()))
            }
            _ => false,
        };
        // A token is for one door: the vault's, or that of sign-ins (case 94).
        let class = match &ask.asker {
            Asker::Userinfo { .. } => ClientClass::Ordinary,
            _ => ClientClass::Partner,
        };
        match &ask.asker {
            Asker::OwnEyes { resident, by, reason } => {
                Decision::Entered(Box::new(self.own_eyes(ask, resident, by, reason)))
            }
            Asker::Staff { resident, person, reason } => {
                Decision::Entered(Box::new(self.staff(ask, resident, person, reason)))
            }
            Asker::Emergency { resident, person, emergency } => {
                Decision::Entered(Box::new(self.in_emergency(ask, resident, person, emergency)))
            }
            Asker::Operator { resident, reason } => Decision::Entered(Box::new(self.operator(ask, resident, reason))),
            Asker::Client { token, held } | Asker::Userinfo { token, held } => {
                match self.token(token.as_str(), held, proved).and_then(|access| self.may_come(access, class)) {
                    Err(denied) => Decision::Denied(denied),
                    Ok(access) => Decision::Entered(Box::new(self.client(ask, access))),
                }
            }
        }
    }

    // Is this token alive, and is it its holder who shows it? (RFC 6750 §3.1, RFC 9449 §7.1, RFC 8705 §3)
    fn token(&self, digest: &str, held: &Held, proved: bool) -> Result<&AccessRow, Denied> {
        let access = self.access.get(digest).ok_or(Denied::Token("no such token"))?;
        if access.revoked {
            return Err(Denied::Token("revoked"));
        }
        if access.expires_at <= self.now.seconds() {
            return Err(Denied::Token("expired"));
        }
        held.fits(access.binding.as_ref()).map_err(Denied::Token)?;
        if held.proof.is_some() && !proved {
            return Err(Denied::Proof("used before"));
        }
        Ok(access)
    }

    // Is it for this door, and has its client not come too often?
    fn may_come<'a>(&self, access: &'a AccessRow, class: ClientClass) -> Result<&'a AccessRow, Denied> {
        let access = self.audience(access, class)?;
        let key = Key::of(&[access.client.as_str().as_bytes()]);
        self.limits.count(What::VaultRead, key).map_err(Denied::TooMany)?;
        Ok(access)
    }

    fn audience<'a>(&self, access: &'a AccessRow, class: ClientClass) -> Result<&'a AccessRow, Denied> {
        let purpose = access.purpose.as_ref().and_then(|code| self.catalogue.purpose(code));
        if purpose.is_some_and(|purpose| purpose.clients != class) {
            return Err(Denied::Token("for another door"));
        }
        Ok(access)
    }

    fn client(&self, ask: &Ask, access: &AccessRow) -> Verdict {
        let record = access.consent.as_ref().and_then(|id| self.consents.get(id));
        let claims = self.basis(ask.claims.as_deref(), access, record).map_err(No::Basis);
        let claims = claims.and_then(|claims| self.signed_in_lately(claims, access));
        let kind = if claims.is_ok() { Kind::Disclosure } else { Kind::Refusal };
        let mut entry = Entry::about(kind, &access.resident, self.now);
        entry.actor = Actor::Client;
        entry.client = Some(access.client.clone());
        entry.purpose.clone_from(&access.purpose);
        entry.consent.clone_from(&access.consent);
        entry.request = Some(ask.request.clone());
        match &claims {
            Ok(claims) => entry.claims.clone_from(claims),
            Err(no) => {
                entry.claims = ask.claims.clone().unwrap_or_else(|| access.claims.clone());
                entry.outcome = Outcome::Refused;
                entry.reason = no.reason();
            }
        }
        let (given_at, valid_until) = (record.map(|record| record.given_at), record.map(|record| record.valid_until));
        Verdict { entry, resident: access.resident.clone(), claims, given_at, valid_until }
    }

    // Some claims are not read long after the resident was last seen to be there (RFC 9470).
    fn signed_in_lately(&self, claims: Vec<String>, access: &AccessRow) -> Result<Vec<String>, No> {
        let age = self.now.seconds().saturating_sub(access.signed_in_at);
        match self.catalogue.max_auth_age(&claims) {
            Some(most) if age > i64::from(most) => Err(No::SignIn(most)),
            _ => Ok(claims),
        }
    }

    // Is there a basis in force at this moment, for this purpose and these claims?
    fn basis(
        &self, wanted: Option<&[String]>, access: &AccessRow, record: Option<&Record>,
    ) -> Result<Vec<String>, &'static str> {
        if access.client_disabled {
            return Err("client_disabled");
        }
        if access.resident_sealed {
            return Err("resident_sealed");
        }
        if access.resident_locked {
            return Err("access_suspended");
        }
        if access.purpose_withdrawn {
            return Err("purpose_withdrawn");
        }
        let record = record.ok_or("consent_required")?;
        let same = record.resident == access.resident
            && record.client == access.client
            && Some(&record.purpose) == access.purpose.as_ref();
        if !same {
            return Err("consent_required");
        }
        record.in_force(self.now)?;
        let purpose = self.catalogue.purpose(&record.purpose).ok_or("purpose_unknown")?;
        let covered =
            |claim: &String| access.claims.contains(claim) && record.claims.contains(claim) && purpose.knows(claim);
        let nevers = self.nevers.get(&access.resident).map_or(&[][..], Vec::as_slice);
        let free = |claim: &String| !never::keeps_back(nevers, claim, &access.party);
        // A claim that she gives in a lower form goes out, and is entered, under that form's name; it may be asked for
        // by either.
        let wanted: Option<Vec<String>> =
            wanted.map(|names| names.iter().map(|name| record.agreed(name).to_owned()).collect());
        let claims = match wanted {
            Some(wanted) if wanted.iter().all(covered) && !wanted.iter().all(free) => return Err("kept_back"),
            Some(wanted) if wanted.iter().all(covered) => wanted,
            Some(_) => return Err("scope_too_narrow"),
            None => record.claims.iter().filter(|claim| covered(claim) && free(claim)).cloned().collect(),
        };
        Ok(claims.iter().map(|claim| record.released(claim).to_owned()).collect())
    }
}
