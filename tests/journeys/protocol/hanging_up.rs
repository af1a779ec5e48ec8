//! Clients that hang up in the middle of a request or of its answer (T-RACE-9). `RACE_ROUNDS` times five; 1,000 by
//! default.

use std::collections::HashSet;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

use super::races::rounds;
use super::{Scene, scene};
use crate::support::database::Database;

/// A push, or a read, as bytes on the line.
fn request(scene: &Scene, token: &str, push: bool) -> String {
    if !push {
        let proof = scene.a.proof("GET", "/vault/claims", Some(token));
        return format!(
            "GET /vault/claims HTTP/1.1\r\nhost: id.test\r\nauthorization: DPoP {token}\r\ndpop: {proof}\r\n\r\n"
        );
    }
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(scene.a.authentication())
        .extend_pairs(scene.a.request().into_iter().filter(|(name, _)| name != "client_id"))
        .finish();
    format!(
        "POST /par HTTP/1.1\r\nhost: id.test\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Sends so much of a request, reads so much of the answer, hangs up; what it had read by then.
async fn hang_up(address: std::net::SocketAddr, request: Vec<u8>, read: usize) -> String {
    let mut line = TcpStream::connect(address).await.unwrap();
    line.write_all(&request).await.unwrap();
    let mut answer = vec![0; read];
    let mut got = 0;
    while got < read {
        match line.read(&mut answer[got..]).await {
            Ok(more) if more > 0 => got += more,
            _ => break,
        }
        // The answer has ended; the server would keep the line open.
        if String::from_utf8_lossy(&answer[..got]).contains("}") {
            break;
        }
    }
    String::from_utf8_lossy(&answer[..got]).into_owned()
}

/// Numbers that differ each time, and are the same in every run.
fn scattered(n: usize, below: usize) -> usize {
    let mixed = (n as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66;
    usize::try_from((mixed >> 20) % below as u64).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn race_9_and_v93_clients_that_hang_up_leave_nothing_open_and_lose_nothing_acknowledged() {
    let scene = scene().await;
    let token = scene.tokens().await.member("access_token");
    let abreast = Arc::new(Semaphore::new(64));
    let mut tasks = Vec::new();
    for n in 0..rounds() * 5 {
        let bytes = request(&scene, &token, n % 2 == 0).into_bytes();
        // A third send everything and wait for the whole answer, a third hang up in it, a third in their request.
        let (sent, read) = match n % 3 {
            0 => (bytes.len(), 8192),
            1 => (bytes.len(), scattered(n, 600)),
            _ => (scattered(n, bytes.len()), 0),
        };
        let permit = Arc::clone(&abreast).acquire_owned().await.unwrap();
        let address = scene.town.address;
        tasks.push(tokio::spawn(async move {
            let answer = hang_up(address, bytes[..sent].to_vec(), read).await;
            drop(permit);
            answer
        }));
    }
    let mut handles = Vec::new();
    let mut positions = HashSet::new();
    for task in tasks {
        let answer = task.await.unwrap();
        assert!(!answer.starts_with("HTTP/1.1 5"), "{answer}");
        if let Some((_, after)) = answer.split_once("\"request_uri\":\"")
            && let Some((handle, _)) = after.split_once('"')
        {
            handles.push(handle.to_owned());
        }
        if let Some((_, after)) = answer.split_once("ledger-position: ") {
            let position: i64 = after.lines().next().unwrap().parse().unwrap_or(-1);
            assert!(position < 0 || positions.insert(position), "one entry for two reads");
        }
    }
    assert!(handles.len() > rounds() / 2 && positions.len() > rounds() / 2, "{} {}", handles.len(), positions.len());
    assert_nothing_acknowledged_is_lost(&scene, handles, positions).await;
    assert_nothing_waits(&scene, &token).await;
}

async fn assert_nothing_acknowledged_is_lost(scene: &Scene, handles: Vec<String>, positions: HashSet<i64>) {
    for handle in handles {
        let answer = scene.town.browser().get(&scene.a.address(&handle)).await.expect(303);
        assert!(answer.location().unwrap().starts_with("/sign-in"));
    }
    let last = positions.into_iter().max().unwrap();
    assert!(scene.town.count("ledger_entry").await > last);
}

/// As many reads at once as were hanging before are answered, and no transaction is left open.
async fn assert_nothing_waits(scene: &Scene, token: &str) {
    let reads = (0..64).map(|_| scene.a.reads("/vault/claims", token));
    for answer in futures_of(reads).await {
        answer.expect(200);
    }
    if Database::is_postgres() {
        let idle = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()
                       AND state LIKE 'idle in transaction%' AND state_change < now() - interval '1 second'";
        assert_eq!(scene.town.number(idle).await, 0);
    }
}

/// Polls all of them, and waits for all.
async fn futures_of<F: Future>(all: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut pending: Vec<_> = all.map(Box::pin).collect();
    let mut done = Vec::with_capacity(pending.len());
    std::future::poll_fn(|context| {
        pending.retain_mut(|one| match one.as_mut().poll(context) {
            std::task::Poll::Ready(output) => {
                done.push(output);
                false
            }
            std::task::Poll::Pending => true,
        });
        if pending.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done
}
