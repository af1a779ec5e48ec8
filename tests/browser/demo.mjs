// A bin/demo on two free ports and in a folder of its own.

import { execFileSync, spawn } from "node:child_process";
import { linkSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = new URL("../../", import.meta.url).pathname;

// How its browsers start.
export const browserFlags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

export class Demo {
  // `clock`: its programs read the time of a clock that the story moves (clock.mjs).
  static async start({ clock } = {}) {
    const demo = new Demo();
    demo.environment = { ...process.env, ...clock?.environment };
    // A compiler whose clock is turned never ends: what bin/demo runs is built by the true time.
    if (clock) execFileSync("cargo", ["build", "--locked", "--quiet", "--bin", "latchkey", "--example", "parking"], { cwd: root });
    demo.folder = mkdtempSync(join(tmpdir(), "latchkey-browser."));
    const port = await freePair(demo.folder);
    demo.claim = claim(port);
    demo.issuer = `http://localhost:${port}`;
    demo.parking = `http://localhost:${port + 1}`;
    demo.process = spawn("bin/demo", ["--port", String(port), "--data", demo.folder], { cwd: root, env: demo.environment, stdio: ["ignore", "pipe", "pipe"] });
    await demo.ready();
    demo.residents = drivers();
    return demo;
  }

  // bin/demo says "Ctrl-C" last, when both programs answer.
  ready() {
    return new Promise((resolve, reject) => {
      let said = "";
      const hear = (chunk) => {
        said += chunk;
        if (said.includes("Ctrl-C")) resolve();
      };
      this.process.stdout.on("data", hear);
      this.process.stderr.on("data", hear);
      this.process.on("exit", (code) => reject(new Error(`bin/demo ended with ${code}:\n${said}`)));
    });
  }

  // The invitation of a grown-up with a car, each time of another one.
  invitation() {
    for (;;) {
      const name = this.residents.shift();
      if (!name) throw new Error("nobody with a car is left to be invited");
      const slips = join(this.folder, "slips");
      const slip = readdirSync(slips).map((file) => join(slips, file)).filter((file) => /\/0[^/]*\.html$/.test(file))
        .map((file) => readFileSync(file, "utf8")).find((text) => text.includes(name));
      const link = slip?.match(/http:\/\/localhost:\d+\/invitation\/[\w-]+/)?.[0];
      if (link) return link;
    }
  }

  // A command of the operator's beside the running service; what it said.
  latchkey(...words) {
    const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
    const config = join(this.folder, "latchkey.toml");
    return execFileSync(join(target, "debug", "latchkey"), ["--config", config, ...words], { cwd: root, env: this.environment, encoding: "utf8" });
  }

  // The link for a new member of staff or auditor.
  invitesPerson(role, name) {
    return this.latchkey("people", "invite", "--role", role, "--name", name).match(/http:\/\/\S+/)[0];
  }

  // Somebody from the end of the roster, whose invitation nobody uses: name, document number, phone, birth date.
  stranger() {
    return record(this.residents.pop());
  }

  // What the roster says of somebody.
  record(name) {
    return record(name);
  }

  // Makes as if the wait of every recovery were over: three days are too long for a test.
  endsTheWait() {
    this.changes("UPDATE desk_recovery SET ready_at = begun_at WHERE ready_at IS NOT NULL");
  }

  // Makes as if the seven days of this sealing were over.
  endsTheSealing(id) {
    this.changes("UPDATE sealing SET final_at = sealed_at WHERE id = ?", id);
    this.changes("UPDATE resident SET seal_final_at = sealed_at WHERE id = (SELECT resident FROM sealing WHERE id = ?)", id);
  }

  // Stops the witness's process where it stands, or lets it go on: it does not answer, as if its machine were off.
  witnessSleeps(sleeps) {
    process.kill(Number(readFileSync(join(this.folder, "witness.pid"), "utf8")), sleeps ? "SIGSTOP" : "SIGCONT");
  }

  // Makes as if the witness had been silent for so many seconds.
  witnessWasSilent(seconds) {
    this.changes("UPDATE witness_quorum SET met_at = unixepoch() - CAST(? AS INTEGER)", String(seconds));
    this.changes("UPDATE witness SET cosigned_at = unixepoch() - CAST(? AS INTEGER)", String(seconds));
  }

  // Changes the database beside the running service. (Node brings no SQLite before 22; Python does.)
  changes(statement, ...values) {
    const script = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], timeout=20); "
      + "db.execute(sys.argv[2], sys.argv[3:]); db.commit()";
    execFileSync("python3", ["-c", script, join(this.folder, "latchkey.db"), statement, ...values]);
  }

  // Registers a client beside the running service, as the operator does.
  registers(id, manifest) {
    const file = join(this.folder, `${id}.toml`);
    writeFileSync(file, manifest);
    this.operator("clients", "register", file);
  }

  // What a command of the operator says, beside the running service.
  operator(...words) {
    const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
    const latchkey = join(target, "debug", "latchkey");
    return execFileSync(latchkey, ["--config", join(this.folder, "latchkey.toml"), ...words], { cwd: root, stdio: "pipe" }).toString();
  }

  // Imports a roster of one beside the running service, as the operator does; the invitation of whom it names.
  imports(name, csv) {
    const file = join(this.folder, `${name}.csv`);
    const slips = join(this.folder, `slips-${name}`);
    writeFileSync(file, csv);
    const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
    const latchkey = join(target, "debug", "latchkey");
    const config = join(this.folder, "latchkey.toml");
    execFileSync(latchkey, ["--config", config, "residents", "import", file, "--slips", slips], { cwd: root, env: this.environment, stdio: "pipe" });
    return this.invitationOf(name, slips);
  }

  // New slips for whoever has none that works, as the operator prints them; the invitation of whom it names.
  renews(name) {
    const slips = join(this.folder, `renewed-${name}`);
    this.latchkey("invitations", "renew", "--out", slips);
    return this.invitationOf(name, slips);
  }

  invitationOf(name, slips) {
    // The index beside the slips names everybody, without whole links.
    const texts = readdirSync(slips).filter((slip) => /^0/.test(slip)).map((slip) => readFileSync(join(slips, slip), "utf8"));
    const link = texts.find((text) => text.includes(name))?.match(/http:\/\/localhost:\d+\/invitation\/[\w-]+/)?.[0];
    if (!link) throw new Error(`no invitation for ${name}`);
    return link;
  }

  async stop() {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(this.claim, { force: true });
  }
}

