// Paper: each sheet on one page of A4, its code large enough for an old phone, and true when somebody scans it.

import assert from "node:assert/strict";

export const stories = [
  { name: "a receipt, a list and a recovery sheet are printed and checked, in zh-Hans", run: (cast) => prints(cast, "zh-Hans") },
  { name: "a receipt, a list and a recovery sheet are printed and checked, in en", run: (cast) => prints(cast, "en") },
];

async function prints({ demo, person }, locale) {
  const she = await person({ locale, mode: locale === "en" ? "large" : "standard" });
  await she.registers(demo.invitation());
  await she.presses("form[action='/me/recovery-codes'] button");
  const codes = await onPaper(she);

  await she.agreesToParking();
  await she.opens("/me/apps");
  await she.presses("main a[href$='/apps/paper']");
  const list = await onPaper(she);
  await she.opens("/me/apps");
  await she.presses(".rows a.name");
  await she.presses("main a[href$='/paper']");
  const receipt = await onPaper(she);

  // Somebody at a counter scans them with a phone of their own.
  const clerk = await person({ locale });
  const says = async (mark, key) => {
    await clerk.opens(mark);
    const page = await clerk.reads("main");
    assert.ok(page.includes(clerk.say(key)), `${key}: ${page}`);
    assert.ok(!/\p{L}\*|\*\*/u.test(page), `no name and no value: ${page}`);
  };
  await says(codes, "verify-codes-holds");
  await says(list, "verify-apps-holds");
  await says(receipt, "verify-receipt-holds");

  await she.opens("/me/apps");
  await she.presses(".rows .stop");
  await says(list, "verify-apps-over");
  await says(receipt, "verify-receipt-over");
  await clerk.opens(receipt.slice(0, -1) + (receipt.endsWith("A") ? "B" : "A"));
  assert.ok((await clerk.reads("main")).includes(clerk.say("verify-not-ours-say")));
}

// The page as a printer gets it; the address in its code.
async function onPaper(she) {
  await she.page.emulateMedia({ media: "print" });
  const { code, pressed } = await she.page.evaluate(() => {
    const { width, height } = document.querySelector(".proof .qr svg").getBoundingClientRect();
    const pressed = [...document.querySelectorAll("button, .tabs, .button")].filter((one) => one.checkVisibility());
    return { code: Math.min(width, height), pressed: pressed.map((one) => one.outerHTML.slice(0, 80)) };
  });
  assert.ok(code >= (30 / 25.4) * 96, `the code is ${code} px wide, 3 cm are needed`);
  assert.deepEqual(pressed, [], "nothing to press on paper");
  const pdf = await she.page.pdf({ format: "A4", printBackground: true, preferCSSPageSize: true });
  const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g).length;
  assert.equal(sheets, 1, `${she.page.url()} is printed on ${sheets} sheets`);
  await she.page.emulateMedia({ media: null });
  return she.page.getAttribute(".proof .qr", "href");
}
