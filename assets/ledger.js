// The ledger, read and checked by whoever likes: tree, proofs, checkpoint, entries, bundles. No library, nothing of a page,
// and no word of the service believed: only WebCrypto. The same code runs in browsers and, for its tests, in Node.

const subtle = globalThis.crypto.subtle;
export const encoder = new TextEncoder();

/** What is wrong, as a code, with the numbers that belong to it. */
export class Wrong extends Error {
  constructor(code, facts = {}) {
    super(`${code} ${JSON.stringify(facts)}`);
    this.code = code;
    this.facts = facts;
  }
}

// ### Bytes

export const join = (...parts) => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

export const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

/** Base64 in its one spelling; anything else is no base64. */
export const unbase64 = (text) => {
  let binary;
  try {
    binary = atob(text);
  } catch {
    throw new Wrong("form", { what: "base64" });
  }
  if (btoa(binary) !== text) throw new Wrong("form", { what: "base64" });
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
};

export const hexed = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export const sha256 = async (...parts) => new Uint8Array(await subtle.digest("SHA-256", join(...parts)));

export const u64 = (number) => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(number));
  return bytes;
};

// ### The tree (RFC 6962 §2.1)

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export const leafHash = (leaf) => sha256(LEAF, leaf);
export const nodeHash = (left, right) => sha256(NODE, left, right);

const half = (number) => Math.floor(number / 2);
const odd = (number) => number % 2 === 1;
export const whole = (number) => Number.isSafeInteger(number) && number >= 0;

/** A tree that only grows, kept as the roots of its complete subtrees, the largest first. */
export class Range {
  constructor(size = 0, hashes = []) {
    this.size = size;
    this.hashes = [...hashes];
  }

  async push(hash) {
    let carried = hash;
    for (let size = this.size; odd(size); size = half(size)) carried = await nodeHash(this.hashes.pop(), carried);
    this.hashes.push(carried);
    this.size += 1;
  }

  async root() {
    if (this.size === 0) return sha256();
    const [...hashes] = this.hashes;
    let root = hashes.pop();
    while (hashes.length) root = await nodeHash(hashes.pop(), root);
    return root;
  }
}

/** Follows a leaf's path (RFC 9162 §2.1.3.2): the root it leads to, and the tree up to and with the leaf. */
export const follow = async (leaf, position, size, path) => {
  if (!whole(position) || !whole(size) || position >= size) throw new Wrong("proof");
  let [at, last, root] = [position, size - 1, leaf];
  const before = [];
  for (const hash of path) {
    if (last === 0) throw new Wrong("proof");
    if (odd(at) || at === last) {
      root = await nodeHash(hash, root);
      before.unshift(hash);
      while (at !== 0 && !odd(at)) [at, last] = [half(at), half(last)];
    } else {
      root = await nodeHash(root, hash);
    }
    [at, last] = [half(at), half(last)];
  }
  if (last !== 0) throw new Wrong("proof");
  const range = new Range(position, before);
  await range.push(leaf);
  return { root, range };
};

