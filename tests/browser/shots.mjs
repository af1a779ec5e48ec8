// A picture of every page, phone and desktop, in both languages and both sizes of type, light and dark, into shots/.
//
//   npm run shots                 all of them (some minutes)
//   npm run shots -- WORD         pages whose name has this word
//   npm run shots -- WORD light   without the dark ones
//
// The pages are those of pages.mjs, of a bin/demo of its own. shots/index.html shows them side by side.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { browserFlags, Demo } from "./demo.mjs";
import { Cast, visitAll } from "./pages.mjs";
import { Person } from "./person.mjs";

const [word = "", theme] = process.argv.slice(2);
const themes = theme ? [theme] : ["light", "dark"];
const screens = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };
const folder = new URL("shots/", import.meta.url).pathname;

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const demo = await Demo.start();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: browserFlags });
const taken = new Map();
try {
  for (const locale of ["zh-Hans", "en"]) await Promise.all(["standard", "large"].map((mode) => walk(locale, mode)));
} finally {
  await browser.close();
  await demo.stop();
}
writeFileSync(`${folder}index.html`, index());
console.log(`${[...taken.values()].flat().length} pictures of ${taken.size} pages in ${folder}`);

async function walk(locale, mode) {
  const person = (settings) => Person.arrive(browser, demo, settings);
  const lost = (page, error) => console.log(`no picture of ${page.name}: ${error.message}`);
  const look = async (who, page) => {
    for (const [screen, size] of Object.entries(screens)) {
      await who.page.setViewportSize(size);
      for (const colorScheme of themes) {
        await who.page.emulateMedia({ colorScheme });
        const name = [page.name, locale, mode, screen, colorScheme].join(".");
        // As tall as the page is: what is fixed to the foot of the screen stands at its end.
        const height = await who.page.evaluate(() => document.documentElement.scrollHeight);
        await who.page.setViewportSize({ width: size.width, height: Math.max(height, size.height) });
        await who.page.screenshot({ path: `${folder}${name}.png`, fullPage: true });
        taken.set(page.name, [...(taken.get(page.name) ?? []), name]);
      }
    }
    await who.page.setViewportSize(screens.phone);
  };
  await visitAll(new Cast({ demo, person }, { locale, mode }), word, look, lost);
}

function index() {
  const picture = (name) => `<a href="${name}.png"><img src="${name}.png" alt="${name}" loading="lazy"></a>`;
  const page = ([name, all]) => `<h2>${name}</h2><p>${all.sort().map(picture).join(" ")}</p>`;
  const style = "img { height: 28rem; vertical-align: top; border: 1px solid #ccc }";
  return `<!doctype html><meta charset="utf-8"><title>Latchkey</title><style>${style}</style>${[...taken].map(page).join("")}`;
}
