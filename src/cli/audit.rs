//! `latchkey audit`: the ledger, held to its word from outside. Nothing of the service's is needed but its address.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Subcommand};
use signed_note::Verifier;

use super::{Failure, say};
use crate::audit::memory::{self, Memory, Seen};
use crate::audit::metrics::{self, Last};
use crate::audit::source::Source;
use crate::audit::{Audit, Finding, Report, Stopped, audit, export, papers, quorum};
use crate::clock::{Clock, Timestamp};
use crate::ledger::checkpoint;
use crate::ledger::policy::Policy;
use crate::ledger::verifier_key::VerifierKey;

/// What is checked. Exit code 0: nothing is wrong. 1: something is, and it is named. 2: it could not be checked.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The whole ledger: every entry, every tile, and every checkpoint ever seen.
    Ledger(Ledger),
    /// A resident's evidence (latchkey-evidence.json).
    Evidence {
        /// The file.
        file: PathBuf,
        /// The ledger's key, or a file that holds it: from somewhere else than the evidence.
        #[arg(long)]
        key: Option<String>,
        /// The witnesses who have to have cosigned the checkpoint that it leads to: a file (C2SP tlog-policy).
        #[arg(long, value_name = "FILE")]
        policy: Option<PathBuf>,
        /// Also read the whole ledger of this service, and make sure that it holds no more about this resident.
        #[arg(long)]
        service: Option<String>,
    },
    /// What auditors took out of the console (a ZIP file).
    Export {
        /// The file.
        file: PathBuf,
        /// The keys of the service (`/jwks`), kept with the export: a file.
        #[arg(long)]
        jwks: PathBuf,
        /// Also read the whole ledger of this service, and make sure that it holds these very entries.
        #[arg(long)]
        service: Option<String>,
    },
    /// Proofs that a client or a resident kept (the address in `Ledger-Proof`).
    Proof {
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The ledger's key, or a file that holds it.
        #[arg(long)]
        key: String,
        /// The witnesses who have to have cosigned the checkpoints that they lead to: a file (C2SP tlog-policy).
        #[arg(long, value_name = "FILE")]
        policy: Option<PathBuf>,
    },
}

/// An audit of the whole ledger.
#[derive(Debug, Args)]
pub struct Ledger {
    /// The service: its issuer.
    #[arg(long)]
    service: String,
    /// The folder in which the auditor keeps the key and every checkpoint ever seen; it is made at the first audit.
    #[arg(long)]
    memory: PathBuf,
    /// The ledger's key, or a file that holds it. Without it the first audit believes the one that the service shows.
    #[arg(long)]
    key: Option<String>,
    /// An older checkpoint that somebody kept: a file. May be given many times.
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
    /// The witnesses who have to have cosigned, lately, what is served: a file (C2SP tlog-policy).
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Go on from where the last audit ended, instead of from the first entry.
    #[arg(long)]
    onward: bool,
    /// Audit again every so many seconds, for ever: the first time everything, then what is new, and everything once a day.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    every: Option<u64>,
    /// Write what each audit saw into this file, for Prometheus.
    #[arg(long, value_name = "FILE")]
    metrics: Option<PathBuf>,
}

pub async fn run(command: Command) -> Result<ExitCode, Failure> {
    let outcome = match command {
        Command::Ledger(ledger) => of_ledger(ledger).await,
        Command::Evidence { file, key, policy, service } => {
            of_evidence(&file, key.as_deref(), policy.as_deref(), service.as_deref()).await
        }
        Command::Export { file, jwks, service } => of_export(&file, &jwks, service.as_deref()).await,
        Command::Proof { files, key, policy } => of_proofs(&files, &key, policy.as_deref()),
    };
    match outcome {
        Ok(findings) if findings.is_empty() => Ok(ExitCode::SUCCESS),
        Ok(findings) => {
            findings.iter().for_each(|finding| say::line(&format!("WRONG: {finding}")));
            Ok(ExitCode::from(1))
        }
        Err(stopped) => {
            say::line(&format!("not checked: {stopped}"));
            Ok(ExitCode::from(2))
        }
    }
}

