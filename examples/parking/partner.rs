//! The conversation with Latchkey, as any partner app has it: six requests, and two signatures on each (`proof.rs`
//! has the second one).
//!
//! 1. `POST /par`: what we ask for, signed as who we are (`private_key_jwt`).
//! 2. The resident's browser goes to `/authorize` and comes back with a code, or without.
//! 3. `POST /token`: the code becomes a token that works with our DPoP key alone.
//! 4. `GET /vault/claims`: what the resident allowed, read afresh each time.
//! 5. `GET /userinfo`: what we may call the resident.
//! 6. `POST /token` again when the token has run out.

use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};

use crate::key::{Key, verified};
use crate::machine::{digest, now, token};
use crate::proof::{About, Answer, Nonce};

/// What we ask for: one purpose, three claims. Which of them the resident may leave out is not ours to say.
pub const PURPOSE: &str = "parking.book";
const CLAIMS: [&str; 3] = ["is_resident", "plate_masked", "building_no"];

/// This app, as Latchkey knows it.
pub struct Partner {
    /// The `client_id`.
    pub id: String,
    /// Where Latchkey is.
    pub issuer: String,
    /// Where the resident's browser comes back to.
    pub redirect_uri: String,
    /// Signs our client assertions; its public half stands in our manifest.
    pub key: Key,
    /// Speaks HTTP, and follows no redirect by itself.
    pub http: Client,
    /// The newest nonce that Latchkey sent for our proofs.
    pub nonce: Nonce,
}

/// An authorization on its way: what must come back unchanged.
pub struct Asked {
    /// Comes back with the code.
    pub state: String,
    nonce: String,
    verifier: String,
    dpop: Key,
}

/// What a code became.
pub struct Access {
    /// What Latchkey calls the resident towards us, and us alone.
    pub subject: String,
    dpop: Key,
    access_token: String,
    refresh_token: Option<String>,
}

/// What a read came to.
pub enum Read {
    /// The claims, and where this read stands in the resident's visitors' book.
    Claims { claims: Vec<(String, String)>, position: String, valid_until: String },
    /// Refused, with Latchkey's reason.
    Refused { reason: String },
}

impl Partner {
    /// Step 1. Returns the URL to send the browser to.
    pub async fn ask(&self, locale: &str) -> Result<(String, Asked), String> {
        let asked = Asked { state: token()?, nonce: token()?, verifier: token()?, dpop: Key::make()? };
        let items: Vec<Value> = CLAIMS.iter().map(|claim| json!({ "claim": claim })).collect();
        let details = json!([{ "type": "cn-community-data", "purpose": PURPOSE, "items": items }]).to_string();
        let assertion = self.assertion()?;
        let form = [
            ("client_id", self.id.as_str()),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", &assertion),
            ("response_type", "code"),
            ("redirect_uri", &self.redirect_uri),
            ("scope", "openid cc:parking.book"),
            ("authorization_details", &details),
            ("state", &asked.state),
            ("nonce", &asked.nonce),
            ("code_challenge", &digest(&asked.verifier)),
            ("code_challenge_method", "S256"),
            ("dpop_jkt", &asked.dpop.thumbprint()),
            ("ui_locales", locale),
        ];
        let pushed = json_of(self.http.post(self.at("/par")).form(&form).send().await).await?;
        let request_uri = pushed["request_uri"].as_str().ok_or("no request_uri came back")?;
        let mut url = reqwest::Url::parse(&self.at("/authorize")).map_err(|cause| cause.to_string())?;
        url.query_pairs_mut().append_pair("client_id", &self.id).append_pair("request_uri", request_uri);
        Ok((url.into(), asked))
    }

