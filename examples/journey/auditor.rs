//! The auditor: verifies the ledger, and tries what an administrator of the database could do.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use sqlx::{Connection as _, SqliteConnection};

use crate::Told;
use crate::resident::must;

/// Somebody with the `latchkey` program, and a copy of the database.
pub struct Auditor {
    latchkey: PathBuf,
    config: PathBuf,
    scratch: PathBuf,
}

impl Auditor {
    /// An auditor.
    pub fn new(latchkey: &Path, config: &Path, scratch: &Path) -> Self {
        Self { latchkey: latchkey.to_owned(), config: config.to_owned(), scratch: scratch.to_owned() }
    }

    /// From outside, with nothing but the service's address: every entry is fetched, and the tree built again. (A checkpoint
    /// is signed within a second; until the first one there is nothing to be held to.)
    pub async fn audits(&self, issuer: &str) -> Told {
        for _ in 0..20 {
            let mut command = Command::new(&self.latchkey);
            command.args(["audit", "ledger", "--service", issuer, "--memory"]).arg(self.scratch.join("memory"));
            let done = self.done(&mut command)?;
            if done.status.code() != Some(2) {
                let (code, said) = told("audit ledger", &done);
                return must(code == 0 && said.contains("whole:"), "the ledger is whole from outside");
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        Err("no checkpoint was signed".to_owned())
    }

    /// The ledger of the running service must be whole.
    pub fn finds_it_whole(&self) -> Told {
        let (code, said) = self.verify(&self.config)?;
        must(code == 0 && said.contains("whole"), "the ledger is whole")
    }

    /// Changes one byte of one entry in a copy of the database: the verification must name that entry.
    pub async fn finds_the_tampering(&self, position: &str) -> Told {
        let settings = fs::read_to_string(&self.config).map_err(|cause| cause.to_string())?;
        let database =
            settings.lines().find_map(|line| line.trim().strip_prefix("url = \"sqlite:")).ok_or("no SQLite")?;
        let database = PathBuf::from(database.trim_end_matches('"'));
        let copy = self.scratch.join("copy.db");
        for suffix in ["", "-wal"] {
            let from = PathBuf::from(format!("{}{suffix}", database.display()));
            if from.exists() {
                fs::copy(&from, format!("{}{suffix}", copy.display())).map_err(|cause| cause.to_string())?;
            }
        }
        let leaf = leaf_at(&copy, position).await?;
        alter(&copy, &leaf)?;

        let config = self.scratch.join("copy.toml");
        let text = settings.replace(&database.display().to_string(), &copy.display().to_string());
        fs::write(&config, text).map_err(|cause| cause.to_string())?;
        let (code, said) = self.verify(&config)?;
        must(code == 1, "the verification fails")?;
        must(said.contains(&format!("entry {position}:")), &format!("entry {position} is named"))
    }

    fn verify(&self, config: &Path) -> Told<(i32, String)> {
        let mut command = Command::new(&self.latchkey);
        command.arg("--config").arg(config).args(["ledger", "verify"]);
        Ok(told("ledger verify", &self.done(&mut command)?))
    }

    fn done(&self, command: &mut Command) -> Told<Output> {
        command.output().map_err(|cause| format!("{}: {cause}", self.latchkey.display()))
    }
}

/// Shows what a command said; with its exit code.
fn told(name: &str, done: &Output) -> (i32, String) {
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    println!("    latchkey {name} → {}", done.status);
    for line in said.lines() {
        println!("      {line}");
    }
    (done.status.code().unwrap_or(-1), said)
}

/// The leaf of an entry; and everything is in the one file afterwards.
async fn leaf_at(database: &Path, position: &str) -> Told<Vec<u8>> {
    let position: i64 = position.parse().map_err(|_| "the position is no number")?;
    let read = async {
        let mut connection = SqliteConnection::connect(&format!("sqlite:{}", database.display())).await?;
        let query = sqlx::query_scalar("SELECT leaf FROM ledger_entry WHERE position = $1").bind(position);
        let leaf: Vec<u8> = query.fetch_one(&mut connection).await?;
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await?;
        connection.close().await?;
        Ok::<_, sqlx::Error>(leaf)
    };
    read.await.map_err(|cause| format!("the copy: {cause}"))
}

/// Changes one byte in the middle of the leaf, in the file itself.
fn alter(database: &Path, leaf: &[u8]) -> Told {
    let mut bytes = fs::read(database).map_err(|cause| cause.to_string())?;
    let at = bytes.windows(leaf.len()).position(|window| window == leaf).ok_or("the leaf is not in the file")?;
    let middle = at + leaf.len() / 2;
    let byte = bytes.get_mut(middle).ok_or("the file ends")?;
    *byte ^= 1;
    println!("    byte {middle} of the copy: {:02x} instead of {:02x}", *byte, *byte ^ 1);
    fs::write(database, bytes).map_err(|cause| cause.to_string())
}
