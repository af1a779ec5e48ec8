//! `[notices]`: how residents are told outside the portal.

use std::net::IpAddr;
use std::path::PathBuf;

use serde::Deserialize;
use url::Url;

/// `[notices]`. Empty: residents are told in their inbox alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Notices {
    /// The mail relay: `smtps://host[:465]`, or `smtp://host[:587]?tls=required`. In clear only within this machine.
    pub smtp: String,
    /// Whom the relay knows us as; empty: it asks nobody.
    pub smtp_user: String,
    /// The file of the password, readable by the service's user alone.
    pub smtp_password_file: PathBuf,
    /// The sender of mails: `门钥 <latchkey@example.cn>`.
    pub mail_from: String,
    /// Where short messages and the like are handed over: one signed `POST` for each message.
    pub webhook: String,
}

impl Notices {
    /// What cannot work, as a sentence.
    ///
    /// # Errors
    /// The setting, and why.
    pub(super) fn check(&self) -> Result<(), String> {
        if !self.smtp.is_empty() {
            let url = Url::parse(&self.smtp).map_err(|_| "notices.smtp is no URL".to_owned())?;
            // Of a scheme that it does not know, the library leaves the host as text.
            let host = url.host_str().ok_or("notices.smtp names no host")?.trim_matches(['[', ']']);
            let here = host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback());
            let secret = url.scheme() == "smtps" || url.query() == Some("tls=required");
            if !["smtp", "smtps"].contains(&url.scheme()) || !(secret || here) {
                return Err("notices.smtp must be smtps://… or smtp://…?tls=required".to_owned());
            }
            if !url.username().is_empty() || url.password().is_some() {
                return Err("notices.smtp: the user goes to smtp_user, the password into a file".to_owned());
            }
            if self.mail_from.parse::<lettre::message::Mailbox>().is_err() {
                return Err(
                    "notices.mail_from must be the sender of the mails, as in: 门钥 <latchkey@example.cn>".to_owned()
                );
            }
        }
        if !self.webhook.is_empty() && Url::parse(&self.webhook).is_err() {
            return Err("notices.webhook is no URL".to_owned());
        }
        Ok(())
    }

    /// The gateway, if there is one.
    #[must_use]
    pub fn webhook(&self) -> Option<Url> {
        Url::parse(&self.webhook).ok()
    }

    /// Whether mail can be sent.
    #[must_use]
    pub fn has_mail(&self) -> bool {
        !self.smtp.is_empty()
    }
}
