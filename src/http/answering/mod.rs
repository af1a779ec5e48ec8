//! The answer to a question, whichever way the client came: the first page with its switches, and then, for each sensitive
//! claim, a page and an act of its own ([`own`]). Where nothing is sensitive, one round trip answers.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::asking::{self, Asking};
use super::authorize::refuse;
use super::error::{PageError, Trouble};
use super::extract::{Fields, SignedIn};
use super::layers::FormTarget;
use crate::app::App;
use crate::claims::Length;
use crate::consent::draft::{self, Draft};
use crate::consent::no::No;
use crate::consent::{self, Notice, Record};
use crate::fault::Fault;
use crate::ids::AuthorizationId;
use crate::oauth::rar::Details;
use crate::oauth::{self, AuthorizeError, Client, Decline, Yes, device};
use crate::resident::Session;

pub mod own;

/// Which way a question came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The client sent the browser.
    Browser,
    /// She typed the code of a screen.
    Device,
}

/// An open question, as it stands for the resident who answers it.
pub struct Put {
    client: Client,
    details: Details,
    before: Option<Record>,
    noes: Vec<No>,
    kept: Vec<String>,
    offline: bool,
    session: Session,
    /// What was shown besides, as lines of the notice.
    besides: Vec<String>,
    /// Where the form may end besides our own pages.
    target: Option<FormTarget>,
}

impl Put {
    fn asking(&self) -> Asking<'_> {
        let Self { client, details, before, noes, kept, offline, session, .. } = self;
        Asking { client, details, before: before.as_ref(), noes, kept, offline: *offline, session }
    }

    fn notice(&self, app: &App, who: &SignedIn, shown: &str) -> Result<Notice, AuthorizeError> {
        let notice = self.asking().notice(app, who, shown)?;
        let mut notice = notice.ok_or(AuthorizeError::Page("bad-request", "an answer to a page that nobody showed"))?;
        for line in &self.besides {
            notice.text.push('\n');
            notice.text.push_str(line);
        }
        Ok(notice)
    }
}

impl Way {
    /// The question's own address.
    #[must_use]
    pub fn action(self, id: &AuthorizationId) -> String {
        match self {
            Self::Browser => format!("/consent/{id}"),
            Self::Device => format!("/device/{id}"),
        }
    }

    async fn put(self, app: &App, who: &SignedIn, id: &AuthorizationId) -> Result<Put, AuthorizeError> {
        let browser = who.browser.digest();
        let session = who.session.clone();
        if self == Self::Device {
            let question = device::question(app, id, &browser, &who.session).await?;
            let offline = question.asked.scope.offline_access && !question.client.is_partner();
            let mut besides = vec![who.words.fill("device-notice", "code", question.code.as_str())];
            let named = question.asked.name.as_ref();
            besides.extend(named.map(|name| format!("{}: {name}", who.words.say("device-calls-itself"))));
            let device::Question { client, asked, before, noes, kept, .. } = question;
            return Ok(Put {
                client,
                details: asked.details,
                before,
                noes,
                kept,
                offline,
                session,
                besides,
                target: None,
            });
        }
        let question = oauth::question(app, id, &browser, &who.session).await?;
        let offline = question.asked.scope.offline_access && !question.client.is_partner();
        let target = url::Url::parse(&question.asked.redirect_uri);
        let target = target.map_err(|_| Fault::Stored("a redirect URI that is no URL"))?;
        let oauth::Question { client, asked, before, noes, kept } = question;
        let target = Some(FormTarget::of(&target));
        Ok(Put { client, details: asked.details, before, noes, kept, offline, session, besides: Vec::new(), target })
    }

    /// Where the browser goes after a yes.
    async fn approve(
        self, app: &App, who: &SignedIn, id: &AuthorizationId, yes: Yes,
    ) -> Result<String, AuthorizeError> {
        let (browser, session) = (who.browser.digest(), &who.session);
        match self {
            Self::Browser => oauth::approve(app, id, &browser, session, yes).await,
            Self::Device => device::approve(app, id, &browser, session, yes).await.map(|()| self.action(id)),
        }
    }

    async fn decline(
        self, app: &App, who: &SignedIn, id: &AuthorizationId, how: &Decline,
    ) -> Result<String, AuthorizeError> {
        let (browser, session) = (who.browser.digest(), &who.session);
        match self {
            Self::Browser => oauth::decline(app, id, &browser, session, how).await,
            Self::Device => device::decline(app, id, &browser, session, how).await.map(|()| self.action(id)),
        }
    }
}

/// What the form of the first page says.
struct Said {
    chosen: Vec<String>,
    forms: BTreeMap<String, String>,
    own: Vec<String>,
    length: Option<String>,
    shown: Option<String>,
    decision: Option<String>,
}

