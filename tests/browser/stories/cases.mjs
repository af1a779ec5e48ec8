// A resident objects to an access and sees the answer; the book is looked through. On a phone in Chinese, on a desk in
// English, and by keyboard alone.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = new URL("../../../", import.meta.url).pathname;

const settings = {
  "zh-Hans": { locale: "zh-Hans" },
  en: { locale: "en", screen: { width: 1280, height: 900 } },
};

export const stories = [
  ...Object.keys(settings).map((locale) => ({
    name: `objects to an access and sees the answer, in ${locale}`,
    run: (cast) => objects(cast, settings[locale]),
  })),
  { name: "objects by keyboard alone", run: (cast) => byKeyboard(cast) },
  { name: "looks through the book by app", run: (cast) => looksThrough(cast) },
];

async function withARead(demo, person, setting) {
  const she = await person(setting);
  await she.registers(demo.invitation());
  await she.agreesToParking();
  return she;
}

async function objects({ demo, person }, setting) {
  const she = await withARead(demo, person, setting);
  await she.opens("/me/book");
  const line = she.page.locator(".book > li").filter({ has: she.page.locator(".chip") }).first();
  await Promise.all([she.page.waitForEvent("load"), line.locator("a.object").click()]);
  assert.match(await she.reads("h1"), new RegExp(she.say("case-new-heading").replace("?", "\\?")));
  await she.page.fill("#words", "I was not at home.");
  await she.presses("button[name=kind][value=objection]");
  assert.match(she.page.url(), /\/me\/cases\/[0-9a-f]{32}$/);
  assert.ok((await she.reads("main")).includes("I was not at home."));
  assert.ok((await she.reads("main")).includes(she.say("case-not-shared")), "her words stay with the service centre");

  const address = new URL(she.page.url()).pathname;
  await she.opens("/me/cases");
  assert.equal(await she.page.locator(".links a").count(), 1, "one case");

  await staffAnswers(demo, person, setting, address, "We had it deleted.");
  await she.opens("/me/inbox");
  await she.presses(`a[href='${address}']`);
  const page = await she.reads("main");
  assert.ok(page.includes("We had it deleted.") && page.includes(she.say("case-outcome-agreed")), page);
  await she.opens("/me/book");
  assert.equal(await she.page.locator(".plot svg[role=img]").count(), 1, "a chart");
  await she.page.click(".plot summary");
  assert.ok((await she.page.locator(".plot tbody tr").count()) >= 1, "and its table");
}

// A colleague whom the operator invited reads the case at the console and answers it.
async function staffAnswers(demo, person, setting, address, words) {
  const colleague = await person(setting);
  await colleague.opens(invites(demo));
  await colleague.page.click("[data-press]");
  await colleague.page.waitForURL("**/desk");
  await colleague.opens("/desk/cases?show=open");
  const link = address.replace("/me/", "/desk/");
  await colleague.presses(`a[href='${link}']`);
  assert.ok(!(await colleague.reads("main")).includes("I was not at home."), "nobody's words without a press");
  await colleague.presses(`form[action='${link}/read'] button`);
  assert.ok((await colleague.reads("main")).includes("I was not at home."));
  await colleague.page.fill("#words", words);
  await colleague.presses("button[name=outcome][value=agreed]");
}

function invites(demo) {
  const latchkey = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug", "latchkey");
  const arguments_ = ["--config", join(demo.folder, "latchkey.toml"), "people", "invite", "--role", "staff", "--name", "王敏"];
  const said = execFileSync(latchkey, arguments_, { cwd: root, encoding: "utf8" });
  return said.match(/http:\/\/localhost:\d+\/desk\/invitation\/[\w-]+/)[0];
}

// Tab, Enter and Space only.
async function byKeyboard({ demo, person }) {
  const she = await withARead(demo, person, settings["zh-Hans"]);
  await she.opens("/me/book");
  await tabsTo(she, "a.object");
  await Promise.all([she.page.waitForEvent("load"), she.page.keyboard.press("Enter")]);
  await tabsTo(she, "button[value=objection]");
  await Promise.all([she.page.waitForEvent("load"), she.page.keyboard.press("Space")]);
  assert.match(she.page.url(), /\/me\/cases\/[0-9a-f]{32}$/);
}

async function tabsTo(she, selector) {
  for (let n = 0; n < 60; n += 1) {
    await she.page.keyboard.press("Tab");
    if (await she.page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  throw new Error(`the keyboard does not reach ${selector}`);
}

async function looksThrough({ demo, person }) {
  const she = await withARead(demo, person, settings["zh-Hans"]);
  await she.opens("/me/book");
  await she.page.click(".sift summary");
  await she.page.selectOption("#what", "reads");
  await she.presses(".sift button");
  assert.equal(await she.page.locator(".book > li").count(), 1, "the one read");
  assert.match(she.page.url(), /what=reads/);
}
