//! Clients of the town: `rp-a`, `rp-b` (partners), `nat-n` (public, native). They sign everything themselves, so
//! that a story can have them sign what nobody should.

use std::sync::Arc;

use latchkey::crypto::nonce::NonceKey;
use reqwest::Method;
use serde_json::{Value, json};

use super::app::{ISSUER, TestApp};
use super::browser::{Answer, Browser};
use super::keys::{Key, changed, digest, fresh, with};

/// A client, its keys, and where it is registered to be sent to.
pub struct Partner {
    pub id: String,
    pub key: Key,
    pub dpop: Key,
    pub redirect_uri: String,
    pub http: Browser,
    public: bool,
    now: latchkey::clock::Clock,
    nonces: Arc<NonceKey>,
}

/// The secret behind every challenge of these clients.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// … and its challenge (RFC 7636 appendix B).
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

impl TestApp {
    /// Registers a partner for `parking.book`: `rp-a` with `https://a.test/cb`, and so on.
    pub async fn partner(&self, id: &str) -> Partner {
        let partner = self.unregistered(id);
        self.register(&partner.manifest()).await;
        partner
    }

    /// A partner whom nobody has registered yet.
    pub fn unregistered(&self, id: &str) -> Partner {
        let host = id.trim_start_matches("rp-");
        self.client(id, &format!("https://{host}.test/cb"), false)
    }

    /// Registers `nat-n`, a public native app.
    pub async fn native(&self) -> Partner {
        let native = self.client("nat-n", "http://127.0.0.1:49152/cb", true);
        self.register(&native.manifest()).await;
        native
    }

    /// A client with keys of its own, whom nobody has registered yet.
    pub fn client(&self, id: &str, redirect_uri: &str, public: bool) -> Partner {
        Partner {
            id: id.to_owned(),
            key: Key::new(),
            dpop: Key::new(),
            redirect_uri: redirect_uri.to_owned(),
            http: self.browser(),
            public,
            now: self.app.clock.clone(),
            nonces: self.app.nonces.clone(),
        }
    }

    pub async fn register(&self, manifest: &str) {
        latchkey::oauth::register(&self.app, manifest).await.unwrap();
    }
}

impl Partner {
    /// How it introduces itself.
    pub fn manifest(&self) -> String {
        let Self { id, redirect_uri, .. } = self;
        if self.public {
            let redirect_uri = redirect_uri.replace(":49152", "");
            return format!(
                "id = \"{id}\"\nclass = \"ordinary\"\nkind = \"company\"\napplication_type = \"native\"\n\
                 controller = \"乙公司\"\ncontact = \"王先生 0551-6000-0002\"\nredirect_uris = [\"{redirect_uri}\"]\n\
                 name = {{ zh-Hans = \"乙应用\", en = \"App N\" }}\n"
            );
        }
        format!(
            "id = \"{id}\"\nclass = \"partner\"\nkind = \"company\"\ncontroller = \"甲公司\"\n\
             contact = \"李静 0551-6000-1234\"\nredirect_uris = [\"{redirect_uri}\"]\npurposes = [\"parking.book\"]\n\
             name = {{ zh-Hans = \"甲停车\", en = \"Parking A\" }}\n\
             {}",
            self.key.in_manifest()
        )
    }

    pub fn seconds(&self) -> i64 {
        self.now.now().seconds()
    }

    /// The claims of a good assertion.
    pub fn assertion_claims(&self) -> Value {
        let now = self.seconds();
        json!({ "iss": self.id, "sub": self.id, "aud": ISSUER, "jti": fresh(), "iat": now, "exp": now + 50 })
    }

    /// A good assertion.
    pub fn assertion(&self) -> String {
        self.key.sign(&json!({ "alg": self.key.alg() }), &self.assertion_claims())
    }

    /// What says who it is, in a form.
    pub fn authentication(&self) -> Vec<(String, String)> {
        let mut pairs = vec![("client_id".to_owned(), self.id.clone())];
        if !self.public {
            let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
            pairs.push(("client_assertion_type".to_owned(), kind.to_owned()));
            pairs.push(("client_assertion".to_owned(), self.assertion()));
        }
        pairs
    }

    /// The nonce of this second, as an answer would bring it.
    pub fn nonce(&self) -> String {
        self.nonces.issue(self.now.now())
    }

    /// The claims of a good proof.
    pub fn proof_claims(&self, method: &str, path: &str, token: Option<&str>) -> Value {
        let (iat, htu) = (self.seconds(), format!("{ISSUER}{path}"));
        let claims = json!({ "jti": fresh(), "htm": method, "htu": htu, "iat": iat, "nonce": self.nonce() });
        token.map_or(claims.clone(), |token| changed(claims, json!({ "ath": digest(token) })))
    }

