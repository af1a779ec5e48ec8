//! Clients that certificates speak for (RFC 8705 §2), and all the certificates that speak for nobody.

use rcgen::{DnType, ExtendedKeyUsagePurpose, SanType, date_time_ymd};
use serde_json::json;

use crate::support::TestApp;
use crate::support::certificates::{Authority, Card, Mtls, mtls};
use crate::support::keys::base64;

const BY_NAME: &str = "token_endpoint_auth_method = \"tls_client_auth\"\n";
const BY_COPY: &str = "token_endpoint_auth_method = \"self_signed_tls_client_auth\"\n";

/// `rp-a` is refused with each of these, and nothing changes.
async fn refuses(mtls: &Mtls, cards: &[(&str, Option<Card>)]) {
    let a = mtls.town.unregistered("rp-a");
    let before = mtls.town.state().await;
    for (what, card) in cards {
        let answer = mtls.caller(card.as_ref()).pushes(&a).await;
        assert_eq!((answer.status.as_u16(), answer.json()["error"].as_str()), (401, Some("invalid_client")), "{what}");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    assert_eq!(mtls.town.state().await, before);
}

#[tokio::test]
async fn case_49_a_certificate_of_the_authority_speaks_for_the_one_name_in_it() {
    let mtls = mtls().await;
    let a = mtls.partner(&format!("{BY_NAME}tls_client_auth_san_dns = \"RP-A.test\"\n")).await;
    let good = mtls.authority.issues(&["other.test", "rp-a.test"], |_| {});
    mtls.caller(Some(&good)).pushes(&a).await.expect(201);
    let plain = |change: fn(&mut rcgen::CertificateParams)| Some(mtls.authority.issues(&["rp-a.test"], change));
    let cards = [
        ("no certificate", None),
        ("another name", Some(mtls.authority.issues(&["rp-b.test"], |_| {}))),
        ("a wildcard", Some(mtls.authority.issues(&["*.test"], |_| {}))),
        (
            "the name as a common name",
            Some(mtls.authority.issues(&[], |params| {
                params.distinguished_name.push(DnType::CommonName, "rp-a.test");
            })),
        ),
        ("expired", plain(|params| params.not_after = date_time_ymd(2026, 11, 1))),
        ("not valid yet", plain(|params| params.not_before = date_time_ymd(2026, 12, 1))),
        ("for servers", plain(|params| params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth])),
        ("another authority", Some(Authority::new("Street Office CA").issues(&["rp-a.test"], |_| {}))),
        ("self-signed", Some(Card::self_signed(|_| {}))),
    ];
    refuses(&mtls, &cards).await;
    // Time passes: the same certificate is over.
    mtls.town.pass_seconds(60 * 86_400);
    refuses(&mtls, &[("over", Some(good))]).await;
}

#[tokio::test]
async fn a_client_may_be_known_by_any_of_five_kinds_of_names() {
    let mtls = mtls().await;
    let uri = |text: &str| SanType::URI(text.try_into().unwrap());
    let mail = |text: &str| SanType::Rfc822Name(text.try_into().unwrap());
    let address = |text: &str| SanType::IpAddress(text.parse().unwrap());
    let with = |name: SanType| mtls.authority.issues(&[], |params| params.subject_alt_names = vec![name]);
    let named = |common: &'static str| {
        mtls.authority.issues(&[], |params| params.distinguished_name.push(DnType::OrganizationalUnitName, common))
    };
    for (member, good, bad) in [
        ("subject_dn = 'OU=x\\, y,CN=parking,O=甲公司,C=CN'", named("x, y"), named("x")),
        ("subject_dn = 'CN=parking,O=甲公司,C=CN'", mtls.authority.issues(&[], |_| {}), named("x")),
        ("san_uri = 'https://a.test/app'", with(uri("https://a.test/app")), with(uri("https://a.test/app/"))),
        ("san_ip = '2001:db8::1'", with(address("2001:db8::1")), with(address("192.0.2.1"))),
        ("san_ip = '192.0.2.1'", with(address("192.0.2.1")), with(uri("192.0.2.1"))),
        ("san_email = 'it@a.test'", with(mail("it@a.test")), with(mail("it@b.test"))),
    ] {
        let a = mtls.partner(&format!("{BY_NAME}tls_client_auth_{member}\n")).await;
        mtls.caller(Some(&good)).pushes(&a).await.expect(201);
        refuses(&mtls, &[(member, Some(bad))]).await;
    }
}

