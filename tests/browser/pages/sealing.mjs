// Somebody has died: what she arranged, how two of the staff seal her record, and what a near relative is given.

export const pages = [
  { name: "after", shows: arranges },
  { name: "relative", at: "/me/rights/relative" },
  { name: "desk-died", templates: [], shows: opensDied },
  { name: "desk-sealings", templates: ["desk/sealings"], shows: says },
  { name: "desk-sealings-second", templates: [], shows: second },
  { name: "desk-sealings-sealed", templates: [], shows: confirms },
  { name: "still-here", at: "/still-here", by: "nobody" },
  { name: "desk-sealings-over", templates: [], shows: over },
  { name: "case-relative", templates: [], shows: asks },
  { name: "desk-case-relative", templates: [], shows: reads },
  { name: "relative-copy", shows: copies },
];

// People of this chapter: sealing takes a sign-in that is recent, and the others' may be long ago by now.
const wang = (cast) => cast.colleague("王静");
const li = (cast) => cast.colleague("李勇");

// Who will be said to have died: she has a phone, and her flat tells her from those of other casts.
function departed(cast) {
  return cast.once("departed", async () => {
    const { who, invitation, flat } = alone(cast.demo);
    const she = await cast.person();
    await she.registers(invitation);
    return Object.assign(she, { who, flat });
  });
}

const flats = new Set();

// Somebody of whose flat nobody else will be said to have died.
function alone(demo) {
  for (;;) {
    const who = demo.record(demo.residents[0]);
    const invitation = demo.invitation();
    const flat = `${who.building}-${who.unit}-${who.room}`;
    if (!flats.has(flat)) {
      flats.add(flat);
      return { who, invitation, flat };
    }
  }
}

function son(cast) {
  return cast.once("son", () => cast.another());
}

async function arranges(cast) {
  const she = await departed(cast);
  await she.opens("/me/rights/after");
  return she;
}

// The sitting, with the question what was seen open.
async function opensDied(cast) {
  const [clerk, she] = [await wang(cast), await departed(cast)];
  await clerk.finds(she.who.document);
  await clerk.page.click("details:has(#evidence) summary");
  return clerk.person;
}

async function says(cast) {
  const clerk = await wang(cast);
  await clerk.person.presses("form[action$='/seal'] button");
  return clerk.person;
}

async function row(cast) {
  const { flat } = await departed(cast);
  // Not those of 11 when hers is 1.
  return `.rows > li:has-text("· ${flat}")`;
}

async function second(cast) {
  const other = await li(cast);
  await other.person.opens("/desk/sealings");
  await other.page.locator(`${await row(cast)} form[action$='/confirm']`).waitFor();
  return other.person;
}

async function confirms(cast) {
  const other = await li(cast);
  await other.person.presses(`${await row(cast)} form[action$='/confirm'] button`);
  return other.person;
}

async function over(cast) {
  const clerk = await wang(cast);
  await clerk.person.opens("/desk/sealings");
  const action = await clerk.page.getAttribute(`${await row(cast)} form[action$='/ask-lift']`, "action");
  cast.demo.endsTheSealing(action.split("/")[3]);
  await clerk.person.opens("/desk/sealings");
  return clerk.person;
}

async function asks(cast) {
  const [he, { who }] = [await son(cast), await departed(cast)];
  await he.opens("/me/rights/relative");
  await he.page.fill("#deceased", who.name);
  await he.page.selectOption("#relation", "parent");
  await he.page.fill("#words", "办理继承");
  await he.presses("button[value=copy]");
  he.case = new URL(he.page.url()).pathname;
  return he;
}

async function reads(cast) {
  const [clerk, he] = [await wang(cast), await son(cast)];
  await clerk.person.opens(he.case.replace("/me/", "/desk/"));
  await clerk.person.presses("form[action$='/read'] button");
  return clerk.person;
}

async function copies(cast) {
  const [clerk, he, { flat }] = [await wang(cast), await son(cast), await departed(cast)];
  const record = clerk.page.locator(`#record option:has-text("· ${flat}")`);
  await clerk.page.selectOption("#record", await record.getAttribute("value"));
  await clerk.page.fill("#words", "已核对亲属关系。");
  await clerk.person.presses("button[value=agreed]");
  await he.opens(he.case);
  await he.presses("main a[href*='/rights/relative/']");
  return he;
}
