// Passkeys: the quiet offer, a wrong finger, a lost phone, an invitation that was used.

import assert from "node:assert/strict";

export const stories = [
  { name: "a passkey picked from the autofill list signs in", run: autofill },
  { name: "a cancelled ceremony changes nothing and says so calmly", run: cancelled },
  { name: "a lost phone: a recovery code makes a new passkey and ends other sessions", run: lostPhone },
  { name: "a second passkey is made and removed", run: second },
  { name: "a used invitation says so", run: usedInvitation },
];

async function autofill({ demo, person }) {
  const she = await person();
  await she.registers(demo.invitation());
  await she.signsOut();
  await she.fingerOnIt(true); // the device picks from the list as soon as it is offered
  await she.opens("/sign-in?next=%2Fme%2Fbook");
  await she.page.waitForURL("**/me/book");
}

async function cancelled({ demo, person }) {
  const she = await person();
  await she.opens(demo.invitation());
  await she.rightFinger(false);
  await she.page.click("[data-press]");
  await she.page.locator("[data-state=cancelled]").waitFor();
  assert.equal(await she.reads("[data-says]"), she.say("ceremony-cancelled"));
  assert.equal(await she.passkeys(), 0);

  await she.rightFinger(true);
  await she.page.click("[data-press]");
  await she.page.waitForURL("**/me/welcome");
}

async function lostPhone({ demo, person }) {
  const [she, again] = [await person(), await person()];
  await she.registers(demo.invitation());
  await she.presses("form[action='/me/recovery-codes'] button");
  const [code] = await she.allOf(".codes .code");

  await again.opens("/recover");
  await again.page.fill("#code", "wrong-code");
  await again.presses("main form button");
  assert.equal(await again.reads("#code-wrong"), again.say("recover-wrong"));
  await again.page.fill("#code", code.toLowerCase());
  await again.presses("main form button");
  await again.page.click("[data-press]");
  await again.page.waitForURL("**/me/**");

  await again.opens("/me");
  assert.equal(new URL(again.page.url()).pathname, "/me");
  await she.fingerOnIt(false);
  await she.opens("/me");
  assert.equal(new URL(she.page.url()).pathname, "/sign-in", "the old session is over");

  await again.opens("/me/book");
  assert.ok((await again.allOf(".said")).includes(again.say("book-recovery-used")));
}

async function second({ demo, person }) {
  const she = await person();
  await she.registers(demo.invitation());
  await she.opens("/me/passkeys");
  assert.equal(await she.page.locator(".rows .stop").count(), 0, "the only one cannot be removed");
  await she.page.click("[data-press]");
  // The device knows that it holds a passkey already.
  await she.page.locator("[data-state=failed]").waitFor();
  assert.equal(await she.reads("[data-says]"), she.say("ceremony-known"));

  await she.pocketDevice(); // another phone
  await she.page.click("[data-press]");
  await she.page.locator(".rows > li:nth-child(2)").waitFor();
  await she.page.locator(".rows > li:last-child .stop").click();
  await she.page.locator(".rows > li:only-child").waitFor();
}

async function usedInvitation({ demo, person }) {
  const [she, other] = [await person(), await person({ locale: "en" })];
  const invitation = demo.invitation();
  await she.registers(invitation);
  await other.opens(invitation);
  assert.equal(await other.reads("h1"), other.say("error-invitation-used"));
  assert.equal(await other.page.locator("[data-press]").count(), 0);
}
