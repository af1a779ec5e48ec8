//! What a client may ask of a resident: raw parameters, through one list of checks.
//!
//! The client is known good, and `redirect` was found in its registration before anything else is looked at:
//! until then an error is a page for the resident, from then on it is an answer to the client.

use serde::{Deserialize, Serialize};

use super::client::Client;
use super::dpop;
use super::params::Params;
use super::pkce::Challenge;
use super::rar::Details;
use super::redirect::RegisteredRedirect;
use super::refusal::Refusal::{self, InvalidRequest};
use super::scope::{PROFILE, Scope};
use crate::claims::Catalogue;
use crate::crypto::strict;

/// The authentication context that every sign-in here has: phishing-resistant (OpenID EAP ACR Values §2).
pub const ACR: &str = "phr";

/// The purpose of clients that only sign residents in.
pub const SIGN_IN: &str = "signin.basic";

/// Longest `state` and `nonce`, in bytes.
const LONGEST: usize = 1024;

/// A request to a resident, checked: what is kept until she answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationRequest {
    /// Where the answer goes, character for character as registered (or with a native app's port).
    pub redirect_uri: String,
    /// Goes back with the answer.
    pub state: Option<String>,
    /// Goes into the ID token.
    pub nonce: Option<String>,
    /// What is asked for, by name.
    pub scope: Scope,
    /// What is asked for, claim by claim.
    pub details: Details,
    /// Who may redeem the code: the holder of the verifier …
    pub challenge: Challenge,
    /// … and of this key, if one was announced (RFC 9449 §10).
    pub dpop_jkt: Option<String>,
    /// Whether and how the resident is to be asked.
    pub prompt: Prompt,
    /// How many seconds ago the resident may have signed in at most.
    pub max_age: Option<u32>,
    /// Whom the client believes to be there: a token of ours, still to be verified.
    pub id_token_hint: Option<String>,
    /// Languages, best first.
    pub ui_locales: Option<String>,
    /// For which resources tokens are wanted (RFC 8707).
    #[serde(default)]
    pub resources: Vec<String>,
    /// Whether the client cares how or when the resident signed in (RFC 9470 §4).
    #[serde(default)]
    pub sign_in_asked: bool,
    /// The id of the grant that the answer replaces (Grant Management §5); what is merged was put together before.
    #[serde(default)]
    pub changes: Option<String>,
}

/// `prompt` (OIDC Core §3.1.2.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// Ask nothing: answer at once or say what would have to be asked.
    pub none: bool,
    /// Let the resident sign in again.
    pub login: bool,
    /// Ask the resident again, though she agreed before.
    pub consent: bool,
}

/// The redirect URI of a request: the first thing to be looked at.
///
/// # Errors
/// `invalid_request` when there is none or it is not registered.
pub fn redirect(params: &Params, client: &Client) -> Result<RegisteredRedirect, Refusal> {
    let asked = params.required("redirect_uri", "no redirect_uri")?;
    client.redirect(asked).ok_or(InvalidRequest("redirect_uri is not registered"))
}

/// All other checks, in their order. `defined`: the scopes that the resources asked for define.
///
/// # Errors
/// The code of the standard that the first broken rule has.
pub fn check(
    params: &Params, client: &Client, redirect: &RegisteredRedirect, catalogue: &Catalogue, defined: &[String],
) -> Result<AuthorizationRequest, Refusal> {
    check_form(params)?;
    check_acr(params)?;
    let challenge = Challenge::parse(params.get("code_challenge"), params.get("code_challenge_method"))?;
    let scope = Scope::parse_with(params.get("scope").unwrap_or_default(), client, defined)?;
    let (scope, details) = check_asked(scope, params.get("authorization_details"), client, catalogue)?;
    let dpop_jkt = params.get("dpop_jkt").map(dpop::thumbprint).transpose()?;
    Ok(AuthorizationRequest {
        redirect_uri: redirect.as_str().to_owned(),
        state: bounded(params, "state")?,
        nonce: bounded(params, "nonce")?,
        scope,
        details,
        challenge,
        dpop_jkt,
        prompt: prompt(params.get("prompt"))?,
        max_age: max_age(params.get("max_age"))?,
        id_token_hint: params.get("id_token_hint").map(str::to_owned),
        ui_locales: params.get("ui_locales").map(str::to_owned),
        resources: params.resources(),
        sign_in_asked: params.get("max_age").or(params.get("acr_values")).is_some(),
        changes: None,
    })
}

