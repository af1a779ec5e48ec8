// A resident's browser checks her visitors' book by itself; then the service lies, each time in another way, and she sees it.

import assert from "node:assert/strict";

export const stories = [
  ...["zh-Hans", "en"].map((locale) => ({
    name: `a resident checks her book, and sees the entry that is hidden from her, in ${locale}`,
    run: (cast) => checks(cast, { locale }),
  })),
  { name: "each lie about the ledger is told by its name", run: lies },
  { name: "whoever signed in a while ago shows the passkey once, and then the book is checked", run: again },
  { name: "without script the evidence is kept as a file", run: withoutScript },
];

const SEEN = "latchkey.ledger";

async function withAnApp({ demo, person }, settings) {
  const she = await person(settings);
  await she.registers(demo.invitation());
  await she.opens(`${demo.parking}/ask`);
  await she.page.waitForURL("**/consent/**");
  await she.page.check("input[value=plate_masked]");
  await she.page.click("button[name=decision][value=yes]");
  await she.page.locator("[data-state=allowed]").waitFor();
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

// How many entries are signed.
const size = async (she) => Number((await (await she.page.request.get(`${she.demo.issuer}/ledger/checkpoint`)).text()).split("\n")[1]);

// Until the newest of her entries is signed; her browser has not looked.
async function signed(she) {
  const newest = async () => (await (await she.page.request.get(`${she.demo.issuer}/me/book/evidence?from=1`)).json()).entries.at(-1).path;
  while (!(await newest())) await she.page.waitForTimeout(200);
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

async function checks({ demo, person }, settings) {
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

  // An app reads, and the service does not show it: neither in the book nor in the evidence.
  await reads(she, demo);
  await signed(she);
  await evidence(she, (it) => {
    it.counter -= 1;
    it.entries = it.entries.filter((entry) => entry.n <= it.counter);
  });
  assert.equal(await verdict(she), "hidden");
  const number = (await she.reads("[data-state=hidden]")).match(/\d+/)[0];
  await she.page.unrouteAll();
  assert.equal(await verdict(she), "whole", "when the service tells the truth again, all is there");
  const newest = await she.page.locator("[data-entry]").first().getAttribute("data-entry");
  assert.equal(number, newest, "the number she was told is that of the read that was hidden");

  // One in the middle goes, and the page is made to look as if nothing were missing.
  await evidence(she, (it) => it.entries.splice(2, 1));
  assert.equal(await verdict(she), "gap");
  assert.ok((await she.reads("[data-state=gap]")).includes(she.say("check-found-gap", { number: 3 })));
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
  await told((it) => (it.counter = it.entries.length = 1), "gap");

  // The page shows a line that is in nobody's ledger.
  await made(she, "**/me/book", (body) => body.toString().replace(/data-entry="(\d+)"/, 'data-entry="999999"'));
  assert.equal(await verdict(she), "unshown");
  // A leaf of the public tree is not what was signed.
  await she.page.unrouteAll();
  const before = await size(she);
  await withAnApp(cast, {});
  while ((await size(she)) === before) await she.page.waitForTimeout(200);
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
  await made(she, /\/me\/book\/evidence\?/, () => "nonsense");
  assert.equal(await verdict(she), "cannot");
  await she.page.unrouteAll();
  await she.page.click("[data-verify-again]");
  await she.page.locator("[data-state=whole]").waitFor();
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