async fn of_ledger(given: Ledger) -> Result<Vec<Finding>, Stopped> {
    let memory = Memory::open(&given.memory)?;
    let key = given.key.as_deref().map(read_key).transpose()?;
    let source = Source::at(&given.service)?;
    let believed = match key.clone().or(memory.key()?) {
        None if !given.checkpoint.is_empty() => Some(memory::key(&source.key().await?)?),
        believed => believed,
    };
    let others = given.checkpoint.iter().map(|file| older(file, believed.as_ref())).collect::<Result<_, _>>()?;
    let policy = given.policy.as_deref().map(read_policy).transpose()?;
    if key.is_none()
        && memory.key()?.is_none()
        && let Ok(shown) = source.key().await.and_then(|text| memory::key(&text))
    {
        say::line(&format!("key:        {shown} (believed, because the service shows it: ask somebody else, too)"));
    }
    let whole = !given.onward;
    let mut audit = Audit { memory: Some(memory), key, others, policy, whole, ..Audit::of(source) };
    let Some(seconds) = given.every else { return once(&audit, given.metrics.as_deref()).await };
    let clock = Clock::System;
    let (mut whole_at, mut built_at): (Option<Timestamp>, Option<Timestamp>) = (None, None);
    loop {
        let now = clock.now();
        audit.whole = built_at.is_none_or(|built| now >= built.plus(Duration::from_secs(86_400)));
        let outcome = self::audit(&audit).await;
        match &outcome {
            Ok(report) => {
                tell(report);
                report.findings.iter().for_each(|finding| say::line(&format!("WRONG: {finding}")));
                if report.findings.is_empty() {
                    whole_at = Some(clock.now());
                    built_at = if audit.whole { Some(now) } else { built_at };
                }
            }
            Err(stopped) => say::line(&format!("not checked: {stopped}")),
        }
        leave(given.metrics.as_deref(), &outcome, whole_at);
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    }
}

async fn once(audit: &Audit, metrics: Option<&Path>) -> Result<Vec<Finding>, Stopped> {
    let outcome = self::audit(audit).await;
    let whole = outcome.as_ref().is_ok_and(|report| report.findings.is_empty());
    leave(metrics, &outcome, whole.then(|| Clock::System.now()));
    let report = outcome?;
    tell(&report);
    Ok(report.findings)
}

/// Leaves what an audit saw for Prometheus, if that is wanted. That it cannot be written changes nothing of what was seen.
fn leave(file: Option<&Path>, outcome: &Result<Report, Stopped>, whole_at: Option<Timestamp>) {
    let Some(file) = file else { return };
    if let Err(stopped) = metrics::write(file, &Last { outcome, at: Clock::System.now(), whole_at }) {
        say::line(&format!("not written: {stopped}"));
    }
}

fn tell(report: &Report) {
    let Report { checkpoint, hashed, compared, seconds, .. } = report;
    say::line(&format!("checkpoint: {} entries, root {}", checkpoint.size, checkpoint.root));
    let rate = if *seconds > 0.0 { *hashed as f64 / seconds } else { 0.0 };
    say::line(&format!(
        "hashed:     {hashed} entries in {seconds:.1} s ({rate:.0}/s), {compared} checkpoints compared"
    ));
    if let Some(witnessed) = report.witnessed {
        say::line(&format!("witnesses:  enough of them have seen the first {witnessed} entries"));
    }
    if report.findings.is_empty() {
        say::line("whole:      nothing is missing, nothing was changed");
    }
}

async fn of_evidence(
    file: &Path, key: Option<&str>, policy: Option<&Path>, service: Option<&str>,
) -> Result<Vec<Finding>, Stopped> {
    let key = key.map(read_key).transpose()?;
    let policy = policy.map(read_policy).transpose()?;
    let held = match papers::evidence(&read(file)?, key.as_ref())? {
        Ok(held) => held,
        Err(finding) => return Ok(vec![finding]),
    };
    let (allowed, refused) = held.accesses;
    say::line(&format!("ledger:  {}", held.key));
    say::line(&format!(
        "entries: {} under a checkpoint over {}, and {} younger",
        held.entries, held.seen.checkpoint.size, held.younger
    ));
    say::line(&format!(
        "of them: {allowed} accesses, {refused} refused attempts; none of them without a consent in force"
    ));
    if let Some(finding) = policy.as_ref().and_then(|policy| quorum::uncosigned(policy, &held.seen.note)) {
        return Ok(vec![finding]);
    }
    let Some(service) = service else {
        say::line("Whether there are more behind the last one, the ledger itself tells: --service ADDRESS");
        return Ok(Vec::new());
    };
    let (key, others, claim) = (Some(held.key), vec![held.seen], Some(held.claim));
    let audit = Audit { key, others, claim, policy, ..Audit::of(Source::at(service)?) };
    let report = self::audit(&audit).await?;
    tell(&report);
    if report.newer {
        say::line("newer:   there are entries about her since; take new evidence to see them");
    }
    Ok(report.findings)
}

