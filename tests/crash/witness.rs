//! `kill -9` of a witness in the middle of add-checkpoint, again and again, while its log shows two trees: for one size it
//! never cosigns two roots, it never goes back to a smaller size, and what it answered is what it remembers.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use latchkey::ledger::cosignature::Cosignature;
use latchkey::ledger::verifier_key::VerifierKey;
use latchkey::witness::{key, memory, request};

use crate::support::log::Log;
use crate::support::witness::{Said, add, client};

const ORIGIN: &str = "latchkey/00000000000000000000000000000001";

/// Root by size, of everything that was ever cosigned; and the largest size.
type Cosigned = Arc<Mutex<BTreeMap<u64, [u8; 32]>>>;

/// A witness in a process of its own.
struct Process {
    child: Child,
    address: SocketAddr,
}

impl Process {
    fn start(settings: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_latchkey"));
        let mut child = command
            .args(["witness", "serve"])
            .arg(settings)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
        let address = said.trim_end().rsplit(' ').next().unwrap().parse();
        let address = address.unwrap_or_else(|_| panic!("the witness did not start: {said:?}"));
        Self { child, address }
    }

    /// `kill -9`.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Asks for ever larger trees of one of the two stories, from what the witness says that it saw last, until it is gone.
async fn asks(to: SocketAddr, log: Arc<Log>, key: VerifierKey, cosigned: Cosigned) {
    let (client, mut old) = (client(), 0);
    loop {
        let new = (old + 1).min(log.size);
        let Some(said) = add(&client, to, log.asks(old, new).into_bytes()).await else { return };
        match said {
            Said { status: 200, body, .. } => {
                Cosignature::find(&body, &key, &log.text(new)).unwrap();
                let root = *cosigned.lock().unwrap().entry(new).or_insert(log.root(new).0);
                assert_eq!(root, log.root(new).0, "two trees of {new} entries were cosigned");
                old = new;
            }
            Said { status: 409, kind, body } if kind == "text/x.tlog.size" => {
                old = request::size(body.trim_end()).unwrap();
                if old >= log.size {
                    return;
                }
            }
            // The other story was cosigned: this one is over.
            Said { status: 409 | 422, .. } => return,
            said => panic!("{said:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_witness_that_is_killed_again_and_again_never_cosigns_two_trees() {
    let kills = super::number("CRASH_KILLS", 20);
    let mut seed = super::number("CRASH_SEED", u64::from(std::process::id()));
    println!("CRASH_SEED={seed} CRASH_KILLS={kills}");
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("w");
    let mut log = Log::new(ORIGIN);
    let key = key::make(&home, "witness.example/w1").unwrap();
    let settings = folder.path().join("witness.toml");
    let text = format!("folder = \"{}\"\nlisten = \"127.0.0.1:0\"\nlogs = [\"{}\"]\n", home.display(), log.key());
    fs::write(&settings, text).unwrap();

    let cosigned = Cosigned::default();
    let (mut largest, mut forks) = (0, 0);
    for kill in 0..kills {
        let witness = Process::start(&settings);
        // From what was seen last on, the log goes on in two ways.
        log.grow(400, "entry");
        let mut fork = log_up_to(&log, largest);
        fork.grow(log.size - largest, &format!("story {kill}"));
        // Either may come first.
        let order = if kill % 2 == 0 { [&log, &fork] } else { [&fork, &log] };
        let stories: Vec<_> = order
            .into_iter()
            .flat_map(|story| [story.clone(), story.clone()])
            .map(|story| tokio::spawn(asks(witness.address, Arc::new(story), key.clone(), cosigned.clone())))
            .collect();
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        tokio::time::sleep(Duration::from_millis(10 + (seed >> 33) % 150)).await;
        witness.kill();
        for story in stories {
            story.await.unwrap();
        }
        let note = fs::read(home.join(format!("{}.checkpoint", memory::name(ORIGIN)))).unwrap();
        let (_, kept) = request::read(signed_note::Note::from_bytes(&note).unwrap().text()).unwrap();
        let answered = cosigned.lock().unwrap().last_key_value().map_or((0, [0; 32]), |(size, root)| (*size, *root));
        assert!(kept.size >= answered.0.max(largest), "after kill {kill} it remembers less than it answered");
        assert!(kept.size > answered.0 || kept.root.0 == answered.1, "after kill {kill} it remembers another tree");
        // What was kept and not answered counts as cosigned: it may have been on its way.
        cosigned.lock().unwrap().insert(kept.size, kept.root.0);
        largest = kept.size;
        if fork.root(kept.size) == kept.root {
            forks += usize::from(kept.size > 0 && log.root(kept.size) != kept.root);
            log = fork;
        }
    }
    println!(
        "{kills} kills, {largest} entries seen, {} sizes cosigned, {forks} stories won by the fork",
        cosigned.lock().unwrap().len()
    );
    assert!(largest > 0, "nothing was cosigned: the test tries nothing");
    assert!(kills < 20 || forks > 0, "the fork never came first: the test tries one story");
}

/// The same log as it was at a size.
fn log_up_to(log: &Log, size: u64) -> Log {
    let mut earlier = log.clone();
    earlier.cut(size);
    earlier
}
