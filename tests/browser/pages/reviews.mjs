// The auditors' pages: search, one entry, charts, what is not as usual, case files, and who an alias is.

export const pages = [
  { name: "reviews", templates: ["desk/reviews/search"], shows: (cast) => opens(cast, "/desk/reviews") },
  { name: "reviews-sought", templates: [], shows: (cast) => opens(cast, "/desk/reviews?kind=disclosure&outcome=allowed") },
  { name: "reviews-none", templates: [], shows: (cast) => opens(cast, "/desk/reviews?kind=statistics") },
  { name: "reviews-entry", templates: ["desk/reviews/entry"], shows: entry },
  { name: "reviews-charts", templates: ["desk/reviews/charts"], shows: (cast) => opens(cast, "/desk/reviews/charts?days=7") },
  { name: "reviews-anomalies", templates: ["desk/reviews/anomalies"], shows: (cast) => opens(cast, "/desk/reviews/anomalies") },
  { name: "reviews-dossier", templates: ["desk/reviews/dossier"], shows: file },
  { name: "reviews-dossiers", templates: ["desk/reviews/dossiers"], shows: (cast) => opens(cast, "/desk/reviews/dossiers") },
  { name: "reviews-names", templates: ["desk/reviews/names"], shows: asked },
  { name: "reviews-name", templates: ["desk/reviews/name"], shows: shown },
  { name: "reviews-arrival", templates: ["desk/arrival"], shows: led },
];

const zhao = (cast) => cast.colleague("赵静", "auditor");

// Somebody who looks where there is something to see: an app has read.
async function opens(cast, path) {
  await cast.resident();
  const { person } = await zhao(cast);
  await person.opens(path);
  return person;
}

// The app's site, on another port, leads to a search: nothing is opened before a button.
async function led(cast) {
  const { person } = await zhao(cast);
  await person.page.goto(cast.demo.parking);
  await Promise.all([
    person.page.waitForURL(`${cast.demo.issuer}/desk/reviews`),
    person.page.evaluate((to) => { location.href = to; }, `${cast.demo.issuer}/desk/reviews`),
  ]);
  await person.page.waitForSelector("a[href='/desk/reviews'].wide");
  return person;
}

async function entry(cast) {
  const person = await opens(cast, "/desk/reviews?kind=disclosure");
  await person.presses(".reviews th a");
  return person;
}

async function file(cast) {
  const person = await opens(cast, "/desk/reviews?kind=disclosure");
  await person.page.fill("#title", "夜里的读取");
  await person.presses("form[action='/desk/reviews/dossiers'] button");
  await person.page.fill("#words", "一夜读取五次，白天从不超过两次。已请应用方说明。");
  await person.presses("form[action$='/note'] button");
  return person;
}

// Each request has words of its own: casts of other languages and sizes ask, too.
async function asks(person) {
  const reason = `核对夜里的读取是否经居民同意（${Math.random().toString(36).slice(2, 8)}）`;
  await person.page.fill("#reason", reason);
  await person.presses("form[action='/desk/reviews/names'] [data-press]");
  return reason;
}

async function asked(cast) {
  await asks(await entry(cast));
  const qian = await cast.colleague("钱进", "auditor");
  await qian.person.opens("/desk/reviews/names");
  return qian.person;
}

async function shown(cast) {
  const reason = await asks(await entry(cast));
  const qian = await cast.colleague("钱进", "auditor");
  await qian.person.opens("/desk/reviews/names");
  await qian.person.presses(`li:has-text("${reason}") form[action$='/approve'] [data-press]`);
  const { person } = await zhao(cast);
  await person.opens("/desk/reviews/names");
  await person.presses(`li:has-text("${reason}") form[action$='/open'] button`);
  return person;
}
