// Everything about a resident goes: asked for with the keyboard alone and undone; and for good, with its certificate.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";

export const stories = ["zh-Hans", "en"].flatMap((locale) => [
  { name: `erase and undo, by keyboard alone (${locale})`, run: (world) => undo(world, locale) },
  { name: `erase for good (${locale})`, patient: true, run: (world) => forGood(world, locale) },
]);

// Presses Tab until this has the focus, then Enter.
async function enters(she, selector) {
  for (let presses = 0; presses < 60; presses += 1) {
    await she.page.keyboard.press("Tab");
    if (await she.page.locator(selector).first().evaluate((one) => one === document.activeElement)) {
      await she.page.keyboard.press("Enter");
      return;
    }
  }
  throw new Error(`the keyboard never comes to ${selector}`);
}

async function undo({ demo, person }, locale) {
  const she = await person({ locale });
  await she.registers(demo.invitation());
  await she.opens("/me/mine");
  await enters(she, "a[href='/me/erasure']");
  await she.page.waitForURL("**/me/erasure");
  assert.ok((await she.reads("main")).includes(she.say("erase-stays-law")), "what a law keeps stands there before");
  await enters(she, "form[action='/me/erasure'] [data-press]");
  await she.page.locator("form[action='/me/erasure/undo']").waitFor();
  assert.ok((await she.reads(".erasing")).includes(she.say("erasing-banner-undo")));
  await she.opens("/me");
  await enters(she, ".erasing a");
  await she.page.locator("form[action='/me/erasure/undo']").waitFor();
  await enters(she, "form[action='/me/erasure/undo'] button");
  await she.page.locator("form[action='/me/erasure']").waitFor();
  assert.equal(await she.page.locator(".erasing").count(), 0, "nothing is said of it any more");
  await she.opens("/me/book");
  assert.ok((await she.allOf(".said")).includes(she.say("book-erasure-undone")));
}

async function forGood({ demo, person }, locale) {
  const she = await person({ locale });
  await she.registers(demo.invitation());
  await she.opens("/me/erasure");
  await she.page.click("form[action='/me/erasure'] [data-press]");
  const address = await she.page.locator(".jws a").getAttribute("href");
  seventhDay(demo);
  // The service looks once a minute what is due.
  const anybody = await person({ locale });
  for (let tries = 0; tries < 60; tries += 1) {
    await anybody.opens(address);
    if ((await anybody.page.locator("a[href$='/certificate']").count()) > 0) break;
    await anybody.page.waitForTimeout(2_000);
  }
  assert.ok((await anybody.reads("main")).includes(anybody.say("erased-answer")));
  const jws = await (await anybody.page.request.get(`${address}/certificate`)).text();
  const claims = JSON.parse(Buffer.from(jws.split(".")[1], "base64url"));
  assert.equal(claims.erased.data_key, "destroyed");
  await she.fingerOnIt(false);
  await she.opens("/me");
  assert.equal(new URL(she.page.url()).pathname, "/sign-in", "she cannot come in any more");
}

// A browser cannot wait for a week: what is waited for lies in the past. (Node brings no SQLite before 22; Python does.)
const PAST = `
import sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], timeout=20)
changed = database.execute(
    "UPDATE erasure SET due_at = ? WHERE erased_at IS NULL AND undone_at IS NULL", (int(time.time()) - 1,))
database.commit()
print(changed.rowcount)
`;

function seventhDay(demo) {
  const changed = execFileSync("python3", ["-c", PAST, join(demo.folder, "latchkey.db")], { encoding: "utf8" });
  assert.ok(Number(changed) >= 1, changed);
}