/// The code flow, its answer in the query, its request as parameters: nothing else is open.
fn check_form(params: &Params) -> Result<(), Refusal> {
    match params.get("response_type") {
        Some("code") => {}
        Some(_) => return Err(Refusal::UnsupportedResponseType),
        None => return Err(InvalidRequest("no response_type")),
    }
    if params.get("response_mode").is_some_and(|mode| mode != "query") {
        return Err(InvalidRequest("response_mode must be query"));
    }
    if params.get("request").is_some() {
        return Err(Refusal::RequestNotSupported);
    }
    Ok(())
}

/// What is asked for must be servable: a scope and details that say the same.
pub(super) fn check_asked(
    mut scope: Scope, details: Option<&str>, client: &Client, catalogue: &Catalogue,
) -> Result<(Scope, Details), Refusal> {
    let details = match details {
        Some(text) => Details::parse(text, client, catalogue)?,
        None if client.is_partner() => {
            return Err(InvalidRequest("a partner says what it asks for: authorization_details"));
        }
        None => {
            let row = Details::row(SIGN_IN, client, catalogue)?;
            let all = scope.purpose.is_some();
            let profile = |claim: &str| scope.profile && PROFILE.contains(&claim);
            Details::of(row, |claim| all || profile(claim))
        }
    };
    if scope.purpose.as_ref().is_some_and(|purpose| *purpose != details.purpose) {
        return Err(Refusal::InvalidScope("scope and authorization_details name different purposes"));
    }
    if !client.is_partner() && !scope.openid {
        return Err(Refusal::InvalidScope("openid is what an ordinary client is for"));
    }
    // Claims hang from the purpose's scope, however they were asked for: a token narrowed to less leads to none.
    if !details.claims.is_empty() {
        scope.purpose = Some(details.purpose.clone());
    }
    Ok((scope, details))
}

/// `acr_values`, and an essential `acr` in `claims`: met, or refused; never silently lowered (RFC 9470 §5).
pub(super) fn check_acr(params: &Params) -> Result<(), Refusal> {
    let met = |mut values: std::str::SplitWhitespace<'_>| values.any(|value| value == ACR);
    if params.get("acr_values").is_some_and(|values| !met(values.split_whitespace())) {
        return Err(Refusal::UnmetAuthenticationRequirements);
    }
    let Some(claims) = params.get("claims") else { return Ok(()) };
    let claims = strict::object(claims.as_bytes()).ok_or(InvalidRequest("claims is not an object"))?;
    let Some(acr) = claims.get("id_token").and_then(|id_token| id_token.get("acr")) else { return Ok(()) };
    let essential = acr.get("essential").and_then(serde_json::Value::as_bool).unwrap_or(false);
    let named =
        acr.get("value").into_iter().chain(acr.get("values").and_then(|all| all.as_array()).into_iter().flatten());
    let named: Vec<_> = named.collect();
    if essential && !named.is_empty() && !named.iter().any(|value| *value == ACR) {
        return Err(Refusal::UnmetAuthenticationRequirements);
    }
    Ok(())
}

fn bounded(params: &Params, name: &str) -> Result<Option<String>, Refusal> {
    match params.get(name) {
        Some(text) if text.len() > LONGEST => Err(InvalidRequest("state or nonce is longer than 1 KiB")),
        other => Ok(other.map(str::to_owned)),
    }
}

fn prompt(text: Option<&str>) -> Result<Prompt, Refusal> {
    let mut prompt = Prompt::default();
    for word in text.unwrap_or_default().split_whitespace() {
        match word {
            "none" => prompt.none = true,
            // One resident a browser: choosing another one is signing in again.
            "login" | "select_account" => prompt.login = true,
            "consent" => prompt.consent = true,
            _ => return Err(InvalidRequest("an unknown prompt")),
        }
    }
    if prompt.none && (prompt.login || prompt.consent) {
        return Err(InvalidRequest("prompt=none stands alone"));
    }
    Ok(prompt)
}

