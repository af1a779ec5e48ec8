// A screen without a keyboard: a television shows a code, and a resident answers it on her phone.

import assert from "node:assert/strict";
import { television } from "../television.mjs";

export const stories = [
  { name: "a resident types the code of a television and lets it in, in zh-Hans", run: (cast) => letsIn(cast, "zh-Hans") },
  { name: "a resident types the code of a television and lets it in, in en", run: (cast) => letsIn(cast, "en") },
  { name: "a resident scans the code of a screen that is not hers, and says no", run: saysNo },
];

async function letsIn({ demo, person }, locale) {
  const she = await person({ locale, screen: locale === "en" ? { width: 1280, height: 900 } : undefined });
  await she.registers(demo.invitation());
  await she.signsOut();
  const { shown, polls } = await television(demo);
  assert.equal((await polls()).error, "authorization_pending");

  // In small letters, without the dash, as a thumb does it; the field was waiting for it.
  await she.opens(new URL(shown.verification_uri).pathname);
  await she.page.locator("#code:focus").waitFor();
  await she.page.keyboard.type(shown.user_code.replace("-", "").toLowerCase());
  await she.presses("main form .go");
  assert.ok((await she.reads("main")).includes(she.say("sign-in-for-device")));
  await she.signsIn("**/device/*");

  assert.equal(await she.reads(".compare .code"), shown.user_code);
  const page = await she.reads("main");
  for (const said of ["TV 3", she.say("device-calls-itself-note"), she.say("device-from-here"), she.say("device-warning")]) {
    assert.ok(page.includes(said), said);
  }
  await yesAndNoWeighTheSame(she);
  await she.page.check("input[value=name_masked]");
  await she.presses("button[name=decision][value=yes]");
  assert.ok((await she.reads("main")).includes(she.say("device-yes-say")));

  const tokens = await polls();
  assert.equal(tokens.status, 200, JSON.stringify(tokens));
  const told = await fetch(`${demo.issuer}/userinfo`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
  assert.match((await told.json()).name_masked, /^\p{L}{1,2}\*$/u);
  assert.equal((await polls()).error, "invalid_grant", "tokens come once");

  await she.opens("/me/apps");
  assert.equal(await she.page.locator(".rows > li").count(), 1, "and it stands in her list");
}

async function saysNo({ demo, person }) {
  const she = await person();
  await she.registers(demo.invitation());
  const { shown, polls } = await television(demo);
  await she.opens(shown.verification_uri_complete);
  assert.equal(await she.page.inputValue("#code"), shown.user_code);
  // Waiting answers nothing: only a press does.
  assert.equal((await polls()).error, "authorization_pending");
  await she.presses("main form .go");
  await she.presses("button[name=decision][value=no]");
  assert.ok((await she.reads("main")).includes(she.say("device-no-report")));
  assert.equal((await polls()).error, "access_denied");

  // The code is used up, and a word is no code.
  for (const [typed, key] of [[shown.user_code, "device-used"], ["television", "device-not-a-code"]]) {
    await she.opens("/device");
    await she.page.fill("#code", typed);
    await she.presses("main form .go");
    assert.equal(await she.reads("#code-wrong"), she.say(key));
  }
}

async function yesAndNoWeighTheSame(she) {
  const looks = await she.page.locator(".decide button[name=decision]").evaluateAll((all) =>
    all.map((one) => {
      const { width, height } = one.getBoundingClientRect();
      const { color, backgroundColor, borderColor, fontSize, fontWeight } = getComputedStyle(one);
      return { width, height, color, backgroundColor, borderColor, fontSize, fontWeight };
    }),
  );
  assert.equal(looks.length, 2);
  assert.deepEqual(looks[0], looks[1]);
}
