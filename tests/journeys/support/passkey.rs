//! A phone with a passkey in it: an independent implementation of browser and authenticator (crate `passkey`),
//! discoverable, with user verification.

use passkey::authenticator::{Authenticator, UiHint, UserCheck, UserValidationMethod};
use passkey::client::{Client, DefaultClientData, WebauthnError};
use passkey::crypto::rust_crypto::RustCryptoBackend;
use passkey::types::Passkey;
use passkey::types::ctap2::{Aaguid, Ctap2Error};
use serde_json::Value;
use url::Url;

/// A phone that holds at most one passkey.
#[derive(Clone)]
pub struct SoftPasskey {
    origin: Url,
    key: Option<Passkey>,
}

/// Somebody who is there and shows a finger.
struct Finger;

#[async_trait::async_trait]
impl UserValidationMethod for Finger {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(
        &self, _: UiHint<'a, Passkey>, presence: bool, verification: bool,
    ) -> Result<UserCheck, Ctap2Error> {
        Ok(UserCheck { presence, verification })
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(true)
    }
}

/// How `navigator.credentials.create` or `.get` answers; both may refuse.
pub type Ceremony = Result<Value, WebauthnError>;

impl SoftPasskey {
    /// An empty phone whose browser shows pages of this origin.
    pub fn at(origin: &str) -> Self {
        Self { origin: Url::parse(origin).unwrap(), key: None }
    }

    /// `navigator.credentials.create` with the options in their JSON form.
    pub async fn create(&mut self, options: &Value) -> Ceremony {
        let authenticator = Authenticator::new(Aaguid::new_empty(), self.key.take(), Finger, RustCryptoBackend);
        let mut client = Client::new(authenticator).allows_insecure_localhost(true);
        let options = serde_json::from_value(options.clone()).unwrap();
        let made = client.register(self.origin.clone(), options, DefaultClientData).await;
        self.key.clone_from(client.authenticator().store());
        made.map(|made| serde_json::to_value(made).unwrap())
    }

    /// `navigator.credentials.get`.
    pub async fn get(&mut self, options: &Value) -> Ceremony {
        let authenticator = Authenticator::new(Aaguid::new_empty(), self.key.take(), Finger, RustCryptoBackend);
        let mut client = Client::new(authenticator).allows_insecure_localhost(true);
        let options = serde_json::from_value(options.clone()).unwrap();
        let made = client.authenticate(self.origin.clone(), options, DefaultClientData).await;
        self.key.clone_from(client.authenticator().store());
        made.map(|made| serde_json::to_value(made).unwrap())
    }

    /// Whether there is a passkey in it.
    pub fn is_empty(&self) -> bool {
        self.key.is_none()
    }
}