    /// A proof by `key`, with something about it changed.
    pub fn proof_by(&self, key: &Key, claims: &Value, header: Value) -> String {
        let good = json!({ "typ": "dpop+jwt", "alg": key.alg(), "jwk": key.jwk() });
        key.sign(&changed(good, header), claims)
    }

    /// A good proof by its own key.
    pub fn proof(&self, method: &str, path: &str, token: Option<&str>) -> String {
        self.proof_by(&self.dpop, &self.proof_claims(method, path, token), json!({}))
    }

    /// A good authorization request, without authentication.
    pub fn request(&self) -> Vec<(String, String)> {
        let details = r#"[{"type":"cn-community-data","purpose":"parking.book","items":[{"claim":"plate_masked"},{"claim":"building_no"}]}]"#;
        let mut pairs = vec![
            ("response_type", "code"),
            ("client_id", &self.id),
            ("redirect_uri", &self.redirect_uri),
            ("scope", if self.public { "openid" } else { "openid cc:parking.book" }),
            ("state", "s t&a"),
            ("nonce", "n-0S6_WzA2Mj"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        if !self.public {
            pairs.push(("authorization_details", details));
        }
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    /// The address to send a browser to, in plain parameters.
    pub fn plain(&self, changes: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(with(&self.request(), changes));
        format!("/authorize?{}", query.finish())
    }

    /// Posts a form with exactly these parameters and, if given, this proof.
    pub async fn post(&self, path: &str, form: &[(String, String)], proof: Option<&str>) -> Answer {
        let mut request = self.http.request(Method::POST, path).form(form);
        if let Some(proof) = proof {
            request = request.header("dpop", proof);
        }
        self.http.send(request, path).await
    }

    /// Posts a form, authenticated, with a good proof.
    pub async fn asks(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let form = with(&self.authentication(), form);
        self.post(path, &form, Some(&self.proof("POST", path, None))).await
    }

    /// Pushes its request, with some parameters changed.
    pub async fn pushes(&self, changes: &[(&str, &str)]) -> Answer {
        let form = with(&with(&self.request(), &[("client_id", "")]), changes);
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.asks("/par", &form).await
    }

    /// Pushes its request; the address to send a browser to.
    pub async fn pushed(&self, changes: &[(&str, &str)]) -> String {
        let answer = self.pushes(changes).await.expect(201);
        self.address(answer.json()["request_uri"].as_str().unwrap())
    }

    /// The address of a handle.
    pub fn address(&self, request_uri: &str) -> String {
        let handle: String = form_urlencoded::byte_serialize(request_uri.as_bytes()).collect();
        format!("/authorize?client_id={}&request_uri={handle}", self.id)
    }

    /// A code for tokens.
    pub async fn redeems(&self, code: &str) -> Answer {
        self.redeems_with(code, &[]).await
    }

    /// A code for tokens, with some parameters changed.
    pub async fn redeems_with(&self, code: &str, changes: &[(&str, &str)]) -> Answer {
        let good = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", self.redirect_uri.as_str()),
            ("code_verifier", VERIFIER),
        ];
        let good: Vec<_> =
            good.into_iter().filter(|(name, _)| !changes.iter().any(|(other, _)| other == name)).collect();
        self.asks("/token", &[&good, changes].concat()).await
    }

    /// A refresh token for an access token.
    pub async fn refreshes(&self, token: &str, changes: &[(&str, &str)]) -> Answer {
        self.asks("/token", &[&[("grant_type", "refresh_token"), ("refresh_token", token)], changes].concat()).await
    }

    /// A read with a DPoP-bound token.
    pub async fn reads(&self, path: &str, token: &str) -> Answer {
        let bare = path.split('?').next().unwrap();
        self.reads_with(path, token, &self.proof("GET", bare, Some(token))).await
    }

    /// A read with a token and a proof.
    pub async fn reads_with(&self, path: &str, token: &str, proof: &str) -> Answer {
        let request = self.http.request(Method::GET, path).header("dpop", proof);
        self.http.send(request.header("authorization", format!("DPoP {token}")), path).await
    }

    /// A read with a bearer token.
    pub async fn bears(&self, path: &str, token: &str) -> Answer {
        let request = self.http.request(Method::GET, path);
        self.http.send(request.header("authorization", format!("Bearer {token}")), path).await
    }
}
