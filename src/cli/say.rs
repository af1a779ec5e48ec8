//! Speaking to the operator: results on standard output, the process log and failures on standard error.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use tracing_subscriber::EnvFilter;

/// One line of result. A closed pipe is not our failure.
pub fn line(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// A failure with its causes; the exit code is 2, so that scripts can tell it from "verified and found broken".
pub fn failure(error: &dyn Error) -> ExitCode {
    let mut out = std::io::stderr().lock();
    let _ = write!(out, "latchkey: {error}");
    let mut cause = error.source();
    while let Some(inner) = cause {
        let text = inner.to_string();
        let _ = write!(out, ": {text}");
        cause = inner.source();
    }
    let _ = writeln!(out);
    ExitCode::from(2)
}

/// Starts the process log: English, no personal data, `RUST_LOG` chooses how much.
pub fn start_log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("latchkey=info,warn"));
    let _ =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).try_init();
}
