// The pages of a resident.

export const pages = [
  { name: "home", at: "/me" },
  { name: "apps", at: "/me/apps" },
  { name: "app", shows: app },
  { name: "book", at: "/me/book" },
  { name: "book-gap", templates: [], shows: gap },
  { name: "data", at: "/me/data" },
  { name: "mine", at: "/me/mine" },
  { name: "inbox", at: "/me/inbox" },
  { name: "passkeys", at: "/me/passkeys" },
  { name: "home-empty", templates: [], shows: (cast) => untouched(cast, "/me") },
  { name: "apps-empty", templates: [], shows: (cast) => untouched(cast, "/me/apps") },
  { name: "consent", shows: isAsked },
  { name: "consent-answered", shows: comesBack },
  { name: "stopped", shows: stops },
  { name: "apps-ended", templates: [], shows: (cast) => untouched(cast, "/me/apps") },
  { name: "app-ended", templates: [], shows: ended },
  { name: "book-refused", templates: [], shows: refused },
];

async function app(cast) {
  const she = await cast.resident();
  await she.opens("/me/apps");
  await she.presses(".rows a.name");
  return she;
}

// Her browser is shown one entry too few.
async function gap(cast) {
  const she = await cast.resident();
  await she.page.route(/\/me\/book\/evidence\?/, async (route) => {
    const truth = await route.fetch();
    const evidence = await truth.json();
    evidence.entries.splice(1, 1);
    await route.fulfill({ response: truth, json: evidence });
  });
  await she.opens("/me/book");
  await she.page.locator("[data-state=gap]").waitFor();
  await she.page.unrouteAll();
  return she;
}

// Somebody who has agreed to nothing until the page "consent", and stops it afterwards.
function fresh(cast) {
  return cast.once("fresh", () => cast.another());
}

async function untouched(cast, at) {
  const she = await fresh(cast);
  await she.opens(at);
  return she;
}

async function isAsked(cast) {
  const she = await fresh(cast);
  await she.opens(`${cast.demo.parking}/ask`);
  await she.page.waitForURL("**/consent/**");
  she.asked = she.page.url();
  return she;
}

async function comesBack(cast) {
  const she = await fresh(cast);
  await she.page.click("button[value=yes]");
  await she.page.locator("[data-state=allowed]").waitFor();
  await she.opens(she.asked);
  return she;
}

async function stops(cast) {
  const she = await fresh(cast);
  await she.opens("/me/apps");
  await she.presses(".rows .stop");
  return she;
}

async function ended(cast) {
  const she = await fresh(cast);
  await she.presses(".quiet a.name");
  return she;
}

async function refused(cast) {
  const she = await fresh(cast);
  await she.opens(cast.demo.parking);
  await she.page.locator("[data-state=refused]").waitFor();
  await she.opens("/me/book");
  return she;
}
