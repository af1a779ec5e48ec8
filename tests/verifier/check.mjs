// What the script of residents' browsers says of each proof that comes in, one on a line: "holds" or "no".
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";

// The asset as it is served, read as the module it is.
const source = readFileSync(new URL("../../assets/ledger.js", import.meta.url), "utf8");
const { follow, grew, rangeOf, same, unbase64 } = await import(`data:text/javascript;base64,${Buffer.from(source).toString("base64")}`);

// Where such a proof shows the older tree whole, a reader may begin behind it.
const begins = async ({ from, to, old }, hash, path) => {
  const power = Number.isInteger(Math.log2(from));
  return from === 0 || from === to || power || same(await rangeOf(from, to, path).root(), hash(old));
};

const judged = async (it) => {
  const hash = (text) => {
    const bytes = unbase64(text);
    if (bytes.length !== 32) throw new Error("not a hash");
    return bytes;
  };
  const path = it.path.map(hash);
  if (it.kind === "consistency") return (await grew({ size: it.from, root: hash(it.old) }, { size: it.to, root: hash(it.new) }, path)) && begins(it, hash, path);
  return same((await follow(hash(it.leaf), it.position, it.size, path)).root, hash(it.root));
};

let out = [];
for await (const line of createInterface({ input: process.stdin })) {
  const holds = await judged(JSON.parse(line)).catch(() => false);
  out.push(holds ? "holds\n" : "no\n");
  if (out.length >= 10_000) {
    process.stdout.write(out.join(""));
    out = [];
  }
}
process.stdout.write(out.join(""));
