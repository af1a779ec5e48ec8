//! `rs-v`, a client's own resource server, as a client registers it.

use super::app::TestApp;
use super::partner::Partner;

/// What `rs-v` stands for.
pub const API: &str = "https://api.a.test/";

impl TestApp {
    /// Registers a resource server of 甲公司 for these clients.
    pub async fn resource_server(&self, id: &str, resource: &str, serves: &[&str]) -> Partner {
        let server = self.unregistered(id);
        self.register(&server.manifest_of_server(resource, serves)).await;
        server
    }
}

impl Partner {
    /// How a resource server introduces itself.
    pub fn manifest_of_server(&self, resource: &str, serves: &[&str]) -> String {
        format!(
            "id = \"{}\"\nclass = \"resource_server\"\nkind = \"company\"\ncontroller = \"甲公司\"\n\
             contact = \"李静 0551-6000-1234\"\nresource = \"{resource}\"\nserves = {serves:?}\n\
             scopes = [\"spots:read\", \"spots:write\"]\nname = {{ zh-Hans = \"甲接口\", en = \"API of A\" }}\n{}",
            self.id,
            self.key.in_manifest()
        )
    }
}
