// A television in the lobby, as far as the service can tell: it asks, shows a code, and polls (RFC 8628).

import assert from "node:assert/strict";

const GRANT = "urn:ietf:params:oauth:grant-type:device_code";
const ID = "lobby-television";

// A public client, registered with the running demo as an operator would, once.
export async function television(demo) {
  if (!demo.hasTelevision) demo.registers(ID, `
id = "${ID}"
class = "ordinary"
kind = "property"
controller = "锦绣物业服务有限公司"
contact = "周女士 0551-6000-0003"
grant_types = ["${GRANT}"]
name = { zh-Hans = "大堂电视", en = "Lobby Television" }
`);
  demo.hasTelevision = true;
  const post = async (path, fields) => {
    const answer = await fetch(demo.issuer + path, { method: "POST", body: new URLSearchParams({ client_id: ID, ...fields }) });
    return { status: answer.status, ...(await answer.json()) };
  };
  const shown = await post("/device_authorization", { scope: "openid profile", device_name: "TV 3" });
  assert.equal(shown.status, 200, JSON.stringify(shown));
  const polls = () => post("/token", { grant_type: GRANT, device_code: shown.device_code });
  return { shown, polls };
}
