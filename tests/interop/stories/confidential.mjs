// Ordinary clients that hold a secret or a key, with openid-client 6; and what clients ask about their tokens.

import assert from "node:assert/strict";
import * as client from "openid-client";
import { details, fresh, partner, secretClient } from "../clients.mjs";
import { answers } from "../resident.mjs";

export const stories = [
  ...["client_secret_basic", "client_secret_post"].map((method) => ({
    name: `openid-client: an ordinary client with ${method} signs in, refreshes, asks, gives back`,
    run: (cast) => signsIn(cast, method),
  })),
  { name: "openid-client: a secret that was rotated is good beside the old one for a while", run: rotated },
  { name: "openid-client: a partner asks how its tokens stand, plainly and signed", run: introspects },
];

async function signsIn({ service, resident }, method) {
  const { config } = await secretClient(service, method.replaceAll("_", "-"), method);
  const { request, checks } = await fresh(service, { scope: "openid profile offline_access" });
  const link = client.buildAuthorizationUrl(config, request);
  const landed = await answers(await resident(), link, { claims: ["language"], back: service.landing.uri });
  const tokens = await client.authorizationCodeGrant(config, landed, checks);
  const { sub } = tokens.claims();
  assert.deepEqual(Object.keys(await client.fetchUserInfo(config, tokens.access_token, sub)).sort(), ["language", "sub"]);
  const renewed = await client.refreshTokenGrant(config, tokens.refresh_token);
  assert.equal(renewed.refresh_token ?? tokens.refresh_token, tokens.refresh_token, "not rotated: it is bound to the secret");
  const stands = await client.tokenIntrospection(config, renewed.access_token);
  assert.deepEqual([stands.active, stands.sub, stands.client_id], [true, sub, config.clientMetadata().client_id]);
  await client.tokenRevocation(config, tokens.refresh_token);
  assert.deepEqual(await client.tokenIntrospection(config, renewed.access_token), { active: false });
  await assert.rejects(client.refreshTokenGrant(config, tokens.refresh_token), { error: "invalid_grant" });
}

async function rotated({ service }) {
  const { config, secret, id } = await secretClient(service, "rotated", "client_secret_basic");
  const asks = (which) => client.tokenIntrospection(which, "nothing").then(({ active }) => active);
  assert.equal(await asks(config), false, "known, and told that the token is none");
  const renewed = await secretClient.renew(service, id, "client_secret_basic");
  assert.notEqual(renewed.secret, secret);
  assert.deepEqual([await asks(config), await asks(renewed.config)], [false, false]);
  service.latchkey("clients", "disable", id);
  await assert.rejects(asks(renewed.config), { status: 401 });
  service.latchkey("clients", "enable", id);
  assert.equal(await asks(renewed.config), false);
}

async function introspects({ service, resident }) {
  const config = await partner(service, "introspects");
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair());
  const { request, checks } = await fresh(service, { authorization_details: details("parking.book", ["is_resident"]) });
  const link = await client.buildAuthorizationUrlWithPAR(config, request, { DPoP });
  const landed = await answers(await resident(), link, { back: service.landing.uri });
  const tokens = await client.authorizationCodeGrant(config, landed, checks, undefined, { DPoP });
  const plain = await client.tokenIntrospection(config, tokens.access_token);
  assert.equal(plain.cnf.jkt, await DPoP.calculateThumbprint());
  assert.equal(plain.authorization_details[0].purpose, "parking.book");
  // RFC 9701: the library verifies the signature, the issuer and the audience when it asked for a signed answer.
  const signed = await partner.wantsSignedAnswers(service, config);
  const told = await client.tokenIntrospection(signed, tokens.access_token);
  assert.deepEqual([told.active, told.sub], [true, tokens.claims().sub]);
  await client.tokenRevocation(config, tokens.access_token);
  assert.deepEqual(await client.tokenIntrospection(signed, tokens.access_token), { active: false });
}
