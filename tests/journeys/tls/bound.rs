//! Tokens that are bound to a certificate (RFC 8705 §3).

use reqwest::Method;
use serde_json::json;

use crate::support::certificates::{Caller, Card, Mtls, mtls};
use crate::support::partner::Partner;
use crate::support::screen::{DEVICE, on_screens};
use crate::support::town::Neighbour;

/// `rp-a` by the certificate `rp-a.test` of the authority, and alice.
struct Scene {
    mtls: Mtls,
    card: Card,
    caller: Caller,
    a: Partner,
    alice: Neighbour,
}

async fn scene() -> Scene {
    let mtls = mtls().await;
    let card = mtls.authority.issues(&["rp-a.test"], |_| {});
    let a = mtls
        .partner("token_endpoint_auth_method = \"tls_client_auth\"\ntls_client_auth_san_dns = \"rp-a.test\"\n")
        .await;
    let alice = mtls.town.neighbour("alice").await;
    let caller = mtls.caller(Some(&card));
    Scene { mtls, card, caller, a, alice }
}

impl Scene {
    async fn code(&self) -> String {
        let handle = self.caller.pushes(&self.a).await.expect(201).member("request_uri");
        self.alice.browser.agrees(&self.a.address(&handle), &["plate_masked"]).await
    }

    /// Access and refresh token.
    async fn tokens(&self) -> (String, String) {
        let tokens = self.caller.redeems(&self.a.redirect_uri, &self.code().await).await.expect(200);
        assert_eq!(tokens.json()["token_type"], "Bearer");
        (tokens.member("access_token"), tokens.member("refresh_token"))
    }
}

#[tokio::test]
async fn a_partner_goes_from_its_push_to_the_vault_by_its_certificate_alone() {
    let scene = scene().await;
    let (access, refresh) = scene.tokens().await;
    let read = scene.caller.bears("/vault/claims", &access).await.expect(200);
    assert_eq!(read.json()["claims"]["plate_masked"], "皖A·**123");
    let told = scene.caller.bears("/userinfo", &access).await.expect(200);
    assert!(told.json()["sub"].is_string());

    let again = scene.caller.refreshes(&refresh).await.expect(200);
    scene.caller.bears("/vault/claims", &again.member("access_token")).await.expect(200);
    assert_eq!(again.json()["refresh_token"], json!(null), "a partner keeps its refresh token");

    let stands = scene.caller.asks("/introspect", &[("token", &access)]).await.expect(200);
    assert_eq!(stands.json()["cnf"], json!({ "x5t#S256": scene.card.thumbprint() }));
    let unbound = scene.mtls.town.count("oauth_token WHERE x5t IS NULL").await;
    assert_eq!(unbound, 0, "no token of a partner is a bearer token");

    scene.caller.asks("/revoke", &[("token", &refresh)]).await.expect(200);
    scene.caller.bears("/vault/claims", &again.member("access_token")).await.refused(401, "invalid_token");
}

#[tokio::test]
async fn v41_a_token_of_one_certificate_is_nothing_in_the_hands_of_another() {
    let scene = scene().await;
    let (access, _) = scene.tokens().await;
    // As good a certificate, of the same client: but the token is the first one's.
    let second = scene.mtls.authority.issues(&["rp-a.test"], |_| {});
    let before = scene.mtls.town.state().await;
    for path in ["/vault/claims", "/userinfo"] {
        let others = [
            scene.mtls.caller(Some(&second)).bears(path, &access).await,
            scene.mtls.caller(Some(&Card::self_signed(|_| {}))).bears(path, &access).await,
            scene.mtls.caller(None).bears(path, &access).await,
            // Where no certificates are asked for, and where a header says what only a connection can.
            scene.a.bears(path, &access).await,
            scene.forged(path, &access).await,
            scene.a.reads(path, &access).await,
        ];
        for (index, answer) in others.into_iter().enumerate() {
            let answer = answer.refused(401, "invalid_token");
            assert!(answer.header("www-authenticate").contains("error=\"invalid_token\""), "{index}");
        }
        scene.caller.bears(path, &access).await.expect(200);
    }
    // The two good reads of the vault and of userinfo wrote at most one entry each; the twelve others none.
    let after = scene.mtls.town.state().await;
    let entries = |state: &[(&str, i64)]| state.iter().find(|(name, _)| *name == "ledger_entry").unwrap().1;
    assert_eq!(entries(&after), entries(&before) + 1);
}

