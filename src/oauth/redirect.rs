//! Where a resident may be sent back to: what can be registered, and what matches a registration.
//!
//! RFC 9700 §4.1.3: bytes are equal, no patterns. One exception, RFC 8252 §7.3: a native app on the loopback
//! address may use any port.

use url::Url;

/// What kind of program a client is (OIDC Dynamic Client Registration §2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Application {
    /// Runs on a server.
    #[default]
    Web,
    /// Runs on the resident's own device.
    Native,
}

/// A redirect URI that the client's registration allows. Nothing else makes one, and nothing else is ever put
/// into a `Location` of the authorization endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredRedirect(String);

impl RegisteredRedirect {
    /// The registered URI that `asked` is.
    #[must_use]
    pub fn find(registered: &[String], application: Application, asked: &str) -> Option<Self> {
        let same = |uri: &String| uri == asked || (application == Application::Native && differs_in_port(uri, asked));
        registered.iter().any(same).then(|| Self(asked.to_owned()))
    }

    /// The URI, as the client sent it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The URI with an answer in its query (RFC 6749 §4.1.2); what the registration has in it stays.
    #[must_use]
    pub fn with(&self, answer: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(answer);
        let joint = if self.0.contains('?') { '&' } else { '?' };
        format!("{}{joint}{}", self.0, query.finish())
    }
}

/// Whether `asked` is `registered`, a loopback address without a port, with a port put in.
fn differs_in_port(registered: &str, asked: &str) -> bool {
    ["http://127.0.0.1", "http://[::1]"].iter().any(|front| {
        let (Some(path), Some(rest)) = (registered.strip_prefix(front), asked.strip_prefix(front)) else {
            return false;
        };
        let Some(rest) = rest.strip_prefix(':') else { return false };
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (port, after) = rest.split_at(digits);
        let canonical = !port.starts_with('0') && port.parse::<u16>().is_ok();
        canonical && path.starts_with('/') && after == path
    })
}

/// Whether a URI may be registered.
///
/// # Errors
/// Why not (`invalid_redirect_uri`, RFC 7591 §3.2.2): not exactly as a URL parser would write it (so that what is compared is what is
/// visited), a fragment or user in it, or a scheme that this kind of client may not use.
pub fn check(uri: &str, application: Application, loopback_issuer: bool) -> Result<(), &'static str> {
    if uri.len() > 512 || !uri.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("at most 512 visible ASCII characters; write other hosts as xn--");
    }
    let url = Url::parse(uri).map_err(|_| "not a URL")?;
    if url.as_str() != uri {
        return Err("not in canonical form: lower-case host, a path, no default port, no ..");
    }
    if url.fragment().is_some() || uri.contains('#') {
        return Err("a fragment");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("a user name");
    }
    match url.scheme() {
        "https" => Ok(()),
        "http" => check_loopback(&url, application, loopback_issuer),
        scheme => check_private_use(scheme, &url, application),
    }
}

fn check_loopback(url: &Url, application: Application, loopback_issuer: bool) -> Result<(), &'static str> {
    let host = url.host_str().unwrap_or_default();
    let native = application == Application::Native && matches!(host, "127.0.0.1" | "[::1]");
    let trial = loopback_issuer && matches!(host, "127.0.0.1" | "[::1]" | "localhost");
    if native || trial {
        return Ok(());
    }
    Err("http only for native apps on 127.0.0.1 or [::1], or while the issuer is localhost")
}

