// Interoperability: client libraries as others wrote them, against the real service, with residents in a real browser.
//
//   npm test              all stories
//   npm test -- WORD      stories whose name has this word
//
// Prints "case: NAME ok|FAILED" for each story and "N passed, N failed" at the end. Needs chromium, and PYTHON: a Python
// with what examples/authlib/requirements.txt names (bin/test makes one).

import { chromium } from "playwright-core";
import { stories as confidential } from "./stories/confidential.mjs";
import { stories as device } from "./stories/device.mjs";
import { stories as logout } from "./stories/logout.mjs";
import { stories as ordinary } from "./stories/ordinary.mjs";
import { stories as partner } from "./stories/partner.mjs";
import { stories as examples } from "./stories/examples.mjs";
import { enrolled } from "./resident.mjs";
import { Service } from "./service.mjs";

const word = process.argv[2] ?? "";
const chosen = [...partner, ...ordinary, ...confidential, ...device, ...logout, ...examples].filter((story) => story.name.includes(word));

const browserFlags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

let passed = 0;
let failed = 0;
const service = await Service.start();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: browserFlags });
try {
  for (const story of chosen) await tell(story);
} finally {
  await browser.close();
  await service.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

async function tell(story) {
  const people = [];
  const resident = async (settings) => {
    const she = await enrolled(browser, service.demo, settings);
    people.push(she);
    return she;
  };
  const begun = Date.now();
  try {
    await story.run({ service, resident });
    for (const one of people) one.heardNoComplaint();
    passed += 1;
    console.log(`case: ${story.name} (${((Date.now() - begun) / 1000).toFixed(1)} s) ok`);
  } catch (error) {
    failed += 1;
    for (const one of people) console.log(`  at ${one.page.url()}`);
    console.log(`  ${error.stack}`);
    if (error.cause) console.log("  because", error.cause);
    console.log(`case: ${story.name} FAILED`);
  } finally {
    for (const one of people) await one.leave();
  }
}
