//! Invitations after the import: printed again, or made anew.
//!
//! A slip says a name, and names are sealed: each one that is printed is opened through the gate, as an act of the
//! operator that the resident sees in her book.

use jiff::civil::Date;
use tokio::task::JoinSet;

use super::address::Address;
use super::import::Invited;
use super::record::LEAST_AGE;
use super::store;
use crate::app::App;
use crate::claims::release::{Fields, age};
use crate::crypto::random;
use crate::fault::Fault;
use crate::ids::ResidentId;
use crate::resident::Link;
use crate::{mandate, resident, vault};

/// Slips made at a time: as many names are open in memory before they are written.
const BATCH: usize = 200;

/// The invitations that may still be followed, each with the name it is for: the same links once more.
///
/// # Errors
/// When the database fails or a name cannot be opened.
pub async fn open_invitations(app: &App) -> Result<Vec<Invited>, Fault> {
    let mut tx = app.db.read().await?;
    let open = resident::open_invitations(&mut tx, &app.custody, app.now()).await?;
    // A slip lies in the letter box of the whole household.
    let shielded = mandate::shielded(&mut tx).await?;
    drop(tx);
    let mut invited = Vec::with_capacity(open.len());
    let mut open = open.into_iter().filter(|(id, _)| !shielded.contains(id));
    loop {
        let batch: Vec<(ResidentId, Link)> = open.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(in_order(invited));
        }
        let ids = batch.iter().map(|(id, _)| id.clone()).collect();
        let names = names(app, ids).await?;
        invited.extend(batch.into_iter().zip(names).map(|((_, link), fields)| slip_of(fields, link)));
    }
}

/// Makes new invitations for those who have not enrolled: whose invitation ran out, or everybody (`all`), whose
/// former link then ends. Still nobody under fourteen, and nobody without a document number.
///
/// # Errors
/// As [`open_invitations`].
pub async fn renew(app: &App, all: bool) -> Result<Vec<Invited>, Fault> {
    let today = app.today();
    let mut tx = app.db.read().await?;
    let waiting = resident::not_enrolled(&mut tx, app.now(), all).await?;
    let numbered = store::with_document(&mut tx).await?;
    let shielded = mandate::shielded(&mut tx).await?;
    drop(tx);
    let may = |id: &ResidentId| numbered.contains(id.as_str()) && !shielded.contains(id);
    let waiting: Vec<ResidentId> = waiting.into_iter().filter(may).collect();
    let mut invited = Vec::new();
    for batch in waiting.chunks(BATCH) {
        let names = names(app, batch.to_vec()).await?;
        let guests: Vec<_> = batch.iter().zip(names).filter(|(_, fields)| is_old_enough(fields, today)).collect();
        let ids: Vec<&ResidentId> = guests.iter().map(|(id, _)| *id).collect();
        let mut tx = app.db.begin().await?;
        let links = resident::invite_all(&mut tx, &app.custody, &ids, app.now()).await?;
        tx.commit().await?;
        invited.extend(guests.into_iter().zip(links).map(|((_, fields), link)| slip_of(fields, link)));
    }
    Ok(in_order(invited))
}

fn in_order(mut invited: Vec<Invited>) -> Vec<Invited> {
    invited.sort_by_cached_key(|one| (one.address.order(), one.name.clone()));
    invited
}

/// Opens what the slips say, all of a batch at once so that the gate enters them together; in the order asked.
async fn names(app: &App, residents: Vec<ResidentId>) -> Result<Vec<Fields>, Fault> {
    let mut opened: Vec<Fields> = vec![Fields::new(); residents.len()];
    let mut looks = JoinSet::new();
    for (place, resident) in residents.into_iter().enumerate() {
        let (app, request) = (app.clone(), random::id()?);
        looks.spawn(async move { (place, vault::look_for_slip(&app, &resident, request).await) });
    }
    while let Some(look) = looks.join_next().await {
        let (place, fields) = look.map_err(|_| Fault::Internal("a look at a name was cut off"))?;
        let fields = fields.map_err(|refusal| match refusal {
            vault::Refusal::Fault(fault) => fault,
            _ => Fault::Internal("the gate refused the fields of a slip"),
        })?;
        if let Some(slot) = opened.get_mut(place) {
            *slot = fields;
        }
    }
    Ok(opened)
}

fn is_old_enough(fields: &Fields, today: Date) -> bool {
    let born = fields.get("birth_date").and_then(|day| day.parse::<Date>().ok());
    born.is_some_and(|born| age(born, today) >= LEAST_AGE)
}

fn slip_of(mut fields: Fields, link: Link) -> Invited {
    let mut field = |name| fields.remove(name).unwrap_or_default();
    let address = Address { building: field("building"), unit: field("unit"), room: field("room") };
    Invited { name: field("name"), address, link }
}
