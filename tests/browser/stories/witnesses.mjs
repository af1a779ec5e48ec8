// A witness falls silent: residents read it after a quarter of an hour, apps read nothing after a day, and with the witness all
// of that is over. In both languages, and in large type.

import assert from "node:assert/strict";
import { Demo } from "../demo.mjs";
import { inaccessible, unfit } from "../rules.mjs";

export const stories = [
  { name: "a witness is missing and comes back, zh-Hans", patient: true, run: (cast) => missing(cast, { locale: "zh-Hans" }) },
  { name: "a witness is missing and comes back, en, large", patient: true, run: (cast) => missing(cast, { locale: "en", mode: "large" }) },
];

const BANNER = "aside.witnesses";

async function missing({ person }, settings) {
  const demo = await Demo.start();
  try {
    const she = await person({ at: demo, ...settings });
    await agrees(she, demo);
    await cosigned(demo);
    await she.opens("/me");
    assert.equal(await she.page.locator(BANNER).count(), 0);

    demo.witnessSleeps(true);
    await until(async () => {
      // Each time: an answer that was on its way when the witness fell asleep may have come in between.
      demo.witnessWasSilent(16 * 60);
      await she.opens("/me");
      return (await she.page.locator(BANNER).count()) === 1;
    });
    const [before] = she.say("witness-missing", { moment: "|" }).split("|");
    assert.ok((await she.reads(BANNER)).startsWith(before.trim()));
    assert.equal(await she.page.locator(`${BANNER} p a`).isVisible(), false, "a line, until she wants to know more");
    assert.deepEqual([...(await inaccessible(she.page)), ...(await unfit(she.page))], []);
    await she.page.focus(`${BANNER} summary`);
    await she.page.keyboard.press("Enter");
    assert.equal(await she.reads(`${BANNER} p`), she.say("witness-missing-more"));
    assert.equal(await she.page.locator(`${BANNER} p a`).isVisible(), true);
    assert.deepEqual(await inaccessible(she.page), []);
    await she.opens(demo.parking);
    await she.page.locator("[data-state=allowed]").waitFor();

    await until(async () => {
      demo.witnessWasSilent(25 * 3_600);
      await she.opens(demo.parking);
      return (await she.page.locator("[data-state=refused][data-reason=ledger_unwitnessed]").count()) === 1;
    });
    await she.opens("/me/book");
    assert.ok((await she.reads(BANNER)).startsWith(she.say("witness-stopped")));
    assert.ok((await she.reads("main")).includes(she.say("reason-ledger_unwitnessed")), "her book says why");

    demo.witnessSleeps(false);
    await until(async () => {
      await she.opens(demo.parking);
      return (await she.page.locator("[data-state=allowed]").count()) === 1;
    });
    await she.opens("/me");
    assert.equal(await she.page.locator(BANNER).count(), 0);
    await cosigned(demo);
  } finally {
    demo.witnessSleeps(false);
    await demo.stop();
  }
}

async function agrees(she, demo) {
  await she.registers(demo.invitation());
  await she.agreesToParking();
}

// What anybody fetches carries the signature of the demo's witness.
async function cosigned(demo) {
  await until(async () => {
    const answer = await fetch(`${demo.issuer}/ledger/checkpoint/witnessed`);
    return answer.ok && (await answer.text()).includes("\n\u2014 demo.witness ");
  });
}

// The service asks its witnesses every few seconds, and waits ten for one that does not answer.
async function until(holds) {
  for (let tries = 0; tries < 60; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  assert.fail(`it did not come to pass in a minute: ${holds}`);
}
