// What residents ask of people: objections, explanations, complaints; and what they are told.

export const pages = [
  { name: "ways", at: "/me/inbox/ways" },
  { name: "confirm-mail", at: `/me/inbox/mail/${"A".repeat(43)}` },
  { name: "cases-empty", templates: ["cases"], at: "/me/cases" },
  { name: "case-new", at: "/me/cases/new" },
  { name: "case-new-entry", templates: [], shows: objects },
  { name: "case", shows: raised },
  { name: "cases", at: "/me/cases" },
];

// From the entry of the read, in the visitors' book.
async function objects(cast) {
  const she = await cast.resident();
  await she.opens("/me/book");
  await she.presses(".book a[href*='/cases/new']");
  return she;
}

async function raised(cast) {
  const she = await cast.resident();
  await she.presses("main button[value=objection]");
  if (!/\/me\/cases\/[0-9a-f]{32}/.test(she.page.url())) {
    await she.opens("/me/cases");
    await she.presses("main a[href^='/me/cases/']:not([href$='/new'])");
  }
  return she;
}
