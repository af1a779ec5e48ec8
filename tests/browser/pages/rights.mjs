// What a resident may ask of her record.

export const pages = [
  { name: "rights", at: "/me/rights" },
  { name: "correct", at: "/me/rights/correct" },
  { name: "correct-field", at: "/me/rights/correct/phone" },
  { name: "correct-field-at-once", templates: [], at: "/me/rights/correct/email" },
  { name: "corrected", shows: corrected },
  { name: "copy", at: "/me/rights/copy" },
  { name: "copy-paper", shows: (cast) => hers(cast, "/me/rights/copy/paper") },
  { name: "moving", at: "/me/rights/move" },
  { name: "moved", shows: moved },
  { name: "why", shows: why },
];

// Somebody of this file alone: the cast of the other pages keeps its record.
function fresh(cast) {
  return cast.once("rights", () => cast.another());
}

async function hers(cast, at) {
  const she = await fresh(cast);
  await she.opens(at);
  return she;
}

async function corrected(cast) {
  const she = await hers(cast, "/me/rights/correct/email");
  await she.page.fill("#value", "zhang@example.cn");
  await she.presses("main form button");
  return she;
}

async function why(cast) {
  const she = await cast.resident();
  await she.opens("/me/book");
  await she.presses("a[href$='/why']");
  return she;
}

async function moved(cast) {
  const she = await hers(cast, "/me/rights/move");
  await she.page.click("[data-press]");
  await she.page.waitForURL("**/me/rights/move/out");
  return she;
}