/** Whether the tree of `later` begins with all of `earlier` (RFC 9162 §2.1.4.2). */
export const grew = async (earlier, later, path) => {
  if (!whole(earlier.size) || !whole(later.size) || earlier.size > later.size) return false;
  if (earlier.size === later.size) return path.length === 0 && same(earlier.root, later.root);
  if (earlier.size === 0) return path.length === 0;
  const hashes = [...path];
  let [at, last] = [earlier.size - 1, later.size - 1];
  while (odd(at)) [at, last] = [half(at), half(last)];
  const first = at === 0 ? earlier.root : hashes.shift();
  if (!first) return false;
  let [old, fresh] = [first, first];
  for (const hash of hashes) {
    if (last === 0) return false;
    if (odd(at) || at === last) {
      [old, fresh] = [await nodeHash(hash, old), await nodeHash(hash, fresh)];
      while (at !== 0 && !odd(at)) [at, last] = [half(at), half(last)];
    } else {
      fresh = await nodeHash(fresh, hash);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && same(old, earlier.root) && same(fresh, later.root);
};

/**
 * The tree of the first `size` leaves, as the proof shows it that a larger one grew from it (`size` is no power of two, whose
 * subtree such a proof leaves out). Whether it is true the root tells that is reached from it.
 */
export const rangeOf = (size, later, path) => {
  const [first, ...hashes] = path;
  let [at, last] = [size - 1, later - 1];
  while (odd(at)) [at, last] = [half(at), half(last)];
  const before = [first];
  for (const hash of hashes) {
    if (odd(at) || at === last) {
      before.unshift(hash);
      while (at !== 0 && !odd(at)) [at, last] = [half(at), half(last)];
    }
    [at, last] = [half(at), half(last)];
  }
  return new Range(size, before);
};

// ### Checkpoints (C2SP tlog-checkpoint, signed-note)

/** Reads a verifier key: name, id and base64 of 01 ‖ Ed25519 key. */
export const readKey = async (text) => {
  const parts = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  if (!parts) throw new Wrong("form", { what: "key" });
  const [, origin, id, typed] = parts;
  const bytes = unbase64(typed);
  if (bytes.length !== 33 || bytes[0] !== 1) throw new Wrong("form", { what: "key" });
  const named = (await sha256(encoder.encode(`${origin}\n`), bytes)).slice(0, 4);
  if (hexed(named) !== id) throw new Wrong("form", { what: "key" });
  return { origin, id: named, key: bytes.slice(1), text };
};

const NUMBER = /^(0|[1-9][0-9]{0,15})$/;

/** Reads a checkpoint and checks that this key signed it. */
export const readCheckpoint = async (note, key) => {
  const end = note.indexOf("\n\n");
  if (end < 0) throw new Wrong("unsigned");
  const text = note.slice(0, end + 1);
  const signatures = note.slice(end + 2).split("\n").filter(Boolean);
  const [origin, size, root, ...more] = text.slice(0, -1).split("\n");
  if (origin !== key.origin || !NUMBER.test(size) || more.length) throw new Wrong("unsigned");
  const own = signatures.map((line) => /^— (\S+) (\S+)$/.exec(line)).filter((line) => line && line[1] === key.origin);
  for (const [, , encoded] of own) {
    const bytes = unbase64(encoded);
    if (bytes.length !== 68 || !same(bytes.slice(0, 4), key.id)) continue;
    const imported = await subtle.importKey("raw", key.key, "Ed25519", false, ["verify"]);
    if (await subtle.verify("Ed25519", imported, bytes.slice(4), encoder.encode(text))) {
      const hash = unbase64(root);
      if (hash.length !== 32 || !whole(Number(size))) throw new Wrong("unsigned");
      return { size: Number(size), root: hash };
    }
  }
  throw new Wrong("unsigned");
};

// ### Entries

/** Reads CBOR of the ledger: arrays, texts, bytes, integers, null; definite lengths, shortest heads, nothing behind. */
export const readCbor = (bytes) => {
  let at = 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const bad = () => new Wrong("form", { what: "cbor" });
  const head = () => {
    if (at >= bytes.length) throw bad();
    const [major, low] = [bytes[at] >> 5, bytes[at] & 31];
    at += 1;
    if (low < 24) return [major, low];
    const width = { 24: 1, 25: 2, 26: 4, 27: 8 }[low];
    if (!width || at + width > bytes.length) throw bad();
    const value = { 1: () => view.getUint8(at), 2: () => view.getUint16(at), 4: () => view.getUint32(at), 8: () => Number(view.getBigUint64(at)) }[width]();
    at += width;
    const least = { 1: 24, 2: 0x100, 4: 0x10000, 8: 0x100000000 }[width];
    if (value < least || !whole(value)) throw bad();
    return [major, value];
  };
  const take = (length) => {
    if (at + length > bytes.length) throw bad();
    at += length;
    return bytes.slice(at - length, at);
  };
  const item = (depth) => {
    const [major, value] = head();
    if (depth > 4) throw bad();
    if (major === 0) return value;
    if (major === 1) return -1 - value;
    if (major === 2) return take(value);
    if (major === 3) return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(take(value));
    if (major === 4 && value <= bytes.length) return Array.from({ length: value }, () => item(depth + 1));
    if (major === 7 && value === 22) return null;
    throw bad();
  };
  let read;
  try {
    read = item(0);
  } catch {
    throw bad();
  }
  if (at !== bytes.length) throw bad();
  return read;
};

/** Reads a leaf: `01 ‖ kind ‖ hour u32 ‖ tag 32 ‖ detail commitment 32 ‖ review commitment 32`. */
export const readLeaf = (bytes) => {
  if (bytes.length !== 102 || bytes[0] !== 1) throw new Wrong("form", { what: "leaf" });
  const hour = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(2);
  return { kind: bytes[1], hour, tag: bytes.slice(6, 38), detail: bytes.slice(38, 70) };
};

/** Reads a detail: all that was recorded. */
export const readDetail = (bytes) => {
  const parts = readCbor(bytes);
  if (!Array.isArray(parts) || parts.length !== 13 || parts[0] !== 1) throw new Wrong("form", { what: "detail" });
  const [, at, resident, n, client, actor, purpose, claims, consent, outcome, reason, , extra] = parts;
  const notes = (Array.isArray(extra) ? extra : []).filter((note) => Array.isArray(note) && note.length === 2);
  return { at, resident, n, client, actor, purpose, claims, consent, outcome, reason, notes: new Map(notes) };
};

/** Makes the tag of an entry's number under a tag key. */
export const tagger = async (key) => {
  const imported = await subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return async (n) => new Uint8Array(await subtle.sign("HMAC", imported, u64(n)));
};

// ### Bundles (C2SP tlog-tiles)

/** Leaves in a full bundle. */
export const WIDTH = 256;

/** The address of a bundle of leaves (C2SP tlog-tiles). */
export const bundleAt = (index, width) => {
  const parts = [];
  for (let rest = index, first = true; first || rest > 0; rest = Math.floor(rest / 1000), first = false) {
    parts.unshift((first ? "" : "x") + String(rest % 1000).padStart(3, "0"));
  }
  return `entries/${parts.join("/")}${width < WIDTH ? `.p/${width}` : ""}`;
};

export const readBundle = (bytes) => {
  const leaves = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at] * 256 + bytes[at + 1];
    const leaf = bytes.slice(at + 2, at + 2 + length);
    if (!(leaf.length === length && length > 0)) throw new Wrong("form", { what: "bundle" });
    leaves.push(leaf);
    at += 2 + length;
  }
  return leaves;
};