impl Scene {
    /// The token with the certificate in the headers that proxies use for it.
    async fn forged(&self, path: &str, access: &str) -> crate::support::browser::Answer {
        let pem: String = form_urlencoded::byte_serialize(self.card.pem.as_bytes()).collect();
        let der = format!(":{}:", base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &self.card.der));
        let mut request = self.a.http.request(Method::GET, path).header("authorization", format!("Bearer {access}"));
        for name in
            ["x-client-cert", "x-ssl-cert", "x-forwarded-client-cert", "ssl-client-cert", "x-amzn-mtls-clientcert"]
        {
            request = request.header(name, &pem);
        }
        self.a.http.send(request.header("client-cert", der), path).await
    }
}

#[tokio::test]
async fn case_70_a_refresh_by_another_certificate_of_the_client_ends_what_the_first_one_had() {
    let scene = scene().await;
    let (access, refresh) = scene.tokens().await;
    let second = scene.mtls.authority.issues(&["rp-a.test"], |_| {});
    let renewed = scene.mtls.caller(Some(&second));
    let tokens = renewed.refreshes(&refresh).await.expect(200);
    renewed.bears("/vault/claims", &tokens.member("access_token")).await.expect(200);
    scene.caller.bears("/vault/claims", &access).await.refused(401, "invalid_token");
    scene.caller.bears("/vault/claims", &tokens.member("access_token")).await.refused(401, "invalid_token");

    // A certificate that is not the client's moves nothing.
    let foreign = scene.mtls.authority.issues(&["rp-b.test"], |_| {});
    let before = scene.mtls.town.state().await;
    scene.mtls.caller(Some(&foreign)).refreshes(&refresh).await.refused(401, "invalid_client");
    assert_eq!(scene.mtls.town.state().await, before);
    renewed.bears("/vault/claims", &tokens.member("access_token")).await.expect(200);
}

#[tokio::test]
async fn a_proof_on_that_listener_names_its_url_and_binds_to_the_key() {
    let scene = scene().await;
    let code = scene.code().await;
    let post = async |htu: &str| {
        let mut claims = scene.a.proof_claims("POST", "/token", None);
        claims["htu"] = json!(htu);
        let proof = scene.a.proof_by(&scene.a.dpop, &claims, json!({}));
        let form = [
            ("client_id", "rp-a"),
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", &scene.a.redirect_uri),
            ("code_verifier", crate::support::partner::VERIFIER),
        ];
        let request = scene.caller.http.request(Method::POST, "/token").header("dpop", proof).form(&form);
        scene.caller.http.send(request, "/token").await
    };
    post("https://id.test/token").await.refused(400, "invalid_dpop_proof");
    let tokens = post(&format!("{}/token", scene.mtls.base)).await.expect(200);
    assert_eq!(tokens.json()["token_type"], "DPoP");
    let access = tokens.member("access_token");
    scene.caller.bears("/vault/claims", &access).await.refused(401, "invalid_token");
    scene.a.reads("/vault/claims", &access).await.expect(200);
}

