// "Is my book whole?": checks it in this browser, with nothing of the service's word but the ledger's signature, and says
// in plain words what it found. What it saw is kept here, so that next time nothing can have been taken back.
import { Wrong, checkBehind, checkEntries, grew, sha256, unbase64 } from "/assets/ledger.js";

const panel = document.querySelector("[data-verify]");
const SEEN = "latchkey.ledger"; // the ledger as this browser saw it last: key, size, root, when
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

const show = (state, facts = {}) => {
  for (const one of panel.querySelectorAll("[data-state]")) one.hidden = one.dataset.state !== state;
  const shown = panel.querySelector(`[data-state="${state}"]`);
  for (const text of [shown, panel.querySelector("[data-part-of=facts]")]) fill(text, facts);
};

// The words come with "{name}" in them; what they were is remembered, because progress fills them many times.
const words = new WeakMap();
const fill = (place, facts) => {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!words.has(node)) words.set(node, node.data);
    node.data = words.get(node).replace(/\{(\w+)\}/g, (all, name) => facts[name] ?? all);
  }
};

const answer = async (address) => {
  const got = await fetch(address, { cache: "no-store" });
  if (!got.ok) throw Object.assign(new Error(address), { status: got.status });
  return got;
};
const part = async (from, size) => {
  const query = size === null ? `from=${from}` : `from=${from}&size=${size}`;
  return (await answer(`${panel.dataset.part}?${query}`)).json();
};
const bundle = async (address) => new Uint8Array(await (await answer(`/ledger/tile/${address}`)).arrayBuffer());
const consistency = async (from, to) => {
  const lines = await (await answer(`/ledger/consistency?from=${from}&to=${to}`)).text();
  return lines.split("\n").filter(Boolean).map(unbase64);
};

const remembered = (name) => {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null; // kept by another version, or storage is switched off: then this is the first time
  }
};
const remember = (name, what) => {
  try {
    localStorage.setItem(name, JSON.stringify(what));
  } catch {
    // A browser that keeps nothing checks all the same; it only cannot compare with last time.
  }
};

// Under a name that tells nobody who uses this browser whose it is.
const counted = async (resident) => `latchkey.entries.${base64((await sha256(new TextEncoder().encode(resident))).slice(0, 9))}`;

// The tree that was signed now holds all of the tree that this browser saw.
const extend = async (seen, { key, checkpoint }) => {
  if (seen.key !== key.text) throw new Wrong("other-key");
  if (seen.size > checkpoint.size) throw new Wrong("shrunk", { number: seen.size });
  const path = await consistency(seen.size, checkpoint.size);
  if (!(await grew({ size: seen.size, root: unbase64(seen.root) }, checkpoint, path))) throw new Wrong("rewritten", { number: seen.size });
};

// Every line of this page is one that was just checked, of the same moment.
const compare = (lines) => {
  const known = new Map(lines.map((line) => [line.position, Math.floor(line.at / 1000)]));
  for (const shown of document.querySelectorAll("[data-entry]")) {
    const number = Number(shown.dataset.entry);
    if (known.get(number) !== Number(shown.dataset.at)) throw new Wrong("unshown", { number });
  }
};

const check = async () => {
  const seen = remembered(SEEN);
  const first = await part(1, null);
  const name = await counted(first.resident);
  const progress = (done, all) => done % 50 === 0 && show("busy", { done, all });
  const checked = await checkEntries(part, remembered(name) ?? 0, progress);
  const { lines, younger, range, checkpoint, key, tag } = checked;
  if (seen) await extend(seen, checked);
  const all = checkpoint.size;
  await checkBehind(range, checkpoint, await tag(lines.length - younger + 1), bundle, (done) => show("busy", { done, all }));
  compare(lines);
  remember(SEEN, { key: key.text, size: checkpoint.size, root: base64(checkpoint.root), at: Date.now() });
  remember(name, lines.length);
  return { lines, younger, checkpoint };
};

const said = (seen, { lines, younger, checkpoint }) => {
  const moment = seen && new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" }).format(seen.at);
  const root = base64(checkpoint.root).slice(0, 12);
  show("whole", { entries: lines.length, moment, younger, size: checkpoint.size, root, witnesses: checkpoint.witnesses });
  for (const [name, is] of [["first", !seen], ["since", seen], ["younger", younger > 0], ["facts", true]]) {
    panel.querySelector(`[data-part-of=${name}]`).hidden = !is;
  }
};

const run = async () => {
  show("busy", { done: 0, all: "…" });
  const seen = remembered(SEEN);
  try {
    let found = await check();
    // What was written in this very second is signed in the next one.
    for (let more = 0; found.younger > 0 && more < 3; more += 1) {
      await new Promise((later) => setTimeout(later, 1200));
      found = await check();
    }
    said(seen, found);
  } catch (trouble) {
    const number = trouble.facts?.number ?? trouble.facts?.n ?? trouble.facts?.position ?? trouble.facts?.size;
    if (trouble.status === 401 || trouble.status === 403) show("ask");
    else if (trouble instanceof Wrong && panel.querySelector(`[data-state="${trouble.code}"]`)) show(trouble.code, { number });
    else show("cannot");
  }
};

if (panel) {
  panel.querySelector("[data-verify-again]").addEventListener("click", run);
  if ("fresh" in panel.dataset) run();
}
