//! The visit of a browser to the residents' pages: who is there, in which language, with which form token.
//!
//! One layer, [`visit`], looks all of it up once; doors take it as [`Visit`], or as `SignedIn` where nobody else may
//! enter; the page face renders errors with it.

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::browser::{self, Browser, Cookies};
use super::form::FormKey;
use super::locale;
use super::on_behalf::{self, OnBehalf};
use super::signed_in::Acting;
use crate::app::App;
use crate::clock::Timestamp;
use crate::cosigning;
use crate::fault::Fault;
use crate::http::error::{Problem, Trouble, page_face};
use crate::http::limit;
use crate::http::pages::{Chrome, ForWhom, Help, Mode, Tab, WitnessWarning};
use crate::ids::RequestId;
use crate::people;
use crate::resident::{self, Session};
use crate::text::{Calendar, Words};
use crate::vault;

/// A browser at the door.
#[derive(Debug, Clone)]
pub struct Visit(Arc<Seen>);

/// What was seen of it.
#[derive(Debug)]
pub struct Seen {
    app: App,
    /// The words of its language.
    pub words: Words,
    /// How large its pages speak.
    pub mode: Mode,
    /// The browser.
    pub browser: Browser,
    /// Who is signed in, if anybody.
    pub session: Option<Session>,
    /// Who is signed in at the console; looked up there alone, where no resident's session counts.
    pub person: Option<people::Session>,
    /// Whether a session's cookie came that opens nothing any more.
    pub session_ended: bool,
    /// The number of this request.
    pub request: RequestId,
    /// When it came.
    pub now: Timestamp,
    /// Path and query that were asked for; of a POST the root.
    pub(super) here: String,
    witnesses: Option<WitnessWarning>,
    acting: Option<Acting>,
    for_whom: Option<ForWhom>,
    form_key: Arc<FormKey>,
}

impl Deref for Visit {
    type Target = Seen;

    fn deref(&self) -> &Seen {
        &self.0
    }
}

impl Visit {
    async fn of(app: &App, request: &Parts) -> Result<Self, Fault> {
        let cookies = Cookies::read(&request.headers);
        let Some(cookie) = cookies.get(&browser::name(&app.config.server.issuer, kept_in(request))) else {
            return Self::stranger(app, request);
        };
        if is_console(request) {
            return Self::with(app, request, None, people::find(app, cookie).await?);
        }
        let session = resident::find(app, cookie).await?;
        let behalf = match (session, on_behalf::question(request.uri.path())) {
            (Some(session), Some(question)) if !request.uri.path().ends_with("/for") => {
                let number = request.extensions.get::<RequestId>().ok_or(Fault::Internal("no request id"))?;
                let shows = request.method == Method::GET;
                on_behalf::on_behalf(app, session, &question, shows, number).await.map_err(unseen)?
            }
            (session, _) => OnBehalf { session, ..OnBehalf::default() },
        };
        let witnesses = if behalf.session.is_some() { cosigning::warning(app).await? } else { None };
        let visit = Self::with(app, request, behalf.session, None)?;
        let seen = Arc::into_inner(visit.0).ok_or(Fault::Internal("a visit seen twice"))?;
        Ok(Self(Arc::new(Seen {
            witnesses: witnesses.map(WitnessWarning),
            acting: behalf.acting,
            for_whom: behalf.for_whom,
            ..seen
        })))
    }

    /// A visit that nobody looked up.
    fn stranger(app: &App, request: &Parts) -> Result<Self, Fault> {
        Self::with(app, request, None, None)
    }

    fn with(
        app: &App, request: &Parts, session: Option<Session>, person: Option<people::Session>,
    ) -> Result<Self, Fault> {
        let issuer = &app.config.server.issuer;
        let cookies = Cookies::read(&request.headers);
        let browser = Browser::of(&cookies, issuer)?;
        let cookie = cookies.get(&browser::name(issuer, kept_in(request)));
        let is_in = session.is_some() || person.is_some();
        let secret = cookie.filter(|_| is_in).unwrap_or(browser.secret());
        let wishes = session.as_ref().map(|session| &session.wishes);
        Ok(Self(Arc::new(Seen {
            words: Words::of(locale::locale(&request.headers, &cookies, issuer, wishes)),
            mode: locale::mode(&cookies, issuer, wishes),
            form_key: Arc::new(FormKey::of(secret)?),
            session_ended: cookie.is_some() && !is_in,
            browser,
            session,
            person,
            request: request.extensions.get::<RequestId>().cloned().ok_or(Fault::Internal("no request id"))?,
            now: app.now(),
            here: here(request),
            witnesses: None,
            acting: None,
            for_whom: None,
            app: app.clone(),
        })))
    }

