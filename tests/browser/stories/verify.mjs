// A resident's browser checks her visitors' book by itself; then the service lies, each time in another way, and she sees it.

import assert from "node:assert/strict";
import { Demo } from "../demo.mjs";

export const stories = [
  ...["zh-Hans", "en"].map((locale) => ({
    name: `a resident checks her book, and sees the entry that is hidden from her, in ${locale}`,
    run: (cast) => checks(cast, { locale }),
  })),
  { name: "each lie about the ledger is told by its name", patient: true, run: lies },
  { name: "what a page leaves out or calls by another name is seen", patient: true, run: pages },
  { name: "a check that cannot end is told from one that is kept from her", patient: true, run: troubles },
  { name: "whoever signed in a while ago shows the passkey once, and then the book is checked", run: again },
  { name: "without script the evidence is kept as a file", run: withoutScript },
];

const SEEN = "latchkey.ledger";

async function withAnApp({ demo, person }, settings) {
  const she = await person(settings);
  await she.registers(demo.invitation());
  await she.agreesToParking();
  return she;
}

const reads = async (she, demo) => {
  await she.opens(demo.parking);
  await she.page.locator("[data-state=allowed]").waitFor();
};

// Opens the book, waits until her browser has found something, and says what.
async function verdict(she) {
  await she.opens("/me/book");
  await she.page.locator("[data-state]:not([data-state=busy]):not([data-state=ask]):visible").waitFor();
  return she.page.evaluate(() => [...document.querySelectorAll("[data-verify] [data-state]")].find((one) => !one.hidden).dataset.state);
}

const seen = (she) => she.page.evaluate((name) => JSON.parse(localStorage.getItem(name)), SEEN);

const newest = async (she) => (await (await she.page.request.get(`${she.demo.issuer}/me/book/evidence?from=1`)).json()).entries.at(-1);

// Until the newest of her entries is signed; her browser has not looked.
async function signed(she) {
  while (!(await newest(she)).path) await she.page.waitForTimeout(200);
}

// From now on the service answers this address with what `lie` makes of the truth.
async function made(she, address, lie) {
  await she.page.unrouteAll();
  await she.page.route(address, async (route) => {
    const truth = await route.fetch();
    const body = await truth.body();
    await route.fulfill({ response: truth, body: lie(body) });
  });
}
const evidence = (she, lie) => made(she, /\/me\/book\/evidence\?/, (body) => {
  const document = JSON.parse(body);
  lie(document);
  return JSON.stringify(document);
});

async function checks({ person }, settings) {
  // Of its own: somebody changes the database beside the service.
  const demo = await Demo.start();
  try {
    await hides(demo, (more) => person({ at: demo, ...more }), settings);
  } finally {
    await demo.stop();
  }
}

async function hides(demo, person, settings) {
  const she = await withAnApp({ demo, person }, settings);
  assert.equal(await verdict(she), "whole");
  const good = await she.reads("[data-state=whole]");
  const lines = await she.page.evaluate(async () => (await (await fetch("/me/book/evidence?from=1")).json()).counter);
  assert.ok(good.includes(she.say("check-whole", { entries: lines })), good);
  assert.ok(await she.page.isVisible("[data-part-of=first]"), "the first time on this device");
  const first = await seen(she);

  await reads(she, demo);
  assert.equal(await verdict(she), "whole");
  assert.ok(await she.page.isVisible("[data-part-of=since]"), "the second time it compares");
  assert.ok(!(await she.page.isVisible("[data-part-of=first]")));
  assert.ok((await seen(she)).size > first.size);

  // One in the middle is kept from her, and the page is made to look as if nothing were missing.
  await evidence(she, (it) => it.entries.splice(2, 1));
  assert.equal(await verdict(she), "gap");
  assert.ok((await she.reads("[data-state=gap]")).includes(she.say("check-found-gap", { number: 3 })));
  await she.page.unrouteAll();
  assert.equal(await verdict(she), "whole", "when the service tells the truth again, all is there");

  // An app reads, and somebody with the database hides it: it is not found any more, and its number goes to the next one.
  await reads(she, demo);
  await signed(she);
  const { n, position } = await newest(she);
  demo.changes("UPDATE ledger_entry SET tag = randomblob(32) WHERE position = ?", String(position));
  demo.changes("UPDATE resident_key SET counter = counter - 1 WHERE counter = ? AND resident IN (SELECT resident FROM resident_session)", String(n));
  assert.equal(await verdict(she), "hidden");
  assert.ok((await she.reads("[data-state=hidden]")).includes(she.say("check-found-hidden", { number: position })));
}

