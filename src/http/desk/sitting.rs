//! `/desk/sitting/{id}`: one resident at the counter, and what may be prepared with her.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::{Html, Redirect};

use super::act::doing;
use crate::app::App;
use crate::claims::{Length, Purpose};
use crate::consent::{self, never};
use crate::desk::{self, Agreement, Sitting, Work};
use crate::erasure;
use crate::fault::Fault;
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Fields, Form, Staff};
use crate::http::layers::detached;
use crate::http::pages::AskedLength;
use crate::http::pages::desk::{AgreePage, Found, MayAsk, Place, SittingPage};
use crate::ids::{ClientId, DeskActId, SittingId};
use crate::oauth::{self, Client};
use crate::resident;
use crate::sealing::{self, Evidence};
use crate::text::{Calendar, Locale, Words};

/// How pages call whoever was found.
pub fn found(sitting: &Sitting) -> Found {
    Found {
        sitting: sitting.id.to_string(),
        name: sitting.label.name.clone(),
        year: sitting.label.year.clone(),
        flat: sitting.label.flat.clone(),
    }
}

pub fn read(id: &str) -> Result<SittingId, PageError> {
    SittingId::parse(id).map_err(|_| PageError::not_found("not a sitting's id"))
}

/// `GET /desk/sitting/{id}`
pub async fn page(State(app): State<App>, who: Staff, Path(id): Path<String>) -> Result<Html<String>, PageError> {
    let sitting = desk::sitting(&app, &who.session, &read(&id)?).await?;
    let acts = desk::acts_of(&app, &sitting.resident).await?;
    let chrome = who.visit.chrome(None)?;
    let undoable = acts.iter().filter(|act| act.may_be_undone(who.now));
    let undoable = undoable.map(|act| (act.id.to_string(), doing(act, who.now).says(&chrome)));
    let undoable = undoable.collect();
    let enrolled = resident::has_passkey(&mut app.db.read().await?, &sitting.resident).await?;
    let page = SittingPage {
        frame: who.frame(Some(Place::Home))?,
        who: found(&sitting),
        enrolled,
        card: desk::has_card(&app, &sitting.resident).await?,
        recovering: desk::recovery::of_resident(&app, &sitting.resident).await?.is_some(),
        erases_at: erasure::pending(&app, &sitting.resident).await?.map(|pending| pending.due_at.seconds()),
        sealing: sealing::is_said(&mut app.db.read().await?, &app.custody, &sitting.resident).await?,
        evidence: Evidence::ALL.into_iter().map(Evidence::as_str).collect(),
        may_ask: may_ask(&app, who.words).await?,
        undoable,
    };
    Ok(Html(page.render()?))
}

/// Partners whose doors are open, and what each may ask for.
async fn may_ask(app: &App, words: Words) -> Result<Vec<MayAsk>, Fault> {
    let clients = oauth::clients(&mut app.db.read().await?).await?;
    let open = clients.iter().filter(|client| client.is_open() && client.is_partner());
    let each = |client: &Client| {
        let row = |purpose: &String| MayAsk {
            client: client.id.to_string(),
            name: name_in(client, words),
            purpose: purpose.clone(),
        };
        client.purposes.iter().filter(|code| client.may_ask(code, &app.catalogue)).map(row).collect::<Vec<_>>()
    };
    Ok(open.flat_map(each).collect())
}

fn name_in(client: &Client, words: Words) -> String {
    client.name_in(words.locale() == Locale::ZhHans).to_owned()
}

/// A client and a purpose of the catalogue that it may ask for.
async fn asked(app: &App, fields: &mut Fields) -> Result<(Client, String), PageError> {
    let unknown = || Trouble::bad_request("no such client or purpose");
    let client = fields.take("client")?.and_then(|id| ClientId::parse(&id).ok()).ok_or_else(unknown)?;
    let purpose = fields.take("purpose")?.ok_or_else(unknown)?;
    let client = oauth::client(&mut app.db.read().await?, &client).await?;
    let client = client.filter(|client| client.is_open() && client.is_partner()).ok_or_else(unknown)?;
    if !client.may_ask(&purpose, &app.catalogue) {
        return Err(unknown().into());
    }
    Ok((client, purpose))
}

/// `GET /desk/sitting/{id}/consent?client=…&purpose=…`: what is read to her.
pub async fn agree(
    State(app): State<App>, who: Staff, Path(id): Path<String>, uri: Uri,
) -> Result<Html<String>, PageError> {
    let sitting = desk::sitting(&app, &who.session, &read(&id)?).await?;
    let mut query = Fields::parse(uri.query().unwrap_or_default().as_bytes())?;
    let (client, code) = asked(&app, &mut query).await?;
    query.done()?;
    let purpose = app.catalogue.purpose(&code).ok_or(Fault::Internal("a purpose vanished"))?;
    let page = AgreePage {
        frame: who.frame(Some(Place::Home))?,
        who: found(&sitting),
        asks: MayAsk { client: client.id.to_string(), name: name_in(&client, who.words), purpose: code.clone() },
        controller: client.controller.clone(),
        contact: client.contact.clone(),
        kept: kept(&app, &sitting, &client, purpose).await?,
        party: client.kind.code(),
        required: purpose.required.clone(),
        // What is sensitive is never given at the desk: each is an act of its own, before her eyes and on her phone.
        optional: purpose.optional.clone(),
        lengths: purpose.lengths().into_iter().map(|length| choice(&app, length, purpose.default_length())).collect(),
    };
    Ok(Html(page.render()?))
}

