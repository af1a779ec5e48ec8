// Pause and resume; stop, and what became of the data; what is never given. On a phone, in both languages, and by keyboard.

import assert from "node:assert/strict";

export const stories = [
  ...["zh-Hans", "en"].map((locale) => ({
    name: `pause, resume and withdraw, in ${locale}`,
    run: (cast) => standing(cast, { locale }, (she, selector) => she.presses(selector)),
  })),
  { name: "pause, resume and withdraw by keyboard alone", run: (cast) => standing(cast, { locale: "zh-Hans" }, byKeys) },
  { name: "what is never given does not go out, large", run: never },
];

async function agrees({ demo, person }, settings) {
  const she = await person(settings);
  await she.registers(demo.invitation());
  await she.agreesToParking();
  return she;
}

// Tab until the focus is there, then Enter, and the page that comes of it.
async function byKeys(she, selector) {
  for (let steps = 0; steps < 80; steps += 1) {
    await she.page.keyboard.press("Tab");
    if (await she.page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) {
      await Promise.all([she.page.waitForEvent("load"), she.page.keyboard.press("Enter")]);
      return;
    }
  }
  assert.fail(`${selector} cannot be reached by Tab`);
}

async function readsRefused(she, demo, reason) {
  await she.opens(demo.parking);
  assert.equal(await she.page.locator("[data-state=refused]").getAttribute("data-reason"), reason);
}

async function standing(cast, settings, presses) {
  const she = await agrees(cast, settings);
  await she.opens("/me/apps");
  await presses(she, ".rows a.name");
  await presses(she, "form[action$='/pause'] button");
  assert.ok((await she.reads("main")).includes(she.say("app-paused-say")));
  await readsRefused(she, cast.demo, "consent_paused");

  await she.opens("/me/apps");
  await presses(she, "form[action$='/resume'] button");
  assert.equal(await she.page.locator("form[action$='/pause'] button").count(), 1, "it may be paused again");
  await she.opens(cast.demo.parking);
  await she.page.locator("[data-state=allowed]").waitFor();

  await she.opens("/me/apps");
  await presses(she, ".rows .stop");
  assert.ok((await she.reads("main")).includes(she.say("stopped-say")));
  await readsRefused(she, cast.demo, "consent_withdrawn");
  await she.opens("/me/apps");
  await presses(she, ".quiet a.name");
  assert.ok((await she.reads("main")).includes(she.say("deletion-ordered-note")), "the order to delete, and by when");
}

async function never(cast) {
  const she = await agrees(cast, { mode: "large" });
  await she.opens("/me/apps");
  await she.presses("a[href='/me/never']");
  const row = she.page.locator(".nevers > li").filter({ hasText: she.say("claim-plate_masked") });
  await row.locator("summary").click();
  await Promise.all([she.page.waitForEvent("load"), row.locator("button[name=keep][value=anybody]").click()]);
  assert.ok((await she.reads("main")).includes(she.say("never-anybody-says")));
  await she.opens(cast.demo.parking);
  await she.page.locator("[data-state=allowed]").waitFor();
  const got = await she.page.locator("[data-claim]").evaluateAll((all) => all.map((one) => one.dataset.claim));
  assert.ok(!got.includes("plate_masked"), "it did not come");
}
