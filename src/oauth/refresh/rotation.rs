//! A public client's refresh token is exchanged each time (RFC 9700 §4.14.2); whose turn it is.

use super::super::client::Client;
use super::super::refusal::Refusal::{self, InvalidDpopProof, InvalidGrant};
use super::super::store::{self, Stored};
use super::super::token::{For, TokenSet};
use super::{Refresh, successor};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::token::Token;
use crate::db::Tx;
use crate::ledger::binding::{Binding, Held};
use crate::once::{self, Kind, Standing};

/// For so long after an exchange its answer may be asked for again, in seconds.
const RETRY: i64 = 30;

/// What a refresh token that is shown is good for.
pub(super) enum Turn {
    /// It stays: its client authenticates.
    Kept,
    /// It is exchanged for the next one.
    Next,
    /// It was exchanged, and the answer may have been lost: for this one, once more.
    Again(Token),
    /// It was exchanged, and whoever shows it should not have it any more.
    Replayed,
}

/// Whose turn it is. Nothing is changed.
pub(super) async fn turn(
    tx: &mut Tx, app: &App, client: &Client, asked: &Refresh, stored: &Stored,
) -> Result<Turn, Refusal> {
    if !client.is_public() {
        return Ok(Turn::Kept);
    }
    match once::standing(tx, Kind::RefreshToken, &stored.digest, app.now()).await? {
        Standing::Open(_) => {
            check_holder(stored, &asked.held)?;
            Ok(Turn::Next)
        }
        Standing::Used(left) => {
            let may_retry = stored.binding.is_some() && asked.held.fits(stored.binding.as_ref()).is_ok();
            let Some(left) = left.state.filter(|_| may_retry) else { return Ok(Turn::Replayed) };
            let (rotated_at, next) = successor::open(app.custody.installation(), &asked.token, &left)?;
            let in_time = app.now().seconds().saturating_sub(rotated_at.seconds()) <= RETRY;
            let standing = once::standing(tx, Kind::RefreshToken, &next.digest(), app.now()).await?;
            if !in_time || !matches!(standing, Standing::Open(_)) {
                return Ok(Turn::Replayed);
            }
            // Nobody used it, but it may have been ended: there is nothing to give then, and nobody to suspect.
            let living = store::token(tx, &next.digest()).await?.is_some_and(|next| !next.ended);
            if living { Ok(Turn::Again(next)) } else { Err(InvalidGrant("the successor has ended")) }
        }
        Standing::Expired(_) | Standing::Unknown => Err(InvalidGrant("the refresh token is over")),
    }
}

/// A public client has nothing but its key or certificate to be known by: it is the same for ever.
fn check_holder(stored: &Stored, held: &Held) -> Result<(), Refusal> {
    match &stored.binding {
        None => Ok(()),
        Some(Binding::Key(_)) if held.proof.is_none() => {
            Err(InvalidDpopProof("the refresh token is bound to a key, and none was proved"))
        }
        bound => held.fits(bound.as_ref()).map_err(InvalidGrant),
    }
}

/// Exchanges the token. The old one's row stays until the family's end, so that a replay is always known as one.
pub(super) async fn rotate(
    tx: &mut Tx, app: &App, asked: &Refresh, stored: &Stored, to: &For<'_>, tokens: TokenSet,
) -> Result<TokenSet, Refusal> {
    let now = app.now();
    let next = Token::random()?;
    // Whoever holds no key is given nothing twice.
    let left = match &stored.binding {
        Some(_) => Some(successor::seal(app.custody.installation(), &asked.token, &next, now)?),
        None => None,
    };
    let exchanged = once::consume_leaving(tx, Kind::RefreshToken, &stored.digest, now, left.as_deref()).await?;
    exchanged.ok_or(InvalidGrant("the refresh token was exchanged meanwhile"))?;
    let until = to.grant.family_until(Timestamp::from_seconds(to.consent.valid_until));
    store::retire(tx, &stored.digest, now, until).await?;
    Ok(tokens.with_refresh_token(tx, app, to, &next).await?)
}
