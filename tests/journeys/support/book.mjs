// A resident's device without its screen: the script of her page (assets/book.js) in Node.
//   node book.mjs SERVICE COOKIES MEMORY FAR
// MEMORY is a file, FAR how many leaves one visit reads at most. Says "sign" when it waits for a checkpoint, goes on with the next line of its input, and ends with what
// it found: "whole", "whole from" the first leaf that it read, or a code and a number.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createInterface } from "node:readline";

const [, , base, cookie, file, far] = process.argv;
const module = (text) => `data:text/javascript;base64,${Buffer.from(text).toString("base64")}`;
const asset = (name) => readFileSync(new URL(`../../../assets/${name}`, import.meta.url), "utf8");
const ledger = module(asset("ledger.js"));
const { Wrong, unbase64 } = await import(ledger);
const { checkBook } = await import(module(asset("book.js").replace("/assets/ledger.js", ledger)));

// The name that the service answers to, at the address where it listens (fetch would not say another one than that).
const asked = (address, body, more = {}) =>
  new Promise((resolve, reject) => {
    const headers = { host: "id.test", cookie, ...more };
    const going = request(base + address, { method: body ? "POST" : "GET", headers }, (got) => {
      const parts = [];
      got.on("data", (part) => parts.push(part));
      got.on("end", () => (got.statusCode === 200 ? resolve(Buffer.concat(parts)) : reject(new Wrong("withheld", { number: got.statusCode }))));
    });
    going.on("error", reject);
    going.end(body);
  });
const text = async (address) => (await asked(address)).toString();
const inward = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const csrf = /data-csrf="([^"]+)"/.exec(await text("/me/book"))[1];
const service = {
  pause: () => {},
  challenge: async (challenge) => {
    const said = await asked("/me/book/challenge", JSON.stringify({ challenge }), { "content-type": "application/json", "x-csrf": csrf });
    console.log("sign");
    await inward.next();
    return JSON.parse(said);
  },
  checkpoint: () => text("/ledger/checkpoint"),
  part: async (from, size) => JSON.parse(await text(`/me/book/evidence?from=${from}${size === null ? "" : `&size=${size}`}`)),
  bundle: async (address) => new Uint8Array(await asked(`/ledger/tile/${address}`)),
  consistency: async (from, to) => (await text(`/ledger/consistency?from=${from}&to=${to}`)).split("\n").filter(Boolean).map(unbase64),
};
const kept = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
const memory = {
  read: (name) => kept[name] ?? null,
  write: (name, what) => {
    kept[name] = what;
    writeFileSync(file, JSON.stringify(kept));
  },
};
try {
  const { unread } = await checkBook({ service, memory, far: Number(far) });
  console.log(unread ? `whole from ${unread}` : "whole");
} catch (trouble) {
  if (!(trouble instanceof Wrong)) throw trouble;
  const { number, n, position } = trouble.facts;
  console.log(`${trouble.code} ${number ?? n ?? position ?? ""}`.trim());
}
process.exit(0);
