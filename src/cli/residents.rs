//! `latchkey residents …`: the roster of a property office comes in.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};

use super::lock::{self, Whom};
use super::{Failure, receive, say, slips};
use crate::clock::Clock;
use crate::config::Config;
use crate::fault::Fault;
use crate::roster::{self, Code, Roster, Verdict};

/// What may be done with residents.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read a roster (CSV in UTF-8 or GB18030, or XLSX) and take in everybody in it who is not here yet.
    ///
    /// What is wrong with a record is told by line; it stays outside and the others go in. The same file again
    /// adds nobody twice. Exit code 0: the file was read, whatever became of its records. 2: it was not.
    Import {
        /// The roster.
        file: PathBuf,
        /// Only say what would happen; nothing is written, and no installation is needed.
        #[arg(long)]
        dry_run: bool,
        /// Write `record,verdict,codes` for every record to this file.
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
        /// Write the invitations of the new residents to this folder, as slips to print.
        #[arg(long, value_name = "DIR", conflicts_with = "dry_run")]
        slips: Option<PathBuf>,
    },
    /// Take in a resident who brings her package from another community.
    ///
    /// The package is believed when one of that community's keys signed it; the record is then judged like a line of a
    /// roster. Fetch the keys yourself from the service you know (`https://…/jwks`), never from the resident.
    Receive(receive::Brought),
    /// Lock a resident: every session, token and link of hers ends, and nothing about her is released.
    Lock(Whom),
    /// Unlock a resident: she may come in again, and apps may ask again.
    Unlock(Whom),
}

pub async fn run(config: Config, command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Import { file, dry_run, report, slips } => import(config, file, dry_run, report, slips).await,
        Command::Receive(brought) => receive::run(config, brought).await,
        Command::Lock(whom) => lock::run(config, whom, true).await,
        Command::Unlock(whom) => lock::run(config, whom, false).await,
    }
}

async fn import(
    config: Config, file: PathBuf, dry_run: bool, report: Option<PathBuf>, out: Option<PathBuf>,
) -> Result<ExitCode, Failure> {
    let roster = roster::open(&file).map_err(|refusal| refused(&refusal))?;
    // Made first: a report that cannot be written is a mistake to hear of before anybody is taken in.
    let report = report.map(File::create).transpose().map_err(|cause| Fault::File("report", cause))?;
    let out = out.map(slips::Folder::make).transpose()?;
    tell_what_was_read(&roster);

    let (verdicts, invitations) = if dry_run {
        (roster::judge_alone(&roster, config.day_of(Clock::System.now())), Vec::new())
    } else {
        let app = super::open(config.clone()).await?;
        let bar = progress(roster.lines.len());
        let outcome = roster::import(&app, &roster, |done| bar.set_position(done.try_into().unwrap_or(0))).await;
        bar.finish_and_clear();
        let outcome = outcome.inspect_err(|_| {
            let through = bar.position();
            say::line(&format!("中断：前 {through} 条已处理；排除故障后再导入同一文件即可，不会重复录入。"));
            say::line(&format!(
                "stopped: {through} records are through; import the same file again, nobody comes in twice."
            ));
        })?;
        (outcome.verdicts, outcome.invitations)
    };
    if let Some(report) = report {
        roster::report::write(report, &verdicts).map_err(|cause| Fault::File("report", cause))?;
    }
    tell_verdicts(&verdicts, dry_run);
    if !dry_run {
        tell_invitations(invitations.len());
    }
    if let Some(out) = out {
        out.write(&config, &Clock::System, &invitations)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn refused(refusal: &roster::Unreadable) -> Failure {
    let words = refusal.words();
    let cause = std::error::Error::source(refusal).map(|cause| format!(": {cause}")).unwrap_or_default();
    Failure::Sentence(format!("{}\n{}{cause}", words.zh, words.en))
}

/// Shown on a terminal only; a log gets the result alone.
fn progress(records: usize) -> ProgressBar {
    let style =
        ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(records.try_into().unwrap_or(u64::MAX)).with_style(style)
}

fn tell_what_was_read(roster: &Roster) {
    if let Some(sheet) = &roster.sheet {
        say::line(&format!("工作表 sheet: {sheet}"));
    }
    for other in &roster.other_sheets {
        say::line(&format!("未读取的工作表 sheet left out: {other}"));
    }
    for heading in &roster.left_out {
        say::line(&format!("不认识的列，未读取 column left out: {heading}"));
    }
}

pub(super) fn tell_verdicts(verdicts: &[Verdict], dry_run: bool) {
    for verdict in verdicts.iter().filter(|verdict| !verdict.is_accepted()) {
        let (line, record) = (verdict.line, verdict.record);
        say::line(&format!("第 {line} 行（第 {record} 条）未录入 · line {line} (record {record}) stays outside"));
        for code in verdict.codes.iter() {
            tell_code(code, "");
        }
    }
    let mut remarks: BTreeMap<Code, usize> = BTreeMap::new();
    for code in verdicts.iter().filter(|verdict| verdict.is_accepted()).flat_map(|verdict| verdict.codes.iter()) {
        *remarks.entry(code).or_default() += 1;
    }
    if !remarks.is_empty() {
        say::line("已录入记录的说明 · remarks on records that are fine (--report tells which)");
    }
    for (code, count) in remarks {
        tell_code(code, &format!(" × {count}"));
    }
    let accepted = verdicts.iter().filter(|verdict| verdict.is_accepted()).count();
    let (all, rejected) = (verdicts.len(), verdicts.len() - accepted);
    let (zh, en) = if dry_run { ("可以录入", "would go in") } else { ("已录入", "went in") };
    say::line(&format!("共 {all} 条：{zh} {accepted} 条，未录入 {rejected} 条。"));
    say::line(&format!("{all} records: {accepted} {en}, {rejected} stay outside."));
    if dry_run {
        say::line("试运行：没有与已在册的居民比对。");
        say::line("dry run: nobody was compared with residents who are here already.");
    }
}

fn tell_code(code: Code, count: &str) {
    let words = code.words();
    say::line(&format!("  {}{count}  {} · {}", code.as_str(), words.zh, words.en));
}

pub(super) fn tell_invitations(count: usize) {
    say::line(&format!("已生成 {count} 份邀请（30 天内有效，只能用一次）。"));
    say::line(&format!("{count} invitations were made (30 days, single use)."));
}