/// What of a purpose's claims she never gives to such a party.
async fn kept(app: &App, sitting: &Sitting, client: &Client, purpose: &Purpose) -> Result<Vec<String>, Fault> {
    let claims: Vec<String> = purpose.all_claims().map(str::to_owned).collect();
    never::kept(&mut app.db.read().await?, &sitting.resident, client.kind.code(), &claims).await
}

fn choice(app: &App, length: Length, default: Length) -> AskedLength {
    AskedLength { code: length.code(), until: consent::valid_until(app, length).seconds(), chosen: length == default }
}

/// `POST /desk/sitting/{id}/prepare`: `kind`, and what it is about.
pub async fn prepare(
    State(app): State<App>, who: Staff, Path(id): Path<String>, Form(mut fields): Form,
) -> Result<Redirect, PageError> {
    let sitting = read(&id)?;
    let kind = fields.take("kind")?.unwrap_or_default();
    let work = match kind.as_str() {
        "enrol" => Work::Enrol,
        "card" => Work::Card,
        "keep" => Work::Keep,
        "undo" => {
            let act = fields.take("act")?.and_then(|id| DeskActId::parse(&id).ok());
            Work::Undo(act.ok_or(Trouble::bad_request("no act to undo"))?.to_string())
        }
        "consent" => {
            let sitting = desk::sitting(&app, &who.session, &sitting).await?;
            Work::Consent(Box::new(agreement(&app, who.words, &sitting, &mut fields).await?))
        }
        _ => return Err(Trouble::bad_request("no such act").into()),
    };
    fields.done()?;
    let verb = async move { desk::prepare(&app, &who.session, &sitting, work, &who.request).await };
    let act = detached(verb).await?;
    Ok(Redirect::to(&format!("/desk/acts/{}", act.id)))
}

/// What she would agree to, and the notice as it is read to her: made here, never taken from the form.
async fn agreement(app: &App, words: Words, sitting: &Sitting, fields: &mut Fields) -> Result<Agreement, PageError> {
    let (client, code) = asked(app, fields).await?;
    let chosen = fields.take_all("claim");
    let length = fields.take("length")?;
    let purpose = app.catalogue.purpose(&code).ok_or(Fault::Internal("a purpose vanished"))?;
    let length = match length {
        Some(code) => Length::read(&code, &purpose.lengths()).ok_or(Trouble::bad_request("no such length"))?,
        None => purpose.default_length(),
    };
    if !chosen.iter().all(|claim| purpose.optional.contains(claim)) {
        return Err(Trouble::bad_request("a claim that was not offered").into());
    }
    let kept = kept(app, sitting, &client, purpose).await?;
    if purpose.required.iter().chain(&chosen).any(|claim| kept.contains(claim)) {
        return Err(desk::Refusal::KeptBack.into());
    }
    let refused = purpose.optional.iter().filter(|claim| !chosen.contains(claim)).cloned().collect();
    let claims: Vec<String> = purpose.required.iter().cloned().chain(chosen).collect();
    let labels: Vec<String> = claims.iter().map(|claim| words.claim(claim)).collect();
    let (name, labels) = (name_in(&client, words), labels.join(&words.say("list-comma")));
    let calendar = Calendar::new(words, app.config.zone(), app.now().seconds());
    let until = calendar.date(consent::valid_until(app, length).seconds());
    let notice = words.fill_all(
        "desk-notice",
        &[
            ("client", &name),
            ("controller", &client.controller),
            ("purpose", &words.purpose(&code)),
            ("claims", &labels),
            ("date", &until),
        ],
    );
    Ok(Agreement {
        client: client.id.to_string(),
        name,
        purpose: code,
        claims,
        refused,
        length: length.code(),
        language: words.locale().tag().to_owned(),
        notice,
        controller: client.controller.clone(),
        contact: client.contact.clone(),
    })
}

/// `POST /desk/sitting/{id}/pressure`: somebody is being pressed; all that is open ends.
pub async fn pressure(
    State(app): State<App>, who: Staff, Path(id): Path<String>, Form(fields): Form,
) -> Result<Redirect, PageError> {
    fields.done()?;
    let id = read(&id)?;
    detached(async move { desk::stop_under_pressure(&app, &who.session, &id, &who.request).await }).await?;
    Ok(Redirect::to("/desk"))
}
