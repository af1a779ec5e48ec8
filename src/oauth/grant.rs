//! A grant: what a resident allowed a client. Its code and its tokens hang from it, and end with it.

use std::time::Duration;

use super::client::Client;
use super::pkce::{Challenge, Verifier};
use super::refusal::Refusal::{self, InvalidDpopProof, InvalidGrant};
use super::scope::{PROFILE, Scope};
use crate::clock::Timestamp;
use crate::crypto::hash;
use crate::crypto::token::Digest;
use crate::ids::{ClientId, ConsentId, GrantId, ResidentId};
use crate::ledger::binding::Held;
use crate::ledger::queue::Proof;

/// A refresh token that is not used for so long is dead.
const IDLE: Duration = Duration::from_secs(14 * 86_400);
/// A grant is refreshed for so long at most; the consent may end it sooner.
const LONGEST: Duration = Duration::from_secs(90 * 86_400);

/// What a resident allowed a client.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// To whom.
    pub client: ClientId,
    /// By whom.
    pub resident: ResidentId,
    /// The consent record it rests on.
    pub consent: ConsentId,
    /// What for.
    pub purpose: String,
    /// Which claims.
    pub claims: Vec<String>,
    /// Which claims were asked for.
    pub asked: Vec<String>,
    /// What was granted, by name.
    pub scope: Scope,
    /// Where the code went.
    pub redirect_uri: String,
    /// Who may redeem the code.
    pub challenge: Challenge,
    /// For the ID token.
    pub nonce: Option<String>,
    /// The key that the code is bound to, if one was announced.
    pub dpop_jkt: Option<String>,
    /// For which resources tokens were asked (RFC 8707); none is the vault and userinfo.
    pub resources: Vec<String>,
    /// When the resident signed in: `auth_time`.
    pub signed_in_at: Timestamp,
    /// Whether the client asked for a kind or an age of sign-in.
    pub sign_in_asked: bool,
    /// When the grant was made.
    pub made_at: Timestamp,
    /// Whether it has ended.
    pub ended: bool,
}

/// What a client presents for a code.
pub struct CodeExchange {
    /// The code.
    pub code: Digest,
    /// Where it says that the code came to.
    pub redirect_uri: Option<String>,
    /// The secret behind the challenge.
    pub verifier: Option<Verifier>,
    /// What it proved to hold.
    pub held: Held,
    /// For which resource it wants an access token.
    pub resources: Vec<String>,
}

impl Grant {
    /// The part of the grant's scope that a refresh asks for (RFC 6749 §6).
    ///
    /// Claims hang from the purpose's scope, which a client that asked for `profile` never named. So `profile` keeps
    /// what it asked for: many libraries send the scope of their first request again.
    ///
    /// # Errors
    /// `invalid_scope` when it asks for more than was granted.
    pub fn narrowed(&self, asked: &str) -> Result<Scope, Refusal> {
        let mut scope = self.scope.narrowed(asked)?;
        if scope.profile && self.asked.iter().all(|claim| PROFILE.contains(&claim.as_str())) {
            scope.purpose.clone_from(&self.scope.purpose);
        }
        Ok(scope)
    }

    /// Whether this client must prove a key before this grant's code is looked at: nothing is used up when it
    /// does not.
    ///
    /// # Errors
    /// `invalid_dpop_proof`.
    pub fn check_proof_is_there(&self, proof: Option<&Proof>) -> Result<(), Refusal> {
        if self.dpop_jkt.is_some() && proof.is_none() {
            return Err(InvalidDpopProof("the code is bound to a key, and none was proved"));
        }
        Ok(())
    }

    /// May `client` have tokens for this grant's code? (RFC 6749 §4.1.3, RFC 7636 §4.6, RFC 9449 §10)
    ///
    /// # Errors
    /// `invalid_grant`, with what does not hold; the code is used up all the same.
    pub fn check(&self, client: &Client, asked: &CodeExchange) -> Result<(), Refusal> {
        if self.client != client.id {
            return Err(InvalidGrant("the code belongs to another client"));
        }
        if self.ended {
            return Err(InvalidGrant("the grant has ended"));
        }
        if asked.redirect_uri.as_deref() != Some(self.redirect_uri.as_str()) {
            return Err(InvalidGrant("redirect_uri differs from the authorization request"));
        }
        self.challenge.check(asked.verifier.as_ref().ok_or(InvalidGrant("no code_verifier"))?)?;
        match (&self.dpop_jkt, &asked.held.proof) {
            (Some(bound), Some(proof)) if *bound != proof.thumbprint => {
                Err(InvalidGrant("the code is bound to another key"))
            }
            _ => Ok(()),
        }
    }

    /// What its code carries: in which turn of the grant it was made. A grant that is changed gets another code.
    #[must_use]
    pub fn turn(&self) -> Vec<u8> {
        let parts = [
            self.consent.as_str().as_bytes(),
            self.scope.to_string().as_bytes(),
            &self.made_at.seconds().to_be_bytes(),
        ]
        .map(<[u8]>::to_vec);
        hash::sha256(&parts.concat()).to_vec()
    }

