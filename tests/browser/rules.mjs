// What must hold of every page as a browser lays it out: the rules of accessibility (axe-core, WCAG 2.2 AA), and the
// sizes of 工信部's 适老化 norms. Each gives the list of what is wrong.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// What the theme of a page can change; the rest is its tree and its places, the same in the light and in the dark.
const painted = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "css-orientation-lock"];

// `again`: the same page as before in another theme.
export async function inaccessible(page, { again = false } = {}) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  const { violations } = await page.evaluate((only) => globalThis.axe.run(document, { runOnly: only, resultTypes: ["violations"] }), again ? painted : runOnly);
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ").slice(0, 300)}`);
}

// `reflow` leaves out what is only asked of a screen of ordinary width.
export function unfit(page, { reflow = false } = {}) {
  return page.evaluate((reflow) => {
    const large = document.documentElement.dataset.mode === "large";
    const told = (what, found) => found.map((one) => `${what}: ${(one.outerHTML ?? one).slice(0, 140)}`);
    const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.className !== "skip";
    const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
    const style = (one) => getComputedStyle(one);

    const least = large ? 60 : 44;
    const targets = all("a, button, summary, select, textarea, label.claim, input:not([type=hidden], .switch)");
    // A tick is pressed with the words beside it.
    const pressed = targets.map((one) => (one.matches("[type=checkbox], [type=radio]") && one.closest("label")) || one);
    const small = pressed.filter((one) => {
      const { width, height } = one.getBoundingClientRect();
      return width < least - 0.5 || height < least - 0.5;
    });

    const texts = all("h1, h2, h3, p, li, dd, dt, th, td, button, a, span, label");
    const cut = texts.filter((one) => style(one).clipPath === "none" && one.scrollWidth > one.clientWidth + 1 && style(one).display !== "inline");

    const worded = all("body *").filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
    const px = (one) => parseFloat(style(one).fontSize) * (one.closest("svg") ? one.getScreenCTM().a : 1);
    // Beside an icon or under the community's name, 13 px; in the chart, which has its table, 12.
    const floor = (one) => (large ? 18 : one.closest("svg") ? 12 : one.closest(".tabs, .product") ? 13 : 15);
    const tiny = worded.filter((one) => px(one) < floor(one) - 0.05);
    const tight = worded.filter((one) => !one.closest("svg, [aria-hidden=true]") && parseFloat(style(one).lineHeight) < px(one) * 1.295);
    const titles = large ? all("h1").filter((one) => px(one) < 30) : [];

    // 长辈版: what the page asks for is in sight before anybody scrolls.
    // (Rows of a list have decisions of their own, and what stands aside is not what the page is for.)
    const asked = ["main .decide .button", "main [data-press]:not(.rows *, aside *)", "main .button.go", "main .button.stop"].map(all).find((some) => some.length > 0) ?? [];
    const bottom = innerHeight - (all(".tabs").filter((bar) => style(bar).position === "fixed")[0]?.offsetHeight ?? 0);
    const inSight = (one) => one.getBoundingClientRect().top >= 0 && one.getBoundingClientRect().bottom <= bottom + 0.5;
    const decided = all("main .decide .button").length ? asked : asked.slice(0, 1);
    const below = large && !reflow && innerHeight >= 800 ? decided.filter((one) => !inSight(one)) : [];

    const wide = document.documentElement.scrollWidth - innerWidth;
    return [
      ...told(`a target under ${least} px`, small),
      ...told("words that do not fit", cut),
      ...told("type too small", tiny),
      ...told("lines too tight", tight),
      ...told("a title under 30 px", titles),
      ...told("a decision out of sight", below),
      ...(wide > 0 ? [`${wide} px wider than the screen`] : []),
    ];
  }, reflow);
}

// Forced colours (high contrast): whatever is only a coloured shape elsewhere has an outline there; and nothing moves
// for those who asked for that.
export async function vanishing(page) {
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  const found = await page.evaluate(() => {
    const all = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility());
    const shapes = all.filter((one) => one.matches(".button, .field, .switch, .sheet, .chip"));
    const bare = shapes.filter((one) => parseFloat(getComputedStyle(one).borderTopWidth) === 0);
    const moving = all.filter((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0 || getComputedStyle(one).animationName !== "none");
    return [
      ...bare.map((one) => `no outline in forced colours: ${one.outerHTML.slice(0, 140)}`),
      ...moving.map((one) => `moves: ${one.outerHTML.slice(0, 140)}`),
    ];
  });
  await page.emulateMedia({ forcedColors: "none", reducedMotion: "no-preference" });
  return found;
}

// Tab reaches everything one can press, in the order of the page; each stop has a ring around it and nothing before it.
export async function unreachable(page) {
  const expected = await page.evaluate(() => {
    const selector = "a[href], button, input:not([type=hidden]), select, textarea, summary";
    const shown = [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility() && !one.disabled);
    // Of buttons of one radio group, Tab reaches one.
    const radios = new Set();
    const stops = shown.filter((one) => one.type !== "radio" || (!radios.has(one.name) && radios.add(one.name)));
    globalThis.stops = stops;
    scrollTo(0, 0);
    stops[0].focus(); // the way to the main part; from there on by key
    return stops.length;
  });
  const wrong = [];
  let reached = 1;
  for (let press = 0; press < expected + 3 && reached < expected; press += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const one = document.activeElement;
      if (!one || one === document.body) return null;
      // A scrolling box is a stop of the browser's own.
      const at = globalThis.stops.findIndex((stop) => stop === one || (one.type === "radio" && stop.name === one.name && stop.type === "radio"));
      const ring = getComputedStyle(one);
      const { left, top, width, height } = one.getBoundingClientRect();
      const front = document.elementFromPoint(left + width / 2, top + height / 2);
      const seen = front && (one.contains(front) || front.contains(one));
      return { at, date: one.type === "date", html: one.outerHTML.slice(0, 120), ring: ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2, seen };
    });
    if (!stop || stop.at < 0) continue;
    // Year, month and day of a date are stops of one field.
    if (stop.date && stop.at === reached - 1) press -= 1;
    else if (stop.at !== reached) wrong.push(`Tab comes to ${stop.html} out of turn`);
    if (!stop.ring) wrong.push(`no ring around ${stop.html}`);
    if (!stop.seen) wrong.push(`something covers ${stop.html}`);
    reached = stop.at + 1;
  }
  if (reached < expected) wrong.push(`Tab reaches ${reached} of ${expected} places`);
  return wrong;
}
