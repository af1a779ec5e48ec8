// Every page of the running service, on phone and desk, light and dark, standard and large: rules of accessibility
// (axe-core), targets of 44 and 60 px, nothing wider than the screen; and what works without script.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { television } from "../television.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.LATCHKEY_SHOTS;
const screens = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };

export const stories = [
  { name: "every page is easy to see and to press, in zh-Hans", run: (cast) => everyPage(cast, "zh-Hans") },
  { name: "every page is easy to see and to press, in en", run: (cast) => everyPage(cast, "en") },
  { name: "language and size are changed without script", run: withoutScript },
];

async function everyPage({ demo, person }, locale) {
  const she = await person({ locale });
  await she.opens(demo.invitation());
  await looked(she, "invitation");
  await she.page.click("[data-press]");
  await she.page.waitForURL("**/me/welcome");
  await looked(she, "welcome");
  const { shown } = await television(demo);
  await she.opens("/device");
  await looked(she, "device");
  await she.opens(shown.verification_uri_complete);
  await looked(she, "device-link");
  await she.presses("main form .go");
  await looked(she, "device-ask");
  await she.presses("button[value=yes]");
  await looked(she, "device-yes");
  await she.opens("/me/welcome");
  await she.presses("form[action='/me/recovery-codes'] button");
  await looked(she, "codes", { reload: false });
  await she.opens(`${demo.parking}/ask`);
  await she.page.waitForURL("**/consent/**");
  await looked(she, "consent");
  await she.page.check("input[value=building_no]");
  await she.page.click("button[value=yes]");
  await she.page.locator("[data-state=allowed]").waitFor();

  for (const place of ["", "/apps", "/book", "/data", "/mine", "/passkeys"]) {
    await she.opens(`/me${place}`);
    await looked(she, `me${place.replace("/", "-")}`);
  }
  await she.opens("/me/apps");
  await she.presses(".rows a.name");
  await looked(she, "app");
  await she.presses("main .stop");
  await looked(she, "stopped", { reload: false });
  await she.opens("/nowhere");
  await looked(she, "error");
  await she.signsOut();
  await looked(she, "signed-out");
  for (const door of ["/sign-in", "/recover"]) {
    await she.opens(door);
    await looked(she, door.slice(1));
  }
}

// The page as it is, in each size, light and screen. A page that answers a POST is not loaded again.
async function looked(she, name, { reload = true } = {}) {
  for (const mode of reload ? ["standard", "large"] : ["standard"]) {
    if (reload && (await she.page.getAttribute("html", "data-mode")) !== mode) await she.presses("button[name=mode]");
    for (const [screen, size] of Object.entries(screens)) {
      await she.page.setViewportSize(size);
      for (const colorScheme of ["light", "dark"]) {
        await she.page.emulateMedia({ colorScheme });
        const what = [name, she.locale, mode, screen, colorScheme].join(".");
        await accessible(she, what);
        if (shots) {
          mkdirSync(shots, { recursive: true });
          await she.page.screenshot({ path: `${shots}/${what}.png`, fullPage: true });
        }
      }
      await easyToPress(she, [name, she.locale, mode, screen].join("."));
    }
  }
  if (reload) await she.presses("button[name=mode]");
}

async function accessible(she, what) {
  await she.page.evaluate(axe);
  const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await she.page.evaluate((only) => globalThis.axe.run(document, { runOnly: only }), runOnly);
  const told = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ").slice(0, 300)}`);
  assert.deepEqual(told, [], `${what} is not accessible`);
}

async function easyToPress(she, what) {
  const found = await she.page.evaluate(() => {
    const least = document.documentElement.dataset.mode === "large" ? 60 : 44;
    const targets = [...document.querySelectorAll("a, button, summary, label.claim, input:not([type=hidden], .switch)")];
    const shown = targets.filter((one) => one.offsetParent && one.className !== "skip");
    const small = shown.filter((one) => {
      const { width, height } = one.getBoundingClientRect();
      return width < least - 0.5 || height < least - 0.5;
    });
    const texts = [...document.querySelectorAll("h1, h2, p, li, dd, dt, button, a, span")].filter((one) => one.offsetParent);
    const cut = texts.filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline");
    return { cut: cut.map((one) => one.outerHTML.slice(0, 120)), small: small.map((one) => one.outerHTML.slice(0, 120)), wide: document.documentElement.scrollWidth - innerWidth };
  });
  assert.deepEqual(found.small, [], `${what} has targets that are too small`);
  assert.deepEqual(found.cut, [], `${what} has words that do not fit`);
  assert.ok(found.wide <= 0, `${what} is ${found.wide} px wider than the screen`);
}

async function withoutScript({ person }) {
  const she = await person({ script: false });
  await she.opens("/sign-in");
  assert.ok((await she.reads("main")).includes(she.say("ceremony-noscript")));
  await she.presses("button[name=mode]");
  assert.equal(await she.page.getAttribute("html", "data-mode"), "large");
  await she.presses("button[name=language]");
  assert.equal(await she.page.getAttribute("html", "lang"), "en");
  assert.equal(new URL(she.page.url()).pathname, "/sign-in", "back where she was");
  await she.opens("/recover");
  await she.page.fill("#code", "AAAA-BBBB");
  await she.presses("main form button");
  assert.equal(await she.page.locator("#code-wrong").count(), 1);
}
