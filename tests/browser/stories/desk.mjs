// At the counter: a resident who cannot do it alone, and one who lost every key.

import assert from "node:assert/strict";
import { Colleague } from "../colleague.mjs";

export const stories = [
  { name: "assisted enrolment at the desk, by keyboard alone, in zh-Hans", run: (cast) => enrols(cast, "zh-Hans") },
  { name: "assisted enrolment at the desk, by keyboard alone, in en", run: (cast) => enrols(cast, "en") },
  { name: "assisted consent at the desk, on her own phone", run: agrees },
  { name: "recovery by two staff, in zh-Hans", run: (cast) => recovers(cast, "zh-Hans") },
  { name: "recovery by two staff, in en", run: (cast) => recovers(cast, "en") },
];

const staff = (cast, locale, name) => Colleague.joins(cast, "staff", name, { locale });

// What a page shows to be scanned.
const scanned = (colleague) => colleague.page.textContent("[data-link]");

async function enrols(cast, locale) {
  const [wang, li] = [await staff(cast, locale, "王敏"), await staff(cast, locale, "李强")];
  const say = wang.person.say;
  const who = cast.demo.stranger();
  await wang.finds(who.document);
  assert.ok(!(await wang.person.reads("main")).includes(who.name), "the name is masked");
  await wang.pressesByKeyboard("button[value=enrol]");
  assert.ok((await wang.person.reads("main")).includes(say("desk-by-witness")));
  assert.equal(await wang.page.locator("form[action$='/link']").count(), 0, "nothing to scan before a witness");

  // The colleague saw her, and says so with a passkey shown just now.
  await li.person.opens("/desk");
  await li.pressesByKeyboard(".rows button[value=yes]");
  await wang.page.reload();
  assert.ok((await wang.person.reads("main")).includes(say("desk-way-witness")));
  await wang.pressesByKeyboard("form[action$='/link'] button");

  const she = await cast.person({ locale });
  await she.registers(await scanned(wang));
  assert.equal(await she.passkeys(), 1);
  await she.opens("/me/book");
  assert.ok((await she.reads("main")).includes(say("book-staff")), "who looked stands in her book");
  await she.opens("/me/desk");
  assert.ok((await she.reads("main")).includes("王敏"));

  // At home she takes it back in one press, and is out.
  await she.presses("form[action^='/me/desk/'] button");
  await she.opens("/me");
  assert.ok(she.page.url().includes("/sign-in"));
}

async function agrees(cast) {
  const wang = await staff(cast, "zh-Hans", "王敏");
  const who = cast.demo.record(cast.demo.residents[0]);
  const she = await cast.person();
  await she.registers(cast.demo.invitation());
  await wang.finds(who.phone);
  if (await wang.page.locator("a[href^='/desk/sitting/']").count() > 3) throw new Error("the phone is shared");
  await wang.pressesByKeyboard("a[href*='purpose=parking.book']");
  await wang.page.check("input[value=plate_masked]");
  await wang.pressesByKeyboard("main form .go");
  const desk = await wang.person.reads("main");
  assert.ok(desk.includes(wang.person.say("desk-read-aloud")) && !desk.includes("皖A"), "her plate is not on this screen");
  assert.ok((await wang.page.textContent("[data-read]")).length <= 150, "a notice is short");
  assert.ok(await wang.page.locator(".qr svg").isVisible());

  // What the code leads to is hers alone; the values are on her phone.
  await she.opens(await wang.page.getAttribute(".qr", "data-address"));
  assert.match(await she.reads("main"), /皖A/);
  const boxes = await she.page.locator(".decide .button").evaluateAll((all) =>
    all.map((one) => [one.getBoundingClientRect().width, one.getBoundingClientRect().height, getComputedStyle(one).backgroundColor]));
  assert.deepEqual(boxes[0], boxes[1], "yes and no weigh the same");
  await she.presses("[data-ceremony=confirm] [data-press]");
  assert.ok((await she.reads("main")).includes(she.say("at-desk-done")));
  await wang.page.reload();
  assert.ok((await wang.person.reads("main")).includes(wang.person.say("desk-way-phone")));
  await she.opens("/me/desk");
  await she.presses("form[action^='/me/desk/'] button");
  assert.ok((await she.reads("main")).includes(she.say("my-desk-settled")));
}

async function recovers(cast, locale) {
  const [wang, li] = [await staff(cast, locale, "王敏"), await staff(cast, locale, "李强")];
  const say = wang.person.say;
  const who = cast.demo.record(cast.demo.residents[0]);
  const she = await cast.person({ locale });
  await she.registers(cast.demo.invitation());
  await wang.finds(who.document);
  await wang.pressesByKeyboard("form[action$='/recover'] button");
  assert.ok((await wang.person.reads("main")).includes(say("desk-recovery-other")), "not by the same hand");
  await li.person.opens("/desk/recoveries");
  await li.pressesByKeyboard("form[action$='/second'] button");
  assert.equal(await li.page.locator("form[action$='/link']").count(), 0, "now they wait");

  // She is told where she still looks.
  await she.opens("/me/inbox");
  assert.ok((await she.reads("main")).includes(say("tell-recovery-begun")));
  await she.opens("/me/desk");
  assert.ok((await she.reads("main")).includes(say("my-desk-recovery")));

  cast.demo.endsTheWait();
  await wang.person.opens("/desk/recoveries");
  await wang.pressesByKeyboard("form[action$='/link'] button");
  const anew = await cast.person({ locale });
  await anew.opens(await scanned(wang));
  assert.ok((await anew.reads("main")).includes(say("regain-note")));
  await anew.page.click("[data-press]");
  await anew.page.waitForURL("**/me/welcome");
  await anew.opens("/me/inbox");
  assert.ok((await anew.reads("main")).includes(say("tell-recovered")));

  // The old phone opens nothing any more.
  await she.opens("/me");
  assert.ok(she.page.url().includes("/sign-in"));
}
