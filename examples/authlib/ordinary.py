"""An ordinary app with Authlib: signs residents in, knows them again, and gives their tokens back.

    python ordinary.py      ISSUER (http://localhost:8080), PORT (3002) and CLIENT_ID (choir) may be set in the environment

Who it is, one of:
    CLIENT_SECRET=...       client_secret_basic, or what AUTH_METHOD says (client_secret_post)
    KEY_FILE=key.pem        private_key_jwt with this P-256 key
    neither                 a public client, with PKCE alone
"""

import html
import json
import os
import secrets
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

ISSUER = os.environ.get("ISSUER", "http://localhost:8080")
PORT = int(os.environ.get("PORT", "3002"))
CLIENT_ID = os.environ.get("CLIENT_ID", "choir")
HERE = f"http://localhost:{PORT}"

METADATA = requests.get(f"{ISSUER}/.well-known/openid-configuration", timeout=10).json()
assert METADATA["issuer"] == ISSUER, "the metadata are another service's"


def client(**more):
    """A session of Authlib for this app; `more` is what one conversation adds."""
    itself = {"token_endpoint_auth_method": "none"}
    if secret := os.environ.get("CLIENT_SECRET"):
        method = os.environ.get("AUTH_METHOD", "client_secret_basic")
        itself = {"client_secret": secret, "token_endpoint_auth_method": method}
    elif key_file := os.environ.get("KEY_FILE"):
        key = ECKey.import_key(open(key_file).read())
        itself = {"client_secret": key, "token_endpoint_auth_method": "private_key_jwt"}
    itself["revocation_endpoint_auth_method"] = itself["token_endpoint_auth_method"]
    session = OAuth2Session(
        CLIENT_ID,
        redirect_uri=f"{HERE}/callback",
        # `profile`: her masked name and her language, if she agrees. `offline_access`: a refresh token.
        scope="openid profile offline_access",
        code_challenge_method="S256",
        **itself,
        **more,
    )
    # Authlib signs RS256 unless told otherwise.
    session.register_client_auth_method(PrivateKeyJWT(METADATA["token_endpoint"], alg="ES256"))
    return session


def verified(token, nonce):
    """The claims of an ID token that is the service's, for us, and the answer to our question."""
    keys = KeySet.import_key_set(requests.get(METADATA["jwks_uri"], timeout=10).json())
    algorithms = METADATA["id_token_signing_alg_values_supported"]
    read = jwt.decode(token["id_token"], keys, algorithms=algorithms)
    asked = {"nonce": nonce, "client_id": CLIENT_ID, "access_token": token["access_token"]}
    options = {"iss": {"essential": True, "value": ISSUER}, "nonce": {"essential": True}}
    claims = CodeIDToken(read.claims, read.header, options, asked)
    claims.validate(leeway=10)
    return claims


def sign_in(kept, _url):
    kept.update(verifier=secrets.token_urlsafe(48), nonce=secrets.token_urlsafe(24))
    address, kept["state"] = client().create_authorization_url(
        METADATA["authorization_endpoint"], code_verifier=kept["verifier"], nonce=kept["nonce"]
    )
    return {"redirect": address}


def callback(kept, url):
    session = client(state=kept["state"])
    token = session.fetch_token(
        METADATA["token_endpoint"], authorization_response=url, code_verifier=kept["verifier"]
    )
    kept.update(token=token, subject=verified(token, kept["nonce"])["sub"])
    return {"redirect": "/who"}


def who(kept, _url):
    told = client(token=kept["token"]).get(METADATA["userinfo_endpoint"])
    if told.status_code != 200:
        return {"title": "Not signed in", "shown": {"status": told.status_code}, "links": ["/sign-in"]}
    # Userinfo must speak of whom the ID token spoke (OpenID Connect Core 5.3.2).
    assert told.json()["sub"] == kept["subject"]
    return {"title": "Welcome", "shown": told.json(), "links": ["/refresh", "/status", "/give-back"]}


def refresh(kept, _url):
    # Public clients get a new refresh token each time, and the old one is over: Authlib keeps the newest.
    kept["token"] = client(token=kept["token"]).refresh_token(METADATA["token_endpoint"])
    return {"redirect": "/who"}


def status(kept, _url):
    # Only a client that can prove who it is may ask.
    answer = client(token=kept["token"]).introspect_token(
        METADATA["introspection_endpoint"], kept["token"]["access_token"], "access_token"
    )
    return {"title": "How the token stands", "shown": answer.json(), "links": ["/who", "/give-back"]}


def give_back(kept, _url):
    endpoint = METADATA["revocation_endpoint"]
    client(token=kept["token"]).revoke_token(endpoint, kept["token"]["refresh_token"], "refresh_token")
    return {"redirect": "/who"}


def home(_kept, _url):
    return {"title": "Choir", "links": ["/sign-in"]}


PAGES = {"/": home, "/sign-in": sign_in, "/callback": callback, "/who": who, "/refresh": refresh,
         "/status": status, "/give-back": give_back}
SESSIONS = {}


class Handler(BaseHTTPRequestHandler):
    """Sessions by cookie, in memory, and pages that show JSON."""

    def do_GET(self):
        page = PAGES.get(urlsplit(self.path).path)
        if page is None:
            return self.answer(404, {"title": "Nothing here", "links": ["/"]})
        cookie = SimpleCookie(self.headers.get("Cookie", "")).get("choir-session")
        self.session = cookie.value if cookie and cookie.value in SESSIONS else secrets.token_urlsafe(24)
        try:
            shown = page(SESSIONS.setdefault(self.session, {}), HERE + self.path)
            return self.answer(303 if "redirect" in shown else 200, shown)
        except Exception as error:  # docs/partners.md says what to do about each code
            code = getattr(error, "error", None) or str(error)
            return self.answer(400, {"title": "That did not work", "shown": {"error": code}, "links": ["/"]})

    def answer(self, status, shown):
        self.send_response(status)
        if session := getattr(self, "session", None):
            self.send_header("Set-Cookie", f"choir-session={session}; HttpOnly; SameSite=Lax; Path=/")
        if "redirect" in shown:
            self.send_header("Location", shown["redirect"])
            return self.end_headers()
        links = "".join(f'<li><a href="{link}">{link}</a></li>' for link in shown["links"])
        told = html.escape(json.dumps(shown["shown"], indent=2, ensure_ascii=False)) if "shown" in shown else ""
        body = f'<!doctype html><meta charset="utf-8"><title>{shown["title"]}</title><h1>{shown["title"]}</h1>'
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"{body}<pre>{told}</pre><ul>{links}</ul>".encode())

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    print(f"Then open:  {HERE}/", flush=True)
    ThreadingHTTPServer(("localhost", PORT), Handler).serve_forever()
