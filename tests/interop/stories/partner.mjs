// A partner with openid-client 6: pushed requests, rich authorization requests, DPoP, the vault.

import assert from "node:assert/strict";
import * as client from "openid-client";
import { details, fresh, partner } from "../clients.mjs";
import { answers } from "../resident.mjs";

const asks = { authorization_details: details("parking.book", ["is_resident", "plate_masked", "building_no"]) };

export const stories = [
  ...["ES256", "EdDSA", "PS256"].map((alg) => ({
    name: `openid-client: a partner with ${alg}: pushed, bound, read, refreshed, given back`,
    run: (cast) => wholeLife(cast, alg),
  })),
  { name: "openid-client: a partner hears that the resident said no", run: saidNo },
  { name: "openid-client: a partner that was stopped is refused and told why", run: stopped },
  { name: "openid-client: a code works once for a partner", run: codeTwice },
  { name: "openid-client: a token bound to one key is refused with another", run: otherKey },
];

// From the request to tokens: the configuration, the DPoP handle and the token answer.
async function connected({ service, resident }, id, { alg = "ES256", claims = ["plate_masked"] } = {}) {
  const config = await partner(service, id, { alg });
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair(alg === "EdDSA" ? "Ed25519" : alg));
  const { request, checks } = await fresh(service, asks);
  const link = await client.buildAuthorizationUrlWithPAR(config, request, { DPoP });
  assert.deepEqual([...link.searchParams.keys()].sort(), ["client_id", "request_uri"]);
  const she = await resident();
  const landed = await answers(she, link, { claims, back: service.landing.uri });
  const tokens = await client.authorizationCodeGrant(config, landed, checks, undefined, { DPoP });
  return { config, DPoP, she, tokens, landed, checks };
}

function vault({ config, DPoP, service }, token, query = "") {
  const url = new URL(`/vault/claims${query}`, service.issuer);
  return client.fetchProtectedResource(config, token, url, "GET", undefined, undefined, { DPoP });
}

async function wholeLife(cast, alg) {
  const { service } = cast;
  const { config, DPoP, tokens } = await connected(cast, `life-${alg.toLowerCase()}`, { alg });
  const own = { config, DPoP, service };
  assert.equal(tokens.token_type, "dpop", "the library writes it in lower case");
  assert.ok(tokens.expiresIn() <= 600 && tokens.expiresIn() > 0);
  const [granted] = tokens.authorization_details;
  assert.deepEqual(granted.items.map(({ claim }) => claim).sort(), ["is_resident", "plate_masked"]);
  const { sub, acr, amr, at_hash: hash } = tokens.claims();
  assert.equal(acr, "phr");
  assert.ok(amr.includes("mfa") && hash);

  const answer = await vault(own, tokens.access_token);
  assert.equal(answer.status, 200);
  const { claims, purpose } = await answer.json();
  assert.equal(purpose, "parking.book");
  assert.deepEqual(Object.keys(claims).sort(), ["is_resident", "plate_masked"]);
  assert.match(answer.headers.get("ledger-position"), /^\d+$/);
  const less = await (await vault(own, tokens.access_token, "?claims=is_resident")).json();
  assert.deepEqual(less.claims, { is_resident: true });
  const never = await vault(own, tokens.access_token, "?claims=building_no");
  assert.equal(never.status, 403);
  assert.equal((await never.json()).reason, "scope_too_narrow");

  const told = await client.fetchUserInfo(config, tokens.access_token, sub, { DPoP });
  assert.deepEqual(told, { sub }, "userinfo tells a partner the name alone");

  const renewed = await client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP });
  assert.equal(renewed.refresh_token ?? tokens.refresh_token, tokens.refresh_token, "a partner's stays the same");
  assert.equal((await vault(own, renewed.access_token)).status, 200);

  await client.tokenRevocation(config, tokens.refresh_token);
  for (const dead of [tokens.access_token, renewed.access_token]) await isDead(vault(own, dead));
  const over = client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP });
  await assert.rejects(over, { error: "invalid_grant", status: 400 });
}

// The library turns a challenge into an error that names what it says.
async function isDead(answer) {
  await assert.rejects(answer, (error) => {
    assert.ok(error instanceof client.WWWAuthenticateChallengeError, String(error));
    assert.equal(error.status, 401);
    assert.ok(error.cause.some(({ scheme, parameters }) => scheme === "dpop" && parameters.error === "invalid_token"));
    return true;
  });
}

async function saidNo({ service, resident }) {
  const config = await partner(service, "said-no");
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair());
  const { request, checks } = await fresh(service, asks);
  const link = await client.buildAuthorizationUrlWithPAR(config, request, { DPoP });
  const landed = await answers(await resident(), link, { decision: "no", back: service.landing.uri });
  const refused = client.authorizationCodeGrant(config, landed, checks, undefined, { DPoP });
  await assert.rejects(refused, { name: "AuthorizationResponseError", error: "access_denied" });
}

async function stopped(cast) {
  const { service } = cast;
  const { config, DPoP, she, tokens } = await connected(cast, "stopped");
  await she.opens("/me");
  await she.presses(".rows .stop");
  const answer = await vault({ config, DPoP, service }, tokens.access_token);
  assert.equal(answer.status, 403);
  const { type, reason } = await answer.json();
  assert.deepEqual({ type, reason }, { type: "/problems/consent-required", reason: "consent_withdrawn" });
  const over = client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP });
  await assert.rejects(over, { error: "invalid_grant" });
}

async function codeTwice(cast) {
  const { service } = cast;
  const { config, DPoP, tokens, landed, checks } = await connected(cast, "code-twice");
  const again = client.authorizationCodeGrant(config, landed, checks, undefined, { DPoP });
  await assert.rejects(again, { error: "invalid_grant" });
  await isDead(vault({ config, DPoP, service }, tokens.access_token));
}

async function otherKey(cast) {
  const { service } = cast;
  const { config, tokens } = await connected(cast, "other-key");
  const other = client.getDPoPHandle(config, await client.randomDPoPKeyPair());
  await isDead(vault({ config, DPoP: other, service }, tokens.access_token));
}
