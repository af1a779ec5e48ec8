//! `/desk/acts/{id}`: how an act stands, the keypad, and what comes after.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::witness::name;
use crate::app::App;
use crate::clock::Timestamp;
use crate::desk::{self, Act, Refusal, Work};
use crate::fault::Fault;
use crate::http::error::{PageError, Trouble};
use crate::http::extract::{Form, Staff};
use crate::http::layers::detached;
use crate::http::pages::desk::{ActPage, ActState, CardPage, Doing, Found, LinkPage, Place, ReceiptPage};
use crate::http::verify;
use crate::ids::{ConsentId, DeskActId};
use crate::paper::{Sheet, qr};
use crate::resident;

pub fn read(id: &str) -> Result<DeskActId, PageError> {
    DeskActId::parse(id).map_err(|_| PageError::not_found("not an act's id"))
}

/// An act in words.
pub fn doing(act: &Act, now: Timestamp) -> Doing {
    let state = match act.settled {
        _ if act.undone_at.is_some() => ActState::Undone,
        Some((desk::Outcome::Done, _)) => ActState::Done,
        None if act.is_open(now) => ActState::Waiting,
        _ => ActState::Nothing,
    };
    let agreed = match &act.work {
        Work::Consent(agreed) => Some(agreed),
        Work::Enrol | Work::Card | Work::Undo(_) | Work::Keep => None,
    };
    Doing {
        id: act.id.to_string(),
        kind: if act.work == Work::Keep { "keep" } else { act.work.as_str() },
        app: agreed.map(|agreed| agreed.name.clone()).unwrap_or_default(),
        notice: agreed.map(|agreed| agreed.notice.clone()),
        claims: agreed.map(|agreed| agreed.claims.clone()).unwrap_or_default(),
        state,
        until: act.undo_until.unwrap_or(act.expires_at).seconds(),
    }
}

fn found(act: &Act) -> Found {
    let label = &act.label;
    Found {
        sitting: act.sitting.to_string(),
        name: label.name.clone(),
        year: label.year.clone(),
        flat: label.flat.clone(),
    }
}

/// An act of whoever is signed in.
async fn own(app: &App, who: &Staff, id: &DeskActId) -> Result<Act, PageError> {
    let act = desk::act(app, id).await?;
    if act.person == *who.person() { Ok(act) } else { Err(PageError::not_found("a colleague's act")) }
}

/// `GET /desk/acts/{id}`
pub async fn page(State(app): State<App>, who: Staff, Path(id): Path<String>) -> Result<Html<String>, PageError> {
    let act = own(&app, &who, &read(&id)?).await?;
    render(&app, &who, &act, None).await
}

async fn render(app: &App, who: &Staff, act: &Act, wrong: Option<String>) -> Result<Html<String>, PageError> {
    let waiting = act.is_open(who.now);
    let enrolled = resident::has_passkey(&mut app.db.read().await?, &act.resident).await?;
    let link = app.config.server.issuer.at(&format!("/at-desk/{}", act.token()));
    let done = act.is_done() && act.undone_at.is_none();
    let page = ActPage {
        frame: who.frame_at(Some(Place::Home), format!("/desk/acts/{}", act.id))?,
        who: found(act),
        doing: doing(act, who.now),
        qr: if waiting && enrolled { Some(qr(&link)?) } else { None },
        link,
        card: waiting && act.work != Work::Enrol && desk::has_card(app, &act.resident).await?,
        witness: waiting && desk::takes_a_witness(app, act).await?,
        wrong,
        may_link: done && act.work == Work::Enrol && !enrolled,
        may_issue: done && act.work == Work::Card && act.record.is_none(),
        way: act.way.map(desk::Way::as_str),
    };
    Ok(Html(page.render()?))
}

/// `POST /desk/acts/{id}/card`: the resident at the keypad.
pub async fn card(
    State(app): State<App>, who: Staff, Path(id): Path<String>, Form(mut fields): Form,
) -> Result<Response, PageError> {
    let id = read(&id)?;
    let (code, number) = (fields.take("code")?.unwrap_or_default(), fields.take("number")?.unwrap_or_default());
    fields.done()?;
    let (app_, who_, id_) = (app.clone(), who.clone(), id.clone());
    let verb = async move { desk::confirm_by_card(&app_, &who_.session, &id_, &code, &number, &who_.request).await };
    let wrong = match detached(verb).await {
        Ok(act) => return Ok(Redirect::to(&format!("/desk/acts/{}", act.id)).into_response()),
        Err(Refusal::CardWrong(0)) => who.words.say("desk-card-unknown"),
        Err(Refusal::CardWrong(left)) => who.words.fill("desk-card-wrong", "count", left),
        Err(Refusal::CardLocked) => who.words.say("desk-card-locked"),
        Err(other) => return Err(other.into()),
    };
    let act = own(&app, &who, &id).await?;
    Ok((StatusCode::FORBIDDEN, render(&app, &who, &act, Some(wrong)).await?).into_response())
}

