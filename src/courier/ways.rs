//! By which ways a resident may be reached, and where that leads.

use std::time::Duration;

use super::letter::Letter;
use super::{Mail, store};
use crate::app::App;
use crate::crypto::random;
use crate::crypto::token::{Digest, Token};
use crate::fault::Fault;
use crate::ids::{RequestId, ResidentId};
use crate::ledger;
use crate::mandate;
use crate::once::{self, Issue, Kind};
use crate::resident;
use crate::text::Locale;
use crate::vault::{self, Refusal};

/// The letter that confirms an address is good for so long.
const LETTER_LIFE: Duration = Duration::from_secs(24 * 3_600);
/// An hour, in which so many such letters go out for a resident, whatever address she enters: the mailbox may be a
/// stranger's.
const HOUR: Duration = Duration::from_secs(3_600);
const LETTERS: u32 = 3;

/// A way to reach somebody outside the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By mail, to the address that she entered and confirmed.
    Mail,
    /// By the gateway, to the telephone number of her record.
    Phone,
}

impl Way {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Mail, Self::Phone];

    /// The word in the table and in forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Phone => "phone",
        }
    }

    /// The way of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == word)
    }

    /// The sealed field that holds its address.
    const fn field(self) -> &'static str {
        match self {
            Self::Mail => "email",
            Self::Phone => "phone",
        }
    }

    fn is_configured(self, app: &App) -> bool {
        match self {
            Self::Mail => app.config.notices.has_mail(),
            Self::Phone => app.config.notices.webhook().is_some(),
        }
    }
}

/// What a resident said about a way.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Standing {
    pub(super) is_off: bool,
    pub(super) confirmed: Option<i64>,
}

/// How a way stands, for its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The service has no such way.
    NotHere,
    /// Her record holds no address for it.
    NoAddress,
    /// The address waits for a word from whoever reads its mail.
    Unconfirmed,
    /// She wants nothing by it.
    Off,
    /// Messages go out by it.
    On,
}

/// What became of a letter that confirms an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// The relay has it.
    Out,
    /// There is no address, or the relay did not take it.
    Not,
    /// Enough went out in this hour.
    TooMany,
}

/// How a way stands for a resident. Nothing is opened.
///
/// # Errors
/// When the database fails.
pub async fn state(app: &App, resident: &ResidentId, way: Way) -> Result<State, Fault> {
    if !way.is_configured(app) {
        return Ok(State::NotHere);
    }
    let mut tx = app.db.read().await?;
    let Some(version) = vault::version_of(&mut tx, resident, way.field()).await? else { return Ok(State::NoAddress) };
    let standing = store::standing(&mut tx, resident, way).await?;
    Ok(match way {
        Way::Mail if standing.confirmed != Some(version) => State::Unconfirmed,
        _ if standing.is_off => State::Off,
        _ => State::On,
    })
}

/// An address, and the language she reads.
pub(super) struct To {
    pub(super) address: String,
    pub(super) language: Locale,
}

/// Where a message goes by a way, opened through the gate; `None` when it does not go by it.
///
/// # Errors
/// When the gate cannot enter the look.
pub(super) async fn address(app: &App, resident: &ResidentId, way: Way) -> Result<Option<To>, Fault> {
    // Shielded from her household: what leaves the portal may be opened by others there. Her inbox has it.
    if mandate::is_shielded(&mut app.db.read().await?, resident).await? {
        return Ok(None);
    }
    match state(app, resident, way).await? {
        State::On => open(app, resident, way).await,
        _ => Ok(None),
    }
}

async fn open(app: &App, resident: &ResidentId, way: Way) -> Result<Option<To>, Fault> {
    let request: RequestId = random::id()?;
    let fields = [way.field(), "language"].map(str::to_owned);
    let opened = match vault::look_to_write(app, resident, &fields, request).await {
        Ok(opened) => opened,
        Err(Refusal::Fault(fault)) => return Err(fault),
        // Locked or erased meanwhile: nobody is written to.
        Err(_) => return Ok(None),
    };
    let language = opened.get("language").and_then(|tag| Locale::from_tag(tag)).unwrap_or_default();
    let address = opened.get(way.field()).filter(|address| !address.is_empty());
    Ok(address.map(|address| To { address: address.clone(), language }))
}

/// Opens or shuts a way.
///
/// # Errors
/// When the database fails.
pub async fn switch(app: &App, resident: &ResidentId, way: Way, on: bool) -> Result<(), Fault> {
    let mut tx = app.db.begin().await?;
    // At the held head, and of somebody who is there: an erasure leaves no row of hers behind.
    let head = ledger::hold(&mut tx).await?;
    if resident::is_open(&mut tx, resident).await? {
        store::switch(&mut tx, resident, way, (!on).then_some(app.now())).await?;
    }
    head.commit(tx).await?;
    Ok(())
}

/// Sends the letter that confirms the address of her record: three an hour, counted in the database and before the
/// address is opened.
///
/// # Errors
/// When the database fails, or the gate cannot enter the look.
pub async fn send_confirmation(app: &App, resident: &ResidentId) -> Result<Sent, Fault> {
    let now = app.now();
    let Some(mail) = Mail::open(&app.config)? else { return Ok(Sent::Not) };
    let token = Token::random()?;
    let mut tx = app.db.begin().await?;
    // So that two that come together are counted one after the other.
    let head = ledger::hold(&mut tx).await?;
    let Some(version) = vault::version_of(&mut tx, resident, Way::Mail.field()).await? else { return Ok(Sent::Not) };
    if once::count_issued(&mut tx, Kind::MailAddress, resident.as_str(), now.minus(HOUR)).await? >= LETTERS {
        return Ok(Sent::TooMany);
    }
    once::end_all(&mut tx, Kind::MailAddress, resident.as_str(), now).await?;
    let (digest, state) = (token.digest(), version.to_be_bytes());
    let subject = resident.as_str();
    let expires = now.plus(LETTER_LIFE);
    once::issue(
        &mut tx,
        Issue { kind: Kind::MailAddress, digest: &digest, subject, state: Some(&state), now, expires },
    )
    .await?;
    head.commit(tx).await?;
    let Some(to) = open(app, resident, Way::Mail).await? else { return Ok(Sent::Not) };
    let id: RequestId = random::id()?;
    let path = format!("/me/inbox/mail/{}", token.expose());
    let letter = Letter::to_confirm(app, id.as_str(), to.language, &path);
    Ok(if mail.send(&to.address, &letter).await.is_ok() { Sent::Out } else { Sent::Not })
}

/// The resident, signed in, shows what stood in the letter. `false`: it is not hers, is too old, or was used.
///
/// # Errors
/// When the database fails.
pub async fn confirm(app: &App, resident: &ResidentId, token: &str) -> Result<bool, Fault> {
    let mut tx = app.db.begin().await?;
    let head = ledger::hold(&mut tx).await?;
    if !resident::is_open(&mut tx, resident).await? {
        return Ok(false);
    }
    let used = once::consume(&mut tx, Kind::MailAddress, &Digest::of(token.as_bytes()), app.now()).await?;
    let Some(used) = used.filter(|used| used.subject == resident.as_str()) else { return Ok(false) };
    let version = used.state.and_then(|state| state.try_into().ok()).map(i64::from_be_bytes);
    let version = version.ok_or(Fault::Stored("a confirmation without its version"))?;
    store::confirm(&mut tx, resident, version).await?;
    head.commit(tx).await?;
    Ok(true)
}
