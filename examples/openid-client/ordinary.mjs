// An ordinary app: signs residents in, and needs nothing of them but "the same resident as yesterday".
//
//   node ordinary.mjs       ISSUER (http://localhost:8080), PORT (3001), CLIENT_ID (reading-room) and CLIENT_SECRET may be
//                           set in the environment
//
// Without CLIENT_SECRET it is a public client; with one it authenticates by client_secret_basic. PKCE either way.

import * as client from "openid-client";
import { serve } from "./web.mjs";

const issuer = new URL(process.env.ISSUER ?? "http://localhost:8080");
const port = Number(process.env.PORT ?? 3001);
const secret = process.env.CLIENT_SECRET;
const id = process.env.CLIENT_ID ?? "reading-room";
const redirectUri = `http://localhost:${port}/callback`;

// Only a trial runs on http://localhost; a service in use has https, and the library insists on it.
const trial = issuer.protocol === "http:" ? [client.allowInsecureRequests] : [];
const itself = secret ? client.ClientSecretBasic(secret) : client.None();
const config = await client.discovery(issuer, id, undefined, itself, { execute: trial });

await serve(port, {
  "GET /": ({ session }) => ({ title: "Reading Room", shown: session.resident, links: ["/sign-in"] }),

  "GET /sign-in": async ({ session }) => {
    session.verifier = client.randomPKCECodeVerifier();
    session.state = client.randomState();
    session.nonce = client.randomNonce();
    const request = {
      redirect_uri: redirectUri,
      // `profile`: her masked name and her language, if she agrees. `offline_access`: a refresh token.
      scope: "openid profile offline_access",
      code_challenge: await client.calculatePKCECodeChallenge(session.verifier),
      code_challenge_method: "S256",
      state: session.state,
      nonce: session.nonce,
    };
    return { redirect: client.buildAuthorizationUrl(config, request) };
  },

  "GET /callback": async ({ session, url }) => {
    const checks = { pkceCodeVerifier: session.verifier, expectedState: session.state, expectedNonce: session.nonce };
    const tokens = await client.authorizationCodeGrant(config, url, checks);
    session.refreshToken = tokens.refresh_token;
    session.resident = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
    return { title: "Welcome", shown: session.resident, links: ["/refresh", "/"] };
  },

  // Public clients get a new refresh token each time, and the old one is over; others keep theirs. Keep the newest.
  "GET /refresh": async ({ session }) => {
    const tokens = await client.refreshTokenGrant(config, session.refreshToken);
    session.refreshToken = tokens.refresh_token ?? session.refreshToken;
    session.resident = await client.fetchUserInfo(config, tokens.access_token, session.resident.sub);
    return { title: "Still here", shown: session.resident, links: ["/refresh", "/"] };
  },
});

console.log(`Then open:          http://localhost:${port}/`);
