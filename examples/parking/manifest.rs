//! How this app introduces itself: the manifest that the operator registers with `latchkey clients register`.

use std::path::Path;

use crate::key::Key;
use crate::partner::PURPOSE;

/// The `client_id` of the manifest.
pub const ID: &str = "sunshine-parking";

/// Writes the manifest. It holds our public key, and nothing secret.
pub fn write(path: &Path, key: &Key, redirect_uri: &str) -> Result<(), String> {
    let (x, y) = key.point();
    let kid = key.thumbprint();
    let text = format!(
        r#"# 阳光停车 / Sunshine Parking, as it introduces itself to Latchkey.
id = "{ID}"
class = "partner"
kind = "company"
controller = "阳光停车服务有限公司"
contact = "李静 0551-6000-1234"
redirect_uris = ["{redirect_uri}"]
purposes = ["{PURPOSE}"]

[name]
zh-Hans = "阳光停车"
en = "Sunshine Parking"

[[jwks.keys]]
kty = "EC"
crv = "P-256"
use = "sig"
alg = "ES256"
kid = "{kid}"
x = "{x}"
y = "{y}"
"#
    );
    std::fs::write(path, text).map_err(|cause| format!("{}: {cause}", path.display()))
}
