// What a resident asks of her record: a phone number corrected, a copy taken, by keyboard alone.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

export const stories = [
  { name: "a phone number is sent to be corrected, by keyboard alone", run: corrects },
  { name: "an e-mail address is corrected at once", run: atOnce },
  { name: "a copy is taken as a file and seen on paper", run: copies },
];

// Tabs until the element that answers to `selector` has the focus; nobody presses the key more often.
async function tabsTo(page, selector) {
  for (let pressed = 0; pressed < 60; pressed += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  assert.fail(`${selector} is not reached by the Tab key`);
}

async function corrects({ demo, person }) {
  const she = await person();
  await she.registers(demo.invitation());
  await she.opens("/me/rights");
  await tabsTo(she.page, "a[href='/me/rights/correct']");
  await she.page.keyboard.press("Enter");
  await she.page.waitForURL("**/me/rights/correct");
  await tabsTo(she.page, "a[href='/me/rights/correct/phone']");
  await she.page.keyboard.press("Enter");
  await she.page.waitForURL("**/correct/phone");

  await tabsTo(she.page, "#value");
  await she.page.keyboard.type("12345");
  await tabsTo(she.page, "#evidence");
  await she.page.keyboard.type("打新号码核对");
  await tabsTo(she.page, "main form button");
  await she.page.keyboard.press("Enter");
  await she.page.locator("#value-wrong").waitFor();
  assert.equal(await she.page.inputValue("#value"), "12345", "what she typed is still there");

  await tabsTo(she.page, "#value");
  await she.page.keyboard.press("Control+A");
  await she.page.keyboard.type("138 0551 9999");
  await tabsTo(she.page, "main form button");
  await she.page.keyboard.press("Enter");
  await she.page.locator(".answer").waitFor();
  assert.equal(await she.reads(".answer h1"), she.say("corrected-asked"));
  await she.opens("/me/rights/correct");
  assert.ok((await she.allOf(".fields .note")).includes(she.say("correct-waiting")));
}

async function atOnce({ demo, person }) {
  const she = await person();
  await she.registers(demo.invitation());
  await she.opens("/me/rights/correct/email");
  await she.page.fill("#value", "zhang.lihua@example.cn");
  await she.presses("main form button");
  assert.ok((await she.reads("main")).includes("zhang.lihua@example.cn"));
  await she.opens("/me/data");
  assert.ok((await she.reads("main")).includes("z***@example.cn"));
}

async function copies({ demo, person }) {
  const she = await person();
  await she.registers(demo.invitation());
  await she.opens("/me/rights/copy");
  const downloading = she.page.waitForEvent("download");
  await she.page.click("a[href='/me/rights/copy/file']");
  const copy = JSON.parse(await readFile(await (await downloading).path(), "utf8"));
  assert.ok(copy.record.some((field) => field.name === "name" && field.value.length > 0));
  assert.ok(copy.book.some((entry) => entry.reason === "export"));

  await she.opens("/me/rights/copy");
  await she.presses("a[href='/me/rights/copy/paper']");
  assert.ok((await she.reads("main")).includes(copy.record.find((field) => field.name === "name").value));
  await she.opens("/me/book");
  assert.ok((await she.allOf(".said")).includes(she.say("book-copied")));
}
