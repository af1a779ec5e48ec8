// An auditor finds what is not as usual, puts it into a case file and takes it out signed; two auditors learn a name, and the
// resident sees it. By keyboard alone.

import assert from "node:assert/strict";
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { Colleague } from "../colleague.mjs";

export const stories = ["zh-Hans", "en"].flatMap((locale) => [
  { name: `an auditor finds a planted anomaly and exports it signed, in ${locale}`, run: (cast) => finds(cast, locale) },
  { name: `two auditors learn a name, and the resident sees it, in ${locale}`, run: (cast) => learns(cast, locale) },
]);

const auditor = (cast, locale, name) => Colleague.joins(cast, "auditor", name, { locale });
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256"));

// Lists are long: a person presses Tab often, too.
async function tabTo(who, selector) {
  for (let presses = 0; presses < 400; presses += 1) {
    await who.page.keyboard.press("Tab");
    if (await who.page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  assert.fail(`Tab never comes to ${selector}`);
}

async function presses(who, selector) {
  await tabTo(who, selector);
  await Promise.all([who.page.waitForEvent("load"), who.page.keyboard.press("Enter")]);
}

async function types(who, selector, words) {
  await tabTo(who, selector);
  await who.page.keyboard.type(words);
}

// She lets an app in and stops it; the app goes on asking.
async function plants({ demo, person }, locale) {
  const who = demo.record(demo.residents[0]);
  const she = await person({ locale });
  await she.registers(demo.invitation());
  await she.agreesToParking();
  await she.opens("/me/apps");
  await she.presses(".rows .stop");
  for (let tries = 0; tries < 12; tries += 1) {
    await she.opens(demo.parking);
    await she.page.locator("[data-state=refused]").waitFor();
  }
  return { she, who };
}

async function finds(cast, locale) {
  const { who } = await plants(cast, locale);
  const zhao = await auditor(cast, locale, "赵静");
  const { person } = zhao;
  await person.opens("/desk/reviews/anomalies");
  assert.ok((await person.reads("main")).includes(person.say("anomaly-title-in-a-row")));
  await presses(zhao, "a.button[href*='kind=refusal']");
  const rows = await zhao.page.locator(".reviews tbody tr").count();
  assert.ok(rows >= 12, `${rows} refusals`);
  assert.ok(!(await zhao.page.content()).includes(who.name), "nobody is named");

  await types(zhao, "#title", "连续被拒");
  await Promise.all([zhao.page.waitForURL("**/desk/reviews/dossiers/*"), zhao.page.keyboard.press("Enter")]);
  await types(zhao, "#words", "同意撤回以后，应用仍在读取。");
  await presses(zhao, "form[action$='/note'] button");
  const page = await person.reads("main");
  assert.ok(page.includes("同意撤回以后") && page.includes("赵静"), page);

  await tabTo(zhao, "form[action$='/export'] button");
  const [download] = await Promise.all([zhao.page.waitForEvent("download"), zhao.page.keyboard.press("Enter")]);
  await checks(cast.demo, unzipped(readFileSync(await download.path())), rows, who);

  // What she did stands in the ledger, for every other auditor to find.
  const qian = await auditor(cast, locale, "钱进");
  await qian.person.opens("/desk/reviews?kind=staff");
  const seen = await qian.person.reads("main");
  for (const code of ["review_anomalies", "dossier_opened", "dossier_noted", "review_export_signed"]) {
    assert.ok(seen.includes(code), code);
  }
}

// What anybody can check with the published keys alone.
async function checks(demo, parts, rows, who) {
  const [header, payload, signature] = parts["signature.jws"].toString().split(".");
  const decoded = (text) => JSON.parse(Buffer.from(text, "base64url"));
  const { keys } = await (await fetch(`${demo.issuer}/jwks`)).json();
  const key = createPublicKey({ key: keys.find((one) => one.kid === decoded(header).kid), format: "jwk" });
  const input = Buffer.from(`${header}.${payload}`);
  const good = (bytes) => verify("sha256", bytes, { key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));
  assert.ok(good(input) && !good(Buffer.from(`${header}.${payload}A`)), "the signature is of a published key");
  for (const [name, digest] of Object.entries(decoded(payload).sha256)) {
    assert.equal(sha256(parts[name]).digest("hex"), digest, name);
  }
  const text = parts["export.json"].toString();
  const file = JSON.parse(text);
  assert.equal(file.dossier.title, "连续被拒");
  assert.equal(file.entries.length, rows);
  assert.ok(!text.includes(who.name));
  for (const { leaf, blind, review } of file.entries) {
    const bytes = (hex) => Buffer.from(hex, "hex");
    assert.equal(sha256(Buffer.from([2]), bytes(blind), bytes(review)).digest("hex"), leaf.slice(-64), "the leaf commits to it");
  }
}

// The files of a ZIP file, by its central directory.
function unzipped(bytes) {
  const files = {};
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(from, from + size);
    files[bytes.toString("utf8", at + 46, at + 46 + name)] = method === 8 ? inflateRawSync(data) : data;
    at += 46 + name + extra + comment;
  }
  return files;
}

async function learns(cast, locale) {
  const { she, who } = await plants(cast, locale);
  const [zhao, qian] = [await auditor(cast, locale, "孙悦"), await auditor(cast, locale, "周宁")];
  const { person } = zhao;
  await person.opens("/desk/reviews?kind=refusal");
  await presses(zhao, ".reviews th a");
  await types(zhao, "#reason", "应用在撤回以后仍在读取，要告知本人");
  await tabTo(zhao, "form[action='/desk/reviews/names'] [data-press]");
  await Promise.all([zhao.page.waitForURL("**/desk/reviews/names"), zhao.page.keyboard.press("Enter")]);
  assert.ok((await person.reads("main")).includes(person.say("name-other")), "not by the same hand");
  assert.equal(await zhao.page.locator("form[action$='/approve']").count(), 0);

  await qian.person.opens("/desk/reviews/names");
  assert.ok((await qian.person.reads("main")).includes("应用在撤回以后仍在读取"), "she reads what was signed");
  await presses(qian, "form[action$='/approve'] [data-press]");
  assert.ok((await qian.person.reads("main")).includes(person.say("name-state-approved")));
  assert.equal(await qian.page.locator("form[action$='/open']").count(), 0, "whoever approves does not see the name");

  await person.opens("/desk/reviews/names");
  await presses(zhao, "form[action$='/open'] button");
  assert.ok((await person.reads("main")).includes(who.name));
  await person.opens("/desk/reviews/names");
  assert.ok(!(await person.reads("main")).includes(who.name), "once");

  await she.opens("/me/inbox");
  assert.ok((await she.reads("main")).includes(she.say("tell-identified")));
  await she.opens("/me/book");
  assert.ok((await she.reads("main")).includes(she.say("book-identified")));
}
