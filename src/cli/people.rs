//! `latchkey people …`: staff and auditors of the service centre.

use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};

use super::{Failure, open, say};
use crate::config::Config;
use crate::ids::PersonId;
use crate::people::{self, Invited, Refusal, Role};

/// What may be done with people.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Invite somebody: prints a link that works once, within seven days.
    Invite {
        /// What for.
        #[arg(long, value_enum)]
        role: RoleName,
        /// The name that residents read when this person helped them.
        #[arg(long, value_name = "NAME")]
        name: String,
    },
    /// A new link for somebody whose passkey is gone; the old passkey opens nothing any more.
    Renew {
        /// The person's id (32 hexadecimal digits).
        id: String,
    },
    /// List everybody.
    List,
    /// Let somebody in no more; sessions end at once.
    Disable {
        /// The person's id (32 hexadecimal digits).
        id: String,
    },
}

/// The two roles.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum RoleName {
    /// Helps residents at the desk.
    Staff,
    /// Checks what was done.
    Auditor,
}

/// Longest name, in characters.
const LONGEST: usize = 40;

pub async fn run(config: Config, command: Command) -> Result<ExitCode, Failure> {
    let issuer = config.server.issuer.clone();
    let app = open(config).await?;
    let link = |invited: &Invited| {
        let path = format!("/desk/invitation/{}", invited.token.expose());
        say::line(&format!("{}  {}  {}", invited.person.id, invited.person.role.as_str(), invited.person.name));
        say::line(&issuer.at(&path));
    };
    match command {
        Command::Invite { role, name } => {
            let role = match role {
                RoleName::Staff => Role::Staff,
                RoleName::Auditor => Role::Auditor,
            };
            link(&people::invite(&app, role, &checked(&name)?).await?);
        }
        Command::Renew { id } => {
            let id = read(&id)?;
            link(&people::renew(&app, &id).await.map_err(|no| refused(&id, no))?);
        }
        Command::List => {
            for one in people::list(&app).await? {
                let state = match (one.disabled_at, one.enrolled) {
                    (Some(_), _) => "已停用 disabled",
                    (None, true) => "已启用 enrolled",
                    (None, false) => "待启用 invited",
                };
                let person = &one.person;
                say::line(&format!("{}  {:<7}  {}  {state}", person.id, person.role.as_str(), person.name));
            }
        }
        Command::Disable { id } => {
            let id = read(&id)?;
            let done = people::disable(&app, &id).await.map_err(|no| refused(&id, no))?;
            say::line(&format!(
                "{id}: {}",
                if done { "已停用 · disabled" } else { "本来就已停用 · was disabled before" }
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn checked(name: &str) -> Result<String, Failure> {
    let name = name.trim();
    let fits = !name.is_empty() && name.chars().count() <= LONGEST && !name.chars().any(char::is_control);
    fits.then(|| name.to_owned()).ok_or_else(|| Failure::Sentence(format!("a name has 1 to {LONGEST} characters")))
}

fn read(id: &str) -> Result<PersonId, Failure> {
    PersonId::parse(id).map_err(|_| Failure::Sentence(format!("{id}: not a person's id")))
}

fn refused(id: &PersonId, refusal: Refusal) -> Failure {
    match refusal {
        Refusal::Fault(fault) => Failure::Fault(fault),
        _ => Failure::Sentence(format!("{id}: nobody of that id, or disabled")),
    }
}
