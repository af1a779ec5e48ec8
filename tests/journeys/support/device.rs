//! A resident's device, which checks her book with the script of the page: in Node, and with a memory that lasts.

use std::io::{BufRead, BufReader, Lines, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::TestApp;
use super::browser::Browser;

/// The device: what it remembers.
pub struct Device {
    memory: PathBuf,
    /// How many leaves one visit reads at most.
    far: u64,
}

/// The script, and both ends of it.
struct Script {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Device {
    /// One that keeps its memory in this folder.
    pub fn new(folder: &Path) -> Self {
        Self::reading(folder, 100_000)
    }

    /// One that reads so many leaves at a visit.
    pub fn reading(folder: &Path, far: u64) -> Self {
        Self { memory: folder.join("device.json"), far }
    }

    /// What it finds: `whole`, or what is wrong and where. `sign` is called when what it made up stands in the ledger.
    pub async fn checks<F: Future<Output = ()>>(
        &self, town: &TestApp, browser: &Browser, sign: impl FnOnce() -> F,
    ) -> String {
        let script = Script::start(&format!("http://{}", town.address), &browser.cookie_header(), self);
        let (first, mut script) = script.says().await;
        if first != "sign" {
            return first;
        }
        sign().await;
        script.input.write_all(b"signed\n").unwrap();
        let (found, mut script) = script.says().await;
        assert!(script.child.wait().unwrap().success());
        found
    }
}

impl Script {
    fn start(base: &str, cookies: &str, device: &Device) -> Self {
        let mut node = Command::new("node");
        node.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/journeys/support/book.mjs"))
            .args([base, cookies])
            .arg(&device.memory)
            .arg(device.far.to_string());
        let mut child = node.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, input, output }
    }

    /// Its next word; read apart, because the service that it asks runs here.
    async fn says(mut self) -> (String, Self) {
        tokio::task::spawn_blocking(move || (self.output.next().expect("it stopped without a word").unwrap(), self))
            .await
            .unwrap()
    }
}