#[tokio::test]
async fn an_ordinary_clients_tokens_are_bound_when_it_registered_for_it() {
    let mtls = mtls().await;
    let card = Card::self_signed(|_| {});
    let alice = mtls.town.neighbour("alice").await;
    let caller = Caller { id: "shop".to_owned(), ..mtls.caller(Some(&card)) };
    let manifest = crate::support::shop::manifest("self_signed_tls_client_auth");
    let shop = crate::support::shop::Shop::with(&mtls.town, "");
    for binds in [false, true] {
        let members = format!("tls_client_certificate_bound_access_tokens = {binds}\n{}", Card::in_manifest(&[&card]));
        mtls.town.register(&format!("{members}{manifest}")).await;
        let code = alice.browser.agrees(&shop.plain("openid profile"), &[]).await;
        let tokens = caller.redeems("https://shop.test/cb", &code).await.expect(200);
        let access = tokens.member("access_token");
        caller.bears("/userinfo", &access).await.expect(200);
        let request = shop.http.request(Method::GET, "/userinfo").header("authorization", format!("Bearer {access}"));
        let elsewhere = shop.http.send(request, "/userinfo").await;
        if binds {
            elsewhere.refused(401, "invalid_token")
        } else {
            elsewhere.expect(200)
        };
    }
}

#[tokio::test]
async fn a_public_client_that_registered_for_it_keeps_its_certificate_for_ever() {
    let mtls = mtls().await;
    let alice = mtls.town.neighbour("alice").await;
    let native = mtls.town.native().await;
    mtls.town.register(&format!("tls_client_certificate_bound_access_tokens = true\n{}", native.manifest())).await;
    let (card, other) = (Card::self_signed(|_| {}), Card::self_signed(|_| {}));
    let caller = |card| Caller { id: "nat-n".to_owned(), ..mtls.caller(card) };
    let address = native.plain(&[("scope", "openid offline_access")]);
    let code = async || alice.browser.agrees(&address, &[]).await;
    caller(None).redeems(&native.redirect_uri, &code().await).await.refused(400, "invalid_request");
    let tokens = caller(Some(&card)).redeems(&native.redirect_uri, &code().await).await.expect(200);
    let refresh = tokens.member("refresh_token");
    caller(Some(&other)).refreshes(&refresh).await.refused(400, "invalid_grant");
    let tokens = caller(Some(&card)).refreshes(&refresh).await.expect(200);
    // A lost answer comes again, to the same certificate alone (D1).
    let again = caller(Some(&card)).refreshes(&refresh).await.expect(200);
    assert_eq!(again.member("refresh_token"), tokens.member("refresh_token"));
    caller(Some(&card)).bears("/userinfo", &tokens.member("access_token")).await.expect(200);
    caller(Some(&other)).bears("/userinfo", &tokens.member("access_token")).await.refused(401, "invalid_token");
    caller(Some(&other)).refreshes(&refresh).await.refused(400, "invalid_grant");
    caller(Some(&card)).refreshes(&tokens.member("refresh_token")).await.refused(400, "invalid_grant");
}

#[tokio::test]
async fn case_90_a_device_code_that_was_asked_for_with_a_certificate_is_good_with_that_one_alone() {
    let mtls = mtls().await;
    let screen = mtls.town.unregistered("tv-d");
    let members = "token_endpoint_auth_method = \"tls_client_auth\"\ntls_client_auth_san_dns = \"tv-d.test\"\n";
    mtls.town.register(&format!("{members}{}", on_screens(&screen))).await;
    let alice = mtls.town.neighbour("alice").await;
    let (card, second) = (mtls.authority.issues(&["tv-d.test"], |_| {}), mtls.authority.issues(&["tv-d.test"], |_| {}));
    let caller = |card| Caller { id: "tv-d".to_owned(), ..mtls.caller(Some(card)) };
    let asks = screen.screen_asks();
    let asks: Vec<_> = asks.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let started = caller(&card).asks("/device_authorization", &asks).await.expect(200);
    let code = started.member("device_code");
    let poll = [("grant_type", DEVICE), ("device_code", code.as_str())];
    alice.browser.answers_screen(&started.member("user_code"), "yes", &["plate_masked"]).await.expect(200);
    caller(&second).asks("/token", &poll).await.refused(400, "invalid_grant");
    let tokens = caller(&card).asks("/token", &poll).await.expect(200);
    let access = tokens.member("access_token");
    caller(&second).bears("/vault/claims", &access).await.refused(401, "invalid_token");
    caller(&card).bears("/vault/claims", &access).await.expect(200);
}
