// A clock for programs that cannot wait: they ask the machine for the time as always, and Debian's libfaketime, between
// them and the machine, answers with some days more. How long something takes (a timer's minute) stays as it is.

import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class Clock {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "latchkey-clock."));
    this.file = join(this.folder, "ahead");
    this.ahead(0);
    this.environment = {
      LD_PRELOAD: library(),
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_CACHE_DURATION: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      NO_FAKE_STAT: "1",
    };
  }

  // From the next second on it is so many days later.
  ahead(days) {
    writeFileSync(this.file, `+${days}d\n`);
  }

  stop() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function library() {
  const folders = readdirSync("/usr/lib").map((folder) => join("/usr/lib", folder, "faketime/libfaketimeMT.so.1"));
  const found = folders.find((file) => existsSync(file));
  if (!found) throw new Error("please install libfaketime: sudo apt-get install libfaketime");
  return found;
}
