// Who this app is: its key, made at the first start, and the manifest that the operator registers.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// The private key for client assertions (private_key_jwt), and the manifest's file with its public half.
export async function introduce(folder, { id, purpose, redirectUri }) {
  const keyFile = join(folder, `${id}.key.json`);
  if (!existsSync(keyFile)) {
    const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
    const jwk = await crypto.subtle.exportKey("jwk", pair.privateKey);
    writeFileSync(keyFile, JSON.stringify(jwk), { mode: 0o600 });
  }
  const jwk = JSON.parse(readFileSync(keyFile, "utf8"));
  const manifest = join(folder, `${id}.toml`);
  writeFileSync(manifest, `# What Latchkey is told about this app: all of it public.
id = "${id}"
class = "partner"
kind = "company"
controller = "安居养老服务有限公司"
contact = "赵敏 0551-6000-5678"
redirect_uris = ["${redirectUri}"]
purposes = ["${purpose}"]

[name]
zh-Hans = "安居养老"
en = "Home Care"

[[jwks.keys]]
kty = "EC"
crv = "P-256"
kid = "1"
x = "${jwk.x}"
y = "${jwk.y}"
`);
  const key = await crypto.subtle.importKey("jwk", jwk, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  return { manifest, key: { key, kid: "1" } };
}