async function lies(cast) {
  const she = await withAnApp(cast, { locale: "zh-Hans" });
  assert.equal(await verdict(she), "whole");
  const flipped = (text, at) => {
    const bytes = Buffer.from(text, "base64");
    bytes[at] ^= 1;
    return bytes.toString("base64");
  };
  const told = async (lie, code) => {
    await evidence(she, lie);
    assert.equal(await verdict(she), code, lie.toString());
  };
  await told((it) => (it.entries[1].detail = flipped(it.entries[1].detail, 20)), "altered");
  await told((it) => (it.entries[1].detail = null), "altered");
  await told((it) => (it.entries[1].leaf = flipped(it.entries[1].leaf, 20)), "altered");
  await told((it) => (it.entries[1].leaf = flipped(it.entries[1].leaf, 80)), "misplaced");
  await told((it) => (it.entries[1].position += 1), "misplaced");
  await told((it) => (it.entries[1].path[0] = flipped(it.entries[1].path[0], 0)), "misplaced");
  await told((it) => (it.checkpoint = it.checkpoint.replace("\n", "\n1")), "unsigned");
  await told((it) => (it.counter += 1), "gap");
  // What her device has just made up is not there.
  await told((it) => (it.counter = it.entries.length = 1), "stale");

  // A leaf of the public tree is not what was signed.
  await made(she, /\/ledger\/tile\//, (body) => {
    body[body.length - 1] ^= 1;
    return body;
  });
  assert.equal(await verdict(she), "rewritten");
  await she.page.unrouteAll();

  // What this browser saw last time cannot be taken back.
  const remembers = (change) => she.page.evaluate(([name, change]) => localStorage.setItem(name, JSON.stringify({ ...JSON.parse(localStorage.getItem(name)), ...change })), [SEEN, change]);
  const honest = await seen(she);
  for (const [change, code] of [[{ size: honest.size + 1000 }, "shrunk"], [{ root: flipped(honest.root, 0) }, "rewritten"], [{ key: honest.key.replace("latchkey/", "latchkey/0") }, "other-key"]]) {
    await remembers(change);
    assert.equal(await verdict(she), code);
    await remembers(honest);
  }
  // Nothing is signed any more.
  const still = (await (await she.page.request.get(`${she.demo.issuer}/ledger/checkpoint`)).text());
  await made(she, /\/ledger\/checkpoint$/, () => still);
  assert.equal(await verdict(she), "stale");
  await she.page.unrouteAll();
  assert.equal(await verdict(she), "whole");
}

