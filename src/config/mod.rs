//! The settings: one TOML file, as types. Secrets are named by path only; there is no switch for a law.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use jiff::ToSpan;
use serde::Deserialize;

use crate::clock::Timestamp;

mod cases;
mod desk;
mod emergency;
mod events;
mod issuer;
mod limits;
mod network;
mod notices;
mod orders;
mod outgoing;
mod reviews;
mod tls;
mod witnesses;

pub use cases::Cases;
pub use desk::Desk;
pub use emergency::Emergency;
pub use events::Events;
pub use issuer::Issuer;
pub use limits::Limits;
pub use network::Network;
pub use notices::Notices;
pub use orders::Orders;
pub use outgoing::Outgoing;
pub use reviews::Reviews;
pub use tls::{BaseUrl, Mtls, Tls};
pub use witnesses::Witnesses;

/// Why a configuration cannot be used, as a sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {0}: {1}")]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// The file is not TOML, or holds what no setting reads; the inner text names the line.
    #[error("{0}: {1}")]
    Malformed(PathBuf, String),
    /// A setting has a value that cannot work.
    #[error("{0}")]
    Impossible(String),
}

/// All settings of the service. Every section and setting may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where the service listens and what it is called.
    pub server: Server,
    /// Whether TLS ends here.
    pub tls: Tls,
    /// The listener for clients with certificates.
    pub mtls: Mtls,
    /// Where records are kept.
    pub database: Database,
    /// Where keys are kept.
    pub keys: Keys,
    /// Lifetimes of what the protocol hands out.
    pub oauth: OAuth,
    /// How often somebody may ask.
    pub limits: Limits,
    /// Who the community is.
    pub community: Community,
    /// How long logs stay readable.
    pub privacy: Privacy,
    /// How the service reaches others.
    pub outgoing: Outgoing,
    /// How residents are told outside the portal.
    pub notices: Notices,
    /// How much may be done at the desk of the service centre.
    pub desk: Desk,
    /// What may be seen in an emergency.
    pub emergency: Emergency,
    /// How clients are told of what happens elsewhere.
    pub events: Events,
    /// How long people may take to answer a resident.
    pub cases: Cases,
    /// How long clients have to delete.
    pub orders: Orders,
    /// Who watches the ledger.
    pub witnesses: Witnesses,
    /// What is a lot, to an auditor.
    pub reviews: Reviews,
}

/// `[server]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Server {
    /// Address and port of the listener.
    pub listen: SocketAddr,
    /// The public URL of the service: `https://…`, or `http://localhost[:port]` for a trial.
    pub issuer: Issuer,
    /// Proxies of ours: networks whose `X-Forwarded-For` and `Forwarded` are believed.
    pub trusted_proxies: Vec<Network>,
}

/// `[database]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Database {
    /// `sqlite:PATH` (the embedded default) or `postgres://…`.
    pub url: String,
}

/// `[keys]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Keys {
    /// The folder of the root key and what is wrapped under it; readable by the service's user alone.
    pub folder: PathBuf,
}

/// `[oauth]`: seconds each.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OAuth {
    /// Life of an authorization code, at most 60.
    pub code_seconds: u32,
    /// Life of a pushed request before a resident opens it, at most 600.
    pub pushed_request_seconds: u32,
    /// Life of a resident's session without use.
    pub session_idle_seconds: u32,
    /// Life of a resident's session in all.
    pub session_seconds: u32,
}

/// `[community]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Community {
    /// The code that `community_id` releases.
    pub id: String,
    /// Its name, as pages and slips print it.
    pub name: String,
    /// IANA time zone that ages and clock times use.
    pub timezone: String,
    /// Telephone of the service centre, printed where somebody may need help.
    pub phone: String,
    /// Where the service centre's counter is.
    pub desk: String,
}

/// `[privacy]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Privacy {
    /// Months that log details outlive an erasure, 6 to 36.
    pub log_detail_months: u8,
    /// Days after which no backup of database or keys is kept any more, 1 to 365: certificates of erasure name the day.
    pub backup_days: u16,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            issuer: Issuer::default(),
            trusted_proxies: Vec::new(),
        }
    }
}

impl Default for Database {
    fn default() -> Self {
        Self { url: "sqlite:data/latchkey.db".to_owned() }
    }
}

impl Default for Keys {
    fn default() -> Self {
        Self { folder: PathBuf::from("keys") }
    }
}

