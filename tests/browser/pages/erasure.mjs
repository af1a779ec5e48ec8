// The end of a record, as far as its first day.

export const pages = [
  { name: "erase", shows: (cast) => leaver(cast, "/me/erasure") },
  { name: "erasing", shows: begun },
  { name: "erased", shows: pending },
];

async function leaver(cast, at) {
  const she = await cast.once("leaver", () => cast.another());
  await she.opens(at);
  return she;
}

async function begun(cast) {
  const she = await leaver(cast, "/me/erasure");
  await she.presses("[data-ceremony=confirm] [data-press]");
  she.certificate = await she.page.getAttribute("main a[href*='/erased/']", "href");
  return she;
}

async function pending(cast) {
  const { certificate } = await cast.once("leaver");
  const somebody = await cast.nobody();
  await somebody.opens(certificate);
  return somebody;
}
