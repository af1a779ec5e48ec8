// The little web server under both examples: sessions by cookie, in memory, and pages that show JSON.

import { createServer } from "node:http";
import { randomUUID } from "node:crypto";

// routes: "GET /path" → async ({ session, url }) => { redirect } or { title, shown, links }.
// A session is an object that the routes fill; what they throw is shown.
export function serve(port, routes) {
  const sessions = new Map();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, `http://localhost:${port}`);
    const route = routes[`${request.method} ${url.pathname}`];
    if (!route) return response.writeHead(404).end();
    const known = /(?:^|; )example-session=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1];
    const id = sessions.has(known) ? known : randomUUID();
    if (id !== known) {
      sessions.set(id, {});
      response.setHeader("Set-Cookie", `example-session=${id}; HttpOnly; SameSite=Lax; Path=/`);
    }
    let answer;
    try {
      answer = await route({ session: sessions.get(id), url });
    } catch (error) {
      // `error` is the code of the standard; docs/partners.md says what to do about each.
      const shown = { error: error.error ?? error.code ?? error.message, status: error.status };
      answer = { status: 400, title: "That did not work", shown, links: ["/"] };
    }
    if (answer.redirect) return response.writeHead(303, { Location: String(answer.redirect) }).end();
    response.writeHead(answer.status ?? 200, { "Content-Type": "text/html; charset=utf-8" }).end(page(answer));
  });
  return new Promise((resolve) => server.listen(port, "localhost", resolve));
}

const escaped = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

function page({ title, shown, links }) {
  const list = links.map((link) => `<li><a href="${link}">${link}</a></li>`).join("");
  const json = shown ? `<pre>${escaped(JSON.stringify(shown, null, 2))}</pre>` : "";
  return `<!doctype html><meta charset="utf-8"><title>${title}</title><h1>${title}</h1>${json}<ul>${list}</ul>`;
}
