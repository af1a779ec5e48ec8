// Leave to act for somebody: offered, accepted, used.

export const pages = [
  { name: "family-empty", templates: ["family"], shows: (cast) => father(cast, "/me/family") },
  { name: "family-new", shows: (cast) => father(cast, "/me/family/new") },
  { name: "family-offer", shows: offers },
  { name: "family-offered", shows: offered },
  { name: "mandate-offer", shows: scans },
  { name: "mandate", shows: accepts },
  { name: "family", shows: (cast) => daughter(cast, "/me/family") },
  { name: "for-home", templates: [], shows: acts },
];

async function father(cast, at) {
  const he = await cast.once("father", () => cast.another());
  await he.opens(at);
  return he;
}

async function daughter(cast, at) {
  const she = await cast.once("daughter", () => cast.another());
  await she.opens(at);
  return she;
}

async function offers(cast) {
  const he = await father(cast, "/me/family/new");
  await he.presses("main .links a");
  return he;
}

async function offered(cast) {
  const he = await father(cast, "/me/family/new");
  await he.presses("main .links a");
  await he.presses("[data-ceremony=confirm] [data-press]");
  he.offer = await he.reads("p.address code");
  return he;
}

async function scans(cast) {
  const { offer } = await cast.once("father");
  return daughter(cast, offer);
}

async function accepts(cast) {
  const she = await cast.once("daughter");
  await she.presses("[data-ceremony=confirm] [data-press]");
// Who may act for whom: a father, his daughter, and what each of them sees.

import { offersHelp, acceptsHelp } from "../stories/family.mjs";

export const pages = [
  { name: "family", at: "/me/family" },
  { name: "family-new", at: "/me/family/new" },
  { name: "family-offer", at: "/me/family/new/family" },
  { name: "family-offered", shows: offered },
  { name: "mandate-offer", shows: opened },
  { name: "mandate", shows: accepted },
  { name: "acting", templates: [], shows: acts },
  { name: "child", at: "/me/family/child" },
  { name: "only-myself", at: "/me/only-myself" },
];

function father(cast) {
  return cast.once("father", () => cast.another());
}

function daughter(cast) {
  return cast.once("daughter", () => cast.another());
}

async function offered(cast) {
  const he = await father(cast);
  he.link = await offersHelp(he);
  return he;
}

async function opened(cast) {
  const she = await daughter(cast);
  await she.opens((await father(cast)).link);
  return she;
}

async function accepted(cast) {
  const she = await daughter(cast);
  await acceptsHelp(she);
  return she;
}

async function acts(cast) {
  const she = await daughter(cast, "/me/family");
  await she.presses("main a[href^='/for/']");
  const she = await daughter(cast);
  await she.presses("a.button.go");
  return she;
}
