// A sensitive claim is asked about on a page of its own: lowered and given, by hand and by keyboard alone; and refused.

import assert from "node:assert/strict";
import { Care, elder } from "../care.mjs";

const settings = {
  "zh-Hans": { locale: "zh-Hans" },
  en: { locale: "en", screen: { width: 1280, height: 900 } },
};

export const stories = Object.keys(settings).flatMap((locale) => [
  { name: `deciding: a sensitive claim is lowered and given, in ${locale}`, run: (cast) => lowers(cast, locale) },
  { name: `deciding: a sensitive claim is refused, in ${locale}`, run: (cast) => refuses(cast, locale) },
]).concat([
  { name: "deciding: a sensitive claim is given by keyboard alone", run: byKeyboard },
  { name: "deciding: not now, and a no that is not asked about again", run: notNow },
]);

async function comes(cast, locale) {
  const she = await cast.person(settings[locale]);
  await she.registers(elder(cast.demo));
  await she.fingerOnIt(true);
  const care = Care.of(cast.demo);
  await she.opens(await care.asks());
  await she.page.waitForURL("**/consent/**");
  return { she, care };
}

async function lowers(cast, locale) {
  const { she, care } = await comes(cast, locale);
  const notice = await she.reads(".status p");
  assert.ok(notice.includes(care.name(locale)), notice);
  if (locale === "zh-Hans") assert.ok([...notice].length <= 150, `${[...notice].length}: ${notice}`);
  assert.equal(await she.page.locator("input[name=claim][value=care_level_band]").count(), 0, "no switch for what is sensitive");

  // The phone in its lower form: the value beside the switch follows the choice.
  await she.page.check("input[name=claim][value=phone_masked]");
  const shown = she.page.locator("li:has(input[value=phone_masked]) .claim .value");
  assert.match(await shown.textContent(), /^\d{3}\*{4}\d{4}$/);
  await she.page.check("input[value=phone_tail]");
  assert.match(await shown.textContent(), /^\d{4}$/, "the preview follows");
  await she.page.selectOption("#length", "7d");
  await she.presses("button[value=yes]");

  await she.page.waitForURL("**/own");
  const facts = await she.reads("main");
  for (const key of ["claim-need-care_level_band", "claim-risk-care_level_band", "consent-own-no-say"]) {
    assert.ok(facts.includes(she.say(key)), `${key}: ${facts}`);
  }
  assert.ok(await she.page.isChecked("input[value=care_needed]"), "what tells least is chosen");
  await sameWeight(she);
  await she.page.click("[data-press]");
  await she.page.waitForURL(`${care.redirect}?code=**`);

  await she.opens("/me/apps");
  const chips = await she.allOf(".chip");
  assert.ok(chips.includes(she.say("fact-care_needed-true")), chips.join());
  assert.ok(chips.some((chip) => chip === she.say("fact-phone_tail", { value: chip.match(/\d{4}/)?.[0] })), chips.join());
}

async function refuses(cast, locale) {
  const { she, care } = await comes(cast, locale);
  await she.presses("button[value=yes]");
  await she.page.waitForURL("**/own");
  await she.page.click("button[value=no]");
  await she.page.waitForURL(`${care.redirect}?code=**`);
  await she.opens("/me/apps");
  const chips = await she.allOf(".chip");
  assert.deepEqual(chips, [she.say("fact-over_60-true")], "the rest was given");
  await she.opens("/me/book");
  assert.ok((await she.allOf(".said")).includes(she.say("book-consent-left-out", { client: care.name(locale) })));

  // Asked again with the page: what she said no to stays closed.
  await she.opens(await care.asks({ prompt: "consent" }));
  assert.equal(await she.page.isChecked("input[name=own][value=care_level_band]"), false);
}

// A finger on the device, and nothing else but Tab, Space, arrows and Enter.
async function byKeyboard(cast) {
  const { she, care } = await comes(cast, "zh-Hans");
  await reaches(she, "button[value=yes]");
  await Promise.all([she.page.waitForURL("**/own"), she.page.keyboard.press("Enter")]);
  await reaches(she, "input[name=form]");
  await she.page.keyboard.press("ArrowUp");
  assert.ok(await she.page.isChecked("input[name=form][value=care_level_band]"));
  await she.page.keyboard.press("ArrowDown");
  await reaches(she, "[data-press]");
  await Promise.all([she.page.waitForURL(`${care.redirect}?code=**`), she.page.keyboard.press("Enter")]);
}

async function reaches(she, selector) {
  for (let presses = 0; presses < 60; presses += 1) {
    await she.page.keyboard.press("Tab");
    if (await she.page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`Tab does not reach ${selector}`);
}

async function notNow(cast) {
  const { she, care } = await comes(cast, "zh-Hans");
  await she.page.click("button[value=later]");
  await she.page.waitForURL(`${care.redirect}?error=access_denied**`);
  await she.opens("/me/apps");
  assert.ok((await she.reads("main")).includes(she.say("apps-noes")));

  await she.opens(await care.asks());
  await she.page.click("button[value=no]");
  await she.page.waitForURL(`${care.redirect}?error=access_denied**`);
  await she.opens(await care.asks());
  assert.equal(await she.page.locator("button[value=yes]").count(), 0, "she is not asked again");
  await she.presses("button[value=again]");
  assert.equal(await she.page.locator("button[value=yes]").count(), 1, "unless she wants to be");
}

// Give and don't give: the same size and the same weight.
async function sameWeight(she) {
  const look = (selector) => she.page.locator(selector).evaluate((button) => {
    const { width, height } = button.getBoundingClientRect();
    const { backgroundColor, fontWeight, fontSize } = getComputedStyle(button);
    return { width: Math.round(width), height: Math.round(height), backgroundColor, fontWeight, fontSize };
  });
  assert.deepEqual(await look("button[value=no]"), await look("[data-press]"));
}
