//! With which algorithm what a client gets is signed, and the key that an operator imports for one of them.

use serde::{Deserialize, Serialize};

use super::client::Client;
use super::manifest::NotAClient;
use crate::app::App;
use crate::claims::ClientClass;
use crate::crypto::jwk::Alg;
use crate::crypto::rs256::NotImported;
use crate::custody;
use crate::fault::Fault;
use crate::ledger::{self, Entry, Kind};

/// How ID tokens and logout tokens of a client are signed (`id_token_signed_response_alg`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum IdTokenAlg {
    /// By the keys that the service makes.
    #[default]
    #[serde(rename = "ES256")]
    Es256,
    /// By an imported key, for libraries that know nothing else.
    #[serde(rename = "RS256")]
    Rs256,
}

/// The algorithms of ID tokens, as metadata list them: RS256 when there is a key for it.
#[must_use]
pub fn id_token_algs(app: &App) -> Vec<&'static str> {
    let imported = app.keyring.imported().signer(app.now()).map(|_| Alg::Rs256.name());
    [Alg::Es256.name()].into_iter().chain(imported).collect()
}

/// Whether a client may have what it asks for.
///
/// # Errors
/// When it is a partner (FAPI 2.0 §5.4 knows no RS256), or no key was imported.
pub(super) fn check(app: &App, client: &Client) -> Result<(), NotAClient> {
    if client.id_token_alg == IdTokenAlg::Es256 {
        return Ok(());
    }
    if client.class != ClientClass::Ordinary {
        return Err(NotAClient::metadata("id_token_signed_response_alg: RS256 is for ordinary clients"));
    }
    if app.keyring.imported().signer(app.now()).is_none() {
        let sentence = "id_token_signed_response_alg: there is no RS256 key here (latchkey keys import-rs256)";
        return Err(NotAClient::metadata(sentence));
    }
    Ok(())
}

/// Signs an ID token, or a logout token, for a client.
///
/// # Errors
/// When the key that it is registered for is gone.
pub fn sign<T: Serialize>(app: &App, client: &Client, typ: &str, claims: &T) -> Result<String, Fault> {
    let now = app.now();
    match client.id_token_alg {
        IdTokenAlg::Es256 => app.keyring.signer(now)?.sign(typ, claims),
        IdTokenAlg::Rs256 => {
            if app.keyring.imported().signer(now).is_none() {
                // It was imported while this process ran.
                app.keyring.keep(app.custody.imported()?);
            }
            let keys = app.keyring.imported();
            keys.signer(now).ok_or(Fault::Key("keys/rs256.json is gone"))?.sign(typ, claims)
        }
    }
}

/// Imports a private RSA key (PEM, PKCS#8); its name. An act of the operator, and entered as one.
///
/// # Errors
/// When it is no such key, or was imported before.
pub async fn import(app: &App, pem: &[u8]) -> Result<String, NotImported> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let entry = Entry { reason: "signing_key_imported", ..Entry::about_nobody(Kind::Operator, app.now()) };
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    // If we crash after this line, the key is there and its entry is not: it signs for nobody until a client is
    // registered for it, which is entered.
    let kid = app.custody.import_rs256(pem, app.now())?;
    head.commit(tx).await?;
    Ok(kid)
}
