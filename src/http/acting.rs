//! `/for/{mandate}/…`: pages of a resident, for somebody who may act for her.
//!
//! The mandate is looked up at every request. The pages behind are those of `/me`, and the same handlers serve them:
//! `SignedIn` tells them whose page it is, by whose hand, and where its links lead. That the other was here, and by
//! which mandate, stands in the principal's book before anything of hers is shown.

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, Uri};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use tower::ServiceExt;

use super::error::{self, PageError};
use super::extract::{Acting, SignedIn, Visit};
use super::portal;
use crate::app::App;
use crate::fault::Fault;
use crate::ids::{MandateId, RequestId};
use crate::mandate::{self, Mandate, Right, Standing};
use crate::vault;

/// The addresses below `/for/{mandate}`.
pub fn routes(app: &App) -> Router<App> {
    let inside = portal::delegated(only).fallback(error::nowhere).with_state(app.clone());
    let door = move |State(app): State<App>, Path(path): Path<Vec<String>>, who: SignedIn, request: Request| {
        let inside = inside.clone();
        async move {
            let acting = acting(&app, &who, path.first().map_or("", String::as_str)).await?;
            let request = inner(request, path.get(1).map_or("", String::as_str), acting)?;
            let answer: Result<Response, PageError> =
                Ok(inside.oneshot(request).await.unwrap_or_else(|never| match never {}));
            answer
        }
    };
    Router::new().route("/for/{mandate}", any(door.clone())).route("/for/{mandate}/{*rest}", any(door))
}

/// The mandate, if whoever is signed in may act by it now; with the name that pages call the principal.
async fn acting(app: &App, who: &SignedIn, id: &str) -> Result<Acting, PageError> {
    let unknown = || PageError::not_found("no such mandate of hers");
    let id = MandateId::parse(id).map_err(|_| unknown())?;
    let mut tx = app.db.read().await?;
    let mandate = mandate::mandate(&mut tx, &id).await?.filter(|mandate| is_hers(mandate, who)).ok_or_else(unknown)?;
    let in_force = mandate::in_force(&mut tx, &id, who.now).await?;
    drop(tx);
    let mandate = in_force.ok_or_else(|| {
        if mandate.standing(who.now) == Standing::Waiting { unknown() } else { error::mandate_over() }
    })?;
    let name = vault::name(app, &mandate.principal, &mandate.by(), who.request.clone()).await?;
    Ok(Acting::new(mandate, name.unwrap_or_else(|| app.config.community.name.clone())))
}

fn is_hers(mandate: &Mandate, who: &SignedIn) -> bool {
    mandate.delegate.as_ref() == Some(&who.session.resident)
}

/// The request as the doors of `/me` know it, with nothing of the outer routing left in it.
fn inner(request: Request, rest: &str, acting: Acting) -> Result<Request, Fault> {
    let (parts, body) = request.into_parts();
    let path = if rest.is_empty() { "/me".to_owned() } else { format!("/me/{rest}") };
    let query = parts.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut inner = Request::new(body);
    *inner.method_mut() = parts.method;
    *inner.headers_mut() = parts.headers;
    *inner.uri_mut() = Uri::try_from(format!("{path}{query}")).map_err(|_| Fault::Internal("an address of ours"))?;
    let extensions = inner.extensions_mut();
    if let Some(visit) = parts.extensions.get::<Visit>() {
        extensions.insert(visit.clone());
    }
    if let Some(request) = parts.extensions.get::<RequestId>() {
        extensions.insert(request.clone());
    }
    extensions.insert(acting);
    Ok(inner)
}

/// Puts doors behind a right of the mandate.
fn only(right: Right, doors: Router<App>) -> Router<App> {
    doors.route_layer(from_fn(move |request: Request, next: Next| async move {
        let acting = request.extensions().get::<Acting>();
        if acting.is_some_and(|acting| acting.mandate().allows(right)) {
            return next.run(request).await;
        }
        PageError::refused(StatusCode::FORBIDDEN, "mandate-scope", "the mandate does not cover it").into_response()
    }))
}
