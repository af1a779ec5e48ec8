// The console of the service centre, and what a resident sees of it on her own phone.

import { household } from "../household.mjs";

export const pages = [
  { name: "desk-sign-in", templates: ["desk/sign_in"], at: "/desk/sign-in", by: "nobody" },
  { name: "desk-invitation", templates: ["desk/invitation"], shows: invited },
  { name: "desk-home", templates: ["desk/home"], shows: enrols },
  { name: "desk-found", templates: ["desk/sitting"], shows: finds },
  { name: "desk-agree", templates: ["desk/agree"], shows: asksFor },
  { name: "desk-act", templates: ["desk/act"], shows: prepared },
  { name: "at-desk", shows: onHerPhone },
  { name: "at-desk-done", shows: confirms },
  { name: "desk-receipt", templates: ["desk/receipt"], shows: receipt },
  { name: "my-desk", shows: looksBack },
  { name: "desk-recoveries", templates: ["desk/recoveries"], shows: recovers },
  { name: "desk-recovery-link", templates: ["desk/link"], shows: linksAnew },
  { name: "regain", shows: regains },
  { name: "desk-two-found", templates: ["desk/found"], shows: findsTwo },
  { name: "desk-nobody", templates: [], shows: findsNobody },
  { name: "desk-guardians", templates: ["desk/guardians"], shows: isAskedForAChild },
  { name: "desk-card-number", templates: [], shows: cardNumber },
  { name: "desk-card", templates: ["desk/card"], shows: card },
  { name: "desk-witness", templates: [], shows: waitsForWitness },
  { name: "desk-auditor", templates: [], shows: audits },
];

const staff = (cast) => cast.colleague("王敏");

async function finds(cast) {
  const [wang, she] = [await staff(cast), await cast.visitor()];
  await wang.finds(she.who.document);
  return wang.person;
}

async function asksFor(cast) {
  const wang = await staff(cast);
  await wang.person.presses("a[href*='purpose=parking.book']");
  return wang.person;
}

async function prepared(cast) {
  const wang = await staff(cast);
  await wang.page.check("input[value=plate_masked]");
  await wang.person.presses("main form .go");
  wang.act = wang.page.url();
  return wang.person;
}

async function onHerPhone(cast) {
  const [wang, she] = [await staff(cast), await cast.visitor()];
  await she.opens(await wang.page.getAttribute(".qr", "data-address"));
  return she;
}

async function confirms(cast) {
  const she = await cast.visitor();
  await she.presses("[data-ceremony=confirm] [data-press]");
  return she;
}

async function receipt(cast) {
  const wang = await staff(cast);
  await wang.person.opens(`${wang.act}/receipt`);
  return wang.person;
}

async function looksBack(cast) {
  const she = await cast.visitor();
  await she.opens("/me/desk");
  return she;
}

async function recovers(cast) {
  const [wang, she] = [await staff(cast), await cast.visitor()];
  await wang.finds(she.who.document);
  await wang.person.presses("form[action$='/recover'] button");
  await wang.person.opens("/desk/recoveries");
  return wang.person;
}

async function invited(cast) {
  const clerk = await cast.once("clerk", () => cast.person());
  const said = cast.demo.operator("people", "invite", "--role", "staff", "--name", "王芳");
  await clerk.opens(said.match(/http\S+\/desk\/invitation\/\S+/)[0]);
  return clerk;
}

async function enrols(cast) {
  const clerk = await cast.once("clerk");
  await clerk.page.click("[data-press]");
  await clerk.page.waitForURL((url) => url.pathname === "/desk");
  return clerk;
}

// A second member of staff says so too, and the wait is over.
async function linksAnew(cast) {
  const [wang, li] = [await staff(cast), await cast.colleague("李强")];
  await li.person.opens("/desk/recoveries");
  // Hers, and not that of somebody whom another cast has lost a key for.
  const { building, unit, room } = (await cast.visitor()).who;
  const row = `.rows > li:has-text("${building}-${unit}-${room}")`;
  await li.person.presses(`${row} form[action$='/second'] button`);
  cast.demo.endsTheWait();
  await wang.person.opens("/desk/recoveries");
  await wang.person.presses(`${row} form[action$='/link'] button`);
  wang.link = await wang.person.reads("[data-link]");
  return wang.person;
}

async function regains(cast) {
  const { link } = await staff(cast);
  const anew = await cast.person();
  await anew.opens(link);
  return anew;
}

function family(cast) {
  return cast.once("household", () => household(cast.demo));
}

// Two of one telephone.
async function findsTwo(cast) {
  const [wang, { phone }] = [await staff(cast), await family(cast)];
  await looksFor(wang, phone);
  return wang.person;
}

async function findsNobody(cast) {
  const wang = await staff(cast);
  await looksFor(wang, "13000000000");
  return wang.person;
}

async function looksFor(wang, number) {
  await wang.person.opens("/desk");
  await wang.page.fill("#number", number);
  await wang.person.presses("form:has(#number) .go");
}

async function isAskedForAChild(cast) {
  const [wang, { child, born, invitation }] = [await staff(cast), await family(cast)];
  const mother = await cast.person();
  await mother.registers(invitation);
  await mother.opens("/me/family/child");
  await mother.page.fill("#child-name", child);
  await mother.page.fill("#child-born", born);
  await mother.presses("[data-ceremony=confirm] [data-press]");
  await wang.person.opens("/desk/guardians");
  await wang.page.locator("button[value=yes]").first().waitFor();
  return wang.person;
}

// Somebody with a telephone of her own wants a card as well: she says yes on it, and then chooses a number.
async function cardNumber(cast) {
  const wang = await staff(cast);
  // Both at once: another cast takes invitations too.
  const [who, invitation] = [cast.demo.record(cast.demo.residents[0]), cast.demo.invitation()];
  const she = await cast.person();
  await she.registers(invitation);
  await wang.finds(who.document);
  await wang.person.presses("button[value=card]");
  await she.opens(await wang.page.getAttribute(".qr", "data-address"));
  await she.presses("[data-ceremony=confirm] [data-press]");
  await wang.person.presses("a.button[href^='/desk/acts/']");
  return wang.person;
}

async function card(cast) {
  const wang = await staff(cast);
  await wang.page.fill("#number", "482915");
  await wang.page.fill("#again", "482915");
  await wang.person.presses("form[action$='/issue'] .go");
  return wang.person;
}

// Somebody without anything: what one colleague prepared waits for another.
async function waitsForWitness(cast) {
  const [wang, li] = [await staff(cast), await cast.colleague("李强")];
  await wang.finds(cast.demo.stranger().document);
  await wang.person.presses("button[value=enrol]");
  await li.person.opens("/desk");
  await li.page.locator(".rows button[value=yes]").first().waitFor();
  return li.person;
}

async function audits(cast) {
  const auditor = await cast.colleague("周审", "auditor");
  await auditor.person.opens("/desk");
  return auditor.person;
}
