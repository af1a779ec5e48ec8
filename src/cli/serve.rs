//! `latchkey serve`: the service, until it is told to stop.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::{Failure, say};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::crypto::certificate::Authorities;
use crate::crypto::tls::Peers;
use crate::custody::{checkpointer, signing};
use crate::erasure;
use crate::fault::Fault;
use crate::http::{Certificates, Listener};
use crate::{
    cases, consent, cosigning, courier, desk, emergency, events, http, mandate, oauth, once, orders, people, resident,
    reviews, sealing, transparency, vault,
};

pub async fn run(config: Config) -> Result<ExitCode, Failure> {
    let (address, issuer) = (config.server.listen, config.server.issuer.clone());
    let listeners = listeners(&config).await?;
    let (app, waiting) = App::open(config, Clock::System).await?;
    // Should an older database have been put back: what was erased since stays erased.
    erasure::again(&app).await?;
    // Nor is anything served that a witness has seen otherwise.
    cosigning::check_at_start(&app).await?;
    tokio::spawn(vault::gate::run(app.clone(), waiting));
    tokio::spawn(checkpointer::run(app.db.clone(), app.custody.clone(), app.clock.clone()));
    tokio::spawn(signing::run(app.db.clone(), app.custody.clone(), app.clock.clone()));
    tokio::spawn(cosigning::run(app.clone()));
    tokio::spawn(consent::run_expiry(app.clone()));
    tokio::spawn(events::run(app.clone()));
    tokio::spawn(courier::run(app.clone()));
    tokio::spawn(cases::run_overdue(app.clone()));
    tokio::spawn(erasure::run(app.clone()));
    tokio::spawn(sealing::run(app.clone()));
    tokio::spawn(transparency::run(app.clone()));
    tokio::spawn(reviews::run_counting(app.clone()));
    tokio::spawn(forget(app.clone()));
    tracing::info!(%address, issuer = issuer.as_str(), "serving");
    say::line(&format!("Latchkey serves {} on {address}", issuer.as_str()));
    http::serve_all(app.clone(), listeners, told_to_stop()).await?;
    // What was committed is signed before we go; if we crash instead, the next start does it.
    checkpointer::catch_up(&app.db, &app.custody, app.now()).await?;
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// The sockets, and what is shown on them; certificates are watched from now on.
async fn listeners(config: &Config) -> Result<Vec<Listener>, Failure> {
    let socket = socket(config.server.listen).await?;
    let mut all = vec![match config.tls.files() {
        None => Listener::plain(socket),
        Some(files) => shown(files, Peers::Anybody, |certificates| Listener::tls(socket, certificates))?,
    }];
    // Read again with everything else; here its failure is a sentence.
    config.mtls.client_ca.as_deref().map(Authorities::read).transpose()?;
    if let (Some((address, base)), Some(files)) = (config.mtls.listener(), config.mtls.files(&config.tls)) {
        let socket = self::socket(address).await?;
        all.push(shown(files, Peers::WithCertificate, |certificates| Listener::mtls(socket, certificates))?);
        say::line(&format!("Clients with certificates are served as {} on {address}", base.at("")));
    }
    Ok(all)
}

pub fn shown(
    files: (PathBuf, PathBuf), peers: Peers, make: impl FnOnce(&Certificates) -> Listener,
) -> Result<Listener, Failure> {
    let certificates = Certificates::open(files, peers)?;
    let listener = make(&certificates);
    tokio::spawn(certificates.watch());
    Ok(listener)
}

pub async fn socket(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|cause| {
        Failure::Sentence(format!("cannot listen on {address}: {cause}. Is another program using the port?"))
    })
}

pub async fn told_to_stop() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
    tracing::info!("told to stop");
}

/// Forgets what is over a day after its end, every ten minutes, for ever.
async fn forget(app: App) {
    loop {
        tokio::time::sleep(Duration::from_secs(600)).await;
        if let Err(fault) = sweep(&app).await {
            tracing::error!(%fault, "what was used up was not forgotten");
        }
        if let Err(fault) = orders::find_silent(&app).await {
            tracing::error!(%fault, "deletion orders without an answer were not found");
        }
    }
}

async fn sweep(app: &App) -> Result<(), Fault> {
    let mut tx = app.db.begin().await?;
    let before = app.now().minus(Duration::from_secs(86_400));
    once::sweep(&mut tx, before, app.now()).await?;
    oauth::sweep(&mut tx, before).await?;
    mandate::sweep(&mut tx, before).await?;
    consent::draft::sweep(&mut tx, consent::draft::too_old(app.now())).await?;
    oauth::wipe_successors(&mut tx, app.now()).await?;
    // No session lives longer than a day since its last use.
    resident::sweep(&mut tx, before.minus(Duration::from_secs(86_400))).await?;
    people::sweep(&mut tx, before).await?;
    desk::sweep(&mut tx, before).await?;
    events::sweep(&mut tx, app).await?;
    vault::reads::sweep(&mut tx, app).await?;
    emergency::sweep(&mut tx, app.now()).await?;
    reviews::identify::sweep(&mut tx, app.now()).await?;
    tx.commit().await
}
