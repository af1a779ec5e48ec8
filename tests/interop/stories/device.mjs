// A screen without a keyboard, with openid-client 6: it shows a code, and a resident answers on her phone (RFC 8628).

import assert from "node:assert/strict";
import * as client from "openid-client";
import { publicClient } from "../clients.mjs";
import { signsIn } from "../resident.mjs";

const DEVICE = `grant_types = ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"]`;

export const stories = [
  { name: "openid-client: a device is let in by a resident on her phone", run: letIn },
  { name: "openid-client: a device hears that the resident said no", run: saidNo },
];

async function started({ service }, id) {
  const config = await publicClient(service, id, [DEVICE], "no redirect");
  const started = await client.initiateDeviceAuthorization(config, { scope: "openid profile" });
  assert.match(started.user_code, /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
  // The library polls as long as it takes.
  const polling = client.pollDeviceAuthorizationGrant(config, started);
  polling.catch(() => {});
  return { config, started, polling };
}

// What she does on her phone, with the code that she was shown.
async function decides(she, { verification_uri_complete: link }, decision, claims = []) {
  await she.fingerOnIt(false);
  await she.opens(link);
  await she.page.click("form[action='/device'] button");
  await she.page.waitForURL((url) => url.pathname === "/sign-in" || /^\/device\/./.test(url.pathname));
  if (new URL(she.page.url()).pathname === "/sign-in") await signsIn(she, (url) => url.pathname.startsWith("/device"));
  if (new URL(she.page.url()).pathname === "/device") await she.presses("form[action='/device'] button");
  await she.page.waitForURL((url) => /^\/device\/./.test(url.pathname));
  for (const claim of claims) await she.page.check(`input[value=${claim}]`);
  await she.presses(`button[name=decision][value=${decision}]`);
}

async function letIn(cast) {
  const { config, started: shown, polling } = await started(cast, "tv");
  await decides(await cast.resident(), shown, "yes", ["name_masked"]);
  const tokens = await polling;
  const { sub } = tokens.claims();
  assert.deepEqual(Object.keys(await client.fetchUserInfo(config, tokens.access_token, sub)).sort(), ["name_masked", "sub"]);
}

async function saidNo(cast) {
  const { started: shown, polling } = await started(cast, "tv-no");
  await decides(await cast.resident(), shown, "no");
  await assert.rejects(polling, { error: "access_denied" });
}