async function pages(cast) {
  const she = await withAnApp(cast, { locale: "zh-Hans" });
  assert.equal(await verdict(she), "whole");
  const told = async (lie, code) => {
    await made(she, "**/me/book", (body) => lie(body.toString()));
    assert.equal(await verdict(she), code, lie.toString());
  };
  await told((page) => page.replace(/data-entry="(\d+)"/, 'data-entry="999999"'), "unshown");
  await told((page) => page.replace(/data-at="(\d+)"/, 'data-at="1"'), "unshown");
  await told((page) => page.replace(/data-recorded="\[1,&#34;[^&]+/, 'data-recorded="[1,&#34;rp-b'), "unshown");
  await told((page) => page.replace(/data-folded="/, 'data-folded="0 '), "unshown");
  const line = /<li data-entry=[^>]*data-recorded="\[1,[^]*?<\/li>\s*(?=<li|<\/ol)/;
  assert.match(await (await she.page.request.get(`${she.demo.issuer}/me/book`)).text(), line);
  await told((page) => page.replace(line, ""), "omitted");
  await told((page) => page.replace(/<ol class="sheet book">[^]*?<\/ol>/g, ""), "omitted");
  await she.page.unrouteAll();

  // What was written after the page was asked for is no lie: it is said, with the way to it.
  let asked = false;
  await she.page.route(/\/me\/book\/challenge$/, async (route) => {
    if (!asked) {
      asked = true;
      const other = await she.context.newPage();
      await other.goto(`${she.demo.issuer}/me/data`);
      await other.close();
    }
    await route.continue();
  });
  assert.equal(await verdict(she), "whole");
  assert.ok((await she.reads("[data-part-of=newer]")).includes(she.say("check-whole-newer", { count: 1 })));
  await she.presses("[data-part-of=newer] a");
  await she.page.locator("[data-state=whole]").waitFor();
  assert.ok(!(await she.page.isVisible("[data-part-of=newer]")));
}

async function troubles(cast) {
  const she = await withAnApp(cast, { locale: "en" });
  assert.equal(await verdict(she), "whole");
  const answers = async (address, settings) => {
    await she.page.unrouteAll();
    await she.page.route(address, (route) => (settings ? route.fulfill(settings) : route.abort()));
    return verdict(she);
  };
  const parts = /\/me\/book\/evidence\?/;
  assert.equal(await answers(parts, { status: 200, body: "nonsense" }), "withheld");
  assert.equal(await answers(parts, { status: 200, body: "{}" }), "withheld");
  assert.equal(await answers(parts, { status: 404 }), "withheld");
  assert.equal(await answers(parts, null), "cannot");
  assert.equal(await answers(/\/ledger\/tile\//, { status: 410 }), "withheld");
  assert.equal(await answers(/\/ledger\/tile\//, { status: 429, headers: { "Retry-After": "1" } }), "cannot");
  // Busy for a whole day is no longer busy.
  await she.page.evaluate(() => localStorage.setItem("latchkey.away", String(Date.now() - 25 * 60 * 60 * 1000)));
  assert.equal(await answers(/\/ledger\/tile\//, { status: 429, headers: { "Retry-After": "1" } }), "withheld");
  await she.page.unrouteAll();
  she.complaints = she.complaints.filter((one) => !/ERR_FAILED/.test(one));
  assert.equal(await verdict(she), "whole");
}

async function again(cast) {
  const she = await withAnApp(cast, { locale: "zh-Hans" });
  // The page as it is after five minutes.
  await made(she, "**/me/book", (body) => body.toString().replace(" data-fresh", "").replace('data-state="ask" hidden', 'data-state="ask"'));
  await she.opens("/me/book");
  await she.page.locator("[data-state=ask]").waitFor();
  await she.page.unrouteAll();
  await she.fingerOnIt(false);
  await she.presses("[data-state=ask] a");
  await she.signsIn("**/me/book");
  await she.page.locator("[data-state=whole]").waitFor();
}

async function withoutScript({ demo, person }) {
  const she = await withAnApp({ demo, person }, { locale: "zh-Hans" });
  const quiet = await person({ locale: "zh-Hans", script: false });
  await quiet.context.addCookies(await she.context.cookies());
  await quiet.opens("/me/book");
  assert.ok((await quiet.reads("[data-verify]")).includes(quiet.say("check-noscript")));
  await quiet.page.click("[data-verify] summary");
  const [file] = await Promise.all([quiet.page.waitForEvent("download"), quiet.page.click("[data-verify] details a")]);
  assert.equal(file.suggestedFilename(), "latchkey-evidence.json");
}
