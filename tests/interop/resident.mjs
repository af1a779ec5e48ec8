// A resident in her browser: comes in by her invitation, is sent to the service by an app, and answers.

import { Person } from "../browser/person.mjs";

// A resident with a passkey, signed out again: every story begins with a real sign-in.
export async function enrolled(browser, demo, settings = { locale: "en" }) {
  const she = await Person.arrive(browser, demo, settings);
  await she.registers(demo.invitation());
  await she.signsOut();
  return she;
}

// She follows an app's link, signs in when asked to, answers its question, and lands at an address that begins with
// `back`; that address. `asked` tells which pages she saw on the way.
export async function answers(she, link, { claims = [], decision = "yes", back, asked = [] }) {
  const landed = (url) => url.href.startsWith(back);
  const question = (url) => url.pathname.startsWith("/consent/");
  // Her finger is off the sensor until the button is pressed: the quiet offer of the page would sign her in at once.
  await she.fingerOnIt(false);
  await she.opens(String(link));
  if (new URL(she.page.url()).pathname === "/sign-in") {
    asked.push("sign-in");
    await signsIn(she, (url) => landed(url) || question(url));
  }
  if (!landed(new URL(she.page.url()))) {
    asked.push("question");
    await she.page.waitForURL(question);
    for (const claim of claims) await she.page.check(`input[value=${claim}]`);
    await she.page.click(`button[name=decision][value=${decision}]`);
    await she.page.waitForURL(landed);
  }
  return new URL(she.page.url());
}

// With the button, unless the page's quiet offer is faster once her finger is on the sensor.
export async function signsIn(she, arrives) {
  await she.page.locator("[data-autofill]").waitFor();
  await she.fingerOnIt(true);
  she.page.click("[data-press]", { timeout: 2_000 }).catch(() => {});
  await she.page.waitForURL(arrives);
}

// What a page of an example shows.
export async function shown(she) {
  await she.page.waitForLoadState();
  return JSON.parse(await she.page.textContent("pre"));
}