    /// What stands around a page, with a fresh form token. `tab`: which of the four places is current.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn chrome(&self, tab: Option<Tab>) -> Result<Chrome, Fault> {
        self.chrome_at(tab, self.here.clone())
    }

    /// As [`Self::chrome`], for a page that answers a POST: the switches come back to `here`.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn chrome_at(&self, tab: Option<Tab>, here: String) -> Result<Chrome, Fault> {
        let community = &self.app.config.community;
        Ok(Chrome {
            words: self.words,
            calendar: Calendar::new(self.words, self.app.config.zone(), self.now.seconds()),
            community: community.name.clone(),
            help: Help { phone: community.phone.clone(), desk: community.desk.clone() },
            mode: self.mode,
            tab,
            signed_in: self.session.is_some(),
            csrf: self.form_key.token(self.now)?,
            here,
            base: "/me".to_owned(),
            witnesses: self.witnesses,
            erases_at: self.session.as_ref().and_then(|session| session.erases_at).map(Timestamp::seconds),
            acting: self.acting.as_ref().map(Acting::says),
            for_whom: self.for_whom.clone(),
        })
    }

    /// The sign-in page at `door` that leads back to where this visit came.
    pub(super) fn way_back(&self, door: &str) -> Redirect {
        let next: String = form_urlencoded::byte_serialize(self.here.as_bytes()).collect();
        Redirect::to(&format!("{door}?next={next}"))
    }

    /// Judges the token of a form and uses it up.
    pub(super) fn form_key(&self) -> &FormKey {
        &self.form_key
    }
}

/// The console's pages, which know people of the service centre and no residents.
fn is_console(request: &Parts) -> bool {
    let path = request.uri.path();
    path == "/desk" || path.starts_with("/desk/")
}

fn kept_in(request: &Parts) -> &'static str {
    if is_console(request) { browser::CONSOLE } else { browser::SESSION }
}

/// A name that could not be looked up: the gate says no to own eyes only when something is broken.
fn unseen(refusal: vault::Refusal) -> Fault {
    match refusal {
        vault::Refusal::Fault(fault) => fault,
        _ => Fault::Internal("the gate refused a name"),
    }
}

/// A form's page is the one to come back to; the answer to a POST has no address of its own.
fn here(request: &Parts) -> String {
    let path = request.uri.path_and_query().map_or("/", |whole| whole.as_str());
    if request.method == Method::GET { path.to_owned() } else { "/".to_owned() }
}

/// The layer of the residents' pages.
pub async fn visit(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let arrived = limit::arrive(&app, &mut parts);
    let visit = match &arrived {
        Ok(()) => Visit::of(&app, &parts).await,
        Err(_) => Visit::stranger(&app, &parts),
    };
    let visit = match visit {
        Ok(visit) => visit,
        Err(fault) => return bare(&fault).into_response(),
    };
    parts.extensions.insert(visit.clone());
    let response = match arrived.and_then(|()| limit::by_session(&app, &visit, &parts)) {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(trouble) => turned_away(&parts, trouble),
    };
    let mut response = page_face(&visit, response);
    if let Some(cookie) = visit.browser.cookie(&app.config.server.issuer) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The script of a ceremony gets JSON, a person a page.
fn turned_away(parts: &Parts, trouble: Trouble) -> Response {
    if parts.headers.contains_key("x-csrf") { Problem::from(trouble).into_response() } else { trouble.into_response() }
}

/// Without a database nobody can be recognised, so the page that says so greets nobody.
fn bare(fault: &Fault) -> Response {
    let status = if fault.is_passing() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR };
    tracing::error!(%fault, "no visit");
    let text = "服务暂时不可用，请稍后再试。 / The service is not available for the moment. Please try again later.";
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::RETRY_AFTER, "2")], text).into_response()
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Trouble> {
        let missing = || Trouble::fault(Fault::Internal("this door is not behind the visit layer"));
        parts.extensions.get::<Self>().cloned().ok_or_else(missing)
    }
}