impl Said {
    fn read(app: &App, mut fields: Fields) -> Result<Self, Trouble> {
        let mut forms = BTreeMap::new();
        for (claim, _) in app.catalogue.claims() {
            if let Some(form) = fields.take(&format!("form.{claim}"))? {
                forms.insert(claim.to_owned(), form);
            }
        }
        let said = Self {
            chosen: fields.take_all("claim"),
            forms,
            own: fields.take_all("own"),
            length: fields.take("length")?,
            shown: fields.take("shown")?,
            decision: fields.take("decision")?,
        };
        fields.done()?;
        Ok(said)
    }
}

/// The answer of the first page: `decision` = `yes`, `no`, `later`, or `again` where she said no lately.
///
/// # Errors
/// When the form is not one of ours, or the question is not hers to answer any more.
pub async fn answer(
    app: App, who: SignedIn, way: Way, id: AuthorizationId, fields: Fields,
) -> Result<Response, PageError> {
    let said = Said::read(&app, fields)?;
    if !is_of_this_page(&app, &who, way, &id, &said).await? {
        return Ok(Redirect::to(&way.action(&id)).into_response());
    }
    let answered = match said.decision.as_deref() {
        Some("yes") => yes(&app, &who, way, &id, said).await,
        Some("no") => way.decline(&app, &who, &id, &Decline::No(who.request.clone())).await,
        Some("later") => way.decline(&app, &who, &id, &Decline::Later).await,
        Some("again") => again(&app, &who, way, &id).await,
        _ => return Err(Trouble::bad_request("neither yes nor no").into()),
    };
    lead(&app, answered)
}

/// Whether the answer is to the page as it stands: a page of ours, for the same resident, by the same hand. She may have
/// chosen meanwhile to answer for somebody else, or her mandate has ended: then the question is put again, and neither
/// a yes nor a no becomes somebody's who never saw the page.
async fn is_of_this_page(
    app: &App, who: &SignedIn, way: Way, id: &AuthorizationId, said: &Said,
) -> Result<bool, PageError> {
    let Some(shown) = &said.shown else { return Ok(true) };
    match way.put(app, who, id).await {
        Ok(put) => Ok(asking::unsealed(app, &put.asking(), shown)?.is_some()),
        // What it comes to is said where it is answered.
        Err(_) => Ok(true),
    }
}

/// Where an answer leads, always by 303.
fn lead(app: &App, answered: Result<String, AuthorizeError>) -> Result<Response, PageError> {
    match answered {
        Ok(location) => Ok(Redirect::to(&location).into_response()),
        Err(error) => refuse(app, error),
    }
}

async fn yes(app: &App, who: &SignedIn, way: Way, id: &AuthorizationId, said: Said) -> Result<String, AuthorizeError> {
    // What was shown is made of the request again, never of what the form says.
    let put = way.put(app, who, id).await?;
    let purpose = put.asking().purpose(app)?;
    let shown = said.shown.unwrap_or_default();
    let notice = put.notice(app, who, &shown)?;
    let length = length(purpose.lengths(), purpose.default_length(), said.length.as_deref())?;
    let may = |claim: &String| purpose.separate.contains(claim) && !put.kept.contains(claim);
    let sensitive = |claim: &&String| may(claim) && said.own.contains(claim);
    let draft = Draft {
        ask: put.details.claims.iter().filter(sensitive).cloned().collect(),
        chosen: said.chosen,
        forms: said.forms.into_iter().filter(|(claim, _)| put.details.claims.contains(claim)).collect(),
        length: length.code(),
        rendered: notice.rendered.clone(),
        acts: Vec::new(),
    };
    if draft.ask.is_empty() {
        return way.approve(app, who, id, whole(draft, length, notice, who)).await;
    }
    draft::begin(app, id, &who.session.resident, &draft).await?;
    Ok(format!("{}/own", way.action(id)))
}

fn length(offered: Vec<Length>, default: Length, said: Option<&str>) -> Result<Length, AuthorizeError> {
    let Some(code) = said else { return Ok(default) };
    Length::read(code, &offered).ok_or(AuthorizeError::Page("bad-request", "longer than the purpose allows"))
}

/// A yes with everything answered.
fn whole(draft: Draft, length: Length, notice: Notice, who: &SignedIn) -> Yes {
    let Draft { chosen, forms, acts, .. } = draft;
    Yes { chosen, forms, acts, length, notice, request: who.request.clone() }
}

/// She wants to be asked after all.
async fn again(app: &App, who: &SignedIn, way: Way, id: &AuthorizationId) -> Result<String, AuthorizeError> {
    let put = way.put(app, who, id).await?;
    let (client, purpose) = (&put.client.id, put.details.purpose.as_str());
    consent::no::lift(app, &who.session.resident, client, purpose, &who.by(), &who.request).await?;
    Ok(way.action(id))
}

/// An id that is none is a question that is not there.
fn read(id: &str) -> Result<AuthorizationId, PageError> {
    let gone = |_| PageError::refused(StatusCode::BAD_REQUEST, "question-ended", "no request has such an id");
    AuthorizationId::parse(id).map_err(gone)
}