fn max_age(text: Option<&str>) -> Result<Option<u32>, Refusal> {
    let Some(text) = text else { return Ok(None) };
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = text.parse().ok().filter(|_| digits);
    seconds.map(Some).ok_or(InvalidRequest("max_age is not a whole number of seconds"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::oauth::manifest::tests::{NATIVE, PARTNER};

    const CHALLENGE: &str = "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";

    fn ask(manifest: &str, query: &str) -> Result<AuthorizationRequest, Refusal> {
        let client = Client::parse(manifest).unwrap();
        let params = Params::parse(query.as_bytes())?;
        let redirect = redirect(&params, &client)?;
        check(&params, &client, &redirect, &Catalogue::built_in().unwrap(), &[])
    }

    fn ordinary(more: &str) -> Result<AuthorizationRequest, Refusal> {
        let redirect = "redirect_uri=http%3A%2F%2F127.0.0.1%3A5000%2Fcb";
        ask(NATIVE, &format!("response_type=code&scope=openid&{redirect}&{CHALLENGE}{more}"))
    }

    fn partner(more: &str) -> Result<AuthorizationRequest, Refusal> {
        let details = r#"[{"type":"cn-community-data","purpose":"parking.book","items":[]}]"#;
        let front = "response_type=code&redirect_uri=https://a.test/cb";
        ask(PARTNER, &format!("{front}&{CHALLENGE}&authorization_details={details}{more}"))
    }

    #[test]
    fn an_ordinary_client_asks_for_a_sign_in() {
        let asked = ordinary("&state=s&nonce=n&max_age=60&prompt=login").unwrap();
        assert_eq!(asked.redirect_uri, "http://127.0.0.1:5000/cb");
        assert_eq!(asked.details, Details { purpose: SIGN_IN.to_owned(), claims: Vec::new() });
        assert_eq!((asked.max_age, asked.prompt.login), (Some(60), true));
    }

    #[test]
    fn a_partner_asks_for_claims_of_a_purpose() {
        let asked = partner("&scope=openid").unwrap();
        assert_eq!(asked.scope.to_string(), "openid cc:parking.book");
        assert_eq!(asked.details.claims, ["is_resident"]);
        let query = format!("response_type=code&redirect_uri=https://a.test/cb&{CHALLENGE}&scope=openid");
        assert_eq!(ask(PARTNER, &query).unwrap_err().code(), "invalid_request");
    }

    #[test]
    fn each_broken_rule_has_its_code() {
        for (more, code) in [
            ("&response_mode=form_post", "invalid_request"),
            ("&response_mode=fragment", "invalid_request"),
            ("&request=a.b.c", "request_not_supported"),
            ("&acr_values=urn:mace:incommon:iap:gold", "unmet_authentication_requirements"),
            (r#"&claims={"id_token":{"acr":{"essential":true,"values":["x"]}}}"#, "unmet_authentication_requirements"),
            ("&prompt=none%20login", "invalid_request"),
            ("&prompt=create", "invalid_request"),
            ("&max_age=-1", "invalid_request"),
            ("&max_age=%2B1", "invalid_request"),
            ("&dpop_jkt=short", "invalid_request"),
            (&format!("&state={}", "s".repeat(1025)), "invalid_request"),
            ("&authorization_details=[]", "invalid_authorization_details"),
            ("&scope=openid", "invalid_request"),
        ] {
            assert_eq!(ordinary(more).unwrap_err().code(), code, "{more}");
        }
        assert!(ordinary("&acr_values=x%20phr").is_ok());
        assert!(ordinary(r#"&claims={"id_token":{"acr":{"values":["x"]}}}"#).is_ok());
    }

    #[test]
    fn v13_only_the_code_flow_is_open() {
        for response_type in ["token", "id_token", "code%20token", "code%20id_token", "code%20", "none"] {
            let query =
                format!("response_type={response_type}&scope=openid&redirect_uri=http://127.0.0.1/cb&{CHALLENGE}");
            assert_eq!(ask(NATIVE, &query).unwrap_err().code(), "unsupported_response_type", "{response_type}");
        }
    }
}
