// An emergency: two of the staff open a few things, the resident is told, a third person looks at it, and everybody counts it.

import assert from "node:assert/strict";
import { Colleague } from "../colleague.mjs";

export const stories = [
  { name: "two staff open in an emergency, by keyboard alone, the resident is told, an auditor reviews, in zh-Hans", run: (cast) => breaks(cast, "zh-Hans") },
  { name: "two staff open in an emergency, by keyboard alone, the resident is told, an auditor reviews, in en", run: (cast) => breaks(cast, "en") },
  { name: "a resident puts herself on her building's list, and takes herself off it", run: lists },
  { name: "anybody reads the public figures, in both languages, without signing in", run: counts },
];

const CONFIRM = "[data-ceremony=confirm] [data-press]";

// Types into a field that is come to with Tab.
async function types(colleague, selector, text) {
  await colleague.tabTo(selector);
  await colleague.page.keyboard.type(text);
}

// Ticks a box that is come to with Tab.
async function ticks(colleague, value) {
  await colleague.tabTo(`input[value=${value}]`);
  await colleague.page.keyboard.press("Space");
}

async function breaks(cast, locale) {
  const [wang, li] = [await Colleague.joins(cast, "staff", "王敏", { locale }), await Colleague.joins(cast, "staff", "李强", { locale })];
  const auditor = await Colleague.joins(cast, "auditor", "陈静", { locale });
  const say = wang.person.say;
  const who = cast.demo.record(cast.demo.residents[0]);
  const she = await cast.person({ locale });
  await she.registers(cast.demo.invitation());

  await wang.finds(who.document);
  await wang.pressesByKeyboard("a[href$='/emergency']");
  await types(wang, "#words", "邻居听到呼救声");
  await types(wang, "#case", "2027-0117");
  await ticks(wang, "phone_full");
  await ticks(wang, "home_flat");
  await wang.pressesByKeyboard(CONFIRM);
  const address = new URL(wang.page.url()).pathname;
  assert.ok(!(await wang.person.reads("main")).includes(who.phone), "asking opens nothing");
  assert.equal(await wang.page.locator("form[action$='/approve'], form[action$='/read']").count(), 0, "not by one hand");

  // The second hand sees what the first one signed.
  await li.person.opens(address);
  const seen = await li.person.reads("main");
  for (const part of ["邻居听到呼救声", "2027-0117", "王敏", say("claim-phone_full")]) assert.ok(seen.includes(part), part);
  const label = await li.person.reads("h1");
  assert.ok(label.includes(" · "), `whom it is about: ${label}`);
  await li.pressesByKeyboard(CONFIRM);

  // She is told at that moment, before anybody has seen it.
  await she.opens("/me/inbox");
  assert.ok((await she.reads("main")).includes(say("tell-emergency-opened")));

  await wang.person.opens(address);
  await wang.pressesByKeyboard("form[action$='/read'] button");
  assert.ok((await wang.person.reads("main")).includes(who.phone));
  assert.ok(!(await wang.person.reads("main")).includes(who.document), "only what was named");
  await she.opens("/me/book");
  assert.ok((await she.reads("main")).includes(say("book-emergency_read")));
  await she.opens("/me/emergencies");
  const hers = await she.reads("main");
  for (const part of [say("my-emergency-hands", { one: "王敏", other: "李强" }), "2027-0117", say("my-emergency-unreviewed")]) assert.ok(hers.includes(part), part);

  // An auditor who has nothing to do with it yet is told neither whom it is about nor what was written.
  await auditor.person.opens(address);
  const before = await auditor.person.reads("main");
  for (const part of [label, "邻居听到呼救声"]) assert.ok(!before.includes(part), `not an auditor's: ${part}`);
  assert.ok(before.includes(say("emergency-of-one")));

  // It is closed, and neither of the two looks at it afterwards.
  await li.person.opens(address);
  await li.pressesByKeyboard("form[action$='/end'] button");
  assert.equal(await li.page.locator("form[action$='/review']").count(), 0);
  await auditor.person.opens(address);
  const theirs = await auditor.person.reads("main");
  assert.ok(theirs.includes("邻居听到呼救声"), "who reviews it reads the words");
  for (const part of [label, who.phone, who.document]) assert.ok(!theirs.includes(part), `an auditor is told no name: ${part}`);
  await auditor.tabTo("input[value=justified]");
  await auditor.page.keyboard.press("Space");
  await types(auditor, "#words", "救护车记录相符");
  await auditor.pressesByKeyboard(CONFIRM);
  assert.ok((await auditor.person.reads("main")).includes(say("emergency-state-reviewed")));
  await she.page.reload();
  assert.ok((await she.reads("main")).includes(say("emergency-finding-justified")));
}

async function lists(cast) {
  const she = await cast.person();
  await she.registers(cast.demo.invitation());
  await she.opens("/me/mine");
  await she.presses("a[href='/me/emergencies']");
  assert.ok((await she.reads("main")).includes(she.say("my-emergency-off")), "off until she says so");
  await she.presses("button[name=list]");
  assert.ok((await she.reads("main")).includes(she.say("my-emergency-on")));
  await she.presses("button[name=list]");
  assert.ok((await she.reads("main")).includes(she.say("my-emergency-off")));
}

async function counts(cast) {
  for (const [locale, script] of [["zh-Hans", true], ["en", false]]) {
    const anybody = await cast.person({ locale, script });
    await anybody.opens("/sign-in");
    await anybody.presses(".links a[href='/transparency']");
    const said = await anybody.reads("main");
    for (const key of ["transparency-witnesses", "transparency-tree", "transparency-given", "transparency-emergencies"]) {
      assert.ok(said.includes(anybody.say(key)), key);
    }
    const width = await anybody.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(width[0] <= width[1], `no wider than the phone: ${width}`);
    const document_ = await (await anybody.context.request.get(`${cast.demo.issuer}/transparency.json`)).json();
    assert.ok(document_.figures.counted > 0 && document_.checkpoint.size > 0);
    assert.ok(!/1[3-9]\d{9}/.test(JSON.stringify(document_)), "no telephone number in it");
  }
}
