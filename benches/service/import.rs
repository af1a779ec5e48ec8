//! How long a roster takes to come in, and how much memory at its peak.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Seconds, and the peak of resident memory in MiB.
pub fn run(config: &Path, roster: &Path) -> (f64, f64) {
    let begun = Instant::now();
    let mut import = Command::new(env!("CARGO_BIN_EXE_latchkey"))
        .arg("--config")
        .arg(config)
        .args(["residents", "import"])
        .arg(roster)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", import.id());
    let mut peak = 0.0;
    let ended = loop {
        if let Ok(text) = std::fs::read_to_string(&status) {
            peak = high_water(&text).unwrap_or(peak);
        }
        if let Some(ended) = import.try_wait().unwrap() {
            break ended;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    assert!(ended.success());
    (begun.elapsed().as_secs_f64(), peak)
}

fn high_water(status: &str) -> Option<f64> {
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}
