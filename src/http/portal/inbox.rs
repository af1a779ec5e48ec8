//! `/me/inbox`: what the resident is told. For her alone: whoever acts for her has an inbox of his own.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, Redirect};

use super::Names;
use crate::app::App;
use crate::fault::Fault;
use crate::http::error::PageError;
use crate::http::extract::{Form, SignedIn};
use crate::http::pages::{InboxPage, InboxRow, Tab};
use crate::inbox::{self, Message, Word};

/// The inbox shows so many messages; older ones stand in the book as the acts they told of.
const SHOWN: u32 = 60;

pub async fn inbox(State(app): State<App>, signed_in: SignedIn) -> Result<Html<String>, PageError> {
    let resident = &signed_in.session.resident;
    let messages = inbox::latest(&mut app.db.read().await?, resident, SHOWN).await?;
    let names = Names::of(&app, signed_in.words, messages.iter().filter_map(|message| message.client.clone())).await?;
    let row = |message: &Message| {
        let word = message.word?;
        Some(InboxRow {
            word: word.as_str().to_owned(),
            client: message.client.as_ref().map(|id| names.get(id)).unwrap_or_default(),
            at: message.at,
            is_read: message.is_read,
            to: leads_to(word, message.about.as_deref()),
        })
    };
    let rows: Vec<InboxRow> = messages.iter().filter_map(row).collect();
    Ok(Html(InboxPage { chrome: signed_in.chrome(Some(Tab::Mine))?, rows }.render()?))
}

/// A press says that all of it was seen: opening a page changes nothing.
pub async fn seen(State(app): State<App>, signed_in: SignedIn, Form(fields): Form) -> Result<Redirect, PageError> {
    fields.done()?;
    let mut tx = app.db.begin().await?;
    inbox::read_all(&mut tx, &signed_in.session.resident, signed_in.now).await?;
    tx.commit().await?;
    Ok(Redirect::to("/me/inbox"))
}

/// How many messages the resident has not seen.
pub(super) async fn unread(app: &App, signed_in: &SignedIn) -> Result<u64, Fault> {
    inbox::count_unread(&mut app.db.read().await?, &signed_in.session.resident).await
}

/// Where a message leads to.
fn leads_to(word: Word, about: Option<&str>) -> String {
    let record = |folder: &str| about.map_or_else(|| format!("/me/{folder}"), |id| format!("/me/{folder}/{id}"));
    match word {
        Word::NewPasskey | Word::RecoveryBegun | Word::Recovered => "/me/passkeys".to_owned(),
        Word::FirstAccess | Word::BreakOfPattern | Word::ActedFor | Word::Identified => "/me/book".to_owned(),
        Word::MandateBegun | Word::MandateEnded | Word::CameOfAge => "/me/family".to_owned(),
        Word::ErasureBegun | Word::ErasureUndone => "/me/erasure".to_owned(),
        Word::CaseAnswered | Word::CaseOverdue => record("cases"),
        Word::DeletionConfirmed | Word::DeletionKept | Word::DeletionSilent | Word::TermsChanged => record("apps"),
        Word::Corrected => "/me/data".to_owned(),
        Word::SealingAsked | Word::Sealed | Word::Unsealed => "/me/rights/after".to_owned(),
        Word::EmergencyOpened | Word::EmergencyReviewed => "/me/emergencies".to_owned(),
        Word::DeskAct => "/me/desk".to_owned(),
    }
}
