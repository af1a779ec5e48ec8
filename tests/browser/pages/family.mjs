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
  { name: "child", shows: (cast) => father(cast, "/me/family/child") },
  { name: "only-myself", shows: (cast) => father(cast, "/me/only-myself") },
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
  return she;
}

async function acts(cast) {
  const she = await daughter(cast, "/me/family");
  await she.presses("main a[href^='/for/']");
  return she;
}