/// RFC 8252 §7.1: private-use schemes are reverse domain names, for native apps alone.
fn check_private_use(scheme: &str, url: &Url, application: Application) -> Result<(), &'static str> {
    if application != Application::Native {
        return Err("https is required");
    }
    let labels: Vec<&str> = scheme.split('.').collect();
    if labels.len() < 2 || labels.iter().any(|label| label.is_empty()) {
        return Err("a scheme of one's own must be a reversed domain name");
    }
    if url.has_host() || !url.path().starts_with('/') {
        return Err("after a scheme of one's own comes one slash and a path");
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn case_18_http_is_for_loopback_alone() {
        assert!(check("https://a.test/cb", Application::Web, false).is_ok());
        assert!(check("https://a.test/cb?x=1", Application::Web, false).is_ok());
        assert!(check("http://a.test/cb", Application::Web, false).is_err());
        assert!(check("http://127.0.0.1/cb", Application::Web, false).is_err());
        assert!(check("http://127.0.0.1/cb", Application::Native, false).is_ok());
        assert!(check("http://[::1]/cb", Application::Native, false).is_ok());
        assert!(check("http://localhost/cb", Application::Native, false).is_err());
        assert!(check("http://localhost:8081/cb", Application::Web, true).is_ok());
        assert!(check("http://a.test/cb", Application::Web, true).is_err());
    }

    #[test]
    fn case_20_custom_schemes_are_reversed_domains_of_native_apps() {
        assert!(check("cn.example.app:/cb", Application::Native, false).is_ok());
        assert!(check("cn.example.app:/cb", Application::Web, false).is_err());
        assert!(check("a.app:/cb", Application::Web, false).is_err());
        for uri in ["myapp:/cb", "cn.example.app://cb", "cn.example.app:cb", ".a:/cb"] {
            assert!(check(uri, Application::Native, false).is_err(), "{uri}");
        }
    }

    #[test]
    fn v04_script_and_data_uris_cannot_be_registered() {
        for application in [Application::Web, Application::Native] {
            for uri in [
                "JaVaScRiPt:alert(1)",
                "javascript:alert(1)",
                "DATA:text/html,x",
                "data:text/html,x",
                "vbscript:x",
                "https://a.test/cb#f",
                "https://a.test/cb#",
                "https://u@a.test/cb",
                "https://u:p@a.test/cb",
                "HTTPS://a.test/cb",
                "https://A.test/cb",
                "https://a.test:443/cb",
                "https://a.test/x/../cb",
                "https://a.test",
                "//a.test/cb",
                "/cb",
                "https://a.test/c b",
                "https://a.test/cb\n",
                "",
            ] {
                assert!(check(uri, application, true).is_err(), "{uri}");
            }
        }
    }

    #[test]
    fn v11_a_host_that_is_not_ascii_cannot_be_registered() {
        assert!(check("https://停车.test/cb", Application::Web, false).is_err());
        assert!(check("https://a\u{00ad}.test/cb", Application::Web, false).is_err());
    }

    #[test]
    fn v07_a_redirect_uri_is_compared_byte_for_byte() {
        let registered = ["https://a.test/cb".to_owned()];
        let find = |asked: &str| RegisteredRedirect::find(&registered, Application::Web, asked);
        assert_eq!(find("https://a.test/cb").unwrap().as_str(), "https://a.test/cb");
        for asked in [
            "https://a.test.evil.test/cb",
            "https://a.test/cbx",
            "https://a.test/cb/",
            "https://a.test/cb?x=1",
            "https://a.test/cb#",
            "HTTPS://A.TEST/cb",
            "https://a.test:443/cb",
            "https://xn--a-.test/cb",
            "https://a.test/%63b",
            "",
        ] {
            assert!(find(asked).is_none(), "{asked}");
        }
    }

    #[test]
    fn v01_a_native_app_may_choose_its_port_and_nothing_else() {
        let registered = ["http://127.0.0.1/cb".to_owned()];
        let find = |asked: &str| RegisteredRedirect::find(&registered, Application::Native, asked);
        assert_eq!(find("http://127.0.0.1:49152/cb").unwrap().as_str(), "http://127.0.0.1:49152/cb");
        assert!(find("http://127.0.0.1/cb").is_some());
        for asked in [
            "http://127.0.0.1@evil.test/cb",
            "http://127.0.0.1:1@evil.test/cb",
            "http://127.0.0.1:@evil.test/cb",
            "http://127.0.0.1.evil.test/cb",
            "http://localhost:1/cb",
            "http://localhost/cb",
            "http://[::1]:1/cb",
            "http://[::1]/cb",
            "http://127.0.0.1:1/cb/../x",
            "http://127.0.0.1:1/other",
            "http://127.0.0.1:1/cb?x",
            "http://127.0.0.1:/cb",
            "http://127.0.0.1:080/cb",
            "http://127.0.0.1:0/cb",
            "http://127.0.0.1:65536/cb",
            "http://127.0.0.1:1",
            "https://127.0.0.1:1/cb",
        ] {
            assert!(find(asked).is_none(), "{asked}");
        }
        assert!(RegisteredRedirect::find(&registered, Application::Web, "http://127.0.0.1:49152/cb").is_none());
    }

    #[test]
    fn an_answer_joins_the_query_that_is_there() {
        let plain = RegisteredRedirect("https://a.test/cb".to_owned());
        assert_eq!(plain.with(&[("code", "x"), ("state", "a b&c")]), "https://a.test/cb?code=x&state=a+b%26c");
        let asking = RegisteredRedirect("https://a.test/cb?x=1".to_owned());
        assert_eq!(asking.with(&[("error", "e")]), "https://a.test/cb?x=1&error=e");
    }
}