impl Default for OAuth {
    fn default() -> Self {
        Self { code_seconds: 30, pushed_request_seconds: 90, session_idle_seconds: 1_800, session_seconds: 43_200 }
    }
}

impl Default for Community {
    fn default() -> Self {
        Self {
            id: "340104-001".to_owned(),
            name: "锦绣花园".to_owned(),
            timezone: "Asia/Shanghai".to_owned(),
            phone: "0551-6000-0000".to_owned(),
            desk: "一楼服务台".to_owned(),
        }
    }
}

impl Default for Privacy {
    fn default() -> Self {
        Self { log_detail_months: 6, backup_days: 30 }
    }
}

impl Config {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// A sentence that names the file and the line, or the setting, that is wrong.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|cause| ConfigError::Unreadable(path.to_owned(), cause))?;
        let config = Self::parse(&text).map_err(|cause| ConfigError::Malformed(path.to_owned(), cause))?;
        config.check()?;
        Ok(config)
    }

    /// Reads the text of a file, without judging the values.
    ///
    /// # Errors
    /// What is wrong and in which line.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|cause| cause.to_string())
    }

    /// Judges the values.
    ///
    /// # Errors
    /// The first setting that cannot work, and why.
    pub fn check(&self) -> Result<(), ConfigError> {
        let limits = [
            ("oauth.code_seconds", self.oauth.code_seconds, 1, 60),
            ("oauth.pushed_request_seconds", self.oauth.pushed_request_seconds, 5, 600),
            ("oauth.session_idle_seconds", self.oauth.session_idle_seconds, 60, 86_400),
            ("oauth.session_seconds", self.oauth.session_seconds, 60, 604_800),
            ("privacy.log_detail_months", u32::from(self.privacy.log_detail_months), 6, 36),
            ("privacy.backup_days", u32::from(self.privacy.backup_days), 1, 365),
            ("events.give_up_hours", self.events.give_up_hours, 1, 720),
            ("events.keep_days", self.events.keep_days, 1, 365),
            ("events.long_poll_seconds", self.events.long_poll_seconds, 0, 15),
            ("cases.answer_days", self.cases.answer_days, 1, 30),
            ("orders.due_days", self.orders.due_days, 1, 90),
            ("reviews.residents_per_hour", self.reviews.residents_per_hour, 1, 100_000),
            ("reviews.fresh_blocks", self.reviews.fresh_blocks, 0, 1_000),
            ("outgoing.connect_milliseconds", self.outgoing.connect_milliseconds, 50, 30_000),
            ("outgoing.whole_milliseconds", self.outgoing.whole_milliseconds, 50, 60_000),
        ];
        for (name, value, least, most) in limits {
            if !(least..=most).contains(&value) {
                return Err(ConfigError::Impossible(format!("{name} is {value}; it must be {least} to {most}")));
            }
        }
        self.notices.check().map_err(ConfigError::Impossible)?;
        self.emergency.check().map_err(ConfigError::Impossible)?;
        if jiff::tz::TimeZone::get(&self.community.timezone).is_err() {
            let zone = &self.community.timezone;
            return Err(ConfigError::Impossible(format!("community.timezone: no time zone is called {zone:?}")));
        }
        if !self.database.url.starts_with("sqlite:") && !self.database.url.starts_with("postgres") {
            return Err(ConfigError::Impossible("database.url must begin with sqlite: or postgres://".to_owned()));
        }
        self.tls.check(&self.server.issuer)?;
        self.mtls.check(&self.tls)?;
        Ok(())
    }

    /// The time zone that ages and clock times use; UTC if it does not exist, which [`Self::check`] refuses.
    #[must_use]
    pub fn zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::get(&self.community.timezone).unwrap_or(jiff::tz::TimeZone::UTC)
    }

    /// The day that a moment falls on, in that zone.
    #[must_use]
    pub fn day_of(&self, moment: Timestamp) -> jiff::civil::Date {
        let moment = jiff::Timestamp::from_millisecond(moment.millis()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        moment.to_zoned(self.zone()).date()
    }

    /// The moment so many months after another, in the community's calendar.
    #[must_use]
    pub fn months_after(&self, moment: Timestamp, months: u8) -> Timestamp {
        let zoned = jiff::Timestamp::from_millisecond(moment.millis()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let later = zoned.to_zoned(self.zone()).checked_add(i32::from(months).months());
        later.map_or(moment, |later| Timestamp::from_seconds(later.timestamp().as_second()))
    }
}
