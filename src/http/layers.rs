//! What happens around every request: a number, limits, a calm answer to a panic, headers, one line in the log.
//!
//! From the outside in: [`frame`] (request id, headers, log) → the face of the group (`error/`) → [`guard`] (panic,
//! deadline, body limit) → the door.

use std::any::Any;
use std::future::Future;
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;

use super::error::{Cause, Trouble};
use crate::app::App;
use crate::crypto::random;
use crate::ids::RequestId;

/// No form, pushed request or passkey answer is larger.
pub const BODY_LIMIT: usize = 32 * 1024;

/// After so long the answer is 503; what was begun in a detached task still ends well.
const DEADLINE: Duration = Duration::from_secs(20);

/// Headers that must not come twice: which of the two would count?
const SINGLE: [HeaderName; 5] =
    [header::HOST, header::CONTENT_TYPE, header::CONTENT_LENGTH, header::AUTHORIZATION, header::ORIGIN];

/// Runs a verb that changes state to its end, even when the browser goes away in the middle.
///
/// axum drops a handler whose client has left; a verb dropped between two statements would leave its transaction to
/// the pool. A task of its own is not dropped.
pub async fn detached<T, F>(verb: F) -> T
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    match tokio::spawn(verb).await {
        Ok(done) => done,
        Err(ended) => match ended.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // Only a runtime that shuts down cancels a task: nobody is left to be answered.
            Err(_) => std::future::pending().await,
        },
    }
}

/// The innermost layers, around the doors of one group.
pub fn guard(doors: Router<App>) -> Router<App> {
    doors
        .layer(from_fn(deadline))
        .layer(from_fn(readable))
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT))
        .layer(CatchPanicLayer::custom(panicked))
}

/// The panic of a door as an answer; the message stays in the process log.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    Trouble::fault(Cause::Panic).into_response()
}

async fn deadline(request: Request, next: Next) -> Response {
    match tokio::time::timeout(DEADLINE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Trouble::new(StatusCode::SERVICE_UNAVAILABLE, "fault", Cause::Deadline).into_response(),
    }
}

/// Refuses what no browser and no client library sends: a header twice, a NUL in the address.
async fn readable(request: Request, next: Next) -> Response {
    let twice = SINGLE.iter().any(|name| request.headers().get_all(name).iter().nth(1).is_some());
    let address = request.uri().path_and_query().map(|whole| whole.as_str()).unwrap_or_default();
    if twice || address.contains("%00") {
        return Trouble::bad_request("a header twice, or a NUL in the address").into_response();
    }
    next.run(request).await
}

/// The outermost layer: number, headers, log.
pub async fn frame(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let Ok(id) = random::id::<RequestId>() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let method = request.method().clone();
    // The pattern, never the address: addresses hold invitations.
    let door = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    request.extensions_mut().insert(id.clone());

    let mut response = next.run(request).await;

    log(&id, method.as_str(), door.as_deref().unwrap_or("-"), &response);
    let form_target = response.extensions().get::<FormTarget>().cloned();
    set_headers(response.headers_mut(), app.config.server.issuer.is_secure(), form_target);
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

fn log(id: &RequestId, method: &str, door: &str, response: &Response) {
    let status = response.status().as_u16();
    match response.extensions().get::<Cause>() {
        Some(cause) if cause.is_ours() => tracing::error!(request = %id, method, door, status, %cause, "failed"),
        Some(cause) => tracing::info!(request = %id, method, door, status, %cause, "refused"),
        None => tracing::debug!(request = %id, method, door, status, "answered"),
    }
}

/// Put into the extensions of a page whose form may end at another origin: the browser then lets the redirect after
/// the form's POST go there. Taken from a registered redirect URI, never from a request.
#[derive(Debug, Clone)]
pub struct FormTarget(String);

impl FormTarget {
    /// The origin of a redirect URI (its scheme alone where it has no host).
    #[must_use]
    pub fn of(redirect: &url::Url) -> Self {
        let origin = redirect.origin();
        Self(if origin.is_tuple() { origin.ascii_serialization() } else { format!("{}:", redirect.scheme()) })
    }

    /// As an extension of a response: `(target.attach(), Html(page))`.
    pub const fn attach(self) -> Extension<Self> {
        Extension(self)
    }
}

fn set_headers(headers: &mut HeaderMap, secure: bool, form_target: Option<FormTarget>) {
    let fixed = [
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
        (
            "permissions-policy",
            "publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), geolocation=(), \
             microphone=(), payment=(), usb=()",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    let resource_policy = HeaderName::from_static("cross-origin-resource-policy");
    headers.entry(resource_policy).or_insert(HeaderValue::from_static("same-origin"));
    if secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000"));
    }
    let extra = form_target.map(|target| format!(" {}", target.0)).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'{extra}; base-uri 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_detached_verb_ends_though_nobody_waits() {
        let (tell, told) = tokio::sync::oneshot::channel();
        let waiting = tokio::spawn(detached(async move {
            tokio::task::yield_now().await;
            let _ = tell.send(());
        }));
        tokio::task::yield_now().await;
        waiting.abort();
        assert!(told.await.is_ok());
    }

    #[test]
    fn a_form_may_end_at_the_clients_origin_alone() {
        let target = FormTarget::of(&url::Url::parse("https://a.test/cb?x").unwrap());
        let mut headers = HeaderMap::new();
        set_headers(&mut headers, true, Some(target));
        let policy = headers.get(header::CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap();
        assert!(policy.contains("form-action 'self' https://a.test;"), "{policy}");
        assert!(policy.starts_with("default-src 'none';"));
    }
}
