//! A card and a secret number, for whoever has no phone. The card is what she has, six digits are what she knows; staff
//! see the card when it is printed and never the number, so that neither half is enough for them.

use super::act::{Act, Way};
use super::work::Work;
use super::{Refusal, act, recovery, settle, store};
use crate::app::App;
use crate::clock::Timestamp;
use crate::crypto::token::Digest;
use crate::crypto::{pin, random};
use crate::custody;
use crate::db::Tx;
use crate::fault::Fault;
use crate::ids::{CardId, DeskActId, RequestId, ResidentId};
use crate::ledger::{self, By, Entry, Kind, Outcome};
use crate::people::Session;
use crate::resident;

/// Wrong numbers in a row, after which the card is no good.
const TRIES: i64 = 5;

/// Letters and digits that nobody takes for one another.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Whether a resident has a card in force.
///
/// # Errors
/// When the database fails.
pub async fn has_card(app: &App, resident: &ResidentId) -> Result<bool, Fault> {
    is_there(&mut app.db.read().await?, resident).await
}

pub(super) async fn is_there(tx: &mut Tx, resident: &ResidentId) -> Result<bool, Fault> {
    Ok(store::card_count(tx, resident).await? > 0)
}

pub(super) async fn end_all(tx: &mut Tx, resident: &ResidentId, now: Timestamp) -> Result<(), Fault> {
    store::end_cards(tx, resident, now).await
}

/// Makes the card of an act that was confirmed, with the number she chose at the keypad; older cards end. The code as
/// it is printed, once: `7K2M-Q8ZD-1R4T`.
///
/// # Errors
/// `Unfit` for a number that everybody would try, `Over` when the act was not confirmed or its card was made.
pub async fn issue_card(
    app: &App, session: &Session, id: &DeskActId, number: &str, request: &RequestId,
) -> Result<(Act, String), Refusal> {
    if !pin::may_be(number) {
        return Err(Refusal::Unfit("a number that everybody tries"));
    }
    let now = app.now();
    let kept = derived(number).await?;
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let act = store::act(&mut tx, &app.custody, id).await?.filter(|act| act.person == session.person.id);
    let act = act.filter(|act| act.work == Work::Card).ok_or(Refusal::NotFound)?;
    let in_time = act.is_done() && act.undone_at.is_none() && now < act.expires_at.plus(LATE);
    let card: CardId = random::id()?;
    if !in_time || !store::set_record(&mut tx, id, card.as_str()).await? {
        return Err(Refusal::Over("not confirmed, too late, or made already"));
    }
    let code = code()?;
    let sealed = app.custody.seal_state("desk_card", card.as_str(), &kept)?;
    store::end_cards(&mut tx, &act.resident, now).await?;
    store::insert_card(&mut tx, &card, &act.resident, &digest(&code), &sealed, now).await?;
    // Where she came to recover, the card is what she came for, unless a lost passkey is what the link is for.
    if !resident::has_passkey(&mut tx, &act.resident).await? {
        recovery::complete(&mut tx, &act.resident, now).await?;
    }
    let entry = Entry {
        reason: "desk_card_issued",
        request: Some(request.clone()),
        ..Entry::about(Kind::Credential, &act.resident, now)
    };
    let entry = entry.by(&By::Staff(act.person.clone()));
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    head.commit(tx).await?;
    Ok((act, printed(&code)))
}

/// The number is typed at the desk after the act was confirmed; so long.
const LATE: std::time::Duration = std::time::Duration::from_secs(10 * 60);

/// The resident confirms at the keypad, with her card and her number.
///
/// # Errors
/// `CardWrong` with the tries that are left, `CardLocked`, `Over`, `NotFound` for a colleague's act.
pub async fn confirm_by_card(
    app: &App, session: &Session, id: &DeskActId, code: &str, number: &str, request: &RequestId,
) -> Result<Act, Refusal> {
    let act = act::act(app, id).await?;
    if act.person != session.person.id {
        return Err(Refusal::NotFound);
    }
    if !act.is_open(app.now()) {
        return Err(Refusal::Over("settled or too old"));
    }
    if matches!(act.work, Work::Enrol) {
        return Err(Refusal::Unfit("not by a card"));
    }
    let card = attempt(app, &act, code).await?;
    let kept = app.custody.open_state("desk_card", card.0.as_str(), &card.1)?;
    let (typed, kept) = (number.to_owned(), kept.to_vec());
    let right = tokio::task::spawn_blocking(move || pin::is(&typed, &kept)).await;
    if !right.map_err(|_| Fault::Internal("a number was not compared"))? {
        return Err(wrong(app, &act, &card.0, request).await?);
    }
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    if !store::clear_tries(&mut tx, &card.0).await? {
        return Err(Refusal::CardLocked);
    }
    settle::settle_in(&mut tx, app, &mut head, &act, Way::Card, None, request).await?;
    head.commit(tx).await?;
    act::act(app, id).await
}

/// Counts a try before the number is looked at; the card, when it is hers and not locked.
async fn attempt(app: &App, act: &Act, typed: &str) -> Result<(CardId, Vec<u8>), Refusal> {
    let mut tx = app.db.begin().await?;
    let found = store::card(&mut tx, &act.resident, &digest(&read(typed))).await?;
    let (card, sealed) = found.ok_or(Refusal::CardWrong(0))?;
    let counted = store::count_try(&mut tx, &card, TRIES).await?;
    tx.commit().await?;
    if counted { Ok((card, sealed)) } else { Err(Refusal::CardLocked) }
}

/// A wrong number stands in her book: somebody may have her card.
async fn wrong(app: &App, act: &Act, card: &CardId, request: &RequestId) -> Result<Refusal, Fault> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let mut head = ledger::hold(&mut tx).await?;
    let tries = store::tries(&mut tx, card).await?;
    let entry = Entry {
        reason: "desk_card_wrong",
        outcome: Outcome::Refused,
        request: Some(request.clone()),
        ..Entry::about(Kind::Credential, &act.resident, now)
    };
    let entry = entry.by(&By::Staff(act.person.clone()));
    let _pending = custody::enter(&mut tx, &app.custody, &mut head, entry).await?;
    head.commit(tx).await?;
    let left = TRIES.saturating_sub(tries);
    Ok(if left > 0 { Refusal::CardWrong(u32::try_from(left).unwrap_or(0)) } else { Refusal::CardLocked })
}

/// Slow on purpose, so not among the tasks that answer requests.
async fn derived(number: &str) -> Result<[u8; 48], Fault> {
    let number = number.to_owned();
    let kept = tokio::task::spawn_blocking(move || pin::keep(&number)).await;
    kept.map_err(|_| Fault::Internal("a number was not derived"))?
}

/// Twelve characters, 60 random bits.
fn code() -> Result<String, Fault> {
    let bytes: [u8; 12] = random::bytes()?;
    let letter = |byte: &u8| ALPHABET.get(usize::from(byte % 32)).map(|letter| char::from(*letter));
    bytes.iter().map(letter).collect::<Option<String>>().ok_or(Fault::Internal("an alphabet of another length"))
}

fn printed(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// What was typed or scanned, as it was made: O is 0, I and L are 1.
fn read(typed: &str) -> String {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase());
    letters
        .map(|c| {
            if c == 'O' {
                '0'
            } else if c == 'I' || c == 'L' {
                '1'
            } else {
                c
            }
        })
        .collect()
}

fn digest(code: &str) -> Digest {
    Digest::of_parts(&[b"latchkey/card/v1", code.as_bytes()])
}
