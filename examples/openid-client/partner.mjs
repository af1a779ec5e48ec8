// A partner app: asks a resident for data for one purpose, reads what she allowed, refreshes, and gives the tokens back.
//
//   node partner.mjs        ISSUER (http://localhost:8080), PORT (3000) and FOLDER (.) may be set in the environment
//
// openid-client does the protocol: pushed requests, PKCE, client assertions, DPoP with the service's nonces, and every
// check of the ID token. What stands here is what an app must decide by itself.

import * as client from "openid-client";
import { introduce } from "./introduce.mjs";
import { serve } from "./web.mjs";

const issuer = new URL(process.env.ISSUER ?? "http://localhost:8080");
const port = Number(process.env.PORT ?? 3000);
const id = "home-care";
const purpose = "notice.deliver";
const redirectUri = `http://localhost:${port}/callback`;

const { manifest, key } = await introduce(process.env.FOLDER ?? ".", { id, purpose, redirectUri });

// Only a trial runs on http://localhost; a service in use has https, and the library insists on it.
const trial = issuer.protocol === "http:" ? [client.allowInsecureRequests] : [];
const config = await client.discovery(issuer, id, undefined, client.PrivateKeyJwt(key), { execute: trial });

// What is asked for. What the purpose requires is asked in any case; the resident chooses among the rest.
const wanted = [{ type: "cn-community-data", purpose, items: [{ claim: "language" }, { claim: "ui_profile" }] }];

await serve(port, {
  "GET /": () => ({ title: "Home Care", links: ["/connect"] }),

  // 1. Push the request, and send the browser to the resident's question.
  "GET /connect": async ({ session }) => {
    // One DPoP key for each connection: tokens work with it alone. Keep it as long as the refresh token.
    session.dpop = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
    session.verifier = client.randomPKCECodeVerifier();
    session.state = client.randomState();
    session.nonce = client.randomNonce();
    const request = {
      redirect_uri: redirectUri,
      scope: "openid",
      authorization_details: JSON.stringify(wanted),
      code_challenge: await client.calculatePKCECodeChallenge(session.verifier),
      code_challenge_method: "S256",
      state: session.state,
      nonce: session.nonce,
    };
    return { redirect: await client.buildAuthorizationUrlWithPAR(config, request, { DPoP: session.dpop }) };
  },

  // 2. She comes back with a code, or with `error=access_denied`; the code becomes tokens, once.
  "GET /callback": async ({ session, url }) => {
    const checks = { pkceCodeVerifier: session.verifier, expectedState: session.state, expectedNonce: session.nonce };
    session.tokens = await client.authorizationCodeGrant(config, url, checks, undefined, { DPoP: session.dpop });
    // What she is called here. Another app is told another name.
    session.subject = session.tokens.claims().sub;
    return { redirect: "/read" };
  },

  // 3. Read, each time afresh: she may have changed her mind.
  "GET /read": async ({ session }) => {
    let answer = await read(session).catch(challenged);
    if (answer.status === 401) {
      await refresh(session);
      answer = await read(session).catch(challenged);
    }
    const position = answer.headers.get("ledger-position");
    const shown = { status: answer.status, position, answer: await answer.json(), subject: session.subject };
    return { title: answer.ok ? "What she allowed" : "Refused", shown, links: ["/read", "/refresh", "/give-back"] };
  },

  // 4. A new access token, when the old one has run out. The refresh token stays the same.
  "GET /refresh": async ({ session }) => {
    await refresh(session);
    return { redirect: "/read" };
  },

  // 5. Done: give the tokens back. The refresh token takes its access tokens along.
  "GET /give-back": async ({ session }) => {
    await client.tokenRevocation(config, session.tokens.refresh_token);
    return { title: "Given back", links: ["/read", "/connect"] };
  },
});

console.log(`Register this app:  latchkey clients register ${manifest}`);
console.log(`Then open:          http://localhost:${port}/`);

function read({ tokens, dpop }) {
  const url = new URL("/vault/claims", issuer);
  return client.fetchProtectedResource(config, tokens.access_token, url, "GET", undefined, undefined, { DPoP: dpop });
}

// A 401 comes as an error with the answer in it; everything else goes on.
function challenged(error) {
  if (error instanceof client.WWWAuthenticateChallengeError && error.status === 401) return error.response;
  throw error;
}

async function refresh(session) {
  const { refresh_token } = session.tokens;
  const renewed = await client.refreshTokenGrant(config, refresh_token, undefined, { DPoP: session.dpop });
  session.tokens = { refresh_token, ...renewed };
}
