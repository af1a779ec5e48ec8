//! What a proof must be, rule by rule.

use super::*;
use crate::crypto::jws::SigningKey;
use crate::crypto::secret::Secret;
use serde_json::{Value, json};

const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);
const TARGET: Target<'static> = Target { method: "POST", uri: "https://id.test/token", access_token: None };

fn nonces(byte: u8) -> NonceKey {
    NonceKey::new(Secret::take(&mut [byte; 32]).unwrap())
}

/// A proof by a new key: header and claims as they are given, the rest good.
fn proof(header: Value, claims: Value) -> String {
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
    let random = crate::crypto::random::source();
    let (scalar, point) = SigningKey::generate().unwrap();
    let pair = EcdsaKeyPair::from_private_key_and_public_key(
        &ECDSA_P256_SHA256_FIXED_SIGNING,
        scalar.expose(),
        &point,
        &random,
    )
    .unwrap();
    let mut jwk = PublicKey::from_point(&point).to_jwk();
    jwk.retain(|member, _| ["kty", "crv", "x", "y"].contains(&member.as_str()));
    let mut full_header = json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": jwk});
    let nonce = nonces(7).issue(NOW);
    let mut full =
        json!({"jti": "a", "htm": "POST", "htu": "https://id.test/token", "iat": NOW.seconds(), "nonce": nonce});
    for (all, some) in [(&mut full_header, header), (&mut full, claims)] {
        for (name, value) in some.as_object().unwrap() {
            match value {
                Value::Null => all.as_object_mut().unwrap().remove(name),
                value => all.as_object_mut().unwrap().insert(name.clone(), value.clone()),
            };
        }
    }
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let input = format!("{}.{}", part(&full_header), part(&full));
    let signature = pair.sign(&random, input.as_bytes()).unwrap();
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
}

fn with(claims: Value) -> Result<Checked, Refusal> {
    check(&proof(json!({}), claims), TARGET, &nonces(7), NOW)
}

#[test]
fn a_good_proof_names_its_key() {
    let good = with(json!({})).unwrap();
    assert_eq!(good.proof.thumbprint.len(), 43);
    assert!(!good.renew);
    for claims in [
        json!({"htu": "HTTPS://ID.test:443/token?x=1#y"}),
        json!({"iat": NOW.seconds() - 60}),
        json!({"iat": NOW.seconds() + 8}),
        json!({"exp": NOW.seconds() + 5, "nbf": NOW.seconds()}),
    ] {
        assert!(with(claims.clone()).is_ok(), "{claims}");
    }
}

#[test]
fn case_64_and_v49_a_proof_that_lacks_or_bends_a_claim_is_refused() {
    for claims in [
        json!({"jti": null}),
        json!({"jti": ""}),
        json!({"jti": "x".repeat(129)}),
        json!({"jti": 7}),
        json!({"htm": null}),
        json!({"htm": "GET"}),
        json!({"htm": "post"}),
        json!({"htu": null}),
        json!({"htu": "https://id.test/par"}),
        json!({"htu": "https://evil.test/token"}),
        json!({"htu": "https://id.test/token/"}),
        json!({"htu": "https://u@id.test/token"}),
        json!({"iat": null}),
        json!({"iat": NOW.seconds() - 61}),
        json!({"iat": NOW.seconds() + 11}),
        json!({"iat": NOW.seconds().to_string()}),
        json!({"iat": 1_800_000_000.5}),
        json!({"iat": -1}),
        json!({"exp": "9999999999"}),
        json!({"exp": 1}),
        json!({"nbf": "x"}),
        json!({"nonce": 7}),
    ] {
        assert_eq!(with(claims.clone()).unwrap_err().code(), "invalid_dpop_proof", "{claims}");
    }
}

#[test]
fn case_61_and_62_a_header_that_is_not_a_proofs_is_refused() {
    for header in [
        json!({"typ": null}),
        json!({"typ": "JWT"}),
        json!({"typ": "DPOP+JWT "}),
        json!({"alg": "none"}),
        json!({"alg": "HS256"}),
        json!({"alg": "RS256"}),
        json!({"jwk": null}),
        json!({"jwk": {"kty": "oct", "k": "AA"}}),
        json!({"jku": "https://evil.test"}),
        json!({"crit": ["x"]}),
    ] {
        let refused = check(&proof(header.clone(), json!({})), TARGET, &nonces(7), NOW);
        assert_eq!(refused.unwrap_err().code(), "invalid_dpop_proof", "{header}");
    }
}

#[test]
fn case_67_a_proof_at_a_resource_names_the_token() {
    let target = Target { method: "GET", uri: "https://id.test/userinfo", access_token: Some("secret") };
    let at = |ath: Value| {
        let claims = json!({"htm": "GET", "htu": "https://id.test/userinfo", "ath": ath});
        check(&proof(json!({}), claims), target, &nonces(7), NOW)
    };
    let hash = |token: &str| json!(URL_SAFE_NO_PAD.encode(hash::sha256(token.as_bytes())));
    assert!(at(hash("secret")).is_ok());
    for ath in [Value::Null, hash("other"), json!("!!"), json!(""), json!(7)] {
        assert!(at(ath.clone()).is_err(), "{ath}");
    }
}

#[test]
fn case_66_a_nonce_is_ours_and_of_these_five_minutes() {
    let at = |age: i64| json!({"nonce": nonces(7).issue(Timestamp::from_seconds(NOW.seconds() - age))});
    for (age, renew) in [(-60, false), (0, false), (59, false), (60, true), (299, true)] {
        assert_eq!(with(at(age)).unwrap().renew, renew, "{age}");
    }
    let mut altered = nonces(7).issue(NOW).into_bytes();
    altered[20] ^= 1;
    let foreign = [
        json!({"nonce": nonces(8).issue(NOW)}),
        json!({"nonce": String::from_utf8(altered).unwrap()}),
        json!({"nonce": ""}),
        json!({"nonce": null}),
    ];
    for claims in [at(300), at(86_400), at(-61)].into_iter().chain(foreign) {
        assert_eq!(with(claims.clone()).unwrap_err().code(), "use_dpop_nonce", "{claims}");
    }
    // What else is wrong comes first: a nonce does not mend it.
    assert_eq!(with(json!({"nonce": null, "htm": "GET"})).unwrap_err().code(), "invalid_dpop_proof");
}
