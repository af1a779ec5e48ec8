// A mother agrees for her daughter of thirteen; on the day the girl turns fourteen it is over, and she decides herself.
//
// Nobody turns fourteen while a story is told: the programs of this one read a clock that it moves.

import assert from "node:assert/strict";
import { checked } from "../care.mjs";
import { Clock } from "../clock.mjs";
import { Colleague } from "../colleague.mjs";
import { Demo } from "../demo.mjs";

const HEAD = "姓名,证件类型,证件号码,性别,出生日期,手机号,楼栋,单元,房号,与户主关系,产权关系";
const [MOTHER, GIRL] = ["沈静秋", "沈小满"];

export const stories = ["zh-Hans", "en"].map((locale) => ({
  name: `a guardian agrees for a girl of thirteen until the day she turns fourteen, in ${locale}`,
  patient: true,
  run: (world) => withClock(world, locale),
}));

async function withClock(world, locale) {
  const clock = new Clock();
  const demo = await Demo.start({ clock });
  try {
    const person = (settings) => world.person({ at: demo, ...settings });
    await turnsFourteen({ demo, person, clock }, locale);
  } finally {
    await demo.stop();
    clock.stop();
  }
}

async function turnsFourteen(world, locale) {
  const { demo, person, clock } = world;
  const born = tomorrowFourteenYearsAgo();
  const mother = await person({ locale });
  await mother.registers(household(demo, born));

  await asksToBeGuardian(mother, born);
  await confirmsAtTheDesk(world, locale);
  const mandate = await agreesForHer(mother);

  clock.ahead(2);
  await mother.page.waitForTimeout(2_000);
  await mother.opens(demo.parking);
  await mother.page.locator("[data-state=refused]").waitFor();
  await isOver(mother, mandate);

  const she = await person({ locale });
  await she.registers(demo.renews(GIRL));
  await asksHerself(she);
}

// In the community, whose days are those of Shanghai.
function tomorrowFourteenYearsAgo() {
  const today = new Date(Date.now() + 8 * 3_600_000);
  const [year, month, day] = [today.getUTCFullYear() - 14, today.getUTCMonth(), today.getUTCDate()];
  return new Date(Date.UTC(year, month, day + 1)).toISOString().slice(0, 10);
}

function household(demo, born) {
  const rows = [
    `${MOTHER},居民身份证,${checked("34010019840505002")},女,1984-05-05,13970005001,9,1,501,户主,业主`,
    `${GIRL},居民身份证,${checked(`340100${born.replaceAll("-", "")}002`)},女,${born},,9,1,501,女,业主家属`,
  ];
  return demo.imports(MOTHER, `${[HEAD, ...rows].join("\n")}\n`);
}

async function asksToBeGuardian(mother, born) {
  await mother.opens("/me/family/child");
  await mother.page.fill("#child-name", GIRL);
  await mother.page.fill("#child-born", born);
  await mother.presses("[data-ceremony=confirm] [data-press]");
  assert.equal(await mother.page.locator("main a[href^='/for/']").count(), 0, "nothing before the desk has seen a paper");
}

// The paper that was shown, and yes.
async function confirmsAtTheDesk({ demo, person }, locale) {
  const wang = await Colleague.joins({ demo, person }, "staff", "王敏", { locale });
  await wang.person.opens("/desk/guardians");
  await wang.page.selectOption("select[name=paper]", "household-register");
  await wang.person.presses("button[value=yes]");
  assert.equal(await wang.page.locator("button[value=yes]").count(), 0);
}

// The app asks whoever is there; she says for whom she answers.
async function agreesForHer(mother) {
  await mother.opens(`${mother.demo.parking}/ask`);
  await mother.page.waitForURL("**/consent/**");
  assert.ok((await mother.reads(".forwhom")).includes(mother.say("for-whom")));
  const hers = mother.page.locator(".forwhom button:not([value=''])");
  const mandate = await hers.getAttribute("value");
  await Promise.all([mother.page.waitForEvent("load"), hers.click()]);
  assert.match(await mother.reads(".acting"), /沈\*/u);
  await mother.page.click("button[value=yes]");
  await mother.page.locator("[data-state=allowed]").waitFor();
  await mother.opens(`/for/${mandate}/apps`);
  assert.equal(await mother.page.locator(".rows .stop").count(), 1);
  await mother.opens("/me/apps");
  assert.equal(await mother.page.locator(".rows .stop").count(), 0, "she agreed to nothing for herself");
  return mandate;
}

async function isOver(mother, mandate) {
  await mother.fingerOnIt(false);
  await mother.opens("/sign-in");
  await mother.signsIn((url) => url.pathname === "/me");
  const answer = await mother.page.goto(`${mother.demo.issuer}/for/${mandate}`);
  assert.equal(answer.status(), 403);
  assert.ok((await mother.reads("main")).includes(mother.say("error-mandate-over")));
}

async function asksHerself(she) {
  const [waits] = she.say("apps-deferred", { day: "|" }).split("|");
  let shown = "";
  // The service looks twice a minute what is over.
  for (let tries = 0; tries < 30 && !shown.includes(waits); tries += 1) {
    await she.page.waitForTimeout(2_000);
    await she.opens("/me/apps");
    shown = await she.reads("main");
  }
  assert.ok(shown.includes(waits), `what her mother agreed to waits for her own word: ${shown}`);
  await she.opens(`${she.demo.parking}/ask`);
  await she.page.waitForURL("**/consent/**");
  assert.equal(await she.page.locator(".forwhom").count(), 0, "she answers for nobody else");
  await she.page.click("button[value=yes]");
  await she.page.locator("[data-state=allowed]").waitFor();
  await she.opens("/me/apps");
  assert.equal(await she.page.locator(".rows .stop").count(), 1);
}
