//! `shop`: an ordinary client that keeps a secret of ours, as most web applications do.

use reqwest::Method;

use super::app::TestApp;
use super::browser::{Answer, Browser};
use super::partner::{CHALLENGE, VERIFIER};

/// A client with a secret.
pub struct Shop {
    pub id: String,
    pub secret: String,
    pub http: Browser,
    basic: bool,
}

/// How `shop` introduces itself.
pub fn manifest(method: &str) -> String {
    format!(
        "id = \"shop\"\nclass = \"ordinary\"\nkind = \"social_org\"\ncontroller = \"丙书社\"\n\
         contact = \"赵女士 0551-6000-0003\"\nredirect_uris = [\"https://shop.test/cb\"]\n\
         token_endpoint_auth_method = \"{method}\"\nname = {{ zh-Hans = \"丙书社\", en = \"Books C\" }}\n"
    )
}

impl TestApp {
    /// Registers `shop`, with this method of authentication.
    pub async fn shop(&self, method: &str) -> Shop {
        let registered = latchkey::oauth::register(&self.app, &manifest(method)).await.unwrap();
        let secret = registered.secret.expect("a first secret").expose().to_owned();
        Shop { id: "shop".to_owned(), secret, http: self.browser(), basic: method == "client_secret_basic" }
    }
}

impl Shop {
    /// `shop`, registered for `client_secret_basic` by somebody else.
    pub fn with(town: &TestApp, secret: &str) -> Self {
        Self::named(town, "shop", secret)
    }

    /// The same, under the name that it was given.
    pub fn named(town: &TestApp, id: &str, secret: &str) -> Self {
        Self { id: id.to_owned(), secret: secret.to_owned(), http: town.browser(), basic: true }
    }

    /// The address to send a browser to.
    pub fn plain(&self, scope: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs([
            ("response_type", "code"),
            ("client_id", self.id.as_str()),
            ("redirect_uri", "https://shop.test/cb"),
            ("scope", scope),
            ("state", "s"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ]);
        format!("/authorize?{}", query.finish())
    }

    /// Posts a form with an `Authorization: Basic` header of this secret.
    pub async fn by_basic(&self, path: &str, secret: &str, form: &[(&str, &str)]) -> Answer {
        let request = self.http.request(Method::POST, path).basic_auth(&self.id, Some(secret)).form(form);
        self.http.send(request, path).await
    }

    /// Posts a form with the secret in it.
    pub async fn by_post(&self, path: &str, secret: &str, form: &[(&str, &str)]) -> Answer {
        let form = [form, &[("client_id", self.id.as_str()), ("client_secret", secret)]].concat();
        self.http.send(self.http.request(Method::POST, path).form(&form), path).await
    }

    /// Posts a form in the registered way.
    pub async fn asks(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.asks_with(path, &self.secret, form).await
    }

    /// As [`Self::asks`], with another secret.
    pub async fn asks_with(&self, path: &str, secret: &str, form: &[(&str, &str)]) -> Answer {
        if self.basic { self.by_basic(path, secret, form).await } else { self.by_post(path, secret, form).await }
    }

    /// Whether this secret opens its doors: an act that needs nothing but the client's authentication.
    pub async fn knows(&self, secret: &str) -> bool {
        self.asks_with("/revoke", secret, &[("token", "x")]).await.status.is_success()
    }

    /// A code for tokens.
    pub async fn redeems(&self, code: &str) -> Answer {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", "https://shop.test/cb"),
            ("code_verifier", VERIFIER),
        ];
        self.asks("/token", &form).await
    }

    /// A refresh token for an access token.
    pub async fn refreshes(&self, token: &str) -> Answer {
        self.asks("/token", &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }
}
