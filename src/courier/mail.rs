//! Mail, by the relay of the settings.

use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::letter::Letter;
use crate::config::Config;
use crate::fault::Fault;

/// How long a relay may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// The relay.
#[derive(Debug)]
pub struct Mail {
    relay: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    domain: String,
}

impl Mail {
    /// The relay of the settings; `None` when there is none.
    ///
    /// # Errors
    /// When the password's file cannot be read or the relay's address cannot work.
    pub fn open(config: &Config) -> Result<Option<Self>, Fault> {
        let notices = &config.notices;
        if !notices.has_mail() {
            return Ok(None);
        }
        let unusable = Fault::Internal("notices.smtp was not checked");
        let mut relay = AsyncSmtpTransport::<Tokio1Executor>::from_url(&notices.smtp).map_err(|_| unusable)?;
        if !notices.smtp_user.is_empty() {
            let password = std::fs::read_to_string(&notices.smtp_password_file)
                .map_err(|cause| Fault::File("notices.smtp_password_file", cause))?;
            let password = password.trim_end_matches(['\r', '\n']).to_owned();
            relay = relay.credentials(Credentials::new(notices.smtp_user.clone(), password));
        }
        let from = notices.mail_from.parse().map_err(|_| Fault::Internal("notices.mail_from was not checked"))?;
        let domain = config.server.issuer.host().to_owned();
        Ok(Some(Self { relay: relay.timeout(Some(PATIENCE)).build(), from, domain }))
    }

    /// Sends a letter; a fixed word says why it did not go.
    pub(super) async fn send(&self, to: &str, letter: &Letter) -> Result<(), &'static str> {
        let to: Mailbox = to.parse().map_err(|_| "address")?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .message_id(Some(format!("<{}@{}>", letter.id, self.domain)))
            .subject(&letter.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(|_| "letter")?;
        // What a relay says may repeat the address: it is not logged.
        match self.relay.send(message).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err("refused"),
            Err(_) => Err("relay"),
        }
    }
}
