// Every page of the running service, in each language, size of type, theme and width; and what works without script.
// LOOK=WORD looks at the pages whose name has this word alone.

import assert from "node:assert/strict";
import { Cast, unvisited, visitAll } from "../pages.mjs";
import { inaccessible, unfit, unreachable, vanishing } from "../rules.mjs";

const screens = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };
// The narrowest screen (WCAG 1.4.10), and a desk at 200 % zoom (1.4.4).
const narrow = { narrow: { width: 320, height: 640 }, zoomed: { width: 640, height: 450 } };

export const stories = [
  { name: "every page of the product is looked at", run: () => assert.deepEqual(unvisited(), [], "pages/ says how to get there") },
  { name: "every page is easy to see and to press, in zh-Hans", run: (world) => inBothSizes(world, "zh-Hans") },
  { name: "every page is easy to see and to press, in en", run: (world) => inBothSizes(world, "en") },
  { name: "language and size are changed without script", run: withoutScript },
];

// The two sizes beside each other: each keeps one processor busy.
async function inBothSizes(world, locale) {
  const wrong = [];
  const look = async (who, page, mode) => {
    assert.equal(await who.page.getAttribute("html", "data-mode"), mode, page.name);
    assert.equal(await who.page.getAttribute("html", "lang"), locale, page.name);
    wrong.push(...(await faults(who.page, [page.name, mode].join("."))));
  };
  const lost = (page, error) => wrong.push(`${page.name} is not reached: ${error.message.slice(0, 400)}`);
  const walk = (mode) => visitAll(new Cast(world, { locale, mode }), process.env.LOOK ?? "", (who, page) => look(who, page, mode), lost);
  await Promise.all(["standard", "large"].map(walk));
  assert.equal(wrong.join("\n"), "");
}

// What is wrong with the page that is shown, light and dark, on phone and desk, without loading it again.
async function faults(page, name) {
  const wrong = [];
  // As it is where a voice is to be had: one button more.
  await page.evaluate(() => document.querySelector("[data-hear]")?.removeAttribute("hidden"));
  for (const [screen, size] of Object.entries(screens)) {
    await page.setViewportSize(size);
    wrong.push(...(await unfit(page)).map((one) => `${name}.${screen}: ${one}`));
    // All rules for what is there at this width; then, in the dark, those that paint can break.
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const again = colorScheme === "dark";
      wrong.push(...(await inaccessible(page, { again })).map((one) => `${name}.${screen}.${colorScheme}: ${one}`));
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  for (const [screen, size] of Object.entries(narrow)) {
    await page.setViewportSize(size);
    wrong.push(...(await unfit(page, { reflow: true })).map((one) => `${name}.${screen}: ${one}`));
  }
  await page.setViewportSize(screens.phone);
  wrong.push(...[...(await vanishing(page)), ...(await unreachable(page))].map((one) => `${name}: ${one}`));
  return wrong;
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
