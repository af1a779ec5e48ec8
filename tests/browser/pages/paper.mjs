// Sheets to print, and what is said to whoever scans one.

export const pages = [
  { name: "paper-apps", at: "/me/apps/paper" },
  { name: "paper-receipt", shows: receipt },
  { name: "verify", shows: scanned },
  { name: "verify-not-ours", templates: [], at: `/verify/${"A".repeat(76)}`, by: "nobody", status: 404 },
];

async function receipt(cast) {
  const she = await cast.resident();
  await she.opens("/me/apps");
  await she.presses(".rows a.name");
  await she.presses("main a[href$='/paper']");
  she.printed = await she.page.getAttribute(".proof a", "href");
  return she;
}

async function scanned(cast) {
  const { printed } = await cast.resident();
  const somebody = await cast.nobody();
  await somebody.opens(printed);
  return somebody;
}
