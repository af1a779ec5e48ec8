// The programs of examples/, as a partner's developer starts them: each a small web app that a resident visits.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { secretIn } from "../clients.mjs";
import { answers, shown } from "../resident.mjs";
import { end, root, target } from "../service.mjs";

const node = join(root, "examples/openid-client");

// An example: its manifest, the port in it, and how it is started.
const PROGRAMS = {
  "openid-client/ordinary.mjs": {
    manifest: "openid-client/reading-room.toml", port: 3001, needs: "none",
    starts: (cast, env) => cast.service.run("node", ["ordinary.mjs"], { cwd: node, env, ready: "Then open" }),
  },
  "authlib/ordinary.py": {
    manifest: "authlib/choir.toml", port: 3002, needs: "client_secret_basic",
    starts: (cast, env) => cast.service.run(process.env.PYTHON ?? "python3", ["examples/authlib/ordinary.py"], { env, ready: "Then open" }),
  },
  openidconnect: {
    manifest: "openidconnect/newsletter.toml", port: 3003, needs: "client_secret_basic",
    starts: (cast, env) => {
      const words = ["--issuer", cast.service.issuer, "--port", env.PORT, "--client-id", env.CLIENT_ID];
      return cast.service.run(join(target, "debug/examples/openidconnect"), words, { env, ready: "Then open" });
    },
  },
};

const METHODS = {
  "openid-client/ordinary.mjs": ["none", "client_secret_basic"],
  "authlib/ordinary.py": ["none", "client_secret_basic", "client_secret_post", "private_key_jwt"],
  openidconnect: ["none", "client_secret_basic"],
};

export const stories = [
  { name: "examples/openid-client/partner.mjs", run: nodePartner },
  ...Object.entries(METHODS).flatMap(([program, methods]) => methods.map((method) => ({
    name: `examples/${program}, ${method}`,
    run: (cast) => ordinary(cast, program, method),
  }))),
];

async function nodePartner({ service, resident }) {
  const PORT = await freePort();
  const program = await service.run("node", ["partner.mjs"], { cwd: node, env: { PORT, FOLDER: service.folder }, ready: "Then open" });
  service.latchkey("clients", "register", join(service.folder, "home-care.toml"));
  const she = await resident();
  const home = `http://localhost:${PORT}`;
  await answers(she, `${home}/connect`, { claims: ["language"], back: `${home}/` });
  const first = await shown(she);
  assert.equal(first.status, 200);
  assert.deepEqual(Object.keys(first.answer.claims).sort(), ["is_resident", "language"]);
  await she.opens(`${home}/refresh`);
  const second = await shown(she);
  assert.deepEqual([second.status, second.subject], [200, first.subject]);
  assert.ok(Number(second.position) > Number(first.position));
  await she.opens(`${home}/give-back`);
  await she.opens(`${home}/read`);
  assert.deepEqual(await shown(she), { error: "invalid_grant", status: 400 });
  await end(program);
}

async function ordinary(cast, name, method) {
  const { service, resident } = cast;
  const program = PROGRAMS[name];
  const PORT = await freePort();
  const CLIENT_ID = `${name.replaceAll(/[^a-z]/g, "-")}-${method}`;
  const env = { PORT, CLIENT_ID, AUTH_METHOD: method, ...registered(service, program, { PORT, CLIENT_ID, method }) };
  const running = await program.starts(cast, env);
  const she = await resident();
  const home = `http://localhost:${PORT}`;
  await answers(she, `${home}/sign-in`, { claims: ["name_masked"], back: `${home}/` });
  const first = await shown(she);
  assert.deepEqual(Object.keys(first).sort(), ["name_masked", "sub"]);
  for (let time = 0; time < 2; time += 1) {
    await she.opens(`${home}/refresh`);
    assert.deepEqual(await shown(she), first, "the same resident, and what she agreed to");
  }
  if (name.startsWith("authlib")) await asksAndGivesBack(she, home, method);
  await end(running);
}

async function asksAndGivesBack(she, home, method) {
  await she.opens(`${home}/status`);
  const stands = await shown(she);
  if (method === "none") assert.equal(stands.error, "invalid_client", "anybody could be a public client");
  else assert.deepEqual([stands.active, stands.token_type], [true, "Bearer"]);
  await she.opens(`${home}/give-back`);
  assert.deepEqual(await shown(she), { status: 401 });
}

// Registers the example's own manifest, with another id, port and method; what the program must know besides.
function registered(service, program, { PORT, CLIENT_ID, method }) {
  let manifest = readFileSync(join(root, "examples", program.manifest), "utf8")
    .replace(/^id = .*$/m, `id = "${CLIENT_ID}"`)
    .replace(`localhost:${program.port}`, `localhost:${PORT}`)
    .replace(/^token_endpoint_auth_method.*\n/m, "");
  manifest = manifest.replace("\n[name]", `token_endpoint_auth_method = "${method}"\n\n[name]`);
  const known = {};
  if (method === "private_key_jwt") {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    known.KEY_FILE = join(service.folder, `${CLIENT_ID}.pem`);
    writeFileSync(known.KEY_FILE, privateKey.export({ type: "pkcs8", format: "pem" }));
    const jwk = Object.entries(publicKey.export({ format: "jwk" })).map(([member, value]) => `${member} = "${value}"`);
    manifest += `\n[[jwks.keys]]\n${jwk.join("\n")}\n`;
  }
  const said = service.register(manifest);
  if (method.startsWith("client_secret")) known.CLIENT_SECRET = secretIn(said);
  return known;
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
