//! The crate brings no HTTP client when its default features are off: here reqwest is made one.

use std::future::Future;
use std::pin::Pin;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::redirect::Policy;

/// Sends what the crate wants sent.
pub struct Http(reqwest::Client);

impl Http {
    /// A client that follows no redirect: a server could send it anywhere.
    pub fn new() -> Result<Self, reqwest::Error> {
        // reqwest without a default provider wants to be told whose cryptography to use.
        let _ = rustls::crypto::ring::default_provider().install_default();
        reqwest::Client::builder().redirect(Policy::none()).build().map(Self)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = reqwest::Error;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, reqwest::Error>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let answer = self.0.execute(request.try_into()?).await?;
            let mut response = HttpResponse::default();
            *response.status_mut() = answer.status();
            *response.headers_mut() = answer.headers().clone();
            *response.body_mut() = answer.bytes().await?.to_vec();
            Ok(response)
        })
    }
}