#[tokio::test]
async fn case_56_a_registered_certificate_speaks_for_its_client_until_it_is_taken_out() {
    let mtls = mtls().await;
    let (one, two) = (Card::self_signed(|_| {}), Card::self_signed(|_| {}));
    let a = mtls.partner(&format!("{BY_COPY}{}", Card::in_manifest(&[&one, &two]))).await;
    mtls.caller(Some(&one)).pushes(&a).await.expect(201);
    mtls.caller(Some(&two)).pushes(&a).await.expect(201);
    let old = Card::self_signed(|params| params.not_after = date_time_ymd(2026, 11, 1));
    mtls.partner(&format!("{BY_COPY}{}", Card::in_manifest(&[&two, &old]))).await;
    mtls.caller(Some(&two)).pushes(&a).await.expect(201);
    let issued = mtls.authority.issues(&["rp-a.test"], |_| {});
    refuses(
        &mtls,
        &[
            ("taken out", Some(one)),
            ("registered, but over", Some(old)),
            ("not registered", Some(Card::self_signed(|_| {}))),
            ("issued, but not registered", Some(issued)),
            ("none", None),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_certificate_may_be_registered_beside_its_key_in_the_jwks() {
    let mtls = mtls().await;
    let card = Card::self_signed(|_| {});
    let (x, y) = card.point[1..].split_at(32);
    let chain = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &card.der);
    let manifest = mtls.town.unregistered("rp-a").manifest();
    let plain = manifest.split("[[jwks").next().unwrap();
    let key = |x: &[u8]| format!("kty = \"EC\"\ncrv = \"P-256\"\nx = \"{}\"\ny = \"{}\"\n", base64(x), base64(y));
    let text = |x: &[u8]| format!("{BY_COPY}{plain}[[jwks.keys]]\n{}x5c = [\"{chain}\"]\n", key(x));
    mtls.town.register(&text(x)).await;
    mtls.caller(Some(&card)).pushes(&mtls.town.unregistered("rp-a")).await.expect(201);
    // The certificate of another key than the one it stands beside.
    let refused = latchkey::oauth::register(&mtls.town.app, &text(y)).await.unwrap_err().to_string();
    assert!(refused.contains("jwks"), "{refused}");
}

#[tokio::test]
async fn case_57_each_client_proves_itself_in_the_one_way_it_registered() {
    let mtls = mtls().await;
    let card = mtls.authority.issues(&["rp-a.test"], |_| {});
    let caller = mtls.caller(Some(&card));
    // By an assertion: a certificate beside it proves nothing more, and takes nothing away.
    let a = mtls.partner("").await;
    refuses(&mtls, &[("an assertion was registered", Some(mtls.authority.issues(&["rp-a.test"], |_| {})))]).await;
    let push = async || {
        let form = [a.authentication(), a.request()].concat();
        let form: Vec<_> = form.iter().skip(1).map(|(name, value)| (name.as_str(), value.as_str())).collect();
        caller.http.send(caller.http.request(reqwest::Method::POST, "/par").form(&form), "/par").await
    };
    push().await.expect(201);
    // By a certificate: an assertion is another way, however good.
    let members = format!("{BY_NAME}tls_client_auth_san_dns = \"rp-a.test\"\n");
    mtls.town.register(&format!("{members}{}", a.manifest())).await;
    let before = mtls.town.state().await;
    push().await.refused(401, "invalid_client");
    caller.asks("/par", &[("client_secret", "x")]).await.refused(401, "invalid_client");
    let other = crate::support::certificates::Caller { id: "rp-b".to_owned(), ..mtls.caller(Some(&card)) };
    other.pushes(&a).await.refused(401, "invalid_client");
    // And over the other listener there is no certificate, whatever a header says.
    let pem: String = form_urlencoded::byte_serialize(card.pem.as_bytes()).collect();
    let plain = mtls.town.browser().with_header("x-client-cert", &pem).with_header("client-cert", &pem);
    let request = plain.request(reqwest::Method::POST, "/par").form(&a.request());
    plain.send(request, "/par").await.refused(401, "invalid_client");
    assert_eq!(mtls.town.state().await, before);
    caller.pushes(&a).await.expect(201);
}

#[tokio::test]
async fn what_cannot_be_registered_about_certificates() {
    let mtls = mtls().await;
    let a = mtls.town.unregistered("rp-a").manifest();
    let card = Card::in_manifest(&[&Card::self_signed(|_| {})]);
    for (members, about) in [
        (BY_NAME.to_owned(), "tls_client_auth_"),
        (format!("{BY_NAME}tls_client_auth_san_dns = 'a.test'\ntls_client_auth_san_ip = '::1'\n"), "tls_client_auth_"),
        (format!("{BY_NAME}tls_client_auth_san_dns = '*.test'\n"), "tls_client_auth_san_dns"),
        (format!("{BY_NAME}tls_client_auth_san_ip = '1.2.3'\n"), "tls_client_auth_san_ip"),
        (format!("{BY_NAME}tls_client_auth_san_uri = 'x'\n"), "tls_client_auth_san_uri"),
        (format!("{BY_NAME}tls_client_auth_san_email = 'x'\n"), "tls_client_auth_san_email"),
        (format!("{BY_NAME}tls_client_auth_subject_dn = 'parking'\n"), "tls_client_auth_subject_dn"),
        ("tls_client_auth_san_dns = 'a.test'\n".to_owned(), "tls_client_auth"),
        (BY_COPY.to_owned(), "tls_client_certificates"),
        (format!("{BY_COPY}tls_client_certificates = ['x']\n"), "tls_client_certificates"),
        (format!("{BY_COPY}{}", card.replacen("MII", "MIJ", 1)), "tls_client_certificates"),
    ] {
        let refused = latchkey::oauth::register(&mtls.town.app, &format!("{members}{a}")).await.unwrap_err();
        let said = refused.to_string();
        assert!(said.starts_with("invalid_client_metadata") && said.contains(about), "{members}: {said}");
    }
    assert_eq!(mtls.town.count("oauth_client").await, 0);
    // Where there is no listener for them, nobody could ever use one.
    let town = TestApp::start().await;
    for members in [format!("{BY_COPY}{card}"), "tls_client_certificate_bound_access_tokens = true\n".to_owned()] {
        let refused = latchkey::oauth::register(&town.app, &format!("{members}{a}")).await.unwrap_err();
        assert!(refused.to_string().contains("[mtls]"), "{refused}");
    }
}

#[tokio::test]
async fn case_102_metadata_say_where_certificates_are_taken_and_only_then() {
    let mtls = mtls().await;
    let metadata = |town: &TestApp| {
        let browser = town.browser();
        async move { browser.get("/.well-known/oauth-authorization-server").await.expect(200).json() }
    };
    let document = metadata(&mtls.town).await;
    let methods = document["token_endpoint_auth_methods_supported"].to_string();
    assert!(methods.contains("\"tls_client_auth\"") && methods.contains("\"self_signed_tls_client_auth\""));
    assert_eq!(document["tls_client_certificate_bound_access_tokens"], json!(true));
    let aliases = document["mtls_endpoint_aliases"].as_object().unwrap();
    for (name, url) in aliases {
        let own = document[name].as_str().unwrap().strip_prefix("https://id.test").unwrap();
        assert_eq!(url.as_str().unwrap(), format!("{}{own}", mtls.base), "{name}");
        // Each of them is served there.
        let answer = mtls.browser(None).get(own).await;
        assert!([401, 405].contains(&answer.status.as_u16()), "{name}: {}", answer.status);
    }
    let all =
        ["token", "pushed_authorization_request", "introspection", "revocation", "userinfo", "device_authorization"];
    for name in all.map(|name| format!("{name}_endpoint")) {
        assert_eq!(aliases.contains_key(&name), document.get(&name).is_some(), "{name}");
    }

    let without = metadata(&TestApp::start().await).await;
    assert!(without.get("mtls_endpoint_aliases").is_none());
    assert!(without.get("tls_client_certificate_bound_access_tokens").is_none());
    assert!(!without["token_endpoint_auth_methods_supported"].to_string().contains("tls_client_auth"));
}

#[tokio::test]
async fn residents_have_no_door_where_certificates_are_shown() {
    let mtls = mtls().await;
    let browser = mtls.browser(None);
    for path in ["/", "/sign-in", "/authorize?client_id=rp-a", "/me/welcome", "/recover", "/nowhere"] {
        let answer = browser.get(path).await.expect(404);
        assert_eq!(answer.problem(), "not-found", "{path}");
        assert!(answer.headers.get("set-cookie").is_none());
    }
    browser.get("/health").await.expect(200);
    browser.get("/jwks").await.expect(200);
}
