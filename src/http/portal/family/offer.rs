//! Offering a mandate: which kind, what it says, and the link to show to whom it is for.

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Html;

use super::{is_of_age, qr, row};
use crate::app::App;
use crate::http::confirming;
use crate::http::error::{PageError, Problem, Trouble};
use crate::http::extract::{AskedWith, CeremonyJson, Fields, Form, SignedIn};
use crate::http::layers::detached;
use crate::http::pages::{FamilyNewPage, FamilyOfferPage, FamilyOfferedPage, Tab};
use crate::ids::MandateId;
use crate::mandate::{self, HIDDEN_AT_FIRST, Kind, Offered, RELATIONS, Refusal, Right, Terms};
use crate::vault;
use crate::webauthn::ceremony::Begun;

pub async fn which(who: SignedIn) -> Result<Html<String>, PageError> {
    let kinds = Kind::OFFERED.map(Kind::as_str).to_vec();
    Ok(Html(FamilyNewPage { chrome: who.chrome(Some(Tab::Mine))?, kinds }.render()?))
}

pub async fn form(State(app): State<App>, who: SignedIn, Path(kind): Path<String>) -> Result<Html<String>, PageError> {
    let kind = offered_kind(&kind)?;
    let written = vault::origins(&mut app.db.read().await?, who.whose()).await?;
    // What the record does not hold need not be hidden.
    let field = |field: &&str| {
        let held = written.contains_key(*field);
        held.then(|| ((*field).to_owned(), HIDDEN_AT_FIRST.contains(field)))
    };
    let page = FamilyOfferPage {
        chrome: who.chrome(Some(Tab::Mine))?,
        kind: kind.as_str(),
        relations: RELATIONS.to_vec(),
        rights: Right::ALL.into_iter().filter(|right| *right != Right::See).map(Right::as_str).collect(),
        fields: crate::claims::FIELDS.iter().filter_map(field).collect(),
        lengths: kind.lengths().to_vec(),
        proposed: kind.proposed(),
    };
    Ok(Html(page.render()?))
}

pub async fn begin(
    State(app): State<App>, who: SignedIn, Path(kind): Path<String>, CeremonyJson(asked): CeremonyJson<AskedWith>,
) -> Result<Json<Begun>, Problem> {
    let mut fields = asked.fields();
    let terms = terms(&kind, &mut fields)?;
    fields.done()?;
    confirming::begin(&app, &who, terms.act(&who.session.resident)).await
}

pub async fn offer(
    State(app): State<App>, who: SignedIn, Path(kind): Path<String>, Form(mut fields): Form,
) -> Result<Html<String>, PageError> {
    let terms = terms(&kind, &mut fields)?;
    if !is_of_age(&app, &who, &who.session.resident).await? {
        return Err(Refusal::Unfit("the principal is a minor").into());
    }
    let confirmed = confirming::confirmed(&app, &who, terms.act(&who.session.resident), &mut fields).await?;
    fields.done()?;
    let (verb, by) = (app.clone(), who.clone());
    let offered =
        detached(async move { mandate::offer(&verb, &by.session, &terms, &confirmed, &by.request).await }).await?;
    shown(&app, &who, offered).await
}

pub async fn show_again(
    State(app): State<App>, who: SignedIn, Path(id): Path<String>, Form(fields): Form,
) -> Result<Html<String>, PageError> {
    fields.done()?;
    let id = MandateId::parse(&id).map_err(|_| PageError::not_found("not a mandate's id"))?;
    let (verb, by) = (app.clone(), who.clone());
    let offered = detached(async move { mandate::show_again(&verb, &by.session, &id).await }).await?;
    shown(&app, &who, offered).await
}

/// The link is on this page only; whoever comes back gets a new one.
async fn shown(app: &App, who: &SignedIn, offered: Offered) -> Result<Html<String>, PageError> {
    let link = app.config.server.issuer.at(&format!("/mandate/{}", offered.token.expose()));
    let page = FamilyOfferedPage {
        chrome: who.chrome_at(Some(Tab::Mine), "/me/family".to_owned())?,
        row: row(app, who, &offered.mandate).await?,
        qr: qr(&link)?,
        link,
        until: offered.until.seconds(),
    };
    Ok(Html(page.render()?))
}

fn offered_kind(kind: &str) -> Result<Kind, PageError> {
    let kind = Kind::of(kind).filter(|kind| Kind::OFFERED.contains(kind));
    kind.ok_or(PageError::not_found("not a kind of mandate that may be offered"))
}

fn terms(kind: &str, fields: &mut Fields) -> Result<Terms, Trouble> {
    let (relation, days) = (fields.take("relation")?.unwrap_or_default(), fields.take("days")?.unwrap_or_default());
    let (rights, hidden) = (fields.take_all("right"), fields.take_all("hidden"));
    Ok(Terms::read(kind, &relation, &rights, &hidden, &days)?)
}