/// `POST /desk/acts/{id}/cancel`
pub async fn cancel(
    State(app): State<App>, who: Staff, Path(id): Path<String>, Form(fields): Form,
) -> Result<Redirect, PageError> {
    fields.done()?;
    let id = read(&id)?;
    let back = own(&app, &who, &id).await?.sitting;
    detached(async move { desk::cancel(&app, &who.session, &id, &who.request).await }).await?;
    Ok(Redirect::to(&format!("/desk/sitting/{back}")))
}

/// `POST /desk/acts/{id}/link`: the link for the phone at the counter, after a witness.
pub async fn link(
    State(app): State<App>, who: Staff, Path(id): Path<String>, Form(fields): Form,
) -> Result<Html<String>, PageError> {
    fields.done()?;
    let id = read(&id)?;
    let (app_, who_) = (app.clone(), who.clone());
    let (act, token, until) = detached(async move { desk::enrol_link(&app_, &who_.session, &id).await }).await?;
    let link = app.config.server.issuer.at(&format!("/invitation/{}", token.expose()));
    let back = format!("/desk/acts/{}", act.id);
    let page = LinkPage {
        frame: who.frame_at(Some(Place::Home), back.clone())?,
        name: act.label.name.clone(),
        flat: act.label.flat.clone(),
        qr: qr(&link)?,
        link,
        until: until.seconds(),
        back,
    };
    Ok(Html(page.render()?))
}

/// `POST /desk/acts/{id}/issue`: she chose a number at the keypad, twice the same.
pub async fn issue(
    State(app): State<App>, who: Staff, Path(id): Path<String>, Form(mut fields): Form,
) -> Result<Response, PageError> {
    let id = read(&id)?;
    let (number, again) = (fields.take("number")?.unwrap_or_default(), fields.take("again")?.unwrap_or_default());
    fields.done()?;
    let act = own(&app, &who, &id).await?;
    let wrong = |key: &'static str| who.words.say(key);
    if number != again {
        let page = render(&app, &who, &act, Some(wrong("desk-number-differs"))).await?;
        return Ok((StatusCode::BAD_REQUEST, page).into_response());
    }
    let (app_, who_) = (app.clone(), who.clone());
    let verb = async move { desk::issue_card(&app_, &who_.session, &id, &number, &who_.request).await };
    let (act, code) = match detached(verb).await {
        Err(Refusal::Unfit(_)) => {
            let page = render(&app, &who, &act, Some(wrong("desk-number-weak"))).await?;
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
        made => made?,
    };
    let back = format!("/desk/sitting/{}", act.sitting);
    let page = CardPage {
        frame: who.frame_at(Some(Place::Home), format!("/desk/acts/{}", act.id))?,
        name: act.label.name.clone(),
        qr: qr(&code)?,
        code,
        back,
    };
    Ok(Html(page.render()?).into_response())
}

/// `GET /desk/acts/{id}/receipt`: paper for her to take home.
pub async fn receipt(State(app): State<App>, who: Staff, Path(id): Path<String>) -> Result<Html<String>, PageError> {
    let act = own(&app, &who, &read(&id)?).await?;
    let Some((desk::Outcome::Done, at)) = act.settled else {
        return Err(Trouble::from(Refusal::Over("nothing was done")).into());
    };
    // A consent's paper can be checked by whoever holds it; the others say where she undoes them.
    let (code, link) = match (&act.work, &act.record) {
        (Work::Consent(_), Some(record)) => {
            let proof = verify::proof(&app, Sheet::Receipt(ConsentId::stored(record.clone())))?;
            (proof.qr, app.config.server.issuer.at(&proof.link))
        }
        _ => {
            let link = app.config.server.issuer.at("/me/desk");
            (qr(&link)?, link)
        }
    };
    let page = ReceiptPage {
        frame: who.frame(Some(Place::Home))?,
        who: found(&act),
        doing: doing(&act, who.now),
        way: act.way.map(desk::Way::as_str).ok_or(Fault::Stored("a done act without its way"))?,
        staff: name(&app, &act.person).await?,
        at: at.seconds(),
        qr: code,
        link,
    };
    Ok(Html(page.render()?))
}
