// A care service: a partner that asks whether somebody is over sixty, and how much care she needs (a sensitive claim). And
// somebody whose record says how much that is.

import { createHash, createSign, generateKeyPairSync, randomBytes } from "node:crypto";

const ID = "happy-care";
const DETAILS = [{ type: "cn-community-data", purpose: "elder.care", items: [{ claim: "care_level_band" }, { claim: "phone_masked" }] }];

const coded = (bytes) => Buffer.from(bytes).toString("base64url");
const digest = (text) => createHash("sha256").update(text).digest("base64url");

export class Care {
  // Registers the service with the running demo, once.
  static of(demo) {
    demo.care ??= new Care(demo);
    return demo.care;
  }

  constructor(demo) {
    this.demo = demo;
    // A page that answers: what a browser is told there is not looked at.
    this.redirect = `${demo.parking}/`;
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.key = privateKey;
    this.jwk = publicKey.export({ format: "jwk" });
    demo.registers(ID, `
id = "${ID}"
class = "partner"
kind = "social_org"
controller = "幸福里养老服务中心"
contact = "王主任 0551-6000-0066"
redirect_uris = ["${this.redirect}"]
purposes = ["elder.care"]
name = { zh-Hans = "幸福助餐", en = "Happy Meals" }

[[jwks.keys]]
kty = "EC"
crv = "P-256"
use = "sig"
alg = "ES256"
kid = "care"
x = "${this.jwk.x}"
y = "${this.jwk.y}"
`);
  }

  name(locale) {
    return locale === "en" ? "Happy Meals" : "幸福助餐";
  }

  // Where a browser is sent to be asked (RFC 9126).
  async asks(more = {}) {
    const { x, y } = this.jwk;
    const form = {
      client_id: ID,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: this.assertion(),
      response_type: "code",
      redirect_uri: this.redirect,
      scope: "openid cc:elder.care",
      authorization_details: JSON.stringify(DETAILS),
      state: coded(randomBytes(9)),
      nonce: coded(randomBytes(9)),
      code_challenge: digest(coded(randomBytes(32))),
      code_challenge_method: "S256",
      dpop_jkt: digest(JSON.stringify({ crv: "P-256", kty: "EC", x, y })),
      ...more,
    };
    const answer = await fetch(`${this.demo.issuer}/par`, { method: "POST", body: new URLSearchParams(form) });
    const { request_uri } = await answer.json();
    if (!request_uri) throw new Error(`the request was not taken: ${answer.status}`);
    return `/authorize?${new URLSearchParams({ client_id: ID, request_uri })}`;
  }

  assertion() {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: ID, sub: ID, aud: this.demo.issuer, jti: coded(randomBytes(16)), iat: now, exp: now + 50 };
    const signed = [{ alg: "ES256", kid: "care" }, claims].map((part) => coded(JSON.stringify(part))).join(".");
    const signature = createSign("SHA256").update(signed).sign({ key: this.key, dsaEncoding: "ieee-p1363" });
    return `${signed}.${coded(signature)}`;
  }
}

let people = 0;

// Somebody of seventy-six who needs some care, from a second roster; her invitation.
export function elder(demo) {
  people += 1;
  const number = checked(`34010019500101${String(people * 2).padStart(3, "0")}`);
  const name = `赵秀${"英兰珍芳云梅竹菊"[people % 8]}${"一二三四五六七八九"[people % 9]}`;
  const csv = `姓名,证件号码,性别,手机号,楼栋,单元,房号,照料等级\n${name},${number},女,138${String(people).padStart(8, "0")},1栋,1单元,${700 + people},半自理\n`;
  return demo.imports(name, csv);
}

// A number of an identity card with its check digit (ISO 7064 MOD 11-2).
export function checked(digits) {
  const sum = [...digits].reduce((sum, digit, at) => sum + Number(digit) * (2 ** (17 - at) % 11), 0);
  return digits + "10X98765432"[sum % 11];
}
