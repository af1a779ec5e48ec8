// Ordinary clients with openid-client 6: public, plain parameters, and DPoP when they like.

import assert from "node:assert/strict";
import * as client from "openid-client";
import { fresh, publicClient } from "../clients.mjs";
import { answers } from "../resident.mjs";

export const stories = [
  { name: "openid-client: a public client with plain parameters signs a resident in", run: plain },
  { name: "openid-client: a public client's refresh tokens rotate", run: rotates },
  { name: "openid-client: a public client with DPoP", run: bound },
  { name: "openid-client: a public client may push, with a proof", run: pushes },
  { name: "openid-client: prompt=none answers at once, or says what is missing", run: promptNone },
  { name: "openid-client: max_age and prompt=login ask for a new sign-in", run: maxAge },
  { name: "openid-client: two apps are told two names for one resident", run: pairwise },
  { name: "openid-client: a response that another server signed is noticed", run: mixUp },
];

async function plain({ service, resident }) {
  const config = await publicClient(service, "plain");
  const { request, checks } = await fresh(service, { scope: "openid profile" });
  const link = client.buildAuthorizationUrl(config, request);
  const landed = await answers(await resident(), link, { claims: ["name_masked"], back: service.landing.uri });
  assert.equal(landed.searchParams.get("iss"), service.issuer);
  const tokens = await client.authorizationCodeGrant(config, landed, checks);
  assert.equal(tokens.token_type, "bearer");
  assert.equal(tokens.refresh_token, undefined, "nobody asked for one");
  const claims = tokens.claims();
  assert.equal(claims.nonce, checks.expectedNonce);
  const told = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
  assert.match(told.name_masked, /^\p{L}{1,2}\*+$/u);
  assert.deepEqual(Object.keys(told).sort(), ["name_masked", "sub"]);
  await client.tokenRevocation(config, tokens.access_token);
  await assert.rejects(client.fetchUserInfo(config, tokens.access_token, claims.sub), { status: 401 });
}

async function rotates({ service, resident }) {
  const config = await publicClient(service, "rotates");
  const { request, checks } = await fresh(service, { scope: "openid offline_access" });
  const link = client.buildAuthorizationUrl(config, request);
  const landed = await answers(await resident(), link, { back: service.landing.uri });
  const first = await client.authorizationCodeGrant(config, landed, checks);
  const second = await client.refreshTokenGrant(config, first.refresh_token);
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal((await client.fetchUserInfo(config, second.access_token, first.claims().sub)).sub, first.claims().sub);
  await assert.rejects(client.refreshTokenGrant(config, first.refresh_token), { error: "invalid_grant" });
  await assert.rejects(client.refreshTokenGrant(config, second.refresh_token), { error: "invalid_grant" }, "the family is over");
}

async function bound({ service, resident }) {
  const config = await publicClient(service, "bound");
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
  const { request, checks } = await fresh(service, { scope: "openid offline_access", dpop_jkt: await DPoP.calculateThumbprint() });
  const link = client.buildAuthorizationUrl(config, request);
  const landed = await answers(await resident(), link, { back: service.landing.uri });
  const tokens = await client.authorizationCodeGrant(config, landed, checks, undefined, { DPoP });
  assert.equal(tokens.token_type, "dpop");
  const { sub } = tokens.claims();
  assert.equal((await client.fetchUserInfo(config, tokens.access_token, sub, { DPoP })).sub, sub);
  await assert.rejects(client.fetchUserInfo(config, tokens.access_token, sub), { status: 401 }, "not as a bearer token");
  const renewed = await client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP });
  assert.equal((await client.fetchUserInfo(config, renewed.access_token, sub, { DPoP })).sub, sub);
}

async function pushes({ service, resident }) {
  const config = await publicClient(service, "pushes");
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
  const { request, checks } = await fresh(service);
  const link = await client.buildAuthorizationUrlWithPAR(config, request, { DPoP });
  const landed = await answers(await resident(), link, { back: service.landing.uri });
  const tokens = await client.authorizationCodeGrant(config, landed, checks, undefined, { DPoP });
  assert.equal(tokens.token_type, "dpop");
}

async function promptNone({ service, resident }) {
  const config = await publicClient(service, "prompt-none");
  const she = await resident();
  const back = service.landing.uri;
  const ask = async (more) => {
    const { request, checks } = await fresh(service, more);
    return { link: client.buildAuthorizationUrl(config, request), checks };
  };
  const silent = async () => {
    const asked = [];
    const { link, checks } = await ask({ prompt: "none" });
    const landed = await answers(she, link, { back, asked });
    assert.deepEqual(asked, [], "no page on the way");
    return client.authorizationCodeGrant(config, landed, checks);
  };
  await assert.rejects(silent(), { name: "AuthorizationResponseError", error: "login_required" });
  const other = await publicClient(service, "prompt-none-other");
  const { request, checks } = await fresh(service);
  await client.authorizationCodeGrant(other, await answers(she, client.buildAuthorizationUrl(other, request), { back }), checks);
  await assert.rejects(silent(), { name: "AuthorizationResponseError", error: "consent_required" });
  const { link, checks: own } = await ask();
  const loud = await client.authorizationCodeGrant(config, await answers(she, link, { back }), own);
  assert.equal((await silent()).claims().sub, loud.claims().sub);
}

async function maxAge({ service, resident }) {
  const config = await publicClient(service, "max-age");
  const she = await resident();
  const back = service.landing.uri;
  const ask = async (more) => {
    const asked = [];
    const { request, checks } = await fresh(service, more);
    const landed = await answers(she, client.buildAuthorizationUrl(config, request), { back, asked });
    const maxAge = more.max_age === undefined ? undefined : Number(more.max_age);
    const tokens = await client.authorizationCodeGrant(config, landed, { ...checks, maxAge });
    return { asked, at: tokens.claims().auth_time };
  };
  const first = await ask({});
  assert.deepEqual(first.asked, ["sign-in", "question"]);
  const again = await ask({ max_age: "3600" });
  assert.deepEqual(again, { asked: [], at: first.at }, "recent enough, and agreed before");
  const login = await ask({ prompt: "login" });
  assert.deepEqual(login.asked, ["sign-in"]);
  assert.ok(login.at >= first.at);
}

async function pairwise({ service, resident }) {
  const she = await resident();
  const names = [];
  for (const id of ["pairwise-a", "pairwise-b"]) {
    const config = await publicClient(service, id);
    const { request, checks } = await fresh(service);
    const landed = await answers(she, client.buildAuthorizationUrl(config, request), { back: service.landing.uri });
    names.push((await client.authorizationCodeGrant(config, landed, checks)).claims().sub);
  }
  assert.notEqual(names[0], names[1]);
}

// RFC 9207: the library compares `iss`, because our metadata say that it always comes.
async function mixUp({ service, resident }) {
  const config = await publicClient(service, "mix-up");
  const { request, checks } = await fresh(service);
  const landed = await answers(await resident(), client.buildAuthorizationUrl(config, request), { back: service.landing.uri });
  for (const change of [(url) => url.searchParams.delete("iss"), (url) => url.searchParams.set("iss", "https://evil.test")]) {
    const altered = new URL(landed);
    change(altered);
    await assert.rejects(client.authorizationCodeGrant(config, altered, checks), (error) => /"iss"/.test(error.cause?.message));
  }
  await client.authorizationCodeGrant(config, landed, checks);
}
