//! Names of things: one type each, so that none is taken for another.

use std::fmt;

/// Says that a text is not an id of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id: 32 lower-case hexadecimal digits expected")]
pub struct NotAnId;

macro_rules! random_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        ///
        /// 128 random bits, written as 32 lower-case hexadecimal digits.
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The id of these random bytes (`crypto::random::id`).
            #[must_use]
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(hex::encode(bytes))
            }

            /// Reads an id that came from outside.
            ///
            /// # Errors
            /// When it is not 32 lower-case hexadecimal digits.
            pub fn parse(text: &str) -> Result<Self, NotAnId> {
                let well_formed = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
                well_formed.then(|| Self(text.to_owned())).ok_or(NotAnId)
            }

            /// An id as the database gave it back.
            #[must_use]
            pub fn stored(text: String) -> Self {
                Self(text)
            }

            /// As text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<[u8; 16]> for $name {
            fn from(bytes: [u8; 16]) -> Self {
                Self::from_bytes(bytes)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

random_ids! {
    /// A resident, inside this service only: no client ever sees it.
    ResidentId,
    /// A consent record (one per recipient and purpose).
    ConsentId,
    /// What a resident allowed a client; code and tokens hang from it.
    GrantId,
    /// A pending authorization request.
    AuthorizationId,
    /// A signed-in browser.
    SessionId,
    /// A passkey, as our pages name it (not the credential id).
    PasskeyId,
    /// An invitation to make the first passkey.
    InvitationId,
    /// Leave for somebody to act for a resident.
    MandateId,
    /// A member of staff, or an auditor.
    PersonId,
    /// A resident before a member of staff.
    SittingId,
    /// Something prepared at the desk.
    DeskActId,
    /// What a resident's browser makes up, for the ledger to hold.
    ChallengeId,
    /// A card that stands in for a phone.
    CardId,
    /// A recovery that the desk began.
    RecoveryId,
    /// Something a resident asks of people: an objection, a correction, an explanation.
    CaseId,
    /// An order to a client, with a day by which it answers.
    OrderId,
    /// A message in a resident's inbox.
    MessageId,
    /// An erasure that was begun.
    ErasureId,
    /// That a resident has died, as staff say.
    SealingId,
    /// A use of break-glass: what two members of staff may see of a resident in an emergency.
    EmergencyId,
    /// A case file of the auditors.
    DossierId,
    /// That an auditor asks who somebody is.
    IdentifyId,
    /// One HTTP request, in logs and in answers.
    RequestId,
}

/// A registered client. Chosen at registration, unreserved characters only (RFC 3986 §2.3), so that it
/// survives every form encoding of the libraries it meets.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct ClientId(String);

impl ClientId {
    /// Reads a client id: 1 to 64 of `A-Z a-z 0-9 - . _ ~`.
    ///
    /// # Errors
    /// When it is something else.
    pub fn parse(text: &str) -> Result<Self, NotAnId> {
        let unreserved = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
        let well_formed = (1..=64).contains(&text.len()) && text.bytes().all(unreserved);
        well_formed.then(|| Self(text.to_owned())).ok_or(NotAnId)
    }

    /// A client id as the database gave it back.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_and_nothing_else_reads_as_one() {
        let id = ResidentId::from_bytes([7; 16]);
        assert_eq!(ResidentId::parse(id.as_str()), Ok(id));
        for not in ["", "07", &"0".repeat(33), &"G".repeat(32), &"A".repeat(32)] {
            assert_eq!(ResidentId::parse(not), Err(NotAnId), "{not}");
        }
    }

    #[test]
    fn a_client_id_has_unreserved_characters_only() {
        assert!(ClientId::parse("rp-a_1.x~").is_ok());
        for not in ["", "a b", "a+b", "a%62", "停车", &"a".repeat(65)] {
            assert_eq!(ClientId::parse(not), Err(NotAnId), "{not}");
        }
    }
}
