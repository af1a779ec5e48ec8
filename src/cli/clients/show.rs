//! `latchkey clients list` and `show`.

use super::{parse, unknown};
use crate::cases;
use crate::claims::ClientClass;
use crate::cli::{Failure, open, say};
use crate::config::Config;
use crate::crypto::jwk::PublicKey;
use crate::ids::ClientId;
use crate::oauth::certificate::Expected;
use crate::oauth::listening::{Delivery, Listening};
use crate::oauth::{self, Client};
use crate::orders;

pub async fn list(config: Config) -> Result<(), Failure> {
    let app = open(config).await?;
    let clients = oauth::clients(&mut app.db.read().await?).await?;
    for client in clients {
        let standing = if client.is_open() { class(&client) } else { client.standing.name() };
        say::line(&format!("{:<24} {:<15} {}  {}", client.id, standing, client.name.zh_hans, client.name.en));
    }
    Ok(())
}

pub async fn show(config: Config, id: &str) -> Result<(), Failure> {
    let app = open(config).await?;
    let client = oauth::client(&mut app.db.read().await?, &parse(id)?).await?.ok_or_else(|| unknown(id))?;
    let facts = [
        ("id", client.id.to_string()),
        ("class", class(&client).to_owned()),
        ("standing", client.standing.name().to_owned()),
        ("name", format!("{}  {}", client.name.zh_hans, client.name.en)),
        ("kind", client.kind.code().to_owned()),
        ("controller", client.controller.clone()),
        ("contact", client.contact.clone()),
        ("authenticates", client.auth.name().to_owned()),
        ("purposes", client.purposes.join(" ")),
        ("sector", client.sector.clone()),
    ];
    for (name, what) in facts {
        say::line(&format!("{name:<14} {what}"));
    }
    if let Some(resource) = &client.resource {
        let serves: Vec<&str> = resource.serves.iter().map(ClientId::as_str).collect();
        let all = [resource.uri.clone(), serves.join(" "), resource.scopes.join(" ")];
        for (name, what) in ["resource", "serves", "scopes"].into_iter().zip(all) {
            say::line(&format!("{name:<14} {what}"));
        }
    }
    for uri in client.redirect_uris() {
        say::line(&format!("{:<14} {uri}", "redirect"));
    }
    for (name, uri) in client.links.all() {
        say::line(&format!("{name:<14} {uri}"));
    }
    tell_listening(&client.listening);
    let tally = orders::tally(&mut app.db.read().await?, &client.id, app.now()).await?;
    tell_orders(&tally);
    tell_cases(&cases::counts_of_client(&mut app.db.read().await?, &client.id, app.now()).await?);
    tell_certificates(&client.certificate);
    if let Some(address) = &client.jwks_uri {
        say::line(&format!("{:<14} {address}", "keys at"));
    }
    for key in &client.keys {
        tell_key("key", key);
    }
    let now = app.now();
    for key in client.former.iter().filter(|former| now < former.until).flat_map(|former| &former.keys) {
        tell_key("former key", key);
    }
    Ok(())
}

/// Which certificates speak for it.
fn tell_certificates(expected: &Expected) {
    for own in &expected.own {
        say::line(&format!("{:<14} {own}", "certificate"));
    }
    if let Some(name) = &expected.name {
        say::line(&format!("{:<14} {name}", "certified as"));
    }
}

/// What it was ordered to delete, and what it said.
fn tell_orders(tally: &orders::Tally) {
    let orders::Tally { all, deleted, kept, open, silent, late } = tally;
    let counts = format!("{all}: {deleted} deleted, {kept} kept by law, {open} open, {silent} SILENT, {late} late");
    say::line(&format!("{:<14} {counts}", "deletions"));
}

/// What residents asked of it, and how long it let them wait.
fn tell_cases(counts: &cases::Counts) {
    let cases::Counts { open, overdue, ever_overdue } = counts;
    say::line(&format!("{:<14} {open} open, {overdue} OVERDUE, {ever_overdue} ever overdue", "objections"));
}

/// Where it is told what happens elsewhere.
fn tell_listening(listening: &Listening) {
    for uri in &listening.post_logout_redirect_uris {
        say::line(&format!("{:<14} {uri}", "after logout"));
    }
    if let Some(uri) = &listening.backchannel_logout {
        say::line(&format!("{:<14} {uri}", "logout at"));
    }
    match &listening.events {
        Some(Delivery::Push(uri)) => say::line(&format!("{:<14} {uri}", "events at")),
        Some(Delivery::Poll) => say::line(&format!("{:<14} fetched", "events")),
        None => {}
    }
}

fn tell_key(name: &str, key: &PublicKey) {
    say::line(&format!("{name:<14} {} {}", key.alg().name(), key.thumbprint()));
}

fn class(client: &Client) -> &'static str {
    match client.class {
        ClientClass::Partner => "partner",
        ClientClass::Ordinary => "ordinary",
        ClientClass::ResourceServer => "resource_server",
    }
}
