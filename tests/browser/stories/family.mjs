// A daughter acts for her father with a mandate and he sees it; each also by keyboard alone where a person would.

import assert from "node:assert/strict";

const settings = {
  "zh-Hans": { locale: "zh-Hans" },
  en: { locale: "en", screen: { width: 1280, height: 900 } },
};

export const stories = [
  ...Object.keys(settings).map((locale) => ({
    name: `a daughter acts for her father with a mandate and he sees it, in ${locale}`,
    run: (cast) => family(cast, locale),
  })),
  { name: "a father asks his daughter for help by keyboard alone", run: byKeyboard },
];

async function family({ demo, person }, locale) {
  const he = await person(settings[locale]);
  const she = await person(settings[locale]);
  await he.registers(demo.invitation());
  await she.registers(demo.invitation());
  await agreesToParking(he);
  await he.fingerOnIt(true);
  await she.fingerOnIt(true);

  const link = await offersHelp(he);
  await she.opens(link);
  assert.match(await she.reads("h1"), /\p{L}\*/u, "his name is masked");
  await acceptsHelp(she);
  await she.presses("main a.button.go");
  assert.match(new URL(she.page.url()).pathname, /^\/for\/[0-9a-f]{32}$/u);
  assert.match(await she.reads(".acting"), /\p{L}\*/u, "the page says for whom she acts");
  await she.presses(".rows .stop");
  assert.match(new URL(she.page.url()).pathname, /^\/for\/.*\/stop$/u);

  // What only he may do has no door.
  const mandate = new URL(she.page.url()).pathname.split("/")[2];
  const answer = await she.page.goto(`${demo.issuer}/for/${mandate}/passkeys`);
  assert.equal(answer.status(), 404);

  await he.opens(`/me/family/${mandate}`);
  assert.ok((await he.allOf(".book .said")).length >= 2, "what she did, and that she looked");
  await he.opens("/me");
  assert.equal(await he.page.locator(".rows > li").count(), 0, "the app is stopped");
  await he.opens(`/me/family/${mandate}`);
  await he.presses("main form .stop");
  const over = await she.page.goto(`${demo.issuer}/for/${mandate}`);
  assert.equal(over.status(), 403, "and the mandate ended at his word");
}

async function agreesToParking(he) {
  await he.opens(`${he.demo.parking}/ask`);
  await he.page.waitForURL("**/consent/**");
  await he.page.click("button[value=yes]");
  await he.page.locator("[data-state=allowed]").waitFor();
}

// Offers what is proposed; the link.
export async function offersHelp(he) {
  await he.opens("/me/family/new/family");
  await he.page.click("[data-press]");
  await he.page.locator(".qr svg").waitFor();
  await he.page.click("main details summary");
  return he.reads(".address code");
}

// On the page of an offer.
export async function acceptsHelp(she) {
  await she.page.click("[data-press]");
  await she.page.waitForURL("**/me/family/*");
}

async function byKeyboard({ demo, person }) {
  const he = await person({ locale: "zh-Hans" });
  await he.registers(demo.invitation());
  await he.opens("/me/family");
  await tabsTo(he, "a[href='/me/family/new']");
  await Promise.all([he.page.waitForURL("**/new"), he.page.keyboard.press("Enter")]);
  await tabsTo(he, "a[href='/me/family/new/temporary']");
  await Promise.all([he.page.waitForURL("**/temporary"), he.page.keyboard.press("Enter")]);
  await tabsTo(he, "input[value=data]");
  await he.page.keyboard.press("Space");
  assert.ok(await he.page.isChecked("input[value=data]"));
  await tabsTo(he, "[data-press]");
  await he.page.keyboard.press("Enter");
  await he.page.locator(".qr svg").waitFor();
}

// Presses Tab until the element has the focus.
async function tabsTo(he, selector) {
  for (let presses = 0; presses < 60; presses += 1) {
    await he.page.keyboard.press("Tab");
    if (await he.page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  assert.fail(`${selector} is not reached by Tab`);
}
