//! Another node of a running service: the same keys, the same database, a memory of its own.

use std::net::SocketAddr;

use latchkey::app::App;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::app::TestApp;
use super::browser::Browser;

/// The other node. Dropping it stops it.
pub struct Node {
    address: SocketAddr,
    _stop: oneshot::Sender<()>,
}

impl TestApp {
    /// Starts another node, by the same clock.
    pub async fn another_node(&self) -> Node {
        let config = latchkey::config::Config::clone(&self.app.config);
        let (app, waiting) = App::open(config, self.app.clock.clone()).await.unwrap();
        tokio::spawn(latchkey::vault::gate::run(app.clone(), waiting));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let served = latchkey::http::serve(app, listener, async {
            let _ = stopped.await;
        });
        tokio::spawn(served);
        Node { address, _stop: stop }
    }
}

impl Node {
    /// A browser that was never here.
    pub fn browser(&self) -> Browser {
        Browser::new(self.address)
    }
}
