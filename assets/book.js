// A resident's book, checked by her own device: each entry, the open ledger for any that she was not shown, the page in front
// of her, and all of it against what this device saw before. Nothing of a page in here, and no word of the service believed.
import { Range, WIDTH, Wrong, bundleAt, encoder, follow, grew, hexed, leafHash, rangeOf, readBundle, readCheckpoint, readDetail, readKey, readLeaf, same, sha256, tagger, u64, unbase64, whole } from "/assets/ledger.js";

/** Leaves that one visit reads at most: some ten megabytes. */
export const FAR = 100_000;

const COMMITTED = Uint8Array.of(1);
const SELF_VIEW = 8;
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

// ### Her entries

const shaped = (page) => {
  const texts = [page?.key, page?.checkpoint, page?.resident, page?.tag_key];
  const piece = (one) => whole(one?.n) && whole(one.position) && typeof one.leaf === "string" && (!one.path || Array.isArray(one.path));
  const good = texts.every((text) => typeof text === "string") && whole(page.counter) && Array.isArray(page.entries) && page.entries.every(piece);
  if (!good) throw new Wrong("form", { what: "evidence" });
  return page;
};

const opened = async (piece, resident, tag) => {
  const bytes = unbase64(piece.leaf);
  const [leaf, blind, body] = [readLeaf(bytes), unbase64(piece.blind), unbase64(piece.detail)];
  const detail = readDetail(body);
  const fits = [
    same(leaf.tag, await tag(piece.n)),
    blind.length === 32 && same(await sha256(COMMITTED, blind, body), leaf.detail),
    detail.n === piece.n && detail.resident === resident && Math.floor(detail.at / 3_600_000) === leaf.hour,
  ];
  if (!fits.every(Boolean)) throw new Wrong("altered");
  return { ...detail, position: piece.position, kind: leaf.kind, hash: await leafHash(bytes) };
};

/** Checks one entry: that it is number `n` of this resident, says what was recorded, and stands in the signed tree. */
const checkEntry = async (piece, resident, tag, checkpoint) => {
  const { n, position } = piece;
  const line = await opened(piece, resident, tag).catch(() => {
    throw new Wrong("altered", { n, position });
  });
  if (!piece.path && position >= checkpoint.size) return { ...line, covered: false };
  try {
    const { root } = await follow(line.hash, position, checkpoint.size, piece.path.map(unbase64));
    if (same(root, checkpoint.root)) return { ...line, covered: true };
  } catch {
    // No proof, or one of something else.
  }
  throw new Wrong("misplaced", { n, position });
};

/** Checks all entries of a resident from the first to the last; `part(from, size)` fetches evidence. */
export const checkEntries = async (part, progress = () => {}) => {
  const first = shaped(await part(1, null));
  const key = await readKey(first.key);
  const checkpoint = await readCheckpoint(first.checkpoint, key);
  const tagKey = unbase64(first.tag_key);
  const tag = await tagger(tagKey);
  const lines = [];
  let next = 1;
  for (let page = first; ; page = shaped(await part(next, checkpoint.size))) {
    if (page.key !== first.key || page.tag_key !== first.tag_key || page.resident !== first.resident) throw new Wrong("form", { what: "evidence" });
    for (const piece of page.entries) {
      if (piece.n !== next) throw new Wrong("gap", { n: next });
      const line = await checkEntry(piece, first.resident, tag, checkpoint);
      const before = lines.at(-1);
      if (before && (before.position >= line.position || (line.covered && !before.covered))) throw new Wrong("misplaced", { n: next, position: line.position });
      lines.push(line);
      next += 1;
      progress(lines.length, first.counter);
    }
    if (next > first.counter) break;
    if (page.entries.length === 0) throw new Wrong("gap", { n: next });
  }
  return { lines, checkpoint, key, resident: first.resident, tagKey, tag };
};

// ### What this device saw before

/** Her entries under the checkpoint, all in one hash: nobody makes it without her tag key, and it tells nothing of her. */
const pins = async ({ lines, tagKey }) => {
  let pin = await sha256(encoder.encode("latchkey/pin/v1"), tagKey);
  const all = [pin];
  for (const line of lines.filter((one) => one.covered)) {
    pin = await sha256(pin, u64(line.n), u64(line.position), line.hash);
    all.push(pin);
  }
  return all;
};

// Numbers that were hers stay what they were: a counter that was put back gives one of them out again.
const keepsTo = (own, all) => {
  if (!own) return;
  if (own.n >= all.length) throw new Wrong("gap", { n: all.length });
  if (base64(all[own.n]) !== own.pin) throw new Wrong("replaced", { n: own.n });
};

// The tree that was signed now holds all of the tree that this device saw.
const extend = async (seen, { key, checkpoint }, consistency) => {
  if (seen.key !== key.text) throw new Wrong("other-key");
  if (seen.size > checkpoint.size) throw new Wrong("shrunk", { number: seen.size });
  const path = await consistency(seen.size, checkpoint.size);
  if (!(await grew({ size: seen.size, root: unbase64(seen.root) }, checkpoint, path))) throw new Wrong("rewritten", { number: seen.size });
};

// ### The open ledger

