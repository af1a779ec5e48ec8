//! A mail relay on loopback that keeps what it is given: the few commands of RFC 5321 that a client sends.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A mail that was taken.
#[derive(Debug, Clone)]
pub struct Taken {
    pub to: String,
    /// Headers and body as they came over the wire.
    pub text: String,
}

/// The relay, as long as the story's runtime lives.
#[derive(Clone)]
pub struct Postbox {
    pub address: SocketAddr,
    taken: Arc<Mutex<Vec<Taken>>>,
    shut: Arc<Mutex<bool>>,
}

impl Postbox {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let postbox = Self { address: listener.local_addr().unwrap(), taken: Arc::default(), shut: Arc::default() };
        let of = postbox.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, of.clone()));
            }
        });
        postbox
    }

    /// The relay as the settings name it.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// Whether it refuses everything for a while.
    pub fn shut(&self, shut: bool) {
        *self.shut.lock().unwrap() = shut;
    }

    /// What it was given, oldest first.
    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }
}

async fn serve(stream: TcpStream, postbox: Postbox) -> Option<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 postbox.test\r\n").await.ok()?;
    let mut to = String::new();
    while let Some(line) = lines.next_line().await.ok()? {
        let command = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer = match command.as_str() {
            "EHLO" => "250-postbox.test\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
            "MAIL" if *postbox.shut.lock().unwrap() => "451 later\r\n",
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                "250 ok\r\n"
            }
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await.ok()?;
                let mut text = String::new();
                while let Some(line) = lines.next_line().await.ok()?.filter(|line| line != ".") {
                    text.push_str(&line);
                    text.push('\n');
                }
                postbox.taken.lock().unwrap().push(Taken { to: to.clone(), text });
                "250 taken\r\n"
            }
            "QUIT" => "221 bye\r\n",
            _ => "250 ok\r\n",
        };
        writer.write_all(answer.as_bytes()).await.ok()?;
    }
    Some(())
}
