// Signing out of the app and of the service, with openid-client 6 (OpenID Connect RP-Initiated Logout 1.0).

import assert from "node:assert/strict";
import * as client from "openid-client";
import { fresh, publicClient } from "../clients.mjs";
import { answers } from "../resident.mjs";

export const stories = [{ name: "openid-client: a resident signs out of an app and of the service", run: signsOut }];

async function signsOut({ service, resident }) {
  const goodbye = service.landing.uri.replace("/cb", "/goodbye");
  const config = await publicClient(service, "goodbye", [`post_logout_redirect_uris = ["${goodbye}"]`]);
  const { request, checks } = await fresh(service);
  const she = await resident();
  const landed = await answers(she, client.buildAuthorizationUrl(config, request), { back: service.landing.uri });
  const tokens = await client.authorizationCodeGrant(config, landed, checks);
  const state = client.randomState();
  const link = client.buildEndSessionUrl(config, { post_logout_redirect_uri: goodbye, state, id_token_hint: tokens.id_token });
  await she.opens(String(link));
  assert.equal(new URL(she.page.url()).pathname, "/end_session", "she is asked");
  await she.page.click("form[action='/end_session/confirm'] button");
  await she.page.waitForURL((url) => url.href.startsWith(goodbye));
  assert.equal(new URL(she.page.url()).searchParams.get("state"), state);
  const silent = await fresh(service, { prompt: "none" });
  await she.fingerOnIt(false);
  const after = await answers(she, client.buildAuthorizationUrl(config, silent.request), { back: service.landing.uri });
  await assert.rejects(client.authorizationCodeGrant(config, after, silent.checks), { error: "login_required" });
}
