// An emergency, from the question to the review, and the figures that everybody may know.

export const pages = [
  { name: "emergency-ask", templates: ["desk/emergency_ask"], shows: asksFor },
  { name: "emergency-asked", templates: ["desk/emergency"], shows: isAsked },
  { name: "emergency-open", templates: [], shows: isOpen },
  { name: "emergency-read", templates: ["desk/emergency_read"], shows: reads },
  { name: "emergency-review", templates: [], shows: reviews },
  { name: "emergency-reviewed", templates: [], shows: isReviewed },
  { name: "emergencies", templates: ["desk/emergencies"], shows: lists },
  { name: "emergency-of-building", templates: [], shows: asksForABuilding },
  { name: "my-emergencies", templates: ["emergencies"], shows: looksBack },
  { name: "transparency", at: "/transparency", by: "nobody" },
];

const first = (cast) => cast.colleague("王敏");
const second = (cast) => cast.colleague("李强");
const CONFIRM = "[data-ceremony=confirm] [data-press]";

async function asksFor(cast) {
  const [wang, she] = [await first(cast), await cast.visitor()];
  await wang.finds(she.who.document);
  await wang.person.presses("a[href$='/emergency']");
  return wang.person;
}

// As the second hand sees it.
async function isAsked(cast) {
  const [wang, li] = [await first(cast), await second(cast)];
  await wang.page.fill("#words", "邻居听到呼救声");
  await wang.page.fill("#case", "2027-0117");
  await wang.page.check("input[value=phone_full]");
  await wang.person.presses(CONFIRM);
  wang.emergency = new URL(wang.page.url()).pathname;
  await li.person.opens(wang.emergency);
  return li.person;
}

async function isOpen(cast) {
  const [wang, li] = [await first(cast), await second(cast)];
  await li.person.presses(CONFIRM);
  await wang.person.opens(wang.emergency);
  return wang.person;
}

async function reads(cast) {
  const wang = await first(cast);
  await wang.person.presses("form[action$='/read'] button");
  return wang.person;
}

async function reviews(cast) {
  const [wang, li, zhao] = [await first(cast), await second(cast), await cast.colleague("赵静", "auditor")];
  await li.person.opens(wang.emergency);
  await li.person.presses("form[action$='/end'] button");
  await zhao.person.opens(wang.emergency);
  return zhao.person;
}

// None is left waiting: the pages after these would say so.
async function isReviewed(cast) {
  const { page, person } = await cast.colleague("赵静", "auditor");
  await page.check("input[value=justified]");
  await page.fill("#words", "救护车记录相符");
  await person.presses(CONFIRM);
  return person;
}

async function lists(cast) {
  const wang = await first(cast);
  await wang.person.opens("/desk/emergencies");
  return wang.person;
}

async function asksForABuilding(cast) {
  const wang = await first(cast);
  await wang.person.opens("/desk/emergencies/building");
  return wang.person;
}

async function looksBack(cast) {
  const she = await cast.visitor();
  await she.opens("/me/emergencies");
  return she;
}
