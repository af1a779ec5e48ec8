//! A passkey of nobody: what a stranger's answer is verified against, so that being unknown takes the same work as
//! being wrong (case 115, V70). Whatever the verdict, nobody comes in by it.

use serde_json::json;
use webauthn_rs::prelude::{Passkey, PublicKeyCredential};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::fault::Fault;

/// Bit 3 of the authenticator data's flags: the key may be backed up (WebAuthn §6.1).
const BACKUP_ELIGIBLE: u8 = 0b1000;

/// A passkey that fits `answer` in all that is compared before the signature is.
pub fn for_answer(answer: &PublicKeyCredential) -> Result<Passkey, Fault> {
    let flags = answer.response.authenticator_data.get(32).copied().unwrap_or_default();
    let eligible = flags & BACKUP_ELIGIBLE != 0;
    let passkey = json!({ "cred": {
        "cred_id": URL_SAFE_NO_PAD.encode(answer.get_credential_id()),
        "cred": { "type_": "ES256", "key": { "EC_EC2": {
            "curve": "SECP256R1",
            "x": "RZMptrFtTdAYGnQipm20QTBJcJIF1uLIF6Pw-CXfvao",
            "y": "59TZa60xS2JMD08b_euS2ckukn7fkVkiOwXrSu9rspc",
        } } },
        "counter": 0,
        "transports": null,
        "user_verified": true,
        "backup_eligible": eligible,
        "backup_state": eligible,
        "registration_policy": "required",
        "extensions": {
            "cred_protect": "Ignored",
            "hmac_create_secret": "NotRequested",
            "appid": "NotRequested",
            "cred_props": "Ignored",
        },
        "attestation": { "data": "None", "metadata": "None" },
        "attestation_format": "none",
    } });
    serde_json::from_value(passkey).map_err(|_| Fault::Internal("webauthn-rs stores passkeys in another form"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_decoy_reads_as_a_passkey() {
        let answer = json!({
            "id": "AAAA", "rawId": "AAAA", "type": "public-key",
            "response": { "authenticatorData": "", "clientDataJSON": "", "signature": "", "userHandle": null },
        });
        let answer: PublicKeyCredential = serde_json::from_value(answer).unwrap();
        assert_eq!(for_answer(&answer).unwrap().cred_id().as_slice(), [0, 0, 0]);
    }
}
