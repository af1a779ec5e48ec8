//! Undoing what was done at the desk, within seven days: at home in one press, or at the desk with card or phone.

use super::work::Work;
use super::{Refusal, card, store};
use crate::app::App;
use crate::consent;
use crate::custody;
use crate::db::Tx;
use crate::ids::{ConsentId, DeskActId, RequestId, ResidentId};
use crate::ledger::{self, By, Entry, Extra, Head, Kind};
use crate::resident;

/// The resident undoes an act herself.
///
/// # Errors
/// `NotFound` for an act that is not hers, `Over` when it is too late or was undone.
pub async fn undo(app: &App, resident: &ResidentId, id: &DeskActId, request: &RequestId) -> Result<(), Refusal> {
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    take_back(&mut tx, app, &mut head, resident, id, &By::Resident, request).await?;
    head.commit(tx).await?;
    Ok(())
}

/// Takes an act back, at the held head.
pub(super) async fn take_back(
    tx: &mut Tx, app: &App, head: &mut Head, resident: &ResidentId, id: &DeskActId, by: &By, request: &RequestId,
) -> Result<(), Refusal> {
    let now = app.now();
    let act = store::act(tx, &app.custody, id).await?.filter(|act| act.resident == *resident);
    let act = act.ok_or(Refusal::NotFound)?;
    if !act.may_be_undone(now) || !store::set_undone(tx, id, now).await? {
        return Err(Refusal::Over("undone, or too late"));
    }
    match &act.work {
        Work::Enrol => resident::undo_enrolment(tx, resident, now).await?,
        Work::Card => card::end_all(tx, resident, now).await?,
        Work::Consent(_) => {
            if let Some(record) = &act.record {
                consent::withdraw_in(tx, app, head, resident, &ConsentId::stored(record.clone()), by, request).await?;
            }
        }
        Work::Undo(_) | Work::Keep => return Err(Refusal::Over("an undoing stays")),
    }
    let entry = Entry {
        reason: "desk_undone",
        request: Some(request.clone()),
        extra: Extra::Notes(vec![("act", act.work.as_str().to_owned())]),
        ..Entry::about(Kind::Staff, resident, now)
    };
    let _pending = custody::enter(tx, &app.custody, head, entry.by(by)).await?;
    Ok(())
}
