// Browser journeys against the real service and the partner app, in headless Chromium with a virtual authenticator.
//
//   npm test                    all stories, against a bin/demo of their own
//   npm test -- WORD            stories whose name, or whose file's name, has this word
//   npm run shots               a picture of every page (shots.mjs)
//
// Prints "case: NAME ok|FAILED" for each story and "N passed, N failed" at the end; a picture of each failure is left
// in failures/. Needs /usr/bin/chromium (or CHROMIUM=PATH).

import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { chromium } from "playwright-core";
import { browserFlags, Demo } from "./demo.mjs";
import { Person } from "./person.mjs";

const word = process.argv[2] ?? "";
// Every file of stories/ is told, in the order of the alphabet.
const files = readdirSync(new URL("stories/", import.meta.url)).filter((file) => file.endsWith(".mjs")).sort();
const told = await Promise.all(files.map((file) => import(`./stories/${file}`)));
const chosen = told.flatMap((file, at) => (file.stories ?? []).filter((story) => [story.name, files[at]].some((name) => name.includes(word))));
const failures = new URL("failures/", import.meta.url).pathname;

let passed = 0;
let failed = 0;
rmSync(failures, { recursive: true, force: true });
const demo = await Demo.start();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: browserFlags });
try {
  // Stories that mostly wait for the service's clock are told beside the others, one after the other like them.
  const [patient, others] = [true, false].map((waits) => chosen.filter((story) => Boolean(story.patient) === waits));
  await Promise.all([patient, others].map(async (some) => {
    for (const story of some) await tell(story);
  }));
} finally {
  await browser.close();
  await demo.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

async function tell(story) {
  const people = [];
  // `at`: a demo of the story's own.
  const person = async ({ at = demo, ...settings } = {}) => {
    const one = await Person.arrive(browser, at, settings);
    people.push(one);
    return one;
  };
  const begun = Date.now();
  try {
    await story.run({ demo, person });
    for (const one of people) one.heardNoComplaint();
    passed += 1;
    console.log(`case: ${story.name} (${((Date.now() - begun) / 1000).toFixed(1)} s) ok`);
  } catch (error) {
    failed += 1;
    mkdirSync(failures, { recursive: true });
    for (const [index, one] of people.entries()) {
      const picture = `${failures}${story.name.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}-${index}.png`;
      await one.page.screenshot({ path: picture, fullPage: true }).catch(() => {});
      console.log(`  at ${one.page.url()}, picture ${picture}`);
    }
    console.log(`  ${error.stack}`);
    console.log(`case: ${story.name} FAILED`);
  } finally {
    for (const one of people) await one.leave();
  }
}
