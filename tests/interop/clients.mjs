// The clients of the stories: their manifests, keys, and openid-client's configuration of each.

import * as client from "openid-client";

const algorithms = {
  ES256: { name: "ECDSA", namedCurve: "P-256" },
  EdDSA: { name: "Ed25519" },
  PS256: { name: "RSA-PSS", hash: "SHA-256", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
};

// How each partner authenticates, by id.
const keys = new Map();

// The secret in what the command line says.
export const secretIn = (said) => said.match(/^client_secret: ([\w-]{43})$/m)[1];

// A manifest. `members` are lines of TOML beside those that every client has.
export function manifest(id, redirectUri, members = []) {
  return [
    `id = "${id}"`,
    `kind = "company"`,
    `controller = "互通测试有限公司"`,
    `contact = "钱工 0551-6000-0009"`,
    `redirect_uris = ["${redirectUri}"]`,
    ...members.filter((line) => !line.startsWith("[")),
    `name = { zh-Hans = "互通", en = "Interop" }`,
    ...members.filter((line) => line.startsWith("[")),
    "",
  ].join("\n");
}

// Registers a partner with a key of this algorithm; its configuration.
export async function partner(service, id, { alg = "ES256", purpose = "parking.book", members = [] } = {}) {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(algorithms[alg], false, ["sign", "verify"]);
  const { key_ops, ext, ...jwk } = await crypto.subtle.exportKey("jwk", publicKey);
  const key = Object.entries({ ...jwk, alg, kid: "1" }).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  const own = [`class = "partner"`, `purposes = ["${purpose}"]`, ...members, `[[jwks.keys]]\n${key.join("\n")}`];
  service.register(manifest(id, service.landing.uri, own));
  keys.set(id, client.PrivateKeyJwt({ key: privateKey, kid: "1" }));
  return configured(service, id, keys.get(id));
}

// The same partner, when it was registered for signed answers to its questions (RFC 9701).
partner.wantsSignedAnswers = (service, config) => {
  const { client_id: id } = config.clientMetadata();
  return configured(service, id, keys.get(id), { introspection_signed_response_alg: "ES256" });
};

// Registers an ordinary client that is given a secret.
export async function secretClient(service, id, method) {
  const own = [`class = "ordinary"`, `token_endpoint_auth_method = "${method}"`];
  return secretClient.told(service, id, method, service.register(manifest(id, service.landing.uri, own)));
}

secretClient.told = async (service, id, method, said) => {
  const secret = secretIn(said);
  const itself = method === "client_secret_basic" ? client.ClientSecretBasic(secret) : client.ClientSecretPost(secret);
  return { id, secret, config: await configured(service, id, itself) };
};

secretClient.renew = (service, id, method) => secretClient.told(service, id, method, service.latchkey("clients", "rotate", id));

// Registers a client that needs nothing but its name, and perhaps no redirect URI: a device has none.
export function publicClient(service, id, members = [], redirect = "redirect") {
  const whole = manifest(id, service.landing.uri, [`class = "ordinary"`, ...members]);
  service.register(redirect === "redirect" ? whole : whole.replace(/^redirect_uris.*\n/m, ""));
  return configured(service, id, client.None());
}

export function configured(service, id, itself, metadata) {
  return client.discovery(new URL(service.issuer), id, metadata, itself, { execute: [client.allowInsecureRequests] });
}

// What is fresh in every request, and how the answer is checked against it.
export async function fresh(service, more = {}) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
  const request = {
    redirect_uri: service.landing.uri,
    scope: "openid",
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    state: expectedState,
    nonce: expectedNonce,
    ...more,
  };
  return { request, checks: { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true } };
}

export function details(purpose, claims) {
  return JSON.stringify([{ type: "cn-community-data", purpose, items: claims.map((claim) => ({ claim })) }]);
}