async fn of_export(file: &Path, jwks: &Path, service: Option<&str>) -> Result<Vec<Finding>, Stopped> {
    let bytes =
        |file: &Path| std::fs::read(file).map_err(|cause| Stopped::Given(format!("{}: {cause}", file.display())));
    let held = match export::export(&bytes(file)?, &bytes(jwks)?)? {
        Ok(held) => held,
        Err(finding) => return Ok(vec![finding]),
    };
    say::line(&format!("signed by: {}", held.issuer));
    let whole = if held.complete { "all that were found" } else { "not all: older ones were not looked at" };
    say::line(&format!("entries:   {} ({whole}); each says what was recorded", held.leaves.len()));
    let Some(service) = service else {
        say::line("Whether the ledger holds them, it tells itself: --service ADDRESS");
        return Ok(Vec::new());
    };
    let last = held.leaves.keys().next_back().copied();
    let audit = Audit { leaves: held.leaves, ..Audit::of(Source::at(service)?) };
    let report = self::audit(&audit).await?;
    tell(&report);
    if last.is_some_and(|last| last >= report.checkpoint.size) {
        return Err(Stopped::Given("the newest entries are not signed yet: try again in a moment".to_owned()));
    }
    Ok(report.findings)
}

fn of_proofs(files: &[PathBuf], key: &str, policy: Option<&Path>) -> Result<Vec<Finding>, Stopped> {
    let key = read_key(key)?;
    let policy = policy.map(read_policy).transpose()?;
    let mut findings = Vec::new();
    for file in files {
        let uncosigned =
            |note: &str| policy.as_ref().and_then(|policy| quorum::uncosigned(policy, note)).map_or(Ok(()), Err);
        match papers::proof(&read(file)?, &key).and_then(|proved| uncosigned(&proved.seen.note).map(|()| proved)) {
            Ok(proved) => say::line(&format!(
                "{}: entry {} ({}) is in the tree of {} entries",
                file.display(),
                proved.position,
                proved.leaf.kind.as_str(),
                proved.seen.checkpoint.size
            )),
            Err(finding) => findings.push(Finding::Paper(format!("{}: {finding}", file.display()))),
        }
    }
    Ok(findings)
}

/// A checkpoint that somebody kept.
fn older(file: &Path, key: Option<&VerifierKey>) -> Result<Seen, Stopped> {
    let note = read(file)?;
    let key = key.ok_or_else(|| Stopped::Given("an older checkpoint needs the ledger's key: --key".to_owned()))?;
    let checkpoint = checkpoint::verify(key.name(), key.bytes(), note.as_bytes());
    let checkpoint = checkpoint
        .map_err(|_| Stopped::Given(format!("{} is not a checkpoint signed with this key", file.display())))?;
    Ok(Seen { checkpoint, note })
}

/// A key as it stands on the command line, or in a file.
fn read_key(given: &str) -> Result<VerifierKey, Stopped> {
    let text = if given.contains('+') { given.to_owned() } else { read(Path::new(given))? };
    memory::key(text.trim())
}

fn read_policy(file: &Path) -> Result<Policy, Stopped> {
    Policy::parse(&read(file)?).map_err(|cause| Stopped::Given(format!("{}: {cause}", file.display())))
}

fn read(file: &Path) -> Result<String, Stopped> {
    std::fs::read_to_string(file).map_err(|cause| Stopped::Given(format!("{}: {cause}", file.display())))
}
