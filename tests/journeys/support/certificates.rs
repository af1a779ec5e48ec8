//! A service with a listener for certificates, an authority that issues some, and clients that show them.

use std::future::pending;
use std::net::SocketAddr;
use std::path::PathBuf;

use latchkey::clock::Clock;
use latchkey::config::{BaseUrl, Config};
use latchkey::crypto::certificate::thumbprint;
use latchkey::crypto::tls::{Peers, develop, ready};
use latchkey::http::{Certificates, Listener, serve_all};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use reqwest::Method;
use tokio::net::TcpListener;

use super::app::TestApp;
use super::browser::{Answer, Browser};
use super::partner::{Partner, VERIFIER};

/// Somebody who issues certificates.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate with its key.
pub struct Card {
    pub pem: String,
    pub key: String,
    pub der: Vec<u8>,
    pub point: Vec<u8>,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A certificate for clients with these names, good in 2026, with something about it changed.
    pub fn issues(&self, names: &[&str], change: impl FnOnce(&mut CertificateParams)) -> Card {
        let (params, key) = (params(names, change), KeyPair::generate().unwrap());
        let made = params.signed_by(&key, &self.0).unwrap();
        Card { pem: made.pem(), key: key.serialize_pem(), der: made.der().to_vec(), point: point(&key) }
    }
}

impl Card {
    /// A certificate that nobody answers for.
    pub fn self_signed(change: impl FnOnce(&mut CertificateParams)) -> Self {
        let (params, key) = (params(&["rp-a.test"], change), KeyPair::generate().unwrap());
        let made = params.self_signed(&key).unwrap();
        Self { pem: made.pem(), key: key.serialize_pem(), der: made.der().to_vec(), point: point(&key) }
    }

    /// As a manifest lists it.
    pub fn in_manifest(cards: &[&Self]) -> String {
        let texts: Vec<_> = cards.iter().map(|card| format!("'''{}'''", card.pem)).collect();
        format!("tls_client_certificates = [{}]\n", texts.join(", "))
    }

    pub fn thumbprint(&self) -> String {
        thumbprint(&self.der)
    }
}

fn point(key: &KeyPair) -> Vec<u8> {
    key.public_key_raw().to_vec()
}

fn params(names: &[&str], change: impl FnOnce(&mut CertificateParams)) -> CertificateParams {
    let mut params = CertificateParams::new(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).unwrap();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CountryName, "CN");
    params.distinguished_name.push(DnType::OrganizationName, "甲公司");
    params.distinguished_name.push(DnType::CommonName, "parking");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    (params.not_before, params.not_after) = (date_time_ymd(2026, 1, 1), date_time_ymd(2027, 1, 1));
    change(&mut params);
    params
}

/// A town with a listener for certificates beside the plain one.
pub struct Mtls {
    pub town: TestApp,
    pub authority: Authority,
    pub base: String,
    server: reqwest::Certificate,
    _folder: tempfile::TempDir,
}

/// A pair for `localhost` in a folder, and what a client must trust.
pub fn pair(folder: &std::path::Path) -> (PathBuf, PathBuf, reqwest::Certificate) {
    let today = Config::default().day_of(Clock::System.now());
    let made = develop::make(folder, &["localhost".to_owned()], today).unwrap();
    let trusted = reqwest::Certificate::from_pem(&std::fs::read(&made.certificate).unwrap()).unwrap();
    (made.certificate, made.key, trusted)
}

/// A free port, taken.
pub async fn socket() -> (TcpListener, SocketAddr) {
    let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    (socket, address)
}

pub async fn mtls() -> Mtls {
    ready();
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key, server) = pair(folder.path());
    let authority = Authority::new("Street Office CA");
    let ca = folder.path().join("ca.pem");
    std::fs::write(&ca, authority.pem()).unwrap();
    let (socket, address) = socket().await;
    let base = format!("https://localhost:{}", address.port());
    let town = TestApp::start_with(|config| {
        config.mtls.listen = Some(address);
        config.mtls.base_url = Some(BaseUrl::try_from(base.clone()).unwrap());
        config.mtls.client_ca = Some(ca);
    })
    .await;
    let certificates = Certificates::open((certificate, key), Peers::WithCertificate).unwrap();
    tokio::spawn(serve_all(town.app.clone(), vec![Listener::mtls(socket, &certificates)], pending()));
    Mtls { town, authority, base, server, _folder: folder }
}

impl Mtls {
    /// What asks on that listener, showing this certificate.
    pub fn browser(&self, card: Option<&Card>) -> Browser {
        let mut client = reqwest::Client::builder().tls_certs_only([self.server.clone()]).no_proxy();
        if let Some(card) = card {
            let both = format!("{}{}", card.key, card.pem);
            client = client.identity(reqwest::Identity::from_pem(both.as_bytes()).unwrap());
        }
        Browser::over(client.build().unwrap(), &self.base)
    }

    /// `rp-a`, showing this certificate, and proving nothing else.
    pub fn caller(&self, card: Option<&Card>) -> Caller {
        Caller { http: self.browser(card), id: "rp-a".to_owned() }
    }

    /// Registers `rp-a`, with these members of its manifest besides.
    pub async fn partner(&self, members: &str) -> Partner {
        let partner = self.town.unregistered("rp-a");
        self.town.register(&format!("{members}{}", partner.manifest())).await;
        partner
    }
}

/// A client that a certificate speaks for.
pub struct Caller {
    pub http: Browser,
    pub id: String,
}

impl Caller {
    pub async fn asks(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let form = [&[("client_id", self.id.as_str())], form].concat();
        self.http.send(self.http.request(Method::POST, path).form(&form), path).await
    }

    /// Pushes the request of this partner.
    pub async fn pushes(&self, partner: &Partner) -> Answer {
        let request = partner.request();
        let form: Vec<_> = request.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.asks("/par", form.iter().filter(|(name, _)| *name != "client_id").copied().collect::<Vec<_>>().as_slice())
            .await
    }

    pub async fn redeems(&self, redirect_uri: &str, code: &str) -> Answer {
        let grant = ("grant_type", "authorization_code");
        self.asks("/token", &[grant, ("code", code), ("redirect_uri", redirect_uri), ("code_verifier", VERIFIER)]).await
    }

    pub async fn refreshes(&self, token: &str) -> Answer {
        self.asks("/token", &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }

    pub async fn bears(&self, path: &str, token: &str) -> Answer {
        let request = self.http.request(Method::GET, path).header("authorization", format!("Bearer {token}"));
        self.http.send(request, path).await
    }
}
