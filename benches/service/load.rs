//! A closed-loop load over loopback: requests made beforehand, sent over so many connections, each timed.

use std::time::{Duration, Instant};

use reqwest::{Client, Request};

/// What a run came to.
pub struct Measured {
    pub per_second: f64,
    pub median: Duration,
    pub p99: Duration,
    /// What was answered, in no order.
    pub bodies: Vec<String>,
}

/// Sends every request once, over `connections` kept alive; panics at the first answer that is not 200, so that a
/// figure never counts refusals.
pub async fn run(connections: usize, requests: Vec<Request>) -> Measured {
    let count = requests.len();
    let mut shares: Vec<Vec<Request>> = (0..connections).map(|_| Vec::new()).collect();
    for (at, request) in requests.into_iter().enumerate() {
        shares[at % connections].push(request);
    }
    let begun = Instant::now();
    let workers: Vec<_> = shares.into_iter().map(|share| tokio::spawn(send(share))).collect();
    let (mut times, mut bodies) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for worker in workers {
        for (time, body) in worker.await.unwrap() {
            times.push(time);
            bodies.push(body);
        }
    }
    let took = begun.elapsed();
    times.sort_unstable();
    let at = |share: f64| times[((count - 1) as f64 * share) as usize];
    Measured { per_second: count as f64 / took.as_secs_f64(), median: at(0.5), p99: at(0.99), bodies }
}

async fn send(share: Vec<Request>) -> Vec<(Duration, String)> {
    let client = Client::builder().pool_max_idle_per_host(1).build().unwrap();
    let mut answers = Vec::with_capacity(share.len());
    for request in share {
        let begun = Instant::now();
        let answer = client.execute(request).await.unwrap();
        let status = answer.status();
        let body = String::from_utf8_lossy(&answer.bytes().await.unwrap()).into_owned();
        let took = begun.elapsed();
        assert!(status.is_success(), "{status}: {body}");
        answers.push((took, body));
    }
    answers
}