    /// Whether a code with this turn belongs to the grant as it is now.
    #[must_use]
    pub fn is_of(&self, turn: Option<&[u8]>) -> bool {
        turn.is_none_or(|turn| turn == self.turn())
    }

    /// Until when a refresh token that is issued or used now is good: fourteen days without use, ninety days in
    /// all, and never longer than the consent.
    #[must_use]
    pub fn refresh_until(&self, consent_until: Timestamp, now: Timestamp) -> Timestamp {
        now.plus(IDLE).min(self.family_until(consent_until))
    }

    /// When the last of this grant's refresh tokens is over, however often they are used: ninety days after the grant
    /// was made, not after each exchange, or with the consent.
    #[must_use]
    pub fn family_until(&self, consent_until: Timestamp) -> Timestamp {
        self.made_at.plus(LONGEST).min(consent_until)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::oauth::manifest::tests::PARTNER;

    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

    fn grant() -> Grant {
        Grant {
            id: GrantId::from_bytes([1; 16]),
            client: ClientId::stored("rp-a".into()),
            resident: ResidentId::from_bytes([2; 16]),
            consent: ConsentId::from_bytes([3; 16]),
            purpose: "parking.book".into(),
            claims: Vec::new(),
            asked: Vec::new(),
            scope: Scope::stored("openid cc:parking.book"),
            redirect_uri: "https://a.test/cb".into(),
            challenge: Challenge::stored("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".into()),
            nonce: None,
            dpop_jkt: Some("K1".into()),
            resources: Vec::new(),
            signed_in_at: NOW,
            sign_in_asked: false,
            made_at: NOW,
            ended: false,
        }
    }

    fn proof(key: &str) -> Option<Proof> {
        Some(Proof { thumbprint: key.into(), jti: Digest::of(b"x") })
    }

    fn exchange() -> CodeExchange {
        CodeExchange {
            code: Digest::of(b"code"),
            redirect_uri: Some("https://a.test/cb".into()),
            verifier: Some(Verifier::parse(VERIFIER).unwrap()),
            held: Held::key(proof("K1")),
            resources: Vec::new(),
        }
    }

    #[test]
    fn profile_keeps_the_claims_that_it_asked_for() {
        let narrowed = |asked: &[&str], scope: &str| {
            let asked = asked.iter().map(|claim| (*claim).to_owned()).collect();
            let whole = Scope::stored("openid profile cc:signin.basic");
            Grant { scope: whole, asked, ..grant() }.narrowed(scope).unwrap().to_string()
        };
        assert_eq!(narrowed(&PROFILE, "openid profile"), "openid profile cc:signin.basic");
        assert_eq!(narrowed(&PROFILE, "openid"), "openid");
        assert_eq!(narrowed(&["over_18", "name_masked"], "openid profile"), "openid profile", "more than profile asks");
    }

    #[test]
    fn a_code_is_for_its_client_its_redirect_its_verifier_and_its_key() {
        let client = Client::parse(PARTNER).unwrap();
        assert!(grant().check(&client, &exchange()).is_ok());
        let other = Client::parse(&PARTNER.replace("rp-a", "rp-b")).unwrap();
        assert!(grant().check(&other, &exchange()).is_err());
        let wrong = [
            CodeExchange { redirect_uri: None, ..exchange() },
            CodeExchange { redirect_uri: Some("https://a.test/cb2".into()), ..exchange() },
            CodeExchange { verifier: None, ..exchange() },
            CodeExchange { verifier: Some(Verifier::parse(&"a".repeat(43)).unwrap()), ..exchange() },
            CodeExchange { held: Held::key(proof("K2")), ..exchange() },
        ];
        for asked in wrong {
            assert_eq!(grant().check(&client, &asked).unwrap_err().code(), "invalid_grant");
        }
        assert!(Grant { ended: true, ..grant() }.check(&client, &exchange()).is_err());
        let without_challenge = Grant { challenge: Challenge::stored(String::new()), ..grant() };
        assert!(without_challenge.check(&client, &exchange()).is_err());
        assert_eq!(grant().check_proof_is_there(None).unwrap_err().code(), "invalid_dpop_proof");
    }

    #[test]
    fn a_refresh_token_ends_with_idleness_age_or_consent() {
        let days = |days: u64| Duration::from_secs(days * 86_400);
        let far = NOW.plus(days(400));
        assert_eq!(grant().refresh_until(far, NOW), NOW.plus(days(14)));
        assert_eq!(grant().refresh_until(far, NOW.plus(days(80))), NOW.plus(days(90)));
        assert_eq!(grant().refresh_until(NOW.plus(days(3)), NOW), NOW.plus(days(3)));
    }
}
