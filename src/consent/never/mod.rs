//! Standing preferences: what a resident never gives to a kind of party, whatever is asked and whatever was agreed.
//!
//! "Never give my phone number to companies." The gate looks at them at every read, after the consent: what she keeps back
//! does not go out, from the moment she says so, and nobody has to be stopped for it. The page that asks says so before she
//! answers. To take one back is hers alone.

mod store;

pub use store::{of_resident, of_residents};

use crate::app::App;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{RequestId, ResidentId};
use crate::ledger::{self, By, Entry, Kind};
use crate::{claims, custody};

/// In place of a kind of party: whoever asks.
pub const ANYBODY: &str = "anybody";

/// One thing that is kept back.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Never {
    /// The claim, e.g. `phone_masked`.
    pub claim: String,
    /// From which kind of party, by its code (`company` …), or [`ANYBODY`].
    pub party: String,
    /// Since when, Unix seconds.
    pub since: i64,
}

/// Whether a claim is kept back from a kind of party.
#[must_use]
pub fn keeps_back(nevers: &[Never], claim: &str, party: &str) -> bool {
    nevers.iter().any(|never| never.claim == claim && (never.party == ANYBODY || never.party == party))
}

/// Which of these claims a resident keeps back from a kind of party.
///
/// # Errors
/// When the database fails.
pub async fn kept(tx: &mut Tx, resident: &ResidentId, party: &str, claims: &[String]) -> Result<Vec<String>, Fault> {
    let nevers = store::of_resident(tx, resident).await?;
    Ok(claims.iter().filter(|claim| keeps_back(&nevers, claim, party)).cloned().collect())
}

/// The claims that may be kept back: those that say more than one bit.
pub fn choices(catalogue: &claims::Catalogue) -> impl Iterator<Item = &str> {
    catalogue.claims().filter(|(_, claim)| claim.class > claims::Class::S0).map(|(name, _)| name)
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It is so from now on.
    Done,
    /// It was so before; nothing changed.
    WasSo,
    /// There is no such claim to keep back.
    Unknown,
    /// A delegate may keep more back, and gives nothing free.
    HersAlone,
}

/// Keeps a claim back from a kind of party. Who calls knows that there is such a kind.
///
/// # Errors
/// When the database fails.
pub async fn keep_back(
    app: &App, resident: &ResidentId, (claim, party): (&str, &str), by: &By, request: &RequestId,
) -> Result<Told, Fault> {
    if !choices(&app.catalogue).any(|known| known == claim) {
        return Ok(Told::Unknown);
    }
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !store::insert(&mut tx, resident, claim, party, app.now()).await? {
        return Ok(Told::WasSo);
    }
    enter(&mut tx, app, &mut head, resident, ("kept_back", claim), (by, request)).await?;
    head.commit(tx).await?;
    Ok(Told::Done)
}

/// Takes that back: who asks may be given it again. Nothing goes out by that alone.
///
/// # Errors
/// When the database fails.
pub async fn let_go(
    app: &App, resident: &ResidentId, (claim, party): (&str, &str), by: &By, request: &RequestId,
) -> Result<Told, Fault> {
    if matches!(by, By::Delegate(_)) {
        return Ok(Told::HersAlone);
    }
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !store::remove(&mut tx, resident, claim, party).await? {
        return Ok(Told::WasSo);
    }
    enter(&mut tx, app, &mut head, resident, ("let_go", claim), (by, request)).await?;
    head.commit(tx).await?;
    Ok(Told::Done)
}

async fn enter(
    tx: &mut Tx, app: &App, head: &mut ledger::Head, resident: &ResidentId, (reason, claim): (&'static str, &str),
    (by, request): (&By, &RequestId),
) -> Result<(), Fault> {
    let mut entry = Entry::about(Kind::ConsentChanged, resident, app.now());
    entry.claims = vec![claim.to_owned()];
    entry.reason = reason;
    entry.request = Some(request.clone());
    custody::enter(tx, &app.custody, head, entry.by(by)).await.map(|_| ())
}

/// She is erased: nothing of hers is kept back from anybody any more.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, resident: &ResidentId) -> Result<(), Fault> {
    store::forget(tx, resident).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_back_from_anybody_is_kept_back_from_all() {
        let never = |claim: &str, party: &str| Never { claim: claim.into(), party: party.into(), since: 0 };
        let nevers = [never("phone_masked", "company"), never("plate_masked", ANYBODY)];
        assert!(keeps_back(&nevers, "phone_masked", "company") && !keeps_back(&nevers, "phone_masked", "medical"));
        assert!(keeps_back(&nevers, "plate_masked", "company") && keeps_back(&nevers, "plate_masked", "medical"));
        assert!(!keeps_back(&nevers, "building_no", "company"));
    }
}
