// The real service, as bin/demo starts it, with the command line beside it.

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { Demo } from "../browser/demo.mjs";

export const root = new URL("../../", import.meta.url).pathname;
export const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");

export class Service {
  static async start() {
    const service = new Service();
    service.demo = await Demo.start();
    service.issuer = service.demo.issuer;
    service.folder = join(service.demo.folder, "clients");
    mkdirSync(service.folder);
    service.programs = [];
    service.landing = await land();
    return service;
  }

  // A command of latchkey, on the service's own configuration; what it printed.
  latchkey(...words) {
    const config = join(this.demo.folder, "latchkey.toml");
    return execFileSync(join(target, "debug/latchkey"), ["--config", config, ...words], { encoding: "utf8" });
  }

  // Registers the client of a manifest.
  register(manifest) {
    const id = manifest.match(/^id = "(.+)"$/m)[1];
    const file = join(this.folder, `${id}.toml`);
    writeFileSync(file, manifest);
    return this.latchkey("clients", "register", file);
  }

  // Starts a program and waits until it has said `ready`.
  async run(command, args, { ready, env = {}, cwd = root }) {
    const program = spawn(command, args, { cwd, env: { ...process.env, ISSUER: this.issuer, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    this.programs.push(program);
    let said = "";
    await new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${command} ${args} said nothing of ${ready}:\n${said}`)), 30_000);
      const hear = (chunk) => {
        said += chunk;
        if (said.includes(ready)) resolve(clearTimeout(late));
      };
      program.stdout.on("data", hear);
      program.stderr.on("data", hear);
      program.on("error", reject);
      program.on("exit", (code) => reject(new Error(`${command} ended with ${code}:\n${said}`)));
    });
    return program;
  }

  async stop() {
    for (const program of this.programs) await end(program);
    this.landing.server.close();
    await this.demo.stop();
  }
}

export function end(program) {
  if (program.exitCode !== null || program.signalCode !== null) return undefined;
  const ended = new Promise((resolve) => program.once("exit", resolve));
  program.kill("SIGTERM");
  return ended;
}

// A place on the loopback where residents land who come back from the service; nobody reads what they bring but the story.
function land() {
  return new Promise((resolve) => {
    const server = createServer((_, response) => response.setHeader("Content-Type", "text/html").end("<title>landed</title>"));
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      resolve({ server, port, uri: `http://127.0.0.1:${port}/cb` });
    });
  });
}
