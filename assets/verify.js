// "Is my book whole?": checks it in this browser (book.js), and says in plain words what it found. What it saw is kept here,
// so that next time nothing can have been taken back.
import { checkBook } from "/assets/book.js";
import { Wrong, unbase64 } from "/assets/ledger.js";

const panel = document.querySelector("[data-verify]");

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

// ### The service

/** The network is gone, or the service is busy: nothing that it said. */
class Away extends Error {}
/** The passkey has to be shown again. */
class Ask extends Error {}

const away = () => {
  throw new Away();
};
const pause = (seconds = 1.2) => new Promise((later) => setTimeout(later, seconds * 1000));
const TRIES = 3;
// Too many requests, or a service that is starting anew: it passes. Whoever says it for a whole day keeps something back.
const BUSY = [429, 502, 503, 504];
const DAY = 24 * 60 * 60 * 1000;

// Gives what `read` makes of the answer. Somebody who answers, and each time without what was asked for, keeps it back.
const answer = async (address, read, init = { cache: "no-store" }) => {
  for (let tries = 1; ; tries += 1) {
    const got = await fetch(address, init).catch(away);
    if (got.ok) return read(got).catch((cause) => (cause instanceof SyntaxError ? Promise.reject(new Wrong("withheld")) : away()));
    if (got.status === 401 || got.status === 403) throw new Ask();
    if (tries >= TRIES) throw BUSY.includes(got.status) ? new Away() : new Wrong("withheld");
    await pause(Math.min(Number(got.headers.get("Retry-After")) || 1.2, 30));
  }
};

const json = (got) => got.json();
const text = (got) => got.text();
const bytes = async (got) => new Uint8Array(await got.arrayBuffer());

const service = {
  pause,
  challenge: (challenge) => {
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRF": panel.dataset.csrf };
    return answer("/me/book/challenge", json, { method: "POST", headers, body: JSON.stringify({ challenge }) });
  },
  checkpoint: () => answer("/ledger/checkpoint", text),
  part: (from, size) => answer(`/me/book/evidence?from=${from}${size === null ? "" : `&size=${size}`}`, json),
  // What was served once stays as it is for ever: the browser may keep it.
  bundle: (address) => answer(`/ledger/tile/${address}`, bytes, {}),
  consistency: async (from, to) => (await answer(`/ledger/consistency?from=${from}&to=${to}`, text)).split("\n").filter(Boolean).map(unbase64),
};

// ### The memory

const memory = {
  read: (name) => {
    try {
      return JSON.parse(localStorage.getItem(`latchkey.${name}`));
    } catch {
      return null; // kept by another version, or storage is switched off: then this is the first time
    }
  },
  write: (name, what) => {
    try {
      localStorage.setItem(`latchkey.${name}`, JSON.stringify(what));
    } catch {
      // A browser that keeps nothing checks all the same; it only cannot compare with last time.
    }
  },
};

// ### The page

const page = () => {
  const turned = new URLSearchParams(location.search);
  const older = document.querySelector("[data-older]");
  const line = ({ dataset }) => ({
    number: Number(dataset.entry),
    at: Number(dataset.at),
    says: JSON.stringify(JSON.parse(dataset.recorded)),
    folded: (dataset.folded ?? "").split(" ").filter(Boolean).map(Number),
  });
  return {
    lines: [...document.querySelectorAll("[data-entry]")].map(line),
    below: older ? Number(new URL(older.href).searchParams.get("from")) : 0,
    top: turned.has("from") ? Number(turned.get("from")) : Infinity,
    sifted: [...turned].some(([name, value]) => name !== "from" && value !== ""),
  };
};

const said = ({ entries, checkpoint, seen, newer, unread }) => {
  const moment = seen && new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" }).format(seen.at);
  const root = btoa(String.fromCharCode(...checkpoint.root)).slice(0, 12);
  show("whole", { entries, moment, newer, partly: unread, size: checkpoint.size, root });
  for (const [name, is] of [["first", !seen], ["since", seen], ["newer", newer > 0], ["partly", unread > 0], ["facts", true]]) {
    panel.querySelector(`[data-part-of=${name}]`).hidden = !is;
  }
};

const run = async () => {
  const progress = (done, all) => done % 64 === 0 && show("busy", { done, all });
  show("busy", { done: 0, all: "…" });
  try {
    const far = Number(panel.dataset.far) || undefined;
    said(await checkBook({ service, memory, page: page(), asked: performance.timeOrigin, far, progress }));
    memory.write("away", null);
  } catch (trouble) {
    if (trouble instanceof Ask) show("ask");
    else if (trouble instanceof Away) {
      const since = memory.read("away") ?? Date.now();
      memory.write("away", since);
      show(Date.now() - since > DAY ? "withheld" : "cannot");
    } else if (!(trouble instanceof Wrong)) show("cannot");
    else {
      const { number, n, position } = trouble.facts;
      // What does not read was not given.
      show(panel.querySelector(`[data-state="${trouble.code}"]`) ? trouble.code : "withheld", { number: number ?? n ?? position });
    }
  }
};

if (panel && "fresh" in panel.dataset) run();
