//! The whole story, played by a program: a resident with a software passkey, the parking app, and an auditor.
//!
//! It speaks to a running Latchkey and a running parking app over HTTP alone, as `bin/demo --scripted` starts them,
//! prints what each step was answered, and ends with an error at the first answer that is not as it must be.
#![expect(clippy::print_stdout, reason = "it tells a story")]

mod auditor;
mod browser;
#[expect(dead_code, reason = "shared with the journeys, which use more of it")]
#[path = "../../tests/journeys/support/html.rs"]
mod html;
#[expect(clippy::unwrap_used, reason = "shared with the journeys, which may stop where they stand")]
#[path = "../../tests/journeys/support/passkey.rs"]
mod passkey;
mod resident;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use crate::auditor::Auditor;
use crate::resident::Resident;

/// Plays the main journey against a running service.
#[derive(Parser)]
struct Arguments {
    /// Where Latchkey is.
    #[arg(long, default_value = "http://localhost:8080")]
    issuer: String,
    /// Where the parking app is.
    #[arg(long, default_value = "http://localhost:8081")]
    parking: String,
    /// The link of an invitation that was not used.
    #[arg(long)]
    invitation: String,
    /// The `latchkey` program, to verify the ledger with.
    #[arg(long)]
    latchkey: PathBuf,
    /// The settings of the running service.
    #[arg(long)]
    config: PathBuf,
    /// An empty folder for the copy that is tampered with.
    #[arg(long)]
    scratch: PathBuf,
}

/// What a step comes to: what to print, or what was not as it must be.
type Told<T = ()> = Result<T, String>;

#[tokio::main]
async fn main() -> ExitCode {
    match play(&Arguments::parse()).await {
        Ok(()) => {
            println!("\nThe story went as it must. 一切如约。");
            ExitCode::SUCCESS
        }
        Err(wrong) => {
            println!("\nNOT AS IT MUST BE: {wrong}");
            ExitCode::FAILURE
        }
    }
}

async fn play(arguments: &Arguments) -> Told {
    let mut resident = Resident::new(&arguments.issuer, &arguments.parking)?;
    let auditor = Auditor::new(&arguments.latchkey, &arguments.config, &arguments.scratch);

    step("设置通行密钥", "the resident follows her invitation and makes a passkey");
    resident.enrols(&arguments.invitation).await?;
    step("再次登录", "another day, in another browser, she signs in with it");
    resident.signs_in().await?;
    step("应用来问", "the parking app asks; she agrees to one of its two optional claims");
    resident.agrees("plate_masked").await?;
    step("应用读取", "the app reads, and gets what is needed and that one claim, no other");
    let position = resident.looks_at_parking(&["is_resident", "plate_masked"]).await?;
    step("访客簿", "the read stands in her visitors' book");
    resident.finds_in_her_book("阳光停车").await?;
    step("从外面核对", "somebody outside audits the ledger with nothing but its address");
    auditor.audits(&arguments.issuer).await?;
    step("核对账本", "the operator verifies every entry of the database");
    auditor.finds_it_whole()?;
    step("停止授权", "she stops the app");
    resident.stops().await?;
    step("再读被拒", "its next read is refused, and it is told why");
    resident.is_refused("consent_withdrawn").await?;
    step("篡改被发现", "in a copy of the database one byte of that entry is changed");
    auditor.finds_the_tampering(&position).await
}

/// Announces a step.
fn step(zh: &str, en: &str) {
    println!("\n● {zh} · {en}");
}