    /// Step 3. The code, once, for a token bound to the key that `asked` announced.
    pub async fn redeem(&self, asked: Asked, code: &str) -> Result<Access, String> {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &self.redirect_uri),
            ("code_verifier", &asked.verifier),
        ];
        let answer = self.tokens(&asked.dpop, &form).await?;
        let subject = self.subject(&answer, &asked.nonce).await?;
        let (access_token, refresh_token) = tokens_in(&answer)?;
        Ok(Access { subject, dpop: asked.dpop, access_token, refresh_token })
    }

    /// Step 4, with step 6 in front of it when the token has run out.
    pub async fn read(&self, access: &mut Access) -> Result<Read, String> {
        let mut answer = self.get("/vault/claims", access).await?;
        if answer.status == 401 && access.refresh_token.is_some() {
            if self.refresh(access).await.is_err() {
                return Ok(Read::Refused { reason: "token_ended".to_owned() });
            }
            answer = self.get("/vault/claims", access).await?;
        }
        let position = answer.headers.get("ledger-position").and_then(|value| value.to_str().ok());
        let position = position.unwrap_or_default().to_owned();
        let body = answer.body;
        if !answer.status.is_success() {
            let reason = body["reason"].as_str().or(body["error"].as_str()).unwrap_or("unknown");
            return Ok(Read::Refused { reason: reason.to_owned() });
        }
        let valid_until = day(&body["valid_until"]);
        let claims = body["claims"].as_object().into_iter().flatten();
        let claims = claims.map(|(name, value)| (name.clone(), written(value))).collect();
        Ok(Read::Claims { claims, position, valid_until })
    }

    /// Step 5. Userinfo must call the resident what the ID token called them (OIDC Core 5.3.2).
    pub async fn is_same_resident(&self, access: &Access) -> Result<bool, String> {
        let answer = self.get("/userinfo", access).await?;
        let userinfo = good(answer.status, answer.body, "/userinfo")?;
        Ok(userinfo["sub"] == access.subject.as_str())
    }

    /// Step 6.
    async fn refresh(&self, access: &mut Access) -> Result<(), String> {
        let refresh_token = access.refresh_token.clone().unwrap_or_default();
        let form = [("grant_type", "refresh_token"), ("refresh_token", refresh_token.as_str())];
        let answer = self.tokens(&access.dpop, &form).await?;
        let (access_token, renewed) = tokens_in(&answer)?;
        access.access_token = access_token;
        access.refresh_token = renewed.or(access.refresh_token.take());
        Ok(())
    }

    async fn tokens(&self, dpop: &Key, form: &[(&str, &str)]) -> Result<Value, String> {
        let url = self.at("/token");
        let about = About { key: dpop, method: Method::POST, url: &url, access_token: None };
        let request = || {
            let assertion = self.assertion()?;
            let mut form = form.to_vec();
            form.push(("client_id", &self.id));
            form.push(("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
            form.push(("client_assertion", &assertion));
            Ok(self.http.post(&url).form(&form))
        };
        let answer = self.nonce.send(about, request).await?;
        good(answer.status, answer.body, "/token")
    }

    async fn get(&self, path: &str, access: &Access) -> Result<Answer, String> {
        let url = self.at(path);
        let token = access.access_token.as_str();
        let about = About { key: &access.dpop, method: Method::GET, url: &url, access_token: Some(token) };
        let request = || Ok(self.http.get(&url).header("Authorization", format!("DPoP {token}")));
        self.nonce.send(about, request).await
    }

    /// The resident's `sub`, out of an ID token that is Latchkey's, for us, and the answer to our question.
    async fn subject(&self, answer: &Value, nonce: &str) -> Result<String, String> {
        let jwks = json_of(self.http.get(self.at("/jwks")).send().await).await?;
        let claims = verified(answer["id_token"].as_str().ok_or("no id_token came back")?, &jwks)?;
        let fits = claims["iss"] == self.issuer.as_str()
            && claims["aud"] == self.id.as_str()
            && claims["nonce"] == nonce
            && claims["exp"].as_u64().is_some_and(|end| now() < end);
        if !fits {
            return Err("the id_token is not the answer to our question".to_owned());
        }
        claims["sub"].as_str().map(str::to_owned).ok_or("the id_token names nobody".to_owned())
    }

    /// RFC 7523: we are who we say, towards this issuer, for a minute.
    fn assertion(&self) -> Result<String, String> {
        let header = json!({ "alg": "ES256", "kid": self.key.thumbprint() });
        let (at, jti) = (now(), token()?);
        let claims =
            json!({ "iss": self.id, "sub": self.id, "aud": self.issuer, "jti": jti, "iat": at, "exp": at + 55 });
        self.key.sign(&header, &claims)
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.issuer)
    }
}

fn tokens_in(answer: &Value) -> Result<(String, Option<String>), String> {
    let access = answer["access_token"].as_str().ok_or("no access_token came back")?;
    Ok((access.to_owned(), answer["refresh_token"].as_str().map(str::to_owned)))
}

/// A good answer; of another one its status and error code, in words for our own log.
fn good(status: StatusCode, body: Value, path: &str) -> Result<Value, String> {
    if status.is_success() { Ok(body) } else { Err(format!("{path} answered {status}: {}", body["error"])) }
}

/// The JSON of a good answer.
async fn json_of(answer: Result<Response, reqwest::Error>) -> Result<Value, String> {
    let answer = answer.map_err(|cause| cause.to_string())?;
    let (status, path) = (answer.status(), answer.url().path().to_owned());
    let body: Value = answer.json().await.map_err(|cause| format!("{path} answered {status}: {cause}"))?;
    good(status, body, &path)
}

/// The day of a Unix time, where the parking lot is.
fn day(seconds: &Value) -> String {
    let moment = seconds.as_i64().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let zoned = moment.and_then(|moment| moment.in_tz("Asia/Shanghai").ok());
    zoned.map_or_else(|| written(seconds), |zoned| zoned.date().to_string())
}

/// A value as one prints it.
fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
