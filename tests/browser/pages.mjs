// Every page of the product, for whoever must see them all: axe-core and the size rules (stories/looks.mjs), and the
// pictures (shots.mjs). The pages themselves stand in pages/*.mjs, one file for each part of the product; a new file is
// found by itself. A page is one of
//
//   { name: "book", at: "/me/book" }                        a page that a resident finds at an address
//   { name: "sign-in", at: "/sign-in", by: "nobody" }       the same for somebody who is not signed in
//   { name: "stopped", shows: async (cast) => person }      anything else: do what leads there, and return the person
//                                                           whose browser shows it
//
// and may have `templates: ["recovery_codes"]`, the files in templates/ that it shows when they are not called
// like it, and `status: 404` where the page says no. They are visited in order, each time by a new cast: a page
// may count on what the pages before it in its own file have done. What a page uses up it first makes itself, with
// `cast.another()`, so that it leaves the resident of the other pages as she was.

import { readdirSync } from "node:fs";
import { Colleague } from "./colleague.mjs";

const here = new URL("pages/", import.meta.url);
const templates = new URL("../../templates/", import.meta.url);

const files = readdirSync(here).filter((name) => name.endsWith(".mjs")).sort();
const chapters = (await Promise.all(files.map((file) => import(new URL(file, here))))).map((chapter) => chapter.pages);
const pages = chapters.flat();

// Templates of pages that nobody visits.
export function unvisited() {
  const all = readdirSync(templates, { recursive: true }).filter((name) => name.endsWith(".html"));
  const whole = all.filter((name) => !/(^|\/)(layout\.html$|parts\/|slips\/)/.test(name)).map((name) => name.replace(/^pages\/|\.html$/g, ""));
  const visited = new Set(pages.flatMap((page) => page.templates ?? [page.name.replaceAll("-", "_")]));
  return whole.filter((name) => !visited.has(name));
}

// Who is there to visit pages: people of one language and one size of type.
export class Cast {
  constructor(world, settings) {
    this.demo = world.demo;
    this.settings = settings;
    this.arrive = world.person;
    this.made = new Map();
  }

  // Somebody with a browser of their own.
  person(settings = {}) {
    return this.arrive({ ...this.settings, ...settings });
  }

  // What is made when it is first asked for, and then kept: cast.once("staff", async () => …)
  once(name, make) {
    if (!this.made.has(name)) this.made.set(name, make());
    return this.made.get(name);
  }

  // Somebody of the service centre, or an auditor.
  colleague(name, role = "staff") {
    const world = { demo: this.demo, person: (settings) => this.person(settings) };
    return this.once(name, () => Colleague.joins(world, role, name, { locale: this.settings.locale }));
  }

  nobody() {
    return this.once("nobody", () => this.person());
  }

  // A resident whose parking app has read her plate.
  resident() {
    return this.once("resident", async () => {
      const she = await this.another();
      await she.agreesToParking();
      return she;
    });
  }

  // Somebody at the counter, with a phone of her own.
  visitor() {
    return this.once("visitor", async () => {
      const [who, invitation] = [this.demo.record(this.demo.residents[0]), this.demo.invitation()];
      const she = await this.person();
      await she.registers(invitation);
      she.who = who;
      return she;
    });
  }

  // A resident who has agreed to nothing yet.
  async another() {
    const she = await this.person();
    await she.registers(this.demo.invitation());
    return she;
  }
}

// Leads to each page, one after the other, and lets `look` see those whose name has `word`. The pages before such a
// page, in its own file, are led to as well: it may need what they did.
// A page that cannot be reached is told to `lost`, and the others are visited all the same.
export async function visitAll(cast, word, look, lost) {
  const wanted = (page) => page.name.includes(word);
  for (const chapter of chapters) {
    for (const page of chapter.slice(0, chapter.findLastIndex(wanted) + 1)) {
      try {
        const who = await leadTo(cast, page);
        if (wanted(page)) await look(who, page);
      } catch (error) {
        lost(page, error);
      }
    }
  }
}

async function leadTo(cast, page) {
  const who = page.shows ? await page.shows(cast) : await cast[page.by ?? "resident"]();
  if (page.at) {
    const answer = await who.page.goto(cast.demo.issuer + page.at);
    if (answer.status() !== (page.status ?? 200)) throw new Error(`${page.name} answers ${answer.status()}`);
  }
  // A page that finds something out by itself is looked at when it has.
  const busy = who.page.locator("[data-verify] [data-state=busy]");
  if (await busy.count()) await busy.waitFor({ state: "hidden" });
  if (!page.status && (await who.page.locator("main [data-request]").count())) throw new Error(`${page.name} shows an error`);
  return who;
}