// Where to begin reading: where this device stopped, at the first leaf, or as far back as one visit goes.
const begin = async (own, size, far, consistency) => {
  if (own && size - own.size <= far) return { range: new Range(own.size, own.edge.map(unbase64)), unread: own.unread };
  if (size <= far) return { range: new Range(), unread: 0 };
  let index = Math.floor((size - far) / WIDTH);
  index = Math.max(3, index + 1 - (index % 2)); // no power of two, see rangeOf
  const from = index * WIDTH;
  return from >= size ? { range: new Range(), unread: 0 } : { range: rangeOf(from, size, await consistency(from, size)), unread: from };
};

/**
 * Reads the leaves from the end of `range` to the checkpoint: they must lead to its root, and none may carry a tag of hers
 * but those that she was shown, each in its place. `mine`: tag in hex to position; that of her next entry to -1.
 */
export const readOn = async (range, checkpoint, mine, bundle, progress = () => {}) => {
  while (range.size < checkpoint.size) {
    const index = Math.floor(range.size / WIDTH);
    const width = Math.min(WIDTH, checkpoint.size - index * WIDTH);
    const leaves = readBundle(await bundle(bundleAt(index, width)));
    if (leaves.length !== width) throw new Wrong("form", { what: "bundle" });
    for (const leaf of leaves.slice(range.size - index * WIDTH)) {
      const place = mine.get(hexed(readLeaf(leaf).tag));
      if (place !== undefined && place !== range.size) throw new Wrong("hidden", { position: range.size });
      await range.push(await leafHash(leaf));
    }
    progress(range.size, checkpoint.size);
  }
  if (!same(await range.root(), checkpoint.root)) throw new Wrong("rewritten", { number: checkpoint.size });
};

const tags = async ({ lines, tag }) => {
  const mine = new Map();
  for (const line of lines) mine.set(hexed(await tag(line.n)), line.position);
  mine.set(hexed(await tag(lines.length + 1)), -1);
  return mine;
};

// ### The page

const recorded = ({ kind, client, actor, purpose, claims, outcome, reason }) => JSON.stringify([kind, client, actor, purpose, claims, outcome, reason]);

/**
 * Every line of the page is an entry that was just checked, and says what it says; and none is left out: neither between the
 * first line and the last, nor one that this device knew of before the page was asked for. `page`: its lines, how far down it
 * goes, from which number on, and whether it is sifted. Gives how many were written since it was made.
 */
export const comparePage = (lines, page, seen) => {
  const known = new Map(lines.map((line) => [line.position, line]));
  for (const { number, at, says, folded } of page.lines) {
    const entry = known.get(number);
    if (!entry || Math.floor(entry.at / 1000) !== at || recorded(entry) !== says) throw new Wrong("unshown", { number });
    const odd = folded.find((other) => known.get(other)?.kind !== SELF_VIEW);
    if (odd !== undefined || (folded.length && entry.kind !== SELF_VIEW)) throw new Wrong("unshown", { number: odd ?? number });
  }
  if (page.sifted) return 0;
  const shown = new Set(page.lines.flatMap(({ number, folded }) => [number, ...folded]));
  const missing = lines.filter((line) => line.n > page.below && line.n <= page.top && !shown.has(line.position));
  const newest = Math.max(-1, ...shown);
  const must = missing.filter(({ position }) => position < newest || position < seen);
  if (must.length) throw new Wrong("omitted", { number: must.at(-1).position });
  return missing.filter((line) => line.reason !== "verified").length;
};

// ### All of it

const signed = async (service, position) => {
  for (let tries = 0; tries < 10; tries += 1) {
    const size = Number((await service.checkpoint()).split("\n")[1]);
    if (size > position) return;
    await service.pause();
  }
  throw new Wrong("stale", { number: position });
};

// What this device just made up must stand in the tree that it is shown: one that was held still does not have it.
const challenged = async (service) => {
  const challenge = hexed(globalThis.crypto.getRandomValues(new Uint8Array(16)));
  const { position } = await service.challenge(challenge);
  await signed(service, position);
  return challenge;
};

/**
 * Checks a resident's book. `service`: what fetches from it; `memory`: `read(name)` and `write(name, value)`; `page`: what is
 * in front of her, or null; `asked`: when the page was asked for. Gives what was found; what is wrong is thrown.
 */
export const checkBook = async ({ service, memory, page = null, asked = 0, far = FAR, progress = () => {} }) => {
  const challenge = await challenged(service);
  const checked = await checkEntries(service.part, progress);
  const { lines, checkpoint, key, resident } = checked;
  const answer = lines.find((line) => line.covered && line.notes.get("challenge") === challenge);
  if (!answer) throw new Wrong("stale", { number: checkpoint.size });
  const seen = memory.read("ledger");
  // Under a name that tells nobody who uses this browser whose it is.
  const name = `entries.${base64((await sha256(encoder.encode(resident))).slice(0, 9))}`;
  const own = memory.read(name);
  if (seen) await extend(seen, checked, service.consistency);
  const all = await pins(checked);
  keepsTo(own, all);
  const { range, unread } = await begin(own, checkpoint.size, far, service.consistency);
  await readOn(range, checkpoint, await tags(checked), service.bundle, progress);
  const newer = page ? comparePage(lines, page, seen && seen.at < asked ? seen.size : 0) : 0;
  memory.write("ledger", { key: key.text, size: checkpoint.size, root: base64(checkpoint.root), at: Date.now() });
  memory.write(name, { n: all.length - 1, pin: base64(all.at(-1)), size: range.size, edge: range.hashes.map(base64), unread });
  return { entries: lines.length, checkpoint, seen, newer, unread };
};

