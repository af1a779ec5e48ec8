//! One sensitive claim, on a page of its own: why it is needed, what could go wrong, in which form; a no is a press, a yes
//! is signed with the passkey, and what is signed is this claim, in this form, for this client (PIPL 29). One act is about
//! one claim, and nothing is agreed to before the last of them is answered.

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::{Put, Way, lead, length, read, whole};
use crate::app::App;
use crate::claims::Length;
use crate::consent::draft::{self, Draft, Found, Separate};
use crate::consent::{self, Notice};
use crate::crypto::hash;
use crate::fault::Fault;
use crate::http::asking;
use crate::http::authorize::refuse;
use crate::http::confirming;
use crate::http::error::{PageError, Problem, Trouble};
use crate::http::extract::{AskedWith, CeremonyJson, Fields, Form, SignedIn};
use crate::http::layers::detached;
use crate::http::pages::{AskedClaim, ConsentOwnPage};
use crate::ids::AuthorizationId;
use crate::oauth::AuthorizeError;
use crate::resident::Act;
use crate::webauthn::ceremony::Begun;

/// `GET /consent/{id}/own`
pub async fn ask(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Result<Response, PageError> {
    page(app, who, Way::Browser, read(&id)?).await
}

/// `GET /device/{id}/own`
pub async fn ask_device(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Result<Response, PageError> {
    page(app, who, Way::Device, read(&id)?).await
}

/// `POST /consent/{id}/own`
pub async fn answer(
    State(app): State<App>, who: SignedIn, Path(id): Path<String>, Form(fields): Form,
) -> Result<Response, PageError> {
    let id = read(&id)?;
    detached(said(app, who, Way::Browser, id, fields)).await
}

/// `POST /device/{id}/own`
pub async fn answer_device(
    State(app): State<App>, who: SignedIn, Path(id): Path<String>, Form(fields): Form,
) -> Result<Response, PageError> {
    let id = read(&id)?;
    detached(said(app, who, Way::Device, id, fields)).await
}

/// `POST /consent/{id}/own/confirm`
pub async fn confirm(
    State(app): State<App>, who: SignedIn, Path(id): Path<String>, CeremonyJson(asked): CeremonyJson<AskedWith>,
) -> Result<Json<Begun>, Problem> {
    begin(app, who, Way::Browser, &id, asked.fields()).await
}

/// `POST /device/{id}/own/confirm`
pub async fn confirm_device(
    State(app): State<App>, who: SignedIn, Path(id): Path<String>, CeremonyJson(asked): CeremonyJson<AskedWith>,
) -> Result<Json<Begun>, Problem> {
    begin(app, who, Way::Device, &id, asked.fields()).await
}

/// A question about one claim, found again.
struct Own {
    put: Put,
    found: Found,
    claim: String,
    length: Length,
}

/// `None`: there is nothing more to ask about.
async fn find(app: &App, who: &SignedIn, way: Way, id: &AuthorizationId) -> Result<Option<Own>, AuthorizeError> {
    let put = way.put(app, who, id).await?;
    let Some(found) = draft::find(app, id, &who.session.resident).await? else { return Ok(None) };
    let Some(claim) = found.draft.next().cloned() else { return Ok(None) };
    let purpose = put.asking().purpose(app)?;
    let length = length(purpose.lengths(), purpose.default_length(), Some(&found.draft.length))?;
    Ok(Some(Own { put, found, claim, length }))
}

async fn page(app: App, who: SignedIn, way: Way, id: AuthorizationId) -> Result<Response, PageError> {
    let own = match find(&app, &who, way, &id).await {
        Ok(Some(own)) => own,
        Ok(None) => return Ok(Redirect::to(&way.action(&id)).into_response()),
        Err(error) => return refuse(&app, error),
    };
    let asked = own.put.asking().shown(&app, &who).await?;
    let claim = asked.sensitive.into_iter().find(|claim| claim.name == own.claim);
    let mut claim = claim.ok_or(Fault::Internal("a sensitive claim that was not asked for"))?;
    least_first(&mut claim);
    let action = format!("{}/own", way.action(&id));
    let page = ConsentOwnPage {
        chrome: who.chrome(None)?,
        begin: format!("{action}/confirm"),
        action,
        asker: asked.asker,
        purpose: asked.purpose,
        number: own.found.draft.acts.len() + 1,
        count: own.found.draft.ask.len(),
        until: consent::valid_until(&app, own.length).seconds(),
        shown: rendered(&app, &who, &own.put, &claim)?,
        claim,
    };
    let body = Html(page.render()?);
    Ok(match own.put.target {
        Some(target) => (target.attach(), body).into_response(),
        None => body.into_response(),
    })
}

/// The form that tells least is the one that is chosen, unless she chooses more.
fn least_first(claim: &mut AskedClaim) {
    if claim.forms.is_empty() {
        let form = crate::http::pages::AskedForm {
            name: claim.name.clone(),
            label: claim.name.clone(),
            value: claim.value.clone().unwrap_or_default(),
            chosen: true,
        };
        claim.forms.push(form);
    }
    let last = claim.forms.len().saturating_sub(1);
    for (at, form) in claim.forms.iter_mut().enumerate() {
        form.chosen = at == last;
    }
}

/// What this page says, with the resident's values.
fn rendered(app: &App, who: &SignedIn, put: &Put, claim: &AskedClaim) -> Result<String, Fault> {
    let words = who.words;
    let mut lines = vec![words.claim(&claim.name), words.claim_need(&claim.name), words.claim_risk(&claim.name)];
    lines.extend(claim.forms.iter().map(|form| format!("{}: {}", words.claim(&form.label), form.value)));
    asking::sealed(app, &put.asking(), &hex::encode(hash::sha256(lines.join("\n").as_bytes())))
}

/// What the form says.
struct Said {
    claim: String,
    form: String,
    rendered: String,
}

impl Own {
    fn read(&self, app: &App, fields: &mut Fields) -> Result<Said, Trouble> {
        let claim = fields.take("claim")?.unwrap_or_default();
        let form = fields.take("form")?.unwrap_or_else(|| claim.clone());
        let shown = fields.take("shown")?.unwrap_or_default();
        let rendered = asking::unsealed(app, &self.put.asking(), &shown)?;
        let rendered = rendered.ok_or(Trouble::bad_request("an answer to a page that nobody showed"))?;
        if !app.catalogue.forms(&claim).contains(&form) {
            return Err(Trouble::bad_request("a form that the claim does not have"));
        }
        Ok(Said { claim, form, rendered })
    }

    /// What she signs.
    fn act(&self, who: &SignedIn, id: &AuthorizationId, said: &Said) -> Act {
        Act::new("consent.separate", &who.session.resident)
            .with("request", id.as_str())
            .with("client", self.put.client.id.as_str())
            .with("purpose", self.put.details.purpose.as_str())
            .with("claim", said.claim.as_str())
            .with("form", said.form.as_str())
            .with("length", self.length.code())
            .with("notice", said.rendered.as_str())
    }
}

async fn begin(app: App, who: SignedIn, way: Way, id: &str, mut fields: Fields) -> Result<Json<Begun>, Problem> {
    let gone = || Trouble::refused(axum::http::StatusCode::BAD_REQUEST, "question-ended", "nothing to confirm");
    let id = AuthorizationId::parse(id).map_err(|_| gone())?;
    let own = find(&app, &who, way, &id).await.map_err(|_| gone())?.ok_or_else(gone)?;
    let said = own.read(&app, &mut fields)?;
    if said.claim != own.claim {
        return Err(gone().into());
    }
    confirming::begin(&app, &who, own.act(&who, &id, &said)).await
}

/// `decision` = `give`, with the confirmation, or `no`.
async fn said(
    app: App, who: SignedIn, way: Way, id: AuthorizationId, mut fields: Fields,
) -> Result<Response, PageError> {
    let here = format!("{}/own", way.action(&id));
    let own = match find(&app, &who, way, &id).await {
        Ok(Some(own)) => own,
        Ok(None) => return Ok(Redirect::to(&way.action(&id)).into_response()),
        Err(error) => return refuse(&app, error),
    };
    let said = own.read(&app, &mut fields)?;
    let decision = fields.take("decision")?;
    // Pressed twice, or on a page that lay open: the question that is next stands at this address.
    if said.claim != own.claim {
        return Ok(Redirect::to(&here).into_response());
    }
    let act = own.act(&who, &id, &said);
    let proof = match decision.as_deref() {
        Some("give") => {
            let confirmed = confirming::confirmed(&app, &who, act.clone(), &mut fields).await?;
            Some(confirmed.proves(&act)?.clone())
        }
        Some("no") => None,
        _ => return Err(Trouble::bad_request("neither yes nor no").into()),
    };
    fields.done()?;
    let Said { claim, form, rendered } = said;
    let act = Separate { claim, given: proof.is_some(), form, at: who.now.seconds(), rendered, proof };
    let Some(draft) = draft::add(&app, &id, own.found, act).await? else {
        return Ok(Redirect::to(&here).into_response());
    };
    if draft.next().is_some() {
        return Ok(Redirect::to(&here).into_response());
    }
    let done = finish(&app, &who, way, &id, &own.put, draft, own.length).await;
    lead(&app, done)
}

/// The last of them is answered.
async fn finish(
    app: &App, who: &SignedIn, way: Way, id: &AuthorizationId, put: &Put, draft: Draft, length: Length,
) -> Result<String, AuthorizeError> {
    // The first page's digest was sealed by us when it came; it is sealed anew to be read like one that comes now.
    let shown = asking::sealed(app, &put.asking(), &draft.rendered)?;
    let notice: Notice = put.notice(app, who, &shown)?;
    way.approve(app, who, id, whole(draft, length, notice, who)).await
}
