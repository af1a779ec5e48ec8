// The programs of examples/, as a partner's developer starts them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { answers, shown } from "../resident.mjs";
import { end, root, target } from "../service.mjs";

const node = join(root, "examples/openid-client");

export const stories = [
  { name: "examples/openid-client/partner.mjs", run: nodePartner },
  { name: "examples/openid-client/ordinary.mjs", run: nodeOrdinary },
  { name: "examples/authlib/ordinary.py: a public client", run: python },
  { name: "examples/openidconnect: a public client", run: rust },
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

async function nodeOrdinary({ service, resident }) {
  const PORT = await freePort();
  const program = await service.run("node", ["ordinary.mjs"], { cwd: node, env: { PORT }, ready: "Then open" });
  const manifest = readFileSync(join(node, "reading-room.toml"), "utf8");
  service.register(manifest.replace("localhost:3001", `localhost:${PORT}`));
  const she = await resident();
  const home = `http://localhost:${PORT}`;
  await answers(she, `${home}/sign-in`, { claims: ["name_masked"], back: `${home}/` });
  const first = await shown(she);
  assert.deepEqual(Object.keys(first).sort(), ["name_masked", "sub"]);
  await she.opens(`${home}/refresh`);
  assert.deepEqual(await shown(she), first);
  await end(program);
}

async function python({ service, resident }) {
  const PORT = await freePort();
  const manifest = readFileSync(join(root, "examples/authlib/choir.toml"), "utf8");
  service.register(manifest.replace("localhost:3002", `localhost:${PORT}`));
  const program = await service.run(process.env.PYTHON ?? "python3", ["examples/authlib/ordinary.py"], { env: { PORT }, ready: "Then open" });
  const she = await resident();
  const home = `http://localhost:${PORT}`;
  await answers(she, `${home}/sign-in`, { claims: ["name_masked"], back: `${home}/` });
  const first = await shown(she);
  assert.deepEqual(Object.keys(first).sort(), ["name_masked", "sub"]);
  await she.opens(`${home}/refresh`);
  assert.deepEqual(await shown(she), first);
  await she.opens(`${home}/give-back`);
  assert.deepEqual(await shown(she), { status: 401 });
  await end(program);
}

async function rust({ service, resident }) {
  const PORT = await freePort();
  const manifest = readFileSync(join(root, "examples/openidconnect/newsletter.toml"), "utf8");
  service.register(manifest.replace("localhost:3003", `localhost:${PORT}`));
  const built = join(target, "debug/examples/openidconnect");
  const program = await service.run(built, ["--issuer", service.issuer, "--port", PORT], { ready: "Then open" });
  const she = await resident();
  const home = `http://localhost:${PORT}`;
  await answers(she, `${home}/sign-in`, { claims: ["name_masked"], back: `${home}/` });
  const first = await shown(she);
  assert.deepEqual(Object.keys(first).sort(), ["name_masked", "sub"]);
  await she.opens(`${home}/refresh`);
  assert.deepEqual(await shown(she), first);
  await end(program);
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