// Names from the roster that bin/demo imports. 韩军丽 is left to people who look at the demo by hand.
function drivers() {
  const lines = readFileSync(join(root, "tests/data/roster-clean.csv"), "utf8").trim().split(/\r?\n/).slice(1);
  const people = lines.map((line) => line.split(","));
  const names = people.map((person) => person[0]);
  const alone = (name) => names.filter((other) => other === name).length === 1;
  return people.filter((person) => person[11] && person[4] < "2007" && alone(person[0]) && person[0] !== "韩军丽").map((person) => person[0]);
}

function record(name) {
  const lines = readFileSync(join(root, "tests/data/roster-clean.csv"), "utf8").trim().split(/\r?\n/).slice(1);
  const [, , document, , born, phone, building, unit, room] = lines.map((line) => line.split(",")).find((row) => row[0] === name);
  return { name, document, born, phone, building, unit, room };
}

// Two ports, and the witness's, that nobody listens on and no other run has claimed: bin/demo opens them only after it has built.
async function freePair(folder) {
  const mine = join(folder, "claim");
  writeFileSync(mine, String(process.pid));
  for (let port = 18180; port < 18980; port += 2) {
    if (!claimed(port, mine)) continue;
    if ((await free(port)) && (await free(port + 1)) && (await free(port + 1000))) return port;
    rmSync(claim(port), { force: true });
  }
  throw new Error("no two free ports");
}

function claim(port) {
  return join(tmpdir(), `latchkey-browser-${port}.claim`);
}

// A link is made whole or not at all: one of two runs gets it. The claim of a run that ended without giving back is void.
function claimed(port, mine) {
  try {
    linkSync(mine, claim(port));
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  try {
    process.kill(Number(readFileSync(claim(port), "utf8")), 0);
  } catch (error) {
    if (error.code === "ESRCH") rmSync(claim(port), { force: true });
  }
  return false;
}

function free(port) {
  return new Promise((resolve) => {
    const server = createServer().once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
