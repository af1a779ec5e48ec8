// The question of a care service: a sensitive claim on a page of its own, and a no that is not asked about again.

import { Care, elder } from "../care.mjs";

export const pages = [
  { name: "consent-care", templates: [], shows: isAsked },
  { name: "consent-own", shows: isAskedAlone },
  { name: "consent-refused", shows: saidNo },
];

function grandmother(cast) {
  return cast.once("grandmother", async () => {
    const she = await cast.person();
    await she.registers(elder(cast.demo));
    return she;
  });
}

async function isAsked(cast) {
  const she = await grandmother(cast);
  await she.opens(await Care.of(cast.demo).asks());
  return she;
}

async function isAskedAlone(cast) {
  const she = await isAsked(cast);
  await she.presses("button[value=yes]");
  return she;
}

async function saidNo(cast) {
  const she = await isAsked(cast);
  await she.page.click("button[value=no]");
  await she.page.waitForURL("**error=access_denied**");
  return isAsked(cast);
}
