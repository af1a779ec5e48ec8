//! A browser: keeps cookies, sends what browsers send, follows redirects within the service.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue, LOCATION, SET_COOKIE};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::Value;

use super::app::ISSUER;
use super::html;

/// A browser with its own cookies. Clones share them, as tabs do.
#[derive(Clone)]
pub struct Browser {
    client: Client,
    base: String,
    pub cookies: Arc<Mutex<BTreeMap<String, String>>>,
    extra: HeaderMap,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// Path and query it was asked at, after redirects.
    pub path: String,
}

impl Browser {
    pub fn new(address: SocketAddr) -> Self {
        latchkey::crypto::tls::ready();
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        Self { client, base: format!("http://{address}"), cookies: Arc::default(), extra: HeaderMap::new() }
    }

    /// What asks at `base` by this client: the service's other listeners.
    pub fn over(client: Client, base: &str) -> Self {
        Self { client, base: base.to_owned(), cookies: Arc::default(), extra: HeaderMap::new() }
    }

    /// A browser on another machine: its connections come from this address (all of 127.0.0.0/8 is this host).
    pub fn from(address: SocketAddr, own: std::net::Ipv4Addr) -> Self {
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
        Self { client: client.local_address(Some(own.into())).build().unwrap(), ..Self::new(address) }
    }

    /// The same browser, sending one more header (replacing its own) with everything.
    pub fn with_header(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.extra.insert(HeaderName::try_from(name).unwrap(), HeaderValue::try_from(value).unwrap());
        other
    }

    /// The same browser, in English.
    pub fn in_english(&self) -> Self {
        self.with_header("accept-language", "en")
    }

    /// Opens an address as a navigation, following redirects as long as they stay in the service.
    pub async fn open(&self, path: &str) -> Answer {
        let first = self.get(path).await;
        self.follow(first).await
    }

    /// Opens an address without following anything.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path), path).await
    }

    /// Opens an address of a service that may not be there.
    pub async fn try_get(&self, path: &str) -> Option<StatusCode> {
        self.request(Method::GET, path).send().await.ok().map(|answer| answer.status())
    }

    /// Follows redirects as long as they stay in the service.
    pub async fn follow(&self, mut answer: Answer) -> Answer {
        for _ in 0..10 {
            let Some(next) = answer.local_redirect() else { return answer };
            answer = self.get(&next).await;
        }
        panic!("redirects without end at {}", answer.path);
    }

    /// Submits the form of a page that posts to `action`, with its hidden fields and these; follows the answer.
    pub async fn submit(&self, page: &Answer, action: &str, fields: &[(&str, &str)]) -> Answer {
        let first = self.submit_only(page, action, fields).await;
        self.follow(first).await
    }

    /// As [`Self::submit`], without following.
    pub async fn submit_only(&self, page: &Answer, action: &str, fields: &[(&str, &str)]) -> Answer {
        let hidden = html::hidden_fields(&page.body, action);
        let mut all = hidden.unwrap_or_else(|| panic!("{} has no form to {action}:\n{}", page.path, page.text()));
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        self.post(action, &all).await
    }

    /// Posts a form as a page of the service would.
    pub async fn post<F: AsRef<str>, V: AsRef<str>>(&self, path: &str, fields: &[(F, V)]) -> Answer {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
        // `null`, because the service's pages say `Referrer-Policy: no-referrer`.
        let request = self.request(Method::POST, path).header("origin", "null").form(&fields);
        self.send(request, path).await
    }

    /// Posts JSON as the script of a page does.
    pub async fn post_json(&self, path: &str, csrf: &str, body: &Value) -> Answer {
        let request = self.request(Method::POST, path).header("origin", ISSUER).header("x-csrf", csrf);
        self.send(request.header("sec-fetch-dest", "empty").json(body), path).await
    }

    /// A request with this browser's cookies and headers; change it, then [`Self::send`] it.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self.client.request(method, format!("{}{path}", self.base)).header("host", "id.test");
        let cookies = self.cookie_header();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        request.header("sec-fetch-site", "same-origin").header("sec-fetch-dest", "document")
    }

    /// Its cookies as it sends them.
    pub fn cookie_header(&self) -> String {
        self.cookies.lock().unwrap().iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("; ")
    }

    /// Sends a request and keeps the cookies of its answer.
    pub async fn send(&self, request: RequestBuilder, path: &str) -> Answer {
        let mut request = request.build().unwrap();
        for (name, value) in &self.extra {
            request.headers_mut().insert(name.clone(), value.clone());
        }
        let response = self.client.execute(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        for line in headers.get_all(SET_COOKIE) {
            self.keep(line.to_str().unwrap());
        }
        let body = String::from_utf8_lossy(&response.bytes().await.unwrap()).into_owned();
        Answer { status, headers, body, path: path.to_owned() }
    }

    fn keep(&self, line: &str) {
        let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
        let (name, value) = pair.split_once('=').unwrap();
        let mut cookies = self.cookies.lock().unwrap();
        if attributes.contains("Max-Age=0") {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    /// The value of a cookie, by its full name.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Puts a cookie in by hand.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }
}

impl Answer {
    /// Where the answer leads.
    pub fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION).and_then(|value| value.to_str().ok())
    }

    fn local_redirect(&self) -> Option<String> {
        let location = self.location().filter(|_| self.status.is_redirection())?;
        let local = location.strip_prefix(ISSUER).unwrap_or(location);
        local.starts_with('/').then(|| local.to_owned())
    }

    /// A header, as text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{} {}: {}", self.path, self.status, self.body))
    }

    /// What a reader sees.
    pub fn text(&self) -> String {
        html::text(&self.body)
    }

    /// The page's form token.
    pub fn csrf(&self) -> String {
        html::csrf(&self.body)
            .unwrap_or_else(|| panic!("{} {}: no form token\n{}", self.path, self.status, self.text()))
    }

    /// Where the ceremony of a page begins and finishes, and its token.
    pub fn ceremony(&self) -> (String, String, String) {
        let part = |name: &str| html::attribute(&self.body, "data-ceremony", name);
        let found = || Some((part("data-begin")?, part("data-finish")?, part("data-csrf")?));
        found().unwrap_or_else(|| panic!("{} {}: no ceremony\n{}", self.path, self.status, self.text()))
    }

    /// The last part of the type of a problem.
    pub fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{} {}", self.path, self.body);
        self.json()["type"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
    }

    /// Asserts the status, and says what came if it is another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}: {}", self.path, self.text());
        self
    }
}
