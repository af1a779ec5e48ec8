// A page to be heard. Chromium without a screen has no voices: a stand-in takes their place, on the browser's side of
// the line, and the page's own script does all the rest.

import assert from "node:assert/strict";

export const stories = [
  { name: "a page is read aloud, in zh-Hans", run: (cast) => aloud(cast, "zh-Hans", "zh-CN") },
  { name: "a page is read aloud, in en", run: (cast) => aloud(cast, "en", "en-GB") },
  { name: "without a voice of its own a device reads nothing aloud", run: noVoice },
];

// Voices as a browser lists them, and what they were given to say.
function voices(list) {
  const said = (globalThis.said = []);
  const sound = {
    getVoices: () => list,
    speak: (speech) => {
      said.push({ text: speech.text, lang: speech.lang, rate: speech.rate });
      speech.onstart();
      if (!globalThis.holdsBreath) setTimeout(() => speech.onend(), 0);
    },
    cancel: () => said.push({ text: "silence" }),
    addEventListener: () => {},
  };
  Object.defineProperty(globalThis, "speechSynthesis", { value: sound });
  globalThis.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
}

async function aloud({ demo, person }, locale, voice) {
  const she = await person({ locale, mode: "large" });
  const cantonese = { lang: "zh-HK", localService: true };
  await she.context.addInitScript(voices, [cantonese, { lang: voice, localService: true }]);
  await she.opens(demo.invitation());
  const button = she.page.locator("[data-hear]");
  assert.equal((await button.textContent()).trim(), she.say("layout-hear"));
  await button.focus();
  await she.page.keyboard.press("Enter");
  await she.page.waitForFunction(() => globalThis.said.at(-1)?.text === "silence");

  const said = await she.page.evaluate(() => globalThis.said.slice(0, -1));
  const heard = said.map((one) => one.text).join("").replaceAll(/\s|\u200b/g, "");
  const sentence = she.say("invitation-what").replaceAll(/\s/g, "");
  assert.ok(heard.startsWith((await she.page.textContent("h1")).replaceAll(/\s|\u200b/g, "")), "the title comes first");
  assert.ok(heard.includes(sentence) && heard.indexOf(sentence) < heard.indexOf(she.say("invitation-button").replaceAll(/\s/g, "")));
  assert.ok(!heard.includes("*"), "a mask is a pause");
  assert.ok(said.every((one) => one.lang === voice && one.rate < 1), "slowly, and not in another tongue");
  assert.equal(await she.page.locator(".heard").count(), 0);

  // Pressed again in the middle, it stops.
  await she.page.evaluate(() => (globalThis.holdsBreath = true));
  await button.click();
  assert.equal(await button.getAttribute("aria-pressed"), "true");
  assert.equal((await button.textContent()).trim(), she.say("layout-hear-stop"));
  assert.equal(await she.page.locator("h1.heard").count(), 1, "the eye finds the place");
  await button.click();
  assert.equal(await button.getAttribute("aria-pressed"), "false");
  assert.equal(await she.page.evaluate(() => globalThis.said.at(-1).text), "silence");
  assert.equal(await she.page.locator(".heard").count(), 0);
}

async function noVoice({ person }) {
  // Chromium as it is: no voice at all.
  const she = await person();
  await she.opens("/sign-in");
  assert.equal(await she.page.locator("[data-hear]").isVisible(), false);
  // A voice that lives on a server would take the page's words there.
  const other = await person();
  await other.context.addInitScript(voices, [{ lang: "zh-CN", localService: false }, { lang: "en-GB", localService: true }]);
  await other.opens("/sign-in");
  assert.equal(await other.page.locator("[data-hear]").isVisible(), false);
}
