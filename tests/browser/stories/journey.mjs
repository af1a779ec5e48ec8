// The main journey, on a phone in Chinese and on a desk in English.

import assert from "node:assert/strict";

const settings = {
  "zh-Hans": { locale: "zh-Hans" },
  en: { locale: "en", screen: { width: 1280, height: 900 } },
};

export const stories = Object.keys(settings).map((locale) => ({
  name: `from the invitation to the refused read, in ${locale}`,
  run: (cast) => journey(cast, locale),
}));

async function journey({ demo, person }, locale) {
  const she = await person(settings[locale]);
  await comesIn(she, demo.invitation());
  await she.signsOut();
  await agreesToOneClaim(she, demo);
  const position = await isBooked(she);
  await seesTheAccess(she, position);
  await stopsTheApp(she);
  await seesItRefused(she, demo);
}

async function comesIn(she, invitation) {
  await she.opens(invitation);
  assert.equal(await she.page.getAttribute("html", "lang"), she.locale);
  assert.match(await she.reads(".for strong"), /^\p{L}{1,2}\*$/u, "the name is masked");
  await she.page.click("[data-press]");
  await she.page.waitForURL("**/me/welcome");
  assert.equal(await she.passkeys(), 1);

  await she.presses("form[action='/me/recovery-codes'] button");
  const codes = await she.allOf(".codes .code");
  assert.ok(codes.length >= 8 && new Set(codes).size === codes.length, "a sheet of different codes");
  await she.presses("a.button.go");
  assert.equal(new URL(she.page.url()).pathname, "/me");
  assert.equal(await she.page.locator(".rows > li").count(), 0, "no app sees anything yet");
}

async function agreesToOneClaim(she, demo) {
  await she.opens(demo.parking);
  await she.presses("a.go");
  await she.page.waitForURL("**/sign-in**");
  await she.signsIn("**/consent/**");

  assert.equal(await she.page.getAttribute("html", "lang"), she.locale);
  const values = await she.allOf(".claim .value");
  assert.equal(values.length, 3, "three claims are asked for");
  assert.equal(values[0], she.say("value-true"));
  assert.match(values[1], /^\p{Script=Han}[A-Z]·\*+[A-Z0-9]{3}$/u, "the plate, as it would go out");
  const switches = she.page.locator("input[name=claim]");
  assert.deepEqual(await switches.evaluateAll((all) => all.map((one) => [one.value, one.checked])), [
    ["plate_masked", false],
    ["building_no", false],
  ]);
  await yesAndNoWeighTheSame(she);

  await she.page.check("input[value=plate_masked]");
  await she.page.click("button[name=decision][value=yes]");
  await she.page.waitForURL(`${demo.parking}/**`);
}

async function yesAndNoWeighTheSame(she) {
  const looks = await she.page.locator(".decide button[name=decision]").evaluateAll((all) =>
    all.map((one) => {
      const { width, height } = one.getBoundingClientRect();
      const { color, backgroundColor, borderColor, fontSize, fontWeight } = getComputedStyle(one);
      return { width, height, color, backgroundColor, borderColor, fontSize, fontWeight };
    }),
  );
  assert.equal(looks.length, 2);
  assert.deepEqual(looks[0], looks[1]);
}

// What the app got, and the number of the entry it was told.
async function isBooked(she) {
  const ticket = she.page.locator("[data-state=allowed]");
  await ticket.waitFor();
  const got = await she.page.locator("[data-claim]").evaluateAll((all) => all.map((one) => one.dataset.claim).sort());
  assert.deepEqual(got, ["is_resident", "plate_masked"], "what was refused did not come");
  return Number(await ticket.getAttribute("data-position"));
}

async function seesTheAccess(she, position) {
  await she.opens("/me/book");
  const number = she.page.getByText(she.say("book-number", { number: position.toLocaleString("en") }), { exact: true });
  const line = she.page.locator(".book > li").filter({ has: number });
  assert.equal(await line.count(), 1, `one entry ${position}, the number that the app was told`);
  const chips = await line.locator(".chip").allTextContents();
  assert.deepEqual(chips.sort(), [she.say("claim-is_resident"), she.say("claim-plate_masked")].sort());

  await she.opens("/me");
  assert.equal(await she.page.locator(".rows > li").count(), 1, "one app sees something");
  assert.match(await she.reads("main .answer p"), new RegExp(she.say("claim-plate_masked").replace(/[()（）]/g, ".")));
  assert.equal(await she.page.locator(".chart rect.reads").count(), 1, "a bar for today");
}

async function stopsTheApp(she) {
  await she.presses(".rows .stop");
  assert.ok((await she.reads("main")).includes(she.say("stopped-say")));
}

async function seesItRefused(she, demo) {
  await she.opens(demo.parking);
  const answer = she.page.locator("[data-state=refused]");
  assert.equal(await answer.getAttribute("data-reason"), "consent_withdrawn");

  await she.opens("/me/book");
  const refused = she.page.locator(".book > li.refused").first();
  assert.ok((await refused.textContent()).includes(she.say("reason-consent_withdrawn")), "the reason in words");

  await she.opens("/me/apps");
  assert.equal(await she.page.locator(".rows .stop").count(), 0, "nothing left to stop");
  await she.presses(".quiet a.name");
  assert.match(await she.page.textContent(".jws"), /^[\w-]+\.[\w-]+\.[\w-]+$/, "the receipt stays");
}
