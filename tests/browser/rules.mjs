// What must hold of every page as a browser lays it out: the rules of accessibility (axe-core, WCAG 2.2 AA), and the
// sizes of 工信部's 适老化 norms. Each gives the list of what is wrong.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export async function inaccessible(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  const { violations } = await page.evaluate((only) => globalThis.axe.run(document, { runOnly: only, resultTypes: ["violations"] }), runOnly);
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ").slice(0, 300)}`);
}

export function unfit(page) {
  return page.evaluate(() => {
    const large = document.documentElement.dataset.mode === "large";
    const told = (what, found) => found.map((one) => `${what}: ${(one.outerHTML ?? one).slice(0, 140)}`);
    const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.className !== "skip";
    const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);

    const least = large ? 60 : 44;
    const targets = all("a, button, summary, select, textarea, label.claim, input:not([type=hidden], .switch)");
    const small = targets.filter((one) => {
      const { width, height } = one.getBoundingClientRect();
      return width < least - 0.5 || height < least - 0.5;
    });

    const texts = all("h1, h2, h3, p, li, dd, dt, th, td, button, a, span, label");
    const cut = texts.filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline");

    const worded = all("body *").filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
    const style = (one) => getComputedStyle(one);
    const px = (one) => parseFloat(style(one).fontSize) * (one.closest("svg") ? one.getScreenCTM().a : 1);
    // Beside an icon or under the community's name, 13 px; in the chart, which has its table, 12.
    const floor = (one) => (large ? 18 : one.closest("svg") ? 12 : one.closest(".tabs, .product") ? 13 : 15);
    const tiny = worded.filter((one) => px(one) < floor(one) - 0.05);
    const tight = worded.filter((one) => !one.closest("svg, [aria-hidden=true]") && parseFloat(style(one).lineHeight) < px(one) * 1.295);
    const titles = large ? all("h1").filter((one) => px(one) < 30) : [];

    const wide = document.documentElement.scrollWidth - innerWidth;
    return [
      ...told(`a target under ${least} px`, small),
      ...told("words that do not fit", cut),
      ...told("type too small", tiny),
      ...told("lines too tight", tight),
      ...told("a title under 30 px", titles),
      ...(wide > 0 ? [`${wide} px wider than the screen`] : []),
    ];
  });
}
