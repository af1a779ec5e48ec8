//! The whole process log, at its most talkative, kept in memory.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use tracing_subscriber::fmt::MakeWriter;

pub type Log = Arc<Mutex<Vec<u8>>>;

#[derive(Clone)]
struct Into(Log);

impl Write for Into {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Into {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Captures everything that is logged from now on, by every crate, down to `trace`.
pub fn capture() -> Log {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(Into(log.clone()));
    subscriber.with_ansi(false).init();
    log
}
