// The console of the service centre, and what a resident sees of it on her own phone.

import { Colleague } from "../colleague.mjs";

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
];

function staff(cast) {
  return cast.once("wang", () => 
    Colleague.joins({ demo: cast.demo, person: (settings) => cast.person(settings) }, "staff", "王敏", { locale: cast.settings.locale }));
}

// Somebody at the counter, with a phone of her own.
function visitor(cast) {
  return cast.once("visitor", async () => {
    const [who, invitation] = [cast.demo.record(cast.demo.residents[0]), cast.demo.invitation()];
    const she = await cast.person();
    await she.registers(invitation);
    she.who = who;
    return she;
  });
}

async function finds(cast) {
  const [wang, she] = [await staff(cast), await visitor(cast)];
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
  const [wang, she] = [await staff(cast), await visitor(cast)];
  await she.opens(await wang.page.getAttribute(".qr", "data-address"));
  return she;
}

async function confirms(cast) {
  const she = await visitor(cast);
  await she.presses("[data-ceremony=confirm] [data-press]");
  return she;
}

async function receipt(cast) {
  const wang = await staff(cast);
  await wang.person.opens(`${wang.act}/receipt`);
  return wang.person;
}

async function looksBack(cast) {
  const she = await visitor(cast);
  await she.opens("/me/desk");
  return she;
}

async function recovers(cast) {
  const [wang, she] = [await staff(cast), await visitor(cast)];
  await wang.finds(she.who.document);
  await wang.person.presses("form[action$='/recover'] button");
  await wang.person.opens("/desk/recoveries");
  return wang.person;
}

async function invited(cast) {
  const clerk = await cast.once("clerk", () => cast.person());
  const said = cast.demo.operator("people", "invite", "--role", "staff", "--name", `王芳 ${cast.settings.locale} ${cast.settings.mode}`);
  await clerk.opens(said.match(/http\S+\/desk\/invitation\/\S+/)[0]);
  return clerk;
}

async function enrols(cast) {
  const clerk = await cast.once("clerk");
  await clerk.page.click("[data-press]");
  await clerk.page.waitForURL((url) => url.pathname === "/desk");
  return clerk;
}
