// What somebody sees who is not signed in yet, or not any more.

import { television } from "../television.mjs";

export const pages = [
  { name: "sign-in", at: "/sign-in", by: "nobody" },
  { name: "recover", at: "/recover", by: "nobody" },
  { name: "recover-wrong", templates: [], shows: wrongCode },
  { name: "invitation", shows: invited },
  { name: "welcome", shows: registers },
  { name: "recovery-codes", shows: codes },
  { name: "recover-key", shows: recovers },
  { name: "device", at: "/device", by: "nobody" },
  { name: "device-link", templates: [], shows: scans },
  { name: "device-ask", shows: isAsked },
  { name: "device-answered", shows: letsIn },
  { name: "end-session", shows: endsSession },
  { name: "signed-out", at: "/signed-out", by: "nobody" },
  { name: "error", at: "/nowhere", by: "nobody", status: 404 },
  { name: "api", at: "/docs/api", by: "nobody" },
];

async function wrongCode(cast) {
  const somebody = await cast.nobody();
  await somebody.opens("/recover");
  await somebody.page.fill("#code", "AAAA-BBBB");
  await somebody.presses("main form button");
  return somebody;
}

function newcomer(cast) {
  return cast.once("newcomer", () => cast.person());
}

async function invited(cast) {
  const she = await newcomer(cast);
  await she.opens(cast.demo.invitation());
  return she;
}

async function registers(cast) {
  const she = await newcomer(cast);
  await she.page.click("[data-press]");
  await she.page.waitForURL("**/me/welcome");
  return she;
}

async function codes(cast) {
  const she = await newcomer(cast);
  await she.opens("/me/welcome");
  await she.presses("form[action='/me/recovery-codes'] button");
  she.codes = await she.allOf(".codes .code");
  return she;
}

async function recovers(cast) {
  const { codes } = await newcomer(cast);
  const again = await cast.person();
  await again.opens("/recover");
  await again.page.fill("#code", codes[0]);
  await again.presses("main form button");
  return again;
}

async function scans(cast) {
  const she = await newcomer(cast);
  const { shown } = await television(cast.demo);
  await she.opens(shown.verification_uri_complete);
  return she;
}

async function isAsked(cast) {
  const she = await newcomer(cast);
  await she.presses("main form .go");
  return she;
}

async function letsIn(cast) {
  const she = await newcomer(cast);
  await she.presses("button[value=yes]");
  return she;
}

async function endsSession(cast) {
  const she = await newcomer(cast);
  await she.opens("/end_session?client_id=lobby-television");
  return she;
}
